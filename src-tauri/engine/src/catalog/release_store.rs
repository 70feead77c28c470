//! The SQL of releases.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::release::{DifferenceKind, FieldDifference, Release, RowDifference};
use super::{Part, RowKey, Size};

/// The newest first.
pub(super) async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Release>> {
    let rows = sqlx::query!(
        "SELECT number, content_hash, notes, released_at, released_by, categories, atoms, versions
         FROM tenantry.catalog_release ORDER BY number DESC"
    )
    .fetch_all(conn)
    .await?;
    let release = rows.into_iter().map(|row| Release {
        number: row.number,
        content_hash: row.content_hash,
        notes: row.notes,
        released_at: row.released_at,
        released_by: row.released_by,
        size: Size::of(row.categories, row.atoms, row.versions),
    });
    Ok(release.collect())
}

/// A release's number if there is such a release, or the newest one's.
pub(super) async fn find(conn: &mut PgConnection, number: Option<i32>) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "SELECT max(number) FROM tenantry.catalog_release WHERE $1::integer IS NULL OR number = $1",
        number
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn size(conn: &mut PgConnection, release: i32) -> sqlx::Result<Size> {
    let row = sqlx::query!(
        "SELECT categories, atoms, versions FROM tenantry.catalog_release WHERE number = $1",
        release
    )
    .fetch_one(conn)
    .await?;
    Ok(Size::of(row.categories, row.atoms, row.versions))
}

/// Where new tenants start, if somebody has chosen.
pub(super) async fn start(conn: &mut PgConnection) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!("SELECT start_release FROM tenantry.catalog_policy").fetch_one(conn).await
}

pub(super) async fn set_start(conn: &mut PgConnection, release: Option<i32>) -> sqlx::Result<()> {
    sqlx::query!("UPDATE tenantry.catalog_policy SET start_release = $1", release).execute(conn).await?;
    Ok(())
}

/// SHA-256 over every row of a release, in hexadecimal. Equal rows give equal hashes, on whichever server.
pub(super) async fn content_hash(conn: &mut PgConnection, release: i32) -> sqlx::Result<String> {
    sqlx::query_scalar!(
        r#"SELECT encode(sha256(convert_to(COALESCE(string_agg(line, E'\n' ORDER BY line COLLATE "C"), ''), 'UTF8')), 'hex') AS "hash!"
           FROM (SELECT jsonb_build_array('category', name, description)::text
                 FROM tenantry.catalog_category WHERE release = $1
                 UNION ALL
                 SELECT jsonb_build_array('atom', slug, name, description, category)::text
                 FROM tenantry.catalog_atom WHERE release = $1
                 UNION ALL
                 SELECT jsonb_build_array('version', slug, version, release_date, release_notes, config_schema, is_active)::text
                 FROM tenantry.catalog_version WHERE release = $1) AS content (line)"#,
        release,
    )
    .fetch_one(conn)
    .await
}

/// Copies the master catalog's rows. The release itself comes last: it closes.
pub(super) async fn insert(
    conn: &mut PgConnection,
    number: i32,
    content_hash: &str,
    notes: &str,
    size: Size,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.catalog_category (release, name, description)
         SELECT $1, name, description FROM tenantry.catalog_category WHERE release = 0",
        number
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO tenantry.catalog_atom (release, slug, name, description, category)
         SELECT $1, slug, name, description, category FROM tenantry.catalog_atom WHERE release = 0",
        number
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO tenantry.catalog_version (release, slug, version, release_date, release_notes, config_schema, is_active)
         SELECT $1, slug, version, release_date, release_notes, config_schema, is_active FROM tenantry.catalog_version WHERE release = 0",
        number
    )
    .execute(&mut *conn)
    .await?;
    let Size { categories, atoms, versions } = size;
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    sqlx::query!(
        "INSERT INTO tenantry.catalog_release (number, content_hash, notes, categories, atoms, versions) VALUES ($1, $2, $3, $4, $5, $6)",
        number,
        content_hash,
        notes,
        count(categories),
        count(atoms),
        count(versions),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Rows that differ, categories first.
pub(super) async fn difference(
    conn: &mut PgConnection,
    before: i32,
    after: i32,
) -> sqlx::Result<Vec<RowDifference>> {
    let rows = sqlx::query!(
        r#"SELECT d.part AS "part!: Part", d.key AS "key!", d.version AS "version!", d.was AS "was!", d.is AS "is!",
                  (SELECT jsonb_agg(jsonb_build_object('field', k.field, 'before', d.old ->> k.field, 'after', d.new ->> k.field) ORDER BY k.ordinality)
                   FROM jsonb_object_keys(COALESCE(d.new, d.old)) WITH ORDINALITY AS k (field, ordinality)
                   WHERE d.old -> k.field IS DISTINCT FROM d.new -> k.field) AS "fields!: Json<Vec<FieldDifference>>"
           FROM (
               SELECT 'category' AS part, COALESCE(o.name, n.name)::text AS key, '' AS version, o.name IS NOT NULL AS was, n.name IS NOT NULL AS is,
                      CASE WHEN o.name IS NOT NULL THEN jsonb_build_object('description', o.description) END AS old,
                      CASE WHEN n.name IS NOT NULL THEN jsonb_build_object('description', n.description) END AS new
               FROM (SELECT * FROM tenantry.catalog_category WHERE release = $1) o
               FULL JOIN (SELECT * FROM tenantry.catalog_category WHERE release = $2) n ON n.name = o.name
               WHERE o.description IS DISTINCT FROM n.description
               UNION ALL
               SELECT 'atom', COALESCE(o.slug, n.slug), '', o.slug IS NOT NULL, n.slug IS NOT NULL,
                      CASE WHEN o.slug IS NOT NULL THEN jsonb_build_object('name', o.name, 'description', o.description, 'category', o.category) END,
                      CASE WHEN n.slug IS NOT NULL THEN jsonb_build_object('name', n.name, 'description', n.description, 'category', n.category) END
               FROM (SELECT * FROM tenantry.catalog_atom WHERE release = $1) o
               FULL JOIN (SELECT * FROM tenantry.catalog_atom WHERE release = $2) n ON n.slug = o.slug
               WHERE (o.name, o.description, o.category) IS DISTINCT FROM (n.name, n.description, n.category)
               UNION ALL
               SELECT 'version', COALESCE(o.slug, n.slug), COALESCE(o.version, n.version), o.slug IS NOT NULL, n.slug IS NOT NULL,
                      CASE WHEN o.slug IS NOT NULL THEN jsonb_build_object('releaseDate', o.release_date, 'releaseNotes', o.release_notes,
                                                                           'configSchema', o.config_schema, 'isActive', o.is_active) END,
                      CASE WHEN n.slug IS NOT NULL THEN jsonb_build_object('releaseDate', n.release_date, 'releaseNotes', n.release_notes,
                                                                           'configSchema', n.config_schema, 'isActive', n.is_active) END
               FROM (SELECT * FROM tenantry.catalog_version WHERE release = $1) o
               FULL JOIN (SELECT * FROM tenantry.catalog_version WHERE release = $2) n ON (n.slug, n.version) = (o.slug, o.version)
               WHERE (o.release_date, o.release_notes, o.config_schema, o.is_active)
                     IS DISTINCT FROM (n.release_date, n.release_notes, n.config_schema, n.is_active)
           ) AS d
           ORDER BY CASE d.part WHEN 'category' THEN 1 WHEN 'atom' THEN 2 ELSE 3 END, d.key, d.version"#,
        before,
        after,
    )
    .fetch_all(conn)
    .await?;
    let difference = rows.into_iter().map(|row| RowDifference {
        row: RowKey { part: row.part, key: row.key, version: row.version },
        kind: match (row.was, row.is) {
            (false, _) => DifferenceKind::Added,
            (_, false) => DifferenceKind::Removed,
            _ => DifferenceKind::Changed,
        },
        fields: row.fields.0,
    });
    Ok(difference.collect())
}
