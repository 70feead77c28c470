//! The interface's packages and its build.

use std::fs;
use std::io::IsTerminal as _;
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::{files, platform, shell, workspace};

const DEPENDENCIES: [&str; 3] = ["dependencies", "devDependencies", "optionalDependencies"];

/// An npm command in `ui`.
pub fn npm() -> Command {
    let mut npm = platform::npm();
    npm.current_dir(workspace::root()).args(["--prefix", "ui"]);
    if !std::io::stdout().is_terminal() {
        npm.env("NO_COLOR", "1");
    }
    npm
}

/// Installs the packages that `package-lock.json` asks for, unless just these are there.
pub fn install() -> Result<()> {
    let ui = workspace::root().join("ui");
    let lock = files::json(&ui.join("package-lock.json"))?;
    let manifest = files::json(&ui.join("package.json"))?;
    if DEPENDENCIES.iter().any(|kind| lock["packages"][""][kind] != manifest[kind]) {
        bail!(
            "ui/package-lock.json does not fit ui/package.json: run `npm --prefix ui install` and commit both"
        );
    }
    if files::json(&ui.join("node_modules/.package-lock.json")).is_ok_and(|present| fits(&present, &lock)) {
        return Ok(());
    }
    // Not `npm ci`: it wants the lock to name the packages of every platform, and a lock that was written on
    // one platform does not always do that.
    shell::run(npm().args(["install", "--no-save", "--no-audit", "--no-fund", "--no-update-notifier"]))
        .context("the interface's packages could not be installed")
}

/// Runs one of the interface's scripts.
pub fn script(name: &str, arguments: &[&str]) -> Result<()> {
    install()?;
    let mut npm = npm();
    npm.args(["run", name]);
    if !arguments.is_empty() {
        npm.arg("--").args(arguments);
    }
    shell::run(&mut npm)
}

/// Builds the interface into `ui/dist`, unless nothing has changed since.
pub fn build() -> Result<()> {
    let ui = workspace::root().join("ui");
    let built = fs::metadata(ui.join("dist/index.html")).and_then(|index| index.modified()).ok();
    if built.is_some_and(|built| changed(&ui).is_ok_and(|changed| changed < built)) {
        return Ok(());
    }
    script("build", &[])
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

/// Whether npm's own notes of what it installed are what the lock asks for. This is exact, where times are
/// not.
fn fits(present: &Value, lock: &Value) -> bool {
    let (Some(present), Some(wanted)) = (present["packages"].as_object(), lock["packages"].as_object())
    else {
        return false;
    };
    // Optional packages are other platforms' too: they need not be there, and need not be in the lock.
    let optional = |package: &Value| package["optional"] == true;
    let same = |name: &String, package: &Value| match wanted.get(name) {
        Some(wanted) => ["version", "integrity"].iter().all(|part| wanted[part] == package[part]),
        None => optional(package),
    };
    let here =
        |name: &String, package: &Value| name.is_empty() || optional(package) || present.contains_key(name);
    present.iter().all(|(name, package)| same(name, package))
        && wanted.iter().all(|(name, package)| here(name, package))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::fits;

    fn notes(packages: &Value) -> Value {
        json!({ "packages": packages })
    }

    #[test]
    fn what_is_installed_fits_when_it_is_what_the_lock_names() {
        let lock = notes(&json!({
            "": {},
            "node_modules/react": { "version": "19.3.1", "integrity": "sha512-a" },
            "node_modules/of-another-platform": { "version": "1.0.0", "optional": true },
        }));
        let react = json!({ "version": "19.3.1", "integrity": "sha512-a" });
        let of_this_platform = json!({ "version": "1.0.0", "optional": true });
        let older = json!({ "version": "19.3.0", "integrity": "sha512-b" });

        assert!(fits(&notes(&json!({ "node_modules/react": react })), &lock));
        let more = json!({ "node_modules/react": react, "node_modules/unlisted": of_this_platform });
        assert!(fits(&notes(&more), &lock), "a lock need not name optional packages");
        assert!(!fits(&notes(&json!({})), &lock), "react is missing");
        assert!(!fits(&notes(&json!({ "node_modules/react": older })), &lock));
        let stray = json!({ "node_modules/react": react, "node_modules/stray": react });
        assert!(!fits(&notes(&stray), &lock), "nobody asked for it");
    }
}
