//! The master catalog, and the system's dialogs for where to import from.

use tauri::{AppHandle, State};
use tauri_plugin_dialog::{DialogExt, FilePath};
use tenantry_engine::catalog::{self, MasterCatalog};
use tokio::sync::oneshot;

use crate::session::Session;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn master_catalog(session: State<'_, Session>) -> Result<MasterCatalog, AppError> {
    Ok(catalog::master(&session.engine().await?).await?)
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
    app.dialog().file().add_filter("JSON", &["json"]).pick_file(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

pub fn text_of(path: Option<FilePath>) -> Option<String> {
    path.map(|path| path.to_string())
}
