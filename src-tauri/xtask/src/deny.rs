//! cargo-deny: licences, bans and sources of every dependency.

use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{platform, shell, workspace};

const VERSION: &str = "0.20.2";

/// Checks `deny.toml`. Known vulnerabilities are not among it: their database is fetched from elsewhere, and
/// changes without a change of ours.
pub fn check() -> Result<()> {
    let mut check = program()?;
    shell::run(check.args(["--locked", "--workspace", "check", "bans", "licenses", "sources"]))
}

/// The installed cargo-deny, or one of our own, made once: without optimisation it compiles in a minute.
fn program() -> Result<Command> {
    if shell::succeeds(workspace::cargo().args(["deny", "--version"])) {
        let mut cargo = workspace::cargo();
        cargo.arg("deny");
        return Ok(cargo);
    }
    let folder = workspace::cache()?.join(format!("cargo-deny-{VERSION}"));
    let program = folder.join("bin").join(platform::program("cargo-deny"));
    if !program.exists() {
        println!("installing cargo-deny in {}", folder.display());
        let mut install = workspace::cargo();
        install.args(["install", "cargo-deny", "--version", VERSION, "--locked", "--debug", "--quiet"]);
        install.arg("--root").arg(&folder);
        // Compiled in a folder of its own, which goes afterwards.
        install.env_remove("CARGO_TARGET_DIR");
        shell::run(&mut install).context("cargo-deny cannot be installed")?;
    }
    let mut deny = Command::new(program);
    deny.current_dir(workspace::root());
    Ok(deny)
}
