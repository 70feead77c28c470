//! Importing atoms into the master catalog. An import adds and updates; it never takes away.

use std::collections::HashMap;
use std::path::Path;

use sqlx::PgConnection;

use super::{
    CatalogSource, Category, MasterAtom, MasterCatalog, MasterVersion, VersionKey, file, folder, store,
};
use crate::names::{Problem, Rule};
use crate::operations::{AtomName, Basis, Change, ChangedAtom, Finding, Intent, Inverse, Parts, Plan};
use crate::{Error, Result, digest, example};

/// What a source holds, checked.
#[derive(Debug, Default, serde::Serialize)]
pub(crate) struct Incoming {
    pub categories: Vec<IncomingCategory>,
    pub atoms: Vec<MasterAtom>,
}

impl Incoming {
    pub(crate) fn describe(&mut self, name: String, description: String) {
        self.categories.push(IncomingCategory { name, description: Some(description) });
    }
}

#[derive(Debug, Clone, serde::Serialize)]
pub(crate) struct IncomingCategory {
    pub name: String,
    /// `None` where atoms merely name the category.
    pub description: Option<String>,
}

const ROW: &str = "catalog source";

pub(crate) async fn plan_import(conn: &mut PgConnection, source: CatalogSource) -> Result<Plan> {
    let incoming = read(&source)?;
    let master = store::master(conn).await?;
    let difference = difference(&incoming, &master)?;
    let mut parts = Parts { basis: vec![basis(&incoming)], ..Parts::default() };
    if difference.unchanged > 0 {
        parts.findings.push(Finding::AtomsUnchanged { atoms: difference.unchanged });
    }
    if !difference.is_empty() {
        parts.inverse = Some(difference.inverse());
        let Difference { categories, added, changed, .. } = difference;
        parts.changes.push(Change::ImportAtoms {
            categories,
            added: added.iter().map(AtomName::of).collect(),
            changed,
        });
    }
    Ok(Plan::new(Intent::ImportCatalog(source), "catalog", parts))
}

/// Writes what the plan was made from; `false` if the source has changed since.
pub(super) async fn make(conn: &mut PgConnection, plan: &Plan) -> Result<bool> {
    let Intent::ImportCatalog(source) = &plan.intent else { return Ok(true) };
    let incoming = read(source)?;
    if !plan.basis.contains(&basis(&incoming)) {
        return Ok(false);
    }
    store::upsert_master(conn, &incoming).await?;
    Ok(true)
}

fn read(source: &CatalogSource) -> Result<Incoming> {
    match source {
        CatalogSource::Example => Ok(example::catalog()),
        CatalogSource::Path { path } if path.trim().is_empty() => {
            Err(Error::invalid(Problem::new("path", "", Rule::Required)))
        }
        CatalogSource::Path { path } => {
            let place = Path::new(path.trim());
            let metadata =
                std::fs::metadata(place).map_err(|source| Error::File { path: path.clone(), source })?;
            if metadata.is_dir() { folder::read(place) } else { file::read(place, metadata.len()) }
        }
    }
}

fn basis(incoming: &Incoming) -> Basis {
    Basis { row: ROW.into(), version: digest::of(incoming) }
}

/// What an import comes to.
#[derive(Default)]
struct Difference {
    /// New, or described differently.
    categories: Vec<String>,
    new_categories: Vec<String>,
    categories_before: Vec<Category>,
    added: Vec<MasterAtom>,
    changed: Vec<ChangedAtom>,
    before: Vec<MasterAtom>,
    new_versions: Vec<VersionKey>,
    unchanged: u32,
}

impl Difference {
    fn compare_categories(&mut self, incoming: &Incoming, master: &[Category]) {
        let known: HashMap<_, _> = master.iter().map(|category| (category.name.as_str(), category)).collect();
        for IncomingCategory { name, description } in &incoming.categories {
            match (known.get(name.as_str()), description) {
                (None, _) => self.new_categories.push(name.clone()),
                (Some(before), Some(after)) if before.description != *after => {
                    self.categories_before.push((*before).clone());
                }
                (Some(_), _) => continue,
            }
            self.categories.push(name.clone());
        }
    }

    fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.added.is_empty() && self.changed.is_empty()
    }

    fn inverse(&self) -> Inverse {
        Inverse::RestoreCatalog {
            remove_categories: self.new_categories.clone(),
            put_back_categories: self.categories_before.clone(),
            remove_atoms: self.added.iter().map(|atom| atom.slug.clone()).collect(),
            remove_versions: self.new_versions.clone(),
            put_back: self.before.clone(),
        }
    }
}

fn difference(incoming: &Incoming, master: &MasterCatalog) -> Result<Difference> {
    let by_slug: HashMap<_, _> = master.atoms.iter().map(|atom| (atom.slug.as_str(), atom)).collect();
    let by_name: HashMap<_, _> = master.atoms.iter().map(|atom| (atom.name.as_str(), atom)).collect();
    let mut difference = Difference::default();
    difference.compare_categories(incoming, &master.categories);
    let mut problems = Vec::new();
    for atom in &incoming.atoms {
        if let Some(other) = by_name.get(atom.name.as_str()).filter(|other| other.slug != atom.slug) {
            let reason = format!(
                "the name `{}` belongs to the atom `{}` of the master catalog",
                atom.name, other.slug
            );
            problems.push(Problem::new(format!("atom {}", atom.slug), &atom.name, Rule::File { reason }));
            continue;
        }
        match by_slug.get(atom.slug.as_str()) {
            None => difference.added.push(atom.clone()),
            Some(before) => {
                let (fields, new_versions) = changed_fields(before, atom);
                if fields.is_empty() {
                    difference.unchanged += 1;
                } else {
                    difference.changed.push(ChangedAtom {
                        slug: atom.slug.clone(),
                        name: atom.name.clone(),
                        fields,
                    });
                    difference.before.push((*before).clone());
                    difference.new_versions.extend(new_versions);
                }
            }
        }
    }
    if problems.is_empty() { Ok(difference) } else { Err(Error::Invalid(problems)) }
}

fn changed_fields(before: &MasterAtom, after: &MasterAtom) -> (Vec<String>, Vec<VersionKey>) {
    let plain = [
        ("name", before.name != after.name),
        ("description", before.description != after.description),
        ("category", before.category != after.category),
    ];
    let mut fields: Vec<_> =
        plain.iter().filter(|(_, changed)| *changed).map(|(field, _)| (*field).to_owned()).collect();
    let mut new_versions = Vec::new();
    for version in &after.versions {
        match before.versions.iter().find(|v| v.version == version.version) {
            None => {
                fields.push(format!("version {}", version.version));
                new_versions.push(VersionKey { slug: after.slug.clone(), version: version.version.clone() });
            }
            Some(old) if !same_version(old, version) => fields.push(format!("version {}", version.version)),
            Some(_) => {}
        }
    }
    (fields, new_versions)
}

/// An import that gives no release date agrees with any.
fn same_version(before: &MasterVersion, after: &MasterVersion) -> bool {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).ok();
    (after.release_date.is_none() || before.release_date == after.release_date)
        && before.release_notes == after.release_notes
        && before.is_active == after.is_active
        && json(&before.config_schema) == json(&after.config_schema)
}
