//! Plans and what becomes of them. One pair of commands serves every kind of write.

use tauri::State;
use tauri::ipc::Channel;
use tenantry_engine::example;
use tenantry_engine::operations::{
    self, Applied, Entry, Filter, Intent, Item, JournalState, Plan, Progress, Run,
};
use uuid::Uuid;

use crate::session::Session;
use crate::tasks::Tasks;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn plan(session: State<'_, Session>, intent: Intent) -> Result<Plan, AppError> {
    Ok(operations::plan(&session.engine().await?, intent).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn apply(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    plan: Plan,
    progress: Channel<Progress>,
) -> Result<Applied, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    // A closed window must not abort the work, so a report that reaches nobody is dropped.
    let report = |event| drop(progress.send(event));
    Ok(operations::apply(&engine, &plan, &Run { report: &report, cancel: task.token.clone() }).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn apply_all(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    plans: Vec<Plan>,
    progress: Channel<Progress>,
) -> Result<Vec<Item>, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    Ok(operations::apply_all(&engine, &plans, &Run { report: &report, cancel: task.token.clone() }).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn load_example(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    progress: Channel<Progress>,
) -> Result<Vec<Item>, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    Ok(example::load(&engine, &Run { report: &report, cancel: task.token.clone() }).await?)
}

/// `false` where no such task is under way.
#[tauri::command]
#[specta::specta]
pub async fn cancel(tasks: State<'_, Tasks>, task: Uuid) -> Result<bool, AppError> {
    Ok(tasks.cancel(task))
}

#[tauri::command]
#[specta::specta]
pub async fn journal(session: State<'_, Session>, filter: Filter) -> Result<Vec<Entry>, AppError> {
    Ok(operations::journal(&session.engine().await?, &filter).await?)
}

/// Follows the journal's chain of hashes.
#[tauri::command]
#[specta::specta]
pub async fn check_journal(session: State<'_, Session>) -> Result<JournalState, AppError> {
    Ok(operations::check_journal(&session.engine().await?).await?)
}
