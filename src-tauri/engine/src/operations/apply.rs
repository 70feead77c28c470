//! Applying a plan: one transaction, in which the plan is made again, compared, carried out and recorded.

use std::time::{Duration, Instant};

use serde::Serialize;
use specta::Type;
use sqlx::{Connection, PgConnection};
use tracing::instrument;

use super::advice::advised;
use super::retry::{Attempt, with_short_locks};
use super::{Change, Intent, OperationId, Plan, Progress, Run, Step, plan_on, store, undo};
use crate::error::{is_connection_error, sqlstate};
use crate::names::SchemaName;
use crate::tenants::{PurgeTenant, RestoreTenant};
use crate::{Engine, Error, Result, blueprint, catalog, domains, tenants};

/// How long we go on asking a server that went away in the middle of a COMMIT.
const RECONNECT: Duration = Duration::from_secs(15);

/// What became of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// `None` where there was nothing to do.
    pub operation: Option<OperationId>,
    pub plan: Plan,
}

/// One plan of several, and what became of it.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub subject: String,
    pub operation: Option<OperationId>,
    pub failure: Option<String>,
}

/// Applies a plan.
///
/// # Errors
/// [`Error::Stale`] with the fresh plan if the platform has changed meanwhile; [`Error::Cancelled`] if the run was; after
/// either nothing was written.
#[instrument(skip_all, fields(kind = plan.intent.kind(), subject = plan.subject), err(level = "info"))]
pub async fn apply(engine: &Engine, plan: &Plan, run: &Run<'_>) -> Result<Applied> {
    engine.require_writable()?;
    if plan.is_empty() {
        return Ok(Applied { operation: None, plan: plan.clone() });
    }
    run.check()?;
    prepare(engine, plan, run).await?;
    let id = OperationId::new();
    let mut conn = engine.acquire().await?;
    let pid = store::backend_pid(&mut conn).await?;
    let result = {
        let work = commit(engine, &mut conn, id, plan, run);
        tokio::pin!(work);
        tokio::select! {
            result = &mut work => result,
            () = run.cancel.cancelled() => {
                // Dropping the future would leave the statement running on the server.
                // The work goes on meanwhile, so that it ends, with its locks, as soon as it can.
                tokio::join!(engine.cancel_statement(pid), &mut work).1
            }
        }
    };
    engine.give_back_visited(conn).await;
    match result {
        Ok(()) => Ok(Applied { operation: Some(id), plan: plan.clone() }),
        Err(Error::Database(e)) if run.cancel.is_cancelled() && sqlstate(&e).as_deref() == Some("57014") => {
            Err(Error::Cancelled)
        }
        // Somebody is to read it.
        Err(Error::Stale { fresh }) => {
            let mut tx = engine.begin().await?;
            let fresh = Box::new(advised(&mut tx, *fresh).await);
            tx.rollback().await?;
            Err(Error::Stale { fresh })
        }
        Err(error) => Err(error),
    }
}

/// What has to happen before a plan's transaction, in transactions of its own.
pub(crate) async fn prepare(engine: &Engine, plan: &Plan, run: &Run<'_>) -> Result<()> {
    tenants::prepare_purge(engine, plan, run).await
}

/// Applies several plans, each in its own transaction. One that fails does not stop the others; after a cancellation, or
/// when the database is gone, the rest is answered as not done. What was done before is in the answer.
pub async fn apply_all(engine: &Engine, plans: &[Plan], run: &Run<'_>) -> Result<Vec<Item>> {
    let total = u32::try_from(plans.len()).unwrap_or(u32::MAX);
    let mut items = Vec::with_capacity(plans.len());
    let mut stopped: Option<String> = None;
    run.check()?;
    for (index, plan) in (0..).zip(plans) {
        let mut item = Item { subject: plan.subject.clone(), operation: None, failure: stopped.clone() };
        if stopped.is_none() {
            let quiet = Run { report: &|_| (), cancel: run.cancel.clone() };
            match apply(engine, plan, &quiet).await {
                Ok(applied) => item.operation = applied.operation,
                Err(error) => {
                    item.failure = Some(error.to_string());
                    stopped = item.failure.clone().filter(|_| error.stops_everything());
                }
            }
        }
        (run.report)(Progress::Item { index, total, item: item.clone() });
        items.push(item);
    }
    Ok(items)
}

async fn commit(
    engine: &Engine,
    conn: &mut PgConnection,
    id: OperationId,
    plan: &Plan,
    run: &Run<'_>,
) -> Result<()> {
    let mut tx = conn.begin().await?;
    let with = Applying { engine, run, shared_budget: engine.shared_lock_budget };
    if !execute(&mut tx, id, plan, &with).await? {
        // Not in this transaction: what it wrote itself would look like somebody else's.
        tx.rollback().await?;
        let mut tx = conn.begin().await?;
        let fresh = plan_on(engine, &mut tx, plan.intent.clone()).await?;
        tx.rollback().await?;
        return Err(Error::Stale { fresh: Box::new(fresh) });
    }
    run.check()?;
    (run.report)(Progress::Committing);
    match tx.commit().await {
        Err(error) if is_connection_error(&error) => outcome(engine, id, error).await,
        other => Ok(other?),
    }
}

/// What the changes of one plan are made with.
pub(crate) struct Applying<'a, 'r> {
    pub engine: &'a Engine,
    pub run: &'a Run<'r>,
    pub shared_budget: Duration,
}

/// Everything of an operation but COMMIT, on a connection inside a transaction. `false` where a row that the plan rests
/// on was taken or changed by somebody whose transaction has just ended; then this one is to be rolled back.
pub(crate) async fn execute(
    conn: &mut PgConnection,
    id: OperationId,
    plan: &Plan,
    with: &Applying<'_, '_>,
) -> Result<bool> {
    claim(conn, &plan.intent, &plan.subject).await?;
    let fresh = plan_on(with.engine, conn, plan.intent.clone()).await?;
    if !fresh.comes_to(plan) {
        return Err(Error::Stale { fresh: Box::new(fresh) });
    }
    carry_out(conn, id, plan, with).await
}

/// Makes the changes of a plan that was made in this same transaction, and records it.
pub(crate) async fn carry_out(
    conn: &mut PgConnection,
    id: OperationId,
    plan: &Plan,
    with: &Applying<'_, '_>,
) -> Result<bool> {
    let total = u32::try_from(plan.changes.len()).unwrap_or(u32::MAX);
    let (last, first): (Vec<_>, Vec<_>) =
        (0..).zip(&plan.changes).partition(|(_, change)| change.locks_shared_tables());
    for together in first.chunk_by(|(_, one), (_, next)| one.assigns() && next.assigns()) {
        let Some((index, change)) = together.first() else { continue };
        with.run.check()?;
        (with.run.report)(Progress::Change { index: *index, total });
        let made = if change.assigns() {
            domains::assign(conn, together.iter().map(|(_, change)| *change)).await?
        } else {
            make(with.engine, conn, change, plan, id, &Step { index: *index, run: with.run }).await?
        };
        if !made {
            return Ok(false);
        }
    }
    if plan.changes.iter().any(Change::touches_primaries) {
        // What the platform's table asks for when a transaction ends is asked now, while there is still somebody to tell.
        store::check_constraints(conn).await?;
    }
    if last.is_empty() {
        store::record(conn, id, plan, &with.engine.origin).await?;
        return Ok(true);
    }
    for (index, _) in &last {
        with.run.check()?;
        (with.run.report)(Progress::Change { index: *index, total });
    }
    let end = End { id, plan, last, with };
    with_short_locks(conn, with.run, with.shared_budget, &end).await
}

/// The changes that lock shared tables, and the record: the journal's head is another thing that everybody needs.
struct End<'a, 'r> {
    id: OperationId,
    plan: &'a Plan,
    last: Vec<(u32, &'a Change)>,
    with: &'a Applying<'a, 'r>,
}

impl Attempt for End<'_, '_> {
    type Done = bool;

    async fn make(&self, conn: &mut PgConnection) -> Result<bool> {
        let Applying { engine, run, .. } = self.with;
        store::record(conn, self.id, self.plan, &engine.origin).await?;
        for (index, change) in &self.last {
            if !make(engine, conn, change, self.plan, self.id, &Step { index: *index, run }).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Waits for whoever is at work on the same rows, so that the plan made next still holds when it is carried out.
pub(crate) async fn claim(conn: &mut PgConnection, intent: &Intent, subject: &str) -> Result<()> {
    match intent {
        Intent::ImportCatalog(_)
        | Intent::EditCatalog(_)
        | Intent::ReleaseCatalog(_)
        | Intent::SetStartRelease(_) => Ok(catalog::lock_master(conn).await?),
        Intent::SyncCatalog(request) => undo::lock_copy(conn, &request.schema).await,
        Intent::RetireAtom(request) => {
            domains::lock_tenant(conn, &request.schema).await?;
            catalog::claim_retirement(conn, request).await
        }
        Intent::Undo(request) => undo::claim(conn, *request).await,
        // There is nothing to lock yet: whose a name is, its unique index decides.
        Intent::CreateTenant(_) | Intent::CloneTenant(_) => Ok(()),
        Intent::UseBlueprint(_) => blueprint::lock(conn).await,
        Intent::RestoreTenant(RestoreTenant { schema, .. }) | Intent::PurgeTenant(PurgeTenant { schema }) => {
            tenants::lock_trashed(conn, schema).await
        }
        Intent::SetDomainPolicy(_) => domains::lock_policy(conn).await,
        Intent::AddDomains(_) | Intent::MoveDomains(_) | Intent::ImportDomains(_) => {
            domains::claim(conn, intent).await
        }
        _ => domains::lock_tenant(conn, &SchemaName::existing(subject)).await,
    }
}

/// Makes one change. `false` where it met something else than the plan saw.
async fn make(
    engine: &Engine,
    conn: &mut PgConnection,
    change: &Change,
    plan: &Plan,
    id: OperationId,
    step: &Step<'_, '_>,
) -> Result<bool> {
    match change {
        Change::CreateTenant { .. }
        | Change::CreateSchema { .. }
        | Change::ConnectSharedTables { .. }
        | Change::RenameTenant { .. }
        | Change::RenameSchema { .. }
        | Change::SetActive { .. }
        | Change::MoveToTrash { .. }
        | Change::ParkDomains { .. }
        | Change::TakeFromTrash { .. }
        | Change::UnparkDomains { .. }
        | Change::MakeObjects { .. }
        | Change::RecordMigrations { .. }
        | Change::ConnectObjects { .. }
        | Change::Purge { .. } => tenants::make(engine, conn, change, plan, id).await,
        Change::ChangeBlueprint { .. } => blueprint::make(conn, change).await,
        Change::AddDomain { .. }
        | Change::RemoveDomain { .. }
        | Change::ChangePrimary { .. }
        | Change::MoveDomain { .. }
        | Change::PutBackDomain { .. } => domains::assign(conn, std::iter::once(change)).await,
        Change::ApproveDomain { .. }
        | Change::WithdrawApproval { .. }
        | Change::ChangeDomainPolicy { .. } => domains::make(conn, change).await,
        Change::SeedCatalog { .. }
        | Change::ImportAtoms { .. }
        | Change::RestoreAtoms { .. }
        | Change::EditCatalog { .. }
        | Change::RetireAtom { .. }
        | Change::BringBackAtom { .. }
        | Change::MakeRelease { .. }
        | Change::ChangeStartRelease { .. }
        | Change::SyncCatalog { .. }
        | Change::RestoreCopy { .. } => catalog::make(conn, change, plan, id, step).await,
    }
}

/// Asks what became of an operation whose COMMIT got no answer. The journal's head is locked first: a server process
/// that is still at work on the old connection holds it until it is done.
async fn outcome(engine: &Engine, id: OperationId, broken: sqlx::Error) -> Result<()> {
    let deadline = Instant::now() + RECONNECT;
    while Instant::now() < deadline {
        match ask(engine, id).await {
            Ok(true) => return Ok(()),
            Ok(false) => return Err(broken.into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    }
    Err(Error::OutcomeUnknown { operation: id })
}

async fn ask(engine: &Engine, id: OperationId) -> Result<bool> {
    let mut tx = engine.begin().await?;
    let known = store::is_recorded(&mut tx, id).await?;
    tx.rollback().await?;
    Ok(known)
}
