//! The SQL of tenants.

use serde_json::Value;
use sqlx::PgConnection;

use super::{Attribute, AttributeColumn, Owner, Table, Tenant, attributes};
use crate::names::SchemaName;

pub(super) async fn list(conn: &mut PgConnection) -> sqlx::Result<Vec<Tenant>> {
    sqlx::query_as!(
        Tenant,
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!", t.is_active AS "is_active!",
                  t.created_on, d.primary_domain, COALESCE(d.domains, 0) AS "domains!", n.oid IS NOT NULL AS "has_schema!"
           FROM tenantry.tenant t
           LEFT JOIN (SELECT tenant_id, count(*) AS domains, min(domain) FILTER (WHERE is_primary) AS primary_domain
                      FROM tenantry.domain GROUP BY tenant_id) d ON d.tenant_id = t.id
           LEFT JOIN pg_namespace n ON n.nspname = t.schema_name
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
           WHERE t.schema_name = $1"#,
        schema.as_str(),
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn find_by_name(conn: &mut PgConnection, name: &str) -> sqlx::Result<Option<Owner>> {
    sqlx::query_as!(
        Owner,
        r#"SELECT schema_name AS "schema!: SchemaName", name AS "name!" FROM tenantry.tenant WHERE name = $1"#,
        name,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn schema_exists(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS "exists!""#,
        schema.as_str()
    )
    .fetch_one(conn)
    .await
}

/// A schema, or a tenant's name for one, that equals this name but for case.
pub(super) async fn schema_differing_in_case(
    conn: &mut PgConnection,
    schema: &str,
) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"SELECT name AS "name!"
           FROM (SELECT nspname::text AS name FROM pg_namespace UNION SELECT schema_name FROM tenantry.tenant) AS known
           WHERE lower(name) = lower($1) AND name <> $1
           ORDER BY name
           LIMIT 1"#,
        schema,
    )
    .fetch_optional(conn)
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

pub(super) async fn attribute_columns(
    conn: &mut PgConnection,
    own: &[String],
) -> sqlx::Result<Vec<AttributeColumn>> {
    sqlx::query_as!(
        AttributeColumn,
        r#"SELECT a.attname::text AS "column!", format_type(a.atttypid, a.atttypmod) AS "data_type!",
                  pg_get_expr(d.adbin, d.adrelid) AS default
           FROM pg_attribute a
           LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
           WHERE a.attrelid = 'tenantry.tenant'::regclass AND a.attnum > 0 AND NOT a.attisdropped
             AND a.attname <> ALL ($1::text[])
           ORDER BY a.attnum"#,
        own,
    )
    .fetch_all(conn)
    .await
}

/// The columns of the platform's tenant table that cannot be NULL.
pub(super) async fn required_columns(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT a.attname::text AS "column!"
           FROM tenantry.mapping m
           JOIN pg_namespace n ON n.nspname = m.table_schema
           JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = m.table_name
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.attnotnull
           WHERE m.part = 'tenant'"#
    )
    .fetch_all(conn)
    .await
}

/// Lets PostgreSQL read values as the columns' types; an error says that it cannot.
pub(super) async fn read_record(conn: &mut PgConnection, record: &Value) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT to_jsonb(jsonb_populate_record(NULL::tenantry.tenant, $1))", record)
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// The columns in which a tenant's row differs from the values given.
pub(super) async fn differing_attributes(
    conn: &mut PgConnection,
    schema: &SchemaName,
    record: &Value,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT given.key AS "column!"
           FROM tenantry.tenant t
           CROSS JOIN LATERAL jsonb_each(to_jsonb(jsonb_populate_record(NULL::tenantry.tenant, $2))) AS given
           WHERE t.schema_name = $1 AND $2 ? given.key AND to_jsonb(t) -> given.key IS DISTINCT FROM given.value"#,
        schema.as_str(),
        record,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct TenantCheck {
    pub name: String,
    pub expression: String,
    pub columns: Vec<String>,
}

/// The check constraints of the platform's tenant table.
pub(super) async fn tenant_checks(conn: &mut PgConnection) -> sqlx::Result<Vec<TenantCheck>> {
    sqlx::query_as!(
        TenantCheck,
        r#"SELECT c.conname::text AS "name!", pg_get_expr(c.conbin, c.conrelid) AS "expression!",
                  array(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)) AS "columns!"
           FROM tenantry.mapping m
           JOIN pg_namespace n ON n.nspname = m.table_schema
           JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = m.table_name
           JOIN pg_constraint c ON c.conrelid = t.oid AND c.contype = 'c'
           WHERE m.part = 'tenant'
           ORDER BY c.conname"#
    )
    .fetch_all(conn)
    .await
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
