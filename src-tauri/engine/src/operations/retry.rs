//! Waiting for locks on tables that others use: shortly, and again and again.

use std::time::Duration;

use sqlx::{Connection, PgConnection};

use super::{Progress, Run, store};
use crate::{Error, Result, blueprint};

/// How long one attempt waits for a lock. Whoever wants to use the table queues behind us for that long, no longer.
const LOCK_TIMEOUT: &str = "100ms";
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// What needs locks on tables that others use.
pub(crate) trait Attempt {
    type Done;

    fn make(&self, conn: &mut PgConnection) -> impl Future<Output = Result<Self::Done>> + Send;
}

/// Makes an attempt in a transaction of its own, or in a savepoint if there is one already. Where a lock cannot be had, all
/// that was locked in it is given back for a while, in which others have their way.
///
/// # Errors
/// [`Error::Busy`] with whoever holds the lock, when the budget is spent.
pub(crate) async fn with_short_locks<A: Attempt>(
    conn: &mut PgConnection,
    run: &Run<'_>,
    budget: Duration,
    attempt: &A,
) -> Result<A::Done> {
    let mut pause = FIRST_PAUSE;
    let mut waited = Duration::ZERO;
    for number in 1.. {
        match once(conn, attempt).await {
            Err(Error::Busy { .. }) => {}
            other => return other,
        }
        let blockers = blueprint::shared_table_blockers(conn).await?;
        if waited >= budget {
            return Err(Error::Busy {
                what: "a table that all tenants share, or the journal".into(),
                blockers,
            });
        }
        (run.report)(Progress::Waiting { attempt: number, blockers });
        let jittered = pause.mul_f64(rand::random_range(0.75..1.25));
        tokio::select! {
            () = tokio::time::sleep(jittered) => {}
            () = run.cancel.cancelled() => return Err(Error::Cancelled),
        }
        waited += jittered;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
    Err(Error::Cancelled)
}

async fn once<A: Attempt>(conn: &mut PgConnection, attempt: &A) -> Result<A::Done> {
    let mut inner = conn.begin().await?;
    store::set_lock_timeout(&mut inner, LOCK_TIMEOUT).await?;
    let done = attempt.make(&mut inner).await?;
    inner.commit().await?;
    Ok(done)
}
