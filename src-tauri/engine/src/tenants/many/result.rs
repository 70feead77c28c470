//! The file that answers a file: the same rows, and what became of them.

use std::collections::HashMap;

use super::{ManyCheck, RowCheck, RowVerdict};
use crate::jobs::{ItemState, JobItem};
use crate::table::{Row, Table};

/// The columns that are put behind the file's own.
const COLUMNS: [&str; 3] = ["outcome", "detail", "operation"];

/// How many columns at the end of a header are of an earlier result. They are not repeated.
pub(super) fn columns_at_end(headers: &[String]) -> usize {
    if headers.ends_with(&COLUMNS.map(str::to_owned)) { COLUMNS.len() } else { 0 }
}

/// The same rows with what became of each, as the check of the file and the job's items say.
pub(super) fn of(table: &Table, check: &ManyCheck, items: &[JobItem]) -> Table {
    let own = table.headers.len() - columns_at_end(&table.headers);
    let items: HashMap<_, _> = items.iter().map(|item| (item.subject.as_str(), item)).collect();
    let headers = table.headers[..own].iter().map(String::as_str).chain(COLUMNS);
    let rows = table.rows.iter().zip(&check.rows).map(|(row, check)| {
        // A ragged row keeps its cells; what became of it stands in its columns nevertheless.
        let mut cells: Vec<_> = row.cells.iter().take(own).map(str::to_owned).collect();
        cells.resize(own, String::new());
        cells.extend(outcome(check, items.get(check.subject.as_str()).copied()));
        Row { line: row.line, cells: cells.into() }
    });
    let rows = rows.collect();
    Table { headers: headers.map(str::to_owned).collect(), rows, delimiter: table.delimiter, bom: table.bom }
}

fn outcome(check: &RowCheck, item: Option<&JobItem>) -> [String; 3] {
    let detail = check.detail();
    // A row that repeats another has its subject too, but it is not the one that was worked on.
    let item = item.filter(|_| matches!(check.verdict, RowVerdict::New | RowVerdict::Exists));
    match item {
        Some(JobItem { state: ItemState::Done, operation: Some(operation), .. }) => {
            ["created".into(), detail, operation.to_string()]
        }
        Some(JobItem { state: ItemState::Done, .. }) => ["exists".into(), detail, String::new()],
        Some(JobItem { state: ItemState::Failed, failure, .. }) => {
            ["failed".into(), failure.clone().unwrap_or_default(), String::new()]
        }
        Some(JobItem { state: ItemState::Waiting, .. }) => ["waiting".into(), detail, String::new()],
        None => [check.verdict.word().into(), detail, String::new()],
    }
}
