//! Taking a retirement back: the atom as it was, and what referred to it.

use serde_json::Value;
use sqlx::PgConnection;

use super::retire::{AtomRows, refused};
use super::sync::enter;
use super::{CatalogRows, RowKey, fleet, note_store as notes, reference_store as store, repoint};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{self, Basis, Change, Finding, Intent, Inverse, Parts, Plan, UndoOperation};
use crate::{Error, Result, tenants};

/// # Errors
/// [`Refusal::AtomThereAgain`].
pub(crate) async fn plan_bring_back(
    conn: &mut PgConnection,
    request: UndoOperation,
    inverse: Inverse,
) -> Result<Plan> {
    let Inverse::RestoreAtom { schema, tenant, slug, switched_off, deleted, repointed } = inverse else {
        return Err(Error::Refused { subject: request.operation.to_string(), why: Refusal::NoInverse });
    };
    let schema = tenants::schema_now(conn, tenant, schema).await?;
    tenants::require(conn, &schema).await?;
    enter(conn, &schema).await?;
    let base = notes::base(conn, &schema).await?;
    let mut parts = Parts {
        basis: vec![Basis { row: format!("copy of {schema}"), version: format!("{base:?}") }],
        ..Parts::default()
    };
    let (versions, changed) = match &deleted {
        None => switched_off_still(conn, &slug, switched_off).await?,
        Some(rows) => (place_for(conn, &schema, rows).await?, Vec::new()),
    };
    let (repointed, elsewhere) = repoint::standing(conn, &slug, &repointed).await?;
    if !changed.is_empty() {
        let rows: CatalogRows = changed.iter().map(|version| RowKey::version(&slug, version)).collect();
        parts.findings.push(Finding::CatalogChangedSince { schema: schema.clone(), rows });
    }
    if !elsewhere.is_empty() {
        parts
            .findings
            .push(Finding::ReferencesChangedSince { schema: schema.clone(), references: elsewhere });
    }
    let subject = schema.to_string();
    if deleted.is_some() || !versions.is_empty() {
        parts.changes.push(Change::BringBackAtom { schema, slug, versions, repointed });
    }
    Ok(Plan::new(Intent::Undo(request), subject, parts))
}

/// Those of some versions that are still off, and those that are not there any longer.
async fn switched_off_still(
    conn: &mut PgConnection,
    slug: &str,
    switched_off: Vec<String>,
) -> Result<(Vec<String>, Vec<String>)> {
    let now = store::versions(conn, slug).await?.unwrap_or_default();
    let is = |version: &String| now.iter().find(|v| v.version == *version).map(|v| v.is_active);
    let (there, gone): (Vec<_>, Vec<_>) = switched_off.into_iter().partition(|version| is(version).is_some());
    Ok((there.into_iter().filter(|version| is(version) == Some(false)).collect(), gone))
}

/// The versions that come back, if there is a place for their atom.
async fn place_for(conn: &mut PgConnection, schema: &SchemaName, rows: &AtomRows) -> Result<Vec<String>> {
    let atom = read(&rows.atom)?;
    if let Some(holder) = store::in_the_way(conn, &atom).await? {
        return Err(Refusal::AtomThereAgain { holder }.of(schema));
    }
    let version = |row: &String| Ok(read(row)?["version"].as_str().unwrap_or_default().to_owned());
    rows.versions.iter().map(version).collect()
}

fn read(row: &str) -> Result<Value> {
    serde_json::from_str(row).map_err(|error| Error::Database(sqlx::Error::Decode(error.into())))
}

/// Makes the change. `false` where the rows are others by now.
pub(super) async fn make(conn: &mut PgConnection, change: &Change, plan: &Plan) -> Result<bool> {
    let (
        Change::BringBackAtom { schema, slug, versions, repointed: planned },
        Some(Inverse::RestoreAtom { deleted, repointed, .. }),
    ) = (change, operations::inverse_of(conn, plan).await?)
    else {
        return Ok(false);
    };
    enter(conn, schema).await?;
    let (rows, expected) = match &deleted {
        None => {
            let on = store::activate(conn, slug, versions).await?;
            (i64::try_from(on).unwrap_or(i64::MAX), versions.len())
        }
        Some(AtomRows { atom, versions }) => {
            let inserted = store::insert_rows_of_atom(conn, atom, versions).await;
            (inserted.map_err(|error| refused(schema, error))?, versions.len() + 1)
        }
    };
    if usize::try_from(rows) != Ok(expected) {
        return Err(Refusal::CopyResists.of(schema));
    }
    let planned: i64 = planned.iter().map(|reference| reference.rows).sum();
    if i64::try_from(repoint::back(conn, schema, &repointed).await?) != Ok(planned) {
        return Ok(false);
    }
    operations::check_constraints(conn).await.map_err(|error| refused(schema, error))?;
    fleet::compare_copy(conn, schema).await?;
    Ok(true)
}
