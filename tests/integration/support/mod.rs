//! What the tests stand on: one private server for all tests of a process, and a platform for each of them.

mod platform;
mod server;

use std::time::{Duration, Instant};

pub use platform::{Platform, tenant};
pub use server::{empty_database, execute};

/// Waits until something is so.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let limit = Instant::now() + Duration::from_secs(30);
    while !is_so().await {
        assert!(Instant::now() < limit, "it never came true that {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
