//! The master catalog, its releases, and how far every tenant's copy is.

use std::path::Path;

use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tenantry_engine::catalog::{
    self, CatalogReceipt, CopyDifference, FleetDay, FleetState, HeatMap, MasterCatalog, Releases,
    RetirePreview, Retirement, RowDifference, SchemaProblem, SyncFleet, SyncPreview, Usage,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Progress, Run};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::session::Session;
use crate::tasks::Tasks;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn master_catalog(session: State<'_, Session>) -> Result<MasterCatalog, AppError> {
    Ok(catalog::master(&session.engine().await?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn catalog_releases(session: State<'_, Session>) -> Result<Releases, AppError> {
    Ok(catalog::releases(&session.engine().await?).await?)
}

/// In what one release differs from another; 0 stands for the master catalog as it is.
#[tauri::command]
#[specta::specta]
pub async fn release_difference(
    session: State<'_, Session>,
    before: i32,
    after: i32,
) -> Result<Vec<RowDifference>, AppError> {
    Ok(catalog::difference(&session.engine().await?, before, after).await?)
}

/// The fleet by its receipts, seen from a release or the newest.
#[tauri::command]
#[specta::specta]
pub async fn catalog_fleet(
    session: State<'_, Session>,
    release: Option<i32>,
) -> Result<FleetState, AppError> {
    Ok(catalog::fleet(&session.engine().await?, release).await?)
}

/// Compares every row of these tenants' copies, or of all, and answers as `catalog_fleet` does.
#[tauri::command]
#[specta::specta]
pub async fn compare_catalogs(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    schemas: Option<Vec<SchemaName>>,
    release: Option<i32>,
    progress: Channel<Progress>,
) -> Result<FleetState, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(catalog::compare_fleet(&engine, schemas, release, &run).await?)
}

/// Atoms by tenants, only what is not in step.
#[tauri::command]
#[specta::specta]
pub async fn catalog_heat_map(
    session: State<'_, Session>,
    release: Option<i32>,
) -> Result<HeatMap, AppError> {
    Ok(catalog::heat_map(&session.engine().await?, release).await?)
}

/// Row by row, how a tenant's copy differs from a release or the newest.
#[tauri::command]
#[specta::specta]
pub async fn copy_difference(
    session: State<'_, Session>,
    schema: SchemaName,
    release: Option<i32>,
) -> Result<Vec<CopyDifference>, AppError> {
    Ok(catalog::copy_difference(&session.engine().await?, &schema, release).await?)
}

/// What each synchronisation of a tenant came to, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn catalog_receipts(
    session: State<'_, Session>,
    schema: SchemaName,
) -> Result<Vec<CatalogReceipt>, AppError> {
    Ok(catalog::receipts(&session.engine().await?, &schema).await?)
}

/// How many tenants were at which release, day by day.
#[tauri::command]
#[specta::specta]
pub async fn catalog_history(session: State<'_, Session>) -> Result<Vec<FleetDay>, AppError> {
    Ok(catalog::history(&session.engine().await?).await?)
}

/// What a synchronisation of many tenants would come to, a line each.
#[tauri::command]
#[specta::specta]
pub async fn preview_catalog_sync(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    request: SyncFleet,
    progress: Channel<Progress>,
) -> Result<SyncPreview, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(catalog::preview(&engine, &request, &run).await?)
}

/// What is wrong with a config schema, if anything.
#[tauri::command]
#[specta::specta]
pub async fn check_config_schema(text: String) -> Result<Vec<SchemaProblem>, AppError> {
    Ok(catalog::check_config_schema(&text))
}

/// Asks where to, and writes a release (0: the master catalog) there, as CSV where the file's name ends so. The file; `None`
/// where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn export_catalog(
    app: AppHandle,
    session: State<'_, Session>,
    release: i32,
) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    let dialog = app.dialog().file().set_file_name("catalog.json");
    let dialog = dialog.add_filter("JSON", &["json"]).add_filter("CSV", &["csv"]);
    dialog.save_file(move |path| drop(chosen.send(path)));
    let Some(path) = text_of(answer.await.ok().flatten()) else { return Ok(None) };
    catalog::export_into(&session.engine().await?, release, Path::new(&path)).await?;
    Ok(Some(path))
}

/// What in the fleet refers to an atom.
#[tauri::command]
#[specta::specta]
pub async fn catalog_usage(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    slug: String,
    progress: Channel<Progress>,
) -> Result<Usage, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(catalog::usage(&engine, &slug, &run).await?)
}

/// What retiring an atom would come to, a line for each tenant that has it.
#[tauri::command]
#[specta::specta]
pub async fn preview_retirement(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    slug: String,
    how: Retirement,
    progress: Channel<Progress>,
) -> Result<RetirePreview, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(catalog::preview_retirement(&engine, &slug, &how, &run).await?)
}

/// `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_folder(app: AppHandle) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    app.dialog().file().pick_folder(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

/// `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_file(app: AppHandle) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    app.dialog()
        .file()
        .add_filter("JSON, CSV", &["json", "csv"])
        .pick_file(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

pub fn text_of(path: Option<FilePath>) -> Option<String> {
    path.map(|path| path.to_string())
}
