//! Importing atoms into the master catalog. An import adds and updates; it never takes away.

use sqlx::PgConnection;

use super::difference::{Removal, Wanted};
use super::source::{self, Incoming, problem};
use super::{CatalogSource, store};
use crate::operations::{Basis, Change, Finding, Intent, Parts, Plan, Step};
use crate::{Error, Result, digest};

const ROW: &str = "catalog source";

/// # Errors
/// [`Error::Invalid`] with everything that is wrong with the source, each with its place.
pub(crate) async fn plan_import(conn: &mut PgConnection, source: CatalogSource) -> Result<Plan> {
    let incoming = source::read(conn, &source).await?;
    let mut parts = Parts { basis: vec![basis(&incoming)], ..Parts::default() };
    let mut wanted = Wanted { incoming, removal: Removal::default() };
    let master = store::catalog(conn, super::MASTER).await?;
    let difference = wanted.measure(conn, &master).await?.map_err(|faults| {
        let problems =
            faults.into_iter().map(|(index, fault)| problem(&wanted.incoming.place(index), fault.reason));
        Error::Invalid(problems.collect())
    })?;
    if difference.unchanged > 0 {
        parts.findings.push(Finding::AtomsUnchanged { atoms: difference.unchanged });
    }
    if !difference.is_empty() {
        parts.inverse = Some(difference.inverse());
        parts.changes.push(Change::ImportAtoms {
            categories: difference.categories,
            added: difference.added,
            changed: difference.changed,
        });
    }
    Ok(Plan::new(Intent::ImportCatalog(source), "catalog", parts))
}

/// Writes what the plan was made from; `false` if the source has changed since.
pub(super) async fn make(conn: &mut PgConnection, plan: &Plan, step: &Step<'_, '_>) -> Result<bool> {
    let Intent::ImportCatalog(source) = &plan.intent else { return Ok(true) };
    let incoming = source::read(conn, source).await?;
    if !plan.basis.contains(&basis(&incoming)) {
        return Ok(false);
    }
    Wanted { incoming, removal: Removal::default() }.write(conn, step).await?;
    Ok(true)
}

fn basis(incoming: &Incoming) -> Basis {
    Basis { row: ROW.into(), version: digest::of(incoming) }
}
