//! One tenant against another schema, as SQL that somebody can read and decide about.

use sqlx::Connection as _;

use super::findings::{PartDifference, PartKind};
use super::objects::{self, DifferenceRow};
use super::{session, store};
use crate::names::{Ident, SchemaName};
use crate::{Engine, Error, Result};

/// How a schema differs from a reference, object by object, in the order in which it could be brought in line.
///
/// # Errors
/// [`Error::TenantNotFound`] where one of the two schemas is not there.
pub async fn difference(
    engine: &Engine,
    schema: &SchemaName,
    reference: &SchemaName,
) -> Result<Vec<PartDifference>> {
    let both = [schema.to_string(), reference.to_string()];
    let mut conn = session(engine).await?;
    let mut tx = store::begin(&mut conn).await?;
    store::few(&mut tx).await?;
    let there = store::schemas(&mut tx, &both).await?;
    if let Some(missing) =
        [schema, reference].into_iter().find(|s| !there.iter().any(|row| row.schema == **s))
    {
        return Err(Error::TenantNotFound { schema: missing.to_string() });
    }
    let rows = objects::differences(&mut tx, &both, reference, true, i64::MAX).await?;
    tx.rollback().await?;
    conn.close().await?;
    let mut differences: Vec<_> = rows.iter().map(|row| part(row, reference)).collect();
    // Keys to other tables come after what they point to.
    let is_key =
        |part: &PartDifference| part.wanted.as_ref().is_some_and(|text| text.starts_with("FOREIGN KEY"));
    differences.sort_by_key(|part| (part.kind, part.kind == PartKind::Constraint && is_key(part)));
    Ok(differences)
}

/// The differences as one text.
pub fn script(schema: &SchemaName, differences: &[PartDifference]) -> String {
    let statements: String = differences.iter().map(|part| format!("{}\n", part.sql)).collect();
    format!("SET search_path TO {};\n\n{statements}", schema.search_path())
}

fn part(row: &DifferenceRow, reference: &SchemaName) -> PartDifference {
    let sql = match (&row.wanted, &row.found) {
        (Some(wanted), None) => add(row, wanted, reference),
        (Some(wanted), Some(_)) => change(row, wanted, reference),
        _ => remove(row),
    };
    PartDifference {
        kind: row.kind,
        name: row.full_name(),
        wanted: row.wanted.clone(),
        found: row.found.clone(),
        sql: format!("{}{sql}", remark(row)),
    }
}

/// What is different, in words, since a statement alone does not say what was there.
fn remark(row: &DifferenceRow) -> String {
    let (kind, name) = (row.kind, row.full_name());
    comment(&match (&row.wanted, &row.found) {
        (Some(wanted), None) if kind == PartKind::Column && needs_value(wanted) => {
            format!(
                "the {kind} {name} is missing; if its table has rows, say what they are to have: DEFAULT …"
            )
        }
        (Some(_), None) => format!("the {kind} {name} is missing"),
        (Some(_), Some(found)) => format!("the {kind} {name} is different; it is: {found}"),
        _ => format!("the {kind} {name} is not in the reference; to remove it:"),
    })
}

/// PostgreSQL refuses to add such a column to a table with rows.
fn needs_value(column: &str) -> bool {
    column.ends_with("NOT NULL") && !column.contains(" DEFAULT ") && !column.contains(" GENERATED ")
}

fn add(row: &DifferenceRow, wanted: &str, reference: &SchemaName) -> String {
    let (table, name) = (Ident::new(&row.table_name), Ident::new(&row.name));
    match row.kind {
        PartKind::Table => format!("CREATE TABLE {table} ({wanted});\n"),
        // A column of a new table is made with it.
        PartKind::Column => format!("ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {name} {wanted};\n"),
        PartKind::Constraint => format!("ALTER TABLE {table} ADD CONSTRAINT {name} {wanted};\n"),
        PartKind::View => format!("CREATE VIEW {name} AS\n{};\n", wanted.trim_end_matches(';')),
        PartKind::Index | PartKind::Trigger => format!("{wanted};\n"),
        // The name of a function is printed with its schema, whatever the search path.
        PartKind::Function => format!("{};\n", wanted.replacen(&format!("{}.", reference.ident()), "", 1)),
        // An identity column brings its sequence along.
        PartKind::Sequence | PartKind::Type | PartKind::Policy => comment(wanted),
    }
}

fn change(row: &DifferenceRow, wanted: &str, reference: &SchemaName) -> String {
    let (table, name) = (Ident::new(&row.table_name), Ident::new(&row.name));
    let add = || add(row, wanted, reference);
    match row.kind {
        PartKind::Constraint => format!("ALTER TABLE {table} DROP CONSTRAINT {name};\n{}", add()),
        PartKind::Index => format!("DROP INDEX {name};\n{}", add()),
        PartKind::Trigger => format!("DROP TRIGGER {name} ON {table};\n{}", add()),
        PartKind::View => format!("DROP VIEW {name};\n{}", add()),
        PartKind::Function => add(),
        // Whether the rows that are there fit is for a person to see.
        PartKind::Column => {
            comment(&format!("it should be: ALTER TABLE {table} ADD COLUMN {name} {wanted};"))
        }
        PartKind::Table | PartKind::Sequence | PartKind::Type | PartKind::Policy => {
            comment(&format!("it should be: {wanted}"))
        }
    }
}

/// What is more may hold data, or be there on purpose.
fn remove(row: &DifferenceRow) -> String {
    let (table, name) = (Ident::new(&row.table_name), Ident::new(&row.name));
    comment(&match row.kind {
        PartKind::Table => format!("DROP TABLE {table};"),
        PartKind::Column => format!("ALTER TABLE {table} DROP COLUMN {name};"),
        PartKind::Constraint => format!("ALTER TABLE {table} DROP CONSTRAINT {name};"),
        PartKind::Index => format!("DROP INDEX {name};"),
        PartKind::Sequence => format!("DROP SEQUENCE {name};"),
        PartKind::View => format!("DROP VIEW {name};"),
        PartKind::Trigger => format!("DROP TRIGGER {name} ON {table};"),
        PartKind::Policy => format!("DROP POLICY {name} ON {table};"),
        PartKind::Type => format!("DROP TYPE {name};"),
        PartKind::Function => format!("DROP FUNCTION {};", row.name),
    })
}

fn comment(text: &str) -> String {
    text.lines().map(|line| format!("-- {line}\n")).collect()
}
