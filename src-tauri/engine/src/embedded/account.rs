//! The account of the operating system that the server runs under.
//!
//! PostgreSQL refuses to run as root. When Tenantry is root (in a container, say), the server runs under the
//! account that owns the data, or under `nobody`. Root then works in folders that somebody else may write to:
//! files are opened without following links, and nothing changes hands that Tenantry did not make itself.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write as _};
use std::os::unix::fs::{
    DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown,
};
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::process::{getegid, geteuid};
use tokio::process::Command;

use super::error::cannot;
use super::{DataDir, EmbeddedError};

#[cfg(target_os = "macos")]
const NOBODY: u32 = u32::MAX - 1;
#[cfg(not(target_os = "macos"))]
const NOBODY: u32 = 65534;

#[derive(Debug, Clone, Copy)]
pub(super) struct Account {
    uid: u32,
    gid: u32,
    /// Are we root, and the account another one?
    borrowed: bool,
}

impl Account {
    pub(super) fn of(dir: &DataDir) -> Self {
        let (uid, gid) = (geteuid().as_raw(), getegid().as_raw());
        if uid != 0 {
            return Self { uid, gid, borrowed: false };
        }
        let owners =
            [dir.cluster(), dir.path().to_owned()].into_iter().filter_map(|path| fs::metadata(path).ok());
        let (uid, gid) =
            owners.map(|m| (m.uid(), m.gid())).find(|(uid, _)| *uid != 0).unwrap_or((NOBODY, NOBODY));
        Self { uid, gid, borrowed: true }
    }

    pub(super) fn uid(self) -> u32 {
        self.uid
    }

    pub(super) fn owns(self, metadata: &Metadata) -> bool {
        metadata.uid() == self.uid
    }

    /// Has the command run under this account.
    pub(super) fn run(self, command: &mut Command) {
        if self.borrowed {
            command.uid(self.uid).gid(self.gid);
        }
    }

    /// Lets the account pass through a folder that belongs to root.
    pub(super) fn let_through(self, folder: &Path) -> Result<(), EmbeddedError> {
        let change = || -> io::Result<()> {
            let folder = open_folder(folder)?;
            let metadata = folder.metadata()?;
            if !self.borrowed || metadata.uid() != 0 || self.may_enter(&metadata) {
                return Ok(());
            }
            fchown(&folder, None, Some(self.gid))?;
            folder.set_permissions(Permissions::from_mode(metadata.mode() & 0o777 | 0o010))
        };
        change().map_err(cannot("open", folder))
    }

    /// Makes a folder that only the account can look into, or makes sure that the one which is there is such
    /// a folder.
    pub(super) fn private_folder(self, path: &Path) -> Result<(), EmbeddedError> {
        match DirBuilder::new().mode(0o700).create(path) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(cannot("make", path)(error));
            }
            _ => {}
        }
        let folder = open_folder(path).map_err(cannot("open", path))?;
        // Also one that root has made, and was killed before it could hand it over.
        let hand_over = || -> io::Result<()> {
            let is_roots = folder.metadata()?.uid() == 0 && fs::read_dir(path)?.next().is_none();
            if is_roots { fchown(&folder, Some(self.uid), Some(self.gid)) } else { Ok(()) }
        };
        if self.borrowed {
            hand_over().map_err(cannot("hand over", path))?;
        }
        self.close_to_others(&folder, path)
    }

    /// PostgreSQL refuses data that others can read: a folder that was copied or restored often has the wrong
    /// mode.
    pub(super) fn close_to_others(self, folder: &File, path: &Path) -> Result<(), EmbeddedError> {
        let metadata = folder.metadata().map_err(cannot("read", path))?;
        if !self.owns(&metadata) {
            let reason =
                format!("it belongs to user {}, and the server runs as user {}", metadata.uid(), self.uid);
            return Err(EmbeddedError::Permission { path: path.to_owned(), reason, source: None });
        }
        if metadata.mode() & 0o777 != 0o700 {
            folder.set_permissions(Permissions::from_mode(0o700)).map_err(cannot("close to others", path))?;
        }
        Ok(())
    }

    /// Opens a file of the data folder. What root makes there is the account's.
    pub(super) fn open(self, path: &Path, options: &mut OpenOptions) -> io::Result<File> {
        let file = options.mode(0o600).custom_flags(OFlags::NOFOLLOW.bits().cast_signed()).open(path)?;
        let metadata = file.metadata()?;
        if self.borrowed && metadata.uid() == 0 && metadata.nlink() == 1 {
            fchown(&file, Some(self.uid), Some(self.gid))?;
        }
        Ok(file)
    }

    /// Replaces a file as a whole: after a crash it has the old contents or the new ones.
    pub(super) fn write(self, path: &Path, contents: &str) -> io::Result<()> {
        let new = path.with_extension("new");
        match fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = self.open(&new, OpenOptions::new().write(true).create_new(true))?;
        file.write_all(contents.as_bytes())?;
        file.sync_all()?;
        fs::rename(&new, path)
    }

    /// The outermost folder on the way to `path` that keeps the account out, judged by its mode.
    pub(super) fn barrier(self, path: &Path) -> Option<PathBuf> {
        let mut way: Vec<_> = path.ancestors().collect();
        way.reverse();
        let closed = way.into_iter().find(|step| fs::metadata(step).is_ok_and(|m| !self.may_enter(&m)));
        closed.map(Path::to_owned)
    }

    fn may_enter(self, metadata: &Metadata) -> bool {
        let bit = if self.owns(metadata) {
            0o100
        } else if metadata.gid() == self.gid {
            0o010
        } else {
            0o001
        };
        metadata.mode() & bit != 0
    }
}

fn open_folder(path: &Path) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::DIRECTORY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}
