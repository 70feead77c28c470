//! What a new tenant's copy starts with, and how a copy stands.

use sqlx::PgConnection;

use super::decide::decide;
use super::fleet::{self, Receipt};
use super::release::MASTER;
use super::{
    CatalogRows, OnConflict, Part, RowState, TenantCatalog, compare, copy_store, note_store as notes,
    release_store, store, sync,
};
use crate::Result;
use crate::names::SchemaName;
use crate::operations::OperationId;

/// Gives a new copy everything that a release has; `false` unless it is as many atoms and versions as planned.
pub(super) async fn make(
    conn: &mut PgConnection,
    schema: &SchemaName,
    release: i32,
    atoms: u32,
    versions: u32,
    operation: OperationId,
) -> Result<bool> {
    let own = sync::enter(conn, schema).await?;
    let rows = compare::compare_quickly(conn, schema, release, None).await?;
    let steps = decide(&rows, OnConflict::Keep, &[]);
    copy_store::insert(conn, &own, release, &steps.insert).await?;
    if release != MASTER {
        notes::note(conn, schema, release, &steps.deviations(&rows)).await?;
        let nothing = CatalogRows::default();
        let rows = [&steps.insert, &nothing, &nothing];
        let receipt = Receipt { operation, release_before: None, release: Some(release), rows, kept: 0 };
        fleet::give_receipt(conn, schema, receipt).await?;
    }
    let (slugs, _) = steps.insert.version_keys();
    let is = |found: usize, planned: u32| u32::try_from(found) == Ok(planned);
    Ok(is(steps.insert.atoms.len(), atoms) && is(slugs.len(), versions))
}

/// Nothing is known any longer of what a schema's copy was brought to.
pub(crate) async fn forget(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    Ok(notes::forget(conn, schema).await?)
}

/// A copy of a copy is at the same release, with the same deviations.
pub(crate) async fn inherit(
    conn: &mut PgConnection,
    from: &SchemaName,
    to: &SchemaName,
    operation: OperationId,
) -> Result<()> {
    let Some(release) = notes::copy_notes(conn, from, to).await? else { return Ok(()) };
    let nothing = CatalogRows::default();
    let rows = [&nothing; 3];
    let receipt = Receipt { operation, release_before: None, release: Some(release), rows, kept: 0 };
    Ok(fleet::give_receipt(conn, to, receipt).await?)
}

/// The catalog of a schema, which is the search path.
pub(crate) async fn of_tenant(conn: &mut PgConnection, schema: &SchemaName) -> Result<TenantCatalog> {
    let atoms = store::tenant_atoms(conn).await?;
    let release = notes::base(conn, schema).await?;
    let newest = release_store::find(conn, None).await?;
    let rows = compare::compare(conn, schema, newest.unwrap_or(MASTER), release).await?;
    let lacking = |part| {
        let lacking = rows.iter().filter(|row| row.row.part == part && row.state == RowState::New).count();
        u32::try_from(lacking).unwrap_or(u32::MAX)
    };
    let (lacking_atoms, lacking_versions) = (lacking(Part::Atom), lacking(Part::Version));
    Ok(TenantCatalog { atoms, release, newest, lacking_atoms, lacking_versions })
}
