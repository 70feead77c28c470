//! A window under test.

mod app;
mod driver;
mod platform;

pub use app::App;

use std::future::Future;
use std::sync::{Mutex, PoisonError};

/// One window at a time: they share a display, and so the focus.
static DISPLAY: Mutex<()> = Mutex::new(());

/// Runs a test on a window with a fresh data folder. When the test fails, a picture of the window is kept.
pub fn in_the_window<F, T>(name: &'static str, test: F)
where
    F: FnOnce(App) -> T,
    T: Future<Output = ()> + Send + 'static,
{
    let _turn = DISPLAY.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let app = App::launch().await;
        let outcome = tokio::spawn(test(app.clone())).await;
        if outcome.is_err() {
            app.keep_picture(&format!("failed-{name}")).await;
        }
        app.close().await;
        if let Err(error) = outcome {
            std::panic::resume_unwind(error.into_panic());
        }
    });
}

/// A variable that `cargo xtask test` sets.
pub fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set: run `cargo xtask test e2e`"))
}
