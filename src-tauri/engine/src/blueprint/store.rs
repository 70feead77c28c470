//! The SQL around a tenant schema's structure.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use sqlx::postgres::types::Oid;
use sqlx::types::Json;

use super::definition::{Obstacle, Table};
use super::reference::Keys;
use super::structure::ObjectKind;
use super::{Choice, ReferenceRows};
use crate::error::Blocker;
use crate::names::SchemaName;
use crate::sql;

/// From here to the end of the transaction, unqualified names are this schema's and no other's.
pub(crate) async fn enter(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT set_config('search_path', $1, true)", schema.search_path())
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// The search path is the session's own again.
pub(crate) async fn leave(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SET LOCAL search_path TO DEFAULT").execute(conn).await?;
    Ok(())
}

/// What is known of an earlier schema of that name, which others have dropped, gives way.
pub(super) async fn record_parts(
    conn: &mut PgConnection,
    schema: &SchemaName,
    versions: &[i32],
    descriptions: &[String],
    checksums: &[Vec<u8>],
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.tenant_migration (schema_name, version, description, checksum)
         SELECT $1, part.version, part.description, part.checksum
         FROM unnest($2::integer[], $3::text[], $4::bytea[]) AS part (version, description, checksum)
         ON CONFLICT (schema_name, version)
         DO UPDATE SET description = EXCLUDED.description, checksum = EXCLUDED.checksum, applied_at = EXCLUDED.applied_at",
        schema.as_str(),
        versions,
        descriptions,
        checksums,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) struct BlockerRow {
    pub pid: i32,
    pub user: String,
    pub application: String,
    pub seconds: i64,
}

/// The sessions that hold a lock on a shared table in a mode that conflicts with SHARE ROW EXCLUSIVE, which a new foreign key
/// takes; or any lock on one, where a foreign key is to go.
pub(super) async fn blockers_of_shared(conn: &mut PgConnection) -> sqlx::Result<Vec<Blocker>> {
    let rows = sqlx::query_as!(
        BlockerRow,
        r#"SELECT DISTINCT a.pid AS "pid!", COALESCE(a.usename, '') AS "user!", COALESCE(a.application_name, '') AS "application!",
                  COALESCE(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::bigint AS "seconds!"
           FROM pg_locks l
           JOIN pg_class c ON c.oid = l.relation AND c.relkind IN ('r', 'p')
           JOIN pg_stat_activity a ON a.pid = l.pid
           WHERE l.granted
             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
             AND (c.relnamespace = 'public'::regnamespace AND EXISTS (SELECT FROM pg_constraint k WHERE k.confrelid = c.oid)
                  OR c.oid = 'tenantry.journal_head'::regclass)
             AND l.pid <> pg_backend_pid()"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Blocker::from).collect())
}

/// The foreign keys of a schema to tables elsewhere, as the structure prints them. The search path is that schema.
pub(super) async fn keys_out(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Vec<(String, String)>> {
    let rows = sqlx::query!(
        // One table at a time, by the indexes of the catalogs: they hold the tables of every tenant.
        r#"SELECT c.table_name || '.' || c.conname AS "name!", pg_get_constraintdef(c.oid, true) AS "definition!"
           FROM pg_namespace n
           JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid AND d.classid = 'pg_class'::regclass
           CROSS JOIN LATERAL (SELECT oid, conname, (SELECT relname FROM pg_class WHERE oid = conrelid) AS table_name,
                                      (SELECT relnamespace FROM pg_class WHERE oid = confrelid) AS target
                               FROM pg_constraint WHERE conrelid = d.objid AND contype = 'f' OFFSET 0) c
           WHERE n.nspname = $1 AND c.target <> n.oid"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.definition)).collect())
}

pub(super) async fn choice(conn: &mut PgConnection) -> sqlx::Result<Choice> {
    let row = sqlx::query!(
        r#"SELECT template AS "template: SchemaName", reference AS "reference: Json<Vec<ReferenceRows>>",
                  to_regclass('tenantry.platform_migration') IS NOT NULL AS "has_files!"
           FROM tenantry.blueprint"#
    )
    .fetch_one(conn)
    .await?;
    Ok(Choice { template: row.template, reference: row.reference.0, has_files: row.has_files })
}

pub(super) async fn lock_choice(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT one FROM tenantry.blueprint FOR UPDATE").fetch_one(conn).await?;
    Ok(())
}

pub(super) async fn choose(
    conn: &mut PgConnection,
    template: Option<&SchemaName>,
    reference: &[ReferenceRows],
) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.blueprint SET template = $1, reference = $2",
        template.map(SchemaName::as_str),
        Json(reference) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn schema_exists(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = $1) AS "exists!""#,
        schema.as_str()
    )
    .fetch_one(conn)
    .await
}

/// Those of these names that no table of the schema has.
pub(super) async fn missing_tables(
    conn: &mut PgConnection,
    schema: &SchemaName,
    tables: &[String],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT name AS "name!" FROM unnest($2::text[]) AS name
           WHERE NOT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                             WHERE n.nspname = $1 AND c.relname = name AND c.relkind IN ('r', 'p'))"#,
        schema.as_str(),
        tables,
    )
    .fetch_all(conn)
    .await
}

/// See `pieces.sql`.
pub(super) struct PieceRow {
    pub stage: i32,
    pub catalog: Option<Oid>,
    pub id: Option<Oid>,
    pub kind: ObjectKind,
    pub name: String,
    pub joins: Option<String>,
    pub shared: bool,
    pub statement: String,
}

/// The statements that make a schema again. The search path is that schema.
pub(super) async fn pieces(conn: &mut PgConnection, template: &SchemaName) -> sqlx::Result<Vec<PieceRow>> {
    sqlx::query_file_as!(PieceRow, "src/blueprint/pieces.sql", template.as_str()).fetch_all(conn).await
}

/// One object needs another.
pub(super) struct Need {
    pub catalog: Oid,
    pub id: Oid,
    pub needs_catalog: Oid,
    pub needs_id: Oid,
}

pub(super) async fn dependencies(conn: &mut PgConnection, template: &SchemaName) -> sqlx::Result<Vec<Need>> {
    sqlx::query_file_as!(Need, "src/blueprint/dependencies.sql", template.as_str()).fetch_all(conn).await
}

pub(super) async fn obstacles(conn: &mut PgConnection, template: &SchemaName) -> sqlx::Result<Vec<Obstacle>> {
    sqlx::query_file_as!(Obstacle, "src/blueprint/obstacles.sql", template.as_str()).fetch_all(conn).await
}

pub(super) async fn stored_tables(
    conn: &mut PgConnection,
    template: &SchemaName,
) -> sqlx::Result<Vec<Table>> {
    sqlx::query_file_as!(Table, "src/blueprint/tables.sql", template.as_str()).fetch_all(conn).await
}

/// Another text after any DDL in the schema.
pub(super) async fn catalog_version(conn: &mut PgConnection, template: &SchemaName) -> sqlx::Result<String> {
    sqlx::query_file_scalar!("src/blueprint/catalog_version.sql", template.as_str()).fetch_one(conn).await
}

/// The tables of a schema whose foreign keys leave it, and the tables of `public` that they point to.
pub(super) struct SharedKeys {
    pub tables: Vec<String>,
    pub targets: Vec<String>,
}

pub(super) async fn shared_keys(conn: &mut PgConnection, template: &SchemaName) -> sqlx::Result<SharedKeys> {
    sqlx::query_as!(
        SharedKeys,
        r#"SELECT COALESCE(array_agg(DISTINCT c.relname::text), '{}') AS "tables!",
                  COALESCE(array_agg(DISTINCT t.relname::text) FILTER (WHERE t.relnamespace = 'public'::regnamespace), '{}') AS "targets!"
           FROM pg_constraint k
           JOIN pg_namespace n ON n.oid = k.connamespace
           JOIN pg_class c ON c.oid = k.conrelid
           JOIN pg_class t ON t.oid = k.confrelid
           WHERE n.nspname = $1 AND k.contype = 'f' AND t.relnamespace <> n.oid"#,
        template.as_str(),
    )
    .fetch_one(conn)
    .await
}

/// A table whose rows have a primary key, with the columns that say what a row is: without numbered keys and times. If nothing
/// is left, all of them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    pub name: String,
    pub key: Vec<String>,
    pub columns: Vec<String>,
    /// Points in time.
    pub times: Vec<String>,
}

pub(super) async fn candidates(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Candidate>> {
    sqlx::query_file_as!(Candidate, "src/blueprint/candidates.sql", schema.as_str()).fetch_all(conn).await
}

/// How many rows these tables have; of more than `limit`, that many.
pub(super) async fn count_rows(
    conn: &mut PgConnection,
    schema: &SchemaName,
    tables: &[Candidate],
    limit: i64,
) -> sqlx::Result<BTreeMap<String, i64>> {
    if tables.is_empty() {
        return Ok(BTreeMap::new());
    }
    let names: Vec<_> = tables.iter().map(|table| table.name.as_str()).collect();
    let rows = sqlx::query_as(sql::count_rows(schema, &names, limit)).persistent(false);
    Ok(rows.fetch_all(conn).await?.into_iter().collect())
}

/// The keys of all rows of these tables.
pub(super) async fn keys(
    conn: &mut PgConnection,
    schema: &SchemaName,
    tables: &[&Candidate],
) -> sqlx::Result<BTreeMap<String, Keys>> {
    if tables.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tables: Vec<_> = tables.iter().map(|table| (table.name.as_str(), table.key.as_slice())).collect();
    Ok(by_table(sqlx::query_as(sql::keys(schema, &tables)).persistent(false).fetch_all(conn).await?))
}

/// The keys of those rows that another schema has too. Of its tables, so many rows are read. With a ledger, rows from times when
/// no migration ran are left out.
pub(super) async fn rows_alike(
    conn: &mut PgConnection,
    schema: &SchemaName,
    other: &SchemaName,
    tables: &[&Candidate],
    (has_ledger, limit): (bool, i64),
) -> sqlx::Result<BTreeMap<String, Keys>> {
    if tables.is_empty() {
        return Ok(BTreeMap::new());
    }
    let tables: Vec<_> = tables
        .iter()
        .map(|table| sql::Compared {
            name: &table.name,
            key: &table.key,
            columns: &table.columns,
            times: if has_ledger { &table.times } else { &[] },
        })
        .collect();
    let statement = sql::rows_alike(schema, other, &tables, limit);
    Ok(by_table(sqlx::query_as(statement).persistent(false).fetch_all(conn).await?))
}

fn by_table(rows: Vec<(String, String)>) -> BTreeMap<String, Keys> {
    let mut keys: BTreeMap<String, Keys> = BTreeMap::new();
    for (table, key) in rows {
        keys.entry(table).or_default().insert(key);
    }
    keys
}

/// A foreign key inside a schema.
#[derive(Debug)]
pub(crate) struct OwnKey {
    pub table: String,
    pub columns: Vec<String>,
    pub target: String,
    pub target_columns: Vec<String>,
}

pub(super) async fn own_keys(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<OwnKey>> {
    sqlx::query_as!(
        OwnKey,
        r#"SELECT c.relname::text AS "table!", t.relname::text AS "target!",
                  ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (attnum, place)
                        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum ORDER BY u.place) AS "columns!",
                  ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u (attnum, place)
                        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.attnum ORDER BY u.place) AS "target_columns!"
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid = 0
           JOIN pg_class t ON t.oid = k.confrelid AND t.relnamespace = n.oid
           WHERE n.nspname = $1
           ORDER BY c.relname, k.conname"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// A row of one table points to a row of another; both are named by their keys.
#[derive(sqlx::FromRow)]
pub(super) struct Link {
    pub table: String,
    pub key: String,
    pub target: String,
    pub target_key: String,
}

/// What rows of these tables point to.
pub(super) async fn links(
    conn: &mut PgConnection,
    schema: &SchemaName,
    own_keys: &[OwnKey],
    tables: &[Candidate],
) -> sqlx::Result<Vec<Link>> {
    let key_of =
        |name: &str| tables.iter().find(|table| table.name == name).map_or(&[][..], |table| &table.key);
    let links: Vec<_> = own_keys.iter().map(|own| (own, key_of(&own.table), key_of(&own.target))).collect();
    if links.is_empty() {
        return Ok(Vec::new());
    }
    sqlx::query_as(sql::links(schema, &links)).persistent(false).fetch_all(conn).await
}

/// Tenants other than a template. One that was cloned from it with its data, or it from that one, is no other: what both hold may
/// be anybody's.
pub(super) async fn other_tenants(
    conn: &mut PgConnection,
    template: &SchemaName,
    limit: i64,
) -> sqlx::Result<Vec<SchemaName>> {
    sqlx::query_scalar!(
        r#"SELECT t.schema_name AS "schema!: SchemaName" FROM tenantry.tenant t
           WHERE t.schema_name NOT IN ($1, 'public') AND EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = t.schema_name)
             AND NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name)
             AND NOT EXISTS (SELECT FROM tenantry.operation o, jsonb_array_elements(o.plan -> 'changes') c
                             WHERE o.kind = 'tenant.clone' AND (c -> 'withData')::boolean
                               AND (c ->> 'schema', c ->> 'template') IN (($1, t.schema_name), (t.schema_name, $1)))
           ORDER BY t.schema_name COLLATE "C" LIMIT $2"#,
        template.as_str(),
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Those of some tables of a schema of which `public` has one with the same columns.
pub(super) async fn same_in_public(
    conn: &mut PgConnection,
    schema: &SchemaName,
    tables: &[String],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"WITH shape AS (
               SELECT c.relnamespace, c.relname::text AS name,
                      array_agg(format('%s %s', a.attname, format_type(a.atttypid, a.atttypmod)) ORDER BY a.attname) AS columns
               FROM pg_class c
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               WHERE c.relkind = 'r' AND c.relname = ANY ($2::text[])
                 AND c.relnamespace IN ('public'::regnamespace, (SELECT oid FROM pg_namespace WHERE nspname = $1))
               GROUP BY c.relnamespace, c.relname
           )
           SELECT own.name AS "name!"
           FROM shape own
           JOIN shape shared ON shared.name = own.name AND shared.columns = own.columns
           WHERE own.relnamespace <> 'public'::regnamespace AND shared.relnamespace = 'public'::regnamespace
           ORDER BY 1"#,
        schema.as_str(),
        tables,
    )
    .fetch_all(conn)
    .await
}

/// Tenants that have Django's ledger: the template, if it has one, and so many others, those whose schemas are the oldest. That
/// is the order of an index, so a large fleet is not read in whole.
pub(super) async fn with_ledger(
    conn: &mut PgConnection,
    template: &SchemaName,
    limit: i64,
) -> sqlx::Result<Vec<SchemaName>> {
    sqlx::query_scalar!(
        r#"(SELECT n.nspname::text AS "schema!: SchemaName"
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'django_migrations' AND c.relkind = 'r' AND n.nspname = $1)
           UNION ALL
           (SELECT n.nspname::text
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relname = 'django_migrations' AND c.relkind = 'r' AND n.nspname NOT IN ($1, 'public')
              AND EXISTS (SELECT FROM tenantry.tenant t WHERE t.schema_name = n.nspname::text)
              AND NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = n.nspname::text)
            ORDER BY c.relnamespace
            LIMIT $2)"#,
        template.as_str() as _,
        limit,
    )
    .fetch_all(conn)
    .await
}

/// Schemas of tenants, those with the most tables first: of these, one may be a template.
pub(super) async fn likely_templates(conn: &mut PgConnection) -> sqlx::Result<Vec<SchemaName>> {
    sqlx::query_scalar!(
        r#"SELECT t.schema_name AS "schema!: SchemaName"
           FROM tenantry.tenant t
           JOIN pg_namespace n ON n.nspname = t.schema_name
           JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
           WHERE t.schema_name <> 'public'
           GROUP BY t.schema_name
           ORDER BY count(*) DESC, t.schema_name
           LIMIT 5"#
    )
    .fetch_all(conn)
    .await
}

/// The migrations that a schema lacks (every one, without a ledger), each with the place of one that has it.
pub(super) async fn lacking_migrations(
    conn: &mut PgConnection,
    schema: Option<&SchemaName>,
    others: &[SchemaName],
) -> sqlx::Result<Vec<(String, i32)>> {
    sqlx::query_as(sql::lacking_migrations(schema, others)).persistent(false).fetch_all(conn).await
}
