//! Taking catalog operations back: an import out of the master, an insertion out of a tenant's own tables.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::import::{Incoming, IncomingCategory};
use super::{SyncCatalog, VersionKey, store};
use crate::names::{Ident, SchemaName};
use crate::operations::{Change, Finding, Intent, Inverse, Parts, Plan, UndoOperation};
use crate::{Error, Result, blueprint, sql, tenants};

/// The master catalog as it was before an import. What later imports brought stays, unless it was in this one too.
pub(crate) async fn plan_restore(
    conn: &mut PgConnection,
    request: UndoOperation,
    inverse: Inverse,
) -> Result<Plan> {
    let Inverse::RestoreCatalog { remove_atoms, put_back, .. } = inverse else {
        return Ok(Plan::new(Intent::Undo(request), "catalog", Parts::default()));
    };
    let restored = put_back.into_iter().map(|atom| atom.slug).collect();
    let parts = Parts {
        changes: vec![Change::RestoreAtoms { removed: remove_atoms, restored }],
        basis: vec![store::master_state(conn).await?.basis()],
        ..Parts::default()
    };
    Ok(Plan::new(Intent::Undo(request), "catalog", parts))
}

pub(super) async fn restore(conn: &mut PgConnection, inverse: Inverse) -> Result<bool> {
    let Inverse::RestoreCatalog {
        remove_categories,
        put_back_categories,
        remove_atoms,
        remove_versions,
        put_back,
    } = inverse
    else {
        return Ok(false);
    };
    store::remove_from_master(conn, &remove_atoms, &remove_versions).await?;
    let categories = put_back_categories
        .into_iter()
        .map(|category| IncomingCategory { name: category.name, description: Some(category.description) });
    let before = Incoming { categories: categories.collect(), atoms: put_back };
    store::upsert_master(conn, &before).await?;
    store::remove_empty_categories(conn, &remove_categories).await?;
    Ok(true)
}

/// What an insertion brought goes again, except what the tenant has put to use since.
pub(crate) async fn plan_remove(
    conn: &mut PgConnection,
    schema: SchemaName,
    atoms: Vec<String>,
    versions: Vec<VersionKey>,
) -> Result<Plan> {
    tenants::require(conn, &schema).await?;
    if !store::has_tables(conn, &schema).await? {
        return Err(Error::NoAtomTables { schema: schema.to_string() });
    }
    blueprint::enter(conn, &schema).await?;
    let used = in_use(conn, &schema, &atoms, &versions).await?;
    let findings = used.iter().map(|slug| Finding::AtomInUse { schema: schema.clone(), slug: slug.clone() });
    let mut parts = Parts { findings: findings.collect(), ..Parts::default() };
    let atoms: Vec<_> = atoms.into_iter().filter(|slug| !used.contains(slug)).collect();
    let versions: Vec<_> = versions.into_iter().filter(|version| !used.contains(&version.slug)).collect();
    if !atoms.is_empty() || !versions.is_empty() {
        parts.changes.push(Change::RemoveAtoms { schema: schema.clone(), atoms, versions });
    }
    let intent = Intent::SyncCatalog(SyncCatalog { schema: schema.clone() });
    Ok(Plan::new(intent, schema.to_string(), parts))
}

pub(super) async fn remove(
    conn: &mut PgConnection,
    schema: &SchemaName,
    atoms: &[String],
    versions: &[VersionKey],
) -> Result<bool> {
    blueprint::enter(conn, schema).await?;
    store::delete_versions(conn, versions).await?;
    store::delete_atoms(conn, atoms).await?;
    Ok(true)
}

/// The slugs to which something in the tenant's tables refers: to the atom, or to one of its versions.
async fn in_use(
    conn: &mut PgConnection,
    schema: &SchemaName,
    atoms: &[String],
    versions: &[VersionKey],
) -> Result<BTreeSet<String>> {
    let slugs: BTreeSet<_> =
        atoms.iter().chain(versions.iter().map(|version| &version.slug)).cloned().collect();
    let slugs: Vec<_> = slugs.into_iter().collect();
    let mut used: BTreeSet<String> =
        store::with_other_versions(conn, atoms, versions).await?.into_iter().collect();
    for key in store::keys_to_atoms(conn, schema).await? {
        let (table, column) = (Ident::new(key.table), Ident::new(key.column));
        let statement = if key.to_version {
            sql::slugs_of_used_versions(&table, &column)
        } else {
            sql::slugs_of_used_atoms(&table, &column)
        };
        let found: Vec<String> = sqlx::query_scalar(statement).bind(&slugs).fetch_all(&mut *conn).await?;
        used.extend(found);
    }
    Ok(used)
}
