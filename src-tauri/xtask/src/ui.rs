//! The interface's packages and its build.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result};
use serde_json::{Map, Value};

use crate::{platform, shell, workspace};

/// An npm command in `ui`.
pub fn npm() -> Command {
    let mut npm = platform::npm();
    npm.current_dir(workspace::root()).args(["--prefix", "ui"]);
    npm
}

/// Installs the packages that `package-lock.json` asks for, unless just these are there.
pub fn install() -> Result<()> {
    if is_installed() {
        return Ok(());
    }
    shell::run(npm().args(["ci", "--no-audit", "--no-fund"]))
        .context("the interface's packages could not be installed: npm (with Node 20 or newer) has to work")
}

/// Runs one of the interface's scripts.
pub fn script(name: &str) -> Result<()> {
    install()?;
    shell::run(npm().args(["run", name]))
}

/// Builds the interface into `ui/dist`, unless nothing has changed since.
pub fn build() -> Result<()> {
    install()?;
    let ui = workspace::root().join("ui");
    let built = fs::metadata(ui.join("dist/index.html")).and_then(|index| index.modified()).ok();
    if built.is_some_and(|built| changed(&ui).is_ok_and(|changed| changed < built)) {
        return Ok(());
    }
    shell::run(npm().args(["run", "build"]))
}

/// When anything was last changed that the build is made of. A file that went changed its folder.
fn changed(path: &Path) -> std::io::Result<SystemTime> {
    let about = fs::metadata(path)?;
    let mut last = about.modified()?;
    if about.is_dir() {
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            let name = entry.file_name();
            let made = name == "dist" || name == "node_modules" || name.to_string_lossy().starts_with('.');
            if !made {
                last = last.max(changed(&entry.path())?);
            }
        }
    }
    Ok(last)
}

/// npm notes what it installed. Comparing the notes is exact, where times are not.
fn is_installed() -> bool {
    let ui = workspace::root().join("ui");
    let wanted = packages(&ui.join("package-lock.json"));
    let present = packages(&ui.join("node_modules/.package-lock.json"));
    let (Some(mut wanted), Some(present)) = (wanted, present) else { return false };
    wanted.remove("");
    let same = |name: &String, package: &Value| {
        wanted.get(name).is_some_and(|wanted| {
            wanted["version"] == package["version"] && wanted["integrity"] == package["integrity"]
        })
    };
    // Optional packages are those of other platforms.
    let needed = |name: &String, package: &Value| package["optional"] == true || present.contains_key(name);
    present.iter().all(|(name, package)| same(name, package))
        && wanted.iter().all(|(name, package)| needed(name, package))
}

fn packages(lock: &Path) -> Option<Map<String, Value>> {
    let mut lock: Value = serde_json::from_str(&fs::read_to_string(lock).ok()?).ok()?;
    match lock["packages"].take() {
        Value::Object(packages) => Some(packages),
        _ => None,
    }
}
