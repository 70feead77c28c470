//! Making a schema like a template, and proving that it is.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;

use super::definition::{Definition, Table};
use super::structure::{Difference, Object, ObjectKind, compare, read_all};
use super::{ReferenceRows, store};
use crate::names::SchemaName;
use crate::{Engine, Error, Result, sql};

/// So many differences say what is wrong.
const NAMED_DIFFERENCES: usize = 10;

/// Which rows a clone gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Those that say what is installed; tenant data is not among them.
    Reference(Vec<ReferenceRows>),
    /// Everything that the template holds.
    All,
}

/// Makes a schema like a template, in one transaction of its own, with no tenant to it: either it is like the template, or it is
/// not there.
///
/// # Errors
/// [`Error::NotATemplate`] if the template cannot be cloned, [`Error::CloneDiffers`] if the clone was not like it.
pub async fn clone_schema(
    engine: &Engine,
    template: &SchemaName,
    schema: &SchemaName,
    rows: &Rows,
) -> Result<()> {
    let mut tx = engine.begin().await?;
    let definition = engine.definitions.of(&mut tx, template).await?;
    build_from(&mut tx, &definition, schema, rows).await?;
    prove_own(&mut tx, &definition, schema).await?;
    connect_shared(&mut tx, &definition, schema).await?;
    prove_shared(&mut tx, &definition, schema).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the schema and everything in it but what locks tables outside: [`connect_shared`] does that. The search path is the
/// schema afterwards.
pub(crate) async fn build_from(
    conn: &mut PgConnection,
    definition: &Definition,
    schema: &SchemaName,
    rows: &Rows,
) -> Result<()> {
    let (tables, rest, _) = definition.scripts();
    let copies = copies(definition, schema, rows);
    sqlx::raw_sql(sql::build_clone(schema, &tables, &copies, &rest)).execute(conn).await?;
    Ok(())
}

/// Makes what locks tables outside the schema. Everyone who wants to write to one of these waits until the transaction ends.
pub(crate) async fn connect_shared(
    conn: &mut PgConnection,
    definition: &Definition,
    schema: &SchemaName,
) -> Result<()> {
    store::enter(conn, schema).await?;
    let (_, shared) = definition.script();
    sqlx::raw_sql(sql::script(shared)).execute(conn).await?;
    Ok(())
}

/// Compares the schema with its template before what locks shared tables is there, so that nobody waits for the comparison;
/// [`prove_shared`] does the rest.
///
/// # Errors
/// [`Error::CloneDiffers`] with the first differences.
pub(crate) async fn prove_own(
    conn: &mut PgConnection,
    definition: &Definition,
    schema: &SchemaName,
) -> Result<()> {
    let found = read_all(conn, schema).await?;
    let wanted = || definition.structure.iter().filter(|object| !definition.is_shared(object));
    if wanted().eq(&found) {
        return Ok(());
    }
    let mut differences = named(&compare(wanted(), &found));
    if differences.is_empty() {
        differences.push("the columns of a table stand in another order".into());
    }
    differences.truncate(NAMED_DIFFERENCES);
    Err(Error::CloneDiffers { template: definition.template.to_string(), differences })
}

/// Compares the foreign keys to shared tables with the template's. The search path is the schema.
pub(crate) async fn prove_shared(
    conn: &mut PgConnection,
    definition: &Definition,
    schema: &SchemaName,
) -> Result<()> {
    let found: BTreeMap<_, _> = store::keys_out(conn, schema).await?.into_iter().collect();
    let wanted = definition.structure.iter().filter(|object| definition.is_shared(object));
    let wanted = wanted.filter(|object| object.kind == ObjectKind::Constraint);
    let lacking = wanted.filter(|object| {
        found.get(&object.name).is_none_or(|definition| !object.definition.starts_with(definition.as_str()))
    });
    let differences: Vec<_> = lacking
        .map(|object| format!("{} {} is missing or differs", object.kind.word(), object.name))
        .collect();
    if differences.is_empty() {
        return Ok(());
    }
    Err(Error::CloneDiffers { template: definition.template.to_string(), differences })
}

fn named(difference: &Difference) -> Vec<String> {
    let name = |object: &Object| format!("{} {}", object.kind.word(), object.name);
    let missing = difference.missing.iter().map(|object| format!("{} is missing", name(object)));
    let changed = difference.changed.iter().map(|(wanted, found)| {
        format!("{} is {}, and should be {}", name(wanted), found.definition, wanted.definition)
    });
    let extra = difference.extra.iter().map(|object| format!("{} is too much", name(object)));
    missing.chain(changed).chain(extra).collect()
}

/// The statements that copy rows, and bring sequences to where the template's are.
fn copies(definition: &Definition, schema: &SchemaName, rows: &Rows) -> String {
    let template = &definition.template;
    let wanted = rows.of(&definition.tables);
    let sequences: BTreeSet<&String> = match rows {
        Rows::All => definition.sequences.iter().collect(),
        Rows::Reference(_) => wanted.iter().flat_map(|(table, _)| &table.sequences).collect(),
    };
    let rows = wanted.iter().map(|(table, keys)| {
        let only = keys.map(|keys| (table.key.as_slice(), keys));
        sql::copy_rows(template, schema, &table.name, (&table.columns, &table.values), only)
    });
    let states = sequences.into_iter().map(|sequence| sql::copy_sequence(template, schema, sequence));
    rows.chain(dangling(definition, schema, &wanted)).chain(states).collect()
}

/// Rows may have come to the template, since they were chosen, that point to others which the clone does not get.
fn dangling(
    definition: &Definition,
    schema: &SchemaName,
    wanted: &[(&Table, Option<&[String]>)],
) -> Option<String> {
    let names: BTreeSet<&String> =
        wanted.iter().flat_map(|(table, _)| table.part_of.iter().chain([&table.name])).collect();
    let own_keys: Vec<_> = definition.own_keys.iter().filter(|own| names.contains(&own.table)).collect();
    (!own_keys.is_empty()).then(|| sql::delete_dangling(schema, &own_keys))
}

impl Rows {
    /// The tables of which rows are copied, each with the keys of these; `None` for all. A partition goes with the table that it
    /// is part of.
    fn of<'a>(&'a self, tables: &'a [Table]) -> Vec<(&'a Table, Option<&'a [String]>)> {
        let Self::Reference(reference) = self else {
            return tables.iter().map(|table| (table, None)).collect();
        };
        let rows_of = |table: &Table| {
            reference.iter().find(|rows| rows.table == table.name || table.part_of.contains(&rows.table))
        };
        tables.iter().filter_map(|table| Some((table, rows_of(table)?.keys.as_deref()))).collect()
    }
}
