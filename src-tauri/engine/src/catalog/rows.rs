//! Rows of a catalog, named by their natural keys: a category's name, an atom's slug, a version of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use specta::Type;

/// Which of the catalog's three tables.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Part {
    Category,
    Atom,
    Version,
}

/// The key of one row, whatever its id is in which tenant.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowKey {
    pub part: Part,
    /// A category's name, an atom's slug.
    pub key: String,
    /// Empty unless it is a version.
    #[serde(default)]
    pub version: String,
}

impl RowKey {
    pub fn category(name: impl Into<String>) -> Self {
        Self { part: Part::Category, key: name.into(), version: String::new() }
    }

    pub fn atom(slug: impl Into<String>) -> Self {
        Self { part: Part::Atom, key: slug.into(), version: String::new() }
    }

    pub fn version(slug: impl Into<String>, version: impl Into<String>) -> Self {
        Self { part: Part::Version, key: slug.into(), version: version.into() }
    }
}

/// Keys of rows, kept short: they stand in every plan and in the journal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CatalogRows {
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub categories: BTreeSet<String>,
    /// Slugs.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub atoms: BTreeSet<String>,
    /// By the atom's slug.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub versions: BTreeMap<String, BTreeSet<String>>,
}

impl CatalogRows {
    pub fn insert(&mut self, row: &RowKey) {
        match row.part {
            Part::Category => self.categories.insert(row.key.clone()),
            Part::Atom => self.atoms.insert(row.key.clone()),
            Part::Version => self.versions.entry(row.key.clone()).or_default().insert(row.version.clone()),
        };
    }

    pub fn remove(&mut self, row: &RowKey) {
        match row.part {
            Part::Category => drop(self.categories.remove(&row.key)),
            Part::Atom => drop(self.atoms.remove(&row.key)),
            Part::Version => {
                if let Some(of) = self.versions.get_mut(&row.key) {
                    of.remove(&row.version);
                }
                self.versions.retain(|_, of| !of.is_empty());
            }
        }
    }

    pub fn contains(&self, row: &RowKey) -> bool {
        match row.part {
            Part::Category => self.categories.contains(&row.key),
            Part::Atom => self.atoms.contains(&row.key),
            Part::Version => self.versions.get(&row.key).is_some_and(|of| of.contains(&row.version)),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.categories.is_empty() && self.atoms.is_empty() && self.versions.is_empty()
    }

    /// How many rows.
    pub fn count(&self) -> u32 {
        let rows = self.categories.len() + self.atoms.len() + self.version_count();
        u32::try_from(rows).unwrap_or(u32::MAX)
    }

    fn version_count(&self) -> usize {
        self.versions.values().map(BTreeSet::len).sum()
    }

    /// Every row: categories, then atoms, then versions.
    pub fn keys(&self) -> impl Iterator<Item = RowKey> {
        let versions = self
            .versions
            .iter()
            .flat_map(|(slug, of)| of.iter().map(move |version| RowKey::version(slug, version)));
        let categories = self.categories.iter().map(RowKey::category);
        categories.chain(self.atoms.iter().map(RowKey::atom)).chain(versions)
    }

    /// Categories, and what stands in them.
    pub(crate) fn by_need(&self) -> (Self, Self) {
        let categories = Self { categories: self.categories.clone(), ..Self::default() };
        (categories, Self { categories: BTreeSet::new(), ..self.clone() })
    }

    pub(crate) fn category_names(&self) -> Vec<String> {
        self.categories.iter().cloned().collect()
    }

    pub(crate) fn atom_slugs(&self) -> Vec<String> {
        self.atoms.iter().cloned().collect()
    }

    /// Slugs and versions, side by side.
    pub(crate) fn version_keys(&self) -> (Vec<String>, Vec<String>) {
        let pairs = self.versions.iter().flat_map(|(slug, of)| of.iter().map(|v| (slug.clone(), v.clone())));
        pairs.unzip()
    }
}

impl FromIterator<RowKey> for CatalogRows {
    fn from_iter<I: IntoIterator<Item = RowKey>>(rows: I) -> Self {
        let mut all = Self::default();
        rows.into_iter().for_each(|row| all.insert(&row));
        all
    }
}
