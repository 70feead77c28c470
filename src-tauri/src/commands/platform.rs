//! Which platform the window looks at.

use tauri::State;
use tenantry_engine::connection::Connection;
use tenantry_engine::platform::{self, Status};

use crate::session::Session;
use tenantry_engine::error::AppError;

/// What is open; waits while it is being opened.
#[tauri::command]
#[specta::specta]
pub async fn status(session: State<'_, Session>) -> Result<Status, AppError> {
    Ok(platform::status(&session.engine().await?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn use_private_server(session: State<'_, Session>) -> Result<Status, AppError> {
    session.use_private().await?;
    status(session).await
}

#[tauri::command]
#[specta::specta]
pub async fn connect_server(session: State<'_, Session>, connection: Connection) -> Result<Status, AppError> {
    session.connect(&connection).await?;
    status(session).await
}

/// Makes a platform in an empty database, and opens it.
#[tauri::command]
#[specta::specta]
pub async fn create_platform(
    session: State<'_, Session>,
    connection: Connection,
) -> Result<Status, AppError> {
    session.create(&connection).await?;
    status(session).await
}
