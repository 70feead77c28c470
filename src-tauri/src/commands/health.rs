//! The whole fleet at once.

use std::path::Path;

use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tenantry_engine::health::{self as engine_health, Health, PartDifference};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Progress, Run};
use tenantry_engine::{Error, platform};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::session::Session;
use crate::tasks::Tasks;
use tenantry_engine::error::AppError;

/// Looks at all tenants, or answers for one of them.
#[tauri::command]
#[specta::specta]
pub async fn health(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    schema: Option<SchemaName>,
    progress: Channel<Progress>,
) -> Result<Health, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(engine_health::health(&engine, schema.as_ref(), None, &run).await?)
}

/// How a tenant's schema differs from a reference, object by object, with the SQL for each.
#[tauri::command]
#[specta::specta]
pub async fn health_difference(
    session: State<'_, Session>,
    schema: SchemaName,
    reference: SchemaName,
) -> Result<Vec<PartDifference>, AppError> {
    Ok(engine_health::difference(&session.engine().await?, &schema, &reference).await?)
}

/// Asks where to, looks at all tenants, and writes the report: as JSON where the file's name ends so, or else as a page.
/// The file; `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn export_health(app: AppHandle, session: State<'_, Session>) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    let dialog = app.dialog().file().set_file_name("fleet-health.html");
    let dialog = dialog.add_filter("HTML", &["html"]).add_filter("JSON", &["json"]);
    dialog.save_file(move |path| drop(chosen.send(path)));
    let Some(path) = answer.await.ok().flatten().map(|path| path.to_string()) else { return Ok(None) };
    let engine = session.engine().await?;
    let health = engine_health::health(&engine, None, None, &Run::silent()).await?;
    let is_json = Path::new(&path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let text = if is_json {
        engine_health::json(&health)
    } else {
        engine_health::html(&health, &platform::status(&engine).await?.database)
    };
    match tokio::fs::write(&path, text).await {
        Ok(()) => Ok(Some(path)),
        Err(source) => Err(Error::File { path, source }.into()),
    }
}
