//! The SQL on what refers to the atoms of a tenant, and on an atom as a whole. Its schema is the search path.

use sqlx::PgConnection;
use sqlx::types::JsonValue;

use super::TenantVersion;
use crate::names::SchemaName;
use crate::sql::{self, AtomKey, Referring, TypedColumns, UniqueColumns};

/// The foreign keys to a tenant's atoms and their versions, other than the one that ties a version to its atom.
pub(super) async fn keys_to_atoms(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Vec<AtomKey>> {
    sqlx::query_as!(
        AtomKey,
        r#"SELECT DISTINCT NULLIF(n.nspname::text, $1) AS "schema", c.relname::text AS "table!",
                  ARRAY(SELECT a.attname::text FROM unnest(k.conkey) WITH ORDINALITY u (attnum, place)
                        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum ORDER BY u.place) AS "columns!",
                  ARRAY(SELECT a.attname::text FROM unnest(k.confkey) WITH ORDINALITY u (attnum, place)
                        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.attnum ORDER BY u.place) AS "target_columns!",
                  t.relname = 'atoms_atomversion' AS "to_version!",
                  c.relnamespace = t.relnamespace AND c.relname = 'atoms_atom' AS "of_atoms!",
                  c.relnamespace = t.relnamespace AND c.relname = 'atoms_atomversion' AS "of_versions!"
           FROM pg_constraint k
           JOIN pg_class t ON t.oid = k.confrelid
           JOIN pg_namespace tn ON tn.oid = t.relnamespace
           JOIN pg_class c ON c.oid = k.conrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE k.contype = 'f' AND k.conparentid = 0 AND tn.nspname = $1 AND t.relname IN ('atoms_atom', 'atoms_atomversion')
             AND NOT (n.oid = tn.oid AND c.relname = 'atoms_atomversion' AND t.relname = 'atoms_atom'
                      AND k.conkey = ARRAY(SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'atom_id'))
           ORDER BY 1 NULLS FIRST, 2, 3, 4"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

/// Rows that refer to these atoms: the position of the key, slug, version, how many.
pub(super) async fn references(
    conn: &mut PgConnection,
    keys: &[AtomKey],
    slugs: &[String],
) -> sqlx::Result<Vec<(i32, String, String, i64)>> {
    sqlx::query_as(sql::references(keys)).bind(slugs).persistent(false).fetch_all(conn).await
}

/// Empty where the table has no primary key.
pub(super) async fn primary_key(
    conn: &mut PgConnection,
    schema: &str,
    table: &str,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT a.attname::text AS "column!"
           FROM pg_index i
           JOIN pg_class c ON c.oid = i.indrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY u (attnum, place)
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
           WHERE n.nspname = $1 AND c.relname = $2 AND i.indisprimary AND u.place <= i.indnkeyatts
           ORDER BY u.place"#,
        schema,
        table,
    )
    .fetch_all(conn)
    .await
}

/// The unique indexes that hold one of these columns, with their names. Those on some of the rows only, or on expressions, are
/// left to the database.
pub(super) async fn unique_indexes(
    conn: &mut PgConnection,
    (schema, table): (&str, &str),
    columns: &[String],
) -> sqlx::Result<Vec<(String, UniqueColumns)>> {
    let rows = sqlx::query!(
        r#"SELECT x.relname::text AS "name!", i.indnullsnotdistinct AS "nulls_alike!",
                  ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY u (attnum, place)
                        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum
                        WHERE u.place <= i.indnkeyatts ORDER BY u.place) AS "columns!: Vec<String>"
           FROM pg_index i
           JOIN pg_class x ON x.oid = i.indexrelid
           JOIN pg_class c ON c.oid = i.indrelid
           JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = $1 AND c.relname = $2 AND i.indisunique AND i.indpred IS NULL AND i.indexprs IS NULL
             AND EXISTS (SELECT FROM unnest(i.indkey) u (attnum)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = u.attnum WHERE a.attname = ANY ($3::text[]))
           ORDER BY 1"#,
        schema,
        table,
        columns,
    )
    .fetch_all(conn)
    .await?;
    let unique = |columns, nulls_alike| UniqueColumns { columns, nulls_alike };
    Ok(rows.into_iter().map(|row| (row.name, unique(row.columns, row.nulls_alike))).collect())
}

/// How many rows that refer to `slug` would be what another row is already, if they referred to `to`.
pub(super) async fn collisions(
    conn: &mut PgConnection,
    table: &Referring<'_>,
    unique: &UniqueColumns,
    (slug, to): (&str, &str),
) -> sqlx::Result<i64> {
    let statement = sqlx::query_scalar(sql::collisions(table, unique)).bind(slug).bind(to);
    statement.persistent(false).fetch_one(conn).await
}

/// What pointing the rows of a table from `slug` to `to` would change: columns before and after, and the rows' keys.
pub(super) async fn moving_rows(
    conn: &mut PgConnection,
    table: &Referring<'_>,
    (slug, to): (&str, &str),
) -> sqlx::Result<Vec<(String, String, String)>> {
    sqlx::query_as(sql::moving_rows(table)).bind(slug).bind(to).persistent(false).fetch_all(conn).await
}

/// Rows of one table, and what they are pointed away from and to.
pub(super) struct Pointing<'a> {
    pub schema: Option<&'a str>,
    pub table: &'a str,
    pub primary_key: &'a [String],
    pub columns: &'a [String],
    /// Keys of rows, as an array.
    pub rows: &'a JsonValue,
    pub from: &'a JsonValue,
    pub to: &'a JsonValue,
}

/// Points rows that are still where they are expected elsewhere; answers how many.
pub(super) async fn point(conn: &mut PgConnection, pointing: &Pointing<'_>) -> sqlx::Result<u64> {
    let Pointing { schema, table, primary_key, columns, rows, from, to } = *pointing;
    let statement =
        sqlx::query(sql::point((schema, table), primary_key, columns)).bind(rows).bind(from).bind(to);
    Ok(statement.persistent(false).execute(conn).await?.rows_affected())
}

/// How many rows [`point`] would find.
pub(super) async fn count_pointing(conn: &mut PgConnection, pointing: &Pointing<'_>) -> sqlx::Result<i64> {
    let Pointing { schema, table, primary_key, columns, rows, from, .. } = *pointing;
    let statement =
        sqlx::query_scalar(sql::count_pointing((schema, table), primary_key, columns)).bind(rows).bind(from);
    statement.persistent(false).fetch_one(conn).await
}

/// The versions of an atom; `None` where the tenant has no such atom.
pub(super) async fn versions(
    conn: &mut PgConnection,
    slug: &str,
) -> sqlx::Result<Option<Vec<TenantVersion>>> {
    let rows = sqlx::query!(
        r#"SELECT v.version::text AS "version?", v.is_active AS "is_active?"
           FROM atoms_atom a
           LEFT JOIN atoms_atomversion v ON v.atom_id = a.id
           WHERE a.slug = $1
           ORDER BY v.version"#,
        slug,
    )
    .fetch_all(conn)
    .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let versions = rows
        .into_iter()
        .filter_map(|row| Some(TenantVersion { version: row.version?, is_active: row.is_active? }));
    Ok(Some(versions.collect()))
}

/// Nobody can refer to the atom, or to a version of it, until the transaction ends: whoever does has to lock what it refers to.
pub(super) async fn lock_atom(conn: &mut PgConnection, slug: &str) -> sqlx::Result<()> {
    sqlx::query!("SELECT a.id FROM atoms_atom a WHERE a.slug = $1 FOR UPDATE", slug)
        .fetch_all(&mut *conn)
        .await?;
    sqlx::query!(
        "SELECT v.id FROM atoms_atomversion v
         WHERE v.atom_id IN (SELECT a.id FROM atoms_atom a WHERE a.slug = $1) ORDER BY v.id FOR UPDATE",
        slug
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// The row of an atom and those of its versions, as JSON.
pub(super) async fn rows_of_atom(
    conn: &mut PgConnection,
    slug: &str,
) -> sqlx::Result<Option<(String, Vec<String>)>> {
    let (atom, version) = columns(conn).await?;
    let statement = sqlx::query_as(sql::rows_of_atom(&atom, &version)).bind(slug);
    statement.persistent(false).fetch_optional(conn).await
}

/// Inserts the rows of an atom as [`rows_of_atom`] read them; answers how many. Columns that were not there then get what the
/// table gives them.
pub(super) async fn insert_rows_of_atom(
    conn: &mut PgConnection,
    atom: &str,
    versions: &[String],
) -> sqlx::Result<i64> {
    let (mut atom_columns, mut version_columns) = columns(conn).await?;
    retain_known(&mut atom_columns, Some(atom));
    retain_known(&mut version_columns, versions.first().map(String::as_str));
    let statement = sqlx::query_scalar(sql::insert_rows_of_atom(&atom_columns, &version_columns));
    statement.bind(atom).bind(versions).persistent(false).fetch_one(conn).await
}

fn retain_known(columns: &mut TypedColumns, row: Option<&str>) {
    let known = row.and_then(|row| serde_json::from_str::<serde_json::Map<String, JsonValue>>(row).ok());
    if let Some(known) = known {
        columns.retain(|(column, _)| known.contains_key(column));
    }
}

/// The columns of the tables of atoms and of versions.
async fn columns(conn: &mut PgConnection) -> sqlx::Result<(TypedColumns, TypedColumns)> {
    let rows = sqlx::query!(
        r#"SELECT a.attrelid = 'atoms_atom'::regclass AS "of_atoms!", a.attname::text AS "column!",
                  format_type(a.atttypid, a.atttypmod) AS "data_type!"
           FROM pg_attribute a
           WHERE a.attrelid IN ('atoms_atom'::regclass, 'atoms_atomversion'::regclass)
             AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
           ORDER BY a.attnum"#
    )
    .fetch_all(conn)
    .await?;
    let (mut atom, mut version) = (TypedColumns::new(), TypedColumns::new());
    for row in rows {
        let of = if row.of_atoms { &mut atom } else { &mut version };
        of.push((row.column, row.data_type));
    }
    Ok((atom, version))
}

/// Deletes an atom with its versions; answers how many rows. One statement: they may refer to each other.
pub(super) async fn delete_atom(conn: &mut PgConnection, slug: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"WITH version AS (DELETE FROM atoms_atomversion WHERE atom_id IN (SELECT id FROM atoms_atom WHERE slug = $1) RETURNING 1),
                atom AS (DELETE FROM atoms_atom WHERE slug = $1 RETURNING 1)
           SELECT (SELECT count(*) FROM version) + (SELECT count(*) FROM atom) AS "rows!""#,
        slug,
    )
    .fetch_one(conn)
    .await
}

/// An atom that has the slug, the name or the number of one that was deleted (its row, as [`rows_of_atom`] read it).
pub(super) async fn in_the_way(conn: &mut PgConnection, atom: &JsonValue) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"SELECT a.slug::text AS "slug!" FROM atoms_atom a, (SELECT $1::jsonb) AS gone (row)
           WHERE a.slug = gone.row ->> 'slug' OR a.name = gone.row ->> 'name' OR a.id::text = gone.row ->> 'id'
           ORDER BY a.slug = gone.row ->> 'slug' DESC LIMIT 1"#,
        atom,
    )
    .fetch_optional(conn)
    .await
}

/// Switches versions of an atom on; answers how many.
pub(super) async fn activate(conn: &mut PgConnection, slug: &str, versions: &[String]) -> sqlx::Result<u64> {
    let activated = sqlx::query!(
        "UPDATE atoms_atomversion v SET is_active = true FROM atoms_atom a
         WHERE a.slug = $1 AND v.atom_id = a.id AND v.version = ANY ($2::text[])",
        slug,
        versions,
    )
    .execute(conn)
    .await?;
    Ok(activated.rows_affected())
}

/// Every tenant whose schema has the tables of a catalog, with its name.
pub(super) async fn tenants_with_tables(conn: &mut PgConnection) -> sqlx::Result<Vec<(SchemaName, String)>> {
    let rows = sqlx::query!(
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!"
           FROM tenantry.tenant t
           JOIN pg_namespace n ON n.nspname = t.schema_name
           WHERE NOT EXISTS (SELECT FROM tenantry.trash x WHERE x.schema_name = t.schema_name)
             AND 3 = (SELECT count(*) FROM pg_class c
                      WHERE c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                        AND c.relname IN ('atoms_atomcategory', 'atoms_atom', 'atoms_atomversion'))
           ORDER BY lower(t.name), t.schema_name"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.schema, row.name)).collect())
}

pub(super) async fn is_in_master(conn: &mut PgConnection, slug: &str) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM tenantry.catalog_atom WHERE release = 0 AND slug = $1) AS "known!""#,
        slug,
    )
    .fetch_one(conn)
    .await
}
