//! The SQL of the journal, and of transactions as such.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{OperationId, Plan};

pub(super) async fn backend_pid(conn: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::query_scalar!(r#"SELECT pg_backend_pid() AS "pid!""#).fetch_one(conn).await
}

/// What the tables ask for when a transaction ends is asked now, while there is still somebody to tell.
pub(crate) async fn check_constraints(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SET CONSTRAINTS ALL IMMEDIATE").execute(conn).await?;
    Ok(())
}

pub(super) async fn set_lock_timeout(conn: &mut PgConnection, timeout: &str) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT set_config('lock_timeout', $1, true)", timeout).fetch_one(conn).await?;
    Ok(())
}

pub(super) async fn record(
    conn: &mut PgConnection,
    id: OperationId,
    plan: &Plan,
    origin: &str,
) -> sqlx::Result<i64> {
    let inverse = plan.inverse.as_ref().map(json).transpose()?;
    sqlx::query_scalar!(
        r#"SELECT tenantry.record_operation($1, $2, $3, $4, $5, $6) AS "seq!""#,
        id.0,
        plan.intent.kind(),
        plan.subject,
        origin,
        json(plan)?,
        inverse,
    )
    .fetch_one(conn)
    .await
}

/// Waits for whoever holds the journal's head, then looks.
pub(super) async fn is_recorded(conn: &mut PgConnection, id: OperationId) -> sqlx::Result<bool> {
    sqlx::query!("SELECT seq FROM tenantry.journal_head FOR UPDATE").fetch_one(&mut *conn).await?;
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM tenantry.operation WHERE id = $1) AS "known!""#, id.0)
        .fetch_one(conn)
        .await
}

pub(super) struct EntryRow {
    pub seq: i64,
    pub id: OperationId,
    pub kind: String,
    pub subject: String,
    pub actor: String,
    pub origin: String,
    pub applied_at: DateTime<Utc>,
    pub plan: Value,
    pub inverse: Option<Value>,
    pub undone_by: Option<OperationId>,
}

/// The newest entries that hold each of the words, in kind, subject, actor, origin or id.
pub(super) async fn entries(
    conn: &mut PgConnection,
    words: &[String],
    before: Option<i64>,
    limit: i64,
) -> sqlx::Result<Vec<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"SELECT o.seq, o.id AS "id: OperationId", o.kind, o.subject, o.actor, o.origin, o.applied_at, o.plan, o.inverse,
                  u.id AS "undone_by?: OperationId"
           FROM tenantry.operation o
           LEFT JOIN tenantry.operation u ON u.kind = 'undo' AND u.plan #>> '{intent,request,operation}' = o.id::text
           WHERE NOT EXISTS (SELECT FROM unnest($1::text[]) AS word
                             WHERE strpos(lower(concat_ws(' ', o.kind, o.subject, o.actor, o.origin, o.id)), lower(word)) = 0)
             AND ($2::bigint IS NULL OR o.seq < $2)
           ORDER BY o.seq DESC
           LIMIT $3"#,
        words,
        before,
        limit,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct UndoableRow {
    pub id: OperationId,
    pub subject: String,
    pub inverse: Option<Value>,
    pub undone_by: Option<OperationId>,
}

pub(super) async fn entry(conn: &mut PgConnection, id: OperationId) -> sqlx::Result<Option<EntryRow>> {
    sqlx::query_as!(
        EntryRow,
        r#"SELECT o.seq, o.id AS "id: OperationId", o.kind, o.subject, o.actor, o.origin, o.applied_at, o.plan, o.inverse,
                  (SELECT u.id FROM tenantry.operation u
                   WHERE u.kind = 'undo' AND u.plan #>> '{intent,request,operation}' = o.id::text) AS "undone_by: OperationId"
           FROM tenantry.operation o
           WHERE o.id = $1"#,
        id.0,
    )
    .fetch_optional(conn)
    .await
}

/// These operations, the newest first, with what takes each back and what has done so.
pub(super) async fn undoable(conn: &mut PgConnection, ids: &[Uuid]) -> sqlx::Result<Vec<UndoableRow>> {
    sqlx::query_as!(
        UndoableRow,
        r#"SELECT o.id AS "id: OperationId", o.subject, o.inverse, u.id AS "undone_by?: OperationId"
           FROM tenantry.operation o
           LEFT JOIN tenantry.operation u ON u.kind = 'undo' AND u.plan #>> '{intent,request,operation}' = o.id::text
           WHERE o.id = ANY ($1)
           ORDER BY o.seq DESC"#,
        ids,
    )
    .fetch_all(conn)
    .await
}

/// The first entry whose hash does not follow from the one before it, and how many there are. The last entry must be the
/// one that the head names.
pub(super) async fn broken_link(conn: &mut PgConnection) -> sqlx::Result<(Option<i64>, i64)> {
    let row = sqlx::query!(
        r#"SELECT min(seq) FILTER (WHERE NOT intact) AS broken, (SELECT count(*) FROM tenantry.operation) AS "entries!"
           FROM (SELECT o.seq,
                        o.hash = tenantry.operation_hash(lag(o.hash, 1, sha256('tenantry')) OVER chain, o)
                        AND o.seq = 1 + lag(o.seq, 1, 0) OVER chain AS intact
                 FROM tenantry.operation o
                 WINDOW chain AS (ORDER BY o.seq)
                 UNION ALL
                 SELECT h.seq, h.hash = COALESCE((SELECT o.hash FROM tenantry.operation o ORDER BY o.seq DESC LIMIT 1), sha256('tenantry'))
                 FROM tenantry.journal_head h) AS link (seq, intact)"#
    )
    .fetch_one(conn)
    .await?;
    Ok((row.broken, row.entries))
}

fn json(value: &impl serde::Serialize) -> sqlx::Result<Value> {
    serde_json::to_value(value).map_err(|e| sqlx::Error::Encode(e.into()))
}
