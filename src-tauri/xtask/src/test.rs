//! Everything that has to hold, the cheapest first.

use std::collections::BTreeSet;
use std::io::IsTerminal as _;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};

use crate::window::{self, Binaries, CARRIED, Profile, Screen};
use crate::{deny, platform, postgres, prerequisites, python, queries, shell, ui, workspace};

struct Step {
    name: &'static str,
    run: fn() -> Result<()>,
}

const STEPS: [Step; 12] = [
    Step { name: "prepare", run: prepare },
    Step { name: "format", run: || shell::run(workspace::cargo().args(["fmt", "--all", "--check"])) },
    Step { name: "engine", run: engine_is_free_of_tauri },
    Step { name: "lint-ui", run: lint_interface },
    Step { name: "types", run: || ui::script("types", &[]) },
    Step { name: "ui", run: || ui::script("test", &[]) },
    Step { name: "queries", run: queries::check },
    Step { name: "clippy", run: clippy },
    Step { name: "deny", run: deny::check },
    Step { name: "rust", run: rust },
    Step { name: "build", run: || build().map(drop) },
    Step { name: "e2e", run: end_to_end },
];

/// Runs every step, up to the first that fails.
pub fn all() -> Result<()> {
    let mut times = Vec::new();
    let mut outcome = Ok(());
    for step in &STEPS {
        let (time, result) = timed(step);
        times.push((step.name, time));
        if let Err(error) = result {
            outcome = Err(error);
            break;
        }
    }
    println!("\n{:10} {:>9}", "step", "time");
    for (name, time) in &times {
        println!("{name:10} {:>7.1} s", time.as_secs_f64());
    }
    println!("{:10} {:>7.1} s", "all", times.iter().map(|(_, time)| time.as_secs_f64()).sum::<f64>());
    outcome
}

/// Runs one step.
pub fn one(name: &str) -> Result<()> {
    let Some(step) = STEPS.iter().find(|step| step.name == name) else {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step `{name}`: the steps are {}", names.join(", "));
    };
    timed(step).1
}

/// Writes `ui/src/ipc/bindings.ts`, by way of the test that else compares it.
pub fn write_bindings() -> Result<()> {
    let mut cargo = workspace::cargo();
    shell::run(cargo.args(["test", "--workspace", "--lib", "bindings"]).env("UPDATE_BINDINGS", "1"))
}

fn timed(step: &Step) -> (Duration, Result<()>) {
    println!("\n== {}", step.name);
    let start = Instant::now();
    let result = (step.run)();
    let time = start.elapsed();
    let outcome = if result.is_ok() { "passed" } else { "failed" };
    println!("== {} {outcome} after {:.1} s", step.name, time.as_secs_f64());
    (time, result.with_context(|| format!("step `{0}` failed (alone: `cargo xtask test {0}`)", step.name)))
}

fn prepare() -> Result<()> {
    prerequisites::for_testing()?;
    postgres::stage()?;
    python::environment()?;
    Ok(())
}

/// The rules can be used without a window.
fn engine_is_free_of_tauri() -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["tree", "--package", "tenantry-engine", "--edges", "normal,build"]);
    cargo.args(["--target", "all", "--prefix", "none"]);
    let tree = shell::output(&mut cargo)?;
    let packages: BTreeSet<_> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    if let Some(package) = packages.iter().find(|name| name.starts_with("tauri") || **name == "wry") {
        bail!(
            "the engine depends on {package}: see `cargo tree --package tenantry-engine --invert {package}`"
        );
    }
    println!("tenantry-engine depends on {} packages, and not on Tauri", packages.len() - 1);
    Ok(())
}

fn lint_interface() -> Result<()> {
    // Biome colours what it says in logs, too.
    ui::script("check", if std::io::stdout().is_terminal() { &[] } else { &["--colors=off"] })
}

fn clippy() -> Result<()> {
    let mut cargo = workspace::cargo();
    shell::run(cargo.args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]))
}

fn rust() -> Result<()> {
    ui::build()?;
    let mut cargo = workspace::cargo();
    shell::run(window::with_servers(cargo.args(["test", "--workspace", "--no-fail-fast", CARRIED]))?)
}

fn build() -> Result<Binaries> {
    window::build_beside(Profile::Debug, ["--test", "e2e"])
}

/// Drives the real window, on a screen that nobody sees.
fn end_to_end() -> Result<()> {
    if !platform::HAS_SCREENS {
        println!("the window is driven on Linux only");
        return Ok(());
    }
    let binaries = build()?;
    let mut cargo = workspace::cargo();
    cargo.args(["test", "--workspace", "--exclude", "xtask", "--test", "e2e", CARRIED]);
    let screenshots = window::screenshots()?;
    window::with_binaries(window::with_servers(&mut cargo)?, &binaries)
        .env("TENANTRY_SCREENSHOTS", &screenshots);
    let screen = Screen::start()?;
    shell::run(&mut screen.show(&cargo))
        .with_context(|| format!("pictures of the window are in {}", screenshots.display()))
}
