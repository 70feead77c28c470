//! The SQL on a tenant's copy of the catalog. Its schema is the search path.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;
use sqlx::types::Json;

use super::sync::AtomContent;
use super::{CatalogRows, Content};
use crate::blueprint;
use crate::names::{Ident, SchemaName};
use crate::platform::plain_value;
use crate::sql::{self, OwnColumn};

/// The columns that a copy's tables have beside ours, and that every new row needs a value for.
#[derive(Default)]
pub(super) struct OwnColumns {
    category: Vec<OwnColumn>,
    atom: Vec<OwnColumn>,
    version: Vec<OwnColumn>,
}

/// `None` where a table is missing, or one of the columns that a catalog has.
pub(super) async fn own_columns(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Option<OwnColumns>> {
    let rows = sqlx::query!(
        r#"SELECT c.relname::text AS "table!", a.attname::text AS "column!", t.typcategory::text AS "category!", t.typname::text AS "base_type!",
                  (SELECT e.enumlabel::text FROM pg_enum e WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder LIMIT 1) AS first_label,
                  k.is_ours AS "is_ours!"
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           JOIN pg_type d ON d.oid = a.atttypid
           JOIN pg_type t ON t.oid = CASE d.typtype WHEN 'd' THEN d.typbasetype ELSE d.oid END
           CROSS JOIN LATERAL (SELECT CASE c.relname
               WHEN 'atoms_atomcategory' THEN a.attname IN ('id', 'name', 'description')
               WHEN 'atoms_atom' THEN a.attname IN ('id', 'name', 'slug', 'description', 'category_id', 'updated_at')
               ELSE a.attname IN ('id', 'version', 'release_date', 'release_notes', 'config_schema', 'is_active', 'atom_id')
           END AS is_ours) k
           WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relname IN ('atoms_atomcategory', 'atoms_atom', 'atoms_atomversion')
             AND (k.is_ours OR (a.attnotnull OR d.typnotnull) AND NOT a.atthasdef AND d.typdefault IS NULL AND a.attidentity = '')
           ORDER BY 1, a.attnum"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await?;
    let mut own = OwnColumns::default();
    let mut ours = 0;
    for row in rows {
        let of = match row.table.as_str() {
            "atoms_atomcategory" => &mut own.category,
            "atoms_atom" => &mut own.atom,
            _ => &mut own.version,
        };
        ours += i32::from(row.is_ours);
        // A new atom is as old as its row.
        if row.is_ours && row.column != "updated_at" {
            continue;
        }
        let value = plain_value(&row.category, &row.base_type, row.first_label.as_deref());
        // Where no value can be guessed, the table itself says that one is missing.
        of.extend(
            value
                .or_else(|| row.base_type.starts_with("json").then(|| "'{}'".to_owned()))
                .map(|value| (Ident::new(row.column), value)),
        );
    }
    Ok((ours == 16).then_some(own))
}

/// How long work on one copy waits for whoever has it locked: the others are waiting too.
const LOCK_TIMEOUT: &str = "900ms";

/// From here to the end of the transaction, unqualified names are this schema's and no other's.
pub(super) async fn enter(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<()> {
    sqlx::query!(
        "SELECT set_config('search_path', $1, true) AS path, set_config('lock_timeout', $2, true) AS timeout",
        schema.search_path(),
        LOCK_TIMEOUT,
    )
    .fetch_one(conn)
    .await?;
    Ok(())
}

/// The search path is the session's own again, and others are waited for as elsewhere.
pub(super) async fn leave(conn: &mut PgConnection) -> sqlx::Result<()> {
    blueprint::leave(&mut *conn).await?;
    sqlx::query!("SET LOCAL lock_timeout TO DEFAULT").execute(conn).await?;
    Ok(())
}

/// Nobody else writes the copy until the transaction ends; whoever reads it does not notice.
pub(super) async fn lock(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("LOCK TABLE atoms_atomcategory, atoms_atom, atoms_atomversion IN SHARE ROW EXCLUSIVE MODE")
        .execute(conn)
        .await?;
    Ok(())
}

/// Inserts rows of a release; answers how many.
pub(super) async fn insert(
    conn: &mut PgConnection,
    own: &OwnColumns,
    release: i32,
    rows: &CatalogRows,
) -> sqlx::Result<u64> {
    let mut inserted = 0;
    if !rows.categories.is_empty() {
        let statement =
            sqlx::query(sql::insert_categories(&own.category)).bind(release).bind(rows.category_names());
        inserted += statement.execute(&mut *conn).await?.rows_affected();
    }
    if !rows.atoms.is_empty() {
        let statement = sqlx::query(sql::insert_atoms(&own.atom)).bind(release).bind(rows.atom_slugs());
        inserted += statement.execute(&mut *conn).await?.rows_affected();
    }
    if !rows.versions.is_empty() {
        let (slugs, versions) = rows.version_keys();
        let statement =
            sqlx::query(sql::insert_versions(&own.version)).bind(release).bind(slugs).bind(versions);
        inserted += statement.execute(conn).await?.rows_affected();
    }
    Ok(inserted)
}

/// Names that others get in the next statement give way first, since a unique index looks at each row by itself.
pub(super) async fn put_aside(conn: &mut PgConnection, slugs: &[String]) -> sqlx::Result<()> {
    sqlx::query!("UPDATE atoms_atom SET name = 'moving ' || md5(slug) WHERE slug = ANY ($1::text[])", slugs)
        .execute(conn)
        .await?;
    Ok(())
}

/// Sets rows to what a release says; answers how many.
pub(super) async fn update(conn: &mut PgConnection, release: i32, rows: &CatalogRows) -> sqlx::Result<u64> {
    let mut updated = 0;
    if !rows.categories.is_empty() {
        updated += sqlx::query!(
            "UPDATE atoms_atomcategory t SET description = m.description
             FROM tenantry.catalog_category m
             WHERE m.release = $1 AND m.name = ANY ($2::text[]) AND t.name = m.name",
            release,
            &rows.category_names(),
        )
        .execute(&mut *conn)
        .await?
        .rows_affected();
    }
    if !rows.atoms.is_empty() {
        updated += sqlx::query!(
            "UPDATE atoms_atom t SET name = m.name, description = m.description, category_id = c.id, updated_at = now()
             FROM tenantry.catalog_atom m
             JOIN atoms_atomcategory c ON c.name = m.category
             WHERE m.release = $1 AND m.slug = ANY ($2::text[]) AND t.slug = m.slug",
            release,
            &rows.atom_slugs(),
        )
        .execute(&mut *conn)
        .await?
        .rows_affected();
    }
    if !rows.versions.is_empty() {
        let (slugs, versions) = rows.version_keys();
        updated += sqlx::query!(
            "UPDATE atoms_atomversion t
             SET release_date = m.release_date, release_notes = m.release_notes, config_schema = m.config_schema, is_active = m.is_active
             FROM unnest($2::text[], $3::text[]) AS k (slug, version)
             JOIN tenantry.catalog_version m ON m.release = $1 AND (m.slug, m.version) = (k.slug, k.version)
             JOIN atoms_atom a ON a.slug = m.slug
             WHERE t.atom_id = a.id AND t.version = m.version",
            release,
            &slugs,
            &versions,
        )
        .execute(conn)
        .await?
        .rows_affected();
    }
    Ok(updated)
}

pub(super) async fn deactivate(conn: &mut PgConnection, rows: &CatalogRows) -> sqlx::Result<u64> {
    let (slugs, versions) = rows.version_keys();
    let deactivated = sqlx::query!(
        "UPDATE atoms_atomversion t SET is_active = false
         FROM unnest($1::text[], $2::text[]) AS k (slug, version)
         JOIN atoms_atom a ON a.slug = k.slug
         WHERE t.atom_id = a.id AND t.version = k.version",
        &slugs,
        &versions,
    )
    .execute(conn)
    .await?;
    Ok(deactivated.rows_affected())
}

/// What the copy holds in these rows.
pub(super) async fn content(conn: &mut PgConnection, rows: &CatalogRows) -> sqlx::Result<Content> {
    if rows.is_empty() {
        return Ok(Content::default());
    }
    let (slugs, versions) = rows.version_keys();
    let row = sqlx::query_scalar!(
        r#"SELECT jsonb_build_object(
               'categories', COALESCE((SELECT jsonb_agg(jsonb_build_object('name', c.name, 'description', c.description) ORDER BY c.name)
                   FROM atoms_atomcategory c WHERE c.name = ANY ($1::text[])), '[]'),
               'atoms', COALESCE((SELECT jsonb_agg(jsonb_build_object('slug', a.slug, 'name', a.name, 'description', a.description,
                                                                      'category', c.name) ORDER BY a.slug)
                   FROM atoms_atom a JOIN atoms_atomcategory c ON c.id = a.category_id WHERE a.slug = ANY ($2::text[])), '[]'),
               'versions', COALESCE((SELECT jsonb_agg(jsonb_build_object('slug', a.slug, 'version', v.version, 'releaseDate', v.release_date,
                                                                         'releaseNotes', v.release_notes, 'configSchema', v.config_schema::text,
                                                                         'isActive', v.is_active) ORDER BY a.slug, v.version)
                   FROM unnest($3::text[], $4::text[]) AS k (slug, version)
                   JOIN atoms_atom a ON a.slug = k.slug
                   JOIN atoms_atomversion v ON v.atom_id = a.id AND v.version = k.version), '[]')) AS "content!: Json<Content>""#,
        &rows.category_names(),
        &rows.atom_slugs(),
        &slugs,
        &versions,
    )
    .fetch_one(conn)
    .await?;
    Ok(row.0)
}

/// What atoms that are to come back would meet.
pub(super) struct Place {
    /// Who has their names: slugs, by name.
    pub holders: BTreeMap<String, String>,
    /// Those of their categories that are there.
    pub categories: BTreeSet<String>,
}

impl Place {
    pub async fn of(conn: &mut PgConnection, atoms: &[AtomContent]) -> sqlx::Result<Self> {
        let (names, categories): (Vec<_>, Vec<_>) =
            atoms.iter().map(|atom| (atom.name.clone(), atom.category.clone())).unzip();
        let holders = sqlx::query!(
            r#"SELECT name::text AS "name!", slug::text AS "slug!" FROM atoms_atom WHERE name = ANY ($1::text[])"#,
            &names,
        )
        .fetch_all(&mut *conn)
        .await?;
        let categories = sqlx::query_scalar!(
            r#"SELECT name::text AS "name!" FROM atoms_atomcategory WHERE name = ANY ($1::text[])"#,
            &categories,
        )
        .fetch_all(conn)
        .await?;
        let holders = holders.into_iter().map(|row| (row.name, row.slug)).collect();
        Ok(Self { holders, categories: categories.into_iter().collect() })
    }
}

/// Sets rows to this content; answers how many. They are there.
pub(super) async fn put_back(conn: &mut PgConnection, content: &Content) -> sqlx::Result<u64> {
    let mut put_back = 0;
    if !content.categories.is_empty() {
        put_back += sqlx::query!(
            "UPDATE atoms_atomcategory t SET description = c.description
             FROM jsonb_to_recordset($1) AS c (name text, description text) WHERE t.name = c.name",
            Json(&content.categories) as _,
        )
        .execute(&mut *conn)
        .await?
        .rows_affected();
    }
    if !content.atoms.is_empty() {
        // Any two of them may give their names to each other.
        let slugs: Vec<_> = content.atoms.iter().map(|atom| atom.slug.clone()).collect();
        put_aside(conn, &slugs).await?;
        put_back += sqlx::query!(
            "UPDATE atoms_atom t SET name = a.name, description = a.description, category_id = c.id, updated_at = now()
             FROM jsonb_to_recordset($1) AS a (slug text, name text, description text, category text)
             JOIN atoms_atomcategory c ON c.name = a.category
             WHERE t.slug = a.slug",
            Json(&content.atoms) as _,
        )
        .execute(&mut *conn)
        .await?
        .rows_affected();
    }
    if !content.versions.is_empty() {
        put_back += sqlx::query!(
            r#"UPDATE atoms_atomversion t
               SET release_date = v."releaseDate", release_notes = v."releaseNotes", config_schema = v."configSchema"::jsonb, is_active = v."isActive"
               FROM jsonb_to_recordset($1)
                   AS v (slug text, version text, "releaseDate" date, "releaseNotes" text, "configSchema" text, "isActive" boolean)
               JOIN atoms_atom a ON a.slug = v.slug
               WHERE t.atom_id = a.id AND t.version = v.version"#,
            Json(&content.versions) as _,
        )
        .execute(conn)
        .await?
        .rows_affected();
    }
    Ok(put_back)
}

/// Deletes these rows, categories only where they are empty by then; answers how many atoms and versions went.
pub(super) async fn remove(conn: &mut PgConnection, rows: &CatalogRows) -> sqlx::Result<u64> {
    let (slugs, versions) = rows.version_keys();
    let removed_versions = sqlx::query!(
        "DELETE FROM atoms_atomversion t
         USING unnest($1::text[], $2::text[]) AS k (slug, version), atoms_atom a
         WHERE a.slug = k.slug AND t.atom_id = a.id AND t.version = k.version",
        &slugs,
        &versions,
    )
    .execute(&mut *conn)
    .await?;
    let removed_atoms =
        sqlx::query!("DELETE FROM atoms_atom WHERE slug = ANY ($1::text[])", &rows.atom_slugs())
            .execute(&mut *conn)
            .await?;
    sqlx::query!(
        "DELETE FROM atoms_atomcategory c
         WHERE c.name = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM atoms_atom a WHERE a.category_id = c.id)",
        &rows.category_names(),
    )
    .execute(conn)
    .await?;
    Ok(removed_versions.rows_affected() + removed_atoms.rows_affected())
}

/// Those of some atoms that have more versions than these.
pub(super) async fn with_other_versions(
    conn: &mut PgConnection,
    rows: &CatalogRows,
) -> sqlx::Result<Vec<String>> {
    let (slugs, versions) = rows.version_keys();
    sqlx::query_scalar!(
        r#"SELECT DISTINCT a.slug::text AS "slug!"
           FROM atoms_atom a
           JOIN atoms_atomversion v ON v.atom_id = a.id
           WHERE a.slug = ANY ($1::text[])
             AND NOT EXISTS (SELECT FROM unnest($2::text[], $3::text[]) AS k (slug, version) WHERE (k.slug, k.version) = (a.slug, v.version))"#,
        &rows.atom_slugs(),
        &slugs,
        &versions,
    )
    .fetch_all(conn)
    .await
}
