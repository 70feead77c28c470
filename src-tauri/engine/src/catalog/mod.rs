//! The catalog: atoms with their versions, kept once as the master and copied into every tenant's own tables.

mod file;
mod folder;
mod import;
mod store;
mod sync;
mod undo;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

pub(crate) use import::{Incoming, plan_import};
pub(crate) use store::{has_tables, lock_master, master_state};
pub use sync::{SyncCatalog, plans_for};
pub(crate) use sync::{of_tenant, plan_sync};
pub(crate) use undo::{plan_remove, plan_restore};

use crate::operations::{self, Basis, Change, Plan};
use crate::{Engine, Result};

/// Where a catalog is imported from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum CatalogSource {
    /// A folder with a sub-folder for each atom, or a JSON file.
    Path { path: String },
    /// The catalog of the example platform.
    Example,
}

/// An atom of the master catalog. Its key is the slug.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MasterAtom {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub category: String,
    pub versions: Vec<MasterVersion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MasterVersion {
    pub version: String,
    /// `None` in an import that does not say: the day of the import, or what is there already.
    pub release_date: Option<NaiveDate>,
    pub release_notes: String,
    /// A JSON Schema, as JSON text.
    pub config_schema: String,
    pub is_active: bool,
}

impl MasterVersion {
    /// An active version without notes, date and settings.
    pub(crate) fn plain(version: String) -> Self {
        Self {
            version,
            release_date: None,
            release_notes: String::new(),
            config_schema: "{}".into(),
            is_active: true,
        }
    }
}

/// The master catalog as something that plans rest on.
pub(crate) struct MasterState {
    pub size: Size,
    /// The operation that last changed it.
    version: String,
}

impl MasterState {
    pub(crate) fn basis(self) -> Basis {
        Basis { row: "master catalog".into(), version: self.version }
    }
}

/// The key of a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VersionKey {
    pub slug: String,
    pub version: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Category {
    pub name: String,
    pub description: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MasterCatalog {
    pub categories: Vec<Category>,
    pub atoms: Vec<MasterAtom>,
}

/// How large a catalog is, in rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    pub categories: u32,
    pub atoms: u32,
    pub versions: u32,
}

/// A tenant's own catalog, and what it lacks of the master.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantCatalog {
    pub atoms: Vec<TenantAtom>,
    pub lacking_atoms: u32,
    pub lacking_versions: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantAtom {
    pub slug: String,
    pub name: String,
    pub category: String,
    pub versions: Vec<TenantVersion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantVersion {
    pub version: String,
    pub is_active: bool,
}

/// The whole master catalog.
pub async fn master(engine: &Engine) -> Result<MasterCatalog> {
    let mut conn = engine.acquire().await?;
    Ok(store::master(&mut conn).await?)
}

/// Makes one change. `false` where the platform is not what the plan saw.
pub(crate) async fn make(conn: &mut PgConnection, change: &Change, plan: &Plan) -> Result<bool> {
    match change {
        Change::ImportAtoms { .. } => import::make(conn, plan).await,
        Change::SeedCatalog { schema, atoms, versions, .. } => {
            sync::insert(conn, schema, *atoms, *versions).await
        }
        Change::RestoreAtoms { .. } => match operations::inverse_of(conn, plan).await? {
            Some(inverse) => undo::restore(conn, inverse).await,
            None => Ok(false),
        },
        Change::RemoveAtoms { schema, atoms, versions } => undo::remove(conn, schema, atoms, versions).await,
        Change::InsertAtoms { schema, atoms, versions } => {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            sync::insert(conn, schema, count(atoms.len()), count(versions.len())).await
        }
        _ => Ok(true),
    }
}
