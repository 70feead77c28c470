//! The SQL of the fleet's state: receipts, copies and what they deviate in.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::fleet::{CatalogReceipt, Clash, ClashContent, CopyState, HeatState, Receipt, TenantCopy};
use super::release::FieldDifference;
use super::{Part, RowKey};
use crate::names::SchemaName;
use crate::operations::OperationId;

pub(super) async fn insert_receipt(
    conn: &mut PgConnection,
    schema: &SchemaName,
    receipt: &Receipt<'_>,
) -> sqlx::Result<()> {
    let count = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
    let [inserted, updated, deactivated] = receipt.rows.map(|rows| count(rows.count()));
    sqlx::query!(
        "INSERT INTO tenantry.catalog_receipt (operation, schema_name, release_before, release, inserted, updated, deactivated, kept)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        receipt.operation.0,
        schema.as_str(),
        receipt.release_before,
        receipt.release,
        inserted,
        updated,
        deactivated,
        count(receipt.kept),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Tenants that were brought to a release once.
pub(super) async fn copied(conn: &mut PgConnection) -> sqlx::Result<Vec<SchemaName>> {
    sqlx::query_scalar!(
        r#"SELECT t.schema_name AS "schema!: SchemaName"
           FROM tenantry.tenant t
           JOIN tenantry.catalog_copy c ON c.schema_name = t.schema_name
           WHERE NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name)
           ORDER BY 1"#
    )
    .fetch_all(conn)
    .await
}

/// Every tenant's copy, seen from a release.
pub(super) async fn copies(conn: &mut PgConnection, release: i32) -> sqlx::Result<Vec<TenantCopy>> {
    let rows = sqlx::query_file!("src/catalog/copies.sql", release).fetch_all(conn).await?;
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let copies = rows.into_iter().map(|row| {
        let state = match row.release {
            _ if !row.has_tables => CopyState::NoTables,
            None => CopyState::Unknown,
            Some(_) if row.conflicts > 0 => CopyState::Conflicting,
            Some(at) if at != release => CopyState::Behind,
            Some(_) if row.edited > 0 => CopyState::Edited,
            Some(_) => CopyState::InStep,
        };
        TenantCopy {
            schema: row.schema,
            name: row.name,
            state,
            release: row.release,
            synchronised_at: row.synchronised_at,
            compared_at: row.compared_at,
            pending: count(row.pending),
            edited: count(row.edited),
            own: count(row.own),
            conflicts: count(row.conflicts),
        }
    });
    Ok(copies.collect())
}

/// Versions that somebody has with another content than was published, or that tenants have made in more than one way.
pub(super) async fn clashes(conn: &mut PgConnection) -> sqlx::Result<Vec<Clash>> {
    let rows = sqlx::query!(
        r#"SELECT c.key AS "slug!", c.version AS "version!",
                  jsonb_agg(jsonb_build_object('release', c.release, 'tenants', c.tenants) ORDER BY c.release NULLS LAST, c.tenants)
                      AS "contents!: Json<Vec<ClashContent>>"
           FROM (
               SELECT d.key, d.version, NULL::integer AS release, jsonb_agg(d.schema_name ORDER BY d.schema_name) AS tenants
               FROM tenantry.catalog_deviation d
               WHERE d.part = 'version' AND d.deviation IN ('edited', 'own')
               GROUP BY d.key, d.version, d.content
               UNION ALL
               SELECT v.slug, v.version, min(v.release), '[]'
               FROM tenantry.catalog_version v
               WHERE v.release > 0
                 AND EXISTS (SELECT FROM tenantry.catalog_deviation d
                             WHERE d.part = 'version' AND d.deviation IN ('edited', 'own') AND (d.key, d.version) = (v.slug, v.version))
               GROUP BY v.slug, v.version
           ) AS c
           GROUP BY c.key, c.version
           HAVING count(*) > 1
           ORDER BY c.key, c.version"#
    )
    .fetch_all(conn)
    .await?;
    let clash =
        rows.into_iter().map(|row| Clash { slug: row.slug, version: row.version, contents: row.contents.0 });
    Ok(clash.collect())
}

pub(super) struct Heat {
    pub schema: SchemaName,
    pub slug: String,
    pub state: HeatState,
}

/// What there is about which atom in which tenant.
pub(super) async fn heat(conn: &mut PgConnection, release: i32) -> sqlx::Result<Vec<Heat>> {
    sqlx::query_file_as!(Heat, "src/catalog/heat.sql", release).fetch_all(conn).await
}

/// The fields of rows that are not alike in a release (`after`) and the copy of the search path (`before`).
pub(super) async fn fields(
    conn: &mut PgConnection,
    release: i32,
    rows: &[RowKey],
) -> sqlx::Result<BTreeMap<RowKey, Vec<FieldDifference>>> {
    let rows = sqlx::query!(
        r#"SELECT d.part AS "part!: Part", d.key AS "key!", d.version AS "version!",
                  (SELECT jsonb_agg(jsonb_build_object('field', k.field, 'before', d.old ->> k.field, 'after', d.new ->> k.field) ORDER BY k.ordinality)
                   FROM jsonb_object_keys(COALESCE(d.new, d.old)) WITH ORDINALITY AS k (field, ordinality)
                   WHERE d.old -> k.field IS DISTINCT FROM d.new -> k.field) AS "fields: Json<Vec<FieldDifference>>"
           FROM (
               SELECT r.part, r.key, r.version,
                      CASE r.part
                          WHEN 'category' THEN (SELECT jsonb_build_object('description', c.description) FROM atoms_atomcategory c WHERE c.name = r.key)
                          WHEN 'atom' THEN (SELECT jsonb_build_object('name', a.name, 'description', a.description, 'category', c.name)
                                            FROM atoms_atom a JOIN atoms_atomcategory c ON c.id = a.category_id WHERE a.slug = r.key)
                          ELSE (SELECT jsonb_build_object('releaseDate', v.release_date, 'releaseNotes', v.release_notes,
                                                          'configSchema', v.config_schema, 'isActive', v.is_active)
                                FROM atoms_atomversion v JOIN atoms_atom a ON a.id = v.atom_id WHERE a.slug = r.key AND v.version = r.version)
                      END AS old,
                      CASE r.part
                          WHEN 'category' THEN (SELECT jsonb_build_object('description', m.description)
                                                FROM tenantry.catalog_category m WHERE m.release = $2 AND m.name = r.key)
                          WHEN 'atom' THEN (SELECT jsonb_build_object('name', m.name, 'description', m.description, 'category', m.category)
                                            FROM tenantry.catalog_atom m WHERE m.release = $2 AND m.slug = r.key)
                          ELSE (SELECT jsonb_build_object('releaseDate', m.release_date, 'releaseNotes', m.release_notes,
                                                          'configSchema', m.config_schema, 'isActive', m.is_active)
                                FROM tenantry.catalog_version m WHERE m.release = $2 AND m.slug = r.key AND m.version = r.version)
                      END AS new
               FROM jsonb_to_recordset($1) AS r (part text, key text, version text)
           ) AS d"#,
        Json(rows) as _,
        release,
    )
    .fetch_all(conn)
    .await?;
    let fields = rows.into_iter().map(|row| {
        let key = RowKey { part: row.part, key: row.key, version: row.version };
        (key, row.fields.map(|fields| fields.0).unwrap_or_default())
    });
    Ok(fields.collect())
}

pub(super) async fn receipts(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Vec<CatalogReceipt>> {
    sqlx::query_as!(
        CatalogReceipt,
        r#"SELECT operation AS "operation: OperationId", release_before, release, at, inserted, updated, deactivated, kept
           FROM tenantry.catalog_receipt WHERE schema_name = $1 ORDER BY at DESC LIMIT 200"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// Day, release, and how many tenants were at it when the day ended. Those that are deleted count as long as they were there.
pub(super) async fn history(conn: &mut PgConnection) -> sqlx::Result<Vec<(NaiveDate, i32, i32)>> {
    let rows = sqlx::query!(
        r#"WITH spell AS (
               SELECT r.release, r.at::date AS began,
                      COALESCE(lead(r.at::date) OVER (PARTITION BY r.schema_name ORDER BY r.at), r.deleted_at::date) AS ended
               FROM tenantry.catalog_receipt r
           ),
           day AS (SELECT DISTINCT began AS day FROM spell UNION SELECT CURRENT_DATE)
           SELECT d.day AS "day!", s.release AS "release!", count(*)::integer AS "tenants!"
           FROM day d
           JOIN spell s ON s.began <= d.day AND (s.ended IS NULL OR s.ended > d.day)
           WHERE s.release IS NOT NULL
           GROUP BY d.day, s.release
           ORDER BY d.day, s.release"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.day, row.release, row.tenants)).collect())
}
