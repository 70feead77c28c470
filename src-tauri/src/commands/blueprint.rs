//! What new tenants are made from.

use tauri::State;
use tenantry_engine::blueprint::{self, Choice};

use crate::session::Session;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn blueprint_choice(session: State<'_, Session>) -> Result<Choice, AppError> {
    Ok(blueprint::choice(&session.engine().await?).await?)
}
