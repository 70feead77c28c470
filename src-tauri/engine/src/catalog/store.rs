//! The SQL of the catalog. Statements on `atoms_*` run with the tenant's schema as the search path.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::import::Incoming;
use super::{
    Category, MasterAtom, MasterCatalog, MasterState, MasterVersion, Size, TenantAtom, TenantVersion,
    VersionKey,
};
use crate::names::SchemaName;

pub(crate) async fn master_state(conn: &mut PgConnection) -> sqlx::Result<MasterState> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(DISTINCT category) FROM tenantry.master_atom)::integer AS "categories!",
                  (SELECT count(*) FROM tenantry.master_atom)::integer AS "atoms!",
                  (SELECT count(*) FROM tenantry.master_version)::integer AS "versions!",
                  (SELECT COALESCE(max(seq), 0)::text FROM tenantry.operation WHERE subject = 'catalog') AS "version!""#
    )
    .fetch_one(conn)
    .await?;
    let count = |n: i32| u32::try_from(n).unwrap_or(0);
    let size =
        Size { categories: count(row.categories), atoms: count(row.atoms), versions: count(row.versions) };
    Ok(MasterState { size, version: row.version })
}

pub(super) async fn master(conn: &mut PgConnection) -> sqlx::Result<MasterCatalog> {
    let categories =
        sqlx::query_as!(Category, "SELECT name, description FROM tenantry.master_category ORDER BY name")
            .fetch_all(&mut *conn)
            .await?;
    let atoms = sqlx::query!(
        r#"SELECT a.slug, a.name, a.description, a.category,
                  COALESCE((SELECT jsonb_agg(jsonb_build_object('version', v.version, 'releaseDate', v.release_date,
                                                                'releaseNotes', v.release_notes, 'isActive', v.is_active,
                                                                'configSchema', v.config_schema::text) ORDER BY v.version)
                            FROM tenantry.master_version v WHERE v.slug = a.slug), '[]') AS "versions!: Json<Vec<MasterVersion>>"
           FROM tenantry.master_atom a
           ORDER BY a.category, a.name"#
    )
    .fetch_all(conn)
    .await?;
    let atoms = atoms.into_iter().map(|row| MasterAtom {
        slug: row.slug,
        name: row.name,
        description: row.description,
        category: row.category,
        versions: row.versions.0,
    });
    Ok(MasterCatalog { categories, atoms: atoms.collect() })
}

/// Imports wait for each other; whoever reads the catalog does not.
pub(crate) async fn lock_master(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("LOCK TABLE tenantry.master_category IN SHARE ROW EXCLUSIVE MODE").execute(conn).await?;
    Ok(())
}

/// Adds and updates the whole of an import, a statement a table.
pub(super) async fn upsert_master(conn: &mut PgConnection, incoming: &Incoming) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.master_category AS known (name, description)
         SELECT c.name, COALESCE(c.description, '') FROM jsonb_to_recordset($1) AS c (name text, description text)
         WHERE c.description IS NOT NULL OR NOT EXISTS (SELECT FROM tenantry.master_category k WHERE k.name = c.name)
         ON CONFLICT (name) DO UPDATE SET description = EXCLUDED.description
         WHERE known.description IS DISTINCT FROM EXCLUDED.description",
        Json(&incoming.categories) as _,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        "INSERT INTO tenantry.master_atom AS known (slug, name, description, category)
         SELECT a.slug, a.name, a.description, a.category
         FROM jsonb_to_recordset($1) AS a (slug text, name text, description text, category text)
         ON CONFLICT (slug) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description, category = EXCLUDED.category
         WHERE (known.name, known.description, known.category) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.description, EXCLUDED.category)",
        Json(&incoming.atoms) as _,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!(
        r#"INSERT INTO tenantry.master_version AS known (slug, version, release_date, release_notes, config_schema, is_active)
           SELECT a.slug, v.version,
                  COALESCE(v."releaseDate", (SELECT k.release_date FROM tenantry.master_version k WHERE k.slug = a.slug AND k.version = v.version), CURRENT_DATE),
                  v."releaseNotes", v."configSchema"::jsonb, v."isActive"
           FROM jsonb_to_recordset($1) AS a (slug text, versions jsonb)
           CROSS JOIN LATERAL jsonb_to_recordset(a.versions)
               AS v (version text, "releaseDate" date, "releaseNotes" text, "configSchema" text, "isActive" boolean)
           ON CONFLICT (slug, version) DO UPDATE SET release_date = EXCLUDED.release_date, release_notes = EXCLUDED.release_notes,
                                                     config_schema = EXCLUDED.config_schema, is_active = EXCLUDED.is_active
           WHERE (known.release_date, known.release_notes, known.config_schema, known.is_active)
                 IS DISTINCT FROM (EXCLUDED.release_date, EXCLUDED.release_notes, EXCLUDED.config_schema, EXCLUDED.is_active)"#,
        Json(&incoming.atoms) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Whether a schema has the three tables of a catalog.
pub(crate) async fn has_tables(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"SELECT count(*) = 3 AS "complete!"
           FROM pg_class c
           JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE n.nspname = $1 AND c.relname IN ('atoms_atomcategory', 'atoms_atom', 'atoms_atomversion') AND c.relkind IN ('r', 'p')"#,
        schema.as_str(),
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn tenant_atoms(conn: &mut PgConnection) -> sqlx::Result<Vec<TenantAtom>> {
    let rows = sqlx::query!(
        r#"SELECT a.slug::text AS "slug!", a.name::text AS "name!", c.name::text AS "category!",
                  COALESCE((SELECT jsonb_agg(jsonb_build_object('version', v.version, 'isActive', v.is_active) ORDER BY v.version)
                            FROM atoms_atomversion v WHERE v.atom_id = a.id), '[]') AS "versions!: Json<Vec<TenantVersion>>"
           FROM atoms_atom a
           JOIN atoms_atomcategory c ON c.id = a.category_id
           ORDER BY c.name, a.name"#
    )
    .fetch_all(conn)
    .await?;
    let atoms = rows.into_iter().map(|row| TenantAtom {
        slug: row.slug,
        name: row.name,
        category: row.category,
        versions: row.versions.0,
    });
    Ok(atoms.collect())
}

pub(super) struct LackingAtom {
    pub slug: String,
    pub name: String,
    /// Another atom of the tenant has the name, which is unique.
    pub name_taken: bool,
}

pub(super) async fn lacking_atoms(conn: &mut PgConnection) -> sqlx::Result<Vec<LackingAtom>> {
    sqlx::query_as!(
        LackingAtom,
        r#"SELECT m.slug, m.name, EXISTS (SELECT FROM atoms_atom a WHERE a.name = m.name) AS "name_taken!"
           FROM tenantry.master_atom m
           WHERE NOT EXISTS (SELECT FROM atoms_atom a WHERE a.slug = m.slug)
           ORDER BY m.slug"#
    )
    .fetch_all(conn)
    .await
}

/// Versions that the tenant lacks, of atoms that it has or can be given.
pub(super) async fn lacking_versions(conn: &mut PgConnection) -> sqlx::Result<Vec<VersionKey>> {
    sqlx::query_as!(
        VersionKey,
        r#"SELECT v.slug, v.version
           FROM tenantry.master_version v
           JOIN tenantry.master_atom m ON m.slug = v.slug
           LEFT JOIN atoms_atom a ON a.slug = v.slug
           WHERE NOT EXISTS (SELECT FROM atoms_atomversion x WHERE x.atom_id = a.id AND x.version = v.version)
             AND (a.id IS NOT NULL OR NOT EXISTS (SELECT FROM atoms_atom other WHERE other.name = m.name))
           ORDER BY v.slug, v.version"#
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn lacking_categories(
    conn: &mut PgConnection,
    atoms: &[String],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT m.category AS "category!"
           FROM tenantry.master_atom m
           WHERE m.slug = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM atoms_atomcategory c WHERE c.name = m.category)
           ORDER BY 1"#,
        atoms,
    )
    .fetch_all(conn)
    .await
}

/// The categories that the atoms to be inserted need.
pub(super) async fn insert_categories(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let inserted = sqlx::query!(
        "INSERT INTO atoms_atomcategory (name, description)
         SELECT k.name, k.description
         FROM tenantry.master_category k
         WHERE EXISTS (SELECT FROM tenantry.master_atom m
                       WHERE m.category = k.name
                         AND NOT EXISTS (SELECT FROM atoms_atom a WHERE a.slug = m.slug OR a.name = m.name))
         ORDER BY k.name
         ON CONFLICT (name) DO NOTHING"
    )
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected())
}

pub(super) async fn insert_atoms(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let inserted = sqlx::query!(
        "INSERT INTO atoms_atom (name, slug, description, created_at, updated_at, category_id)
         SELECT m.name, m.slug, m.description, now(), now(), c.id
         FROM tenantry.master_atom m
         JOIN atoms_atomcategory c ON c.name = m.category
         WHERE NOT EXISTS (SELECT FROM atoms_atom a WHERE a.slug = m.slug)
         ORDER BY m.slug
         ON CONFLICT DO NOTHING"
    )
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected())
}

pub(super) async fn insert_versions(conn: &mut PgConnection) -> sqlx::Result<u64> {
    let inserted = sqlx::query!(
        "INSERT INTO atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
         SELECT v.version, v.release_date, v.release_notes, v.config_schema, v.is_active, now(), a.id
         FROM tenantry.master_version v
         JOIN atoms_atom a ON a.slug = v.slug
         WHERE NOT EXISTS (SELECT FROM atoms_atomversion x WHERE x.atom_id = a.id AND x.version = v.version)
         ORDER BY v.slug, v.version
         ON CONFLICT (atom_id, version) DO NOTHING"
    )
    .execute(conn)
    .await?;
    Ok(inserted.rows_affected())
}

pub(super) async fn remove_from_master(
    conn: &mut PgConnection,
    atoms: &[String],
    versions: &[VersionKey],
) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM tenantry.master_version v
         WHERE v.slug = ANY ($1::text[])
            OR EXISTS (SELECT FROM jsonb_to_recordset($2) AS k (slug text, version text) WHERE (k.slug, k.version) = (v.slug, v.version))",
        atoms,
        Json(versions) as _,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM tenantry.master_atom WHERE slug = ANY ($1::text[])", atoms)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn remove_empty_categories(conn: &mut PgConnection, names: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM tenantry.master_category c
         WHERE c.name = ANY ($1::text[]) AND NOT EXISTS (SELECT FROM tenantry.master_atom a WHERE a.category = c.name)",
        names,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Those of some atoms that have more versions than these.
pub(super) async fn with_other_versions(
    conn: &mut PgConnection,
    atoms: &[String],
    versions: &[VersionKey],
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        r#"SELECT DISTINCT a.slug::text AS "slug!"
           FROM atoms_atom a
           JOIN atoms_atomversion v ON v.atom_id = a.id
           WHERE a.slug = ANY ($1::text[])
             AND NOT EXISTS (SELECT FROM jsonb_to_recordset($2) AS k (slug text, version text) WHERE (k.slug, k.version) = (a.slug, v.version))"#,
        atoms,
        Json(versions) as _,
    )
    .fetch_all(conn)
    .await
}

pub(super) struct KeyToAtoms {
    pub table: String,
    pub column: String,
    /// To a version of an atom, not to the atom itself.
    pub to_version: bool,
}

/// The foreign keys in a schema that refer to its atoms, other than those of the catalog itself.
pub(super) async fn keys_to_atoms(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Vec<KeyToAtoms>> {
    sqlx::query_as!(
        KeyToAtoms,
        r#"SELECT child.relname::text AS "table!", a.attname::text AS "column!", parent.relname = 'atoms_atomversion' AS "to_version!"
           FROM pg_constraint c
           JOIN pg_class child ON child.oid = c.conrelid
           JOIN pg_class parent ON parent.oid = c.confrelid
           JOIN pg_namespace n ON n.oid = parent.relnamespace AND n.oid = child.relnamespace
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           WHERE c.contype = 'f' AND c.conparentid = 0 AND n.nspname = $1
             AND parent.relname IN ('atoms_atom', 'atoms_atomversion') AND child.relname <> 'atoms_atomversion'
           ORDER BY 1, 2"#,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn delete_versions(conn: &mut PgConnection, versions: &[VersionKey]) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM atoms_atomversion v
         USING atoms_atom a, jsonb_to_recordset($1) AS k (slug text, version text)
         WHERE v.atom_id = a.id AND (k.slug, k.version) = (a.slug, v.version)",
        Json(versions) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn delete_atoms(conn: &mut PgConnection, atoms: &[String]) -> sqlx::Result<()> {
    sqlx::query!("DELETE FROM atoms_atom WHERE slug = ANY ($1::text[])", atoms).execute(conn).await?;
    Ok(())
}
