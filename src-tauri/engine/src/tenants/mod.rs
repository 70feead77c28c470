//! Tenants: a row of the tenant table, the schema it names, its domains and its catalog, made whole or not at all.

mod attributes;
mod check;
mod clone;
mod create;
mod life;
pub mod many;
mod mend;
mod store;
mod table;
mod trash;

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

pub use attributes::{Attribute, AttributeColumn, columns as attribute_columns};
pub use check::{Check, DomainVerdict, Outcome, check};
pub use clone::CloneTenant;
pub(crate) use clone::plan_clone;
pub(crate) use create::plan_create;
pub use create::{CreateTenant, OnTaken};
pub use life::{RenameTenant, SetActive, TenantRef};
pub(crate) use life::{copy_primaries, plan_rename, plan_set_active};
pub use mend::MendTenant;
pub(crate) use mend::plan_mend;
pub(crate) use store::schemas_of;
pub use trash::{PurgeTenant, RestoreTenant, TrashedTenant, trash};
pub(crate) use trash::{lock_trashed, plan_delete, plan_purge, plan_restore, prepare_purge};

use crate::catalog::{self, TenantCatalog};
use crate::domains::{self, Domain};
use crate::names::SchemaName;
use crate::operations::{Change, OperationId, Plan};
use crate::{Engine, Error, Result, blueprint};

/// A tenant as the owner of something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Owner {
    pub schema: SchemaName,
    pub name: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} (schema {})", self.name, self.schema)
    }
}

/// One row of the list of tenants. Its key is the schema: the key of the row is the platform's own affair.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Tenant {
    pub schema: SchemaName,
    pub name: String,
    pub is_active: bool,
    pub created_on: Option<NaiveDate>,
    pub primary_domain: Option<String>,
    #[specta(type = i32)]
    pub domains: i64,
    /// Whether the schema that the row names is there.
    pub has_schema: bool,
}

/// Everything about one tenant.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantPage {
    pub tenant: Tenant,
    pub attributes: Vec<Attribute>,
    pub domains: Vec<Domain>,
    /// `None` where the schema lacks the atom tables.
    pub catalog: Option<TenantCatalog>,
    pub tables: Vec<Table>,
}

/// A table of a tenant's schema.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Table {
    pub name: String,
    /// The planner's estimate; `None` where the table was never analysed.
    #[specta(type = Option<i32>)]
    pub rows: Option<i64>,
    /// With indexes and TOAST.
    #[specta(type = i32)]
    pub bytes: i64,
}

/// All tenants, by name.
pub async fn list(engine: &Engine) -> Result<Vec<Tenant>> {
    let mut conn = engine.acquire().await?;
    Ok(store::list(&mut conn).await?)
}

/// Makes one change. `false` where the platform is not what the plan saw.
pub(crate) async fn make(
    engine: &Engine,
    conn: &mut PgConnection,
    change: &Change,
    plan: &Plan,
    operation: OperationId,
) -> Result<bool> {
    match change {
        Change::CreateTenant { .. } | Change::CreateSchema { .. } | Change::ConnectSharedTables { .. } => {
            create::make(engine, conn, change, plan, operation).await
        }
        Change::RenameTenant { .. } | Change::RenameSchema { .. } | Change::SetActive { .. } => {
            life::make(conn, change).await
        }
        Change::MakeObjects { .. } | Change::RecordMigrations { .. } | Change::ConnectObjects { .. } => {
            mend::make(engine, conn, change).await
        }
        _ => trash::make(conn, change).await,
    }
}

/// One tenant with its domains, catalog and tables.
pub async fn page(engine: &Engine, schema: &SchemaName) -> Result<TenantPage> {
    let mut tx = engine.begin().await?;
    let tenant = require(&mut tx, schema).await?;
    let attributes = store::attributes(&mut tx, schema).await?;
    let domains = domains::of_tenant(&mut tx, schema).await?;
    let tables = store::tables(&mut tx, schema).await?;
    let catalog = if catalog::has_tables(&mut tx, schema).await? {
        blueprint::enter(&mut tx, schema).await?;
        Some(catalog::of_tenant(&mut tx, schema).await?)
    } else {
        None
    };
    tx.rollback().await?;
    Ok(TenantPage { tenant, attributes, domains, catalog, tables })
}

/// One tenant.
///
/// # Errors
/// [`Error::TenantNotFound`].
pub async fn find(engine: &Engine, schema: &SchemaName) -> Result<Tenant> {
    require(&mut *engine.acquire().await?, schema).await
}

/// The tenant of a schema.
///
/// # Errors
/// [`Error::TenantNotFound`].
pub(crate) async fn require(conn: &mut PgConnection, schema: &SchemaName) -> Result<Tenant> {
    let found = store::find_by_schema(conn, schema).await?;
    found.ok_or_else(|| Error::TenantNotFound { schema: schema.to_string() })
}

/// What a tenant's schema is called now, by its key: another tenant may have got the name that it had then.
///
/// # Errors
/// [`Error::TenantNotFound`].
pub(crate) async fn schema_now(conn: &mut PgConnection, key: String, then: SchemaName) -> Result<SchemaName> {
    if store::key_of(conn, &then).await?.as_ref() == Some(&key) {
        return Ok(then);
    }
    let now = store::schemas_of(conn, std::slice::from_ref(&key)).await?.remove(&key);
    now.ok_or_else(|| Error::TenantNotFound { schema: then.to_string() })
}

/// A tenant's key, as text. It stays when the schema gets another name.
///
/// # Errors
/// [`Error::TenantNotFound`].
pub(crate) async fn key_of(conn: &mut PgConnection, schema: &SchemaName) -> Result<String> {
    let key = store::key_of(conn, schema).await?;
    key.ok_or_else(|| Error::TenantNotFound { schema: schema.to_string() })
}

/// A free schema name that fits a tenant's name.
pub async fn suggest_schema(engine: &Engine, name: &str) -> Result<String> {
    let base = crate::names::suggest_schema(name);
    if base.is_empty() {
        return Ok(base);
    }
    let mut conn = engine.acquire().await?;
    let taken = store::schemas_like(&mut conn, &base).await?;
    Ok(first_free(base, |name| taken.iter().any(|other| other == name)))
}

/// The name itself, or else the first numbered one that is free.
fn first_free(base: String, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2..).map(|n| format!("{}_{n}", &base[..base.len().min(58)]));
    let free = std::iter::once(base.clone()).chain(numbered).find(|name| !is_taken(name));
    free.unwrap_or(base)
}

impl Tenant {
    pub fn owner(&self) -> Owner {
        Owner { schema: self.schema.clone(), name: self.name.clone() }
    }
}
