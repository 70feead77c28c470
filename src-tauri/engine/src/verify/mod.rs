//! Verifying: is every tenant what it should be? Each check brings its evidence.

mod checks;
mod dry_run;
mod store;

use chrono::{DateTime, Utc};
use serde::Serialize;
use specta::Type;

use crate::blueprint::ObjectKind;
use crate::names::{Problem, SchemaName};
use crate::operations::{Progress, Run, check_journal};
use crate::tenants::{self, Owner};
use crate::{Engine, Error, Result};

/// The answer to *Verify*.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub at: DateTime<Utc>,
    /// What concerns the platform as a whole: a tenant can be made, the journal is whole.
    pub platform: Vec<CheckResult>,
    pub tenants: Vec<TenantReport>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantReport {
    pub tenant: Owner,
    pub verdict: Verdict,
    pub checks: Vec<CheckResult>,
}

#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckResult {
    pub check: CheckKind,
    pub verdict: Verdict,
    pub evidence: Vec<Evidence>,
}

/// The worst first, so that the worst of several is their minimum.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Failed,
    /// Works, but is worth a look.
    Notice,
    Passed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// The schema that the tenant's row names is there.
    Schema,
    /// Tables, columns, constraints, indexes and sequences are those of a tenant made now.
    Structure,
    /// Django's ledger says what it says for a tenant made now.
    Ledger,
    /// Every foreign key holds, and refuses a wrong row.
    ForeignKeys,
    PrimaryDomain,
    /// Every domain can be reached as it is stored.
    Domains,
    /// Nothing of the master catalog is lacking.
    Catalog,
    /// A tenant was made and rolled back.
    DryRun,
    Journal,
}

/// What a check has seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "evidence", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Evidence {
    SchemaFound {
        schema: SchemaName,
    },
    SchemaMissing {
        schema: SchemaName,
    },
    /// The tenant could not be looked at any further, in the words of whoever refused.
    NotChecked {
        reason: String,
    },
    ObjectsMatch {
        kind: ObjectKind,
        count: u32,
    },
    ObjectMissing {
        kind: ObjectKind,
        name: String,
        definition: String,
    },
    ObjectDiffers {
        kind: ObjectKind,
        name: String,
        wanted: String,
        found: String,
    },
    /// Not of the blueprint: an index made by hand, say.
    ObjectExtra {
        kind: ObjectKind,
        name: String,
        definition: String,
    },
    LedgerMatches {
        rows: u32,
    },
    LedgerLacks {
        app: String,
        name: String,
    },
    LedgerHasMore {
        app: String,
        name: String,
    },
    /// The wrong row was refused, in PostgreSQL's words.
    KeyEnforced {
        table: String,
        constraint: String,
        answer: String,
    },
    KeyNotEnforced {
        table: String,
        constraint: String,
    },
    /// The wrong row was refused for another reason, so the key itself was not tried.
    KeyNotTried {
        table: String,
        constraint: String,
        answer: String,
    },
    KeyNotValidated {
        table: String,
        constraint: String,
    },
    KeyOrphans {
        table: String,
        constraint: String,
        #[specta(type = i32)]
        rows: i64,
    },
    PrimaryIs {
        domain: String,
    },
    PrimaryMissing,
    PrimarySeveral {
        domains: Vec<String>,
    },
    DomainReachable {
        domain: String,
    },
    DomainUnreachable {
        domain: String,
        problem: Problem,
    },
    CatalogComplete {
        atoms: u32,
    },
    CatalogLacks {
        atoms: u32,
        versions: u32,
    },
    AtomTablesMissing,
    DryRunDone {
        tables: u32,
        milliseconds: u32,
    },
    DryRunFailed {
        reason: String,
    },
    JournalIntact {
        #[specta(type = i32)]
        entries: i64,
    },
    JournalBroken {
        #[specta(type = i32)]
        at: i64,
    },
}

/// Verifies these tenants, or all. What fails is in the report; an error means that the check itself could not be made.
pub async fn verify(engine: &Engine, schemas: Option<&[SchemaName]>, run: &Run<'_>) -> Result<Report> {
    let mut wanted = tenants::list(engine).await?;
    if let Some(schemas) = schemas {
        for schema in schemas {
            if !wanted.iter().any(|tenant| tenant.schema == *schema) {
                return Err(Error::TenantNotFound { schema: schema.to_string() });
            }
        }
        wanted.retain(|tenant| schemas.contains(&tenant.schema));
    }
    let (dry_run, model) = dry_run::rehearse(engine).await?;
    let journal = journal(engine).await?;
    let total = u32::try_from(wanted.len()).unwrap_or(u32::MAX);
    let mut visits = engine.visits();
    let mut reports = Vec::with_capacity(wanted.len());
    for (index, tenant) in (0..).zip(wanted) {
        run.check()?;
        (run.report)(Progress::Checking { index, total, subject: tenant.name.clone() });
        let mut tx = visits.begin().await?;
        let checks = match checks::of_tenant(&mut tx, &tenant, model.as_ref()).await {
            Ok(checks) => checks,
            Err(error) if error.stops_everything() => return Err(error),
            // One tenant that cannot even be read does not keep the others from being verified.
            Err(error) => vec![CheckResult::of(CheckKind::Schema, vec![Evidence::not_checked(&error)])],
        };
        tx.rollback().await?;
        reports.push(TenantReport { tenant: tenant.owner(), verdict: worst(&checks), checks });
    }
    Ok(Report { at: Utc::now(), platform: vec![dry_run, journal], tenants: reports })
}

impl Report {
    pub fn verdict(&self) -> Verdict {
        let tenants = self.tenants.iter().map(|tenant| tenant.verdict);
        self.platform.iter().map(|check| check.verdict).chain(tenants).min().unwrap_or(Verdict::Passed)
    }
}

impl CheckResult {
    /// A check whose verdict is that of its worst piece of evidence.
    pub(crate) fn of(check: CheckKind, evidence: Vec<Evidence>) -> Self {
        let verdict = evidence.iter().map(Evidence::verdict).min().unwrap_or(Verdict::Passed);
        Self { check, verdict, evidence }
    }
}

impl Evidence {
    fn not_checked(error: &Error) -> Self {
        let reason = std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string);
        Self::NotChecked { reason }
    }

    pub fn verdict(&self) -> Verdict {
        match self {
            Self::SchemaFound { .. }
            | Self::ObjectsMatch { .. }
            | Self::LedgerMatches { .. }
            | Self::KeyEnforced { .. }
            | Self::PrimaryIs { .. }
            | Self::DomainReachable { .. }
            | Self::CatalogComplete { .. }
            | Self::DryRunDone { .. }
            | Self::JournalIntact { .. } => Verdict::Passed,
            Self::ObjectExtra { .. }
            | Self::LedgerHasMore { .. }
            | Self::KeyNotTried { .. }
            | Self::CatalogLacks { .. } => Verdict::Notice,
            Self::SchemaMissing { .. }
            | Self::NotChecked { .. }
            | Self::ObjectMissing { .. }
            | Self::ObjectDiffers { .. }
            | Self::LedgerLacks { .. }
            | Self::KeyNotEnforced { .. }
            | Self::KeyNotValidated { .. }
            | Self::KeyOrphans { .. }
            | Self::PrimaryMissing
            | Self::PrimarySeveral { .. }
            | Self::DomainUnreachable { .. }
            | Self::AtomTablesMissing
            | Self::DryRunFailed { .. }
            | Self::JournalBroken { .. } => Verdict::Failed,
        }
    }
}

fn worst(checks: &[CheckResult]) -> Verdict {
    checks.iter().map(|check| check.verdict).min().unwrap_or(Verdict::Passed)
}

async fn journal(engine: &Engine) -> Result<CheckResult> {
    let state = check_journal(engine).await?;
    let evidence = match state.broken_at {
        Some(at) => Evidence::JournalBroken { at },
        None => Evidence::JournalIntact { entries: state.entries },
    };
    Ok(CheckResult::of(CheckKind::Journal, vec![evidence]))
}
