//! Working on jobs: claim an item, do it, mark it, all in one transaction.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use sqlx::{Connection, PgConnection};
use tokio_util::sync::CancellationToken;

use super::{Job, JobId, find, store};
use crate::catalog::SyncCatalog;
use crate::error::Refusal;
use crate::operations::{
    Applying, Intent, Item, OperationId, Progress, Run, carry_out, claim, plan_on, prepare,
};
use crate::{Engine, Error, Result, domains};

/// How often a console with nothing to do looks for work.
const LOOK: Duration = Duration::from_secs(2);
/// How long a console waits for a server that went away.
const RECONNECT: Duration = Duration::from_secs(1);

/// The kind of jobs whose items share nothing with each other.
const SIDE_BY_SIDE: &str = SyncCatalog::KIND;
/// So many of them are under way at a time: one session leaves a server waiting for us, or for its disk, half of the time.
const SESSIONS: usize = 3;

/// Works on one job until no item is waiting, or it is paused or cancelled. A cancelled run stops between two items and
/// leaves the job as it is.
pub async fn work(engine: &Engine, id: JobId, run: &Run<'_>) -> Result<Job> {
    let job = find(engine, id).await?;
    let count = |n: i32| u32::try_from(n).unwrap_or(0);
    let total = count(job.total);
    let told = AtomicU32::new(count(job.done + job.failed));
    let tell = |item| {
        // Others may be at work on the same job.
        let index = told.fetch_add(1, Ordering::Relaxed).min(total.saturating_sub(1));
        (run.report)(Progress::Item { index, total, item });
    };
    let lane = Lane { engine, id, stop: run.cancel.child_token(), tell: &tell };
    let sessions = if job.kind == SIDE_BY_SIDE { SESSIONS } else { 1 };
    for ended in join_all((0..sessions).map(|_| lane.work(run))).await {
        ended?;
    }
    find(engine, id).await
}

/// One of those who work on a job.
struct Lane<'a> {
    engine: &'a Engine,
    id: JobId,
    stop: CancellationToken,
    tell: &'a (dyn Fn(Item) + Send + Sync),
}

impl Lane<'_> {
    /// Where one has to stop, the others end their items and stop too.
    async fn work(&self, run: &Run<'_>) -> Result<()> {
        while !self.stop.is_cancelled() {
            match next(self.engine, self.id, run).await {
                Ok(Some(item)) => (self.tell)(item),
                Ok(None) => break,
                Err(error) => {
                    self.stop.cancel();
                    return Err(error);
                }
            }
        }
        Ok(())
    }
}

/// Works on every running job, now and later, until cancelled. Servers may come and go.
pub async fn attend(engine: &Engine, cancel: CancellationToken) {
    join_all((0..SESSIONS).map(|session| attend_to(engine, &cancel, session > 0))).await;
}

/// All jobs, one after the other; or beside somebody who does that, and has a job with work for several.
async fn attend_to(engine: &Engine, cancel: &CancellationToken, beside: bool) {
    let quiet = Run { report: &|_| (), cancel: cancel.clone() };
    loop {
        let pause = match attend_once(engine, beside, &quiet).await {
            Ok(true) => Duration::ZERO,
            Ok(false) => LOOK,
            Err(error) => {
                tracing::warn!(%error, "a job could not be worked on just now");
                RECONNECT
            }
        };
        tokio::select! {
            () = cancel.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
    }
}

/// One item of the first running job that has any for us. `false` where there is none.
async fn attend_once(engine: &Engine, beside: bool, run: &Run<'_>) -> Result<bool> {
    let mut running = store::running(&mut *engine.acquire().await?).await?;
    if beside {
        running.truncate(1);
        running.retain(|(_, kind)| kind == SIDE_BY_SIDE);
    }
    for (id, _) in running {
        if next(engine, id, run).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Does one item. `None` where none is left for us: all are done, or others are at work on the last ones.
async fn next(engine: &Engine, id: JobId, run: &Run<'_>) -> Result<Option<Item>> {
    let mut conn = engine.acquire().await?;
    let mut tx = conn.begin().await?;
    let Some(item) = store::claim(&mut tx, id).await? else {
        // Whoever is putting items back to be tried again goes first.
        store::lock(&mut tx, id).await?;
        store::finish(&mut tx, id).await?;
        tx.commit().await?;
        return Ok(None);
    };
    let start = Instant::now();
    let outcome = attempt(engine, &mut tx, &item, run).await;
    let milliseconds = i32::try_from(start.elapsed().as_millis()).unwrap_or(i32::MAX);
    let mut told = Item { subject: item.subject.clone(), operation: None, failure: None };
    match outcome {
        Ok(operation) => {
            told.operation = operation;
            store::mark_done(&mut tx, id, item.position, operation, milliseconds).await?;
        }
        // The item itself is not to blame: it stays waiting.
        Err(error) if error.stops_everything() => return Err(error),
        Err(error) => {
            let failure = error.with_cause();
            store::mark_failed(&mut tx, id, item.position, &failure, milliseconds).await?;
            told.failure = Some(failure);
        }
    }
    tx.commit().await?;
    engine.give_back_visited(conn).await;
    Ok(Some(told))
}

/// The item's operation, in a savepoint: what fails leaves nothing but its mark.
async fn attempt(
    engine: &Engine,
    conn: &mut PgConnection,
    item: &store::Claimed,
    run: &Run<'_>,
) -> Result<Option<OperationId>> {
    let intent: Intent = serde_json::from_value(item.intent.clone())
        .map_err(|error| Error::Database(sqlx::Error::Decode(error.into())))?;
    let mut savepoint = conn.begin().await?;
    match operate(engine, &mut savepoint, intent, item.plan_hash.as_deref(), run).await {
        Ok(operation) => {
            savepoint.commit().await?;
            Ok(operation)
        }
        Err(error) => {
            // Where the connection is gone, so is everything that was done on it.
            savepoint.rollback().await?;
            Err(error)
        }
    }
}

async fn operate(
    engine: &Engine,
    conn: &mut PgConnection,
    intent: Intent,
    shown: Option<&str>,
    run: &Run<'_>,
) -> Result<Option<OperationId>> {
    if let Intent::CheckDomains(request) = &intent {
        return domains::check_item(engine, conn, request, run).await.map(|()| None);
    }
    // An item is begun or not; a cancellation waits for its end.
    let quiet = Run { report: &|_| (), cancel: CancellationToken::new() };
    if !matches!(intent, Intent::CreateTenant(_) | Intent::CloneTenant(_)) {
        let subject = match &intent {
            Intent::SyncCatalog(request) => request.schema.to_string(),
            // Whom an undo is about, say, its plan knows.
            _ => plan_on(engine, conn, intent.clone()).await?.subject,
        };
        claim(conn, &intent, &subject).await?;
    }
    let plan = plan_on(engine, conn, intent).await?;
    if plan.is_undecided() {
        return Err(Error::Refused { subject: plan.subject, why: Refusal::CatalogConflicts });
    }
    if plan.is_empty() {
        return Ok(None);
    }
    if shown.is_some_and(|hash| hash != plan.hash) {
        return Err(Error::Stale { fresh: Box::new(plan) });
    }
    prepare(engine, &plan, run).await?;
    let id = OperationId::new();
    let with = Applying { engine, run: &quiet, shared_budget: engine.shared_lock_budget };
    if carry_out(conn, id, &plan, &with).await? {
        Ok(Some(id))
    } else {
        Err(Error::Stale { fresh: Box::new(plan) })
    }
}
