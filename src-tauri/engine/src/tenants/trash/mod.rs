//! Deleting a tenant so that it can come back: row and schema get another name, under which nothing reaches them, and the
//! domains are parked. Purging is a separate step, and the only one without a way back.
//!
//! The row stays in the platform's table because others refer to it, the tenant's own tables among them. And the schema
//! stays in the platform's migrations, so that a restored tenant is up to date.

mod purge;
mod store;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;
use sqlx::PgConnection;

pub(crate) use purge::{plan as plan_purge, prepare as prepare_purge};

use super::life::{refuse_taken_name, refuse_taken_schema, rename_schema, require_own, row_basis, update};
use super::{TenantRef, store as tenants_store};
use crate::domains::{self, Holder};
use crate::error::{Refusal, sqlstate};
use crate::names::{SchemaName, parse_new_schema};
use crate::operations::{Change, Finding, Intent, Inverse, Parts, Plan};
use crate::{Engine, Error, Result, blueprint, digest};

/// A request to bring a deleted tenant back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RestoreTenant {
    /// The schema's name before it was deleted, which stands for the last one deleted, or its name in the trash.
    pub schema: SchemaName,
    /// Another name for its schema, where the former one is taken.
    pub new_schema: Option<String>,
}

/// A request to remove a deleted tenant for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PurgeTenant {
    /// As for [`RestoreTenant::schema`].
    pub schema: SchemaName,
}

/// A tenant in the trash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TrashedTenant {
    /// The schema's name in the trash.
    pub trash: SchemaName,
    /// The schema's name before.
    pub schema: SchemaName,
    pub name: String,
    pub domains: Vec<String>,
    pub tables: u32,
    pub deleted_at: DateTime<Utc>,
    pub deleted_by: String,
    /// A purge has begun, so it cannot come back.
    pub purging: bool,
}

/// The deleted tenants, the last one first.
pub async fn trash(engine: &Engine) -> Result<Vec<TrashedTenant>> {
    let mut conn = engine.acquire().await?;
    Ok(store::list(&mut conn).await?)
}

pub(crate) async fn plan_delete(conn: &mut PgConnection, request: TenantRef) -> Result<Plan> {
    let tenant = require_own(conn, &request.schema).await?;
    let schema = tenant.schema.clone();
    if blueprint::template(conn).await?.as_ref() == Some(&schema) {
        return Err(Refusal::IsTemplate.of(&schema));
    }
    let row = row_basis(conn, &schema).await?;
    let trash = trash_name(&schema, &row.version);
    let held = domains::of_tenant(conn, &schema).await?;
    let tables = tenants_store::tables(conn, &schema).await?.into_iter().map(|table| table.name).collect();
    let mut parts = Parts {
        basis: vec![row, domains::tenant_basis(conn, &schema).await?],
        inverse: Some(Inverse::RestoreTenant { trash: trash.clone() }),
        ..Parts::default()
    };
    parts.changes.push(Change::MoveToTrash {
        schema: schema.clone(),
        name: tenant.name,
        trash: trash.clone(),
        tables,
    });
    if !held.is_empty() {
        let domains = held.into_iter().map(|domain| domain.domain).collect();
        parts.changes.push(Change::ParkDomains { trash, domains });
    }
    Ok(Plan::new(Intent::DeleteTenant(request), schema.to_string(), parts))
}

pub(crate) async fn plan_restore(conn: &mut PgConnection, request: RestoreTenant) -> Result<Plan> {
    let trashed = require_trashed(conn, &request.schema).await?;
    if trashed.purging {
        return Err(Refusal::BeingPurged.of(&trashed.schema));
    }
    let schema = match &request.new_schema {
        Some(input) => parse_new_schema(input).map_err(|problem| Error::invalid(problem.at("new_schema")))?,
        None => trashed.schema.clone(),
    };
    refuse_taken_schema(conn, &schema, None).await?;
    refuse_taken_name(conn, "name", &trashed.name, &trashed.trash).await?;
    let TrashedTenant { trash, name, domains, .. } = trashed;
    let held = domains::holders(conn, &domains).await?;
    let mut parts = Parts {
        basis: held.values().map(Holder::basis).chain([row_basis(conn, &trash).await?]).collect(),
        inverse: Some(Inverse::DeleteTenant { schema: schema.clone() }),
        ..Parts::default()
    };
    let (taken, free): (Vec<_>, Vec<_>) = domains.into_iter().partition(|domain| held.contains_key(domain));
    for domain in taken {
        let Holder { owner, primary, .. } = held[&domain].clone();
        parts.findings.push(Finding::DomainTaken { domain, owner, primary });
    }
    let primary = store::parked_primary(conn, &trash).await?;
    // Whoever has got it meanwhile keeps it.
    let heir =
        primary.filter(|primary| !free.contains(primary)).and_then(|_| domains::next_primary(free.clone()));
    if !free.is_empty() {
        parts.changes.push(Change::UnparkDomains { trash: trash.clone(), domains: free });
    }
    parts.changes.push(Change::TakeFromTrash { trash, schema: schema.clone(), name });
    if let Some(after) = heir {
        parts.changes.push(Change::ChangePrimary { schema: schema.clone(), before: None, after });
    }
    Ok(Plan::new(Intent::RestoreTenant(request), schema.to_string(), parts))
}

/// Makes one change. `false` where the rows are not what the plan saw.
pub(super) async fn make(conn: &mut PgConnection, change: &Change) -> Result<bool> {
    match change {
        Change::MoveToTrash { schema, name, trash, tables } => {
            move_in(conn, schema, name, trash, tables).await
        }
        Change::ParkDomains { trash, domains } => {
            let parked = store::park_domains(conn, trash).await.map_err(|error| referenced(error, trash))?;
            Ok(usize::try_from(parked).is_ok_and(|parked| parked == domains.len()))
        }
        Change::TakeFromTrash { trash, schema, .. } => move_out(conn, trash, schema).await,
        Change::UnparkDomains { trash, domains } => {
            let back = store::unpark_domains(conn, trash, domains).await?;
            Ok(usize::try_from(back).is_ok_and(|back| back == domains.len()))
        }
        Change::Purge { trash, .. } => purge::make(conn, trash).await,
        _ => Ok(true),
    }
}

async fn move_in(
    conn: &mut PgConnection,
    schema: &SchemaName,
    name: &str,
    trash: &SchemaName,
    tables: &[String],
) -> Result<bool> {
    store::remember(conn, schema, trash, tables).await?;
    let values = [
        ("name", json!(parked_name(name, tenants_store::name_limit(conn).await?, trash))),
        ("is_active", json!(false)),
        ("primary_domain", json!("")),
    ];
    let is_in = update(conn, schema, &values).await? && rename_schema(conn, schema, trash).await?;
    store::end_receipts(conn, trash).await?;
    Ok(is_in)
}

async fn move_out(conn: &mut PgConnection, trash: &SchemaName, schema: &SchemaName) -> Result<bool> {
    let Some(former) = store::former_row(conn, trash).await? else { return Ok(false) };
    let values: Vec<_> =
        ["name", "is_active", "primary_domain"].into_iter().map(|c| (c, former[c].clone())).collect();
    store::forget(conn, trash).await?;
    store::resume_receipts(conn, trash).await?;
    Ok(update(conn, trash, &values).await? && rename_schema(conn, trash, schema).await?)
}

/// The name of a deleted tenant's schema. Made from what is deleted, so that the plan and its execution agree on it.
fn trash_name(schema: &SchemaName, row_version: &str) -> SchemaName {
    let mark = &digest::of(&(schema, row_version))[..8];
    let readable: String =
        schema.as_str().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(40).collect();
    SchemaName::existing(format!("{PREFIX}{readable}_{mark}"))
}

/// Sorted last wherever schemas are listed.
const PREFIX: &str = "zz_trash_";

/// The tenant's name makes room for a new tenant of that name.
fn parked_name(name: &str, limit: Option<i32>, trash: &SchemaName) -> String {
    let suffix = format!(" [deleted {}]", &trash.as_str()[trash.as_str().len() - 8..]);
    let room =
        limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(200).saturating_sub(suffix.len());
    let kept: String = name.chars().take(room).collect();
    format!("{kept}{suffix}")
}

/// Waits for whoever is restoring or purging the same tenant.
pub(crate) async fn lock_trashed(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    let trashed = require_trashed(conn, schema).await?;
    domains::lock_tenant(conn, &trashed.trash).await
}

async fn require_trashed(conn: &mut PgConnection, schema: &SchemaName) -> Result<TrashedTenant> {
    let found = store::find(conn, schema).await?;
    found.ok_or_else(|| Refusal::NotInTrash.of(schema))
}

/// Rows of the platform's other tables that refer to what is to go.
fn referenced(error: sqlx::Error, schema: &SchemaName) -> Error {
    if sqlstate(&error).as_deref() != Some("23503") {
        return error.into();
    }
    let by = error.as_database_error().and_then(|e| e.table()).unwrap_or_default().to_owned();
    Refusal::NeededBy { objects: vec![by] }.of(schema)
}
