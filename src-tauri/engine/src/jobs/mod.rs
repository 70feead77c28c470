//! Jobs: one kind of operation on many tenants, item by item.
//!
//! A job lives in the platform's database, so it survives its window, its program and the server, and every console that
//! has the platform open works on it. Each item is an operation of its own, in a transaction of its own, in which the
//! item is also marked: so it is done exactly once.

mod store;
mod undo;
mod work;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use uuid::Uuid;

pub use undo::{JobUndo, UndoCounts, UndoItem, UndoVerdict, plan_undo, undo};
pub use work::{attend, work};

use crate::error::Refusal;
use crate::operations::{Intent, OperationId, Plan};
use crate::{Engine, Error, Result};

/// The name of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct JobId(pub Uuid);

impl std::fmt::Display for JobId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

/// What is to be done to one tenant, and the plan that was shown for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    pub subject: String,
    pub intent: Intent,
    /// [`Plan::hash`]; `None` where nobody has seen a plan.
    pub plan_hash: Option<String>,
}

impl From<&Plan> for NewItem {
    fn from(plan: &Plan) -> Self {
        Self {
            subject: plan.subject.clone(),
            intent: plan.intent.clone(),
            plan_hash: Some(plan.hash.clone()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum JobState {
    /// Whoever has the platform open works on it.
    Running,
    Paused,
    Cancelled,
    /// No item is waiting. Some may have failed.
    Finished,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ItemState {
    Waiting,
    Done,
    Failed,
}

/// A job, and how far it is.
#[derive(Debug, Clone, PartialEq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Job {
    pub id: JobId,
    /// The kind of its operations, as the journal names it.
    pub kind: String,
    pub state: JobState,
    pub created_at: DateTime<Utc>,
    pub created_by: String,
    pub origin: String,
    pub total: i32,
    pub done: i32,
    pub failed: i32,
    /// Items a minute, over the last of them; `None` before two are done.
    pub rate: Option<f64>,
    pub finished_at: Option<DateTime<Utc>>,
}

impl Job {
    pub fn waiting(&self) -> i32 {
        self.total - self.done - self.failed
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JobItem {
    pub position: i32,
    pub subject: String,
    pub state: ItemState,
    /// `None` where it is not done, or there was nothing to do.
    pub operation: Option<OperationId>,
    pub failure: Option<String>,
    pub attempts: i32,
    pub milliseconds: Option<i32>,
}

/// What can be done with a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Control {
    Pause,
    /// Also after a cancellation: it goes on at the items that are missing.
    Resume,
    /// Stops between two items. What is done stays done.
    Cancel,
    /// Tries those that failed once more, and no others.
    RetryFailed,
}

/// Writes a job down. Whoever has the platform open begins with it at once.
///
/// # Errors
/// [`Error::Invalid`] if there is nothing to do in it.
pub async fn create(engine: &Engine, items: &[NewItem]) -> Result<JobId> {
    let Some(first) = items.first() else {
        let problem = crate::names::Problem::new("items", "", crate::names::Rule::Required);
        return Err(Error::invalid(problem));
    };
    let id = JobId(Uuid::now_v7());
    let mut tx = engine.begin().await?;
    store::insert(&mut tx, id, first.intent.kind(), &engine.origin, items).await?;
    tx.commit().await?;
    Ok(id)
}

/// The jobs, the newest first.
pub async fn list(engine: &Engine) -> Result<Vec<Job>> {
    Ok(store::list(&mut *engine.acquire().await?, None).await?)
}

/// # Errors
/// [`Refusal::NoSuchJob`].
pub async fn find(engine: &Engine, id: JobId) -> Result<Job> {
    let found = store::list(&mut *engine.acquire().await?, Some(id)).await?.pop();
    found.ok_or_else(|| no_such_job(id))
}

/// The items of a job, in their order.
pub async fn items(engine: &Engine, id: JobId) -> Result<Vec<JobItem>> {
    Ok(store::items(&mut *engine.acquire().await?, id).await?)
}

/// Pauses, resumes, cancels a job, or tries again what failed in it.
pub async fn control(engine: &Engine, id: JobId, control: Control) -> Result<Job> {
    let mut tx = engine.begin().await?;
    if !store::lock(&mut tx, id).await? {
        return Err(no_such_job(id));
    }
    match control {
        Control::Pause => store::set_state(&mut tx, id, &[JobState::Running], JobState::Paused).await?,
        Control::Cancel => {
            store::set_state(&mut tx, id, &[JobState::Running, JobState::Paused], JobState::Cancelled)
                .await?;
        }
        Control::Resume => {
            store::set_state(&mut tx, id, &[JobState::Paused, JobState::Cancelled], JobState::Running)
                .await?;
        }
        Control::RetryFailed => {
            store::retry_failed(&mut tx, id).await?;
            store::set_state(
                &mut tx,
                id,
                &[JobState::Paused, JobState::Cancelled, JobState::Finished],
                JobState::Running,
            )
            .await?;
        }
    }
    tx.commit().await?;
    find(engine, id).await
}

fn no_such_job(id: JobId) -> Error {
    Error::Refused { subject: id.to_string(), why: Refusal::NoSuchJob }
}
