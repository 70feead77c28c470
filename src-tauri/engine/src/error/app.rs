//! An error as it crosses a border, to the window or to whoever reads the command line's JSON: a closed set, tagged,
//! without SQL and without sources.

use serde::Serialize;
use specta::Type;
use uuid::Uuid;

use super::{Blocker, Error, NotAPlatform, ReadOnly, Refusal};
use crate::blueprint::Obstacle;
use crate::embedded::EmbeddedError;
use crate::names::Problem;
use crate::operations::{OperationId, Plan};
use crate::platform::AdoptionPlan;
use crate::tenants::Owner;

#[derive(Debug, Serialize, Type)]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum AppError {
    Invalid {
        problems: Vec<Problem>,
    },
    DomainTaken {
        domain: String,
        owner: Owner,
    },
    TenantDiffers {
        existing: Owner,
        differences: Vec<String>,
    },
    SchemaTaken {
        schema: String,
    },
    NoAtomTables {
        schema: String,
    },
    NotATemplate {
        schema: String,
        obstacles: Vec<Obstacle>,
    },
    CloneDiffers {
        template: String,
        differences: Vec<String>,
    },
    TenantNotFound {
        schema: String,
    },
    DomainNotFound {
        domain: String,
    },
    PrimaryDomainNeeded {
        domain: String,
        owner: Owner,
    },
    Refused {
        subject: String,
        #[serde(flatten)]
        why: Refusal,
    },
    Stale {
        fresh: Box<Plan>,
    },
    StaleAdoption {
        fresh: Box<AdoptionPlan>,
    },
    ReadOnly {
        reason: ReadOnly,
    },
    NotPermitted {
        message: String,
    },
    DependedOn {
        objects: Vec<String>,
    },
    Busy {
        what: String,
        blockers: Vec<Blocker>,
    },
    Cancelled,
    OutcomeUnknown {
        operation: OperationId,
    },
    NotAPlatform {
        found: NotAPlatform,
    },
    NoDatabase {
        reason: String,
    },
    /// The private server did not start; `advice` is the supervisor's own account of it.
    PrivateServer {
        advice: String,
    },
    File {
        path: String,
        reason: String,
    },
    /// A task of that name is under way already.
    TaskBusy,
    /// Nobody expected this. The log has the details under the reference.
    Internal {
        reference: Uuid,
    },
}

impl AppError {
    /// What the window is told about an engine's error.
    pub fn of(error: &Error) -> Self {
        match error {
            Error::Invalid(problems) => Self::Invalid { problems: problems.clone() },
            Error::DomainTaken { domain, owner } => {
                Self::DomainTaken { domain: domain.clone(), owner: owner.clone() }
            }
            Error::TenantDiffers { existing, differences } => {
                Self::TenantDiffers { existing: existing.clone(), differences: differences.clone() }
            }
            Error::SchemaTaken { schema } => Self::SchemaTaken { schema: schema.clone() },
            Error::NoAtomTables { schema } => Self::NoAtomTables { schema: schema.clone() },
            Error::NotATemplate { schema, obstacles } => {
                Self::NotATemplate { schema: schema.clone(), obstacles: obstacles.clone() }
            }
            Error::CloneDiffers { template, differences } => {
                Self::CloneDiffers { template: template.clone(), differences: differences.clone() }
            }
            Error::TenantNotFound { schema } => Self::TenantNotFound { schema: schema.clone() },
            Error::DomainNotFound { domain } => Self::DomainNotFound { domain: domain.clone() },
            Error::PrimaryDomainNeeded { domain, owner } => {
                Self::PrimaryDomainNeeded { domain: domain.clone(), owner: owner.clone() }
            }
            Error::Refused { subject, why } => Self::Refused { subject: subject.clone(), why: why.clone() },
            Error::Stale { fresh } => Self::Stale { fresh: fresh.clone() },
            Error::StaleAdoption { fresh } => Self::StaleAdoption { fresh: fresh.clone() },
            Error::ReadOnly { reason } => Self::ReadOnly { reason: reason.clone() },
            Error::NotPermitted { message } => Self::NotPermitted { message: message.clone() },
            Error::DependedOn { objects } => Self::DependedOn { objects: objects.clone() },
            Error::Busy { what, blockers } => Self::Busy { what: what.clone(), blockers: blockers.clone() },
            Error::Cancelled => Self::Cancelled,
            Error::OutcomeUnknown { operation } => Self::OutcomeUnknown { operation: *operation },
            Error::NotAPlatform(found) => Self::NotAPlatform { found: found.clone() },
            Error::NoDatabase { reason, .. } => Self::NoDatabase { reason: reason.clone() },
            Error::Embedded(error) => Self::private_server(error),
            Error::File { path, source } => Self::File { path: path.clone(), reason: source.to_string() },
            Error::Database(_) => Self::internal(error),
        }
    }

    fn private_server(error: &EmbeddedError) -> Self {
        tracing::error!(error = chain(error), "the private server did not start");
        Self::PrivateServer { advice: error.to_string() }
    }

    fn internal(error: &Error) -> Self {
        let reference = Uuid::now_v7();
        tracing::error!(%reference, error = chain(error), "an unexpected error");
        Self::Internal { reference }
    }
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self::of(&error)
    }
}

/// An error with all its sources, in one line.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        text = format!("{text}: {error}");
        source = error.source();
    }
    text
}
