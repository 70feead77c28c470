//! Files and folders.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::platform;

/// A file's JSON.
pub fn json(path: &Path) -> Result<Value> {
    let text = fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not JSON", path.display()))
}

/// Copies a folder whole, links as links, readable by everyone.
pub fn copy(from: &Path, to: &Path) -> Result<()> {
    let about = || format!("cannot copy {} to {}", from.display(), to.display());
    let kind = fs::symlink_metadata(from).with_context(about)?.file_type();
    if kind.is_symlink() {
        return platform::link(&fs::read_link(from).with_context(about)?, to);
    }
    if kind.is_dir() {
        fs::create_dir(to).with_context(about)?;
        for entry in fs::read_dir(from).with_context(about)? {
            let entry = entry.with_context(about)?;
            copy(&entry.path(), &to.join(entry.file_name()))?;
        }
    } else {
        fs::copy(from, to).with_context(about)?;
    }
    platform::open_to_all(to)
}

/// Removes a folder, if it is there.
pub fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}
