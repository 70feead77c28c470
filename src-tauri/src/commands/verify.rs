//! Verifying tenants.

use tauri::State;
use tauri::ipc::Channel;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Progress, Run};
use tenantry_engine::verify::{self as engine_verify, Report};
use uuid::Uuid;

use crate::session::Session;
use crate::tasks::Tasks;
use tenantry_engine::error::AppError;

/// Verifies these tenants, or all.
#[tauri::command]
#[specta::specta]
pub async fn verify(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    schemas: Option<Vec<SchemaName>>,
    progress: Channel<Progress>,
) -> Result<Report, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(engine_verify::verify(&engine, schemas.as_deref(), &run).await?)
}
