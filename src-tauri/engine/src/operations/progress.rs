//! How work that takes time tells where it is, and how it is stopped.

use serde::Serialize;
use specta::Type;
use tokio_util::sync::CancellationToken;

use crate::error::{Blocker, Error};
use crate::operations::Item;

/// Where the work is.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(tag = "progress", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Progress {
    /// The change of that index, of so many, is being made.
    Change {
        index: u32,
        total: u32,
    },
    /// So many rows of that change are written.
    Rows {
        index: u32,
        done: u32,
        total: u32,
    },
    /// Somebody holds a lock on a shared table; the work waits and tries again.
    Waiting {
        attempt: u32,
        blockers: Vec<Blocker>,
    },
    Committing,
    /// One item of several is done or has failed.
    Item {
        index: u32,
        total: u32,
        item: Item,
    },
    /// One of several checks or tenants is being looked at.
    Checking {
        index: u32,
        total: u32,
        subject: String,
    },
}

/// What a caller hands to work that takes time: where to report, and the token that cancels it.
pub struct Run<'a> {
    pub report: &'a (dyn Fn(Progress) + Send + Sync),
    pub cancel: CancellationToken,
}

impl Run<'_> {
    /// Reports to nobody and is never cancelled.
    pub fn silent() -> Run<'static> {
        Run { report: &|_| (), cancel: CancellationToken::new() }
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.cancel.is_cancelled() { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// One change of a plan, while it is being made.
pub(crate) struct Step<'a, 'r> {
    pub index: u32,
    pub run: &'a Run<'r>,
}

impl Step<'_, '_> {
    /// Tells how many of its rows are written.
    pub(crate) fn rows(&self, done: usize, total: usize) -> Result<(), Error> {
        let count = |rows| u32::try_from(rows).unwrap_or(u32::MAX);
        self.run.check()?;
        (self.run.report)(Progress::Rows { index: self.index, done: count(done), total: count(total) });
        Ok(())
    }
}
