//! The SQL of fleet health besides structure: tenants and schemas, defects, ledgers, sequences, capacity. Sets of the whole
//! fleet, from `pg_catalog`; nothing is locked but for the moment of reading a ledger or the end of a table.

use sqlx::{Connection as _, PgConnection, Postgres, Transaction};

use super::findings::PartKind;
use crate::names::SchemaName;
use crate::sql::{self, NumberedTable};

/// A transaction that writes nothing, keeps little in memory, and gives up before it disturbs anybody.
///
/// The tables of the catalog are joined by hashing: after a burst of new tenants its statistics are stale, and the planner
/// would otherwise visit them row by row. No query has workers of its own: several sessions look at once.
pub(super) async fn begin(conn: &mut PgConnection) -> sqlx::Result<Transaction<'_, Postgres>> {
    let tx = conn.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    within_limits(tx).await
}

/// Another transaction that sees what the first one sees.
pub(super) async fn begin_beside<'a>(
    first: &mut PgConnection,
    conn: &'a mut PgConnection,
) -> sqlx::Result<Transaction<'a, Postgres>> {
    let snapshot =
        sqlx::query_scalar!(r#"SELECT pg_export_snapshot() AS "snapshot!""#).fetch_one(first).await?;
    within_limits(conn.begin_with(sql::begin_with_snapshot(&snapshot)).await?).await
}

async fn within_limits(mut tx: Transaction<'_, Postgres>) -> sqlx::Result<Transaction<'_, Postgres>> {
    sqlx::query_scalar!(
        r#"SELECT array_length(ARRAY[
               set_config('statement_timeout', '60s', true),
               set_config('lock_timeout', '1s', true),
               set_config('work_mem', '8MB', true),
               set_config('jit', 'off', true),
               set_config('max_parallel_workers_per_gather', '0', true),
               set_config('enable_nestloop', 'off', true)], 1) AS "set!""#
    )
    .fetch_one(&mut *tx)
    .await?;
    Ok(tx)
}

/// From here on the transaction asks for few schemas, which the planner may well visit one by one.
pub(super) async fn few(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT set_config('enable_nestloop', 'on', true)").fetch_one(conn).await?;
    Ok(())
}

pub(super) async fn pid(conn: &mut PgConnection) -> sqlx::Result<i32> {
    sqlx::query_scalar!(r#"SELECT pg_backend_pid() AS "pid!""#).fetch_one(conn).await
}

pub(super) struct TenantRow {
    pub schema: SchemaName,
    pub name: String,
    pub has_schema: bool,
    pub primaries: Vec<String>,
}

/// All tenants but the one that stands for `public` itself.
pub(super) async fn tenants(conn: &mut PgConnection) -> sqlx::Result<Vec<TenantRow>> {
    sqlx::query_as!(
        TenantRow,
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!", n.oid IS NOT NULL AS "has_schema!",
                  COALESCE(d.primaries, '{}') AS "primaries!"
           FROM tenantry.tenant t
           LEFT JOIN (SELECT tenant_id, array_agg(domain::text ORDER BY domain) AS primaries
                      FROM tenantry.domain WHERE is_primary GROUP BY tenant_id) d ON d.tenant_id = t.id
           LEFT JOIN pg_namespace n ON n.nspname = t.schema_name
           WHERE t.schema_name <> 'public'
           ORDER BY lower(t.name), t.id"#
    )
    .fetch_all(conn)
    .await
}

pub(super) struct SchemaRow {
    pub schema: SchemaName,
    /// Whether it has a readable `django_migrations`.
    pub ledger: bool,
    pub views: i64,
}

/// These schemas, as far as they are there.
pub(super) async fn schemas(conn: &mut PgConnection, schemas: &[String]) -> sqlx::Result<Vec<SchemaRow>> {
    sqlx::query_as!(
        SchemaRow,
        r#"SELECT n.nspname::text AS "schema!: SchemaName",
                  count(*) FILTER (WHERE c.relkind IN ('v', 'm')) AS "views!",
                  COALESCE(bool_or(CASE WHEN c.relname = 'django_migrations' AND c.relkind IN ('r', 'p') THEN
                      has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                      AND (SELECT count(*) = 2 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('app', 'name')) END),
                      false) AS "ledger!"
           FROM pg_namespace n
           LEFT JOIN pg_class c ON c.relnamespace = n.oid
           WHERE n.nspname = ANY ($1::text[])
           GROUP BY n.nspname
           ORDER BY n.nspname"#,
        schemas,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn tables(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT c.relname::text AS "table!" FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'f') ORDER BY c.relname"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

pub(super) struct FallThroughRow {
    pub schema: SchemaName,
    pub tables: Vec<String>,
}

/// The tables of `public` that a schema lacks, though they are tenants' tables: the reference has one of that name, or a
/// tenth of these schemas do, and not just a single one. So the majority may be wrong.
pub(super) async fn falls_through(
    conn: &mut PgConnection,
    schemas: &[String],
    reference_tables: &[String],
) -> sqlx::Result<Vec<FallThroughRow>> {
    sqlx::query_as!(
        FallThroughRow,
        r#"WITH schema AS MATERIALIZED (SELECT oid, nspname AS name FROM pg_namespace WHERE nspname = ANY ($1::text[])),
           own AS MATERIALIZED (
               SELECT DISTINCT c.relname AS name, c.relnamespace AS schema
               FROM pg_class c
               JOIN schema s ON s.oid = c.relnamespace
               JOIN pg_class p ON p.relname = c.relname AND p.relnamespace = 'public'::regnamespace AND p.relkind IN ('r', 'p', 'v', 'm', 'f')
               WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
           ),
           expected AS MATERIALIZED (
               SELECT name FROM own GROUP BY name
               HAVING name = ANY ($2::text[]) OR count(*) > 1 AND count(*) * 10 >= (SELECT count(*) FROM schema)
               UNION
               SELECT p.relname FROM pg_class p
               WHERE p.relnamespace = 'public'::regnamespace AND p.relkind IN ('r', 'p', 'v', 'm', 'f') AND p.relname = ANY ($2::text[])
           )
           SELECT s.name::text AS "schema!: SchemaName", array_agg(e.name::text ORDER BY e.name) AS "tables!"
           FROM schema s
           CROSS JOIN expected e
           LEFT JOIN own o ON o.schema = s.oid AND o.name = e.name
           WHERE o.name IS NULL
           GROUP BY s.name"#,
        schemas,
        reference_tables,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct OrphanRow {
    pub schema: SchemaName,
    pub tables: i64,
    /// How many of these tables the reference has too.
    pub shared: i64,
}

/// Schemas with tables that are none of these, nor the server's, an extension's or ours.
pub(super) async fn orphans(
    conn: &mut PgConnection,
    known: &[String],
    reference_tables: &[String],
) -> sqlx::Result<Vec<OrphanRow>> {
    sqlx::query_as!(
        OrphanRow,
        r#"SELECT n.nspname::text AS "schema!: SchemaName", count(*) AS "tables!",
                  count(*) FILTER (WHERE c.relname = ANY ($2::text[])) AS "shared!"
           FROM pg_namespace n
           JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
           WHERE n.nspname <> ALL ($1::text[])
             AND n.nspname NOT IN ('public', 'information_schema')
             AND n.nspname NOT LIKE 'pg\_%' AND n.nspname NOT LIKE 'tenantry%'
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.deptype = 'e'
                             AND (d.classid = 'pg_namespace'::regclass AND d.objid = n.oid
                                  OR d.classid = 'pg_class'::regclass AND d.objid = c.oid))
           GROUP BY n.nspname
           ORDER BY n.nspname"#,
        known,
        reference_tables,
    )
    .fetch_all(conn)
    .await
}

/// What a row of [`defects`] is about.
#[derive(Debug, Clone, Copy, sqlx::Type)]
#[sqlx(rename_all = "snake_case", type_name = "text")]
pub(super) enum Defect {
    InvalidIndex,
    Unvalidated,
    KeyToAnother,
    KeyFromOutside,
}

pub(super) struct DefectRow {
    pub schema: SchemaName,
    pub defect: Defect,
    pub table_name: String,
    pub name: String,
    /// The other schema of a key.
    pub other: SchemaName,
}

/// Indexes that are not valid (and not being built just now), constraints that are not validated, and keys between
/// tenants or from outside into a tenant.
pub(super) async fn defects(conn: &mut PgConnection, schemas: &[String]) -> sqlx::Result<Vec<DefectRow>> {
    sqlx::query_as!(
        DefectRow,
        r#"WITH schema AS MATERIALIZED (SELECT oid, nspname AS name FROM pg_namespace WHERE nspname = ANY ($1::text[])),
           relation AS MATERIALIZED (
               SELECT oid, relname AS name, relkind AS kind, relnamespace AS schema FROM pg_class WHERE relkind IN ('r', 'p', 'f', 'm')
           ),
           -- The keys that lead out of their schema.
           key AS MATERIALIZED (
               SELECT k.conname AS name, c.name AS table_name, c.schema, target.schema AS target
               FROM pg_constraint k
               JOIN relation c ON c.oid = k.conrelid
               JOIN relation target ON target.oid = k.confrelid
               WHERE k.contype = 'f' AND k.conparentid = 0 AND c.schema <> target.schema
           )
           SELECT s.name::text AS "schema!: SchemaName", 'invalid_index' AS "defect!: Defect", c.name::text AS "table_name!",
                  i.relname::text AS "name!", '' AS "other!: SchemaName"
           FROM pg_index x
           JOIN pg_class i ON i.oid = x.indexrelid
           JOIN relation c ON c.oid = x.indrelid
           JOIN schema s ON s.oid = c.schema
           WHERE NOT (x.indisvalid AND x.indisready) AND c.kind <> 'p'
             AND x.indexrelid NOT IN (SELECT p.index_relid FROM pg_stat_progress_create_index p WHERE p.index_relid IS NOT NULL)
           UNION ALL
           SELECT s.name::text, 'unvalidated', c.name::text, k.conname::text, ''
           FROM pg_constraint k
           JOIN relation c ON c.oid = k.conrelid
           JOIN schema s ON s.oid = c.schema
           WHERE NOT k.convalidated
           UNION ALL
           SELECT s.name::text, 'key_to_another', k.table_name::text, k.name::text, other.name::text
           FROM key k
           JOIN schema s ON s.oid = k.schema
           JOIN schema other ON other.oid = k.target
           UNION ALL
           SELECT s.name::text, 'key_from_outside', k.table_name::text, k.name::text, n.nspname::text
           FROM key k
           JOIN pg_namespace n ON n.oid = k.schema
           JOIN schema s ON s.oid = k.target
           WHERE n.nspname <> ALL ($1::text[])"#,
        schemas,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct DependencyRow {
    pub schema: SchemaName,
    pub kind: PartKind,
    pub name: String,
    pub other: SchemaName,
    pub on: String,
}

/// What in one of these schemas cannot be without an object of another of them, keys aside.
pub(super) async fn dependencies(
    conn: &mut PgConnection,
    schemas: &[String],
) -> sqlx::Result<Vec<DependencyRow>> {
    sqlx::query_as!(
        DependencyRow,
        r#"WITH schema AS MATERIALIZED (SELECT oid, nspname AS name FROM pg_namespace WHERE nspname = ANY ($1::text[])),
           relation AS MATERIALIZED (
               SELECT oid, relnamespace AS schema FROM pg_class
               WHERE relkind NOT IN ('i', 'I', 't') AND relnamespace IN (SELECT oid FROM schema)
           ),
           holder AS (
               SELECT 'pg_attrdef'::regclass AS class, d.oid, r.schema FROM pg_attrdef d JOIN relation r ON r.oid = d.adrelid
               UNION ALL SELECT 'pg_rewrite'::regclass, w.oid, r.schema FROM pg_rewrite w JOIN relation r ON r.oid = w.ev_class
               UNION ALL SELECT 'pg_trigger'::regclass, t.oid, r.schema FROM pg_trigger t JOIN relation r ON r.oid = t.tgrelid WHERE NOT t.tgisinternal
               UNION ALL SELECT 'pg_proc'::regclass, p.oid, p.pronamespace FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM schema)
           ),
           target AS (
               SELECT 'pg_class'::regclass AS class, oid, schema FROM relation
               UNION ALL SELECT 'pg_proc'::regclass, p.oid, p.pronamespace FROM pg_proc p WHERE p.pronamespace IN (SELECT oid FROM schema)
               UNION ALL SELECT 'pg_type'::regclass, y.oid, y.typnamespace FROM pg_type y WHERE y.typnamespace IN (SELECT oid FROM schema)
           ),
           -- Hardly any: names are looked up for these only.
           crossing AS MATERIALIZED (
               SELECT d.classid AS class, d.objid AS oid, 0::smallint AS number, h.schema, d.refclassid AS other_class, d.refobjid AS other_oid, t.schema AS other
               FROM pg_depend d
               JOIN holder h ON h.class = d.classid AND h.oid = d.objid
               JOIN target t ON t.class = d.refclassid AND t.oid = d.refobjid
               WHERE h.schema <> t.schema
                 AND d.classid IN ('pg_attrdef'::regclass, 'pg_rewrite'::regclass, 'pg_trigger'::regclass, 'pg_proc'::regclass)
                 AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass)
               UNION ALL
               SELECT 'pg_class'::regclass, a.attrelid, a.attnum, r.schema, 'pg_type'::regclass, y.oid, y.typnamespace
               FROM pg_attribute a
               JOIN pg_type y ON y.oid = a.atttypid
               JOIN relation r ON r.oid = a.attrelid
               JOIN schema s ON s.oid = y.typnamespace
               WHERE a.atttypid >= 16384 AND a.attnum > 0 AND r.schema <> y.typnamespace
           ),
           -- A column's table and number, where it is one.
           found AS (
               SELECT x.*, COALESCE(d.adrelid, CASE x.class WHEN 'pg_class'::regclass THEN x.oid END) AS relation, COALESCE(d.adnum, x.number) AS attnum
               FROM crossing x
               LEFT JOIN pg_attrdef d ON d.oid = x.oid AND x.class = 'pg_attrdef'::regclass
           )
           SELECT DISTINCT s.name::text AS "schema!: SchemaName",
                  CASE x.class WHEN 'pg_rewrite'::regclass THEN 'view' WHEN 'pg_trigger'::regclass THEN 'trigger'
                               WHEN 'pg_proc'::regclass THEN 'function' ELSE 'column' END AS "kind!: PartKind",
                  CASE x.class
                      WHEN 'pg_rewrite'::regclass THEN (SELECT (SELECT c.relname FROM pg_class c WHERE c.oid = w.ev_class) FROM pg_rewrite w WHERE w.oid = x.oid)
                      WHEN 'pg_trigger'::regclass THEN (SELECT (SELECT c.relname FROM pg_class c WHERE c.oid = t.tgrelid) || '.' || t.tgname FROM pg_trigger t WHERE t.oid = x.oid)
                      WHEN 'pg_proc'::regclass THEN (SELECT p.proname FROM pg_proc p WHERE p.oid = x.oid)
                      ELSE (SELECT c.relname FROM pg_class c WHERE c.oid = x.relation) || '.'
                           || (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = x.relation AND a.attnum = x.attnum)
                  END::text AS "name!",
                  other.name::text AS "other!: SchemaName",
                  CASE x.other_class
                      WHEN 'pg_class'::regclass THEN (SELECT c.relname FROM pg_class c WHERE c.oid = x.other_oid)
                      WHEN 'pg_proc'::regclass THEN (SELECT p.proname FROM pg_proc p WHERE p.oid = x.other_oid)
                      ELSE (SELECT y.typname FROM pg_type y WHERE y.oid = x.other_oid)
                  END::text AS "on!"
           FROM found x
           JOIN schema s ON s.oid = x.schema
           JOIN schema other ON other.oid = x.other"#,
        schemas,
    )
    .fetch_all(conn)
    .await
}

/// A digest of the ledger of each of these schemas, by its place in the list. Only digests cross the wire.
pub(super) async fn ledger_digests(
    conn: &mut PgConnection,
    schemas: &[SchemaName],
) -> sqlx::Result<Vec<(i32, String)>> {
    sqlx::query_as(sql::ledger_digests(schemas)).fetch_all(conn).await
}

/// The rows of the ledgers of these schemas: place in the list, app, name.
pub(super) async fn ledger_rows(
    conn: &mut PgConnection,
    schemas: &[SchemaName],
) -> sqlx::Result<Vec<(i32, String, String)>> {
    sqlx::query_as(sql::ledger_rows(schemas)).fetch_all(conn).await
}

pub(super) struct SequenceRow {
    pub schema: SchemaName,
    pub table_name: String,
    pub column_name: String,
    pub sequence_schema: String,
    pub sequence_name: String,
    pub increment: i64,
}

/// The sequences whose tables may have rows, as far as the largest number can be had from an index. A table counts as
/// empty where neither the planner's figures nor the server's statistics know of a row.
pub(super) async fn sequences(conn: &mut PgConnection, schemas: &[String]) -> sqlx::Result<Vec<SequenceRow>> {
    sqlx::query_as!(
        SequenceRow,
        r#"WITH filled AS MATERIALIZED (
               SELECT t.oid, t.relname, n.oid AS schema, n.nspname
               FROM pg_class t
               JOIN pg_namespace n ON n.oid = t.relnamespace
               WHERE n.nspname = ANY ($1::text[]) AND t.relkind = 'r'
                 AND (t.relpages > 0 OR pg_stat_get_live_tuples(t.oid) > 0 OR pg_stat_get_tuples_inserted(t.oid) > 0)
           ),
           -- Each of these few tables is looked up by the catalogs' indexes. Privileges come last, for what is left.
           numbered AS MATERIALIZED (
               SELECT f.*, a.attname, m.oid AS sequence_schema, m.nspname AS sequence_nspname, q.oid AS sequence, q.relname AS sequence_relname,
                      s.seqincrement
               FROM filled f
               CROSS JOIN LATERAL (SELECT d.objid, d.refobjsubid FROM pg_depend d
                                   WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = f.oid AND d.classid = 'pg_class'::regclass
                                     AND d.objsubid = 0 AND d.deptype IN ('a', 'i') OFFSET 0) d
               JOIN pg_sequence s ON s.seqrelid = d.objid AND s.seqincrement > 0
               CROSS JOIN LATERAL (SELECT c.oid, c.relname, c.relnamespace FROM pg_class c WHERE c.oid = s.seqrelid OFFSET 0) q
               JOIN pg_namespace m ON m.oid = q.relnamespace
               CROSS JOIN LATERAL (SELECT c.attname FROM pg_attribute c
                                   WHERE c.attrelid = f.oid AND c.attnum = d.refobjsubid AND c.atttypid IN (20, 21, 23) OFFSET 0) a
               CROSS JOIN LATERAL (SELECT FROM pg_index x
                                   WHERE x.indrelid = f.oid AND x.indkey[0] = d.refobjsubid AND x.indisvalid AND x.indpred IS NULL LIMIT 1) first
           )
           SELECT nspname::text AS "schema!: SchemaName", relname::text AS "table_name!", attname::text AS "column_name!",
                  sequence_nspname::text AS "sequence_schema!", sequence_relname::text AS "sequence_name!", seqincrement AS "increment!"
           FROM numbered
           WHERE has_schema_privilege(schema, 'USAGE') AND has_table_privilege(oid, 'SELECT')
             AND has_schema_privilege(sequence_schema, 'USAGE') AND has_table_privilege(sequence, 'SELECT')
           ORDER BY nspname, relname"#,
        schemas,
    )
    .fetch_all(conn)
    .await
}

/// Those of these sequences that would give out a number that is in use: place in the list, next number, largest number.
pub(super) async fn sequences_behind(
    conn: &mut PgConnection,
    sequences: &[SequenceRow],
) -> sqlx::Result<Vec<(i32, String, String)>> {
    let tables: Vec<_> = sequences.iter().map(SequenceRow::numbered_table).collect();
    sqlx::query_as(sql::sequences_behind(&tables)).fetch_all(conn).await
}

impl SequenceRow {
    fn numbered_table(&self) -> NumberedTable<'_> {
        NumberedTable {
            schema: self.schema.as_str(),
            table: &self.table_name,
            column: &self.column_name,
            sequence_schema: &self.sequence_schema,
            sequence: &self.sequence_name,
            increment: self.increment,
        }
    }
}

pub(super) struct CapacityRow {
    pub locks_per_transaction: i64,
    /// Connections and prepared transactions.
    pub transactions: i64,
    pub relations: i64,
    pub tables: i64,
    pub tenant_relations: i64,
    pub tenant_tables: i64,
    pub catalog_bytes: i64,
    pub database_bytes: i64,
}

pub(super) async fn capacity(conn: &mut PgConnection) -> sqlx::Result<CapacityRow> {
    sqlx::query_as!(
        CapacityRow,
        r#"WITH counted AS (
               SELECT count(*) AS relations,
                      count(*) FILTER (WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')) AS tables,
                      -- A table's TOAST table and that one's index belong to it.
                      COALESCE(sum(1 + CASE WHEN c.reltoastrelid <> 0 THEN 2 ELSE 0 END) FILTER (WHERE t.schema_name IS NOT NULL), 0) AS tenant_relations,
                      count(*) FILTER (WHERE t.schema_name IS NOT NULL AND c.relkind IN ('r', 'p')) AS tenant_tables
               FROM pg_class c
               JOIN pg_namespace n ON n.oid = c.relnamespace
               LEFT JOIN tenantry.tenant t ON t.schema_name = n.nspname AND t.schema_name <> 'public'
           )
           SELECT current_setting('max_locks_per_transaction')::bigint AS "locks_per_transaction!",
                  current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint AS "transactions!",
                  relations AS "relations!", tables AS "tables!", tenant_relations::bigint AS "tenant_relations!", tenant_tables AS "tenant_tables!",
                  (SELECT sum(pg_total_relation_size(oid)) FROM pg_class
                   WHERE relnamespace = 'pg_catalog'::regnamespace AND relkind = 'r')::bigint AS "catalog_bytes!",
                  pg_database_size(current_database()) AS "database_bytes!"
           FROM counted"#
    )
    .fetch_one(conn)
    .await
}
