//! Taking a whole job back: a new job, with an undo of each operation that can be taken back, the last one first.

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{JobId, JobState, NewItem, no_such_job, store};
use crate::error::Refusal;
use crate::operations::{self, Intent, OperationId, UndoOperation, Undoable, plan_on};
use crate::{Engine, Error, Result};

/// So many are planned before they are taken back. Each is planned when its turn comes in any case.
const PLANNED: usize = 200;

/// What taking a job back comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JobUndo {
    pub job: JobId,
    /// Every operation of the job, in the order in which they would be taken back.
    pub items: Vec<UndoItem>,
    pub counts: UndoCounts,
    /// So many were planned against the platform as it is now; of others, only what the journal says is known.
    pub planned: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoItem {
    pub subject: String,
    pub operation: OperationId,
    #[serde(flatten)]
    pub verdict: UndoVerdict,
}

/// What would become of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "verdict", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum UndoVerdict {
    Ready,
    /// Everything is as it was before already.
    Nothing,
    /// As things stand it fails. It is tried all the same, and reported with its reason.
    Refused {
        reason: String,
    },
    /// Left out.
    AlreadyUndone {
        by: OperationId,
    },
    /// Left out: it waits in that job.
    UnderWay {
        job: JobId,
    },
    /// Left out: there is no way back from it.
    NoInverse,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UndoCounts {
    pub ready: u32,
    pub nothing: u32,
    pub refused: u32,
    pub already_undone: u32,
    pub under_way: u32,
    pub no_inverse: u32,
}

impl UndoItem {
    fn is_left_out(&self) -> bool {
        use UndoVerdict::{AlreadyUndone, NoInverse, Nothing, Ready, Refused, UnderWay};
        match self.verdict {
            Ready | Nothing | Refused { .. } => false,
            AlreadyUndone { .. } | UnderWay { .. } | NoInverse => true,
        }
    }

    fn intent(&self) -> Intent {
        Intent::Undo(UndoOperation { operation: self.operation })
    }
}

impl From<&UndoItem> for NewItem {
    /// Nobody has read these plans one by one: they were counted.
    fn from(item: &UndoItem) -> Self {
        Self { subject: item.subject.clone(), intent: item.intent(), plan_hash: None }
    }
}

impl UndoCounts {
    fn of(items: &[UndoItem]) -> Self {
        let mut counts = Self::default();
        for item in items {
            let count = match item.verdict {
                UndoVerdict::Ready => &mut counts.ready,
                UndoVerdict::Nothing => &mut counts.nothing,
                UndoVerdict::Refused { .. } => &mut counts.refused,
                UndoVerdict::AlreadyUndone { .. } => &mut counts.already_undone,
                UndoVerdict::UnderWay { .. } => &mut counts.under_way,
                UndoVerdict::NoInverse => &mut counts.no_inverse,
            };
            *count += 1;
        }
        counts
    }
}

/// What taking a job back comes to, as the platform is now. Nothing is written.
///
/// # Errors
/// [`Refusal::NoSuchJob`], [`Refusal::JobRunning`].
pub async fn plan_undo(engine: &Engine, id: JobId) -> Result<JobUndo> {
    let mut tx = engine.begin().await?;
    let mut items = of_job(&mut tx, id).await?;
    tx.rollback().await?;
    let mut visits = engine.visits();
    let mut planned = 0;
    for item in items.iter_mut().filter(|item| !item.is_left_out()).take(PLANNED) {
        let mut tx = visits.begin().await?;
        let plan = plan_on(engine, &mut tx, item.intent()).await;
        tx.rollback().await?;
        item.verdict = match plan {
            Ok(plan) if plan.is_empty() => UndoVerdict::Nothing,
            Ok(_) => UndoVerdict::Ready,
            Err(error) if error.stops_everything() => return Err(error),
            Err(error) => UndoVerdict::Refused { reason: error.with_cause() },
        };
        planned += 1;
    }
    Ok(JobUndo { job: id, counts: UndoCounts::of(&items), items, planned })
}

/// Writes down the job that takes another one back. Whoever has the platform open begins with it at once.
///
/// # Errors
/// [`Refusal::NoSuchJob`], [`Refusal::JobRunning`]; [`Refusal::NothingToUndo`] if every item would be left out.
pub async fn undo(engine: &Engine, id: JobId) -> Result<JobId> {
    engine.require_writable()?;
    let mut tx = engine.begin().await?;
    // Whoever else takes the same job back waits here, and then finds its items under way.
    store::lock(&mut tx, id).await?;
    let items = of_job(&mut tx, id).await?;
    let items: Vec<NewItem> = items.iter().filter(|item| !item.is_left_out()).map(NewItem::from).collect();
    let Some(first) = items.first() else {
        return Err(refused(id, Refusal::NothingToUndo));
    };
    let new = JobId(Uuid::now_v7());
    store::insert(&mut tx, new, first.intent.kind(), &engine.origin, &items).await?;
    tx.commit().await?;
    Ok(new)
}

/// The operations of a job, the last one first, and what the journal says about taking them back.
async fn of_job(conn: &mut PgConnection, id: JobId) -> Result<Vec<UndoItem>> {
    let job = store::list(conn, Some(id)).await?.pop().ok_or_else(|| no_such_job(id))?;
    if job.state == JobState::Running && job.waiting() > 0 {
        return Err(refused(id, Refusal::JobRunning));
    }
    let operations = store::operations(conn, id).await?;
    let under_way = store::under_way(conn, &operations).await?;
    let known = operations::undoable(conn, &operations).await?;
    Ok(known
        .into_iter()
        .map(|Undoable { operation, subject, undone_by, has_inverse }| {
            let verdict = match (undone_by, under_way.get(&operation)) {
                (Some(by), _) => UndoVerdict::AlreadyUndone { by },
                (None, _) if !has_inverse => UndoVerdict::NoInverse,
                (None, Some(job)) => UndoVerdict::UnderWay { job: *job },
                (None, None) => UndoVerdict::Ready,
            };
            UndoItem { subject, operation, verdict }
        })
        .collect())
}

fn refused(id: JobId, why: Refusal) -> Error {
    Error::Refused { subject: id.to_string(), why }
}
