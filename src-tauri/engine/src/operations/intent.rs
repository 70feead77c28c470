//! What somebody wants, before it is known what that means for the platform.

use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

use crate::blueprint::UseBlueprint;
use crate::catalog::{CatalogEdit, CatalogSource, MakeRelease, RetireAtom, SetStartRelease, SyncCatalog};
use crate::domains::{AddDomains, CheckDomains, DomainPolicy, DomainRef, ImportDomains, MoveDomains};
use crate::tenants::{
    CloneTenant, CreateTenant, MendTenant, PurgeTenant, RenameTenant, RestoreTenant, SetActive, TenantRef,
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
            Self::SyncCatalog(_) => SyncCatalog::KIND,
            Self::Undo(_) => "undo",
        }
    }
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
