//! New rows of a tenant's catalog, whose tables may have columns that are the platform's own.

use sqlx::AssertSqlSafe;

use super::Statement;
use crate::names::Ident;

/// A column of a tenant's catalog that is the platform's own, with an expression for what it begins with.
pub(crate) type OwnColumn = (Ident, String);

/// Inserts categories (parameter 2: their names) of a release (parameter 1) into the schema of the search path.
pub(crate) fn insert_categories(own: &[OwnColumn]) -> Statement {
    let (columns, values) = own_columns(own);
    AssertSqlSafe(format!(
        "INSERT INTO atoms_atomcategory (name, description{columns}) SELECT m.name, m.description{values} \
         FROM tenantry.catalog_category m WHERE m.release = $1 AND m.name = ANY ($2::text[]) ORDER BY m.name"
    ))
}

/// Inserts atoms (parameter 2: their slugs) of a release (parameter 1).
pub(crate) fn insert_atoms(own: &[OwnColumn]) -> Statement {
    let (columns, values) = own_columns(own);
    AssertSqlSafe(format!(
        "INSERT INTO atoms_atom (name, slug, description, category_id{columns}) \
         SELECT m.name, m.slug, m.description, c.id{values} \
         FROM tenantry.catalog_atom m JOIN atoms_atomcategory c ON c.name = m.category \
         WHERE m.release = $1 AND m.slug = ANY ($2::text[]) ORDER BY m.slug"
    ))
}

/// Inserts versions (parameters 2 and 3: their slugs and versions) of a release (parameter 1).
pub(crate) fn insert_versions(own: &[OwnColumn]) -> Statement {
    let (columns, values) = own_columns(own);
    AssertSqlSafe(format!(
        "INSERT INTO atoms_atomversion (version, release_date, release_notes, config_schema, is_active, atom_id{columns}) \
         SELECT m.version, m.release_date, m.release_notes, m.config_schema, m.is_active, a.id{values} \
         FROM unnest($2::text[], $3::text[]) AS k (slug, version) \
         JOIN tenantry.catalog_version m ON m.release = $1 AND (m.slug, m.version) = (k.slug, k.version) \
         JOIN atoms_atom a ON a.slug = m.slug ORDER BY m.slug, m.version"
    ))
}

fn own_columns(own: &[OwnColumn]) -> (String, String) {
    own.iter().map(|(column, value)| (format!(", {column}"), format!(", {value}"))).unzip()
}
