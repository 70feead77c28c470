//! Why something cannot be done to a subject that is there.

use serde::Serialize;
use specta::Type;

use super::Error;
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
    /// This platform gives a domain only to those who rule over it.
    #[error(
        "its owner has to prove it first, by a TXT record {record} with the value {value}; or give a reason to approve it"
    )]
    ProofNeeded { record: String, value: String },
}

impl Refusal {
    /// The error about a schema.
    pub fn of(self, schema: &SchemaName) -> Error {
        Error::Refused { subject: schema.to_string(), why: self }
    }
}
