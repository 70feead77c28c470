//! What is noted of every copy: the release that it was last brought to, and in what it differs from that.

use sqlx::PgConnection;

use super::decide::{Deviation, DeviationKind};
use super::{Part, RowKey};
use crate::names::SchemaName;

/// The release that a copy was last brought to.
pub(super) async fn base(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!("SELECT release FROM tenantry.catalog_copy WHERE schema_name = $1", schema.as_str())
        .fetch_optional(conn)
        .await
}

/// The same, kept as it is until the transaction ends.
pub(super) async fn lock_base(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "SELECT release FROM tenantry.catalog_copy WHERE schema_name = $1 FOR NO KEY UPDATE",
        schema.as_str()
    )
    .fetch_optional(conn)
    .await
}

/// Writes down that a copy was brought to a release, and in what it differs from it.
pub(super) async fn note(
    conn: &mut PgConnection,
    schema: &SchemaName,
    release: i32,
    deviations: &[Deviation],
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.catalog_copy (schema_name, release) VALUES ($1, $2)
         ON CONFLICT (schema_name) DO UPDATE SET release = $2, synchronised_at = now(), compared_at = now()",
        schema.as_str(),
        release,
    )
    .execute(&mut *conn)
    .await?;
    note_deviations(conn, schema, deviations).await
}

/// What a comparison of a copy with its own release has found.
pub(super) async fn note_comparison(
    conn: &mut PgConnection,
    schema: &SchemaName,
    deviations: &[Deviation],
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.catalog_copy SET compared_at = now() WHERE schema_name = $1",
        schema.as_str()
    )
    .execute(&mut *conn)
    .await?;
    note_deviations(conn, schema, deviations).await
}

async fn note_deviations(
    conn: &mut PgConnection,
    schema: &SchemaName,
    deviations: &[Deviation],
) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM tenantry.catalog_deviation WHERE schema_name = $1", schema.as_str())
        .execute(&mut *conn)
        .await?;
    if deviations.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        r#"INSERT INTO tenantry.catalog_deviation (schema_name, part, key, version, deviation, content, is_active)
           SELECT $1, d.part, d.key, d.version, d.deviation, d.content, d."isActive"
           FROM jsonb_to_recordset($2)
               AS d (part text, key text, version text, deviation text, content text, "isActive" boolean)"#,
        schema.as_str(),
        sqlx::types::Json(deviations) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// What is known of one copy is true of another; answers the release.
pub(super) async fn copy_notes(
    conn: &mut PgConnection,
    from: &SchemaName,
    to: &SchemaName,
) -> sqlx::Result<Option<i32>> {
    let release = sqlx::query_scalar!(
        "INSERT INTO tenantry.catalog_copy (schema_name, release, synchronised_at, compared_at)
         SELECT $2, release, synchronised_at, compared_at FROM tenantry.catalog_copy WHERE schema_name = $1
         ON CONFLICT (schema_name) DO UPDATE SET release = EXCLUDED.release, synchronised_at = EXCLUDED.synchronised_at, compared_at = EXCLUDED.compared_at
         RETURNING release",
        from.as_str(),
        to.as_str(),
    )
    .fetch_optional(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO tenantry.catalog_deviation (schema_name, part, key, version, deviation, content, is_active)
         SELECT $2, part, key, version, deviation, content, is_active FROM tenantry.catalog_deviation WHERE schema_name = $1",
        from.as_str(),
        to.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(release)
}

/// The copy is at no release any longer.
pub(super) async fn forget(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM tenantry.catalog_copy WHERE schema_name = $1", schema.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// What the last synchronisation had no room for, and what it left behind: a comparison alone cannot tell.
pub(super) async fn left(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Deviation>> {
    let rows = sqlx::query!(
        r#"SELECT part AS "part: Part", key, version, deviation AS "deviation: DeviationKind", content, is_active
           FROM tenantry.catalog_deviation
           WHERE schema_name = $1 AND deviation IN ('left_out', 'left_over')
           ORDER BY part, key, version"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await?;
    let deviations = rows.into_iter().map(|row| Deviation {
        row: RowKey { part: row.part, key: row.key, version: row.version },
        deviation: row.deviation,
        content: row.content,
        is_active: row.is_active,
    });
    Ok(deviations.collect())
}
