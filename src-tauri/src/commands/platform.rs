//! Which platform the window looks at.

use tauri::State;
use tenantry_engine::connection::Connection;
use tenantry_engine::platform::{self, AdoptionPlan, Inspection, LeavePlan, Status, TableChoice};

use crate::session::{PROGRAM, Session};
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

/// What a server and its database are, before anything is done to it.
#[tauri::command]
#[specta::specta]
pub async fn inspect_server(connection: Connection) -> Result<Inspection, AppError> {
    Ok(platform::inspect(&connection, PROGRAM).await?)
}

/// The statements that would make a database a platform of ours.
#[tauri::command]
#[specta::specta]
pub async fn plan_adoption(connection: Connection, choice: TableChoice) -> Result<AdoptionPlan, AppError> {
    Ok(platform::adoption_plan(&connection, PROGRAM, &choice).await?)
}

/// Runs the statements of the plan with that hash, and opens the platform.
#[tauri::command]
#[specta::specta]
pub async fn adopt_platform(
    session: State<'_, Session>,
    connection: Connection,
    choice: TableChoice,
    hash: String,
) -> Result<Status, AppError> {
    session.adopt(&connection, &choice, &hash).await?;
    status(session).await
}

#[tauri::command]
#[specta::specta]
pub async fn plan_leaving(session: State<'_, Session>) -> Result<LeavePlan, AppError> {
    session.plan_leaving().await
}

/// Drops our schema from the open platform's database, and opens the private server's platform.
#[tauri::command]
#[specta::specta]
pub async fn leave_platform(session: State<'_, Session>) -> Result<Status, AppError> {
    session.leave().await?;
    status(session).await
}
