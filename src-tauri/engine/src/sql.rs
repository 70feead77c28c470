//! The one place where statements are put together from names at run time.
//!
//! Everything else in the engine is a literal that the compiler has checked against the schema. What stands here is made
//! of [`Ident`]s, which quote themselves, and of definitions that PostgreSQL itself has printed.

#![expect(clippy::disallowed_methods, reason = "this is the one place")]

use sqlx::AssertSqlSafe;

use crate::names::{Ident, SchemaName};

pub(crate) type Statement = AssertSqlSafe<String>;

/// Makes a schema and runs the blueprint's statements in it, in one message. The search path is the session's own again
/// afterwards: under another one PostgreSQL would plan every prepared statement anew.
pub(crate) fn build_schema(schema: &SchemaName, statements: &str) -> Statement {
    let (name, made) = (schema.ident(), in_schema(schema, statements).0);
    AssertSqlSafe(format!("CREATE SCHEMA {name}; {made}; SET LOCAL search_path TO DEFAULT"))
}

/// Runs statements of the blueprint in a schema, in one message. The search path is the schema afterwards.
pub(crate) fn in_schema(schema: &SchemaName, statements: &str) -> Statement {
    AssertSqlSafe(format!("SET LOCAL search_path TO {};\n{statements}", schema.search_path()))
}

/// Inserts a tenant row with whatever columns the platform's tenant table has. Parameters: schema name, name, primary
/// domain, and the attributes as one JSON object, which PostgreSQL turns into the columns' own types.
pub(crate) fn insert_tenant(attributes: &[Ident]) -> Statement {
    let columns: String = attributes.iter().map(|column| format!(", {column}")).collect();
    let values: String = attributes.iter().map(|column| format!(", given.{column}")).collect();
    AssertSqlSafe(format!(
        "INSERT INTO tenantry.tenant (schema_name, name, primary_domain{columns}) \
         SELECT $1, $2, $3{values} FROM jsonb_populate_record(NULL::tenantry.tenant, $4) AS given \
         ON CONFLICT DO NOTHING"
    ))
}

/// Evaluates check constraints, as the catalog prints them, against tenant rows given as an array of JSON objects
/// (parameter 1). An array for each row with one boolean a constraint; NULL where the row says nothing about it.
pub(crate) fn evaluate_checks(expressions: &[&str]) -> Statement {
    let columns = expressions.join(", ");
    AssertSqlSafe(format!(
        "SELECT (SELECT ARRAY[{columns}]::boolean[] FROM jsonb_populate_record(NULL::tenantry.tenant, asked.record) AS given) \
         FROM jsonb_array_elements($1) WITH ORDINALITY AS asked (record, place) ORDER BY asked.place"
    ))
}

/// Sets columns of one tenant's row. Parameters: schema name, and the values as one JSON object.
pub(crate) fn update_tenant(columns: &[Ident]) -> Statement {
    let targets: Vec<_> = columns.iter().map(ToString::to_string).collect();
    let values: Vec<_> = columns.iter().map(|column| format!("given.{column}")).collect();
    AssertSqlSafe(format!(
        "UPDATE tenantry.tenant SET ({}) = ROW ({}) FROM jsonb_populate_record(NULL::tenantry.tenant, $2) AS given \
         WHERE tenant.schema_name = $1",
        targets.join(", "),
        values.join(", ")
    ))
}

pub(crate) fn rename_schema(before: &SchemaName, after: &SchemaName) -> Statement {
    AssertSqlSafe(format!("ALTER SCHEMA {} RENAME TO {}", before.ident(), after.ident()))
}

pub(crate) fn drop_schema(schema: &SchemaName) -> Statement {
    AssertSqlSafe(format!("DROP SCHEMA {} CASCADE", schema.ident()))
}

pub(crate) fn drop_constraint(schema: &SchemaName, table: &Ident, constraint: &Ident) -> Statement {
    AssertSqlSafe(format!("ALTER TABLE {}.{table} DROP CONSTRAINT {constraint}", schema.ident()))
}

/// Drops tables of one schema in one statement, with what refers to them.
pub(crate) fn drop_tables(schema: &SchemaName, tables: &[Ident]) -> Statement {
    let names: Vec<_> = tables.iter().map(|table| format!("{}.{table}", schema.ident())).collect();
    AssertSqlSafe(format!("DROP TABLE {} CASCADE", names.join(", ")))
}

/// The atoms among some (parameter 1: their slugs) that a column refers to.
pub(crate) fn slugs_of_used_atoms(table: &Ident, column: &Ident) -> Statement {
    AssertSqlSafe(format!(
        "SELECT a.slug::text FROM atoms_atom a WHERE a.slug = ANY ($1) AND EXISTS (SELECT FROM {table} x WHERE x.{column} = a.id)"
    ))
}

/// The same for a column that refers to versions of atoms.
pub(crate) fn slugs_of_used_versions(table: &Ident, column: &Ident) -> Statement {
    AssertSqlSafe(format!(
        "SELECT a.slug::text FROM atoms_atom a WHERE a.slug = ANY ($1) AND EXISTS \
         (SELECT FROM {table} x JOIN atoms_atomversion v ON v.id = x.{column} WHERE v.atom_id = a.id)"
    ))
}
