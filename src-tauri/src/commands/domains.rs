//! Reading domains, and checking one while it is typed.

use tauri::State;
use tenantry_engine::Error;
use tenantry_engine::domains::{self, Domain};
use tenantry_engine::names::{DomainName, normalise};

use crate::session::Session;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn list_domains(session: State<'_, Session>) -> Result<Vec<Domain>, AppError> {
    Ok(domains::list(&session.engine().await?, None).await?)
}

/// The form in which an input would be stored.
#[tauri::command]
#[specta::specta]
pub async fn check_domain(input: String) -> Result<DomainName, AppError> {
    Ok(normalise("domain", &input).map_err(Error::invalid)?)
}
