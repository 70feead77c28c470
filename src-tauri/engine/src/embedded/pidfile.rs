//! `postmaster.pid`, in which a server writes who it is, and what is left of it when a server was killed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rustix::process::Pid;

use super::error::cannot;
use super::process::{self, Process};
use super::{DataDir, EmbeddedError};

/// What the file says: process, data folder, start time, port, socket folder, listen address, memory key,
/// status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PidFile {
    pub(super) pid: Pid,
    pub(super) started: u64,
    pub(super) socket_folder: PathBuf,
    pub(super) is_ready: bool,
}

impl PidFile {
    /// What the file of a folder says. `None` if there is none, or if it is not all there.
    pub(super) fn read(cluster: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(path(cluster)).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let pid = lines.next()?.trim().parse().ok().filter(|pid| *pid > 0)?;
        let started = lines.nth(1)?.trim().parse().ok()?;
        let socket_folder = PathBuf::from(lines.nth(1).unwrap_or_default());
        let is_ready = lines.nth(2).is_some_and(|status| status.trim() == "ready");
        Some(Self { pid: Pid::from_raw(pid)?, started, socket_folder, is_ready })
    }

    /// Is its server running, on this folder?
    pub(super) fn is_alive(&self, cluster: &Path) -> bool {
        Process::look(self.pid, cluster).is_some_and(|process| process.is_server(self.started))
    }
}

/// The server that runs on a folder whose lock we hold, if one does: it has outlived the process that started
/// it.
///
/// A file that names no living server of this folder is put aside where PostgreSQL would take it for one:
/// when its number now belongs to another process, and when it is empty or torn. If the number is free,
/// PostgreSQL knows best: the file also leads it to the memory of processes that may still be at work.
pub(super) fn living_server(dir: &DataDir) -> Result<Option<PidFile>, EmbeddedError> {
    let cluster = dir.cluster();
    let text = match fs::read(path(&cluster)) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(cannot("read", path(&cluster))(error)),
    };
    let Some(file) = PidFile::parse(&String::from_utf8_lossy(&text)) else {
        return put_aside(dir, "it is empty or torn").map(|()| None);
    };
    match Process::look(file.pid, &cluster) {
        None => Ok(None),
        Some(process) if process.is_server(file.started) => Ok(Some(file)),
        Some(_) => put_aside(dir, "another process has its number now").map(|()| None),
    }
}

fn put_aside(dir: &DataDir, why: &str) -> Result<(), EmbeddedError> {
    let cluster = dir.cluster();
    if process::any_server_in(&cluster) {
        return Err(EmbeddedError::StillInUse { folder: cluster });
    }
    tracing::warn!(folder = %cluster.display(), why, "postmaster.pid belongs to no server and is put aside");
    fs::rename(path(&cluster), dir.stale_pid_file()).map_err(cannot("put aside", path(&cluster)))
}

fn path(cluster: &Path) -> PathBuf {
    cluster.join("postmaster.pid")
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHOLE: &str =
        "4711\n/data/a b/postgres\n1795352648\n5432\n/run/user/1000/t\n\n 10019312        25\nready   \n";

    #[test]
    fn a_running_servers_file_says_where_to_find_it() {
        let file = PidFile::parse(WHOLE).expect("it is whole");
        assert_eq!((file.pid.as_raw_pid(), file.started), (4711, 1_795_352_648));
        assert_eq!(file.socket_folder, Path::new("/run/user/1000/t"));
        assert!(file.is_ready);
    }

    #[test]
    fn a_server_that_is_stopping_is_not_ready() {
        assert!(!PidFile::parse(&WHOLE.replace("ready   ", "stopping")).expect("it is whole").is_ready);
    }

    #[test]
    fn what_names_no_process_is_no_file() {
        for text in ["", "\n", "postgres\n/data\n1\n", "0\n/data\n1\n", "-7\n/data\n1\n", "4711\n"] {
            assert_eq!(PidFile::parse(text), None, "{text:?}");
        }
    }
}
