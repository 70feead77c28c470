//! Jobs in plain words.

use serde_json::json;
use tenantry_engine::jobs::{ItemState, Job, JobItem};

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

fn state(job: &Job) -> String {
    json!(job.state).as_str().unwrap_or_default().to_owned()
}
