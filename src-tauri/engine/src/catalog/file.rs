//! A catalog in one JSON file: `{"categories": [{"name", "description"}], "atoms": [{"slug", "name", "description",
//! "category", "versions": [{"version", "release_date", "release_notes", "config_schema", "is_active"}]}]}`, or the list of
//! atoms alone. What is left out gets a default; what is unknown is refused.

use std::collections::HashSet;
use std::path::Path;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;

use super::check::{self, Checker, Fault};
use super::source::{
    DEFAULT_CATEGORY, DEFAULT_VERSION, Incoming, IncomingCategory, Place, Placed, finish, problem, read_text,
    too_many,
};
use super::{MasterAtom, MasterVersion};
use crate::names::Problem;
use crate::{Error, Result};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document<'a> {
    categories: Option<Vec<CategoryEntry>>,
    #[serde(borrow)]
    atoms: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryEntry {
    name: String,
    #[serde(default)]
    description: String,
}

/// An atom as a file describes it. In a folder's `atom.json`, the folder gives the slug.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AtomEntry<'a> {
    pub slug: Option<String>,
    name: Option<String>,
    #[serde(default)]
    description: String,
    category: Option<String>,
    #[serde(borrow)]
    versions: Option<Vec<VersionEntry<'a>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionEntry<'a> {
    version: String,
    release_date: Option<NaiveDate>,
    #[serde(default)]
    release_notes: String,
    /// As it was written: a number must not lose its last digits on the way.
    #[serde(borrow, default, deserialize_with = "given")]
    config_schema: Option<&'a RawValue>,
    #[serde(default = "active")]
    is_active: bool,
}

/// What is left out has a default; `null` is a value.
fn given<'de, D: Deserializer<'de>>(value: D) -> Result<Option<&'de RawValue>, D::Error> {
    <&RawValue>::deserialize(value).map(Some)
}

fn active() -> bool {
    true
}

pub(super) fn read(path: &Path, bytes: u64) -> Result<Incoming> {
    let place = Place::of(path);
    let text = read_text(path, bytes, &place)?;
    let (categories, entries) = parse(&text, &place)?;
    let lines = Lines::of(&text);
    let mut checker = Checker::default();
    let mut problems = Vec::new();
    let mut atoms = Vec::with_capacity(entries.len());
    for raw in entries {
        let start = lines.position(raw.get());
        let at = place.line(start.0);
        let entry: AtomEntry = match serde_json::from_str(raw.get()) {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(syntax(&place, &error, start));
                continue;
            }
        };
        let Some(slug) = entry.slug.clone() else {
            problems.push(problem(&at, "the atom has no slug"));
            continue;
        };
        let schemas = entry.config_schemas();
        let atom = entry.into_atom(slug);
        let line_of = |fault: &Fault| match fault.version.and_then(|place| *schemas.get(place)?) {
            Some(schema) if fault.field == "configSchema" => place.line(lines.position(schema).0),
            _ => at.clone(),
        };
        let faults = checker.faults(&atom);
        if faults.is_empty() {
            atoms.push((at, atom));
        } else {
            problems.extend(faults.into_iter().map(|fault| problem(&line_of(&fault), fault.reason)));
        }
    }
    problems.extend(faulty_categories(categories.as_deref().unwrap_or_default(), &place));
    problems.extend(unknown_categories(categories.as_deref(), &atoms));
    finish(categories.unwrap_or_default(), atoms, problems)
}

type Parsed<'a> = (Option<Vec<IncomingCategory>>, Vec<&'a RawValue>);

fn parse<'a>(text: &'a str, place: &Place) -> Result<Parsed<'a>> {
    let wrong = |error: serde_json::Error| Error::invalid(syntax(place, &error, (1, 1)));
    let (categories, atoms) = if text.trim_start().starts_with('[') {
        (None, serde_json::from_str(text).map_err(wrong)?)
    } else {
        let document: Document = serde_json::from_str(text).map_err(wrong)?;
        (document.categories, document.atoms)
    };
    if let Some(reason) = too_many(atoms.len()) {
        return Err(Error::invalid(place.problem(reason)));
    }
    let categories = categories.map(|entries| {
        entries
            .into_iter()
            .map(|entry| IncomingCategory { name: entry.name, description: Some(entry.description) })
            .collect()
    });
    Ok((categories, atoms))
}

impl<'a> AtomEntry<'a> {
    /// The config schema of each version, as it stands in the text.
    fn config_schemas(&self) -> Vec<Option<&'a str>> {
        let versions = self.versions.iter().flatten();
        versions.map(|version| version.config_schema.map(RawValue::get)).collect()
    }

    /// Fills in what was left out.
    pub(super) fn into_atom(self, slug: String) -> MasterAtom {
        MasterAtom {
            name: self.name.unwrap_or_else(|| title(&slug)),
            category: self.category.unwrap_or_else(|| DEFAULT_CATEGORY.into()),
            versions: match self.versions {
                Some(entries) => entries.into_iter().map(MasterVersion::from).collect(),
                None => vec![MasterVersion::plain(DEFAULT_VERSION.into())],
            },
            description: self.description,
            slug,
        }
    }
}

impl From<VersionEntry<'_>> for MasterVersion {
    fn from(entry: VersionEntry) -> Self {
        Self {
            version: entry.version,
            release_date: entry.release_date,
            release_notes: entry.release_notes,
            config_schema: entry.config_schema.map_or("{}", RawValue::get).to_owned(),
            is_active: entry.is_active,
        }
    }
}

/// `pdf_export` is *Pdf Export*.
pub(super) fn title(slug: &str) -> String {
    let words = slug.split(['_', '-']).filter(|word| !word.is_empty()).map(|word| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Categories that the tables cannot hold, or that stand twice.
fn faulty_categories(listed: &[IncomingCategory], place: &Place) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let faults = listed.iter().filter_map(|IncomingCategory { name, description }| {
        let repeated = || (!seen.insert(name)).then(|| format!("the category `{name}` stands twice"));
        check::category_fault(name, description.as_deref()).or_else(repeated)
    });
    faults.map(|reason| place.problem(reason)).collect()
}

/// A file that lists its categories must list all of them.
fn unknown_categories(listed: Option<&[IncomingCategory]>, atoms: &[Placed]) -> Vec<Problem> {
    let Some(listed) = listed else { return Vec::new() };
    let known: HashSet<_> =
        listed.iter().map(|category| category.name.as_str()).chain([DEFAULT_CATEGORY]).collect();
    let missing = atoms.iter().filter(|(_, atom)| !known.contains(atom.category.as_str()));
    missing
        .map(|(at, atom)| {
            problem(at, format!("the category `{}` is not among the file's categories", atom.category))
        })
        .collect()
}

/// A parser's error, at its place in the whole file.
pub(super) fn syntax(place: &Place, error: &serde_json::Error, start: (usize, usize)) -> Problem {
    let line = start.0 + error.line().max(1) - 1;
    let column = if error.line() <= 1 { start.1 + error.column().max(1) - 1 } else { error.column() };
    let full = error.to_string();
    let reason = full.split(" at line ").next().unwrap_or(&full);
    problem(&place.line(line), format!("{reason} (column {column})"))
}

/// A text, and where its lines begin.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        Self { text, starts: std::iter::once(0).chain(ends.map(|(end, _)| end + 1)).collect() }
    }

    /// Line and column, from 1, of a slice of the text.
    fn position(&self, part: &str) -> (usize, usize) {
        let offset =
            (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        (line, 1 + offset - self.starts[line - 1])
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
