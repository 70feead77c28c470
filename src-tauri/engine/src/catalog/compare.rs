//! Comparing a tenant's copy with a release, row by row.

use sqlx::PgConnection;

use super::decide::{ComparedRow, Deviation, DeviationKind, RowState};
use super::{Part, RowKey};
use crate::names::SchemaName;

/// Every row in which the copy, whose schema is the search path, is not what the release says. `base` is the release to
/// which it was last brought.
pub(super) async fn compare(
    conn: &mut PgConnection,
    schema: &SchemaName,
    release: i32,
    base: Option<i32>,
) -> sqlx::Result<Vec<ComparedRow>> {
    let rows =
        sqlx::query_file!("src/catalog/compare.sql", release, base, schema.as_str()).fetch_all(conn).await?;
    let compared = rows.into_iter().map(|row| ComparedRow {
        row: RowKey { part: row.part, key: row.key, version: row.version },
        state: row.state,
        category: row.category,
        holder: row.holder,
        renames: row.renames,
        content: row.content,
        is_active: row.is_active,
    });
    Ok(compared.collect())
}

/// The same. Most copies are as their releases say, which is told in a third of the time.
pub(super) async fn compare_quickly(
    conn: &mut PgConnection,
    schema: &SchemaName,
    release: i32,
    base: Option<i32>,
) -> sqlx::Result<Vec<ComparedRow>> {
    if base == Some(release) && is_as_released(conn, release).await? {
        return Ok(Vec::new());
    }
    compare(conn, schema, release, base).await
}

/// Whether every row of the copy is as the release says, and none is there beside.
async fn is_as_released(conn: &mut PgConnection, release: i32) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT NOT EXISTS (
                      SELECT FROM (SELECT name, description FROM tenantry.catalog_category WHERE release = $1) m
                      FULL JOIN atoms_atomcategory t ON t.name = m.name
                      WHERE m.description IS DISTINCT FROM t.description)
                  AND NOT EXISTS (
                      SELECT FROM (SELECT slug, name, description, category FROM tenantry.catalog_atom WHERE release = $1) m
                      FULL JOIN (SELECT a.slug, a.name, a.description, c.name AS category
                                 FROM atoms_atom a JOIN atoms_atomcategory c ON c.id = a.category_id) t ON t.slug = m.slug
                      WHERE (m.name, m.description, m.category) IS DISTINCT FROM (t.name, t.description, t.category))
                  AND NOT EXISTS (
                      SELECT FROM (SELECT * FROM tenantry.catalog_version WHERE release = $1) m
                      FULL JOIN (SELECT a.slug, v.version, v.release_date, v.release_notes, v.config_schema, v.is_active
                                 FROM atoms_atomversion v JOIN atoms_atom a ON a.id = v.atom_id) t ON (t.slug, t.version) = (m.slug, m.version)
                      WHERE (m.release_date, m.release_notes, m.config_schema, m.is_active)
                            IS DISTINCT FROM (t.release_date, t.release_notes, t.config_schema, t.is_active)) AS "alike!""#,
        release,
    )
    .fetch_one(conn)
    .await
}

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

/// What is known of one copy is true of another.
pub(super) async fn copy_notes(
    conn: &mut PgConnection,
    from: &SchemaName,
    to: &SchemaName,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.catalog_copy (schema_name, release, synchronised_at, compared_at)
         SELECT $2, release, synchronised_at, compared_at FROM tenantry.catalog_copy WHERE schema_name = $1
         ON CONFLICT (schema_name) DO UPDATE SET release = EXCLUDED.release, synchronised_at = EXCLUDED.synchronised_at, compared_at = EXCLUDED.compared_at",
        from.as_str(),
        to.as_str(),
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO tenantry.catalog_deviation (schema_name, part, key, version, deviation, content, is_active)
         SELECT $2, part, key, version, deviation, content, is_active FROM tenantry.catalog_deviation WHERE schema_name = $1",
        from.as_str(),
        to.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The copy is at no release any longer.
pub(super) async fn forget(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM tenantry.catalog_copy WHERE schema_name = $1", schema.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// Deviations of a copy from its own release: it is compared as if it were to be brought there again.
pub(super) fn deviations(rows: &[ComparedRow]) -> Vec<Deviation> {
    let deviation = |compared: &ComparedRow| {
        use RowState::{Changed, Gone, Left, New, Own, Removed, RemovedAndChanged};
        let kind = match compared.state {
            // Against its own release, only what had no room before is still to be given.
            New | Changed => DeviationKind::LeftOut,
            Removed | RemovedAndChanged => DeviationKind::Removed,
            Own => DeviationKind::Own,
            Left | Gone => return None,
            _ => DeviationKind::Edited,
        };
        Some(compared.deviation(kind))
    };
    rows.iter().filter_map(deviation).collect()
}

/// What the last synchronisation had no room for.
pub(super) async fn left_out(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Deviation>> {
    let rows = sqlx::query!(
        r#"SELECT part AS "part: Part", key, version, content, is_active
           FROM tenantry.catalog_deviation WHERE schema_name = $1 AND deviation = 'left_out' ORDER BY part, key, version"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await?;
    let deviations = rows.into_iter().map(|row| Deviation {
        row: RowKey { part: row.part, key: row.key, version: row.version },
        deviation: DeviationKind::LeftOut,
        content: row.content,
        is_active: row.is_active,
    });
    Ok(deviations.collect())
}
