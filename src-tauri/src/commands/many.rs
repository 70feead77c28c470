//! Many tenants from a CSV file. The file stays where it is; each command reads it anew.

use std::path::Path;

use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tenantry_engine::jobs::JobId;
use tenantry_engine::tenants::many::{self, ColumnMapping, CsvPreview, ManyCheck};
use tokio::sync::oneshot;

use super::catalog::text_of;
use crate::session::Session;
use tenantry_engine::error::AppError;

/// `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_csv(app: AppHandle) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    let dialog = app.dialog().file().add_filter("CSV", &["csv", "tsv", "txt"]);
    dialog.pick_file(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

/// Where the result is to be written. `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_csv_result(app: AppHandle, name: String) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    let dialog = app.dialog().file().add_filter("CSV", &["csv"]).set_file_name(name);
    dialog.save_file(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

#[tauri::command]
#[specta::specta]
pub async fn read_csv(session: State<'_, Session>, path: String) -> Result<CsvPreview, AppError> {
    let table = many::read(Path::new(&path))?;
    Ok(many::preview(&session.engine().await?, &table).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn check_csv(
    session: State<'_, Session>,
    path: String,
    mapping: ColumnMapping,
) -> Result<ManyCheck, AppError> {
    let table = many::read(Path::new(&path))?;
    Ok(many::check(&session.engine().await?, &table, &mapping).await?)
}

/// The job of the rows that are new. `None` where there are none.
#[tauri::command]
#[specta::specta]
pub async fn create_from_csv(
    session: State<'_, Session>,
    path: String,
    mapping: ColumnMapping,
) -> Result<Option<JobId>, AppError> {
    let table = many::read(Path::new(&path))?;
    let engine = session.engine().await?;
    let check = many::check(&engine, &table, &mapping).await?;
    Ok(many::create(&engine, &check).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn save_csv_result(
    session: State<'_, Session>,
    path: String,
    mapping: ColumnMapping,
    job: Option<JobId>,
    target: String,
) -> Result<(), AppError> {
    let table = many::read(Path::new(&path))?;
    let engine = session.engine().await?;
    let check = many::check(&engine, &table, &mapping).await?;
    Ok(many::write_result(&engine, &table, &check, job, Path::new(&target)).await?)
}
