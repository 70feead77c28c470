//! A catalog as a folder: every sub-folder is an atom, unless its name begins with `__` (Python's caches) or a dot. The
//! folder's name gives slug and title; an `atom.json` inside says more.

use std::path::Path;

use super::check::Checker;
use super::file::{AtomEntry, syntax};
use super::source::{Incoming, Place, finish, problem, read_text};
use crate::{Error, Result};

const DESCRIPTION: &str = "atom.json";

pub(super) fn read(folder: &Path) -> Result<Incoming> {
    let mut names = Vec::new();
    let mut problems = Vec::new();
    for entry in list(folder)? {
        match entry.file_name().into_string() {
            Ok(name) if name.starts_with("__") || name.starts_with('.') => {}
            Ok(name) => names.push(name),
            Err(name) => {
                problems.push(problem(&name.to_string_lossy(), "the name of the folder is not UTF-8"));
            }
        }
    }
    names.sort();
    let mut atoms = Vec::new();
    for name in names {
        match read_atom(folder, &name) {
            Ok(atom) => atoms.push((format!("{name}/"), atom)),
            Err(Error::Invalid(found)) => problems.extend(found),
            Err(other) => return Err(other),
        }
    }
    if atoms.is_empty() && problems.is_empty() {
        problems.push(problem(
            &folder.display().to_string(),
            "the folder has no sub-folders, so it holds no atoms",
        ));
    }
    finish(Vec::new(), atoms, problems)
}

fn list(folder: &Path) -> Result<Vec<std::fs::DirEntry>> {
    let failed = |source| Error::File { path: folder.display().to_string(), source };
    let entries: Vec<_> = std::fs::read_dir(folder).and_then(Iterator::collect).map_err(failed)?;
    Ok(entries.into_iter().filter(|entry| entry.path().is_dir()).collect())
}

fn read_atom(folder: &Path, name: &str) -> Result<super::MasterAtom> {
    let slug = name.replace('_', "-");
    let path = folder.join(name).join(DESCRIPTION);
    let place = Place::within(name, DESCRIPTION);
    let text = match std::fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => "{}".to_owned(),
        Err(source) => return Err(Error::File { path: path.display().to_string(), source }),
        Ok(metadata) => read_text(&path, metadata.len(), &place)?,
    };
    let entry: AtomEntry =
        serde_json::from_str(&text).map_err(|error| Error::invalid(syntax(&place, &error, (1, 1))))?;
    if entry.slug.as_ref().is_some_and(|given| *given != slug) {
        return Err(Error::invalid(problem(
            &place.line(1),
            format!("the folder's name gives the slug `{slug}`; leave the field out"),
        )));
    }
    let atom = entry.into_atom(slug);
    let faults = Checker::default().faults(&atom);
    if faults.is_empty() {
        return Ok(atom);
    }
    Err(Error::Invalid(faults.into_iter().map(|fault| problem(&format!("{name}/"), fault.reason)).collect()))
}
