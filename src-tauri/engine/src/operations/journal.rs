//! Reading the journal.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::undo::known_inverse;
use super::{Change, OperationId, store};
use crate::{Engine, Result};

/// One operation as it was written down.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    #[specta(type = i32)]
    pub seq: i64,
    pub id: OperationId,
    pub kind: String,
    pub subject: String,
    /// The database role that wrote it.
    pub actor: String,
    /// The program and the machine it came from.
    pub origin: String,
    pub applied_at: DateTime<Utc>,
    pub changes: Vec<Change>,
    /// Its inverse is known, and it has not been taken back yet.
    pub can_undo: bool,
    /// The operation that took it back.
    pub undone_by: Option<OperationId>,
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Filter {
    /// Words that an entry's kind, subject, actor, origin or id must hold, all of them.
    pub text: String,
    /// Only entries older than this one.
    #[specta(type = Option<i32>)]
    pub before: Option<i64>,
    pub limit: u32,
}

impl Filter {
    /// The last entries, whatever they are.
    pub fn newest(limit: u32) -> Self {
        Self { limit, ..Self::default() }
    }
}

/// Whether the chain of hashes is whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct JournalState {
    #[specta(type = i32)]
    pub entries: i64,
    /// The first entry that is not what was written, if any.
    #[specta(type = Option<i32>)]
    pub broken_at: Option<i64>,
}

/// The newest operations first.
pub async fn list(engine: &Engine, filter: &Filter) -> Result<Vec<Entry>> {
    let mut conn = engine.acquire().await?;
    // PostgreSQL can hold no such text, nor be asked about it.
    let words: Vec<_> = filter.text.replace('\0', "").split_whitespace().map(str::to_owned).collect();
    let rows = store::entries(&mut conn, &words, filter.before, i64::from(filter.limit)).await?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Follows the chain of hashes from the first entry to the last.
pub async fn check(engine: &Engine) -> Result<JournalState> {
    let mut conn = engine.acquire().await?;
    let (broken_at, entries) = store::broken_link(&mut conn).await?;
    Ok(JournalState { entries, broken_at })
}

impl From<store::EntryRow> for Entry {
    fn from(row: store::EntryRow) -> Self {
        let store::EntryRow {
            seq,
            id,
            kind,
            subject,
            actor,
            origin,
            applied_at,
            mut plan,
            inverse,
            undone_by,
        } = row;
        // An entry that a newer version wrote may hold changes that this one does not know; the rest is still shown.
        let changes = serde_json::from_value(plan["changes"].take()).unwrap_or_default();
        let can_undo = undone_by.is_none() && known_inverse(inverse).is_some();
        Self { seq, id, kind, subject, actor, origin, applied_at, changes, can_undo, undone_by }
    }
}
