//! Which rows of a template a new tenant needs: those that say what is installed, and those that every tenant holds alike
//! because a migration wrote them. Tenant data is neither.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::store::{self, Candidate, Link};
use crate::names::SchemaName;
use crate::{Engine, Result};

/// Django's.
pub(super) const LEDGER: &str = "django_migrations";
/// What is larger is data, whoever wrote it.
const MAX_ROWS: i64 = 10_000;
/// So many tenants tell what all hold alike.
pub(super) const SAMPLE: i64 = 20;

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

/// A table of which a new tenant should get rows with its structure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ReferenceTable {
    pub table: String,
    pub rows: u32,
    /// How many the template holds.
    pub of: u32,
    pub reason: Reason,
    /// As in [`ReferenceRows`].
    pub keys: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Django's ledger of migrations.
    Ledger,
    ContentTypes,
    Permissions,
    /// So many other tenants were looked at, and all hold these rows, but for numbers and times.
    AlikeEverywhere {
        tenants: u32,
    },
}

impl From<ReferenceTable> for ReferenceRows {
    fn from(proposed: ReferenceTable) -> Self {
        Self { table: proposed.table, keys: proposed.keys }
    }
}

/// Proposes which rows a clone should get, in the tables' order of name.
pub async fn propose_reference_rows(engine: &Engine, template: &SchemaName) -> Result<Vec<ReferenceTable>> {
    let mut tx = engine.begin().await?;
    let proposed = propose(&mut tx, template).await?;
    tx.rollback().await?;
    Ok(proposed)
}

/// The same on a connection, in whatever transaction it is.
pub(super) async fn propose(conn: &mut PgConnection, template: &SchemaName) -> Result<Vec<ReferenceTable>> {
    let all = store::candidates(conn, template).await?;
    let rows = store::count_rows(conn, template, &all, MAX_ROWS + 1).await?;
    let is_small =
        |table: &&Candidate| rows.get(&table.name).is_some_and(|rows| (1..=MAX_ROWS).contains(rows));
    let (known, others): (Vec<_>, Vec<_>) =
        all.iter().filter(is_small).partition(|table| well_known(&table.name).is_some());
    let mut proposed: Proposed = store::keys(conn, template, &known)
        .await?
        .into_iter()
        .filter_map(|(table, keys)| Some((well_known(&table)?, table, keys)))
        .map(|(reason, table, keys)| (table, (reason, keys)))
        .collect();
    let has_ledger =
        all.iter().any(|table| table.name == LEDGER && table.times.iter().any(|time| time == "applied"));
    proposed.extend(alike_everywhere(conn, template, &others, has_ledger).await?);
    let mut own_keys = store::own_keys(conn, template).await?;
    own_keys.retain(|own| proposed.get(&own.table).is_some_and(|(_, keys)| !keys.is_empty()));
    leave_out_dangling(&mut proposed, &store::links(conn, template, &own_keys, &all).await?);
    let tables = proposed.into_iter().filter(|(_, (_, keys))| !keys.is_empty());
    Ok(tables.map(|(table, (reason, keys))| reference_table(rows[&table], table, reason, keys)).collect())
}

/// Primary keys, as in [`ReferenceRows`].
pub(super) type Keys = BTreeSet<String>;
type Proposed = BTreeMap<String, (Reason, Keys)>;

fn reference_table(of: i64, table: String, reason: Reason, keys: Keys) -> ReferenceTable {
    let (rows, of) = (u32::try_from(keys.len()).unwrap_or(u32::MAX), u32::try_from(of).unwrap_or(u32::MAX));
    ReferenceTable { table, rows, of, reason, keys: (rows < of).then(|| keys.into_iter().collect()) }
}

fn well_known(table: &str) -> Option<Reason> {
    match table {
        LEDGER => Some(Reason::Ledger),
        "django_content_type" => Some(Reason::ContentTypes),
        "auth_permission" => Some(Reason::Permissions),
        _ => None,
    }
}

/// The rows of these tables that every other tenant holds too.
async fn alike_everywhere(
    conn: &mut PgConnection,
    template: &SchemaName,
    tables: &[&Candidate],
    has_ledger: bool,
) -> Result<Proposed> {
    let mut alike: BTreeMap<&String, (u32, Keys)> = BTreeMap::new();
    for other in store::other_tenants(conn, template, SAMPLE).await? {
        let theirs = store::candidates(conn, &other).await?;
        // A tenant that lacks the table, or has it with other columns, says nothing about its rows.
        let comparable: Vec<&Candidate> = tables
            .iter()
            .copied()
            .filter(|table| {
                alike.get(&table.name).is_none_or(|(_, keys)| !keys.is_empty()) && theirs.contains(table)
            })
            .collect();
        let mut found =
            store::rows_alike(conn, template, &other, &comparable, (has_ledger, MAX_ROWS)).await?;
        for table in comparable {
            let held = found.remove(&table.name).unwrap_or_default();
            alike
                .entry(&table.name)
                .and_modify(|(tenants, keys)| {
                    *tenants += 1;
                    keys.retain(|key| held.contains(key));
                })
                .or_insert((1, held));
        }
    }
    let reference =
        |(table, (tenants, keys)): (&String, _)| (table.clone(), (Reason::AlikeEverywhere { tenants }, keys));
    Ok(alike.into_iter().map(reference).collect())
}

/// Rows that point to rows which the clone does not get could not be kept.
fn leave_out_dangling(proposed: &mut Proposed, links: &[Link]) {
    let holds = |proposed: &Proposed, table: &str, key: &str| {
        proposed.get(table).is_some_and(|(_, keys)| keys.contains(key))
    };
    loop {
        let dangling = |link: &&Link| {
            holds(proposed, &link.table, &link.key) && !holds(proposed, &link.target, &link.target_key)
        };
        let dangling: Vec<_> = links.iter().filter(dangling).collect();
        if dangling.is_empty() {
            return;
        }
        for link in dangling {
            if let Some((_, keys)) = proposed.get_mut(&link.table) {
                keys.remove(&link.key);
            }
        }
    }
}
