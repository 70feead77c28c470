//! What takes an operation back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::blueprint::ReferenceRows;
use crate::catalog::{
    AtomRows, CatalogRows, Category, Content, Deviation, MasterAtom, Repointed, VersionKey,
};
use crate::domains::{DomainPolicy, Reassignment};
use crate::names::SchemaName;

/// What would take an operation back. Undo plans it against the platform as it is then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "inverse", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Inverse {
    DeleteTenant {
        schema: SchemaName,
    },
    RestoreTenant {
        trash: SchemaName,
    },
    RenameTenant {
        schema: SchemaName,
        new_schema: Option<String>,
        new_name: Option<String>,
    },
    SetActive {
        schema: SchemaName,
        active: bool,
    },
    UseBlueprint {
        template: Option<SchemaName>,
        reference: Vec<ReferenceRows>,
    },
    RestoreDomains {
        domains: Vec<Reassignment>,
        /// Those of them that were approved on the way.
        #[serde(default)]
        approved: Vec<String>,
        /// The keys of their tenants in the platform's table.
        #[serde(default)]
        tenants: BTreeMap<SchemaName, String>,
    },
    SetDomainPolicy {
        policy: DomainPolicy,
    },
    RestoreCatalog {
        remove_categories: Vec<String>,
        put_back_categories: Vec<Category>,
        remove_atoms: Vec<String>,
        remove_versions: Vec<VersionKey>,
        put_back: Vec<MasterAtom>,
    },
    SetStartRelease {
        release: Option<i32>,
    },
    /// A tenant's copy as it was before a synchronisation.
    RestoreCopy {
        schema: SchemaName,
        /// The tenant's key, as text: its schema gets other names.
        tenant: String,
        release_before: Option<i32>,
        /// What it was brought to.
        release: i32,
        inserted: CatalogRows,
        /// What was overwritten.
        before: Content,
        /// What there was no room for before, and what had been left behind.
        left: Vec<Deviation>,
    },
    /// An atom of a tenant as it was before it was retired.
    RestoreAtom {
        schema: SchemaName,
        /// The tenant's key, as text.
        tenant: String,
        slug: String,
        /// Versions that were active.
        switched_off: Vec<String>,
        /// `None` where it was only switched off.
        deleted: Option<AtomRows>,
        repointed: Vec<Repointed>,
    },
}
