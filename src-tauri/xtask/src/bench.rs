//! Prints the figures.

use anyhow::Result;

use crate::window::{self, CARRIED, Profile, Screen};
use crate::{platform, prerequisites, shell, workspace};

/// The arguments go to the benchmark.
pub fn run(arguments: &[&str]) -> Result<()> {
    prerequisites::for_testing()?;
    let binaries = window::build_beside(Profile::Release, ["--bench", "figures"])?;
    let mut bench = workspace::cargo();
    bench.args(["bench", "--workspace", "--exclude", "xtask", "--bench", "figures", CARRIED, "--"]);
    bench.args(arguments);
    window::with_binaries(window::with_servers(&mut bench)?, &binaries);
    if platform::HAS_SCREENS {
        let screen = Screen::start()?;
        return shell::run(&mut screen.show(&bench));
    }
    shell::run(&mut bench)
}
