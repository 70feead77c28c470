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

/// Statements that PostgreSQL itself has printed.
pub(crate) fn script(statements: String) -> Statement {
    AssertSqlSafe(statements)
}

/// Makes a schema, its tables, their rows and the rest, in one message. Function bodies are not looked at, since they may name
/// what is made later; rows are copied all or not at all, whatever row security says. The search path is the schema afterwards.
pub(crate) fn build_clone(schema: &SchemaName, tables: &str, rows: &str, rest: &str) -> Statement {
    let (name, path) = (schema.ident(), schema.search_path());
    AssertSqlSafe(format!(
        "CREATE SCHEMA {name}; SET LOCAL search_path TO {path};\n\
         SET LOCAL check_function_bodies TO off; SET LOCAL row_security TO off;\n\
         SET LOCAL default_tablespace TO ''; SET LOCAL default_table_access_method TO heap;\n\
         {tables}{rows}{rest}SET LOCAL check_function_bodies TO on; SET LOCAL row_security TO on;"
    ))
}

/// Copies the rows of one table from a schema to another that is like it, with their keys. `values` are expressions that PostgreSQL
/// has quoted.
pub(crate) fn copy_rows(
    from: &SchemaName,
    to: &SchemaName,
    table: &str,
    columns: &[String],
    values: &[String],
) -> String {
    let (from, to, table) = (from.ident(), to.ident(), Ident::new(table));
    let columns: Vec<_> = columns.iter().map(|column| Ident::new(column).to_string()).collect();
    let (columns, values) = (columns.join(", "), values.join(", "));
    if columns.is_empty() {
        return format!("INSERT INTO {to}.{table} SELECT FROM ONLY {from}.{table};\n");
    }
    format!(
        "INSERT INTO {to}.{table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {values} FROM ONLY {from}.{table};\n"
    )
}

/// Brings a sequence to where the one of the same name in another schema is.
pub(crate) fn copy_sequence(from: &SchemaName, to: &SchemaName, sequence: &str) -> String {
    let (from, to, sequence) = (from.ident(), to.ident(), Ident::new(sequence));
    let target = literal(&format!("{to}.{sequence}"));
    format!(
        "SELECT pg_catalog.setval({target}::pg_catalog.regclass, last_value, is_called) FROM {from}.{sequence};\n"
    )
}

/// For each table: its name, how many rows it has, and a digest of them, whatever their order. Rows beyond `limit` are not read.
pub(crate) fn digest_rows<'a>(
    schema: &SchemaName,
    tables: impl Iterator<Item = (&'a str, &'a [String])>,
    limit: i64,
) -> Statement {
    let schema = schema.ident();
    let queries = tables.map(|(table, columns)| {
        let columns: Vec<_> = columns.iter().map(|column| Ident::new(column).to_string()).collect();
        format!(
            "SELECT {}, count(*), md5(COALESCE(string_agg(r, chr(10) ORDER BY r COLLATE \"C\"), '')) \
             FROM (SELECT ROW({})::text AS r FROM {schema}.{} LIMIT {limit}) rows",
            literal(table),
            columns.join(", "),
            Ident::new(table)
        )
    });
    AssertSqlSafe(queries.collect::<Vec<_>>().join(" UNION ALL "))
}

/// A statement that names the schema it runs in, where the text has `placeholder`: as an identifier, or, in quotes, as a text.
pub(crate) fn with_current_schema(statement: &str, placeholder: &str) -> String {
    let body = format!(
        "BEGIN EXECUTE pg_catalog.replace(pg_catalog.replace({}, {}, pg_catalog.quote_literal(pg_catalog.current_schema())), \
         {}, pg_catalog.quote_ident(pg_catalog.current_schema())); END",
        literal(statement),
        literal(&format!("'{placeholder}'")),
        literal(placeholder)
    );
    format!("DO {}", literal(&body))
}

/// A text as PostgreSQL reads it, whatever it holds and whatever `standard_conforming_strings` says.
fn literal(text: &str) -> String {
    let doubled = text.replace('\'', "''");
    if text.contains('\\') { format!("E'{}'", doubled.replace('\\', "\\\\")) } else { format!("'{doubled}'") }
}
