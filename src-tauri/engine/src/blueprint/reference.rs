//! Which rows of a template a new tenant needs: those that say what is installed, and those that every tenant holds alike
//! because a migration wrote them. Tenant data is neither.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::store::{self, Candidate};
use crate::names::SchemaName;
use crate::{Engine, Result, sql};

/// What is larger is data, whoever wrote it.
const MAX_ROWS: i64 = 10_000;
/// So many tenants tell what all hold alike.
const SAMPLE: i64 = 20;

/// Rows of a template that a clone gets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceRows {
    pub table: String,
    /// Their primary keys, each the text of a JSON array with a value for each column of the key: `[7]`. `None`: all rows.
    pub keys: Option<Vec<String>>,
}

impl ReferenceRows {
    pub fn all_of(table: impl Into<String>) -> Self {
        Self { table: table.into(), keys: None }
    }
}

/// A table whose rows a new tenant should get with its structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceTable {
    pub table: String,
    pub rows: u32,
    pub reason: Reason,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Django's ledger of migrations.
    Ledger,
    ContentTypes,
    Permissions,
    /// So many other tenants were looked at, and all hold the same rows, but for keys and times.
    AlikeEverywhere {
        tenants: u32,
    },
}

/// Proposes which tables' rows a clone should get, in the tables' order of name.
pub async fn propose_reference_rows(engine: &Engine, template: &SchemaName) -> Result<Vec<ReferenceTable>> {
    let mut visits = engine.visits();
    let mut tx = visits.begin().await?;
    let candidates = store::candidates(&mut tx, template).await?;
    let keys = store::own_keys(&mut tx, template).await?;
    let others = store::other_tenants(&mut tx, template, SAMPLE).await?;
    let wanted = digests(&mut tx, template, &candidates).await?;
    tx.rollback().await?;

    let mut alike: BTreeSet<&String> = wanted.keys().collect();
    for other in &others {
        let mut tx = visits.begin().await?;
        let theirs = store::candidates(&mut tx, other).await?;
        let comparable: Vec<_> = theirs
            .into_iter()
            .filter(|table| alike.contains(&table.name) && candidates.contains(table))
            .collect();
        let found = digests(&mut tx, other, &comparable).await?;
        tx.rollback().await?;
        alike.retain(|table| found.get(*table) == wanted.get(*table));
    }
    if others.is_empty() {
        alike.clear();
    }
    let tenants = u32::try_from(others.len()).unwrap_or(u32::MAX);
    let mut proposed: BTreeMap<&String, Reason> = wanted
        .keys()
        .filter_map(|table| {
            let like_all = alike.contains(table).then_some(Reason::AlikeEverywhere { tenants });
            known(table).or(like_all).map(|reason| (table, reason))
        })
        .collect();
    drop_unsupported(&mut proposed, &keys);
    let reference = proposed.into_iter().map(|(table, reason)| ReferenceTable {
        table: table.clone(),
        rows: u32::try_from(wanted[table].0).unwrap_or(u32::MAX),
        reason,
    });
    Ok(reference.collect())
}

fn known(table: &str) -> Option<Reason> {
    match table {
        "django_migrations" => Some(Reason::Ledger),
        "django_content_type" => Some(Reason::ContentTypes),
        "auth_permission" => Some(Reason::Permissions),
        _ => None,
    }
}

/// Rows that point to rows which the clone does not get could not be kept.
fn drop_unsupported(proposed: &mut BTreeMap<&String, Reason>, keys: &[(String, String)]) {
    loop {
        let before = proposed.len();
        let lacking: Vec<_> = keys
            .iter()
            .filter(|(table, target)| proposed.contains_key(table) && !proposed.contains_key(target))
            .map(|(table, _)| table)
            .collect();
        proposed.retain(|table, _| !lacking.contains(table));
        if proposed.len() == before {
            return;
        }
    }
}

/// The number of rows and a digest of them, for each table that has some and not too many.
async fn digests(
    conn: &mut PgConnection,
    schema: &SchemaName,
    tables: &[Candidate],
) -> Result<BTreeMap<String, (i64, String)>> {
    if tables.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tables = tables.iter().map(|table| (table.name.as_str(), table.columns.as_slice()));
    let rows: Vec<(String, i64, String)> = sqlx::query_as(sql::digest_rows(schema, tables, MAX_ROWS + 1))
        .persistent(false)
        .fetch_all(conn)
        .await?;
    let held = rows.into_iter().filter(|(_, rows, _)| (1..=MAX_ROWS).contains(rows));
    Ok(held.map(|(table, rows, digest)| (table, (rows, digest))).collect())
}
