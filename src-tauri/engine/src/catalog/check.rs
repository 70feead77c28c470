//! What the rows of a catalog may hold, wherever they come from.

use std::collections::{HashMap, HashSet};

use chrono::Datelike as _;

use super::config_schema::{SchemaProblem, check_config_schema};
use super::{MasterAtom, MasterVersion};

pub(super) const MAX_ATOMS: usize = 100_000;
const MAX_SLUG: usize = 150;
const MAX_NAME: usize = 150;
const MAX_CATEGORY: usize = 100;
const MAX_VERSION: usize = 50;

/// Something that is wrong with an atom, or with one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Which of its versions.
    pub version: Option<usize>,
    /// As in [`MasterAtom`] and [`MasterVersion`].
    pub field: &'static str,
    pub reason: String,
}

impl Fault {
    pub(super) fn new(field: &'static str, reason: impl Into<String>) -> Self {
        Self { version: None, field, reason: reason.into() }
    }

    pub(super) fn of_version(place: usize, field: &'static str, reason: impl Into<String>) -> Self {
        Self { version: Some(place), field, reason: reason.into() }
    }

    /// `slug`, `versions[1].configSchema`
    pub(super) fn path(&self) -> String {
        match self.version {
            None => self.field.to_owned(),
            Some(place) => format!("versions[{place}].{}", self.field),
        }
    }
}

/// Checks atoms one by one. Config schemas repeat themselves, so each text is looked at once.
#[derive(Default)]
pub(super) struct Checker {
    schemas: HashMap<String, Vec<SchemaProblem>>,
}

impl Checker {
    pub(super) fn faults(&mut self, atom: &MasterAtom) -> Vec<Fault> {
        let mut faults = Vec::new();
        let slug = &atom.slug;
        if slug.is_empty() || !slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            let reason = format!("the slug `{}` may hold letters, digits, - and _ only", slug.escape_debug());
            faults.push(Fault::new("slug", reason));
        }
        for (field, text, max) in [
            ("slug", slug, MAX_SLUG),
            ("name", &atom.name, MAX_NAME),
            ("description", &atom.description, usize::MAX),
            ("category", &atom.category, MAX_CATEGORY),
        ] {
            let may_be_empty = matches!(field, "slug" | "description");
            faults.extend(
                text_fault(text, max, may_be_empty)
                    .map(|fault| Fault::new(field, format!("the {field} {fault}"))),
            );
        }
        let mut seen = HashSet::new();
        for (place, version) in atom.versions.iter().enumerate() {
            let repeated = !seen.insert(version.version.as_str());
            self.check_version(version, repeated, &mut |field, reason| {
                faults.push(Fault::of_version(place, field, reason));
            });
        }
        faults
    }

    fn check_version(
        &mut self,
        version: &MasterVersion,
        repeated: bool,
        fault: &mut impl FnMut(&'static str, String),
    ) {
        let name = version.version.escape_debug();
        if version.version.trim().is_empty() || version.version.chars().count() > MAX_VERSION {
            fault("version", format!("the version `{name}` must have 1 to {MAX_VERSION} characters"));
        }
        if version.version.contains('\0') {
            fault("version", format!("the version `{name}` holds the character NUL"));
        }
        if repeated {
            fault("version", format!("the version `{name}` stands twice"));
        }
        if version.release_date.is_some_and(|date| !(1..10_000).contains(&date.year())) {
            fault(
                "releaseDate",
                format!("the release date of version `{name}` has a year that is not of four digits"),
            );
        }
        if version.release_notes.contains('\0') {
            fault("releaseNotes", format!("the release notes of version `{name}` hold the character NUL"));
        }
        for problem in self.schema_problems(&version.config_schema) {
            fault("configSchema", format!("the config schema of version `{name}`: {problem}"));
        }
    }

    fn schema_problems(&mut self, text: &str) -> &[SchemaProblem] {
        if !self.schemas.contains_key(text) {
            self.schemas.insert(text.to_owned(), check_config_schema(text));
        }
        self.schemas.get(text).map_or(&[], Vec::as_slice)
    }
}

/// What is wrong with a category, said of it.
pub(super) fn category_fault(name: &str, description: Option<&str>) -> Option<String> {
    match text_fault(name, MAX_CATEGORY, false) {
        Some(fault) => Some(format!("a category's name {fault}")),
        None => description
            .is_some_and(|text| text.contains('\0'))
            .then(|| "a category's description holds the character NUL".into()),
    }
}

/// PostgreSQL stores every character but NUL.
fn text_fault(text: &str, max: usize, may_be_empty: bool) -> Option<String> {
    let length = text.chars().count();
    if length > max {
        Some(format!("has {length} characters; {max} is the most"))
    } else if !may_be_empty && text.trim().is_empty() {
        Some("is empty".into())
    } else if text.contains('\0') {
        Some("holds the character NUL".into())
    } else {
        None
    }
}

/// Slugs and names that stand twice, with the place of the first. `atoms` come with theirs.
pub(super) fn repeated<'a>(atoms: impl Iterator<Item = (&'a str, &'a MasterAtom)>) -> Vec<(usize, Fault)> {
    let mut slugs: HashMap<&str, &str> = HashMap::new();
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut faults = Vec::new();
    for (index, (at, atom)) in atoms.enumerate() {
        if let Some(first) = slugs.insert(&atom.slug, at) {
            let reason = format!("the slug `{}` stands at {first} already", atom.slug);
            faults.push((index, Fault::new("slug", reason)));
        } else if let Some(first) = names.insert(&atom.name, at) {
            let reason = format!("the name `{}` stands at {first} already", atom.name);
            faults.push((index, Fault::new("name", reason)));
        }
    }
    faults
}
