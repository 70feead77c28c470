//! The catalog: atoms with their versions, kept once as the master, published in releases, and copied into every tenant's own
//! tables.
//!
//! A copy is brought to a release by a comparison of three: the release that it was last brought to, the release wanted, and
//! what the tenant has. [`compare`] says how each row stands, [`decide`] what is done about it, [`sync`] does it.

mod bring_back;
mod check;
mod compare;
mod config_schema;
mod copy_store;
mod decide;
mod difference;
mod edit;
mod export;
mod file;
mod fleet;
mod fleet_store;
mod folder;
mod import;
mod note_store;
mod preview;
mod reference_store;
mod release;
mod release_store;
mod repoint;
mod restore;
mod retire;
mod retirement_preview;
mod rows;
mod seed;
mod sheet;
mod source;
mod store;
mod sync;
mod undo;
mod usage;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

pub(crate) use bring_back::plan_bring_back;
pub use config_schema::{SchemaProblem, check_config_schema};
use decide::ComparedRow;
pub use decide::{Conflict, Decision, Deviation, DeviationKind, OnConflict, Resolution, RowState};
pub use edit::CatalogEdit;
pub(crate) use edit::plan_edit;
pub use export::{ExportFormat, export, export_into};
pub use fleet::{
    CatalogReceipt, Clash, ClashContent, CopyDifference, CopyState, FleetDay, FleetState, HeatCell, HeatMap,
    HeatRow, HeatState, TenantCopy, compare_fleet, copy_difference, fleet, heat_map, history, receipts,
};
pub(crate) use import::plan_import;
pub use preview::{SyncCounts, SyncFleet, SyncOutcome, SyncPreview, TenantSync, preview, sync_items};
pub use release::{
    DifferenceKind, FieldDifference, MASTER, MakeRelease, Release, Releases, RowDifference, SetStartRelease,
    difference, releases,
};
pub(crate) use release::{Start, plan_release, plan_set_start};
pub use repoint::Repointed;
pub(crate) use restore::plan_restore_copy;
pub use retire::{AtomRows, RetireAtom, Retirement};
pub(crate) use retire::{claim_retirement, plan_retire};
pub use retirement_preview::{RetirePreview, TenantRetirement, preview_retirement};
pub use rows::{CatalogRows, Part, RowKey};
pub(crate) use seed::{forget, inherit, of_tenant};
pub(crate) use source::Incoming;
pub(crate) use store::{has_tables, lock_master, master_state};
pub use sync::{AtomContent, Content, SyncCatalog, VersionContent};
pub(crate) use sync::{claim_copy, plan_sync};
pub(crate) use undo::plan_restore;
pub use usage::{Reference, TenantUsage, UnreadTenant, Usage, usage};

use crate::operations::{self, Basis, Change, Intent, OperationId, Plan, Step};
use crate::{Engine, Result};

/// Where a catalog is imported from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum CatalogSource {
    /// A folder with a sub-folder for each atom, a JSON or a CSV file.
    Path { path: String },
    /// The copy of a tenant, or that of the schema `public`.
    Schema { schema: crate::names::SchemaName },
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Size {
    pub categories: u32,
    pub atoms: u32,
    pub versions: u32,
}

impl Size {
    fn of(categories: i32, atoms: i32, versions: i32) -> Self {
        let count = |n: i32| u32::try_from(n).unwrap_or_default();
        Self { categories: count(categories), atoms: count(atoms), versions: count(versions) }
    }
}

/// A tenant's own catalog, and what it lacks of the newest release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantCatalog {
    pub atoms: Vec<TenantAtom>,
    /// What it was last brought to.
    pub release: Option<i32>,
    /// `None` where there is no release yet: then it is measured against the master catalog.
    pub newest: Option<i32>,
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
    Ok(store::catalog(&mut conn, MASTER).await?)
}

/// Makes one change. `false` where the platform is not what the plan saw.
pub(crate) async fn make(
    conn: &mut PgConnection,
    change: &Change,
    plan: &Plan,
    operation: OperationId,
    step: &Step<'_, '_>,
) -> Result<bool> {
    match change {
        Change::ImportAtoms { .. } => import::make(conn, plan, step).await,
        Change::EditCatalog { .. } => edit::make(conn, plan, step).await,
        Change::SeedCatalog { schema, release, atoms, versions, .. } => {
            seed::make(conn, schema, *release, *atoms, *versions, operation).await
        }
        Change::RestoreAtoms { .. } => match operations::inverse_of(conn, plan).await? {
            Some(inverse) => undo::restore(conn, inverse, step).await,
            None => Ok(false),
        },
        Change::MakeRelease { .. } | Change::ChangeStartRelease { .. } => {
            let notes = match &plan.intent {
                Intent::ReleaseCatalog(request) => request.notes.as_str(),
                _ => "",
            };
            release::make(conn, change, notes).await
        }
        Change::SyncCatalog { .. } => sync::make(conn, change, operation).await,
        Change::RestoreCopy { .. } => restore::make(conn, change, operation).await,
        Change::RetireAtom { .. } => retire::make(conn, plan).await,
        Change::BringBackAtom { .. } => bring_back::make(conn, change, plan).await,
        _ => Ok(true),
    }
}
