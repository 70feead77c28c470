//! The SQL of the catalog. Statements on `atoms_*` run with the tenant's schema as the search path.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::check::Fault;
use super::source::IncomingCategory;
use super::{
    Category, MasterAtom, MasterCatalog, MasterState, MasterVersion, Size, TenantAtom, TenantVersion,
    VersionKey,
};
use crate::names::SchemaName;

pub(crate) async fn master_state(conn: &mut PgConnection) -> sqlx::Result<MasterState> {
    let row = sqlx::query!(
        r#"SELECT (SELECT count(*) FROM tenantry.catalog_category WHERE release = 0)::integer AS "categories!",
                  (SELECT count(*) FROM tenantry.catalog_atom WHERE release = 0)::integer AS "atoms!",
                  (SELECT count(*) FROM tenantry.catalog_version WHERE release = 0)::integer AS "versions!",
                  (SELECT COALESCE(max(seq), 0)::text FROM tenantry.operation WHERE subject = 'catalog') AS "version!""#
    )
    .fetch_one(conn)
    .await?;
    Ok(MasterState { size: Size::of(row.categories, row.atoms, row.versions), version: row.version })
}

/// The catalog of a release, or the master catalog itself.
pub(super) async fn catalog(conn: &mut PgConnection, release: i32) -> sqlx::Result<MasterCatalog> {
    let categories = sqlx::query_as!(
        Category,
        "SELECT name, description FROM tenantry.catalog_category WHERE release = $1 ORDER BY name",
        release,
    )
    .fetch_all(&mut *conn)
    .await?;
    let atoms = sqlx::query!(
        r#"SELECT a.slug, a.name, a.description, a.category, COALESCE(v.versions, '[]') AS "versions!: Json<Vec<MasterVersion>>"
           FROM tenantry.catalog_atom a
           LEFT JOIN (SELECT slug, jsonb_agg(jsonb_build_object('version', version, 'releaseDate', release_date,
                                                                'releaseNotes', release_notes, 'isActive', is_active,
                                                                'configSchema', config_schema::text) ORDER BY version) AS versions
                      FROM tenantry.catalog_version WHERE release = $1 GROUP BY slug) v ON v.slug = a.slug
           WHERE a.release = $1
           ORDER BY a.category, a.name"#,
        release,
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

/// The catalog of the schema that is the search path.
pub(super) async fn copy(conn: &mut PgConnection) -> sqlx::Result<MasterCatalog> {
    let categories = sqlx::query_as!(
        Category,
        r#"SELECT name::text AS "name!", COALESCE(description, '')::text AS "description!" FROM atoms_atomcategory ORDER BY name"#
    )
    .fetch_all(&mut *conn)
    .await?;
    let atoms = sqlx::query!(
        r#"SELECT a.slug::text AS "slug!", a.name::text AS "name!", COALESCE(a.description, '')::text AS "description!", c.name::text AS "category!",
                  COALESCE(v.versions, '[]') AS "versions!: Json<Vec<MasterVersion>>"
           FROM atoms_atom a
           JOIN atoms_atomcategory c ON c.id = a.category_id
           LEFT JOIN (SELECT atom_id, jsonb_agg(jsonb_build_object('version', version, 'releaseDate', release_date,
                                                                   'releaseNotes', COALESCE(release_notes, ''), 'isActive', is_active,
                                                                   'configSchema', COALESCE(config_schema::text, '{}')) ORDER BY version) AS versions
                      FROM atoms_atomversion GROUP BY atom_id) v ON v.atom_id = a.id
           ORDER BY c.name, a.name"#
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

/// Brings versions to the form in which they are kept: config schemas as PostgreSQL prints them, and release dates that were
/// left out as they are, or today. What a release has published with another content is answered.
pub(super) async fn settle(
    conn: &mut PgConnection,
    atoms: &mut [MasterAtom],
) -> sqlx::Result<Vec<(usize, Fault)>> {
    let versions =
        || atoms.iter().flat_map(|atom| atom.versions.iter().map(move |version| (&atom.slug, version)));
    let rows = sqlx::query!(
        r#"SELECT COALESCE(i.release_date, m.release_date, p.release_date, CURRENT_DATE) AS "release_date!",
                  i.config_schema::jsonb::text AS "config_schema!", p.release AS "published?",
                  p.release_date <> COALESCE(i.release_date, p.release_date) AS other_date,
                  p.release_notes <> i.release_notes AS other_notes,
                  p.config_schema::text <> i.config_schema::jsonb::text AS other_schema
           FROM unnest($1::text[], $2::text[], $3::date[], $4::text[], $5::text[])
               WITH ORDINALITY AS i (slug, version, release_date, release_notes, config_schema, place)
           LEFT JOIN tenantry.catalog_version m ON m.release = 0 AND m.slug = i.slug AND m.version = i.version
           LEFT JOIN LATERAL (SELECT v.release, v.release_date, v.release_notes, v.config_schema FROM tenantry.catalog_version v
                              WHERE v.slug = i.slug AND v.version = i.version AND v.release > 0 ORDER BY v.release LIMIT 1) p ON true
           ORDER BY i.place"#,
        &versions().map(|(slug, _)| slug.clone()).collect::<Vec<_>>(),
        &versions().map(|(_, v)| v.version.clone()).collect::<Vec<_>>(),
        &versions().map(|(_, v)| v.release_date).collect::<Vec<_>>() as _,
        &versions().map(|(_, v)| v.release_notes.clone()).collect::<Vec<_>>(),
        &versions().map(|(_, v)| v.config_schema.clone()).collect::<Vec<_>>(),
    )
    .fetch_all(conn)
    .await?;
    let mut rows = rows.into_iter();
    let mut faults = Vec::new();
    for (index, MasterAtom { slug, versions, .. }) in atoms.iter_mut().enumerate() {
        for (place, (version, row)) in versions.iter_mut().zip(rows.by_ref()).enumerate() {
            version.release_date = Some(row.release_date);
            version.config_schema = row.config_schema;
            let Some(release) = row.published else { continue };
            for (field, otherwise, differs) in [
                ("releaseDate", "another release date", row.other_date),
                ("releaseNotes", "other release notes", row.other_notes),
                ("configSchema", "another config schema", row.other_schema),
            ] {
                if differs == Some(true) {
                    let reason = format!(
                        "version `{}` of `{slug}` is published in release {release} with {otherwise}, and its content never \
                         changes; give the new content a version number of its own",
                        version.version
                    );
                    faults.push((index, Fault::of_version(place, field, reason)));
                }
            }
        }
    }
    Ok(faults)
}

/// Imports wait for each other; whoever reads the catalog does not.
pub(crate) async fn lock_master(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("LOCK TABLE tenantry.catalog_category IN SHARE ROW EXCLUSIVE MODE").execute(conn).await?;
    Ok(())
}

pub(super) async fn upsert_categories(
    conn: &mut PgConnection,
    categories: &[IncomingCategory],
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.catalog_category AS known (name, description)
         SELECT c.name, COALESCE(c.description, '') FROM jsonb_to_recordset($1) AS c (name text, description text)
         WHERE c.description IS NOT NULL OR NOT EXISTS (SELECT FROM tenantry.catalog_category k WHERE k.release = 0 AND k.name = c.name)
         ON CONFLICT (release, name) DO UPDATE SET description = EXCLUDED.description
         WHERE known.description IS DISTINCT FROM EXCLUDED.description",
        Json(categories) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// All at once: two atoms may change names.
pub(super) async fn upsert_atoms(conn: &mut PgConnection, atoms: &[MasterAtom]) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.catalog_atom AS known (slug, name, description, category)
         SELECT a.slug, a.name, a.description, a.category
         FROM jsonb_to_recordset($1) AS a (slug text, name text, description text, category text)
         ON CONFLICT (release, slug) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description, category = EXCLUDED.category
         WHERE (known.name, known.description, known.category) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.description, EXCLUDED.category)",
        Json(atoms) as _,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The versions of settled atoms.
pub(super) async fn upsert_versions(conn: &mut PgConnection, atoms: &[MasterAtom]) -> sqlx::Result<()> {
    sqlx::query!(
        r#"INSERT INTO tenantry.catalog_version AS known (slug, version, release_date, release_notes, config_schema, is_active)
           SELECT a.slug, v.version, v."releaseDate", v."releaseNotes", v."configSchema"::jsonb, v."isActive"
           FROM jsonb_to_recordset($1) AS a (slug text, versions jsonb)
           CROSS JOIN LATERAL jsonb_to_recordset(a.versions)
               AS v (version text, "releaseDate" date, "releaseNotes" text, "configSchema" text, "isActive" boolean)
           ON CONFLICT (release, slug, version) DO UPDATE SET release_date = EXCLUDED.release_date, release_notes = EXCLUDED.release_notes,
                                                     config_schema = EXCLUDED.config_schema, is_active = EXCLUDED.is_active
           WHERE (known.release_date, known.release_notes, known.config_schema::text, known.is_active)
                 IS DISTINCT FROM (EXCLUDED.release_date, EXCLUDED.release_notes, EXCLUDED.config_schema::text, EXCLUDED.is_active)"#,
        Json(atoms) as _,
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

pub(super) async fn remove_from_master(
    conn: &mut PgConnection,
    atoms: &[String],
    versions: &[VersionKey],
) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM tenantry.catalog_version v
         WHERE v.release = 0
           AND (v.slug = ANY ($1::text[])
                OR EXISTS (SELECT FROM jsonb_to_recordset($2) AS k (slug text, version text) WHERE (k.slug, k.version) = (v.slug, v.version)))",
        atoms,
        Json(versions) as _,
    )
    .execute(&mut *conn)
    .await?;
    sqlx::query!("DELETE FROM tenantry.catalog_atom WHERE release = 0 AND slug = ANY ($1::text[])", atoms)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn remove_empty_categories(conn: &mut PgConnection, names: &[String]) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM tenantry.catalog_category c
         WHERE c.release = 0 AND c.name = ANY ($1::text[])
           AND NOT EXISTS (SELECT FROM tenantry.catalog_atom a WHERE a.release = 0 AND a.category = c.name)",
        names,
    )
    .execute(conn)
    .await?;
    Ok(())
}
