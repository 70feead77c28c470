use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result};

/// Whether a watchdog ends a program in the background.
pub const WATCHED: bool = false;

/// A virtual environment's interpreter.
pub const VENV_PYTHON: &str = "Scripts/python.exe";

pub const PYTHON: &str = "python";

/// npm is a script here, which has to be named whole.
pub fn npm() -> Command {
    Command::new("npm.cmd")
}

pub fn is_root() -> bool {
    false
}

/// Where caches are kept.
pub fn cache() -> Result<PathBuf> {
    std::env::var_os("LOCALAPPDATA")
        .map(PathBuf::from)
        .context("LOCALAPPDATA is not set: there is no place for the cache")
}

/// Where temporary files go.
pub fn temporary() -> PathBuf {
    std::env::temp_dir()
}

/// Rights come from the folder above.
#[expect(clippy::unnecessary_wraps, reason = "it can fail elsewhere")]
pub fn open_to_all(_path: &Path) -> Result<()> {
    Ok(())
}

/// Links need a right that few users have: a copy does as well.
pub fn link(to: &Path, at: &Path) -> Result<()> {
    let to = at.parent().unwrap_or(Path::new("")).join(to);
    std::fs::copy(to, at).map(|_| ()).with_context(|| format!("cannot copy to {}", at.display()))
}

/// PostgreSQL drops an administrator's rights by itself.
pub fn unprivileged(command: &mut Command) -> &mut Command {
    command
}

pub fn private_folder(path: &Path) -> Result<()> {
    std::fs::create_dir(path).with_context(|| format!("cannot make the folder {}", path.display()))
}

/// There is no watchdog here: only dropping the program ends it.
pub fn watched(command: &Command, _signal: &str, _leftover: Option<&Path>) -> Command {
    let mut same = Command::new(command.get_program());
    same.args(command.get_args());
    same
}

/// Where a throw-away server listens.
pub struct Address {
    port: u16,
}

impl Address {
    pub fn new(_folder: &Path) -> Result<Self> {
        let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
        Ok(Self { port: free.context("there is no free port")?.port() })
    }

    /// The server's settings.
    pub fn settings(&self) -> Vec<String> {
        vec!["listen_addresses=127.0.0.1".to_owned(), format!("port={}", self.port)]
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub fn answers(&self) -> bool {
        TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).is_ok()
    }
}
