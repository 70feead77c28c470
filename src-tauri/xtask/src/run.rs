//! Builds the window and opens it.

use std::process::Command;

use anyhow::Result;

use crate::window::{self, Profile};
use crate::{postgres, prerequisites, shell};

/// What follows `--` goes to the window.
pub fn run(profile: Profile, arguments: &[&str]) -> Result<()> {
    prerequisites::for_building()?;
    let postgres = postgres::stage()?;
    let binaries = window::build(profile)?;
    let mut window = Command::new(binaries.window);
    shell::run(window.args(arguments).env("TENANTRY_POSTGRES_DIR", postgres))
}
