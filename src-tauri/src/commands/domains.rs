//! Finding domains, looking at one while it is typed, importing many, and handing them over.

use std::path::{Path, PathBuf};

use tauri::ipc::Channel;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tenantry_engine::Error;
use tenantry_engine::domains::import::{self, ImportCheck, ImportField, ImportSource, ImportTable};
use tenantry_engine::domains::{
    self, Domain, DomainCounts, DomainDetail, DomainLook, DomainPage, DomainPolicy, DomainQuery,
    HandoverFormat, ImportDomains, Inspected, RequestAnswer, Which,
};
use tenantry_engine::jobs::JobId;
use tenantry_engine::names::{DomainName, SchemaName, normalise};
use tenantry_engine::operations::{Progress, Run};
use tokio::sync::oneshot;
use uuid::Uuid;

use super::catalog::text_of;
use crate::session::Session;
use crate::tasks::Tasks;
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

/// A page of the domains that are searched for.
#[tauri::command]
#[specta::specta]
pub async fn find_domains(
    session: State<'_, Session>,
    query: DomainQuery,
    offset: u32,
    limit: u32,
) -> Result<DomainPage, AppError> {
    Ok(domains::find(&session.engine().await?, &query, offset, limit).await?)
}

/// The names of all that are searched for.
#[tauri::command]
#[specta::specta]
pub async fn domain_names(session: State<'_, Session>, query: DomainQuery) -> Result<Vec<String>, AppError> {
    Ok(domains::names(&session.engine().await?, &query).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn domain_counts(session: State<'_, Session>) -> Result<DomainCounts, AppError> {
    Ok(domains::counts(&session.engine().await?).await?)
}

/// Everything about the names in what somebody pasted, for a tenant or for nobody in particular.
#[tauri::command]
#[specta::specta]
pub async fn inspect_domains(
    session: State<'_, Session>,
    input: String,
    schema: Option<SchemaName>,
) -> Result<Vec<Inspected>, AppError> {
    Ok(domains::inspect(&session.engine().await?, &input, schema.as_ref()).await?)
}

/// Who would answer a request with this Host header.
#[tauri::command]
#[specta::specta]
pub async fn who_answers(session: State<'_, Session>, host: String) -> Result<RequestAnswer, AppError> {
    Ok(domains::who(&session.engine().await?, &host).await?)
}

#[tauri::command]
#[specta::specta]
pub async fn domain_policy(session: State<'_, Session>) -> Result<DomainPolicy, AppError> {
    Ok(domains::policy(&session.engine().await?).await?)
}

/// `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_domain_file(app: AppHandle) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    let dialog = app.dialog().file().add_filter("CSV, JSON", &["csv", "tsv", "txt", "json"]);
    dialog.pick_file(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

/// Where domains are to be written. `None` where the dialog was cancelled.
#[tauri::command]
#[specta::specta]
pub async fn choose_domain_target(app: AppHandle, name: String) -> Result<Option<String>, AppError> {
    let (chosen, answer) = oneshot::channel();
    app.dialog().file().set_file_name(name).save_file(move |path| drop(chosen.send(path)));
    Ok(text_of(answer.await.ok().flatten()))
}

/// The rows of a file or of a pasted text.
#[tauri::command]
#[specta::specta]
pub async fn read_domain_import(
    source: ImportSource,
    fields: Option<Vec<ImportField>>,
    tenant: String,
) -> Result<ImportTable, AppError> {
    Ok(import::read(&source, fields.as_deref(), &tenant)?)
}

/// A verdict on every row.
#[tauri::command]
#[specta::specta]
pub async fn check_domain_import(
    session: State<'_, Session>,
    request: ImportDomains,
) -> Result<ImportCheck, AppError> {
    Ok(import::check(&session.engine().await?, &request).await?)
}

/// Writes the rows with their verdicts as CSV.
#[tauri::command]
#[specta::specta]
pub async fn save_domain_import(
    session: State<'_, Session>,
    request: ImportDomains,
    target: String,
) -> Result<(), AppError> {
    let check = import::check(&session.engine().await?, &request).await?;
    Ok(import::write(Path::new(&target), &request, &check)?)
}

/// The domains that are searched for, in the form in which servers want them.
#[tauri::command]
#[specta::specta]
pub async fn hand_over_domains(
    session: State<'_, Session>,
    query: DomainQuery,
    format: HandoverFormat,
) -> Result<String, AppError> {
    Ok(domains::hand_over(&session.engine().await?, &query, format).await?)
}

/// The same into a file.
#[tauri::command]
#[specta::specta]
pub async fn save_domains(
    session: State<'_, Session>,
    query: DomainQuery,
    format: HandoverFormat,
    target: PathBuf,
) -> Result<(), AppError> {
    let text = domains::hand_over(&session.engine().await?, &query, format).await?;
    let failed = |source| Error::File { path: target.display().to_string(), source };
    Ok(std::fs::write(&target, text).map_err(failed)?)
}

/// Everything that is known about a domain. Nobody is asked.
#[tauri::command]
#[specta::specta]
pub async fn domain_detail(session: State<'_, Session>, domain: String) -> Result<DomainDetail, AppError> {
    Ok(domains::detail(&session.engine().await?, &domain).await?)
}

/// Asks the world about some domains now.
#[tauri::command]
#[specta::specta]
pub async fn check_domains(
    session: State<'_, Session>,
    tasks: State<'_, Tasks>,
    task: Uuid,
    domains: Vec<String>,
    progress: Channel<Progress>,
) -> Result<Vec<DomainLook>, AppError> {
    let task = tasks.start(task)?;
    let engine = session.engine().await?;
    let report = |event| drop(progress.send(event));
    let run = Run { report: &report, cancel: task.token.clone() };
    Ok(domains::check(&engine, &Which::Named(domains), &run).await?)
}

/// A job that asks the world about all domains, or about those that a look is due for. `None` where there are none.
#[tauri::command]
#[specta::specta]
pub async fn check_all_domains(
    session: State<'_, Session>,
    only_due: bool,
) -> Result<Option<JobId>, AppError> {
    Ok(domains::check_job(&session.engine().await?, only_due).await?)
}

/// Looks for the proof of a domain now, for its tenant or for another.
#[tauri::command]
#[specta::specta]
pub async fn prove_domain(
    session: State<'_, Session>,
    domain: String,
    schema: Option<SchemaName>,
) -> Result<DomainLook, AppError> {
    let (_, look) = domains::prove(&session.engine().await?, &domain, schema.as_ref()).await?;
    Ok(look)
}
