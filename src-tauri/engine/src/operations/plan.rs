//! Plans: what would be done, to whom, resting on what, and what would take it back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

use crate::blueprint::{ReferenceRows, UseBlueprint};
use crate::catalog::{
    AtomRows, CatalogEdit, CatalogRows, CatalogSource, Category, Conflict, Content, Deviation, MakeRelease,
    MasterAtom, Reference, Repointed, RetireAtom, Retirement, SetStartRelease, Size, SyncCatalog, VersionKey,
};
use crate::digest;
use crate::domains::{
    AddDomains, CheckDomains, DomainPolicy, DomainRef, ImportDomains, MoveDomains, Reassignment,
};
use crate::names::{Rewrite, SchemaName};
use crate::tenants::{
    Attribute, CloneTenant, CreateTenant, MendTenant, Owner, PurgeTenant, RenameTenant, RestoreTenant,
    SetActive, TenantRef,
};

/// What somebody wants, before it is known what that means for the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "intent", content = "request", rename_all = "snake_case")]
pub enum Intent {
    CreateTenant(CreateTenant),
    CloneTenant(CloneTenant),
    RenameTenant(RenameTenant),
    SetActive(SetActive),
    /// Into the trash, from where it can be restored.
    DeleteTenant(TenantRef),
    RestoreTenant(RestoreTenant),
    /// Out of the trash, for good.
    PurgeTenant(PurgeTenant),
    MendTenant(MendTenant),
    UseBlueprint(UseBlueprint),
    AddDomains(AddDomains),
    RemoveDomain(DomainRef),
    MakePrimary(DomainRef),
    MoveDomains(MoveDomains),
    ImportDomains(ImportDomains),
    SetDomainPolicy(DomainPolicy),
    /// Only as an item of a job: looking is no write.
    CheckDomains(CheckDomains),
    ImportCatalog(CatalogSource),
    EditCatalog(CatalogEdit),
    ReleaseCatalog(MakeRelease),
    SetStartRelease(SetStartRelease),
    SyncCatalog(SyncCatalog),
    RetireAtom(RetireAtom),
    Undo(UndoOperation),
}

/// An operation that is to be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoOperation {
    pub operation: OperationId,
}

impl Intent {
    /// The operation's kind, as the journal names it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::CreateTenant(_) => "tenant.create",
            Self::CloneTenant(_) => "tenant.clone",
            Self::RenameTenant(_) => "tenant.rename",
            Self::SetActive(SetActive { active: true, .. }) => "tenant.resume",
            Self::SetActive(SetActive { active: false, .. }) => "tenant.suspend",
            Self::DeleteTenant(_) => "tenant.delete",
            Self::RestoreTenant(_) => "tenant.restore",
            Self::PurgeTenant(_) => "tenant.purge",
            Self::MendTenant(_) => "tenant.mend",
            Self::UseBlueprint(_) => "blueprint.use",
            Self::AddDomains(_) => "domain.add",
            Self::RemoveDomain(_) => "domain.remove",
            Self::MakePrimary(_) => "domain.primary",
            Self::MoveDomains(_) => "domain.move",
            Self::ImportDomains(_) => "domain.import",
            Self::SetDomainPolicy(_) => "domain.policy",
            Self::CheckDomains(_) => "domain.check",
            Self::ImportCatalog(_) => "catalog.import",
            Self::EditCatalog(_) => "catalog.edit",
            Self::RetireAtom(_) => "catalog.retire",
            Self::ReleaseCatalog(_) => "catalog.release",
            Self::SetStartRelease(_) => "catalog.start",
            Self::SyncCatalog(_) => "catalog.sync",
            Self::Undo(_) => "undo",
        }
    }
}

/// An intent measured against the platform: the changes it comes to, in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Plan {
    pub intent: Intent,
    /// What it is done to, in a word: a schema's name, or `catalog`.
    pub subject: String,
    /// Empty where there is nothing to do.
    pub changes: Vec<Change>,
    /// What is not done, and why.
    pub findings: Vec<Finding>,
    pub basis: Vec<Basis>,
    pub inverse: Option<Inverse>,
    /// SHA-256 over all of the above, in hexadecimal.
    pub hash: String,
}

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
        /// What there was no room for before.
        left_out: Vec<Deviation>,
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

/// A row that the plan rests on, in the version in which it was read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Basis {
    pub row: String,
    pub version: String,
}

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
        release_before: Option<i32>,
        /// What it was brought to.
        release: i32,
        inserted: CatalogRows,
        /// What was overwritten.
        before: Content,
        /// What there was no room for before.
        #[serde(default)]
        left_out: Vec<Deviation>,
    },
    /// An atom of a tenant as it was before it was retired.
    RestoreAtom {
        schema: SchemaName,
        slug: String,
        /// Versions that were active.
        switched_off: Vec<String>,
        /// `None` where it was only switched off.
        deleted: Option<AtomRows>,
        repointed: Vec<Repointed>,
    },
}

/// The name of an operation. Made before its transaction, so that its fate can be asked for after the connection broke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct OperationId(pub Uuid);

impl OperationId {
    pub(crate) fn new() -> Self {
        Self(Uuid::now_v7())
    }
}

impl std::fmt::Display for OperationId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Plan {
    /// What the plan saw of something that it rests on.
    pub(crate) fn version_of(&self, row: &str) -> Option<&str> {
        self.basis.iter().find(|basis| basis.row == row).map(|basis| basis.version.as_str())
    }

    /// Puts a plan together and seals it with its hash.
    pub(crate) fn new(intent: Intent, subject: impl Into<String>, parts: Parts) -> Self {
        let Parts { changes, findings, mut basis, inverse } = parts;
        basis.sort();
        let inverse = inverse.filter(|_| !changes.is_empty());
        let mut plan =
            Self { intent, subject: subject.into(), changes, findings, basis, inverse, hash: String::new() };
        plan.hash = plan.seal();
        plan
    }

    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Nothing is done because somebody has to decide first.
    pub fn is_undecided(&self) -> bool {
        self.findings.iter().any(|finding| match finding {
            Finding::CatalogConflicts { conflicts, .. } => conflicts.iter().any(|c| c.choice.is_none()),
            _ => false,
        })
    }

    /// The same plan, made for another intent that comes to the same.
    pub(crate) fn meant_as(mut self, intent: Intent) -> Self {
        self.intent = intent;
        self.hash = self.seal();
        self
    }

    /// Tells something more to whoever reads the plan. The seal does not cover it.
    pub(super) fn with_advice(mut self, advice: Option<Finding>) -> Self {
        self.findings.extend(advice);
        self
    }

    /// Whether both come to the same, whatever their readers were told beside.
    pub(super) fn comes_to(&self, other: &Self) -> bool {
        self.subject == other.subject && self.hash == other.hash && self.content() == other.content()
    }

    fn seal(&self) -> String {
        digest::of(&self.content())
    }

    fn content(&self) -> (&Intent, &[Change], Vec<&Finding>, &[Basis], Option<&Inverse>) {
        let findings = self.findings.iter().filter(|finding| !finding.is_advice()).collect();
        (&self.intent, &self.changes, findings, &self.basis, self.inverse.as_ref())
    }
}

impl Finding {
    /// About the platform rather than about what the plan does.
    fn is_advice(&self) -> bool {
        matches!(self, Self::TemplateBehind { .. })
    }
}

/// The pieces of a plan while an area is making it.
#[derive(Default)]
pub(crate) struct Parts {
    pub changes: Vec<Change>,
    pub findings: Vec<Finding>,
    pub basis: Vec<Basis>,
    pub inverse: Option<Inverse>,
}
