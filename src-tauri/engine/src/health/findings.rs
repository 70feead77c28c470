//! What *Fleet health* answers.

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;

use crate::names::SchemaName;
use crate::verify::Verdict;

/// The state of the whole fleet.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Health {
    pub at: DateTime<Utc>,
    /// The schema that all others were compared with: the template, or one of the largest group of equal schemas.
    pub reference: Option<SchemaName>,
    /// The worst first.
    pub tenants: Vec<TenantHealth>,
    /// The largest first.
    pub groups: Vec<HealthGroup>,
    pub orphans: Vec<Orphan>,
    pub sequences: SequencesRead,
    pub capacity: Capacity,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantHealth {
    pub schema: SchemaName,
    pub name: String,
    pub verdict: Verdict,
    /// The group of equal schemas it is in; `None` where it has no schema.
    pub group: Option<u32>,
    /// The gravest first.
    pub findings: Vec<HealthFinding>,
}

/// Schemas that are equal but for their name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HealthGroup {
    pub id: u32,
    pub fingerprint: String,
    pub tenants: u32,
    /// Of the tables, columns, constraints and whatever else a schema holds.
    pub objects: u32,
    /// The others are compared with this one.
    pub is_reference: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HealthFinding {
    pub severity: Severity,
    pub symptom: Symptom,
}

/// The gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Rows of one tenant may be another's, or there is no tenant at all.
    Grave,
    /// Something fails, or will.
    Wrong,
    /// Works, but is worth a look.
    Notice,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(tag = "symptom", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Symptom {
    /// The tenant's row names a schema that is not there.
    SchemaMissing,
    /// Tables that the tenant lacks while `public` has some of the same name: reads and writes go there, and share their
    /// rows with every other such tenant.
    FallsThrough {
        tables: Vec<String>,
    },
    KeyToAnotherTenant {
        table: String,
        constraint: String,
        other: SchemaName,
    },
    /// A default, view, trigger, function or column that needs an object of another tenant.
    DependsOnAnotherTenant {
        kind: PartKind,
        name: String,
        other: SchemaName,
        on: String,
    },
    /// A table outside of the tenants has a key to a table of this one.
    KeyFromOutside {
        from: SchemaName,
        table: String,
        constraint: String,
    },
    /// It has only so many of the reference's tables.
    HalfBuilt {
        has: u32,
        of: u32,
        lacks: Vec<String>,
    },
    /// The ledger has rows of the app, yet these tables that are named after the app and that the reference has are missing.
    LedgerAhead {
        app: String,
        tables: Vec<String>,
    },
    /// The tables are there, yet the ledger has no row of the app they are named after, while the reference's has.
    LedgerUnrecorded {
        app: String,
        tables: Vec<String>,
    },
    /// Migrations that the reference's ledger has and this one lacks, as `app.name`.
    LedgerBehind {
        migrations: Vec<String>,
    },
    ObjectMissing {
        kind: PartKind,
        name: String,
        definition: String,
    },
    ObjectDiffers {
        kind: PartKind,
        name: String,
        wanted: String,
        found: String,
    },
    /// The next row that gets its number from the sequence collides, if not sooner then later.
    SequenceBehind {
        table: String,
        column: String,
        /// What the sequence gives out next.
        next: String,
        max: String,
    },
    /// An index that a failed CREATE INDEX CONCURRENTLY left behind: it costs writes and serves no reads.
    InvalidIndex {
        table: String,
        index: String,
    },
    PrimaryMissing,
    PrimarySeveral {
        domains: Vec<String>,
    },
    LedgerHasMore {
        migrations: Vec<String>,
    },
    ObjectExtra {
        kind: PartKind,
        name: String,
        definition: String,
    },
    UnvalidatedConstraint {
        table: String,
        constraint: String,
    },
    /// So many differences more than are listed.
    MoreDifferences {
        count: u32,
    },
}

/// The kinds of objects in the order in which they can be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case", type_name = "text")]
pub enum PartKind {
    Type,
    Table,
    Column,
    Sequence,
    Function,
    View,
    Constraint,
    Index,
    Trigger,
    Policy,
}

/// A schema with tables that no tenant's row names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Orphan {
    pub schema: SchemaName,
    pub tables: u32,
    /// It has most tables of the reference.
    pub looks_like_tenant: bool,
}

/// How many sequences were compared with their tables. Reading all of a large fleet would take too long: the rest is read
/// when one tenant is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SequencesRead {
    pub read: u32,
    pub left_out: u32,
}

/// How much more the server takes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Capacity {
    pub tenants: u32,
    /// Tables, indexes, sequences and whatever else has a file or could have one, of the whole database.
    #[specta(type = i32)]
    pub relations: i64,
    #[specta(type = i32)]
    pub relations_per_tenant: i64,
    #[specta(type = i32)]
    pub tables: i64,
    #[specta(type = i32)]
    pub tables_per_tenant: i64,
    #[specta(type = f64)]
    pub catalog_bytes: i64,
    #[specta(type = f64)]
    pub database_bytes: i64,
    /// How many locks the server has room for: `max_locks_per_transaction` for every connection and prepared transaction.
    #[specta(type = i32)]
    pub lock_slots: i64,
    /// How many more tenants there can be until a dump of the whole database, which locks every table, no longer fits.
    /// Negative: so many too many.
    #[specta(type = Option<i32>)]
    pub tenants_until_dump_fails: Option<i64>,
    /// How many tenants can be dropped in one transaction.
    #[specta(type = Option<i32>)]
    pub tenants_per_drop: Option<i64>,
    pub advice: Option<CapacityAdvice>,
}

/// Change this setting of the server, and start it anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CapacityAdvice {
    pub setting: String,
    #[specta(type = i32)]
    pub now: i64,
    #[specta(type = i32)]
    pub needed: i64,
}

/// One object that a schema has otherwise than the reference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PartDifference {
    pub kind: PartKind,
    /// `table`, or `table.object`.
    pub name: String,
    pub wanted: Option<String>,
    pub found: Option<String>,
    /// What would bring it in line; in a comment where a person has to decide.
    pub sql: String,
}

impl Symptom {
    pub fn severity(&self) -> Severity {
        match self {
            Self::SchemaMissing
            | Self::FallsThrough { .. }
            | Self::KeyToAnotherTenant { .. }
            | Self::DependsOnAnotherTenant { .. } => Severity::Grave,
            Self::KeyFromOutside { .. }
            | Self::HalfBuilt { .. }
            | Self::LedgerAhead { .. }
            | Self::LedgerUnrecorded { .. }
            | Self::LedgerBehind { .. }
            | Self::ObjectMissing { .. }
            | Self::ObjectDiffers { .. }
            | Self::SequenceBehind { .. }
            | Self::InvalidIndex { .. }
            | Self::PrimaryMissing
            | Self::PrimarySeveral { .. }
            | Self::MoreDifferences { .. } => Severity::Wrong,
            Self::LedgerHasMore { .. } | Self::ObjectExtra { .. } | Self::UnvalidatedConstraint { .. } => {
                Severity::Notice
            }
        }
    }
}

impl From<Symptom> for HealthFinding {
    fn from(symptom: Symptom) -> Self {
        Self { severity: symptom.severity(), symptom }
    }
}

impl Health {
    pub fn verdict(&self) -> Verdict {
        self.tenants.iter().map(|tenant| tenant.verdict).min().unwrap_or(Verdict::Passed)
    }
}

impl TenantHealth {
    pub(super) fn new(
        schema: SchemaName,
        name: String,
        group: Option<u32>,
        mut symptoms: Vec<Symptom>,
    ) -> Self {
        symptoms.sort_by(|a, b| (a.severity(), a).cmp(&(b.severity(), b)));
        let findings: Vec<HealthFinding> = symptoms.into_iter().map(HealthFinding::from).collect();
        let verdict = match findings.first().map(|finding| finding.severity) {
            Some(Severity::Grave | Severity::Wrong) => Verdict::Failed,
            Some(Severity::Notice) => Verdict::Notice,
            None => Verdict::Passed,
        };
        Self { schema, name, verdict, group, findings }
    }
}
