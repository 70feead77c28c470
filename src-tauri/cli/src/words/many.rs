//! Many tenants from a file, in plain words.

use tenantry_engine::jobs::{Job, JobItem};
use tenantry_engine::tenants::many::{ColumnMapping, ManyCheck, RowVerdict, Table};

pub fn checked(
    table: &Table,
    mapping: &ColumnMapping,
    check: &ManyCheck,
    job: Option<(&Job, &[JobItem])>,
) -> String {
    let columns = table.headers.iter().zip(&mapping.0).map(|(column, field)| format!("{column} = {field}"));
    let mut lines = vec![format!("Columns: {}.", columns.collect::<Vec<_>>().join(", "))];
    let remarkable =
        check.rows.iter().filter(|row| row.verdict != RowVerdict::New || !row.findings.is_empty());
    lines.extend(remarkable.map(|row| {
        let (word, detail) = (row.verdict.word(), row.detail());
        let detail = if detail.is_empty() { detail } else { format!(": {detail}") };
        format!("  line {}: {} (schema {}): {word}{detail}", row.line, row.name, row.subject)
    }));
    lines.extend(check.findings.iter().map(|finding| format!("  note: {}", super::finding(finding))));
    let counts = check.counts;
    lines.push(format!(
        "{} rows: {} new, {} exist already, {} that nothing can come of.",
        counts.total, counts.new, counts.exist, counts.bad
    ));
    lines.extend(job.map(|(job, items)| super::jobs::about(job, items)));
    lines.join("\n")
}
