//! The SQL of tenants.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::table::{TenantCheck, TenantColumn, TenantTable};
use super::{Attribute, Table, Tenant, attributes};
use crate::names::SchemaName;
use crate::sql;

pub(super) async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<Tenant>> {
    sqlx::query_as!(
        Tenant,
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!", t.is_active AS "is_active!",
                  t.created_on, d.primary_domain, COALESCE(d.domains, 0) AS "domains!", n.oid IS NOT NULL AS "has_schema!"
           FROM tenantry.tenant t
           LEFT JOIN (SELECT tenant_id, count(*) AS domains, min(domain) FILTER (WHERE is_primary) AS primary_domain
                      FROM tenantry.domain GROUP BY tenant_id) d ON d.tenant_id = t.id
           LEFT JOIN pg_namespace n ON n.nspname = t.schema_name
           WHERE NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name)
           ORDER BY lower(t.name), t.schema_name"#
    )
    .fetch_all(conn)
    .await
}

pub(crate) async fn find_by_schema(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Option<Tenant>> {
    // PostgreSQL can hold no such name, nor be asked about it.
    if schema.as_str().contains('\0') {
        return Ok(None);
    }
    sqlx::query_as!(
        Tenant,
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!", t.is_active AS "is_active!",
                  t.created_on,
                  (SELECT min(d.domain) FROM tenantry.domain d WHERE d.tenant_id = t.id AND d.is_primary) AS primary_domain,
                  (SELECT count(*) FROM tenantry.domain d WHERE d.tenant_id = t.id) AS "domains!",
                  EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = t.schema_name) AS "has_schema!"
           FROM tenantry.tenant t
           WHERE t.schema_name = $1 AND NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name)"#,
        schema.as_str(),
    )
    .fetch_optional(conn)
    .await
}

/// Who has the names of a request for a tenant.
pub(super) struct NamesInUse {
    /// The schema of another tenant that has the name.
    pub name_of: Option<SchemaName>,
    /// A tenant has the schema's name.
    pub is_tenant: bool,
    pub schema_exists: bool,
    /// A schema, or a tenant's name for one, that equals the schema's name but for case.
    pub differing_in_case: Option<String>,
}

pub(super) async fn names_in_use(
    conn: &mut PgConnection,
    name: Option<&str>,
    schema: &str,
) -> sqlx::Result<NamesInUse> {
    // PostgreSQL can hold no such name, nor be asked about it.
    let schema = Some(schema).filter(|schema| !schema.contains('\0'));
    sqlx::query_as!(
        NamesInUse,
        r#"SELECT (SELECT min(t.schema_name) FROM tenantry.tenant t
                   WHERE t.name = $1 AND t.schema_name IS DISTINCT FROM $2) AS "name_of: SchemaName",
                  EXISTS (SELECT FROM tenantry.tenant t WHERE t.schema_name = $2) AS "is_tenant!",
                  EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = $2) AS "schema_exists!",
                  (SELECT min(known.name)
                   FROM (SELECT nspname::text FROM pg_namespace UNION ALL SELECT schema_name FROM tenantry.tenant) AS known (name)
                   WHERE lower(known.name) = lower($2) AND known.name <> $2) AS differing_in_case"#,
        name,
        schema,
    )
    .fetch_one(conn)
    .await
}

/// Every schema name, in lower case, that begins as the given one does.
pub(super) async fn schemas_like(conn: &mut PgConnection, base: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT lower(name) AS "name!"
           FROM (SELECT nspname::text AS name FROM pg_namespace UNION SELECT schema_name FROM tenantry.tenant) AS known
           WHERE starts_with(lower(name), left($1, 58))"#,
        base,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn attributes(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Attribute>> {
    sqlx::query_as!(
        Attribute,
        r#"SELECT a.attname::text AS "column!", to_jsonb(t) ->> a.attname AS value
           FROM tenantry.tenant t
           JOIN pg_attribute a ON a.attrelid = 'tenantry.tenant'::regclass AND a.attnum > 0 AND NOT a.attisdropped
           WHERE t.schema_name = $1 AND a.attname <> ALL ($2::text[])
           ORDER BY a.attnum"#,
        schema.as_str(),
        &attributes::own(),
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn tenant_table(conn: &mut PgConnection) -> sqlx::Result<TenantTable> {
    sqlx::query_as!(
        TenantTable,
        r#"WITH base AS MATERIALIZED (
               SELECT to_regclass(format('%I.%I', table_schema, table_name)) AS oid
               FROM tenantry.mapping
               WHERE part = 'tenant'
           )
           SELECT (SELECT jsonb_agg(jsonb_build_object(
                              'name', v.attname, 'dataType', format_type(v.atttypid, v.atttypmod),
                              'default', (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d
                                          WHERE d.adrelid = v.attrelid AND d.adnum = v.attnum),
                              'isWritable', pg_column_is_updatable(v.attrelid, v.attnum, false),
                              'isNotNull', COALESCE(a.attnotnull, false),
                              'isFilled', COALESCE(a.atthasdef OR a.attidentity <> '', false) OR v.atthasdef)
                              ORDER BY v.attnum)
                   FROM pg_attribute v
                   LEFT JOIN pg_attribute a ON a.attrelid = (SELECT oid FROM base) AND a.attname = v.attname
                   WHERE v.attrelid = 'tenantry.tenant'::regclass AND v.attnum > 0) AS "columns!: Json<Vec<TenantColumn>>",
                  COALESCE((SELECT jsonb_agg(jsonb_build_object('name', c.conname, 'expression', pg_get_expr(c.conbin, c.conrelid),
                                                                'columns', array(SELECT a.attname FROM pg_attribute a
                                                                                 WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)))
                                             ORDER BY c.conname)
                            FROM pg_constraint c
                            WHERE c.conrelid = (SELECT oid FROM base) AND c.contype = 'c'), '[]') AS "checks!: Json<Vec<TenantCheck>>""#
    )
    .fetch_one(conn)
    .await
}

/// Which of some records, JSON as text, the tenant table cannot read: those with text that is no integer, or too long,
/// say. By their places.
pub(super) async fn unreadable(conn: &mut PgConnection, records: &[String]) -> sqlx::Result<Vec<i32>> {
    sqlx::query_scalar!(r#"SELECT tenantry.unreadable_records($1) AS "bad!""#, records).fetch_one(conn).await
}

/// The columns in which tenants' rows differ from the values given, each with its tenant's place among them.
pub(super) async fn differing_attributes(
    conn: &mut PgConnection,
    schemas: &[String],
    records: &Value,
) -> sqlx::Result<Vec<(usize, String)>> {
    let rows = sqlx::query!(
        r#"SELECT asked.place AS "place!", given.key AS "column!"
           FROM ROWS FROM (unnest($1::text[]), jsonb_array_elements($2)) WITH ORDINALITY AS asked (schema, record, place)
           JOIN tenantry.tenant t ON t.schema_name = asked.schema
           CROSS JOIN LATERAL jsonb_each(to_jsonb(jsonb_populate_record(NULL::tenantry.tenant, asked.record))) AS given
           WHERE asked.record ? given.key AND to_jsonb(t) -> given.key IS DISTINCT FROM given.value"#,
        schemas,
        records,
    )
    .fetch_all(conn)
    .await?;
    let place = |place: i64| usize::try_from(place - 1).unwrap_or_default();
    Ok(rows.into_iter().map(|row| (place(row.place), row.column)).collect())
}

pub(super) async fn tables(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Table>> {
    sqlx::query_as!(
        Table,
        r#"SELECT c.relname::text AS "name!", NULLIF(c.reltuples, -1)::bigint AS rows, pg_total_relation_size(c.oid) AS "bytes!"
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')
           ORDER BY c.relname"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// How many characters a tenant's name can have; `None` where there is no limit.
pub(super) async fn name_limit(conn: &mut PgConnection) -> sqlx::Result<Option<i32>> {
    sqlx::query_scalar!(
        "SELECT NULLIF(atttypmod, -1) - 4 FROM pg_attribute WHERE attrelid = 'tenantry.tenant'::regclass AND attname = 'name'"
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn row_version(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<String> {
    sqlx::query_scalar!(
        r#"SELECT md5(t::text) AS "version!" FROM tenantry.tenant t WHERE t.schema_name = $1"#,
        schema.as_str()
    )
    .fetch_one(conn)
    .await
}

/// What of a schema has the schema's own name as text: functions, and the settings that they run with.
pub(super) async fn mentions(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT p.oid::regprocedure::text AS "object!"
           FROM pg_proc p
           JOIN pg_namespace n ON n.oid = p.pronamespace
           WHERE n.nspname = $1 AND (strpos(p.prosrc, $1) > 0 OR strpos(array_to_string(p.proconfig, ' '), $1) > 0)
           ORDER BY 1"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// What the schemas of these tenants, by their keys, are called now.
pub(crate) async fn schemas_of(
    conn: &mut PgConnection,
    keys: &[String],
) -> sqlx::Result<HashMap<String, SchemaName>> {
    let rows = sqlx::query!(
        r#"SELECT t.id::text AS "key!", t.schema_name AS "schema!: SchemaName" FROM tenantry.tenant t WHERE t.id::text = ANY ($1::text[])"#,
        keys,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.key, row.schema)).collect())
}

/// A tenant's key, as text.
pub(super) async fn key_of(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"SELECT t.id::text AS "key!" FROM tenantry.tenant t WHERE t.schema_name = $1"#,
        schema.as_str()
    )
    .fetch_optional(conn)
    .await
}

/// What we have written down about a schema goes with its name.
pub(super) async fn rename_records(
    conn: &mut PgConnection,
    before: &SchemaName,
    after: &SchemaName,
) -> sqlx::Result<()> {
    // Others may have dropped a schema of that name without us.
    forget_records(conn, after).await?;
    sqlx::query!(
        "WITH blueprint AS (UPDATE tenantry.blueprint SET template = $2 WHERE template = $1),
              copy AS (UPDATE tenantry.catalog_copy SET schema_name = $2 WHERE schema_name = $1),
              receipt AS (UPDATE tenantry.catalog_receipt SET schema_name = $2 WHERE schema_name = $1)
         UPDATE tenantry.tenant_migration SET schema_name = $2 WHERE schema_name = $1",
        before.as_str(),
        after.as_str(),
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Nothing that we have written down about a schema is true any longer.
pub(super) async fn forget_records(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!(
        "WITH copy AS (DELETE FROM tenantry.catalog_copy WHERE schema_name = $1)
         DELETE FROM tenantry.tenant_migration WHERE schema_name = $1",
        schema.as_str()
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The columns of the platform's tenant table that no two tenants can share.
pub(super) async fn unique_columns(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT a.attname::text AS "column!"
           FROM tenantry.mapping m
           JOIN pg_namespace n ON n.nspname = m.table_schema
           JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = m.table_name
           JOIN pg_index x ON x.indrelid = t.oid AND x.indisunique
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey::smallint[])
           WHERE m.part = 'tenant'"#
    )
    .fetch_all(conn)
    .await
}

/// The migrations that the ledger of one schema has and that of another lacks, as `app.name`. None where the first has no
/// ledger; where only the second has none, its table is still to be made, so all of them.
pub(super) async fn lacking_migrations(
    conn: &mut PgConnection,
    schema: &SchemaName,
    like: &SchemaName,
) -> sqlx::Result<Vec<String>> {
    let there: Vec<String> = sqlx::query_scalar!(
        r#"SELECT n.nspname::text AS "schema!"
           FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relname = 'django_migrations' AND n.nspname IN ($1, $2)"#,
        schema.as_str(),
        like.as_str(),
    )
    .fetch_all(&mut *conn)
    .await?;
    if !there.iter().any(|found| found == like.as_str()) {
        return Ok(Vec::new());
    }
    let own = there.iter().any(|found| found == schema.as_str()).then_some(schema);
    sqlx::query_scalar(sql::migrations_beyond(own, like)).fetch_all(conn).await
}

/// A column that a sequence of its own numbers.
pub(super) struct Numbered {
    pub table: String,
    pub column: String,
    pub sequence: String,
}

/// The numbered columns of some tables.
pub(super) async fn numbered(
    conn: &mut PgConnection,
    schema: &SchemaName,
    tables: &[String],
) -> sqlx::Result<Vec<Numbered>> {
    sqlx::query_as!(
        Numbered,
        r#"SELECT t.relname::text AS "table!", a.attname::text AS "column!", s.relname::text AS "sequence!"
           FROM pg_class t
           JOIN pg_namespace n ON n.oid = t.relnamespace
           JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
           JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
           WHERE n.nspname = $1 AND t.relname = ANY ($2::text[])
           ORDER BY 1, 2"#,
        schema.as_str(),
        tables,
    )
    .fetch_all(conn)
    .await
}

/// Sets the copies of the primary domains; where there is none, only if the tenant has no domain at all.
pub(super) async fn copy_primaries(
    conn: &mut PgConnection,
    primaries: &[(&SchemaName, Option<&str>)],
) -> sqlx::Result<()> {
    let (schemas, domains): (Vec<_>, Vec<_>) = primaries
        .iter()
        .map(|(schema, domain)| (schema.to_string(), domain.unwrap_or_default().to_owned()))
        .unzip();
    sqlx::query!(
        "UPDATE tenantry.tenant t SET primary_domain = p.domain
         FROM unnest($1::text[], $2::text[]) AS p (schema_name, domain)
         WHERE t.schema_name = p.schema_name AND t.primary_domain IS DISTINCT FROM p.domain
           AND (p.domain <> '' OR NOT EXISTS (SELECT FROM tenantry.domain d WHERE d.tenant_id = t.id))",
        &schemas,
        &domains,
    )
    .execute(conn)
    .await?;
    Ok(())
}
