//! What a schema lacks of a template, and the statements that give it: whole objects only. What is there, and different, is
//! for a person to see.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::definition::{Definition, LAST_STAGE_BEFORE_ROWS, Piece, joined};
use super::store;
use super::structure::{Object, ObjectKind, compare, read_all};
use crate::names::{Ident, SchemaName};
use crate::{Result, sql};

/// The statements run with the schema as the search path.
#[derive(Debug, Default)]
pub(crate) struct Repair {
    /// `table atoms_atom`
    pub made: Vec<String>,
    /// Foreign keys that point to a table of `public` where the template's point to its own.
    pub repointed: Vec<String>,
    /// Different from the template, and left so.
    pub left: Vec<String>,
    /// Of the tables made, those of which `public` has one with the same columns: rows that fell through are there.
    pub fell_through: Vec<String>,
    /// Everything but what locks shared tables.
    pub own: Script,
    pub shared: String,
}

/// Before and after the rows of new tables come.
#[derive(Debug, Default)]
pub(crate) struct Script {
    pub tables: String,
    pub rest: String,
}

/// Compares a schema with a template. The search path is the schema afterwards.
pub(crate) async fn repair(
    conn: &mut PgConnection,
    definition: &Definition,
    schema: &SchemaName,
) -> Result<Repair> {
    let found = read_all(conn, schema).await?;
    let difference = compare(&definition.structure, &found);
    let mut repair = Repair::default();
    let new_tables = tables_of(&difference.missing);
    let mut wanted: BTreeSet<(ObjectKind, &str)> = BTreeSet::new();
    let mut columns = String::new();
    for object in difference.missing.iter().filter(|object| !object.kind.is_access()) {
        wanted.insert((object.kind, &object.name));
        let in_new_table = new_tables.iter().any(|table| object.is_part_of(table));
        let has_piece = definition.pieces_of(object.kind, &object.name).next().is_some();
        match addition(object) {
            _ if has_piece || in_new_table => {}
            // What its rows are to hold is for a person to say.
            Some(_) if needs_value(object) && has_rows(conn, schema, object).await? => {
                repair.left.push(object.label());
                continue;
            }
            Some(statement) => columns.push_str(&statement),
            // An index comes with its constraint, a sequence with its column.
            None if matches!(object.kind, ObjectKind::Index | ObjectKind::Sequence) => {}
            None => {
                repair.left.push(object.label());
                continue;
            }
        }
        repair.made.push(object.label());
    }
    let mut dropped = String::new();
    for (wanted_object, found) in &difference.changed {
        if points_to_public(wanted_object, found) {
            dropped.push_str(&replacement(wanted_object));
            repair.repointed.push(wanted_object.label());
        } else if !wanted_object.kind.is_access() {
            repair.left.push(wanted_object.label());
        }
    }
    let pieces: Vec<&Piece> = definition
        .pieces
        .iter()
        .filter(|piece| wanted.contains(&(piece.kind, piece.name.as_str())) || comes_with(piece, &new_tables))
        .collect();
    let (shared, own): (Vec<&Piece>, Vec<&Piece>) = pieces.into_iter().partition(|piece| piece.shared);
    let (before, after): (Vec<&Piece>, Vec<&Piece>) =
        own.into_iter().partition(|piece| piece.stage < LAST_STAGE_BEFORE_ROWS);
    repair.own = Script { tables: joined(&before) + &columns, rest: joined(&after) };
    repair.shared = dropped + &joined(&shared);
    repair.fell_through = store::same_in_public(conn, &definition.template, &new_tables).await?;
    Ok(repair)
}

fn tables_of(objects: &[Object]) -> Vec<String> {
    let tables = objects.iter().filter(|object| object.kind == ObjectKind::Table);
    tables.map(|object| object.name.clone()).collect()
}

/// Owners, grants and comments are pieces of their own, named after what they are about.
fn comes_with(piece: &Piece, tables: &[String]) -> bool {
    piece.kind.is_access() && tables.iter().any(|table| piece.name == format!("table {table}"))
}

/// The statement that adds a part to a table that is there.
fn addition(object: &Object) -> Option<String> {
    let (table, name) = object.name.split_once('.')?;
    let (table, name) = (Ident::new(table), Ident::new(name));
    let definition = &object.definition;
    match object.kind {
        ObjectKind::Column if is_plain(definition) => {
            Some(format!("ALTER TABLE {table} ADD COLUMN {name} {definition};\n"))
        }
        ObjectKind::Constraint if !definition.ends_with(" inherited") => {
            Some(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition};\n"))
        }
        _ => None,
    }
}

/// PostgreSQL adds such a column to an empty table only.
fn needs_value(object: &Object) -> bool {
    object.kind == ObjectKind::Column
        && object.definition.ends_with(" NOT NULL")
        && !object.definition.contains(" DEFAULT ")
}

async fn has_rows(conn: &mut PgConnection, schema: &SchemaName, object: &Object) -> Result<bool> {
    let table = object.name.split_once('.').map_or(object.name.as_str(), |(table, _)| table);
    Ok(sqlx::query_scalar(sql::has_rows(schema, &Ident::new(table))).fetch_one(conn).await?)
}

/// What follows the standard parts of a column is not written as a statement has it.
fn is_plain(column: &str) -> bool {
    ![" STORAGE ", " COMPRESSION ", " STATISTICS ", " WITH (", " inherited", " NO INHERIT", " NOT VALID"]
        .iter()
        .any(|part| column.contains(part))
}

/// A foreign key that resolved to `public` when the tenant's own table was not there.
fn points_to_public(wanted: &Object, found: &Object) -> bool {
    wanted.kind == ObjectKind::Constraint
        && found.definition.replacen(" REFERENCES public.", " REFERENCES ", 1) == wanted.definition
}

fn replacement(key: &Object) -> String {
    let Some((table, name)) = key.name.split_once('.') else { return String::new() };
    let (table, name) = (Ident::new(table), Ident::new(name));
    format!("ALTER TABLE {table} DROP CONSTRAINT {name}, ADD CONSTRAINT {name} {};\n", key.definition)
}

impl Object {
    fn label(&self) -> String {
        format!("{} {}", self.kind.word(), self.name)
    }

    fn is_part_of(&self, table: &str) -> bool {
        self.name == table || self.name.strip_prefix(table).is_some_and(|rest| rest.starts_with('.'))
    }
}
