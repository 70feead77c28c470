//! A catalog as a table: a row for each version, with its atom and its category. An atom without versions, and a category
//! without atoms, have a row each, in which the other cells are empty.

use std::collections::HashMap;
use std::path::Path;

use chrono::NaiveDate;

use super::check::{Checker, Fault};
use super::file::title;
use super::source::{
    DEFAULT_CATEGORY, DEFAULT_VERSION, Incoming, IncomingCategory, Place, Placed, finish, problem, read_text,
    too_many,
};
use super::{MasterAtom, MasterCatalog, MasterVersion, check};
use crate::names::Problem;
use crate::table::{self, Row, Table};
use crate::{Error, Result};

const COLUMNS: [&str; 10] = [
    "category",
    "category_description",
    "slug",
    "name",
    "description",
    "version",
    "release_date",
    "release_notes",
    "config_schema",
    "is_active",
];

pub(super) fn read(path: &Path, bytes: u64) -> Result<Incoming> {
    let place = Place::of(path);
    parse(&read_text(path, bytes, &place)?, &place)
}

fn parse(text: &str, place: &Place) -> Result<Incoming> {
    let table =
        table::parse(text.as_bytes()).map_err(|reason| Error::invalid(of_the_table(place, &reason)))?;
    let columns = Columns::of(&table.headers).map_err(|reasons| {
        Error::Invalid(reasons.into_iter().map(|reason| problem(&place.line(1), reason)).collect())
    })?;
    let mut sheet = Sheet::default();
    let mut problems = Vec::new();
    for row in &table.rows {
        let at = place.line(row.line);
        for reason in sheet.take(&columns, row, &at) {
            problems.push(problem(&at, reason));
        }
    }
    let (categories, atoms) = sheet.finish(&mut problems);
    if let Some(reason) = too_many(atoms.len()) {
        problems = vec![place.problem(reason)];
    }
    finish(categories, atoms, problems)
}

/// `line 3: a quotation mark …` is a problem of that line.
fn of_the_table(place: &Place, reason: &str) -> Problem {
    let lined = reason.strip_prefix("line ").and_then(|rest| rest.split_once(": "));
    match lined {
        Some((line, reason)) => problem(&place.line(line), reason),
        None => place.problem(format!("the file {reason}")),
    }
}

/// Where in a row each of [`COLUMNS`] stands.
struct Columns {
    places: HashMap<&'static str, usize>,
    count: usize,
}

impl Columns {
    fn of(headers: &[String]) -> Result<Self, Vec<String>> {
        let mut places = HashMap::new();
        let mut reasons = Vec::new();
        for (place, header) in headers.iter().enumerate() {
            match COLUMNS.into_iter().find(|column| column.eq_ignore_ascii_case(header)) {
                Some(column) if places.insert(column, place).is_some() => {
                    reasons.push(format!("the column `{column}` stands twice"));
                }
                Some(_) => {}
                None => reasons.push(format!("unknown column `{header}`, expected {}", COLUMNS.join(", "))),
            }
        }
        if !places.contains_key("slug") {
            reasons.push("the column `slug` is missing".into());
        }
        if reasons.is_empty() { Ok(Self { places, count: headers.len() }) } else { Err(reasons) }
    }

    /// What a row says; `None` where the table has no such column.
    fn get<'a>(&self, row: &'a Row, column: &'static str) -> Option<&'a str> {
        let place = self.places.get(column)?;
        Some(bare(row.cells.get(*place).unwrap_or_default()))
    }

    /// What a row says, unless that is nothing.
    fn said<'a>(&self, row: &'a Row, column: &'static str) -> Option<&'a str> {
        self.get(row, column).filter(|cell| !cell.is_empty())
    }
}

/// What the rows read so far come to.
#[derive(Default)]
struct Sheet {
    categories: Vec<Described>,
    atoms: Vec<Described>,
    category_places: HashMap<String, usize>,
    atom_places: HashMap<String, usize>,
}

/// A category or an atom, of which several rows speak.
#[derive(Default)]
struct Described {
    key: String,
    at: String,
    /// What was said of it, and where first.
    said: HashMap<&'static str, (String, String)>,
    versions: Vec<(String, MasterVersion)>,
}

impl Described {
    fn new(key: &str, at: &str) -> Self {
        Self { key: key.to_owned(), at: at.to_owned(), ..Self::default() }
    }

    /// Notes what a row says; what an earlier one has said otherwise is a fault.
    fn note(&mut self, field: &'static str, value: Option<&str>, at: &str) -> Option<String> {
        let value = value?;
        let (before, first) = self.said.entry(field).or_insert_with(|| (value.to_owned(), at.to_owned()));
        (before != value).then(|| {
            format!("the {} of `{}` is another one than at {first}", field.replace('_', " "), self.key)
        })
    }

    fn take(&mut self, field: &'static str) -> Option<String> {
        self.said.remove(field).map(|(value, _)| value)
    }
}

impl Sheet {
    /// Takes in a row, and says what is wrong with it.
    fn take(&mut self, columns: &Columns, row: &Row, at: &str) -> Vec<String> {
        let mut reasons = Vec::new();
        if row.cells.iter().skip(columns.count).any(|cell| !cell.trim().is_empty()) {
            reasons.push(format!("the row has {} cells; the header has {}", row.cells.len(), columns.count));
        }
        let category = columns.said(row, "category");
        if let Some(category) = category {
            let described = described(&mut self.categories, &mut self.category_places, category, at);
            let description = columns.said(row, "category_description");
            reasons.extend(described.note("category_description", description, at));
        } else if columns.said(row, "category_description").is_some() {
            reasons.push("a category is described that has no name".into());
        }
        let Some(slug) = columns.said(row, "slug") else {
            let rest = COLUMNS.iter().skip(3).any(|column| columns.said(row, column).is_some());
            if rest || category.is_none() {
                reasons.push("the atom has no slug".into());
            }
            return reasons;
        };
        let atom = described(&mut self.atoms, &mut self.atom_places, slug, at);
        for field in ["name", "description", "category"] {
            reasons.extend(atom.note(field, columns.said(row, field), at));
        }
        match version(columns, row) {
            Ok(Some(version)) => atom.versions.push((at.to_owned(), version)),
            Ok(None) => {}
            Err(found) => reasons.extend(found),
        }
        reasons
    }

    fn finish(self, problems: &mut Vec<Problem>) -> (Vec<IncomingCategory>, Vec<Placed>) {
        let mut checker = Checker::default();
        let mut categories = Vec::with_capacity(self.categories.len());
        for mut category in self.categories {
            let description = category.take("category_description");
            let fault = check::category_fault(&category.key, description.as_deref());
            problems.extend(fault.map(|reason| problem(&category.at, reason)));
            categories.push(IncomingCategory { name: category.key, description });
        }
        let mut atoms = Vec::with_capacity(self.atoms.len());
        for mut described in self.atoms {
            let (lines, versions): (Vec<_>, Vec<_>) =
                std::mem::take(&mut described.versions).into_iter().unzip();
            let atom = MasterAtom {
                name: described.take("name").unwrap_or_else(|| title(&described.key)),
                description: described.take("description").unwrap_or_default(),
                category: described.take("category").unwrap_or_else(|| DEFAULT_CATEGORY.into()),
                slug: described.key,
                versions,
            };
            let line_of =
                |fault: &Fault| fault.version.and_then(|place| lines.get(place)).unwrap_or(&described.at);
            let faults = checker.faults(&atom);
            problems.extend(faults.into_iter().map(|fault| problem(line_of(&fault), &*fault.reason)));
            atoms.push((described.at, atom));
        }
        (categories, atoms)
    }
}

fn described<'a>(
    all: &'a mut Vec<Described>,
    places: &mut HashMap<String, usize>,
    key: &str,
    at: &str,
) -> &'a mut Described {
    let place = *places.entry(key.to_owned()).or_insert(all.len());
    if place == all.len() {
        all.push(Described::new(key, at));
    }
    &mut all[place]
}

/// The version of a row. Where the table has versions and the row has none, it only tells of the atom.
fn version(columns: &Columns, row: &Row) -> Result<Option<MasterVersion>, Vec<String>> {
    let told = |column| columns.said(row, column);
    let mut reasons = Vec::new();
    let version = match columns.get(row, "version") {
        None => DEFAULT_VERSION,
        Some("") if COLUMNS.iter().skip(6).any(|column| told(column).is_some()) => {
            return Err(vec!["the version has no number".into()]);
        }
        Some("") => return Ok(None),
        Some(version) => version,
    };
    let mut day = |text: &str| {
        let day = text.trim().parse::<NaiveDate>().ok();
        if day.is_none() {
            reasons.push(format!("the release date `{}` is no day like 2024-02-29", text.escape_debug()));
        }
        day
    };
    let release_date = told("release_date").and_then(&mut day);
    let is_active = match told("is_active").map(|text| text.trim().to_ascii_lowercase()).as_deref() {
        None | Some("true" | "yes" | "1") => true,
        Some("false" | "no" | "0") => false,
        Some(other) => {
            reasons.push(format!("is_active is `{}`, which is neither true nor false", other.escape_debug()));
            true
        }
    };
    if !reasons.is_empty() {
        return Err(reasons);
    }
    Ok(Some(MasterVersion {
        version: version.to_owned(),
        release_date,
        release_notes: told("release_notes").unwrap_or_default().to_owned(),
        config_schema: told("config_schema").unwrap_or("{}").to_owned(),
        is_active,
    }))
}

/// The catalog as a table that can be read again.
pub(super) fn print(catalog: &MasterCatalog) -> String {
    let mut rows = Vec::new();
    let mut atoms: HashMap<&str, Vec<&MasterAtom>> = HashMap::new();
    for atom in &catalog.atoms {
        atoms.entry(&atom.category).or_default().push(atom);
    }
    for category in &catalog.categories {
        let of_category = [category.name.as_str(), &category.description];
        let atoms = atoms.remove(category.name.as_str()).unwrap_or_default();
        if atoms.is_empty() {
            rows.push(line(&[&of_category[..], &[""; 8]].concat()));
        }
        for atom in atoms {
            let of_atom = [&of_category[..], &[&atom.slug, &atom.name, &atom.description]].concat();
            if atom.versions.is_empty() {
                rows.push(line(&[&of_atom[..], &[""; 5]].concat()));
            }
            for version in &atom.versions {
                let date = version.release_date.map(|date| date.to_string()).unwrap_or_default();
                let active = if version.is_active { "true" } else { "false" };
                let of_version =
                    [version.version.as_str(), &date, &version.release_notes, &version.config_schema, active];
                rows.push(line(&[&of_atom[..], &of_version].concat()));
            }
        }
    }
    let headers = COLUMNS.map(str::to_owned).to_vec();
    table::to_text(&Table { headers, rows, delimiter: b',', bom: false })
}

fn line(cells: &[&str]) -> Row {
    let guarded: Vec<_> = cells.iter().map(|cell| guarded(cell)).collect();
    Row { line: 0, cells: guarded.into() }
}

/// A spreadsheet takes a cell that begins like this for a formula, unless an apostrophe stands before it.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

fn guarded(cell: &str) -> String {
    if is_formula(cell) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell without the apostrophe that guards it.
fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        _ => cell,
    }
}

#[cfg(test)]
#[path = "sheet_tests.rs"]
mod tests;
