//! Pointing what refers to one atom to another one.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;
use sqlx::PgConnection;

use super::reference_store::{self as store, Pointing};
use super::{Reference, retire, usage};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::sql::{AtomKey, Referring};
use crate::{Error, Result};

/// Rows of one table that were pointed elsewhere, all in the same way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Repointed {
    /// `None` where the table is in the tenant's schema.
    pub schema: Option<String>,
    pub table: String,
    pub primary_key: Vec<String>,
    /// The columns that change, with their values, as a JSON object.
    pub before: String,
    pub after: String,
    /// The rows' primary keys as they are afterwards, as a JSON array of objects.
    pub rows: String,
}

impl Repointed {
    fn read(&self) -> Result<Read> {
        let read = |text: &str| {
            serde_json::from_str(text).map_err(|error| Error::Database(sqlx::Error::Decode(error.into())))
        };
        let before: Value = read(&self.before)?;
        let columns = before.as_object().into_iter().flat_map(|object| object.keys().cloned()).collect();
        Ok(Read { columns, before, after: read(&self.after)?, rows: read(&self.rows)? })
    }

    fn pointing<'a>(&'a self, read: &'a Read, back: bool) -> Pointing<'a> {
        let (from, to) = if back { (&read.after, &read.before) } else { (&read.before, &read.after) };
        Pointing {
            schema: self.schema.as_deref(),
            table: &self.table,
            primary_key: &self.primary_key,
            columns: &read.columns,
            rows: &read.rows,
            from,
            to,
        }
    }
}

struct Read {
    columns: Vec<String>,
    before: Value,
    after: Value,
    rows: Value,
}

impl Read {
    fn count(&self) -> usize {
        self.rows.as_array().map_or(0, Vec::len)
    }
}

/// What refers to an atom, and what changes in those rows when they refer to another one. Nothing is written.
///
/// # Errors
/// [`Refusal::NoSuchAtom`], [`Refusal::SameAtom`], [`Refusal::NoSuchVersions`], [`Refusal::NoPrimaryKey`],
/// [`Refusal::WouldCollide`].
pub(super) async fn plan(
    conn: &mut PgConnection,
    schema: &SchemaName,
    slug: &str,
    to: &str,
) -> Result<(Vec<Reference>, Vec<Repointed>)> {
    if slug == to {
        return Err(Refusal::SameAtom.of(schema));
    }
    let versions = store::versions(conn, to).await?;
    let versions = versions.ok_or_else(|| Refusal::NoSuchAtom { slug: to.to_owned() }.of(schema))?;
    let keys = store::keys_to_atoms(conn, schema).await?;
    let found = usage::by_key(conn, &keys, &[slug.to_owned()]).await?;
    let has = |wanted: &str| wanted.is_empty() || versions.iter().any(|v| v.version == wanted);
    let lacking: Vec<_> = found.iter().map(|(_, r)| r).filter(|r| !has(&r.version)).cloned().collect();
    if !lacking.is_empty() {
        return Err(Refusal::NoSuchVersions { slug: to.to_owned(), references: lacking }.of(schema));
    }
    let mut rows = Vec::new();
    let referring: Vec<&AtomKey> =
        keys.iter().filter(|key| found.iter().any(|(k, _)| same_table(k, key))).collect();
    for keys in referring.chunk_by(|one, next| same_table(one, next)) {
        rows.extend(plan_table(conn, schema, keys.to_vec(), (slug, to)).await?);
    }
    Ok((found.into_iter().map(|(_, reference)| reference).collect(), rows))
}

fn same_table(one: &AtomKey, other: &AtomKey) -> bool {
    (&one.schema, &one.table) == (&other.schema, &other.table)
}

async fn plan_table(
    conn: &mut PgConnection,
    schema: &SchemaName,
    keys: Vec<&AtomKey>,
    atoms: (&str, &str),
) -> Result<Vec<Repointed>> {
    let Some(AtomKey { schema: elsewhere, table, .. }) = keys.first().copied() else { return Ok(Vec::new()) };
    let place = (elsewhere.as_deref().unwrap_or(schema.as_str()), table.as_str());
    let name = || usage::table_name(elsewhere.as_deref(), table);
    let columns: Vec<String> = keys.iter().flat_map(|key| key.columns.clone()).collect();
    let primary_key = store::primary_key(conn, place.0, place.1).await?;
    if primary_key.is_empty() {
        return Err(Refusal::NoPrimaryKey { table: name() }.of(schema));
    }
    let referring = Referring { keys, primary_key: primary_key.clone() };
    for (constraint, unique) in store::unique_indexes(conn, place, &columns).await? {
        let rows = store::collisions(conn, &referring, &unique, atoms).await?;
        if rows > 0 {
            return Err(Refusal::WouldCollide { table: name(), constraint, rows }.of(schema));
        }
    }
    let moving = store::moving_rows(conn, &referring, atoms).await?;
    let repointed = moving.into_iter().map(|(before, after, rows)| Repointed {
        schema: elsewhere.clone(),
        table: table.clone(),
        primary_key: primary_key.clone(),
        before,
        after,
        rows,
    });
    Ok(repointed.collect())
}

/// Points rows to another atom. `false` where one of them is not as it was planned.
pub(super) async fn forth(
    conn: &mut PgConnection,
    schema: &SchemaName,
    repointed: &[Repointed],
) -> Result<bool> {
    for rows in repointed {
        let read = rows.read()?;
        let pointed = store::point(conn, &rows.pointing(&read, false)).await;
        if usize::try_from(pointed.map_err(|error| retire::refused(schema, error))?) != Ok(read.count()) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Points them back, as far as they still refer to that other atom; answers how many did.
pub(super) async fn back(
    conn: &mut PgConnection,
    schema: &SchemaName,
    repointed: &[Repointed],
) -> Result<u64> {
    let mut pointed = 0;
    for rows in repointed {
        let read = rows.read()?;
        let back = store::point(conn, &rows.pointing(&read, true)).await;
        pointed += back.map_err(|error| retire::refused(schema, error))?;
    }
    Ok(pointed)
}

/// How many of these rows still refer to that other atom, and how many do not: they were changed since, or they are gone.
pub(super) async fn standing(
    conn: &mut PgConnection,
    slug: &str,
    repointed: &[Repointed],
) -> Result<(Vec<Reference>, Vec<Reference>)> {
    let (mut stand, mut changed) = (Vec::new(), Vec::new());
    for group in repointed {
        let read = group.read()?;
        let rows = store::count_pointing(conn, &group.pointing(&read, true)).await?;
        let others = i64::try_from(read.count()).unwrap_or(i64::MAX) - rows;
        let reference = |rows| Reference {
            slug: slug.to_owned(),
            version: String::new(),
            table: usage::table_name(group.schema.as_deref(), &group.table),
            column: read.columns.join(", "),
            rows,
        };
        if rows > 0 {
            stand.push(reference(rows));
        }
        if others > 0 {
            changed.push(reference(others));
        }
    }
    Ok((stand, changed))
}
