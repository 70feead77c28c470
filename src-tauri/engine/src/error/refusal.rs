//! Why something cannot be done to a subject that is there.

use serde::Serialize;
use specta::Type;

use super::Error;
use crate::catalog::Reference;
use crate::names::SchemaName;
use crate::operations::OperationId;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Type)]
#[serde(tag = "why", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Refusal {
    #[error("it stands for the shared tables, and is no tenant of its own")]
    PublicTenant,
    #[error("its schema is missing; *Health* offers what can be done about it")]
    SchemaMissing,
    #[error("new tenants are made from it; choose another blueprint first")]
    IsTemplate,
    #[error("what new tenants are made from has not been chosen yet; `tenantry blueprint use SCHEMA` does")]
    NoBlueprint,
    #[error("name a tenant whose structure is the right one: files cannot be compared with a schema")]
    NoTemplate,
    #[error("the platform's tenant table has no column {column}")]
    NoSuchColumn { column: String },
    #[error("it has no table {}", .tables.join(", "))]
    NoSuchTables { tables: Vec<String> },
    #[error("no deleted tenant has that name")]
    NotInTrash,
    #[error("it is being purged, and cannot come back")]
    BeingPurged,
    #[error("{} refers to it", .objects.join(", "))]
    NeededBy { objects: Vec<String> },
    #[error("the journal has no such operation")]
    NoSuchOperation,
    #[error("nothing can take it back")]
    NoInverse,
    #[error("operation {by} has taken it back already")]
    AlreadyUndone { by: OperationId },
    #[error("no such job")]
    NoSuchJob,
    #[error("it is still running; pause or cancel it first")]
    JobRunning,
    #[error("nothing in it can be taken back, or all of it was")]
    NothingToUndo,
    #[error("that is done in jobs only, and has no plan")]
    OnlyInJobs,
    #[error("the catalog has no release yet; make one first")]
    NoRelease,
    #[error("the catalog has no release {release}")]
    NoSuchRelease { release: i32 },
    /// The newest release is the master catalog as it is; or there is no atom yet.
    #[error("there is nothing that is not released already")]
    NothingToRelease { newest: Option<i32> },
    #[error("it was synchronised again since; take that back first")]
    SynchronisedSince { release: Option<i32> },
    #[error("rows were changed by the tenant and by the release; decide what becomes of them")]
    CatalogConflicts,
    /// A trigger of the tenant's tables, it seems.
    #[error("its tables did not take what was written; look at their triggers")]
    CopyResists,
    #[error("it has no atom {slug}")]
    NoSuchAtom { slug: String },
    #[error("an atom cannot take its own place; name another one")]
    SameAtom,
    #[error("{slug} is in use: {}; switch it off, or let another atom take its place", listed(.references))]
    AtomReferredTo { slug: String, references: Vec<Reference> },
    /// Rows refer to versions that the atom which is to take the place lacks.
    #[error("{slug} lacks versions that are in use: {}", listed(.references))]
    NoSuchVersions { slug: String, references: Vec<Reference> },
    /// Rows refer to the other atom already, where each may only once.
    #[error("{rows} rows of {table} would be there twice, which {constraint} forbids")]
    WouldCollide {
        table: String,
        constraint: String,
        #[specta(type = i32)]
        rows: i64,
    },
    #[error("{table} has no primary key, so that what is changed in it could not be taken back")]
    NoPrimaryKey { table: String },
    #[error("{constraint} of {table} forbids it")]
    ConstraintBroken { table: String, constraint: String },
    #[error("there is no place for the atom: {holder} has its slug, its name or its number by now")]
    AtomThereAgain { holder: String },
    /// This platform gives a domain only to those who rule over it.
    #[error(
        "its owner has to prove it first, by a TXT record {record} with the value {value}; or give a reason to approve it"
    )]
    ProofNeeded { record: String, value: String },
}

fn listed(references: &[Reference]) -> String {
    references.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

impl Refusal {
    /// The error about a schema.
    pub fn of(self, schema: &SchemaName) -> Error {
        Error::Refused { subject: schema.to_string(), why: self }
    }
}
