//! What a plan does, change by change.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::blueprint::ReferenceRows;
use crate::catalog::{CatalogRows, Content, Deviation, MasterAtom, Reference, Retirement, Size, VersionKey};
use crate::domains::DomainPolicy;
use crate::names::SchemaName;
use crate::tenants::Attribute;

/// One change. The order of a plan's changes is the order in which they are made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "change", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Change {
    CreateTenant {
        schema: SchemaName,
        name: String,
        primary_domain: String,
        attributes: Vec<Attribute>,
    },
    /// The schema with the tables of the blueprint and their ledger.
    CreateSchema {
        schema: SchemaName,
        /// The schema that it is made like; `None` stands for the files of migrations/tenant.
        template: Option<SchemaName>,
        /// All rows of the template come too, not only those that say what is installed.
        with_data: bool,
        tables: Vec<String>,
    },
    /// A release of the catalog, copied into the tenant's own tables.
    SeedCatalog {
        schema: SchemaName,
        /// 0 stands for the master catalog itself, where there is no release yet.
        release: i32,
        categories: u32,
        atoms: u32,
        versions: u32,
    },
    AddDomain {
        schema: SchemaName,
        domain: String,
        primary: bool,
    },
    RemoveDomain {
        schema: SchemaName,
        domain: String,
    },
    ChangePrimary {
        schema: SchemaName,
        before: Option<String>,
        after: String,
    },
    /// From one tenant to another.
    MoveDomain {
        domain: String,
        from: SchemaName,
        to: SchemaName,
        was_primary: bool,
        primary: bool,
    },
    /// A row that was removed, as it was.
    PutBackDomain {
        schema: SchemaName,
        domain: String,
        primary: bool,
        /// The whole row, as JSON.
        row: String,
    },
    /// Somebody answers for a domain whose owner has not been proven.
    ApproveDomain {
        schema: SchemaName,
        domain: String,
        reason: String,
    },
    /// Nobody answers for it any longer.
    WithdrawApproval {
        schema: SchemaName,
        domain: String,
    },
    ChangeDomainPolicy {
        before: DomainPolicy,
        after: DomainPolicy,
    },
    /// Into the master catalog.
    ImportAtoms {
        categories: Vec<String>,
        added: Vec<AtomName>,
        changed: Vec<ChangedAtom>,
    },
    /// In the master catalog, by hand.
    EditCatalog {
        categories: Vec<String>,
        added: Vec<AtomName>,
        changed: Vec<ChangedAtom>,
        removed_categories: Vec<String>,
        /// With their versions.
        removed_atoms: Vec<AtomName>,
        removed_versions: Vec<VersionKey>,
    },
    /// An atom of a tenant is switched off, or it goes.
    RetireAtom {
        schema: SchemaName,
        slug: String,
        how: Retirement,
        /// Its versions that are switched off, or deleted.
        versions: Vec<String>,
        /// What refers to another atom from then on.
        repointed: Vec<Reference>,
    },
    /// An atom that was retired, as it was.
    BringBackAtom {
        schema: SchemaName,
        slug: String,
        versions: Vec<String>,
        repointed: Vec<Reference>,
    },
    /// The master catalog as it is, under a number, for good.
    MakeRelease {
        number: i32,
        content_hash: String,
        size: Size,
        /// Rows, against the release before.
        added: u32,
        changed: u32,
        removed: u32,
    },
    /// Where new tenants start; `None` stands for the newest release.
    ChangeStartRelease {
        before: Option<i32>,
        after: Option<i32>,
    },
    /// A tenant's copy is brought to a release.
    SyncCatalog {
        schema: SchemaName,
        /// What it was brought to before.
        release_before: Option<i32>,
        release: i32,
        insert: CatalogRows,
        update: CatalogRows,
        /// Versions that the release has no longer.
        deactivate: CatalogRows,
        /// Atoms that let go of their names first, since others get them.
        aside: Vec<String>,
        /// In what the copy differs from the release afterwards.
        deviations: Vec<Deviation>,
    },
    /// A synchronisation is taken back.
    RestoreCopy {
        schema: SchemaName,
        release: i32,
        release_before: Option<i32>,
        remove: CatalogRows,
        put_back: Content,
        /// What there was no room for before, and what had been left behind.
        #[serde(default)]
        left: Vec<Deviation>,
    },
    /// The tenant's name for people.
    RenameTenant {
        schema: SchemaName,
        before: String,
        after: String,
    },
    RenameSchema {
        before: SchemaName,
        after: SchemaName,
    },
    SetActive {
        schema: SchemaName,
        active: bool,
    },
    /// Row and schema get the name `trash`, under which nothing reaches them.
    MoveToTrash {
        schema: SchemaName,
        name: String,
        trash: SchemaName,
        tables: Vec<String>,
    },
    /// Domains leave the platform's table; they are kept with the deleted tenant.
    ParkDomains {
        trash: SchemaName,
        domains: Vec<String>,
    },
    TakeFromTrash {
        trash: SchemaName,
        schema: SchemaName,
        name: String,
    },
    /// Parked domains become the tenant's again.
    UnparkDomains {
        trash: SchemaName,
        domains: Vec<String>,
    },
    /// The schema with everything in it, and then the row. There is no way back.
    Purge {
        trash: SchemaName,
        schema: SchemaName,
        name: String,
        tables: Vec<String>,
    },
    /// What a schema lacks of another one.
    MakeObjects {
        schema: SchemaName,
        like: SchemaName,
        /// `table atoms_atom`, `index atoms_atom.by_name`
        objects: Vec<String>,
        /// New tables that get the rows of `public`'s table of that name, which the tenant has used instead.
        copied: Vec<String>,
    },
    /// Rows of Django's ledger, as `app.name`.
    RecordMigrations {
        schema: SchemaName,
        like: SchemaName,
        migrations: Vec<String>,
    },
    /// What locks shared tables of the objects made: their foreign keys, and those that pointed to `public` instead.
    ConnectObjects {
        schema: SchemaName,
        like: SchemaName,
        repointed: Vec<String>,
    },
    /// What new tenants are made from; `None` stands for the files of migrations/tenant.
    ChangeBlueprint {
        before: Option<SchemaName>,
        after: Option<SchemaName>,
        reference: Vec<ReferenceRows>,
    },
    /// Out of the master catalog, and back into it as it was.
    RestoreAtoms {
        removed: Vec<String>,
        restored: Vec<String>,
    },
    /// Foreign keys from the tenant's tables to shared ones. They lock those, so they are a transaction's last statement.
    ConnectSharedTables {
        schema: SchemaName,
        tables: Vec<String>,
    },
}

impl Change {
    /// Whose a domain is, and as what. Those that follow each other in a plan are made at once.
    pub(crate) fn assigns(&self) -> bool {
        matches!(
            self,
            Self::AddDomain { .. }
                | Self::RemoveDomain { .. }
                | Self::ChangePrimary { .. }
                | Self::MoveDomain { .. }
                | Self::PutBackDomain { .. }
        )
    }

    /// Whether a tenant that has domains could be left without a primary one.
    pub(crate) fn touches_primaries(&self) -> bool {
        matches!(
            self,
            Self::RemoveDomain { .. }
                | Self::ChangePrimary { .. }
                | Self::MoveDomain { .. }
                | Self::PutBackDomain { .. }
                | Self::UnparkDomains { .. }
        )
    }

    pub(crate) fn locks_shared_tables(&self) -> bool {
        matches!(self, Self::ConnectSharedTables { .. } | Self::ConnectObjects { .. })
    }
}

/// An atom as a plan names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AtomName {
    pub slug: String,
    pub name: String,
    pub versions: Vec<String>,
}

impl AtomName {
    pub(crate) fn of(atom: &MasterAtom) -> Self {
        let versions = atom.versions.iter().map(|v| v.version.clone()).collect();
        Self { slug: atom.slug.clone(), name: atom.name.clone(), versions }
    }
}

/// An atom that an import changes, and in what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ChangedAtom {
    pub slug: String,
    pub name: String,
    /// `name`, `description`, `category`, `version 1.0`.
    pub fields: Vec<String>,
}
