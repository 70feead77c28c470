use std::env;
use std::path::{Path, PathBuf};

/// The folder that holds everything of one private server: the data (`postgres`), its log, the lock that says
/// who runs it, and a reserve of disk space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// The folder of this user, where their platform has such data.
    pub fn default_for_user() -> Self {
        Self(user_folder().unwrap_or_else(system_folder))
    }

    /// A folder of the caller's choice. It is made when the server starts, if it is not there.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self(path.into())
    }

    /// Where the folder is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(unix)]
impl DataDir {
    pub(super) fn cluster(&self) -> PathBuf {
        self.0.join("postgres")
    }

    pub(super) fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    pub(super) fn log(&self) -> PathBuf {
        self.0.join("server.log")
    }

    pub(super) fn lock(&self) -> PathBuf {
        self.0.join("owner.lock")
    }

    /// Where a `postmaster.pid` goes that belongs to no server.
    pub(super) fn stale_pid_file(&self) -> PathBuf {
        self.0.join("postmaster.pid.stale")
    }
}

#[cfg(unix)]
fn system_folder() -> PathBuf {
    PathBuf::from("/var/lib/tenantry")
}

#[cfg(not(unix))]
fn system_folder() -> PathBuf {
    PathBuf::from(r"C:\ProgramData\Tenantry")
}

#[cfg(all(unix, not(target_os = "macos")))]
fn user_folder() -> Option<PathBuf> {
    if rustix::process::geteuid().is_root() {
        return None;
    }
    // The XDG standard says that a relative path is to be ignored.
    let data = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let data = data.or_else(|| Some(env::home_dir()?.join(".local/share")))?;
    Some(data.join("tenantry"))
}

#[cfg(target_os = "macos")]
fn user_folder() -> Option<PathBuf> {
    if rustix::process::geteuid().is_root() {
        return None;
    }
    Some(env::home_dir()?.join("Library/Application Support/Tenantry"))
}

#[cfg(not(unix))]
fn user_folder() -> Option<PathBuf> {
    Some(PathBuf::from(env::var_os("LOCALAPPDATA")?).join("Tenantry"))
}
