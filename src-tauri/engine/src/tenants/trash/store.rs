//! The SQL of deleted tenants.

use serde_json::Value;
use sqlx::PgConnection;

use super::TrashedTenant;
use crate::names::SchemaName;

struct TrashRow {
    trash: SchemaName,
    schema: SchemaName,
    name: String,
    domains: Vec<String>,
    tables: i32,
    deleted_at: chrono::DateTime<chrono::Utc>,
    deleted_by: String,
    purging: bool,
}

impl From<TrashRow> for TrashedTenant {
    fn from(row: TrashRow) -> Self {
        let TrashRow { trash, schema, name, domains, tables, deleted_at, deleted_by, purging } = row;
        let tables = u32::try_from(tables).unwrap_or(0);
        Self { trash, schema, name, domains, tables, deleted_at, deleted_by, purging }
    }
}

pub(super) async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<TrashedTenant>> {
    let rows = sqlx::query_as!(
        TrashRow,
        r#"SELECT x.schema_name AS "trash!: SchemaName", x.former_schema AS "schema!: SchemaName", x.former_row ->> 'name' AS "name!",
                  ARRAY(SELECT d ->> 'domain' FROM jsonb_array_elements(x.domains) AS d ORDER BY 1) AS "domains!",
                  cardinality(x.tables) AS "tables!", x.deleted_at, x.deleted_by, x.purging
           FROM tenantry.trash x
           ORDER BY x.deleted_at DESC, x.schema_name"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(TrashedTenant::from).collect())
}

/// By the name in the trash, or the last one deleted of that former name.
pub(super) async fn find(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Option<TrashedTenant>> {
    let row = sqlx::query_as!(
        TrashRow,
        r#"SELECT x.schema_name AS "trash!: SchemaName", x.former_schema AS "schema!: SchemaName", x.former_row ->> 'name' AS "name!",
                  ARRAY(SELECT d ->> 'domain' FROM jsonb_array_elements(x.domains) AS d ORDER BY 1) AS "domains!",
                  cardinality(x.tables) AS "tables!", x.deleted_at, x.deleted_by, x.purging
           FROM tenantry.trash x
           WHERE x.schema_name = $1 OR x.former_schema = $1
           ORDER BY x.schema_name = $1 DESC, x.deleted_at DESC
           LIMIT 1"#,
        schema.as_str(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(TrashedTenant::from))
}

pub(super) async fn remember(
    conn: &mut PgConnection,
    schema: &SchemaName,
    trash: &SchemaName,
    tables: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.trash (schema_name, former_schema, former_row, tables)
         SELECT $2, t.schema_name, to_jsonb(t), $3 FROM tenantry.tenant t WHERE t.schema_name = $1",
        schema.as_str(),
        trash.as_str(),
        tables,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Takes the tenant's domains out of the platform's table, and keeps their rows whole.
pub(super) async fn park_domains(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"WITH gone AS (
               DELETE FROM tenantry.domain d
               WHERE d.tenant_id = (SELECT t.id FROM tenantry.tenant t WHERE t.schema_name = $1)
               RETURNING to_jsonb(d) AS row
           ), unassigned AS (
               DELETE FROM tenantry.assignment a USING gone WHERE a.domain = gone.row ->> 'domain'
           ), kept AS (
               UPDATE tenantry.trash SET domains = (SELECT COALESCE(jsonb_agg(row), '[]') FROM gone) WHERE schema_name = $1
           )
           SELECT count(*) AS "parked!" FROM gone"#,
        trash.as_str(),
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn former_row(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!(
        "SELECT former_row FROM tenantry.trash WHERE schema_name = $1 AND NOT purging FOR UPDATE",
        trash.as_str()
    )
    .fetch_optional(conn)
    .await
}

/// The primary one among the domains that a deleted tenant had.
pub(super) async fn parked_primary(
    conn: &mut PgConnection,
    trash: &SchemaName,
) -> sqlx::Result<Option<String>> {
    let primary = sqlx::query_scalar!(
        "SELECT d ->> 'domain' FROM tenantry.trash x, jsonb_array_elements(x.domains) AS d
         WHERE x.schema_name = $1 AND (d ->> 'is_primary')::boolean LIMIT 1",
        trash.as_str(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(primary.flatten())
}

pub(super) async fn unpark_domains(
    conn: &mut PgConnection,
    trash: &SchemaName,
    domains: &[String],
) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"WITH back AS (
               INSERT INTO tenantry.domain OVERRIDING SYSTEM VALUE
               SELECT d.* FROM tenantry.trash x
               CROSS JOIN LATERAL jsonb_populate_recordset(NULL::tenantry.domain, x.domains) AS d
               WHERE x.schema_name = $1 AND d.domain = ANY ($2::text[])
               ON CONFLICT DO NOTHING
               RETURNING domain, tenant_id
           ), assigned AS (
               INSERT INTO tenantry.assignment (domain, tenant) SELECT domain, tenant_id::text FROM back
               ON CONFLICT (domain) DO UPDATE SET tenant = EXCLUDED.tenant, since = now(), assigned_by = session_user
           )
           SELECT count(*) AS "back!" FROM back"#,
        trash.as_str(),
        domains,
    )
    .fetch_one(conn)
    .await
}

/// What was proven for a tenant is nobody's any more.
pub(super) async fn forget_proofs(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM tenantry.domain_axis x USING tenantry.tenant t WHERE x.tenant = t.id::text AND t.schema_name = $1",
        trash.as_str()
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn forget(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM tenantry.trash WHERE schema_name = $1", trash.as_str()).execute(conn).await?;
    Ok(())
}

pub(super) async fn begin_purge(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!("UPDATE tenantry.trash SET purging = true WHERE schema_name = $1", trash.as_str())
        .execute(conn)
        .await?;
    Ok(())
}

/// A foreign key, by its table and name.
pub(super) struct Key {
    pub table: String,
    pub constraint: String,
}

/// The foreign keys of a schema's tables to tables elsewhere.
pub(super) async fn keys_out(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Key>> {
    sqlx::query_as!(
        Key,
        r#"SELECT child.relname::text AS "table!", c.conname::text AS "constraint!"
           FROM pg_constraint c
           JOIN pg_class child ON child.oid = c.conrelid
           JOIN pg_class parent ON parent.oid = c.confrelid
           JOIN pg_namespace n ON n.oid = child.relnamespace
           WHERE n.nspname = $1 AND c.contype = 'f' AND c.conparentid = 0 AND parent.relnamespace <> child.relnamespace
           ORDER BY 1, 2"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// What stands in other schemas and would go with this one: foreign keys to its tables, and views over them.
pub(super) async fn needed_by(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"WITH own AS (
               SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1
           )
           SELECT DISTINCT other.relnamespace::regnamespace || '.' || quote_ident(other.relname) AS "object!"
           FROM (SELECT c.conrelid AS relation FROM pg_constraint c WHERE c.contype = 'f' AND c.confrelid IN (SELECT oid FROM own)
                 UNION ALL
                 SELECT r.ev_class FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid
                 WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass AND d.refobjid IN (SELECT oid FROM own)) AS needs
           JOIN pg_class other ON other.oid = needs.relation
           WHERE other.oid NOT IN (SELECT oid FROM own)
           ORDER BY 1"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn tables(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT c.relname::text AS "name!"
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
           ORDER BY 1"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// The tables that the tenant had when it was deleted.
pub(super) async fn remembered_tables(
    conn: &mut PgConnection,
    trash: &SchemaName,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("SELECT tables FROM tenantry.trash WHERE schema_name = $1", trash.as_str())
        .fetch_one(conn)
        .await
}

pub(super) async fn delete_row(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<u64> {
    let deleted = sqlx::query!("DELETE FROM tenantry.tenant WHERE schema_name = $1", trash.as_str())
        .execute(&mut *conn)
        .await?;
    crate::tenants::store::forget_records(conn, trash).await?;
    Ok(deleted.rows_affected())
}

/// From now on, the tenant counts for no release.
pub(super) async fn end_receipts(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.catalog_receipt SET deleted_at = now() WHERE schema_name = $1",
        trash.as_str()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// As if it had been there all the time.
pub(super) async fn resume_receipts(conn: &mut PgConnection, trash: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.catalog_receipt SET deleted_at = NULL WHERE schema_name = $1",
        trash.as_str()
    )
    .execute(conn)
    .await?;
    Ok(())
}
