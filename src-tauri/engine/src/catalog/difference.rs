//! What it takes to bring the master catalog to what somebody wants of it: an import, an edit, an undo.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use super::check::Fault;
use super::source::{Incoming, IncomingCategory};
use super::{CatalogEdit, Category, MasterAtom, MasterCatalog, MasterVersion, VersionKey, store};
use crate::Result;
use crate::operations::{AtomName, ChangedAtom, Inverse, Step};

/// So many atoms have their versions written at once, and then it is told how far that is.
const PORTION: usize = 2000;

/// What is to stand in the master catalog, and what is to go from it. Whatever neither names stays.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    pub incoming: Incoming,
    pub removal: Removal,
}

#[derive(Debug, Default)]
pub(super) struct Removal {
    pub categories: Vec<String>,
    /// Slugs. Their versions go with them.
    pub atoms: Vec<String>,
    pub versions: Vec<VersionKey>,
}

impl From<CatalogEdit> for Wanted {
    fn from(edit: CatalogEdit) -> Self {
        let mut incoming = Incoming { atoms: edit.atoms, ..Incoming::default() };
        for category in edit.categories {
            incoming.describe(category.name, category.description);
        }
        let removal = Removal {
            categories: edit.remove_categories,
            atoms: edit.remove_atoms,
            versions: edit.remove_versions,
        };
        Self { incoming, removal }
    }
}

impl Wanted {
    /// Measures what is wanted against the master catalog as it is. What cannot be is answered with the place of the atom.
    pub(super) async fn measure(
        &mut self,
        conn: &mut PgConnection,
        master: &MasterCatalog,
    ) -> Result<Result<Difference, Vec<(usize, Fault)>>> {
        let mut faults = store::settle(conn, &mut self.incoming.atoms).await?;
        faults.extend(taken_names(self, &master.atoms));
        faults.sort_by_key(|(place, _)| *place);
        Ok(if faults.is_empty() { Ok(Difference::of(self, master)) } else { Err(faults) })
    }

    /// Writes what is wanted. Categories that have atoms stay.
    pub(super) async fn write(&mut self, conn: &mut PgConnection, step: &Step<'_, '_>) -> Result<()> {
        let Self { incoming, removal } = self;
        store::settle(conn, &mut incoming.atoms).await?;
        // What goes may have the names of what comes.
        store::remove_from_master(conn, &removal.atoms, &removal.versions).await?;
        store::upsert_categories(conn, &incoming.categories).await?;
        store::upsert_atoms(conn, &incoming.atoms).await?;
        let versions = |atoms: &[MasterAtom]| atoms.iter().map(|atom| atom.versions.len()).sum::<usize>();
        let total = versions(&incoming.atoms);
        let mut done = 0;
        for portion in incoming.atoms.chunks(PORTION) {
            step.rows(done, total)?;
            store::upsert_versions(conn, portion).await?;
            done += versions(portion);
        }
        Ok(store::remove_empty_categories(conn, &removal.categories).await?)
    }
}

/// Names that an atom of the master catalog has, and goes on having.
fn taken_names(wanted: &Wanted, master: &[MasterAtom]) -> Vec<(usize, Fault)> {
    let incoming = wanted.incoming.atoms.iter().map(|atom| atom.slug.as_str());
    let leaving: HashSet<_> = wanted.removal.atoms.iter().map(String::as_str).chain(incoming).collect();
    let staying = master.iter().filter(|atom| !leaving.contains(atom.slug.as_str()));
    let holders: HashMap<_, _> = staying.map(|atom| (atom.name.as_str(), atom.slug.as_str())).collect();
    let taken = wanted.incoming.atoms.iter().enumerate().filter_map(|(place, atom)| {
        let holder = holders.get(atom.name.as_str())?;
        let reason = format!("the name `{}` belongs to the atom `{holder}` of the master catalog", atom.name);
        Some((place, Fault::new("name", reason)))
    });
    taken.collect()
}

/// In what the master catalog as it is differs from what is wanted.
#[derive(Debug, Default)]
pub(super) struct Difference {
    /// New, or described differently.
    pub categories: Vec<String>,
    pub added: Vec<AtomName>,
    pub changed: Vec<ChangedAtom>,
    pub removed_categories: Vec<String>,
    pub removed_atoms: Vec<AtomName>,
    pub removed_versions: Vec<VersionKey>,
    pub unchanged: u32,
    new_categories: Vec<String>,
    categories_before: Vec<Category>,
    new_versions: Vec<VersionKey>,
    /// The atoms that are changed or go, as they are.
    before: Vec<MasterAtom>,
}

impl Difference {
    fn of(wanted: &Wanted, master: &MasterCatalog) -> Self {
        let mut difference = Self::default();
        difference.compare_categories(&wanted.incoming.categories, &master.categories);
        let known: HashMap<_, _> = master.atoms.iter().map(|atom| (atom.slug.as_str(), atom)).collect();
        for atom in &wanted.incoming.atoms {
            match known.get(atom.slug.as_str()) {
                None => difference.added.push(AtomName::of(atom)),
                Some(before) => difference.compare_atom(before, atom),
            }
        }
        difference.remove(&wanted.removal, master);
        difference
    }

    fn compare_categories(&mut self, incoming: &[IncomingCategory], master: &[Category]) {
        let known: HashMap<_, _> = master.iter().map(|category| (category.name.as_str(), category)).collect();
        for IncomingCategory { name, description } in incoming {
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

    fn compare_atom(&mut self, before: &MasterAtom, after: &MasterAtom) {
        let plain = [
            ("name", before.name != after.name),
            ("description", before.description != after.description),
            ("category", before.category != after.category),
        ];
        let mut fields: Vec<_> =
            plain.iter().filter(|(_, changed)| *changed).map(|(field, _)| (*field).to_owned()).collect();
        let known: HashMap<_, _> = before.versions.iter().map(|v| (v.version.as_str(), v)).collect();
        for version in &after.versions {
            let known: Option<&&MasterVersion> = known.get(version.version.as_str());
            if known.is_none() {
                self.new_versions
                    .push(VersionKey { slug: after.slug.clone(), version: version.version.clone() });
            }
            if known.is_none_or(|known| *known != version) {
                fields.push(format!("version {}", version.version));
            }
        }
        if fields.is_empty() {
            self.unchanged += 1;
        } else {
            self.changed.push(ChangedAtom { slug: after.slug.clone(), name: after.name.clone(), fields });
            self.before.push(before.clone());
        }
    }

    /// What is to go and is not there is gone already.
    fn remove(&mut self, removal: &Removal, master: &MasterCatalog) {
        let atoms: HashSet<_> = removal.atoms.iter().map(String::as_str).collect();
        let mut versions: HashMap<&str, HashSet<&str>> = HashMap::new();
        for VersionKey { slug, version } in &removal.versions {
            versions.entry(slug).or_default().insert(version);
        }
        let saved: HashSet<_> = self.before.iter().map(|atom| atom.slug.clone()).collect();
        for atom in &master.atoms {
            let slug = atom.slug.as_str();
            if atoms.contains(slug) {
                self.removed_atoms.push(AtomName::of(atom));
                self.before.push(atom.clone());
                continue;
            }
            let Some(going) = versions.get(slug) else { continue };
            let going: Vec<_> = atom.versions.iter().filter(|v| going.contains(v.version.as_str())).collect();
            if !going.is_empty() && !saved.contains(slug) {
                self.before.push(atom.clone());
            }
            let key = |v: &&MasterVersion| VersionKey { slug: slug.to_owned(), version: v.version.clone() };
            self.removed_versions.extend(going.iter().map(key));
        }
        for category in master.categories.iter().filter(|known| removal.categories.contains(&known.name)) {
            self.removed_categories.push(category.name.clone());
            self.categories_before.push(category.clone());
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.categories.is_empty()
            && self.added.is_empty()
            && self.changed.is_empty()
            && self.removed_categories.is_empty()
            && self.removed_atoms.is_empty()
            && self.removed_versions.is_empty()
    }

    pub(super) fn inverse(&self) -> Inverse {
        Inverse::RestoreCatalog {
            remove_categories: self.new_categories.clone(),
            put_back_categories: self.categories_before.clone(),
            remove_atoms: self.added.iter().map(|atom| atom.slug.clone()).collect(),
            remove_versions: self.new_versions.clone(),
            put_back: self.before.clone(),
        }
    }
}

/// The atoms that stand in a category once everything is done.
pub(super) fn staying_in<'a>(
    wanted: &'a Wanted,
    master: &'a MasterCatalog,
) -> HashMap<&'a str, Vec<&'a str>> {
    let gone: HashSet<_> = wanted.removal.atoms.iter().map(String::as_str).collect();
    let moved: HashMap<_, _> =
        wanted.incoming.atoms.iter().map(|atom| (atom.slug.as_str(), atom.category.as_str())).collect();
    let mut atoms: HashMap<&str, Vec<&str>> = HashMap::new();
    for atom in master.atoms.iter().filter(|atom| !gone.contains(atom.slug.as_str())) {
        if !moved.contains_key(atom.slug.as_str()) {
            atoms.entry(&atom.category).or_default().push(&atom.slug);
        }
    }
    for (slug, category) in moved {
        atoms.entry(category).or_default().push(slug);
    }
    atoms
}
