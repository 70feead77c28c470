//! Makes the packages that users install.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::{files, postgres, prerequisites, shell, ui, workspace};

/// The arguments go to `tauri build`: `--bundles deb`, say.
///
/// `tauri.conf.json` names no resources: every build would then want them in place. They are added here, so
/// that the window finds PostgreSQL in the folder `postgres` of its resources.
pub fn run(arguments: &[&str]) -> Result<()> {
    prerequisites::for_building()?;
    let postgres = without_links(&postgres::stage()?)?;
    ui::build()?;
    let resources = json!({ postgres.display().to_string(): "postgres" });
    // The interface is built already.
    let build = json!({ "beforeBuildCommand": null });
    let configuration = json!({ "build": build, "bundle": { "active": true, "resources": resources } });
    let tauri = workspace::root().join("ui/node_modules/@tauri-apps/cli/tauri.js");
    let mut node = Command::new("node");
    node.arg(tauri).args(["build", "--config", &configuration.to_string()]).args(arguments);
    shell::run(node.current_dir(workspace::root()).env("SQLX_OFFLINE", "true"))
}

/// Bundlers follow links: a library with two links to it would be carried three times. What is linked to a
/// library is the name that programs ask for, and the longest of its links is that name.
fn without_links(staged: &Path) -> Result<PathBuf> {
    let carried = workspace::target()?.join("bundled-postgres");
    files::remove(&carried)?;
    files::copy(staged, &carried)?;
    let libraries = carried.join("lib");
    let mut links: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(&libraries).with_context(|| format!("cannot read {}", libraries.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", libraries.display()))?.path();
        if let Ok(library) = fs::read_link(&path) {
            links.entry(libraries.join(library)).or_default().push(path);
        }
    }
    for (library, mut links) in links {
        links.sort_by_key(|link| link.as_os_str().len());
        for link in &links {
            fs::remove_file(link).with_context(|| format!("cannot remove {}", link.display()))?;
        }
        if let Some(name) = links.last() {
            fs::rename(&library, name).with_context(|| format!("cannot rename {}", library.display()))?;
        }
    }
    Ok(carried)
}
