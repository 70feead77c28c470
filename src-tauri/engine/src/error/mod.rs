//! The closed set of answers that are not "done". What a caller can act on has a variant of its own.

mod app;
mod refusal;

pub use app::AppError;
pub use refusal::Refusal;

use serde::Serialize;
use specta::Type;

use crate::blueprint::Obstacle;
use crate::embedded::EmbeddedError;
use crate::names::Problem;
use crate::operations::{OperationId, Plan};
use crate::platform::AdoptionPlan;
use crate::tenants::Owner;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not carried out. Nothing was written, except where [`Error::OutcomeUnknown`] says that nobody knows.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The request itself is wrong; every problem that was found is listed.
    #[error("{}", list(.0))]
    Invalid(Vec<Problem>),
    /// A domain that the request cannot do without belongs to another tenant.
    #[error("{domain} belongs to {owner}")]
    DomainTaken { domain: String, owner: Owner },
    /// A tenant of this schema or name exists and is not the one asked for.
    #[error("{existing} exists already and differs in {}", .differences.join(", "))]
    TenantDiffers { existing: Owner, differences: Vec<String> },
    /// The schema is there, but no tenant owns it.
    #[error("the schema {schema} exists already, and no tenant owns it")]
    SchemaTaken { schema: String },
    #[error("no tenant has the schema {schema}")]
    TenantNotFound { schema: String },
    #[error("the schema {schema} lacks the atom tables; verify the tenant to see what else is missing")]
    NoAtomTables { schema: String },
    /// The schema holds what cannot be cloned, or needs what is another tenant's.
    #[error("the schema {schema} cannot be a template: {}", obstacles_text(.obstacles))]
    NotATemplate { schema: String, obstacles: Vec<Obstacle> },
    /// The clone was made and is not what the template is, so it was not kept.
    #[error("the clone differs from its template {template}: {}", .differences.join("; "))]
    CloneDiffers { template: String, differences: Vec<String> },
    #[error("no tenant has the domain {domain}")]
    DomainNotFound { domain: String },
    /// The primary domain of a tenant cannot be removed; another has to become primary first.
    #[error("{domain} is the primary domain of {owner}; make another domain primary first")]
    PrimaryDomainNeeded { domain: String, owner: Owner },
    /// The subject is there, but this cannot be done to it.
    #[error("{subject}: {why}")]
    Refused { subject: String, why: Refusal },
    /// What the plan rests on has changed; here is the plan as it would be now.
    #[error("the platform has changed since the plan was made")]
    Stale { fresh: Box<Plan> },
    /// The database has changed since the statements that would adopt it were shown; here are those that would do now.
    #[error("the database has changed since the plan was made")]
    StaleAdoption { fresh: Box<AdoptionPlan> },
    /// Reading is all that can be done here.
    #[error("this platform can only be read: {reason}")]
    ReadOnly { reason: ReadOnly },
    /// The role lacks a right.
    #[error("not permitted: {message}")]
    NotPermitted { message: String },
    /// Things outside our schema rest on things in it, so that it cannot go without them.
    #[error("the schema tenantry cannot be dropped: it is used by {}", .objects.join(", "))]
    DependedOn { objects: Vec<String> },
    /// Somebody holds a lock that the work needs, for longer than we wait.
    #[error("{what} is locked{}", blockers_text(.blockers))]
    Busy { what: String, blockers: Vec<Blocker> },
    #[error("cancelled; nothing was written")]
    Cancelled,
    /// The connection broke around COMMIT and could not be made again to ask what became of it.
    #[error(
        "the connection broke while operation {operation} was being committed, and whether it was is not known yet"
    )]
    OutcomeUnknown { operation: OperationId },
    /// The database holds something that is not a platform of ours.
    #[error("this database is not a Tenantry platform: {0}")]
    NotAPlatform(NotAPlatform),
    /// No database answered.
    #[error("no database: {reason}")]
    NoDatabase {
        reason: String,
        #[source]
        source: Option<sqlx::Error>,
    },
    #[error("the private server did not start")]
    Embedded(#[from] EmbeddedError),
    /// The database answered with an error that no rule expects.
    #[error("the database refused a statement")]
    Database(#[source] sqlx::Error),
    #[error("a file could not be read: {path}")]
    File {
        path: String,
        #[source]
        source: std::io::Error,
    },
}

/// What was found instead of a platform.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Type)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum NotAPlatform {
    #[error("the server is PostgreSQL {version}; 15 or newer is needed")]
    OldServer { version: String },
    #[error("it is empty; `tenantry platform init` makes a platform in it")]
    Empty,
    #[error("it has tenants in {table}; `tenantry platform adopt` shows what it would add, and adds it")]
    Adoptable { table: String },
    #[error("several tables could be its tenant table ({}); name one with --tenant-table", .tables.join(", "))]
    Several { tables: Vec<String> },
    #[error(
        "it holds {tables} tables of its own in the schema public, none of which is a tenant table; choose an empty database"
    )]
    Foreign { tables: u32 },
    #[error("it has a schema `tenantry` that is not ours")]
    Occupied,
    #[error(
        "its bookkeeping is of an older version of Tenantry; `tenantry platform adopt` brings it up to date"
    )]
    Older { missing: Vec<String> },
    #[error(
        "its bookkeeping is of another version of Tenantry; use the version that made it, or a newer one"
    )]
    OtherVersion,
    #[error(
        "the views of its tenant table are gone, as after a change of that table; `tenantry platform adopt` makes them again"
    )]
    Unmapped,
}

/// Why a platform can only be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Type)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum ReadOnly {
    #[error("the server is a standby, which copies another one; connect to that one")]
    Standby,
    #[error(
        "a connection pooler stands in between and gives each transaction another session; connect to the server itself"
    )]
    Pooler,
    #[error(
        "the tenant table has got {} since it was adopted; `tenantry platform adopt` takes that in", .columns.join(", ")
    )]
    NewColumns { columns: Vec<String> },
    #[error("the server lets this session read only")]
    Session,
}

/// A session that holds a lock which the work waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Blocker {
    pub pid: i32,
    pub user: String,
    pub application: String,
    /// How long its transaction has been open, in seconds.
    pub seconds: u32,
}

impl Error {
    /// A problem with one field.
    pub fn invalid(problem: Problem) -> Self {
        Self::Invalid(vec![problem])
    }

    /// What happened and what caused it, in one line.
    pub(crate) fn with_cause(&self) -> String {
        match std::error::Error::source(self) {
            Some(cause) => format!("{self}: {cause}"),
            None => self.to_string(),
        }
    }

    /// Would the next of several pieces of work end in the same way?
    pub(crate) fn stops_everything(&self) -> bool {
        matches!(
            self,
            Self::NoDatabase { .. } | Self::ReadOnly { .. } | Self::Cancelled | Self::OutcomeUnknown { .. }
        )
    }
}

impl From<NotAPlatform> for Error {
    fn from(found: NotAPlatform) -> Self {
        Self::NotAPlatform(found)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let constraint = error.as_database_error().and_then(sqlx::error::DatabaseError::constraint);
        if constraint == Some("tenantry_primary_domain") {
            let what = "the primary domain of a tenant, which somebody changes at the same moment,".into();
            return Self::Busy { what, blockers: Vec::new() };
        }
        match sqlstate(&error).as_deref() {
            // Waited too long for a lock, or waited for each other.
            Some("55P03" | "40P01") => {
                Self::Busy { what: "something that this needs".into(), blockers: Vec::new() }
            }
            Some("25006") => Self::ReadOnly { reason: ReadOnly::Session },
            Some("42501") => Self::NotPermitted {
                message: error.as_database_error().map_or_else(String::new, |e| e.message().to_owned()),
            },
            _ if is_connection_error(&error) => Self::NoDatabase {
                reason: "the connection broke while the work was under way; nothing was written".into(),
                source: Some(error),
            },
            _ => Self::Database(error),
        }
    }
}

/// The SQLSTATE of a server's answer, if the error is one.
pub(crate) fn sqlstate(error: &sqlx::Error) -> Option<String> {
    error.as_database_error().and_then(sqlx::error::DatabaseError::code).map(std::borrow::Cow::into_owned)
}

pub(crate) fn is_connection_error(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::Protocol(_) => true,
        // Class 57P: an administrator, a crash or a start-up ended the session. Class 08: connection exceptions.
        sqlx::Error::Database(e) => e.code().is_some_and(|c| c.starts_with("57P") || c.starts_with("08")),
        _ => false,
    }
}

fn list(problems: &[Problem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
}

fn blockers_text(blockers: &[Blocker]) -> String {
    let names: Vec<_> =
        blockers.iter().map(|b| format!("{} (process {}, {} s)", b.application, b.pid, b.seconds)).collect();
    if names.is_empty() { String::new() } else { format!(" by {}", names.join(", ")) }
}

fn obstacles_text(obstacles: &[Obstacle]) -> String {
    let texts = obstacles.iter().map(|obstacle| match &obstacle.needs {
        Some(needs) => format!("{} needs {needs}", obstacle.object),
        None => format!("{} cannot be cloned", obstacle.object),
    });
    texts.collect::<Vec<_>>().join("; ")
}
