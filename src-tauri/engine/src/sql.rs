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

/// Inserts a tenant row with whatever columns the platform's tenant table has. Parameters: schema name, name, primary
/// domain, and the attributes as one JSON object, which PostgreSQL turns into the columns' own types.
pub(crate) fn insert_tenant(attributes: &[Ident]) -> Statement {
    let columns: String = attributes.iter().map(|column| format!(", {column}")).collect();
    let values: String = attributes.iter().map(|column| format!(", given.{column}")).collect();
    AssertSqlSafe(format!(
        "INSERT INTO tenantry.tenant (schema_name, name, primary_domain{columns}) \
         SELECT $1, $2, $3{values} FROM jsonb_populate_record(NULL::tenantry.tenant, $4) AS given \
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

/// The digest of each schema's ledger, with the schema's place in the list.
pub(crate) fn ledger_digests(schemas: &[SchemaName]) -> Statement {
    each(schemas, |place, schema| {
        format!(
            "SELECT {place} AS place, md5(COALESCE(string_agg(DISTINCT concat(app, '.', name), ',' \
             ORDER BY concat(app, '.', name)), '')) FROM {}.django_migrations",
            schema.ident()
        )
    })
}

/// The rows of each schema's ledger, with the schema's place in the list.
pub(crate) fn ledger_rows(schemas: &[SchemaName]) -> Statement {
    each(schemas, |place, schema| {
        format!("SELECT {place} AS place, app::text, name::text FROM {}.django_migrations", schema.ident())
    })
}

/// A table with a column that a sequence numbers.
pub(crate) struct NumberedTable<'a> {
    pub schema: &'a str,
    pub table: &'a str,
    pub column: &'a str,
    pub sequence_schema: &'a str,
    pub sequence: &'a str,
    pub increment: i64,
}

/// Those of these tables whose sequence gives out next what is not above the largest number in use: the table's place in
/// the list, the next number, and the largest.
pub(crate) fn sequences_behind(tables: &[NumberedTable<'_>]) -> Statement {
    each(tables, |place, of| {
        let (column, increment) = (Ident::new(of.column), of.increment);
        let table = format!("{}.{}", Ident::new(of.schema), Ident::new(of.table));
        let sequence = format!("{}.{}", Ident::new(of.sequence_schema), Ident::new(of.sequence));
        format!(
            "SELECT {place} AS place, next::text, max::text FROM (SELECT (SELECT max({column})::numeric FROM {table}) AS max, \
             last_value::numeric + CASE WHEN is_called THEN {increment} ELSE 0 END AS next FROM {sequence}) AS v \
             WHERE max >= next"
        )
    })
}

/// One query for each, in one statement.
fn each<T>(items: &[T], query: impl Fn(usize, &T) -> String) -> Statement {
    let queries: Vec<_> = items.iter().enumerate().map(|(place, item)| query(place, item)).collect();
    AssertSqlSafe(queries.join(" UNION ALL "))
}
