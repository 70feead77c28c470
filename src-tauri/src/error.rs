//! What the window is told when something was not done: a closed set, tagged, without SQL and without sources.

use serde::Serialize;
use specta::Type;
use tenantry_engine::Error;
use tenantry_engine::embedded::EmbeddedError;
use tenantry_engine::error::{Blocker, NotAPlatform};
use tenantry_engine::names::Problem;
use tenantry_engine::operations::{OperationId, Plan};
use tenantry_engine::tenants::Owner;
use uuid::Uuid;

#[derive(Debug, Serialize, Type)]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum AppError {
    Invalid { problems: Vec<Problem> },
    DomainTaken { domain: String, owner: Owner },
    TenantDiffers { existing: Owner, differences: Vec<String> },
    SchemaTaken { schema: String },
    NoAtomTables { schema: String },
    TenantNotFound { schema: String },
    DomainNotFound { domain: String },
    PrimaryDomainNeeded { domain: String, owner: Owner },
    Stale { fresh: Box<Plan> },
    Busy { what: String, blockers: Vec<Blocker> },
    Cancelled,
    OutcomeUnknown { operation: OperationId },
    NotAPlatform { found: NotAPlatform },
    NoDatabase { reason: String },
    /// The private server did not start; `advice` is the supervisor's own account of it.
    PrivateServer { advice: String },
    File { path: String, reason: String },
    /// A task of that name is under way already.
    TaskBusy,
    /// Nobody expected this. The log has the details under the reference.
    Internal { reference: Uuid },
}
