//! A catalog in one JSON file: `{"categories": [{"name", "description"}], "atoms": [{"slug", "name", "description",
//! "category", "versions": [{"version", "release_date", "release_notes", "config_schema", "is_active"}]}]}`, or the list of
//! atoms alone. What is left out gets a default; what is unknown is refused.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::import::{Incoming, IncomingCategory};
use super::{MasterAtom, MasterVersion};
use crate::names::{Problem, Rule};
use crate::{Error, Result};

const MAX_BYTES: u64 = 16 * 1024 * 1024;
const MAX_ATOMS: usize = 100_000;
const MAX_SLUG: usize = 150;
const MAX_NAME: usize = 150;
const MAX_CATEGORY: usize = 100;
const MAX_VERSION: usize = 50;
const DEFAULT_CATEGORY: &str = "General";
const DEFAULT_VERSION: &str = "1.0";

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
pub(super) struct AtomEntry {
    pub slug: Option<String>,
    name: Option<String>,
    #[serde(default)]
    description: String,
    category: Option<String>,
    versions: Option<Vec<VersionEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VersionEntry {
    version: String,
    release_date: Option<NaiveDate>,
    #[serde(default)]
    release_notes: String,
    #[serde(default)]
    config_schema: Map<String, Value>,
    #[serde(default = "active")]
    is_active: bool,
}

fn active() -> bool {
    true
}

pub(super) fn read(path: &Path, bytes: u64) -> Result<Incoming> {
    let place = Place::of(path);
    let text = read_text(path, bytes, &place)?;
    let (categories, entries) = parse(&text, &place)?;
    let lines = Lines::of(&text);
    let mut problems = Vec::new();
    let mut atoms = Vec::with_capacity(entries.len());
    for raw in entries {
        let start = lines.position(raw.get());
        let at = place.line(start.0);
        match serde_json::from_str::<AtomEntry>(raw.get()) {
            Err(error) => problems.push(syntax(&place, &error, start)),
            Ok(entry) => match entry.slug.clone() {
                None => problems.push(problem(&at, "the atom has no slug")),
                Some(slug) => match entry.check(slug, &at) {
                    Ok(atom) => atoms.push((at, atom)),
                    Err(found) => problems.extend(found),
                },
            },
        }
    }
    problems.extend(repeated(&atoms));
    problems.extend(faulty_categories(categories.as_deref().unwrap_or_default(), &place));
    problems.extend(unknown_categories(categories.as_deref(), &atoms));
    finish(categories.unwrap_or_default(), atoms, problems)
}

/// The checked atoms as an import, or everything that is wrong.
pub(super) fn finish(
    categories: Vec<IncomingCategory>,
    atoms: Vec<(String, MasterAtom)>,
    problems: Vec<Problem>,
) -> Result<Incoming> {
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let atoms: Vec<_> = atoms.into_iter().map(|(_, atom)| atom).collect();
    let mut known: HashSet<_> = categories.iter().map(|category| category.name.clone()).collect();
    let mut categories = categories;
    for atom in &atoms {
        if known.insert(atom.category.clone()) {
            categories.push(IncomingCategory { name: atom.category.clone(), description: None });
        }
    }
    Ok(Incoming { categories, atoms })
}

/// Reads a file as text, if it is one of a size that can be a catalog.
pub(super) fn read_text(path: &Path, bytes: u64, place: &Place) -> Result<String> {
    let refuse = |reason: String| Err(Error::invalid(problem(&place.file, reason)));
    if bytes > MAX_BYTES {
        return refuse(format!(
            "the file has {} MB; a catalog has {} MB at the most",
            bytes / 1_000_000,
            MAX_BYTES / 1_000_000
        ));
    }
    let content =
        std::fs::read(path).map_err(|source| Error::File { path: path.display().to_string(), source })?;
    if content.starts_with(&[0xFF, 0xFE]) || content.starts_with(&[0xFE, 0xFF]) {
        return refuse("the file is UTF-16; save it as UTF-8".into());
    }
    if content.starts_with(b"PK\x03\x04") || content.starts_with(&[0x1F, 0x8B]) {
        return refuse("the file is an archive; unpack it and import what is inside".into());
    }
    let content = content.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&content);
    if content.trim_ascii().is_empty() {
        return refuse("the file is empty".into());
    }
    match std::str::from_utf8(content) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            refuse(format!("the file is not UTF-8: the byte at offset {} is none", error.valid_up_to()))
        }
    }
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
    if atoms.len() > MAX_ATOMS {
        return Err(Error::invalid(problem(
            &place.file,
            format!("the file has {} atoms; {MAX_ATOMS} is the most", atoms.len()),
        )));
    }
    let categories = categories.map(|entries| {
        entries
            .into_iter()
            .map(|entry| IncomingCategory { name: entry.name, description: Some(entry.description) })
            .collect()
    });
    Ok((categories, atoms))
}

impl AtomEntry {
    /// Fills in what was left out and checks what the tables can hold. Every problem is named, at `at`.
    pub(super) fn check(self, slug: String, at: &str) -> Result<MasterAtom, Vec<Problem>> {
        let name = self.name.unwrap_or_else(|| title(&slug));
        let category = self.category.unwrap_or_else(|| DEFAULT_CATEGORY.into());
        let versions = match self.versions {
            Some(entries) => entries.into_iter().map(MasterVersion::from).collect(),
            None => vec![MasterVersion::plain(DEFAULT_VERSION.into())],
        };
        let atom = MasterAtom { slug, name, description: self.description, category, versions };
        let problems: Vec<_> = faults(&atom).into_iter().map(|reason| problem(at, reason)).collect();
        if problems.is_empty() { Ok(atom) } else { Err(problems) }
    }
}

fn faults(atom: &MasterAtom) -> Vec<String> {
    let mut faults = Vec::new();
    let slug = &atom.slug;
    if slug.is_empty() || !slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
        faults.push(format!("the slug `{}` may hold letters, digits, - and _ only", slug.escape_debug()));
    }
    for (what, text, max) in
        [("slug", slug, MAX_SLUG), ("name", &atom.name, MAX_NAME), ("category", &atom.category, MAX_CATEGORY)]
    {
        let length = text.chars().count();
        if length > max {
            faults.push(format!("the {what} has {length} characters; {max} is the most"));
        }
        if text.trim().is_empty() && what != "slug" {
            faults.push(format!("the {what} is empty"));
        }
    }
    let mut seen = HashSet::new();
    for version in &atom.versions {
        if version.version.trim().is_empty() || version.version.chars().count() > MAX_VERSION {
            faults.push(format!(
                "the version `{}` must have 1 to {MAX_VERSION} characters",
                version.version.escape_debug()
            ));
        }
        if !seen.insert(&version.version) {
            faults.push(format!("the version `{}` stands twice", version.version));
        }
    }
    if atom
        .versions
        .iter()
        .filter_map(|version| version.release_date)
        .any(|date| !(1..10_000).contains(&date.year()))
    {
        faults.push("a release date has a year that is not of four digits".into());
    }
    // PostgreSQL stores every character but this one.
    let texts = [&atom.name, &atom.description, &atom.category];
    let in_versions = |v: &MasterVersion| {
        [&v.version, &v.release_notes].iter().any(|t| t.contains('\0')) || v.config_schema.contains("\\u0000")
    };
    if texts.iter().any(|text| text.contains('\0')) || atom.versions.iter().any(in_versions) {
        faults.push("a text holds the character NUL".into());
    }
    faults
}

impl From<VersionEntry> for MasterVersion {
    fn from(entry: VersionEntry) -> Self {
        Self {
            version: entry.version,
            release_date: entry.release_date,
            release_notes: entry.release_notes,
            config_schema: Value::Object(entry.config_schema).to_string(),
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

/// Slugs and names that stand twice, with both places.
pub(super) fn repeated(atoms: &[(String, MasterAtom)]) -> Vec<Problem> {
    let mut slugs: HashMap<&str, &str> = HashMap::new();
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut problems = Vec::new();
    for (at, atom) in atoms {
        if let Some(first) = slugs.insert(&atom.slug, at) {
            problems.push(problem(at, format!("the slug `{}` stands at {first} already", atom.slug)));
        } else if let Some(first) = names.insert(&atom.name, at) {
            problems.push(problem(at, format!("the name `{}` stands at {first} already", atom.name)));
        }
    }
    problems
}

/// Categories that the tables cannot hold, or that stand twice.
fn faulty_categories(listed: &[IncomingCategory], place: &Place) -> Vec<Problem> {
    let mut seen = HashSet::new();
    let faults = listed.iter().filter_map(|IncomingCategory { name, description }| {
        let length = name.chars().count();
        if name.trim().is_empty() {
            Some("a category has no name".to_owned())
        } else if length > MAX_CATEGORY {
            Some(format!("a category's name has {length} characters; {MAX_CATEGORY} is the most"))
        } else if name.contains('\0') || description.as_ref().is_some_and(|text| text.contains('\0')) {
            Some("a category holds the character NUL".into())
        } else if !seen.insert(name) {
            Some(format!("the category `{name}` stands twice"))
        } else {
            None
        }
    });
    faults.map(|reason| problem(&place.file, reason)).collect()
}

/// A file that lists its categories must list all of them.
fn unknown_categories(listed: Option<&[IncomingCategory]>, atoms: &[(String, MasterAtom)]) -> Vec<Problem> {
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

/// The file as problems name it.
pub(super) struct Place {
    file: String,
}

impl Place {
    pub(super) fn of(path: &Path) -> Self {
        Self { file: path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned() }
    }

    pub(super) fn within(folder: &str, file: &str) -> Self {
        Self { file: format!("{folder}/{file}") }
    }

    pub(super) fn line(&self, line: usize) -> String {
        format!("{} line {line}", self.file)
    }
}

pub(super) fn problem(at: &str, reason: impl Into<String>) -> Problem {
    Problem::new(at, "", Rule::File { reason: reason.into() })
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
