//! The end of a transaction that locks what others need: the shared tables, and the journal's head, which each
//! operation takes.

use std::time::Duration;

use sqlx::{Connection, PgConnection};

use super::apply::{Applying, make};
use super::{Change, OperationId, Plan, Progress, store};
use crate::{Error, Result, blueprint};

/// How long one attempt waits for a lock. Whoever wants to write to a shared table queues behind us for that long, no
/// longer.
const LOCK_TIMEOUT: &str = "100ms";
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// Records the operation and makes its last changes. Where a lock cannot be had, all that was locked here is given back
/// for a while, in which others have their way.
///
/// # Errors
/// [`Error::Busy`] with whoever holds the lock, when the budget is spent.
pub(super) async fn finish(
    conn: &mut PgConnection,
    id: OperationId,
    plan: &Plan,
    last: &[&Change],
    with: &Applying<'_, '_>,
) -> Result<bool> {
    let mut pause = FIRST_PAUSE;
    let mut waited = Duration::ZERO;
    let mut attempt = 0;
    loop {
        attempt += 1;
        match once(conn, id, plan, last, with.origin).await {
            Err(Error::Busy { .. }) => {}
            other => return other,
        }
        let blockers = blueprint::shared_table_blockers(conn).await?;
        if waited >= with.shared_budget {
            return Err(Error::Busy {
                what: "a table that all tenants share, or the journal".into(),
                blockers,
            });
        }
        (with.run.report)(Progress::Waiting { attempt, blockers });
        let jittered = pause.mul_f64(rand::random_range(0.75..1.25));
        tokio::select! {
            () = tokio::time::sleep(jittered) => {}
            () = with.run.cancel.cancelled() => return Err(Error::Cancelled),
        }
        waited += jittered;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

async fn once(
    conn: &mut PgConnection,
    id: OperationId,
    plan: &Plan,
    last: &[&Change],
    origin: &str,
) -> Result<bool> {
    let mut savepoint = conn.begin().await?;
    store::set_lock_timeout(&mut savepoint, LOCK_TIMEOUT).await?;
    store::record(&mut savepoint, id, plan, origin).await?;
    for change in last {
        if !make(&mut savepoint, change, plan).await? {
            return Ok(false);
        }
    }
    savepoint.commit().await?;
    Ok(true)
}
