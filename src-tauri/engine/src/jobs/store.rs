//! The SQL of jobs.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::PgConnection;

use super::{ItemState, Job, JobId, JobItem, JobState, NewItem};
use crate::operations::OperationId;

pub(super) async fn insert(
    conn: &mut PgConnection,
    id: JobId,
    kind: &str,
    origin: &str,
    items: &[NewItem],
) -> sqlx::Result<()> {
    sqlx::query!("INSERT INTO tenantry.job (id, kind, origin) VALUES ($1, $2, $3)", id.0, kind, origin)
        .execute(&mut *conn)
        .await?;
    let items = serde_json::to_value(items).map_err(|error| sqlx::Error::Encode(error.into()))?;
    sqlx::query!(
        r#"INSERT INTO tenantry.job_item (job, position, subject, intent, plan_hash)
           SELECT $1, item.ordinality, item.value ->> 'subject', item.value -> 'intent', item.value ->> 'planHash'
           FROM jsonb_array_elements($2) WITH ORDINALITY AS item"#,
        id.0,
        items,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// All jobs, or one.
pub(super) async fn list(conn: &mut PgConnection, id: Option<JobId>) -> sqlx::Result<Vec<Job>> {
    sqlx::query_as!(
        Job,
        r#"SELECT j.id AS "id: JobId", j.kind, j.state AS "state: JobState", j.created_at, j.created_by, j.origin,
                  n.total AS "total!", n.done AS "done!", n.failed AS "failed!", n.finished_at, r.rate
           FROM tenantry.job j
           CROSS JOIN LATERAL (
               SELECT count(*)::integer AS total, count(*) FILTER (WHERE i.state = 'done')::integer AS done,
                      count(*) FILTER (WHERE i.state = 'failed')::integer AS failed,
                      CASE WHEN bool_and(i.state <> 'waiting') THEN max(i.finished_at) END AS finished_at
               FROM tenantry.job_item i WHERE i.job = j.id
           ) n
           CROSS JOIN LATERAL (
               SELECT 60 * (count(*) - 1)::double precision
                      / NULLIF(extract(epoch FROM max(l.finished_at) - min(l.finished_at)), 0)::double precision AS rate
               FROM (SELECT i.finished_at FROM tenantry.job_item i
                     WHERE i.job = j.id AND i.finished_at IS NOT NULL ORDER BY i.finished_at DESC LIMIT 30) l
           ) r
           WHERE $1::uuid IS NULL OR j.id = $1
           ORDER BY j.created_at DESC, j.id DESC
           LIMIT 200"#,
        id.map(|id| id.0),
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn items(conn: &mut PgConnection, id: JobId) -> sqlx::Result<Vec<JobItem>> {
    sqlx::query_as!(
        JobItem,
        r#"SELECT position, subject, state AS "state: ItemState", operation AS "operation: OperationId", failure, attempts, milliseconds
           FROM tenantry.job_item
           WHERE job = $1
           ORDER BY position"#,
        id.0,
    )
    .fetch_all(conn)
    .await
}

/// What was written in a job.
pub(super) async fn operations(conn: &mut PgConnection, id: JobId) -> sqlx::Result<Vec<OperationId>> {
    sqlx::query_scalar!(
        r#"SELECT operation AS "operation!: OperationId" FROM tenantry.job_item
           WHERE job = $1 AND state = 'done' AND operation IS NOT NULL"#,
        id.0,
    )
    .fetch_all(conn)
    .await
}

/// Those of these operations that wait to be taken back, each with the job in which it does.
pub(super) async fn under_way(
    conn: &mut PgConnection,
    operations: &[OperationId],
) -> sqlx::Result<HashMap<OperationId, JobId>> {
    let operations: Vec<_> = operations.iter().map(|operation| operation.0).collect();
    let waiting = sqlx::query!(
        r#"SELECT o.id AS "operation!: OperationId", i.job AS "job: JobId"
           FROM unnest($1::uuid[]) AS o (id)
           JOIN tenantry.job_item i ON i.intent #>> '{request,operation}' = o.id::text
           JOIN tenantry.job j ON j.id = i.job
           WHERE i.state = 'waiting' AND i.intent ->> 'intent' = 'undo' AND j.state IN ('running', 'paused')"#,
        &operations,
    )
    .fetch_all(conn)
    .await?;
    Ok(waiting.into_iter().map(|row| (row.operation, row.job)).collect())
}

/// The jobs that are running and their kinds, the oldest first.
pub(super) async fn running(conn: &mut PgConnection) -> sqlx::Result<Vec<(JobId, String)>> {
    let rows = sqlx::query!(
        r#"SELECT id AS "id: JobId", kind FROM tenantry.job WHERE state = 'running' ORDER BY created_at, id"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.kind)).collect())
}

/// An item that is ours until the transaction ends.
pub(super) struct Claimed {
    pub position: i32,
    pub subject: String,
    pub intent: Value,
    pub plan_hash: Option<String>,
}

/// The first waiting item that nobody else has, if the job is running.
pub(super) async fn claim(conn: &mut PgConnection, id: JobId) -> sqlx::Result<Option<Claimed>> {
    sqlx::query_as!(
        Claimed,
        r#"SELECT i.position, i.subject, i.intent, i.plan_hash
           FROM tenantry.job_item i
           JOIN tenantry.job j ON j.id = i.job
           WHERE i.job = $1 AND i.state = 'waiting' AND j.state = 'running'
           ORDER BY i.position
           LIMIT 1
           FOR UPDATE OF i SKIP LOCKED"#,
        id.0,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn mark_done(
    conn: &mut PgConnection,
    id: JobId,
    position: i32,
    operation: Option<OperationId>,
    milliseconds: i32,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.job_item
         SET state = 'done', operation = $3, failure = NULL, milliseconds = $4, attempts = attempts + 1, finished_at = clock_timestamp()
         WHERE job = $1 AND position = $2",
        id.0,
        position,
        operation.map(|operation| operation.0),
        milliseconds,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn mark_failed(
    conn: &mut PgConnection,
    id: JobId,
    position: i32,
    failure: &str,
    milliseconds: i32,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.job_item
         SET state = 'failed', failure = $3, milliseconds = $4, attempts = attempts + 1, finished_at = clock_timestamp()
         WHERE job = $1 AND position = $2",
        id.0,
        position,
        failure,
        milliseconds,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Nobody's item is waiting any more.
pub(super) async fn finish(conn: &mut PgConnection, id: JobId) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.job j SET state = 'finished'
         WHERE j.id = $1 AND j.state = 'running'
           AND NOT EXISTS (SELECT FROM tenantry.job_item i WHERE i.job = j.id AND i.state = 'waiting')",
        id.0,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn lock(conn: &mut PgConnection, id: JobId) -> sqlx::Result<bool> {
    let found = sqlx::query!("SELECT id FROM tenantry.job WHERE id = $1 FOR UPDATE", id.0)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

pub(super) async fn set_state(
    conn: &mut PgConnection,
    id: JobId,
    from: &[JobState],
    to: JobState,
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.job SET state = $3 WHERE id = $1 AND state = ANY ($2)",
        id.0,
        from as _,
        to as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn retry_failed(conn: &mut PgConnection, id: JobId) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.job_item SET state = 'waiting', finished_at = NULL WHERE job = $1 AND state = 'failed'",
        id.0
    )
    .execute(conn)
    .await?;
    Ok(())
}
