//! What in the tenants refers to an atom.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::{reference_store as store, sync};
use crate::names::SchemaName;
use crate::operations::{Progress, Run};
use crate::sql::AtomKey;
use crate::{Engine, Result};

/// Rows of one table that refer to an atom, or to a version of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    pub slug: String,
    /// Empty where the atom itself is meant.
    pub version: String,
    /// With its schema, where that is not the tenant's.
    pub table: String,
    /// Several are separated by commas.
    pub column: String,
    #[specta(type = i32)]
    pub rows: i64,
}

impl std::fmt::Display for Reference {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { slug, version, table, column, rows } = self;
        let noun = if *rows == 1 { "row" } else { "rows" };
        write!(f, "{rows} {noun} of {table} by {column}")?;
        if version.is_empty() { Ok(()) } else { write!(f, " (to {slug} {version})") }
    }
}

/// What in the fleet knows an atom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Usage {
    pub slug: String,
    /// The master catalog has it still.
    pub in_master: bool,
    /// Tenants that have it.
    pub tenants: Vec<TenantUsage>,
    /// Tenants of which it cannot be said.
    pub unread: Vec<UnreadTenant>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantUsage {
    pub schema: SchemaName,
    pub name: String,
    pub versions: u32,
    pub active_versions: u32,
    pub references: Vec<Reference>,
}

/// A tenant that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnreadTenant {
    pub schema: SchemaName,
    pub reason: String,
}

/// What in the fleet refers to an atom, counted and named. Tenants without atom tables are left to *Verify*.
///
/// # Errors
/// [`Error::Cancelled`](crate::Error::Cancelled).
pub async fn usage(engine: &Engine, slug: &str, run: &Run<'_>) -> Result<Usage> {
    let mut conn = engine.acquire().await?;
    let in_master = store::is_in_master(&mut conn, slug).await?;
    let copies = store::tenants_with_tables(&mut conn).await?;
    drop(conn);
    let mut usage = Usage { slug: slug.to_owned(), in_master, tenants: Vec::new(), unread: Vec::new() };
    let total = u32::try_from(copies.len()).unwrap_or(u32::MAX);
    let mut visits = engine.visits();
    for (index, (schema, name)) in (0..).zip(copies) {
        run.check()?;
        (run.report)(Progress::Checking { index, total, subject: schema.to_string() });
        let mut tx = visits.begin().await?;
        let used = of_tenant(&mut tx, &schema, name, slug).await;
        tx.rollback().await?;
        match used {
            Ok(used) => usage.tenants.extend(used),
            Err(error) if error.stops_everything() => return Err(error),
            Err(error) => usage.unread.push(UnreadTenant { schema, reason: error.with_cause() }),
        }
    }
    Ok(usage)
}

async fn of_tenant(
    conn: &mut PgConnection,
    schema: &SchemaName,
    name: String,
    slug: &str,
) -> Result<Option<TenantUsage>> {
    sync::enter(conn, schema).await?;
    let Some(versions) = store::versions(conn, slug).await? else { return Ok(None) };
    let references = references(conn, schema, &[slug.to_owned()]).await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Some(TenantUsage {
        schema: schema.clone(),
        name,
        versions: count(versions.len()),
        active_versions: count(versions.iter().filter(|version| version.is_active).count()),
        references,
    }))
}

/// What refers to some atoms in the copy of the search path.
pub(super) async fn references(
    conn: &mut PgConnection,
    schema: &SchemaName,
    slugs: &[String],
) -> Result<Vec<Reference>> {
    let keys = store::keys_to_atoms(conn, schema).await?;
    let found = by_key(conn, &keys, slugs).await?;
    Ok(found.into_iter().map(|(_, reference)| reference).collect())
}

/// The same, each with the key by which it refers.
pub(super) async fn by_key<'k>(
    conn: &mut PgConnection,
    keys: &'k [AtomKey],
    slugs: &[String],
) -> Result<Vec<(&'k AtomKey, Reference)>> {
    if keys.is_empty() || slugs.is_empty() {
        return Ok(Vec::new());
    }
    let mut found = store::references(conn, keys, slugs).await?;
    found.sort();
    let reference = |(index, slug, version, rows): (i32, String, String, i64)| {
        let key = keys.get(usize::try_from(index).ok()?)?;
        let (table, column) = (table_name(key.schema.as_deref(), &key.table), key.columns.join(", "));
        Some((key, Reference { slug, version, table, column, rows }))
    };
    Ok(found.into_iter().filter_map(reference).collect())
}

pub(super) fn table_name(schema: Option<&str>, table: &str) -> String {
    schema.map_or_else(|| table.to_owned(), |schema| format!("{schema}.{table}"))
}
