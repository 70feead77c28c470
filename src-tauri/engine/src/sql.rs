//! The one place where statements are put together from names at run time.
//!
//! Everything else in the engine is a literal that the compiler has checked against the schema. What stands here is made
//! of [`Ident`]s, which quote themselves, and of definitions that PostgreSQL itself has printed.

#![expect(clippy::disallowed_methods, reason = "this is the one place")]

use sqlx::AssertSqlSafe;

use crate::names::{Ident, SchemaName};

pub(crate) type Statement = AssertSqlSafe<String>;

/// Makes a schema and runs the blueprint's statements in it, in one message. The search path is the schema afterwards.
pub(crate) fn build_schema(schema: &SchemaName, statements: &str) -> Statement {
    let (name, path) = (schema.ident(), schema.search_path());
    AssertSqlSafe(format!("CREATE SCHEMA {name}; SET LOCAL search_path TO {path};\n{statements}"))
}

/// Inserts a tenant row with whatever columns the platform's tenant table has: `own` says which of `name` and
/// `primary_domain`. Parameters: schema name, name, primary domain, and the attributes as one JSON object, which
/// PostgreSQL turns into the columns' own types.
pub(crate) fn insert_tenant(own: &[&str], attributes: &[Ident]) -> Statement {
    let own_columns: String = own.iter().map(|column| format!(", {column}")).collect();
    let own_values: String = own.iter().map(|column| format!(", own.{column}")).collect();
    let columns: String = attributes.iter().map(|column| format!(", {column}")).collect();
    let values: String = attributes.iter().map(|column| format!(", given.{column}")).collect();
    AssertSqlSafe(format!(
        "INSERT INTO tenantry.tenant (schema_name{own_columns}{columns}) SELECT own.schema_name{own_values}{values} \
         FROM (SELECT $1::text, $2::text, $3::text) AS own (schema_name, name, primary_domain), \
              jsonb_populate_record(NULL::tenantry.tenant, $4) AS given \
         ON CONFLICT DO NOTHING RETURNING id"
    ))
}

/// Evaluates check constraints, as the catalog prints them, against a tenant row given as JSON (parameter 1). One
/// boolean a constraint; NULL where the row says nothing about it.
pub(crate) fn evaluate_checks(expressions: &[String]) -> Statement {
    let columns = expressions.join(", ");
    AssertSqlSafe(format!(
        "SELECT ARRAY[{columns}]::boolean[] FROM jsonb_populate_record(NULL::tenantry.tenant, $1) AS given"
    ))
}

/// Runs the statements of an adoption as they were shown. They are the console's own migrations, and views whose names
/// are [`Ident`]s and whose expressions PostgreSQL has printed.
pub(crate) fn adoption(statements: &str) -> Statement {
    AssertSqlSafe(statements.to_owned())
}

/// Counts tenants, domains and the tenants' schemas, and names the schemas that are missing. Both tables are quoted.
pub(crate) fn count_tenants(tenants: &str, domains: &str) -> Statement {
    AssertSqlSafe(format!(
        "SELECT count(*), (SELECT count(*) FROM {domains}), count(n.oid), \
                COALESCE(array_agg(t.schema_name::text ORDER BY t.schema_name) FILTER (WHERE n.oid IS NULL), '{{}}') \
         FROM {tenants} AS t LEFT JOIN pg_namespace n ON n.nspname = t.schema_name::text"
    ))
}

/// The schemas that a tenant table names.
pub(crate) fn tenant_schemas(tenants: &str) -> Statement {
    AssertSqlSafe(format!("SELECT schema_name::text FROM {tenants}"))
}

/// Counts the rows of Django's ledger.
pub(crate) fn count_ledger(schema: &Ident) -> Statement {
    AssertSqlSafe(format!("SELECT count(*) FROM {schema}.django_migrations"))
}

/// The value, as a literal, that most rows have in a column, and how many.
pub(crate) fn most_frequent(table: &str, column: &Ident) -> Statement {
    AssertSqlSafe(format!(
        "SELECT quote_literal(({column})::text), count(*) FROM {table} WHERE {column} IS NOT NULL \
         GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    ))
}

/// The kind of JSON that most rows have in a column.
pub(crate) fn most_frequent_json(table: &str, column: &Ident) -> Statement {
    AssertSqlSafe(format!(
        "SELECT jsonb_typeof({column}::jsonb) FROM {table} WHERE {column} IS NOT NULL \
         GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ))
}

/// Whether a value of a column fulfils check constraints, as the catalog prints them.
pub(crate) fn value_holds(column: &Ident, data_type: &str, value: &str, checks: &[String]) -> Statement {
    let all: String = checks.iter().map(|check| format!(" AND COALESCE(({check}), true)")).collect();
    AssertSqlSafe(format!("SELECT true{all} FROM (SELECT ({value})::{data_type} AS {column}) AS given"))
}
