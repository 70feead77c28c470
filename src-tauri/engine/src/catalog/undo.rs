//! Taking back what was changed in the master catalog.

use sqlx::PgConnection;

use super::difference::{Removal, Wanted, staying_in};
use super::source::{Incoming, problem};
use super::{MASTER, store};
use crate::operations::{Change, Intent, Inverse, Parts, Plan, Step, UndoOperation};
use crate::{Error, Result};

/// The master catalog as it was before an import or an edit. What came since stays, unless it is a row of the same atom that
/// was there before.
///
/// # Errors
/// [`Error::Invalid`] where what was published since would change, or where another atom has the name of one that comes back.
pub(crate) async fn plan_restore(
    conn: &mut PgConnection,
    request: UndoOperation,
    inverse: Inverse,
) -> Result<Plan> {
    let Some(mut wanted) = Wanted::of(inverse) else {
        return Ok(Plan::new(Intent::Undo(request), "catalog", Parts::default()));
    };
    let master = store::catalog(conn, MASTER).await?;
    // Whoever has put atoms into a new category since needs it.
    let in_use: Vec<_> = staying_in(&wanted, &master).into_keys().map(str::to_owned).collect();
    wanted.removal.categories.retain(|name| !in_use.contains(name));
    let difference = wanted.measure(conn, &master).await?.map_err(|faults| {
        let problems =
            faults.into_iter().map(|(index, fault)| problem(&wanted.incoming.place(index), fault.reason));
        Error::Invalid(problems.collect())
    })?;
    let mut parts = Parts { basis: vec![store::master_state(conn).await?.basis()], ..Parts::default() };
    if !difference.is_empty() {
        parts.inverse = Some(difference.inverse());
        let added = difference.added.into_iter().map(|atom| atom.slug);
        parts.changes.push(Change::RestoreAtoms {
            removed: difference.removed_atoms.into_iter().map(|atom| atom.slug).collect(),
            restored: added.chain(difference.changed.into_iter().map(|atom| atom.slug)).collect(),
        });
    }
    Ok(Plan::new(Intent::Undo(request), "catalog", parts))
}

pub(super) async fn restore(conn: &mut PgConnection, inverse: Inverse, step: &Step<'_, '_>) -> Result<bool> {
    let Some(mut wanted) = Wanted::of(inverse) else { return Ok(false) };
    wanted.write(conn, step).await?;
    Ok(true)
}

impl Wanted {
    fn of(inverse: Inverse) -> Option<Self> {
        let Inverse::RestoreCatalog {
            remove_categories,
            put_back_categories,
            remove_atoms,
            remove_versions,
            put_back,
        } = inverse
        else {
            return None;
        };
        let mut incoming = Incoming { atoms: put_back, ..Incoming::default() };
        for category in put_back_categories {
            incoming.describe(category.name, category.description);
        }
        let removal =
            Removal { categories: remove_categories, atoms: remove_atoms, versions: remove_versions };
        Some(Self { incoming: incoming.with_named_categories(), removal })
    }
}
