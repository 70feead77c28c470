//! Prints the figures.

use anyhow::Result;

use crate::window::{self, Profile, Screen};
use crate::{platform, prerequisites, shell, workspace};

/// The arguments go to the benchmark.
pub fn run(arguments: &[&str]) -> Result<()> {
    prerequisites::for_testing()?;
    let binaries = window::build(Profile::Release)?;
    let mut bench = workspace::cargo();
    bench.args(["bench", "--package", "tenantry-engine", "--bench", "figures", "--"]).args(arguments);
    window::with_binaries(window::with_servers(&mut bench)?, &binaries)?;
    if platform::HAS_SCREENS {
        let screen = Screen::start()?;
        return shell::run(&mut screen.show(&bench));
    }
    shell::run(&mut bench)
}
