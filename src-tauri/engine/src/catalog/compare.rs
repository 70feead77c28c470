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
        is_ours: row.is_ours,
        content_off: row.content_off,
    });
    Ok(compared.collect())
}

/// The same. That a copy is as its release says, as most are, or that it is empty, is told sooner.
pub(super) async fn compare_quickly(
    conn: &mut PgConnection,
    schema: &SchemaName,
    release: i32,
    base: Option<i32>,
) -> sqlx::Result<Vec<ComparedRow>> {
    if base == Some(release) && is_as_released(conn, release).await? {
        return Ok(Vec::new());
    }
    if base.is_none() && is_empty(conn).await? {
        return everything(conn, release).await;
    }
    compare(conn, schema, release, base).await
}

async fn is_empty(conn: &mut PgConnection) -> sqlx::Result<bool> {
    // No version is without an atom.
    sqlx::query_scalar!(
        r#"SELECT NOT EXISTS (SELECT FROM atoms_atomcategory) AND NOT EXISTS (SELECT FROM atoms_atom) AS "empty!""#
    )
    .fetch_one(conn)
    .await
}

/// What a release has, for a copy that has nothing.
async fn everything(conn: &mut PgConnection, release: i32) -> sqlx::Result<Vec<ComparedRow>> {
    let rows = sqlx::query!(
        r#"SELECT 'category' AS "part!: Part", name::text AS "key!", '' AS "version!", NULL AS category
           FROM tenantry.catalog_category WHERE release = $1
           UNION ALL SELECT 'atom', slug, '', category FROM tenantry.catalog_atom WHERE release = $1
           UNION ALL SELECT 'version', slug, version, NULL FROM tenantry.catalog_version WHERE release = $1
           ORDER BY 1, 2, 3"#,
        release,
    )
    .fetch_all(conn)
    .await?;
    let new = rows.into_iter().map(|row| ComparedRow {
        row: RowKey { part: row.part, key: row.key, version: row.version },
        state: RowState::New,
        category: row.category,
        holder: None,
        renames: false,
        content: None,
        is_active: false,
        is_ours: false,
        content_off: None,
    });
    Ok(new.collect())
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

/// Deviations of a copy from its own release: it is compared as if it were to be brought there again.
pub(super) fn deviations(rows: &[ComparedRow]) -> Vec<Deviation> {
    let deviation = |compared: &ComparedRow| {
        use RowState::{Changed, Gone, Left, New, Own, Removed, RemovedAndChanged};
        let kind = match compared.state {
            // Against its own release, only what had no room before is still to be given.
            New | Changed => DeviationKind::LeftOut,
            Removed | RemovedAndChanged => DeviationKind::Removed,
            Own => DeviationKind::Own,
            Left => return compared.left_over(),
            Gone => return None,
            _ => DeviationKind::Edited,
        };
        Some(compared.deviation(kind))
    };
    rows.iter().filter_map(deviation).collect()
}
