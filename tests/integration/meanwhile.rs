//! What goes on at the same time: work in the background, and other people's transactions.

use sqlx::{Connection as _, PgConnection};
use tenantry_engine::error::Blocker;
use tenantry_engine::operations::{Applied, Plan, Progress, Run, apply};
use tenantry_engine::{Engine, Result};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::console::Platform;
use crate::support::{execute, until};

/// A plan that is being applied.
pub struct Work {
    task: JoinHandle<Result<Applied>>,
    progress: UnboundedReceiver<Progress>,
    cancel: CancellationToken,
}

impl Work {
    pub fn start(engine: &Engine, plan: Plan) -> Self {
        let (tell, progress) = unbounded_channel();
        let (engine, cancel) = (engine.clone(), CancellationToken::new());
        let token = cancel.clone();
        let task = tokio::spawn(async move {
            let report = move |progress| drop(tell.send(progress));
            apply(&engine, &plan, &Run { report: &report, cancel: token }).await
        });
        Self { task, progress, cancel }
    }

    /// Waits until it reports that it waits, and says for whom.
    pub async fn waits_for(&mut self) -> Vec<Blocker> {
        loop {
            let progress = self.progress.recv().await.expect("it reports that it waits");
            if let Progress::Waiting { blockers, .. } = progress {
                return blockers;
            }
        }
    }

    pub fn cancel(&self) {
        self.cancel.cancel();
    }

    pub async fn outcome(self) -> Result<Applied> {
        self.task.await.unwrap()
    }
}

/// A transaction that somebody has begun and not ended.
pub struct Open(PgConnection);

impl Open {
    pub async fn with(platform: &Platform, statements: &str) -> Self {
        let mut session = platform.session().await;
        execute(&mut session, &format!("BEGIN; {statements}")).await.unwrap();
        Self(session)
    }

    pub async fn pid(&mut self) -> i32 {
        sqlx::query_scalar("SELECT pg_backend_pid()").fetch_one(&mut self.0).await.unwrap()
    }

    pub async fn commit(mut self) {
        execute(&mut self.0, "COMMIT").await.unwrap();
        self.0.close().await.unwrap();
    }
}

/// Waits until so many sessions wait for a lock.
pub async fn until_waiting(platform: &Platform, sessions: usize) {
    let query = "SELECT pid::text FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock'";
    until("sessions wait for a lock", async || platform.lines(query).await.len() == sessions).await;
}

/// Waits until nobody holds a lock on a table. What was rolled back lets go a moment after its answer.
pub async fn until_unlocked(platform: &Platform) {
    let query = "SELECT l.pid::text FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
                 WHERE l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
                   AND l.pid <> pg_backend_pid() AND c.relnamespace <> 'pg_catalog'::regnamespace";
    until("no table is locked", async || platform.lines(query).await.is_empty()).await;
}
