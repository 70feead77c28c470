//! The catalog as a file that can be imported again.

use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use specta::Type;

use super::{MASTER, MasterAtom, MasterCatalog, release, sheet, source, store};
use crate::{Engine, Result, table};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    Json,
    Csv,
}

impl ExportFormat {
    /// By the ending of a file's name: CSV or else JSON.
    pub fn of(path: &Path) -> Self {
        if source::is_csv(path) { Self::Csv } else { Self::Json }
    }
}

/// A release (0: the master catalog) as a file that can be imported again.
///
/// # Errors
/// [`Refusal::NoSuchRelease`](crate::error::Refusal::NoSuchRelease).
pub async fn export(engine: &Engine, release: i32, format: ExportFormat) -> Result<String> {
    let mut tx = engine.begin().await?;
    if release != MASTER {
        release::wanted(&mut tx, Some(release)).await?;
    }
    let catalog = store::catalog(&mut tx, release).await?;
    tx.rollback().await?;
    Ok(match format {
        ExportFormat::Json => json(&catalog),
        ExportFormat::Csv => sheet::print(&catalog),
    })
}

/// Writes [`export`] into a file, in the format of its name, all of it or nothing.
///
/// # Errors
/// As [`export`], and [`Error::File`](crate::Error::File).
pub async fn export_into(engine: &Engine, release: i32, path: &Path) -> Result<()> {
    let text = export(engine, release, ExportFormat::of(path)).await?;
    table::replace(path, text.as_bytes())
}

#[derive(Serialize)]
struct AtomEntry<'a> {
    slug: &'a str,
    name: &'a str,
    description: &'a str,
    category: &'a str,
    versions: Vec<VersionEntry<'a>>,
}

#[derive(Serialize)]
struct VersionEntry<'a> {
    version: &'a str,
    release_date: Option<chrono::NaiveDate>,
    release_notes: &'a str,
    config_schema: Option<&'a RawValue>,
    is_active: bool,
}

impl<'a> AtomEntry<'a> {
    fn of(atom: &'a MasterAtom) -> Self {
        let versions = atom.versions.iter().map(|version| VersionEntry {
            version: &version.version,
            release_date: version.release_date,
            release_notes: &version.release_notes,
            config_schema: serde_json::from_str(&version.config_schema).ok(),
            is_active: version.is_active,
        });
        Self {
            slug: &atom.slug,
            name: &atom.name,
            description: &atom.description,
            category: &atom.category,
            versions: versions.collect(),
        }
    }
}

/// A line for each category and each atom, so that two files can be compared by eye.
pub(super) fn json(catalog: &MasterCatalog) -> String {
    let categories = lines(catalog.categories.iter());
    let atoms = lines(catalog.atoms.iter().map(AtomEntry::of));
    format!("{{\"categories\": [{categories}],\n\"atoms\": [{atoms}]}}\n")
}

fn lines(rows: impl Iterator<Item = impl Serialize>) -> String {
    // Nothing in them can fail to be JSON.
    let rows: Vec<_> = rows.map(|row| serde_json::to_string(&row).unwrap_or_default()).collect();
    if rows.is_empty() { String::new() } else { format!("\n{}\n", rows.join(",\n")) }
}
