//! Catalogs in the database, read and written as somebody does who knows nothing of Tenantry.

use std::fmt::Write as _;

use tenantry_engine::catalog::{Part, RowKey};

use super::model::Rows;
use crate::console::Platform;

/// Whose rows.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    Master,
    Tenant(&'a str),
}

/// Everything that a tenant's tables hold, with the keys of the rows and without the time of their last change.
pub async fn stored(platform: &Platform, schema: &str) -> Vec<String> {
    let query = format!(
        "SELECT c::text FROM {schema}.atoms_atomcategory c
         UNION ALL SELECT (to_jsonb(a) - 'updated_at')::text FROM {schema}.atoms_atom a
         UNION ALL SELECT v::text FROM {schema}.atoms_atomversion v ORDER BY 1"
    );
    platform.lines(&query).await
}

pub async fn rows(platform: &Platform, schema: &str) -> Rows {
    let query = format!(
        "SELECT concat_ws('|', 'category', name, '', description) FROM {schema}.atoms_atomcategory
         UNION ALL
         SELECT concat_ws('|', 'atom', a.slug, '', a.name, a.description, c.name)
         FROM {schema}.atoms_atom a JOIN {schema}.atoms_atomcategory c ON c.id = a.category_id
         UNION ALL
         SELECT concat_ws('|', 'version', a.slug, v.version, v.release_date, v.release_notes, v.config_schema, v.is_active)
         FROM {schema}.atoms_atomversion v JOIN {schema}.atoms_atom a ON a.id = v.atom_id"
    );
    let row = |line: String| {
        let mut words = line.split('|').map(str::to_owned);
        let mut next = || words.next().unwrap();
        let part = match next().as_str() {
            "category" => Part::Category,
            "atom" => Part::Atom,
            _ => Part::Version,
        };
        let row = RowKey { part, key: next(), version: next() };
        (row, words.collect())
    };
    platform.lines(&query).await.into_iter().map(row).collect()
}

/// Statements that make of some rows others. Rows that are in both keep their ids.
pub fn statements(place: Place<'_>, before: &Rows, after: &Rows) -> String {
    let write = Write { place };
    let gone = || before.keys().filter(|row| !after.contains_key(*row));
    let changed = || after.iter().filter(|(row, content)| before.get(*row) != Some(*content));
    let mut sql = String::new();
    for part in [Part::Version, Part::Atom] {
        gone().filter(|row| row.part == part).for_each(|row| sql += &write.delete(row));
    }
    for (row, _) in changed().filter(|(row, _)| row.part == Part::Atom && before.contains_key(*row)) {
        sql += &write.put_aside(row);
    }
    for part in [Part::Category, Part::Atom, Part::Version] {
        for (row, content) in changed().filter(|(row, _)| row.part == part) {
            sql += &write.row(row, content, before.contains_key(row));
        }
    }
    gone().filter(|row| row.part == Part::Category).for_each(|row| sql += &write.delete(row));
    sql
}

struct Write<'a> {
    place: Place<'a>,
}

impl Write<'_> {
    fn table(&self, part: Part) -> String {
        let name = match part {
            Part::Category => "category",
            Part::Atom => "atom",
            Part::Version => "version",
        };
        match self.place {
            Place::Master => format!("tenantry.catalog_{name}"),
            Place::Tenant(schema) => {
                format!("{schema}.atoms_{}{name}", if part == Part::Atom { "" } else { "atom" })
            }
        }
    }

    fn is(&self, row: &RowKey) -> String {
        let RowKey { part, key, version } = row;
        let own = match (part, self.place) {
            (Part::Category, _) => format!("name = '{key}'"),
            (Part::Atom, _) => format!("slug = '{key}'"),
            (Part::Version, Place::Master) => format!("slug = '{key}' AND version = '{version}'"),
            (Part::Version, Place::Tenant(schema)) => {
                format!(
                    "atom_id = (SELECT id FROM {schema}.atoms_atom WHERE slug = '{key}') AND version = '{version}'"
                )
            }
        };
        match self.place {
            Place::Master => format!("release = 0 AND {own}"),
            Place::Tenant(_) => own,
        }
    }

    fn delete(&self, row: &RowKey) -> String {
        format!("DELETE FROM {} WHERE {};\n", self.table(row.part), self.is(row))
    }

    fn put_aside(&self, row: &RowKey) -> String {
        format!("UPDATE {} SET name = 'aside ' || slug WHERE {};\n", self.table(row.part), self.is(row))
    }

    fn row(&self, row: &RowKey, content: &[String], is_there: bool) -> String {
        let columns = self.columns(row, content);
        let mut sql = String::new();
        if is_there {
            let set: Vec<_> = columns.iter().map(|(column, value)| format!("{column} = {value}")).collect();
            let _ = writeln!(
                sql,
                "UPDATE {} SET {} WHERE {};",
                self.table(row.part),
                set.join(", "),
                self.is(row)
            );
        } else {
            let (names, values): (Vec<_>, Vec<_>) = columns.into_iter().unzip();
            let (names, values) = (names.join(", "), values.join(", "));
            let _ = writeln!(sql, "INSERT INTO {} ({names}) VALUES ({values});", self.table(row.part));
        }
        sql
    }

    fn columns(&self, row: &RowKey, content: &[String]) -> Vec<(&'static str, String)> {
        let text = |value: &str| format!("'{value}'");
        let mut columns = match row.part {
            Part::Category => vec![("name", text(&row.key)), ("description", text(&content[0]))],
            Part::Atom => {
                vec![
                    ("slug", text(&row.key)),
                    ("name", text(&content[0])),
                    ("description", text(&content[1])),
                ]
            }
            Part::Version => vec![
                ("version", text(&row.version)),
                ("release_date", text(&content[0])),
                ("release_notes", text(&content[1])),
                ("config_schema", text(&content[2])),
                ("is_active", text(&content[3])),
            ],
        };
        match (row.part, self.place) {
            (Part::Category, _) => {}
            (Part::Atom, Place::Master) => columns.push(("category", text(&content[2]))),
            (Part::Atom, Place::Tenant(schema)) => {
                let id =
                    format!("(SELECT id FROM {schema}.atoms_atomcategory WHERE name = '{}')", content[2]);
                columns.extend([("category_id", id), ("created_at", text("2026-01-01"))]);
                columns.push(("updated_at", text("2026-01-01")));
            }
            (Part::Version, Place::Master) => columns.push(("slug", text(&row.key))),
            (Part::Version, Place::Tenant(schema)) => {
                let id = format!("(SELECT id FROM {schema}.atoms_atom WHERE slug = '{}')", row.key);
                columns.extend([("atom_id", id), ("created_at", text("2026-01-01"))]);
            }
        }
        columns
    }
}
