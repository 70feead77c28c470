//! Reading tenants, and checking a new one while it is typed.

use tauri::State;
use tenantry_engine::names::SchemaName;
use tenantry_engine::tenants::{
    self, AttributeColumn, Check, CreateTenant, Tenant, TenantPage, TrashedTenant,
};

use crate::session::Session;
use tenantry_engine::error::AppError;

#[tauri::command]
#[specta::specta]
pub async fn list_tenants(session: State<'_, Session>) -> Result<Vec<Tenant>, AppError> {
    Ok(tenants::list(&session.engine().await?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn tenant_page(session: State<'_, Session>, schema: SchemaName) -> Result<TenantPage, AppError> {
    Ok(tenants::page(&session.engine().await?, &schema).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn attribute_columns(session: State<'_, Session>) -> Result<Vec<AttributeColumn>, AppError> {
    Ok(tenants::attribute_columns(&session.engine().await?).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn suggest_schema(session: State<'_, Session>, name: String) -> Result<String, AppError> {
    Ok(tenants::suggest_schema(&session.engine().await?, &name).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn check_tenant(session: State<'_, Session>, request: CreateTenant) -> Result<Check, AppError> {
    Ok(tenants::check(&session.engine().await?, &request).await?)
}

/// The deleted tenants.
#[tauri::command]
#[specta::specta]
pub async fn trash(session: State<'_, Session>) -> Result<Vec<TrashedTenant>, AppError> {
    Ok(tenants::trash(&session.engine().await?).await?)
}
