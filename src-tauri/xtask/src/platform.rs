//! What differs from one operating system to the next: in here, and nowhere else.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::shell;

#[cfg_attr(windows, path = "platform/windows.rs")]
#[cfg_attr(unix, path = "platform/unix.rs")]
mod system;

pub use system::*;

/// Whether the window can be driven on a screen that nobody sees.
pub const HAS_SCREENS: bool = cfg!(target_os = "linux");

/// The npm package that carries PostgreSQL for this machine.
pub fn postgres_package() -> Result<&'static str> {
    match (std::env::consts::OS, std::env::consts::ARCH) {
        ("linux", "x86_64") => Ok("linux-x64"),
        ("linux", "aarch64") => Ok("linux-arm64"),
        ("macos", "x86_64") => Ok("darwin-x64"),
        ("macos", "aarch64") => Ok("darwin-arm64"),
        ("windows", "x86_64") => Ok("windows-x64"),
        (system, processor) => bail!("there is no PostgreSQL to carry along for {system} on {processor}"),
    }
}

/// What a machine without apt has to have, in one line; it cannot be installed from here.
pub fn to_install_by_hand() -> &'static str {
    match std::env::consts::OS {
        "macos" => "This cannot install Xcode's command line tools for you: `xcode-select --install` does.",
        "windows" => {
            "This cannot install Microsoft's C++ build tools and WebView2 for you: they have to be there."
        }
        _ => {
            "This installs packages on Debian and its kin only: the development files of WebKitGTK 4.1, \
             librsvg, Ayatana AppIndicator and xdo have to be there."
        }
    }
}

/// A program's file name.
pub fn program(name: &str) -> String {
    format!("{name}{}", std::env::consts::EXE_SUFFIX)
}

/// A program that runs until this is dropped or this process ends, however it ends.
pub struct Background {
    child: Child,
    /// Closed first when dropped: that is what the watchdog waits for.
    lifeline: Option<ChildStdin>,
}

impl Background {
    /// Starts a program made by `watched`.
    pub fn start(watched: &mut Command) -> Result<Self> {
        watched.stdin(Stdio::piped());
        let mut child = watched.spawn().map_err(|error| shell::not_started(watched, &error))?;
        let lifeline = child.stdin.take();
        Ok(Self { child, lifeline })
    }

    /// Whether the program still runs.
    pub fn runs(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// The first line that the program prints, if its output was piped.
    pub fn first_line(&mut self) -> Result<String> {
        let output = self.child.stdout.take().context("the program's output is not piped")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line).context("the program's output cannot be read")?;
        Ok(line.trim().to_owned())
    }

    /// Waits until the program ends by itself.
    pub fn wait(mut self) -> Result<()> {
        let lifeline = self.lifeline.take();
        self.child.wait().context("cannot wait for a program in the background")?;
        drop(lifeline);
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        drop(self.lifeline.take());
        if !WATCHED {
            // It may have ended by itself: no error.
            let _gone = self.child.kill();
        }
        let _status = self.child.wait();
    }
}
