//! The shell around the engine: one window, typed commands, tasks that can be cancelled, errors that the window can act
//! on. Rules and SQL are the engine's.

mod commands;
mod instance;
mod ipc;
mod session;
mod tasks;

use std::process::ExitCode;

use tauri::{Manager, RunEvent};
use tenantry_engine::embedded::DataDir;

use crate::instance::Instance;
use crate::session::Session;
use crate::tasks::Tasks;

/// The folder of the private server, where it is not the user's own.
const DATA_DIR: &str = "TENANTRY_DATA_DIR";

/// Opens the window and returns when it is closed. A second start on the same folder shows the first window and ends.
#[expect(clippy::disallowed_methods, reason = "inside the macro with which Tauri embeds its configuration")]
pub fn run() -> ExitCode {
    tracing_subscriber::fmt().with_env_filter(log_filter()).with_writer(std::io::stderr).init();
    let data_dir = std::env::var_os(DATA_DIR).map_or_else(DataDir::default_for_user, DataDir::at);
    let instance = match Instance::claim(data_dir.path()) {
        Ok(Some(instance)) => instance,
        Ok(None) => return ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, folder = %data_dir.path().display(), "the data folder cannot be used");
            return ExitCode::FAILURE;
        }
    };
    let builder = ipc::builder();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .invoke_handler(builder.invoke_handler())
        .setup(move |app| {
            app.manage(Tasks::default());
            app.manage(Session::opening_private(data_dir));
            let window = app.handle().clone();
            instance.on_second_start(move || show(&window));
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    tauri::async_runtime::block_on(app.state::<Session>().close());
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "the window could not be opened");
            ExitCode::FAILURE
        }
    }
}

fn show(app: &tauri::AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    for result in [window.unminimize(), window.show(), window.set_focus()] {
        if let Err(error) = result {
            tracing::warn!(%error, "the window could not be brought to the front");
        }
    }
}

fn log_filter() -> tracing_subscriber::EnvFilter {
    tracing_subscriber::EnvFilter::try_from_env("TENANTRY_LOG").unwrap_or_else(|_| "info,sqlx=warn".into())
}
