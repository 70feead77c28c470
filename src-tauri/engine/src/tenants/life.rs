//! Renaming a tenant, suspending it and letting it go on.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use specta::Type;
use sqlx::PgConnection;

use super::table::TenantTable;
use super::{Tenant, require, store};
use crate::error::Refusal;
use crate::names::{Ident, Problem, Rule, SchemaName, parse_new_schema, parse_tenant_name};
use crate::operations::{Basis, Change, Finding, Intent, Inverse, Parts, Plan};
use crate::{Error, Result, sql};

/// A tenant, by its schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantRef {
    pub schema: SchemaName,
}

/// New names for a tenant; what is `None` stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RenameTenant {
    pub schema: SchemaName,
    pub new_schema: Option<String>,
    pub new_name: Option<String>,
}

/// Whether the platform serves a tenant, as its column `is_active` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SetActive {
    pub schema: SchemaName,
    pub active: bool,
}

pub(crate) async fn plan_rename(conn: &mut PgConnection, request: RenameTenant) -> Result<Plan> {
    let tenant = require_own(conn, &request.schema).await?;
    let mut parts = Parts { basis: vec![row_basis(conn, &tenant.schema).await?], ..Parts::default() };
    let name = new_name(conn, &request, &tenant).await?;
    let schema = new_schema(conn, &request, &tenant).await?;
    if let Some(after) = name.clone() {
        let before = tenant.name.clone();
        parts.changes.push(Change::RenameTenant { schema: tenant.schema.clone(), before, after });
    }
    if let Some(after) = schema.clone() {
        let objects = store::mentions(conn, &tenant.schema).await?;
        if !objects.is_empty() {
            parts.findings.push(Finding::MentionsOldName { objects });
        }
        parts.changes.push(Change::RenameSchema { before: tenant.schema.clone(), after });
    }
    parts.inverse = Some(Inverse::RenameTenant {
        new_schema: schema.as_ref().map(|_| tenant.schema.to_string()),
        schema: schema.unwrap_or_else(|| tenant.schema.clone()),
        new_name: name.map(|_| tenant.name.clone()),
    });
    Ok(Plan::new(Intent::RenameTenant(request), tenant.schema.to_string(), parts))
}

async fn new_name(
    conn: &mut PgConnection,
    request: &RenameTenant,
    tenant: &Tenant,
) -> Result<Option<String>> {
    let Some(input) = &request.new_name else { return Ok(None) };
    let name = parse_tenant_name(input).map_err(|problem| Error::invalid(problem.at("new_name")))?;
    if name == tenant.name {
        return Ok(None);
    }
    refuse_unwritable(conn, "name").await?;
    refuse_taken_name(conn, "new_name", &name, &tenant.schema).await?;
    Ok(Some(name))
}

pub(super) async fn refuse_taken_name(
    conn: &mut PgConnection,
    field: &str,
    name: &str,
    schema: &SchemaName,
) -> Result<()> {
    match store::names_in_use(conn, Some(name), schema.as_str()).await?.name_of {
        None => Ok(()),
        Some(owner) => {
            let rule = Rule::NameTaken { schema: owner.to_string() };
            Err(Error::invalid(Problem::new(field, name, rule)))
        }
    }
}

async fn new_schema(
    conn: &mut PgConnection,
    request: &RenameTenant,
    tenant: &Tenant,
) -> Result<Option<SchemaName>> {
    let Some(input) = &request.new_schema else { return Ok(None) };
    if *input == tenant.schema.as_str() {
        return Ok(None);
    }
    if !tenant.has_schema {
        return Err(Refusal::SchemaMissing.of(&tenant.schema));
    }
    let schema = parse_new_schema(input).map_err(|problem| Error::invalid(problem.at("new_schema")))?;
    refuse_taken_schema(conn, &schema, Some(&tenant.schema)).await?;
    Ok(Some(schema))
}

/// A schema name that is free, also for those who compare without case.
pub(super) async fn refuse_taken_schema(
    conn: &mut PgConnection,
    schema: &SchemaName,
    except: Option<&SchemaName>,
) -> Result<()> {
    let names = store::names_in_use(conn, None, schema.as_str()).await?;
    if names.schema_exists || names.is_tenant {
        return Err(Error::SchemaTaken { schema: schema.to_string() });
    }
    match names.differing_in_case {
        Some(existing) if except.is_none_or(|own| own.as_str() != existing) => {
            let rule = Rule::SchemaCollides { existing };
            Err(Error::invalid(Problem::new("new_schema", schema.as_str(), rule)))
        }
        _ => Ok(()),
    }
}

pub(crate) async fn plan_set_active(conn: &mut PgConnection, request: SetActive) -> Result<Plan> {
    let tenant = require_own(conn, &request.schema).await?;
    refuse_unwritable(conn, "is_active").await?;
    let mut parts = Parts { basis: vec![row_basis(conn, &tenant.schema).await?], ..Parts::default() };
    let SetActive { schema, active } = request.clone();
    if tenant.is_active != active {
        parts.inverse = Some(Inverse::SetActive { schema: schema.clone(), active: !active });
        parts.changes.push(Change::SetActive { schema, active });
    }
    Ok(Plan::new(Intent::SetActive(request), tenant.schema.to_string(), parts))
}

/// Makes one change. `false` where the row is not there any more.
pub(super) async fn make(conn: &mut PgConnection, change: &Change) -> Result<bool> {
    match change {
        Change::RenameTenant { schema, after, .. } => update(conn, schema, &[("name", json!(after))]).await,
        Change::SetActive { schema, active } => update(conn, schema, &[("is_active", json!(active))]).await,
        Change::RenameSchema { before, after } => rename_schema(conn, before, after).await,
        _ => Ok(true),
    }
}

/// The schema, the row that names it, and what we have written down under that name.
pub(super) async fn rename_schema(
    conn: &mut PgConnection,
    before: &SchemaName,
    after: &SchemaName,
) -> Result<bool> {
    // A row without a schema can be deleted and restored like any other.
    if store::names_in_use(conn, None, before.as_str()).await?.schema_exists {
        sqlx::raw_sql(sql::rename_schema(before, after)).execute(&mut *conn).await?;
    }
    store::rename_records(conn, before, after).await?;
    update(conn, before, &[("schema_name", json!(after))]).await
}

/// The platform's own copies of the primary domains follow; routing never reads them. `None` for tenants that may have lost
/// their last domain.
pub(crate) async fn copy_primaries(
    conn: &mut PgConnection,
    primaries: &[(&SchemaName, Option<&str>)],
) -> Result<()> {
    if primaries.is_empty() || !TenantTable::of(conn).await?.is_writable("primary_domain") {
        return Ok(());
    }
    Ok(store::copy_primaries(conn, primaries).await?)
}

/// Sets columns of a tenant's row. Those that this platform's table does not have are left out.
pub(super) async fn update(
    conn: &mut PgConnection,
    schema: &SchemaName,
    values: &[(&str, Value)],
) -> Result<bool> {
    let table = TenantTable::of(conn).await?;
    let values: Vec<_> = values.iter().filter(|(column, _)| table.is_writable(column)).collect();
    if values.is_empty() {
        return Ok(true);
    }
    let columns: Vec<_> = values.iter().map(|(column, _)| Ident::new(*column)).collect();
    let record: Map<_, _> =
        values.iter().map(|(column, value)| ((*column).to_owned(), value.clone())).collect();
    let updated = sqlx::query(sql::update_tenant(&columns))
        .bind(schema.as_str())
        .bind(Value::Object(record))
        .execute(conn)
        .await?;
    Ok(updated.rows_affected() == 1)
}

/// A tenant with a schema of its own. The row that django-tenants wants for `public` stands for the shared tables.
pub(super) async fn require_own(conn: &mut PgConnection, schema: &SchemaName) -> Result<Tenant> {
    let tenant = require(conn, schema).await?;
    if schema.as_str() == "public" { Err(Refusal::PublicTenant.of(schema)) } else { Ok(tenant) }
}

async fn refuse_unwritable(conn: &mut PgConnection, column: &str) -> Result<()> {
    if TenantTable::of(conn).await?.is_writable(column) {
        Ok(())
    } else {
        Err(Error::Refused { subject: column.into(), why: Refusal::NoSuchColumn { column: column.into() } })
    }
}

pub(super) async fn row_basis(conn: &mut PgConnection, schema: &SchemaName) -> Result<Basis> {
    Ok(Basis { row: format!("tenant {schema}"), version: store::row_version(conn, schema).await? })
}
