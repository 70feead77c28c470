//! The SQL that tells what a database is.

use serde_json::Value;
use sqlx::PgConnection;

use crate::error::ReadOnly;
use crate::operations::OperationId;

pub(super) async fn has_schema(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'tenantry') AS "known!""#)
        .fetch_one(conn)
        .await
}

/// Asked of the catalog: whoever may not use the schema would get an error for asking by name.
pub(super) async fn has_console(conn: &mut PgConnection) -> sqlx::Result<bool> {
    has_relations(conn, &["operation".into(), "console_migration".into()]).await
}

pub(super) async fn has_views(conn: &mut PgConnection) -> sqlx::Result<bool> {
    has_relations(conn, &["tenant".into(), "domain".into()]).await
}

async fn has_relations(conn: &mut PgConnection, names: &[String; 2]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT count(*) = 2 AS "known!"
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = 'tenantry' AND c.relname = ANY ($1::text[])"#,
        names as &[String],
    )
    .fetch_one(conn)
    .await
}

/// The migrations of our bookkeeping that this database has. The ledger is sqlx's, so no macro can know it.
pub(super) async fn console_migrations(conn: &mut PgConnection) -> sqlx::Result<Vec<(i64, Vec<u8>)>> {
    sqlx::query_as("SELECT version, checksum FROM tenantry.console_migration WHERE success ORDER BY version")
        .fetch_all(conn)
        .await
}

pub(super) async fn public_tables(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "tables!" FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm')"#
    )
    .fetch_one(conn)
    .await
}

/// Two programs may find the same database empty; the second waits here until the first has committed. The comment is
/// the one that PostgreSQL gives the schema anyway; it is the lock on it that counts.
pub(super) async fn lock_for_init(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("COMMENT ON SCHEMA public IS 'standard public schema'").execute(conn).await?;
    Ok(())
}

pub(super) struct ServerRow {
    pub database: String,
    pub server_version: String,
    pub user: String,
    pub may_create_schema: bool,
}

pub(super) async fn server(conn: &mut PgConnection) -> sqlx::Result<ServerRow> {
    sqlx::query_as!(
        ServerRow,
        r#"SELECT current_database()::text AS "database!", split_part(current_setting('server_version'), ' ', 1) AS "server_version!",
                  current_user::text AS "user!",
                  has_database_privilege(current_database(), 'CREATE') AS "may_create_schema!""#
    )
    .fetch_one(conn)
    .await
}

pub(super) struct StatusRow {
    pub database: String,
    pub server_version: String,
    pub user: String,
    pub tenants: i64,
    pub domains: i64,
}

pub(super) async fn status(conn: &mut PgConnection) -> sqlx::Result<StatusRow> {
    sqlx::query_as!(
        StatusRow,
        r#"SELECT current_database()::text AS "database!", split_part(current_setting('server_version'), ' ', 1) AS "server_version!",
                  current_user::text AS "user!",
                  (SELECT count(*) FROM tenantry.tenant) - (SELECT count(*) FROM tenantry.trash) AS "tenants!", (SELECT count(*) FROM tenantry.domain) AS "domains!""#
    )
    .fetch_one(conn)
    .await
}

/// Columns of the tenant table that an INSERT has to give and that the view does not know.
pub(super) async fn new_columns(conn: &mut PgConnection) -> sqlx::Result<Option<ReadOnly>> {
    let columns = sqlx::query_scalar!(
        r#"SELECT a.attname::text AS "column!"
           FROM tenantry.mapping m
           JOIN pg_namespace n ON n.nspname = m.table_schema
           JOIN pg_class t ON t.relnamespace = n.oid AND t.relname = m.table_name
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
           WHERE a.attnotnull AND NOT a.atthasdef AND a.attidentity = ''
             AND NOT EXISTS (SELECT FROM pg_depend d
                             JOIN pg_rewrite r ON r.oid = d.objid
                             WHERE d.classid = 'pg_rewrite'::regclass AND d.refclassid = 'pg_class'::regclass
                               AND d.refobjid = t.oid AND d.refobjsubid = a.attnum
                               AND r.ev_class = to_regclass('tenantry.' || m.part))
           ORDER BY m.part DESC, a.attnum"#
    )
    .fetch_all(conn)
    .await?;
    Ok((!columns.is_empty()).then_some(ReadOnly::NewColumns { columns }))
}

/// A table that can be the tenants', and one that can be their domains'.
pub(super) struct Candidate {
    pub tenant_schema: String,
    pub tenant_table: String,
    pub domain_schema: String,
    pub domain_table: String,
    /// The column of the tenant table that domains refer to.
    pub key: String,
    /// The column of the domain table that does.
    pub reference: String,
}

pub(super) async fn candidates(conn: &mut PgConnection) -> sqlx::Result<Vec<Candidate>> {
    sqlx::query_as!(
        Candidate,
        r#"WITH single AS (
               -- Text columns that are unique by themselves.
               SELECT a.attrelid, a.attname
               FROM pg_index i
               JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
               JOIN pg_type y ON y.oid = a.atttypid AND y.typcategory = 'S'
               WHERE i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1
                 AND a.attname IN ('schema_name', 'domain')
           )
           SELECT DISTINCT tn.nspname::text AS "tenant_schema!", t.relname::text AS "tenant_table!",
                  dn.nspname::text AS "domain_schema!", d.relname::text AS "domain_table!",
                  key.attname::text AS "key!", ref.attname::text AS "reference!"
           FROM pg_constraint c
           JOIN pg_class t ON t.oid = c.confrelid
           JOIN pg_namespace tn ON tn.oid = t.relnamespace
           JOIN pg_class d ON d.oid = c.conrelid
           JOIN pg_namespace dn ON dn.oid = d.relnamespace
           JOIN pg_attribute key ON key.attrelid = t.oid AND key.attnum = c.confkey[1]
           JOIN pg_attribute ref ON ref.attrelid = d.oid AND ref.attnum = c.conkey[1]
           WHERE c.contype = 'f' AND c.conparentid = 0 AND cardinality(c.conkey) = 1 AND t.oid <> d.oid
             AND tn.nspname NOT LIKE 'pg\_%' AND tn.nspname NOT IN ('information_schema', 'tenantry')
             AND EXISTS (SELECT FROM single s WHERE s.attrelid = t.oid AND s.attname = 'schema_name')
             AND EXISTS (SELECT FROM single s WHERE s.attrelid = d.oid AND s.attname = 'domain')
             AND EXISTS (SELECT FROM pg_attribute p
                         WHERE p.attrelid = d.oid AND p.attname = 'is_primary' AND p.atttypid = 'boolean'::regtype)
           ORDER BY 1, 2, 3, 4, 5, 6"#
    )
    .fetch_all(conn)
    .await
}

/// A column of a table of the platform.
pub(super) struct Column {
    pub name: String,
    pub data_type: String,
    pub nullable: bool,
    /// A default, an identity or a computed column.
    pub given_by_table: bool,
    /// `pg_type.typcategory`, of the type under a domain.
    pub category: String,
    /// `pg_type.typname`, of the type under a domain.
    pub base_type: String,
    pub is_domain: bool,
    /// The first value of an enumeration.
    pub first_label: Option<String>,
    pub keys: Vec<String>,
    /// The check constraints that are about this column alone.
    pub checks: Vec<String>,
}

/// A part that a column plays for its table. The values are `pg_constraint.contype`.
#[derive(Clone, Copy)]
pub(super) enum Key {
    /// It is the primary key by itself.
    Primary,
    /// It is unique by itself, by a constraint or an index.
    Unique,
    /// It refers to another table.
    Foreign,
}

impl Column {
    pub(super) fn is_in(&self, key: Key) -> bool {
        let letter = match key {
            Key::Primary => "p",
            Key::Unique => "u",
            Key::Foreign => "f",
        };
        self.keys.iter().any(|key| key == letter)
    }
}

pub(super) async fn columns(conn: &mut PgConnection, schema: &str, table: &str) -> sqlx::Result<Vec<Column>> {
    sqlx::query_as!(
        Column,
        r#"SELECT a.attname::text AS "name!", format_type(a.atttypid, a.atttypmod) AS "data_type!", NOT a.attnotnull AS "nullable!",
                  (a.atthasdef OR a.attidentity <> '') AS "given_by_table!",
                  y.typcategory::text AS "category!", COALESCE(b.typname, y.typname)::text AS "base_type!",
                  y.typtype = 'd' AS "is_domain!",
                  (SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = COALESCE(b.oid, y.oid) ORDER BY e.enumsortorder LIMIT 1) AS first_label,
                  array(SELECT k.contype::text FROM pg_constraint k
                        WHERE k.conrelid = t.oid
                          AND (k.contype = 'p' AND k.conkey = ARRAY[a.attnum] OR k.contype = 'f' AND a.attnum = ANY (k.conkey))
                        UNION
                        SELECT 'u' FROM pg_index i
                        WHERE i.indrelid = t.oid AND i.indisunique AND i.indnkeyatts = 1 AND i.indkey[0] = a.attnum) AS "keys!",
                  array(SELECT pg_get_expr(k.conbin, k.conrelid) FROM pg_constraint k
                        WHERE k.conrelid = t.oid AND k.contype = 'c' AND k.conkey = ARRAY[a.attnum] ORDER BY k.conname) AS "checks!"
           FROM pg_class t
           JOIN pg_namespace n ON n.oid = t.relnamespace
           JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
           JOIN pg_type y ON y.oid = a.atttypid
           LEFT JOIN pg_type b ON b.oid = y.typbasetype
           WHERE n.nspname = $1 AND t.relname = $2
           ORDER BY a.attnum"#,
        schema,
        table,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn django_ledger(conn: &mut PgConnection, schema: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                          WHERE n.nspname = $1 AND c.relname = 'django_migrations' AND c.relkind = 'r') AS "known!""#,
        schema,
    )
    .fetch_one(conn)
    .await
}

/// Schemas that no tenant names and that have a table such as the tenants' schemas have.
pub(super) async fn orphaned_schemas(conn: &mut PgConnection, named: &[String]) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT n.nspname::text AS "schema!"
           FROM pg_namespace n
           WHERE n.nspname <> ALL ($1::text[]) AND n.nspname NOT LIKE 'pg\_%'
             AND n.nspname NOT IN ('public', 'information_schema', 'tenantry')
             AND EXISTS (SELECT FROM pg_class c
                         WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                           AND (c.relname = 'django_migrations'
                                OR c.relname IN (SELECT o.relname FROM pg_class o
                                                 JOIN pg_namespace m ON m.oid = o.relnamespace
                                                 WHERE m.nspname = ANY ($1::text[]) AND m.nspname <> 'public' AND o.relkind IN ('r', 'p'))))
           ORDER BY n.nspname"#,
        named,
    )
    .fetch_all(conn)
    .await
}

/// Deleted tenants, whose domains only our schema holds. Bookkeeping of an older version may know of none.
pub(super) async fn deleted_tenants(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    let knows: bool = sqlx::query_scalar!(r#"SELECT to_regclass('tenantry.trash') IS NOT NULL AS "knows!""#)
        .fetch_one(&mut *conn)
        .await?;
    if !knows {
        return Ok(Vec::new());
    }
    sqlx::query_scalar!(
        r#"SELECT format('the deleted tenant %s (schema %s)', former_row ->> 'name', former_schema) AS "tenant!"
           FROM tenantry.trash ORDER BY 1"#
    )
    .fetch_all(conn)
    .await
}

/// What rests on our schema and stands outside of it.
pub(super) async fn dependents(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"WITH ours AS (
               SELECT 'pg_class'::regclass AS classid, c.oid FROM pg_class c WHERE c.relnamespace = to_regnamespace('tenantry')
               UNION ALL
               SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE p.pronamespace = to_regnamespace('tenantry')
               UNION ALL
               SELECT 'pg_type'::regclass, y.oid FROM pg_type y WHERE y.typnamespace = to_regnamespace('tenantry')
           )
           SELECT DISTINCT pg_describe_object(d.classid, d.objid, 0) AS "object!"
           FROM pg_depend d
           JOIN ours ON ours.classid = d.refclassid AND ours.oid = d.refobjid
           LEFT JOIN pg_class c ON c.oid = CASE d.classid
               WHEN 'pg_class'::regclass THEN d.objid
               WHEN 'pg_rewrite'::regclass THEN (SELECT ev_class FROM pg_rewrite WHERE oid = d.objid)
               WHEN 'pg_constraint'::regclass THEN (SELECT NULLIF(conrelid, 0) FROM pg_constraint WHERE oid = d.objid)
               WHEN 'pg_trigger'::regclass THEN (SELECT tgrelid FROM pg_trigger WHERE oid = d.objid)
               WHEN 'pg_attrdef'::regclass THEN (SELECT adrelid FROM pg_attrdef WHERE oid = d.objid)
               WHEN 'pg_policy'::regclass THEN (SELECT polrelid FROM pg_policy WHERE oid = d.objid)
           END
           LEFT JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND p.oid = d.objid
           LEFT JOIN pg_type y ON d.classid = 'pg_type'::regclass AND y.oid = d.objid
           WHERE COALESCE(c.relnamespace, p.pronamespace, y.typnamespace, 0) <> to_regnamespace('tenantry')
             -- The guard of the primary domains goes with us.
             AND NOT (d.classid = 'pg_trigger'::regclass
                      AND EXISTS (SELECT FROM pg_trigger g WHERE g.oid = d.objid AND g.tgname LIKE 'tenantry\_primary\_domain\_%'))
             -- The parts of long values belong to their table.
             AND c.relkind IS DISTINCT FROM 't' AND c.relnamespace IS DISTINCT FROM 'pg_toast'::regnamespace
           ORDER BY 1"#
    )
    .fetch_all(conn)
    .await
}

/// How much the journal and the master catalog hold.
pub(super) async fn kept(conn: &mut PgConnection) -> sqlx::Result<(i64, i64)> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM tenantry.operation) AS "entries!", (SELECT count(*) FROM tenantry.catalog_atom WHERE release = 0) AS "atoms!""#
    )
    .fetch_one(conn)
    .await?;
    Ok((row.entries, row.atoms))
}

/// The tables that the views were made for.
pub(super) async fn mapped_tables(conn: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(r#"SELECT table_schema || '.' || table_name AS "table!" FROM tenantry.mapping"#)
        .fetch_all(conn)
        .await
}

/// The columns of one of our views: name, type, and whether it gives a value that is left out.
pub(super) async fn view_columns(
    conn: &mut PgConnection,
    view: &str,
) -> sqlx::Result<Vec<(String, String, bool)>> {
    let rows = sqlx::query!(
        r#"SELECT a.attname::text AS "name!", format_type(a.atttypid, a.atttypmod) AS "data_type!", a.atthasdef AS "has_default!"
           FROM pg_attribute a
           WHERE a.attrelid = to_regclass('tenantry.' || $1::text) AND a.attnum > 0
           ORDER BY a.attname::text COLLATE "C""#,
        view,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.data_type, row.has_default)).collect())
}

/// Writes down what was done to our own schema.
pub(super) async fn record(
    conn: &mut PgConnection,
    id: OperationId,
    kind: &str,
    origin: &str,
    plan: Value,
) -> sqlx::Result<()> {
    sqlx::query_scalar!(
        "SELECT tenantry.record_operation($1, $2, current_database()::text, $3, $4, NULL)",
        id.0,
        kind,
        origin,
        plan,
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}
