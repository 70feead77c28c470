//! Statements on whatever refers to the atoms of a tenant. They run with its schema as the search path.

use sqlx::AssertSqlSafe;

use super::{Statement, each, joined, literal};
use crate::names::Ident;

/// A foreign key to atoms, or to versions of them.
#[derive(Debug, Clone)]
pub(crate) struct AtomKey {
    /// `None` where its table is in the tenant's schema.
    pub schema: Option<String>,
    pub table: String,
    pub columns: Vec<String>,
    pub target_columns: Vec<String>,
    pub to_version: bool,
    /// Its table is that of the atoms, or of the versions, themselves.
    pub of_atoms: bool,
    pub of_versions: bool,
}

/// A table that refers to atoms, by one key or several.
pub(crate) struct Referring<'a> {
    pub keys: Vec<&'a AtomKey>,
    pub primary_key: Vec<String>,
}

/// The columns of a unique index.
pub(crate) struct UniqueColumns {
    pub columns: Vec<String>,
    /// Two rows without a value are alike.
    pub nulls_alike: bool,
}

/// Rows that refer to some atoms (parameter 1: their slugs) or to versions of them, by key. What an atom's own rows say of it
/// goes with them, and does not count. Columns: position of the key, slug, version (empty for the atom itself), number of rows.
pub(crate) fn references(keys: &[AtomKey]) -> Statement {
    each(keys, |index, key| {
        let (from, version, group) = if key.to_version {
            (
                "atoms_atomversion v JOIN atoms_atom a ON a.id = v.atom_id",
                "v.version::text",
                "a.slug, v.version",
            )
        } else {
            ("atoms_atom a", "''", "a.slug")
        };
        let target = if key.to_version { "v" } else { "a" };
        format!(
            "SELECT {index} AS key, a.slug::text, {version} AS version, count(*) FROM {table} x, {from} \
             WHERE a.slug = ANY ($1::text[]) AND {points}{others} GROUP BY {group}",
            table = name(key.schema.as_deref(), &key.table),
            points = joined("x", &key.columns, target, &key.target_columns),
            others = others(key, "a"),
        )
    })
}

/// The row is none of the atom's own.
fn others(key: &AtomKey, atom: &str) -> String {
    if key.of_atoms {
        format!(" AND x.id <> {atom}.id")
    } else if key.of_versions {
        format!(" AND x.atom_id <> {atom}.id")
    } else {
        String::new()
    }
}

impl Referring<'_> {
    fn name(&self) -> String {
        self.keys.first().map_or_else(String::new, |key| name(key.schema.as_deref(), &key.table))
    }

    /// Columns that get other values, each once.
    fn columns(&self) -> Vec<&str> {
        let mut columns: Vec<&str> = Vec::new();
        for column in self.keys.iter().flat_map(|key| &key.columns) {
            if !columns.contains(&column.as_str()) {
                columns.push(column);
            }
        }
        columns
    }

    /// A query for the rows that refer to one atom (parameter 1: its slug), with the value that each column would get if they
    /// referred to another one (parameter 2): `was` is the row, `now_0` and so on are the values.
    fn moving(&self) -> String {
        let alone = self.keys.len() == 1;
        let joins: String = (0..)
            .zip(&self.keys)
            .map(|(n, key)| {
                let how = if alone { "JOIN" } else { "LEFT JOIN" };
                format!(" {how} LATERAL ({}) k{n} ON true", target(key))
            })
            .collect();
        let hit: Vec<_> = (0..self.keys.len()).map(|n| format!("k{n}.hit")).collect();
        let values: String = (0..)
            .zip(self.columns())
            .map(|(n, column)| format!(", {} AS now_{n}", self.value_of(column)))
            .collect();
        format!(
            "SELECT x.tableoid AS of_table, x.ctid AS at, x AS was{values} FROM {} x{joins} WHERE {}",
            self.name(),
            hit.join(" OR ")
        )
    }

    fn value_of(&self, column: &str) -> String {
        let cases: String = (0..)
            .zip(&self.keys)
            .filter_map(|(n, key)| {
                let place = key.columns.iter().position(|of| of == column)?;
                Some(format!(" WHEN k{n}.hit THEN k{n}.to_{place}"))
            })
            .collect();
        format!("CASE{cases} ELSE x.{} END", Ident::new(column))
    }

    /// What a column of a moving row holds in the end.
    fn after(&self, row: &str, column: &str) -> String {
        match self.columns().iter().position(|of| *of == column) {
            Some(n) => format!("{row}.now_{n}"),
            None => format!("({row}.was).{}", Ident::new(column)),
        }
    }
}

/// What a row would refer to by a key, if it refers to the one atom.
fn target(key: &AtomKey) -> String {
    let (from, before, after) = if key.to_version {
        (
            "atoms_atom a JOIN atoms_atomversion v ON v.atom_id = a.id, \
             atoms_atom b JOIN atoms_atomversion w ON w.atom_id = b.id",
            "v",
            "w",
        )
    } else {
        ("atoms_atom a, atoms_atom b", "a", "b")
    };
    let values: String = (0..)
        .zip(&key.target_columns)
        .map(|(n, column)| format!(", {after}.{} AS to_{n}", Ident::new(column)))
        .collect();
    let same_version = if key.to_version { " AND w.version = v.version" } else { "" };
    format!(
        "SELECT true AS hit{values} FROM {from} WHERE a.slug = $1 AND b.slug = $2{same_version} AND {}{}",
        joined("x", &key.columns, before, &key.target_columns),
        others(key, "a"),
    )
}

/// The rows that refer to one atom (parameter 1), by what changes in them if they refer to another one (parameter 2) from then
/// on: the columns before and after, and the keys that the rows have then, all as JSON.
pub(crate) fn moving_rows(table: &Referring<'_>) -> Statement {
    let changing: Vec<_> = (0..)
        .zip(table.columns())
        .map(|(n, column)| {
            let (name, column) = (literal(column), Ident::new(column));
            format!(
                "({name}, to_jsonb((m.was).{column}), to_jsonb(m.now_{n}), (m.was).{column} IS DISTINCT FROM m.now_{n})"
            )
        })
        .collect();
    let key: Vec<_> = table
        .primary_key
        .iter()
        .map(|column| format!("{}, {}", literal(column), table.after("m", column)))
        .collect();
    AssertSqlSafe(format!(
        "SELECT c.before::text, c.after::text, jsonb_agg(jsonb_build_object({key}) ORDER BY jsonb_build_object({key}))::text \
         FROM ({moving}) m CROSS JOIN LATERAL \
              (SELECT jsonb_object_agg(name, before) AS before, jsonb_object_agg(name, after) AS after \
               FROM (VALUES {changing}) AS c (name, before, after, changes) WHERE changes) c \
         WHERE c.before IS NOT NULL GROUP BY c.before, c.after ORDER BY 1, 2",
        key = key.join(", "),
        moving = table.moving(),
        changing = changing.join(", "),
    ))
}

/// How many rows that refer to one atom (parameter 1) would be what another row is already in the columns of a unique index, if
/// they referred to another one (parameter 2).
pub(crate) fn collisions(table: &Referring<'_>, unique: &UniqueColumns) -> Statement {
    let alike = |a: &str, b: &str| {
        if unique.nulls_alike { format!("{a} IS NOT DISTINCT FROM {b}") } else { format!("{a} = {b}") }
    };
    let after: Vec<_> = unique.columns.iter().map(|column| table.after("m", column)).collect();
    let meets: Vec<_> = unique
        .columns
        .iter()
        .zip(&after)
        .map(|(column, after)| alike(&format!("y.{}", Ident::new(column)), after))
        .collect();
    let present: String = if unique.nulls_alike {
        String::new()
    } else {
        let given: Vec<_> = after.iter().map(|value| format!("{value} IS NOT NULL")).collect();
        format!(" WHERE {}", given.join(" AND "))
    };
    AssertSqlSafe(format!(
        "WITH moving AS MATERIALIZED ({moving}) \
         SELECT (SELECT count(*) FROM moving m WHERE EXISTS (SELECT FROM {name} y WHERE {meets} \
                 AND NOT EXISTS (SELECT FROM moving o WHERE o.of_table = y.tableoid AND o.at = y.ctid))) \
              + (SELECT COALESCE(sum(n - 1), 0)::bigint FROM (SELECT count(*) AS n FROM moving m{present} GROUP BY {group}) g)",
        moving = table.moving(),
        name = table.name(),
        meets = meets.join(" AND "),
        group = after.join(", "),
    ))
}

/// Points rows from what they refer to (parameter 2: columns as JSON) to something else (parameter 3), if they still refer to it.
/// Parameter 1: their keys, an array of JSON objects. Columns of the key that are pointed elsewhere too are looked up as
/// parameter 2 says.
pub(crate) fn point(
    (schema, table): (Option<&str>, &str),
    primary_key: &[String],
    columns: &[String],
) -> Statement {
    let (name, rows) = (name(schema, table), pointing((schema, table)));
    let targets: Vec<_> = columns.iter().map(|c| format!("{0} = b.{0}", Ident::new(c))).collect();
    AssertSqlSafe(format!(
        "UPDATE {name} x SET {} FROM {rows}, jsonb_populate_record(NULL::{name}, $3) b WHERE {}",
        targets.join(", "),
        still(primary_key, columns)
    ))
}

/// How many rows still refer to what [`point`] would point away from, by the same parameters 1 and 2.
pub(crate) fn count_pointing(
    (schema, table): (Option<&str>, &str),
    primary_key: &[String],
    columns: &[String],
) -> Statement {
    let (name, rows) = (name(schema, table), pointing((schema, table)));
    AssertSqlSafe(format!("SELECT count(*) FROM {name} x, {rows} WHERE {}", still(primary_key, columns)))
}

fn pointing((schema, table): (Option<&str>, &str)) -> String {
    format!(
        "jsonb_array_elements($1) AS k (row), jsonb_populate_record(NULL::{}, k.row || $2) a",
        name(schema, table)
    )
}

fn still(primary_key: &[String], columns: &[String]) -> String {
    let pairs = primary_key.iter().chain(columns);
    let equal = pairs.map(|column| format!("x.{0} = a.{0}", Ident::new(column)));
    equal.collect::<Vec<_>>().join(" AND ")
}

/// A table's columns with their types, as PostgreSQL prints them; without those that are computed.
pub(crate) type TypedColumns = Vec<(String, String)>;

/// An atom (parameter 1: its slug) and its versions, each row as a JSON object of texts, which are exact for every type.
pub(crate) fn rows_of_atom(atom: &TypedColumns, version: &TypedColumns) -> Statement {
    AssertSqlSafe(format!(
        "SELECT {}::text, ARRAY(SELECT {}::text FROM atoms_atomversion v WHERE v.atom_id = a.id ORDER BY v.version) \
         FROM atoms_atom a WHERE a.slug = $1",
        texts("a", atom),
        texts("v", version)
    ))
}

fn texts(row: &str, columns: &TypedColumns) -> String {
    let names: Vec<_> = columns.iter().map(|(column, _)| literal(column)).collect();
    let values: Vec<_> =
        columns.iter().map(|(column, _)| format!("{row}.{}::text", Ident::new(column))).collect();
    format!("jsonb_object(ARRAY[{}], ARRAY[{}])", names.join(", "), values.join(", "))
}

/// Inserts an atom (parameter 1) and versions (parameter 2, an array) that [`rows_of_atom`] has read; answers how many rows.
/// One statement: they may refer to each other.
pub(crate) fn insert_rows_of_atom(atom: &TypedColumns, version: &TypedColumns) -> Statement {
    let list = |columns: &TypedColumns| {
        let names: Vec<_> = columns.iter().map(|(column, _)| Ident::new(column).to_string()).collect();
        names.join(", ")
    };
    let values = |columns: &TypedColumns| {
        let casts: Vec<_> = columns
            .iter()
            .map(|(column, data_type)| format!("CAST(r.row ->> {} AS {data_type})", literal(column)))
            .collect();
        casts.join(", ")
    };
    AssertSqlSafe(format!(
        "WITH atom AS (INSERT INTO atoms_atom ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM (SELECT $1::text::jsonb) AS r (row) RETURNING 1), \
         version AS (INSERT INTO atoms_atomversion ({}) OVERRIDING SYSTEM VALUE \
                     SELECT {} FROM (SELECT t::jsonb FROM unnest($2::text[]) AS t) AS r (row) RETURNING 1) \
         SELECT (SELECT count(*) FROM atom) + (SELECT count(*) FROM version)",
        list(atom),
        values(atom),
        list(version),
        values(version),
    ))
}

fn name(schema: Option<&str>, table: &str) -> String {
    let table = Ident::new(table);
    schema.map_or_else(|| table.to_string(), |schema| format!("{}.{table}", Ident::new(schema)))
}
