//! Where a catalog is imported from: folders, files, and the copies of tenants.

use std::collections::HashSet;
use std::path::Path;

use sqlx::PgConnection;

use super::check::{self, Checker};
use super::{CatalogSource, MasterAtom, file, folder, sheet, store, sync};
use crate::names::{Problem, Rule, SchemaName};
use crate::{Error, Result, example};

const MAX_BYTES: u64 = 16 * 1024 * 1024;
pub(super) const DEFAULT_CATEGORY: &str = "General";
pub(super) const DEFAULT_VERSION: &str = "1.0";

/// What a source holds, checked.
#[derive(Debug, Default, serde::Serialize)]
pub(crate) struct Incoming {
    pub categories: Vec<IncomingCategory>,
    pub atoms: Vec<MasterAtom>,
    /// Where each atom stands, as problems name it.
    #[serde(skip)]
    pub places: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(crate) struct IncomingCategory {
    pub name: String,
    /// `None` where atoms merely name the category.
    pub description: Option<String>,
}

impl Incoming {
    pub(crate) fn describe(&mut self, name: String, description: String) {
        self.categories.push(IncomingCategory { name, description: Some(description) });
    }

    pub(super) fn place(&self, index: usize) -> String {
        let slug = || self.atoms.get(index).map(|atom| format!("atom {}", atom.slug));
        self.places.get(index).cloned().or_else(slug).unwrap_or_default()
    }

    /// With the categories that atoms merely name.
    pub(super) fn with_named_categories(mut self) -> Self {
        let mut known: HashSet<_> = self.categories.iter().map(|category| category.name.clone()).collect();
        for atom in &self.atoms {
            if known.insert(atom.category.clone()) {
                self.categories.push(IncomingCategory { name: atom.category.clone(), description: None });
            }
        }
        self
    }
}

/// An atom, and where it stands.
pub(super) type Placed = (String, MasterAtom);

pub(super) async fn read(conn: &mut PgConnection, source: &CatalogSource) -> Result<Incoming> {
    match source {
        CatalogSource::Example => Ok(example::catalog()),
        CatalogSource::Schema { schema } => read_schema(conn, schema).await,
        CatalogSource::Path { path } if path.trim().is_empty() => {
            Err(Error::invalid(Problem::new("path", "", Rule::Required)))
        }
        CatalogSource::Path { path } => {
            let place = Path::new(path.trim());
            let metadata =
                std::fs::metadata(place).map_err(|source| Error::File { path: path.clone(), source })?;
            if metadata.is_dir() {
                folder::read(place)
            } else if is_csv(place) {
                sheet::read(place, metadata.len())
            } else {
                file::read(place, metadata.len())
            }
        }
    }
}

pub(super) fn is_csv(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"))
}

/// # Errors
/// [`Error::NoAtomTables`].
async fn read_schema(conn: &mut PgConnection, schema: &SchemaName) -> Result<Incoming> {
    sync::enter(conn, schema).await?;
    let copy = store::copy(conn).await?;
    let mut problems = Vec::new();
    let mut incoming = Incoming::default();
    for category in copy.categories {
        if let Some(fault) = check::category_fault(&category.name, Some(&category.description)) {
            problems.push(problem(&format!("{schema}: category {}", category.name), fault));
        }
        incoming.describe(category.name, category.description);
    }
    let atoms: Vec<_> =
        copy.atoms.into_iter().map(|atom| (format!("{schema}: atom {}", atom.slug), atom)).collect();
    let mut check = Checker::default();
    for (at, atom) in &atoms {
        problems.extend(check.faults(atom).into_iter().map(|fault| problem(at, fault.reason)));
    }
    finish(incoming.categories, atoms, problems)
}

/// The checked atoms as an import, or everything that is wrong.
pub(super) fn finish(
    categories: Vec<IncomingCategory>,
    atoms: Vec<Placed>,
    mut problems: Vec<Problem>,
) -> Result<Incoming> {
    let named = atoms.iter().map(|(at, atom)| (at.as_str(), atom));
    let repeated = check::repeated(named).into_iter();
    problems.extend(repeated.map(|(index, fault)| problem(&atoms[index].0, fault.reason)));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let (places, atoms) = atoms.into_iter().unzip();
    Ok(Incoming { categories, atoms, places }.with_named_categories())
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

    pub(super) fn line(&self, line: impl std::fmt::Display) -> String {
        format!("{} line {line}", self.file)
    }

    /// What is wrong with the file as a whole.
    pub(super) fn problem(&self, reason: impl Into<String>) -> Problem {
        problem(&self.file, reason)
    }
}

pub(super) fn problem(at: &str, reason: impl Into<String>) -> Problem {
    Problem::new(at, "", Rule::File { reason: reason.into() })
}

/// Reads a file as text, if it is one of a size that can be a catalog.
pub(super) fn read_text(path: &Path, bytes: u64, place: &Place) -> Result<String> {
    let refuse = |reason: String| Err(Error::invalid(place.problem(reason)));
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

pub(super) fn too_many(atoms: usize) -> Option<String> {
    let most = check::MAX_ATOMS;
    (atoms > most).then(|| format!("the file has {atoms} atoms; {most} is the most"))
}
