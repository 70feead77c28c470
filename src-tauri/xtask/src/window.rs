//! The binaries, and what they are run with.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

use crate::platform::{self, Background};
use crate::{files, postgres, python, shell, ui, workspace};

/// Makes the window carry the interface, instead of asking a development server for it.
pub const CARRIED: &str = "--features=tenantry-desktop/custom-protocol";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    Debug,
    Release,
}

/// Where cargo puts the window and the command line.
pub struct Binaries {
    pub window: PathBuf,
    pub command_line: PathBuf,
}

impl Binaries {
    pub fn of(profile: Profile) -> Result<Self> {
        let folder = workspace::target()?.join(if profile == Profile::Release { "release" } else { "debug" });
        Ok(Self {
            window: folder.join(platform::program("tenantry-desktop")),
            command_line: folder.join(platform::program("tenantry")),
        })
    }
}

/// Builds the interface, the window around it, and the command line.
pub fn build(profile: Profile) -> Result<Binaries> {
    build_selected(profile, &["--package", "tenantry-desktop", "--package", "tenantry-cli"])
}

/// The same beside a test or a benchmark, with the features that its dependencies have, so that none of them
/// is compiled twice.
pub fn build_beside(profile: Profile, target: [&str; 2]) -> Result<Binaries> {
    // Cargo replaces what it builds, and this very program is running.
    build_selected(profile, &["--workspace", "--exclude", "xtask", "--bins", target[0], target[1]])
}

fn build_selected(profile: Profile, selection: &[&str]) -> Result<Binaries> {
    ui::build()?;
    let mut cargo = workspace::cargo();
    cargo.arg("build").args(selection).arg(CARRIED);
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    shell::run(&mut cargo)?;
    Binaries::of(profile)
}

/// What tests and measurements are told: where PostgreSQL is, and which Python has Django.
pub fn with_servers(command: &mut Command) -> Result<&mut Command> {
    command.env("TENANTRY_POSTGRES_DIR", postgres::stage()?);
    command.env("TENANTRY_DJANGO_PYTHON", python::environment()?);
    Ok(command)
}

/// What tests and measurements of the window are told besides.
pub fn with_binaries<'a>(command: &'a mut Command, binaries: &Binaries) -> &'a mut Command {
    command.env("TENANTRY_DESKTOP_BIN", &binaries.window);
    command.env("TENANTRY_CLI_BIN", &binaries.command_line)
}

/// An empty folder, where a test of the window that fails leaves a picture of it.
pub fn screenshots() -> Result<PathBuf> {
    let folder = workspace::target()?.join("screenshots");
    files::remove(&folder)?;
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    Ok(folder)
}

/// A screen that nobody looks at, for as long as this lives.
pub struct Screen {
    display: String,
    _server: Background,
}

impl Screen {
    pub fn start() -> Result<Self> {
        let mut xvfb = Command::new("Xvfb");
        xvfb.args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"]);
        let mut server = Background::start(platform::watched(&xvfb, "TERM", None).stdout(Stdio::piped()))?;
        // It names its display when it is ready, and nothing when it cannot start.
        let number = server.first_line()?;
        number
            .parse::<u32>()
            .ok()
            .with_context(|| format!("no screen: `{}` does not start", shell::words(&xvfb)))?;
        Ok(Self { display: format!(":{number}"), _server: server })
    }

    /// The command, on this screen and away from the user's session.
    pub fn show(&self, command: &Command) -> Command {
        let mut apart = Command::new("dbus-run-session");
        apart.arg("--").arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => apart.env(name, value),
                None => apart.env_remove(name),
            };
        }
        if let Some(folder) = command.get_current_dir() {
            apart.current_dir(folder);
        }
        apart.env("DISPLAY", &self.display).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        apart.env("LIBGL_ALWAYS_SOFTWARE", "1");
        apart
    }
}
