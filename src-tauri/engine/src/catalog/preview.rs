//! What a synchronisation of many tenants would come to, one line a tenant: the plans themselves are read one by one.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CopyState, Decision, OnConflict, SyncCatalog, fleet, release};
use crate::jobs::NewItem;
use crate::names::SchemaName;
use crate::operations::{Change, Finding, Intent, Plan, Progress, Run, plan_on};
use crate::{Engine, Error, Result};

/// Which tenants are to be brought where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncFleet {
    /// All of them, unless they are named.
    pub schemas: Option<Vec<SchemaName>>,
    /// The newest, unless it is said.
    pub release: Option<i32>,
    pub on_conflict: OnConflict,
    /// Said of a row in every tenant.
    pub decisions: Vec<Decision>,
    /// Tenants that are at the release by their receipts are believed, and not compared.
    pub by_receipts: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncPreview {
    pub release: i32,
    pub tenants: Vec<TenantSync>,
}

/// What a synchronisation would come to for one tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantSync {
    pub schema: SchemaName,
    pub outcome: SyncOutcome,
    pub counts: SyncCounts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "outcome", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum SyncOutcome {
    /// For a job.
    Ready { item: Box<NewItem> },
    /// There are conflicts that nobody has decided.
    Undecided,
    /// There is nothing to do.
    InStep,
    /// There is nothing to do, by its receipt.
    InStepByReceipt,
    /// It cannot be synchronised.
    Refused { reason: String },
}

/// In rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncCounts {
    pub inserted: u32,
    pub updated: u32,
    pub deactivated: u32,
    /// The tenant's own work.
    pub kept: u32,
    pub conflicts: u32,
    pub undecided: u32,
    /// Atoms whose name another atom of the tenant has.
    pub left_out: u32,
}

impl SyncCounts {
    fn of(plan: &Plan) -> Self {
        let mut counts = Self::default();
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        for change in &plan.changes {
            if let Change::SyncCatalog { insert, update, deactivate, .. } = change {
                counts.inserted = insert.count();
                counts.updated = update.count();
                counts.deactivated = deactivate.count();
            }
        }
        for finding in &plan.findings {
            match finding {
                Finding::CatalogKept { rows, .. } => counts.kept = rows.count(),
                Finding::CatalogConflicts { conflicts, .. } => {
                    counts.conflicts = count(conflicts.len());
                    counts.undecided = count(conflicts.iter().filter(|c| c.choice.is_none()).count());
                }
                Finding::AtomNameTaken { .. } => counts.left_out += 1,
                _ => {}
            }
        }
        counts
    }
}

/// An item of a job for every tenant that is meant, planned when its turn comes. Tenants that are believed have none.
///
/// # Errors
/// [`Refusal::NoRelease`](crate::error::Refusal::NoRelease), [`Error::TenantNotFound`](crate::Error::TenantNotFound).
pub async fn sync_items(engine: &Engine, request: &SyncFleet) -> Result<Vec<NewItem>> {
    let (release, asked) = asked(engine, request).await?;
    let meant = asked.into_iter().filter(|(_, state)| !request.believes(*state));
    let item = |(schema, _): (SchemaName, _)| NewItem {
        subject: schema.to_string(),
        intent: request.intent(schema, release),
        plan_hash: None,
    };
    Ok(meant.map(item).collect())
}

/// The release that is meant, and the tenants with their states. Of all tenants, those without atom tables are left to *Verify*.
async fn asked(engine: &Engine, request: &SyncFleet) -> Result<(i32, Vec<(SchemaName, CopyState)>)> {
    let fleet = fleet::fleet(engine, request.release).await?;
    let known = fleet.tenants.into_iter().map(|copy| (copy.schema, copy.state));
    let asked = match &request.schemas {
        None => known.filter(|(_, state)| *state != CopyState::NoTables).collect(),
        Some(schemas) => {
            let states: HashMap<_, _> = known.collect();
            let found = |schema: &SchemaName| match states.get(schema) {
                Some(state) => Ok((schema.clone(), *state)),
                None => Err(Error::TenantNotFound { schema: schema.to_string() }),
            };
            schemas.iter().map(found).collect::<Result<_>>()?
        }
    };
    let release = fleet.release.ok_or_else(release::none)?;
    Ok((release, asked))
}

impl SyncFleet {
    fn believes(&self, state: CopyState) -> bool {
        self.by_receipts && matches!(state, CopyState::InStep | CopyState::Edited)
    }

    fn intent(&self, schema: SchemaName, release: i32) -> Intent {
        let Self { on_conflict, ref decisions, .. } = *self;
        Intent::SyncCatalog(SyncCatalog {
            schema,
            release: Some(release),
            on_conflict,
            decisions: decisions.clone(),
        })
    }
}

/// Plans a synchronisation of every tenant that is meant.
///
/// # Errors
/// [`Refusal::NoRelease`](crate::error::Refusal::NoRelease), [`Error::TenantNotFound`](crate::Error::TenantNotFound),
/// [`Error::Cancelled`](crate::Error::Cancelled).
pub async fn preview(engine: &Engine, request: &SyncFleet, run: &Run<'_>) -> Result<SyncPreview> {
    let (release, asked) = asked(engine, request).await?;
    let total = u32::try_from(asked.len()).unwrap_or(u32::MAX);
    let mut tenants = Vec::with_capacity(asked.len());
    let mut visits = engine.visits();
    for (index, (schema, state)) in (0..).zip(asked) {
        run.check()?;
        (run.report)(Progress::Checking { index, total, subject: schema.to_string() });
        if request.believes(state) {
            tenants.push(TenantSync {
                schema,
                outcome: SyncOutcome::InStepByReceipt,
                counts: SyncCounts::default(),
            });
            continue;
        }
        let intent = request.intent(schema.clone(), release);
        let mut tx = visits.begin().await?;
        let plan = plan_on(engine, &mut tx, intent).await;
        tx.rollback().await?;
        let (outcome, counts) = match plan {
            Ok(plan) => (outcome(&plan), SyncCounts::of(&plan)),
            Err(error) if error.stops_everything() => return Err(error),
            Err(error) => (SyncOutcome::Refused { reason: error.to_string() }, SyncCounts::default()),
        };
        tenants.push(TenantSync { schema, outcome, counts });
    }
    Ok(SyncPreview { release, tenants })
}

fn outcome(plan: &Plan) -> SyncOutcome {
    if plan.is_undecided() {
        SyncOutcome::Undecided
    } else if plan.is_empty() {
        SyncOutcome::InStep
    } else {
        SyncOutcome::Ready { item: Box::new(NewItem::from(plan)) }
    }
}
