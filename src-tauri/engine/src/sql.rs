//! The one place where statements are put together from names at run time.
//!
//! Everything else in the engine is a literal that the compiler has checked against the schema. What stands here is made
//! of [`Ident`]s, which quote themselves, and of definitions that PostgreSQL itself has printed.

#![expect(clippy::disallowed_methods, reason = "this is the one place")]

mod catalog;
mod references;

use sqlx::AssertSqlSafe;

pub(crate) use catalog::{OwnColumn, insert_atoms, insert_categories, insert_versions};
pub(crate) use references::{
    AtomKey, Referring, TypedColumns, UniqueColumns, collisions, count_pointing, insert_rows_of_atom,
    moving_rows, point, references, rows_of_atom,
};

use crate::blueprint::OwnKey;
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
    AssertSqlSafe(format!("DROP SCHEMA IF EXISTS {} CASCADE", schema.ident()))
}

pub(crate) fn drop_constraint(schema: &SchemaName, table: &Ident, constraint: &Ident) -> Statement {
    AssertSqlSafe(format!("ALTER TABLE {}.{table} DROP CONSTRAINT {constraint}", schema.ident()))
}

/// Drops tables of one schema in one statement, with what refers to them.
pub(crate) fn drop_tables(schema: &SchemaName, tables: &[Ident]) -> Statement {
    let names: Vec<_> = tables.iter().map(|table| format!("{}.{table}", schema.ident())).collect();
    AssertSqlSafe(format!("DROP TABLE {} CASCADE", names.join(", ")))
}

/// Begins a transaction that sees what another one sees, by the name of its snapshot.
pub(crate) fn begin_with_snapshot(snapshot: &str) -> Statement {
    let snapshot = literal(snapshot);
    AssertSqlSafe(format!(
        "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET TRANSACTION SNAPSHOT {snapshot}"
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

/// Copies the rows of one table from a schema to another that is like it, with their keys: the columns, and expressions for them
/// that PostgreSQL has quoted. `only`: those with these keys (JSON, see [`key`]) in these columns.
pub(crate) fn copy_rows(
    from: &SchemaName,
    to: &SchemaName,
    table: &str,
    (columns, values): (&[String], &[String]),
    only: Option<(&[String], &[String])>,
) -> String {
    let (from, to, table) = (from.ident(), to.ident(), Ident::new(table));
    let only = only.map_or_else(String::new, |(columns, keys)| {
        let keys = literal(&format!("[{}]", keys.join(", ")));
        format!(
            " WHERE {} IN (SELECT pg_catalog.jsonb_array_elements({keys}::pg_catalog.jsonb))",
            key("", columns)
        )
    });
    let columns: Vec<_> = columns.iter().map(|column| Ident::new(column).to_string()).collect();
    let (columns, values) = (columns.join(", "), values.join(", "));
    if columns.is_empty() {
        return format!("INSERT INTO {to}.{table} SELECT FROM ONLY {from}.{table}{only};\n");
    }
    format!(
        "INSERT INTO {to}.{table} ({columns}) OVERRIDING SYSTEM VALUE SELECT {values} FROM ONLY {from}.{table}{only};\n"
    )
}

/// A row's key as a JSON array, in whatever columns it is.
fn key(of: &str, columns: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(|column| format!("{of}{}", Ident::new(column))).collect();
    format!("pg_catalog.jsonb_build_array({})", columns.join(", "))
}

/// Brings a sequence to where the one of the same name in another schema is.
pub(crate) fn copy_sequence(from: &SchemaName, to: &SchemaName, sequence: &str) -> String {
    let (from, to, sequence) = (from.ident(), to.ident(), Ident::new(sequence));
    let target = literal(&format!("{to}.{sequence}"));
    format!(
        "SELECT pg_catalog.setval({target}::pg_catalog.regclass, last_value, is_called) FROM {from}.{sequence};\n"
    )
}

/// How many rows each table has; of more than `limit`, that many.
pub(crate) fn count_rows(schema: &SchemaName, tables: &[&str], limit: i64) -> Statement {
    let schema = schema.ident();
    each(tables, |_, table| {
        let (name, table) = (literal(table), Ident::new(*table));
        format!("SELECT {name}, count(*) FROM (SELECT FROM {schema}.{table} LIMIT {limit}) AS held")
    })
}

/// The keys of all rows of tables, which are given with the columns of their keys.
pub(crate) fn keys(schema: &SchemaName, tables: &[(&str, &[String])]) -> Statement {
    let schema = schema.ident();
    each(tables, |_, (table, columns)| {
        format!("SELECT {}, {}::text FROM {schema}.{}", literal(table), key("", columns), Ident::new(*table))
    })
}

/// A table whose rows are compared with another tenant's.
pub(crate) struct Compared<'a> {
    pub name: &'a str,
    pub key: &'a [String],
    /// What has to be equal.
    pub columns: &'a [String],
    /// Points in time, to be held against Django's ledger.
    pub times: &'a [String],
}

/// The keys of the rows of a schema that another one holds too, with each table's name; of rows that are equal, as many as the
/// other one has. A row that tells a time after the first migration, with none recorded soon after it, was written by the
/// application, and is left out.
pub(crate) fn rows_alike(
    schema: &SchemaName,
    other: &SchemaName,
    tables: &[Compared<'_>],
    limit: i64,
) -> Statement {
    let (schema, other) = (schema.ident(), other.ident());
    each(tables, |_, of| {
        let (name, table, key) = (literal(of.name), Ident::new(of.name), key("", of.key));
        let content = format!("md5(ROW({})::text)", list(of.columns));
        let by_migration: String = of.times.iter().map(|time| format!(
            " AND ({time} IS NULL OR {time} < (SELECT min(applied) FROM {schema}.django_migrations) OR EXISTS \
             (SELECT FROM {schema}.django_migrations m WHERE m.applied BETWEEN {time} AND {time} + interval '5 minutes'))",
            time = Ident::new(time)
        )).collect();
        format!(
            "SELECT {name}, mine.key::text \
             FROM (SELECT {key} AS key, {content} AS content, row_number() OVER (PARTITION BY {content} ORDER BY {key}) AS n \
                   FROM {schema}.{table} WHERE true{by_migration}) AS mine \
             JOIN (SELECT {content} AS content, count(*) AS n \
                   FROM (SELECT * FROM {other}.{table} ORDER BY {} LIMIT {limit}) AS first GROUP BY 1) AS theirs \
             ON theirs.content = mine.content AND mine.n <= theirs.n",
            list(of.key)
        )
    })
}

/// Which rows point to which, by foreign keys of a schema, each with the columns of its table's key and of its target's.
pub(crate) fn links(schema: &SchemaName, own_keys: &[(&OwnKey, &[String], &[String])]) -> Statement {
    let schema = schema.ident();
    each(own_keys, |_, (own, columns, target_columns)| {
        format!(
            "SELECT {} AS table, {}::text AS key, {} AS target, {}::text AS target_key \
             FROM {schema}.{} AS a JOIN {schema}.{} AS b ON {}",
            literal(&own.table),
            key("a.", columns),
            literal(&own.target),
            key("b.", target_columns),
            Ident::new(own.table.as_str()),
            Ident::new(own.target.as_str()),
            joined("a", &own.columns, "b", &own.target_columns),
        )
    })
}

/// Deletes rows that point to nothing, until there are none.
pub(crate) fn delete_dangling(schema: &SchemaName, own_keys: &[&OwnKey]) -> String {
    let schema = schema.ident();
    let deletes = own_keys.iter().map(|own| {
        let given: String = own.columns.iter().map(|column| format!(" AND a.{} IS NOT NULL", Ident::new(column))).collect();
        format!(
            "DELETE FROM {schema}.{} AS a WHERE true{given} AND NOT EXISTS (SELECT FROM {schema}.{} AS b WHERE {}); \
             again := again OR FOUND; ",
            Ident::new(own.table.as_str()),
            Ident::new(own.target.as_str()),
            joined("a", &own.columns, "b", &own.target_columns),
        )
    });
    let body = format!(
        "DECLARE again boolean := true; BEGIN WHILE again LOOP again := false; {}END LOOP; END",
        deletes.collect::<String>()
    );
    format!("DO {};\n", literal(&body))
}

fn joined(a: &str, columns: &[String], b: &str, others: &[String]) -> String {
    let pairs = columns.iter().zip(others);
    let equal =
        pairs.map(|(column, other)| format!("{a}.{} = {b}.{}", Ident::new(column), Ident::new(other)));
    equal.collect::<Vec<_>>().join(" AND ")
}

fn list(columns: &[String]) -> String {
    let columns: Vec<_> = columns.iter().map(|column| Ident::new(column).to_string()).collect();
    columns.join(", ")
}

/// The migrations that a schema's ledger lacks, as `app.name`, each with the place of a schema that has it.
pub(crate) fn lacking_migrations(schema: Option<&SchemaName>, others: &[SchemaName]) -> Statement {
    let lacks = schema.map_or_else(String::new, |schema| {
        format!(
            " WHERE NOT EXISTS (SELECT FROM {}.django_migrations m WHERE m.app = l.app AND m.name = l.name)",
            schema.ident()
        )
    });
    let AssertSqlSafe(ledgers) = each(others, |place, other| {
        format!("SELECT app, name, {place} AS place FROM {}.django_migrations", other.ident())
    });
    AssertSqlSafe(format!("SELECT DISTINCT concat(l.app, '.', l.name), l.place FROM ({ledgers}) l{lacks}"))
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

/// Makes what a schema lacks, as [`build_clone`] makes a whole one.
pub(crate) fn mend(schema: &SchemaName, tables: &str, rows: &str, rest: &str) -> Statement {
    let path = schema.search_path();
    AssertSqlSafe(format!(
        "SET LOCAL search_path TO {path};\nSET LOCAL check_function_bodies TO off; SET LOCAL row_security TO off;\n\
         {tables}{rows}{rest}SET LOCAL check_function_bodies TO on; SET LOCAL row_security TO on;"
    ))
}

/// Lets a sequence go on after the largest number in use.
pub(crate) fn continue_numbers(schema: &SchemaName, table: &str, column: &str, sequence: &str) -> Statement {
    let (schema, table, column) = (schema.ident(), Ident::new(table), Ident::new(column));
    let sequence = literal(&format!("{schema}.{}", Ident::new(sequence)));
    AssertSqlSafe(format!(
        "SELECT pg_catalog.setval({sequence}::pg_catalog.regclass, max({column})) FROM {schema}.{table} HAVING max({column}) > 0"
    ))
}

/// Those of a ledger's migrations that another ledger lacks, as `app.name`.
pub(crate) fn migrations_beyond(schema: Option<&SchemaName>, like: &SchemaName) -> Statement {
    let except = schema.map_or_else(String::new, |schema| {
        format!(" EXCEPT SELECT app || '.' || name FROM {}.django_migrations", schema.ident())
    });
    AssertSqlSafe(format!(
        "SELECT app || '.' || name FROM {}.django_migrations{except} ORDER BY 1",
        like.ident()
    ))
}

/// Writes the migrations of one ledger into another that lacks them.
pub(crate) fn record_migrations(schema: &SchemaName, like: &SchemaName) -> Statement {
    let (schema, like) = (schema.ident(), like.ident());
    AssertSqlSafe(format!(
        "INSERT INTO {schema}.django_migrations (app, name, applied) \
         SELECT app, name, now() FROM {like}.django_migrations l \
         WHERE NOT EXISTS (SELECT FROM {schema}.django_migrations m WHERE (m.app, m.name) = (l.app, l.name)) ORDER BY l.id"
    ))
}

pub(crate) fn has_rows(schema: &SchemaName, table: &Ident) -> Statement {
    AssertSqlSafe(format!("SELECT EXISTS (SELECT FROM {}.{table})", schema.ident()))
}
