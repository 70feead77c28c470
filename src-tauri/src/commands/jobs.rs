//! Jobs. The session works on them in the background; the window looks at how far they are.

use tauri::State;
use tenantry_engine::jobs::{self as engine_jobs, Control, Job, JobId, JobItem, JobUndo, NewItem};

use crate::session::Session;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn jobs(session: State<'_, Session>) -> Result<Vec<Job>, AppError> {
    Ok(engine_jobs::list(&session.engine().await?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn job_items(session: State<'_, Session>, job: JobId) -> Result<Vec<JobItem>, AppError> {
    Ok(engine_jobs::items(&session.engine().await?, job).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn create_job(session: State<'_, Session>, items: Vec<NewItem>) -> Result<JobId, AppError> {
    Ok(engine_jobs::create(&session.engine().await?, &items).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn control_job(session: State<'_, Session>, job: JobId, control: Control) -> Result<Job, AppError> {
    Ok(engine_jobs::control(&session.engine().await?, job, control).await?)
}

/// What taking a job back comes to.
#[tauri::command]
#[specta::specta]
pub async fn plan_job_undo(session: State<'_, Session>, job: JobId) -> Result<JobUndo, AppError> {
    Ok(engine_jobs::plan_undo(&session.engine().await?, job).await?)
}

/// The job that takes another one back.
#[tauri::command]
#[specta::specta]
pub async fn undo_job(session: State<'_, Session>, job: JobId) -> Result<JobId, AppError> {
    Ok(engine_jobs::undo(&session.engine().await?, job).await?)
}
