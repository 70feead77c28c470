//! Where things are: in the checkout, and outside it.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::{platform, shell};

/// The checkout that `cargo xtask` was called in.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let manifest =
            std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        Path::new(&manifest).ancestors().nth(2).map(Path::to_owned).unwrap_or_default()
    })
}

/// What takes long to make and outlives a checkout is kept here: PostgreSQL, Python environments.
pub fn cache() -> Result<PathBuf> {
    let cache = platform::cache()?.join("tenantry");
    std::fs::create_dir_all(&cache)
        .with_context(|| format!("cannot make the cache folder {}", cache.display()))?;
    // PostgreSQL is run from here, and never as root: the user who runs it has to get in.
    platform::open_to_all(&cache)?;
    Ok(cache)
}

/// A cargo command. Queries are checked against `.sqlx`, whatever `DATABASE_URL` the caller's shell may have.
pub fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root()).env("SQLX_OFFLINE", "true");
    cargo
}

/// Cargo's target folder.
pub fn target() -> Result<PathBuf> {
    let metadata = shell::output(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let target = metadata["target_directory"].as_str().context("cargo metadata names no target folder")?;
    Ok(target.into())
}
