//! What new tenants are made from.

use tauri::State;
use tenantry_engine::blueprint::{self, Choice, ReferenceTable};
use tenantry_engine::names::SchemaName;

use crate::session::Session;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn blueprint_choice(session: State<'_, Session>) -> Result<Choice, AppError> {
    Ok(blueprint::choice(&session.engine().await?).await?)
}

/// Which rows of a template a new tenant should get, and why.
#[tauri::command]
#[specta::specta]
pub async fn propose_reference_rows(
    session: State<'_, Session>,
    template: SchemaName,
) -> Result<Vec<ReferenceTable>, AppError> {
    Ok(blueprint::propose_reference_rows(&session.engine().await?, &template).await?)
}
