//! What can be known of a process from outside: enough to tell our server from a stranger that got its
//! number.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use rustix::process::{Pid, test_kill_process};

#[derive(Debug, Default)]
pub(super) struct Process {
    executable: Option<PathBuf>,
    /// Is its working folder the one in question? `None`: the system does not tell.
    at_home: Option<bool>,
    /// When it was started, in seconds since 1970.
    started: Option<u64>,
}

impl Process {
    /// Looks at a process; `None` if there is none.
    pub(super) fn look(pid: Pid, home: &Path) -> Option<Self> {
        // No permission to signal it still means that it is there.
        if test_kill_process(pid) == Err(rustix::io::Errno::SRCH) {
            return None;
        }
        Some(inspect(pid, home))
    }

    /// Is this the server that was started at `started` on the folder in question?
    ///
    /// PostgreSQL works inside its data folder, which says more than the time: that one shifts when the clock
    /// is set.
    pub(super) fn is_server(&self, started: u64) -> bool {
        // An update replaces the program under a running server.
        let name = self.executable.as_deref().and_then(Path::file_name).and_then(OsStr::to_str);
        let is_postgres = name.is_some_and(|name| name.trim_end_matches(" (deleted)") == "postgres");
        let same_time = self.started.is_some_and(|at| at.abs_diff(started) <= 3);
        is_postgres && self.at_home.unwrap_or(same_time)
    }
}

#[cfg(target_os = "linux")]
fn inspect(pid: Pid, home: &Path) -> Process {
    use std::fs;
    use std::os::unix::fs::MetadataExt as _;

    let entry = PathBuf::from(format!("/proc/{}", pid.as_raw_pid()));
    // Both can be read for one's own processes only, and a process of somebody else is not our server. The
    // folders are compared as what they are and not by name: it may have been moved, or be mounted in two
    // places.
    let place = |path: &Path| fs::metadata(path).ok().map(|m| (m.dev(), m.ino()));
    let at_home = place(&entry.join("cwd")).is_some_and(|folder| place(home) == Some(folder));
    Process { executable: fs::read_link(entry.join("exe")).ok(), at_home: Some(at_home), started: None }
}

#[cfg(not(target_os = "linux"))]
fn inspect(pid: Pid, _home: &Path) -> Process {
    use std::process::Command;
    use std::time::{SystemTime, UNIX_EPOCH};

    let mut ps = Command::new("ps");
    ps.args(["-o", "etime=,comm=", "-p", &pid.as_raw_pid().to_string()]).env("LC_ALL", "C");
    let Ok(answer) = ps.output() else { return Process::default() };
    let line = String::from_utf8_lossy(&answer.stdout);
    let Some((elapsed, executable)) = line.trim().split_once(' ') else { return Process::default() };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map(|d| d.as_secs()).unwrap_or_default();
    let started = seconds(elapsed).map(|elapsed| now.saturating_sub(elapsed));
    Process { executable: Some(PathBuf::from(executable.trim())), at_home: None, started }
}

/// `[[days-]hours:]minutes:seconds`, as `ps` writes it.
#[cfg(any(test, not(target_os = "linux")))]
fn seconds(elapsed: &str) -> Option<u64> {
    let (days, clock) = elapsed.split_once('-').unwrap_or(("0", elapsed));
    let clock = clock.split(':').try_fold(0, |sum, part| Some(sum * 60 + part.parse::<u64>().ok()?))?;
    Some(days.parse::<u64>().ok()? * 86_400 + clock)
}

/// Does any process of PostgreSQL work in this folder? Looked at where a server left no number that could be
/// asked for.
#[cfg(target_os = "linux")]
pub(super) fn any_server_in(home: &Path) -> bool {
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let mut pids = processes.filter_map(|entry| Pid::from_raw(entry.file_name().to_str()?.parse().ok()?));
    pids.any(|pid| inspect(pid, home).is_server(0))
}

/// PostgreSQL itself still refuses to start where another one is attached to the data's shared memory.
#[cfg(not(target_os = "linux"))]
pub(super) fn any_server_in(_home: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn process(executable: &str, at_home: Option<bool>, started: Option<u64>) -> Process {
        Process { executable: Some(executable.into()), at_home, started }
    }

    #[test]
    fn a_postgres_in_the_folder_is_the_server_whatever_the_clock_says() {
        assert!(process("/opt/a b/bin/postgres", Some(true), None).is_server(7));
        assert!(process("/opt/bin/postgres (deleted)", Some(true), None).is_server(7));
    }

    #[test]
    fn another_program_or_another_folder_is_a_stranger() {
        assert!(!process("/usr/bin/sleep", Some(true), Some(7)).is_server(7));
        assert!(!process("/opt/bin/postgres", Some(false), Some(7)).is_server(7));
        assert!(!Process::default().is_server(7));
    }

    #[test]
    fn where_the_folder_cannot_be_seen_the_time_decides() {
        assert!(process("/opt/bin/postgres", None, Some(1_000)).is_server(1_002));
        assert!(!process("/opt/bin/postgres", None, Some(1_000)).is_server(900));
        assert!(!process("/opt/bin/postgres", None, None).is_server(900));
    }

    #[test]
    fn elapsed_times_are_read_as_ps_writes_them() {
        assert_eq!(seconds("00:07"), Some(7));
        assert_eq!(seconds("02:00:01"), Some(7_201));
        assert_eq!(seconds("3-00:01:00"), Some(259_260));
        assert_eq!(seconds("now"), None);
    }
}
