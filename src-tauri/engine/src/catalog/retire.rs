//! Retiring an atom in a tenant, so that nothing breaks: whatever refers to it is named first, and goes on referring to something.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::repoint::{self, Repointed};
use super::sync::{claim_copy, enter};
use super::{
    CatalogRows, Reference, RowKey, TenantVersion, copy_store, fleet, note_store as notes,
    reference_store as store, usage,
};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{Basis, Change, Intent, Inverse, Parts, Plan};
use crate::{Error, Result, operations, tenants};

/// What becomes of an atom in a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "way", rename_all = "snake_case")]
pub enum Retirement {
    /// Its versions are switched off. Whatever refers to it goes on doing so.
    Deactivate,
    /// Whatever refers to it refers to another atom from then on, and it is deleted.
    Repoint { to: String },
    /// It is deleted where nothing refers to it.
    Delete,
}

/// A request to retire an atom in one tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RetireAtom {
    pub schema: SchemaName,
    pub slug: String,
    pub how: Retirement,
}

/// The rows of an atom that was deleted, each as a JSON object of texts: whatever columns the platform has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AtomRows {
    pub atom: String,
    pub versions: Vec<String>,
}

/// # Errors
/// [`Refusal::NoSuchAtom`]; [`Refusal::AtomReferredTo`] where it is to be deleted; those of [`repoint::plan`].
pub(crate) async fn plan_retire(conn: &mut PgConnection, request: RetireAtom) -> Result<Plan> {
    let RetireAtom { schema, slug, how } = &request;
    tenants::require(conn, schema).await?;
    enter(conn, schema).await?;
    let versions = store::versions(conn, slug).await?;
    let versions = versions.ok_or_else(|| Refusal::NoSuchAtom { slug: slug.clone() }.of(schema))?;
    let base = notes::base(conn, schema).await?;
    let (changes, inverse) = match how {
        Retirement::Deactivate => deactivation(conn, &request, versions).await?,
        Retirement::Delete => {
            let references = usage::references(conn, schema, std::slice::from_ref(slug)).await?;
            if !references.is_empty() {
                return Err(Refusal::AtomReferredTo { slug: slug.clone(), references }.of(schema));
            }
            deletion(conn, &request, versions, Vec::new(), Vec::new()).await?
        }
        Retirement::Repoint { to } => {
            let (references, rows) = repoint::plan(conn, schema, slug, to).await?;
            deletion(conn, &request, versions, references, rows).await?
        }
    };
    let parts = Parts {
        changes,
        basis: vec![Basis { row: format!("copy of {schema}"), version: format!("{base:?}") }],
        inverse,
        ..Parts::default()
    };
    let subject = schema.to_string();
    Ok(Plan::new(Intent::RetireAtom(request), subject, parts))
}

async fn deactivation(
    conn: &mut PgConnection,
    request: &RetireAtom,
    versions: Vec<TenantVersion>,
) -> Result<(Vec<Change>, Option<Inverse>)> {
    let active = versions.into_iter().filter(|version| version.is_active);
    let active: Vec<_> = active.map(|version| version.version).collect();
    if active.is_empty() {
        return Ok((Vec::new(), None));
    }
    let inverse = Inverse::RestoreAtom {
        schema: request.schema.clone(),
        tenant: tenants::key_of(conn, &request.schema).await?,
        slug: request.slug.clone(),
        switched_off: active.clone(),
        deleted: None,
        repointed: Vec::new(),
    };
    Ok((vec![change(request, active, Vec::new())], Some(inverse)))
}

async fn deletion(
    conn: &mut PgConnection,
    request: &RetireAtom,
    versions: Vec<TenantVersion>,
    references: Vec<Reference>,
    repointed: Vec<Repointed>,
) -> Result<(Vec<Change>, Option<Inverse>)> {
    let rows = store::rows_of_atom(conn, &request.slug).await?;
    let inverse = Inverse::RestoreAtom {
        schema: request.schema.clone(),
        tenant: tenants::key_of(conn, &request.schema).await?,
        slug: request.slug.clone(),
        switched_off: Vec::new(),
        deleted: rows.map(|(atom, versions)| AtomRows { atom, versions }),
        repointed,
    };
    let versions = versions.into_iter().map(|version| version.version).collect();
    Ok((vec![change(request, versions, references)], Some(inverse)))
}

fn change(request: &RetireAtom, versions: Vec<String>, repointed: Vec<Reference>) -> Change {
    let RetireAtom { schema, slug, how } = request.clone();
    Change::RetireAtom { schema, slug, how, versions, repointed }
}

/// Nobody else writes the copy until the transaction ends, and nobody begins to refer to an atom that is to go.
pub(crate) async fn claim_retirement(conn: &mut PgConnection, request: &RetireAtom) -> Result<()> {
    claim_copy(conn, &request.schema).await?;
    if request.how != Retirement::Deactivate {
        store::lock_atom(conn, &request.slug).await?;
    }
    Ok(())
}

/// Makes the change. `false` where what refers to the atom is something else by now.
pub(super) async fn make(conn: &mut PgConnection, plan: &Plan) -> Result<bool> {
    let (
        Intent::RetireAtom(RetireAtom { schema, slug, how }),
        Some(Change::RetireAtom { versions, .. }),
        Some(Inverse::RestoreAtom { repointed, .. }),
    ) = (&plan.intent, plan.changes.first(), &plan.inverse)
    else {
        return Ok(false);
    };
    enter(conn, schema).await?;
    if *how == Retirement::Deactivate {
        let rows: CatalogRows = versions.iter().map(|version| RowKey::version(slug, version)).collect();
        if copy_store::deactivate(conn, &rows).await? != u64::from(rows.count()) {
            return Err(Refusal::CopyResists.of(schema));
        }
    } else {
        if !repoint::forth(conn, schema, repointed).await?
            || !usage::references(conn, schema, std::slice::from_ref(slug)).await?.is_empty()
        {
            return Ok(false);
        }
        delete(conn, schema, slug, versions.len()).await?;
    }
    fleet::compare_copy(conn, schema).await?;
    Ok(true)
}

async fn delete(conn: &mut PgConnection, schema: &SchemaName, slug: &str, versions: usize) -> Result<()> {
    let deleted = store::delete_atom(conn, slug).await.map_err(|error| refused(schema, error))?;
    operations::check_constraints(conn).await.map_err(|error| refused(schema, error))?;
    // A trigger may keep rows, or undo what was done to them.
    let gone = store::versions(conn, slug).await?.is_none();
    if !gone || usize::try_from(deleted) != Ok(versions + 1) {
        return Err(Refusal::CopyResists.of(schema));
    }
    Ok(())
}

/// A constraint of the tenant's tables that nobody foresaw is an answer too.
pub(super) fn refused(schema: &SchemaName, error: sqlx::Error) -> Error {
    let broken = error.as_database_error().and_then(|answer| {
        let is_constraint = answer.code().is_some_and(|code| code.starts_with("23"));
        let (table, constraint) =
            (answer.table()?.to_owned(), answer.constraint().unwrap_or_default().to_owned());
        is_constraint.then_some(Refusal::ConstraintBroken { table, constraint })
    });
    broken.map_or_else(|| error.into(), |why| why.of(schema))
}
