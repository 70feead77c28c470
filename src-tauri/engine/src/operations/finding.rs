//! What there is to know about a plan beside its changes.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::catalog::{CatalogRows, Conflict, Reference};
use crate::names::{Rewrite, SchemaName};
use crate::tenants::Owner;

/// Something the user should know about a plan, beside its changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "finding", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Finding {
    TenantExists {
        tenant: Owner,
    },
    DomainRewritten {
        input: String,
        stored: String,
        rewrites: Vec<Rewrite>,
    },
    DomainYours {
        domain: String,
        primary: bool,
    },
    DomainTaken {
        domain: String,
        owner: Owner,
        primary: bool,
    },
    /// The tenant loses its last domain: no request reaches it any longer.
    LeftWithoutDomain {
        tenant: Owner,
    },
    /// The domain is not as the operation left it, so it stays as it is.
    DomainChangedSince {
        domain: String,
        owner: Option<Owner>,
    },
    /// Rows that are no good, and that the request asks to leave out.
    RowsLeftOut {
        count: u32,
    },
    AtomsUnchanged {
        atoms: u32,
    },
    /// Another atom of the tenant has the name, so the release's is not written.
    AtomNameTaken {
        schema: SchemaName,
        slug: String,
        /// The slug of that other one.
        holder: String,
    },
    /// The tenant's own work, which stays.
    CatalogKept {
        schema: SchemaName,
        rows: CatalogRows,
    },
    /// Rows that both sides have changed. Where one is undecided, nothing is done.
    CatalogConflicts {
        schema: SchemaName,
        conflicts: Vec<Conflict>,
    },
    /// The tenant has changed these since, so they stay as they are.
    CatalogChangedSince {
        schema: SchemaName,
        rows: CatalogRows,
    },
    /// Rows that refer to something else by now, or are gone, so they are left alone.
    ReferencesChangedSince {
        schema: SchemaName,
        references: Vec<Reference>,
    },
    /// Something in the tenant refers to the atom, so it stays.
    AtomInUse {
        schema: SchemaName,
        slug: String,
    },
    /// Code in the schema that has its old name as text, which a renaming does not reach.
    MentionsOldName {
        objects: Vec<String>,
    },
    /// Most other tenants have migrations that the template lacks: what is made like it will lack them too.
    TemplateBehind {
        template: SchemaName,
        /// As `app.name`, the first few.
        lacks: Vec<String>,
        /// How many other tenants have one of them at least.
        tenants: u32,
    },
    /// What is done cannot be undone.
    Final,
    /// Objects that are there, and not as they should be. Only a person can say what becomes of them.
    LeftDifferent {
        objects: Vec<String>,
    },
}

impl Finding {
    /// About the platform rather than about what the plan does.
    pub(super) fn is_advice(&self) -> bool {
        matches!(self, Self::TemplateBehind { .. })
    }
}
