//! Jobs in plain words.

use serde_json::json;
use tenantry_engine::jobs::{ItemState, Job, JobItem, JobUndo, UndoCounts, UndoItem, UndoVerdict};

use super::table;

pub fn list(jobs: &[Job]) -> String {
    table(
        &["JOB", "KIND", "STATE", "DONE", "FAILED", "OF"],
        jobs.iter().map(|job| {
            [
                job.id.to_string(),
                job.kind.clone(),
                state(job),
                job.done.to_string(),
                job.failed.to_string(),
                job.total.to_string(),
            ]
        }),
    )
}

pub fn about(job: &Job, items: &[JobItem]) -> String {
    let mut lines = vec![format!(
        "Job {} ({}) is {}: {} of {} done, {} failed.",
        job.id,
        job.kind,
        state(job),
        job.done,
        job.total,
        job.failed
    )];
    let failed = items.iter().filter(|item| item.state == ItemState::Failed);
    lines
        .extend(failed.map(|item| format!("  {}: {}", item.subject, item.failure.as_deref().unwrap_or("?"))));
    if job.waiting() > 0 {
        lines.push(format!("  go on with: tenantry job resume {}", job.id));
    } else if job.failed > 0 {
        lines.push(format!("  try those that failed again with: tenantry job retry {}", job.id));
    }
    lines.join("\n")
}

/// What taking a job back comes to: the counts, and whatever does not come back with its reason.
pub fn undo(undo: &JobUndo) -> String {
    let UndoCounts { ready, nothing, refused, already_undone, under_way, no_inverse } = undo.counts;
    let others = [
        ("as before already", nothing),
        ("not as things stand", refused),
        ("taken back already", already_undone),
        ("waiting in another job", under_way),
        ("without a way back", no_inverse),
    ];
    let others = others.into_iter().filter(|(_, count)| *count > 0);
    let others: String = others.map(|(what, count)| format!("; {what}: {count}")).collect();
    let mut lines = vec![format!("{ready} of {} operations can be taken back{others}.", undo.items.len())];
    lines.extend(undo.items.iter().filter_map(staying));
    lines.join("\n")
}

fn staying(UndoItem { subject, operation, verdict }: &UndoItem) -> Option<String> {
    let why = match verdict {
        UndoVerdict::Ready => return None,
        UndoVerdict::Nothing => "there is nothing to do".into(),
        UndoVerdict::Refused { reason } => reason.clone(),
        UndoVerdict::AlreadyUndone { by } => format!("operation {by} has taken it back"),
        UndoVerdict::UnderWay { job } => format!("it waits in job {job}"),
        UndoVerdict::NoInverse => format!("nothing takes operation {operation} back"),
    };
    Some(format!("  {subject}: {why}"))
}

fn state(job: &Job) -> String {
    json!(job.state).as_str().unwrap_or_default().to_owned()
}
