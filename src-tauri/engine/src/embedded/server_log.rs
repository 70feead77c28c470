//! The server's log, `server.log`: where it writes, and what its words mean for us.
//!
//! The server speaks English here whatever the user's language is (`lc_messages` is pinned), so that its
//! words can be recognised.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::PathBuf;

use super::account::Account;
use super::error::cannot;
use super::{DataDir, EmbeddedError, disk};

const ROTATE_AT: u64 = 10 << 20;
/// As much of the log as is ever read back.
const LOOK_BACK: u64 = 64 << 10;
const TAIL_LINES: usize = 20;

/// The log of one start: it knows where in the file that start begins.
#[derive(Debug)]
pub(super) struct ServerLog {
    path: PathBuf,
    begin: u64,
}

impl ServerLog {
    /// Opens the log for a start, and gives the file that the server is to write to.
    pub(super) fn open(dir: &DataDir, account: Account) -> Result<(Self, File), EmbeddedError> {
        let path = dir.log();
        if fs::metadata(&path).is_ok_and(|m| m.len() > ROTATE_AT) {
            fs::rename(&path, path.with_extension("log.1")).map_err(cannot("rotate", &path))?;
        }
        let file = account
            .open(&path, OpenOptions::new().append(true).create(true))
            .map_err(cannot("open", &path))?;
        let begin = file.metadata().map_err(cannot("read", &path))?.len();
        Ok((Self { path, begin }, file))
    }

    /// The log of whoever runs the server, from now on.
    pub(super) fn watch(dir: &DataDir) -> Self {
        let path = dir.log();
        let begin = fs::metadata(&path).map_or(0, |m| m.len());
        Self { path, begin }
    }

    /// How long the log is by now. It grows while a recovery makes progress.
    pub(super) fn length(&self) -> u64 {
        fs::metadata(&self.path).map_or(0, |m| m.len())
    }

    /// The server never answered, and nobody knows why.
    pub(super) fn silent(&self) -> EmbeddedError {
        EmbeddedError::StartFailed { log_tail: last_lines(&self.text()), source: None }
    }

    /// The server does not let us in. It writes its reasons into the log, and tells the client none.
    pub(super) fn refused(&self, error: sqlx::Error) -> EmbeddedError {
        EmbeddedError::StartFailed { log_tail: last_lines(&self.text()), source: Some(error) }
    }

    /// Why the server gave up, in its own words.
    pub(super) fn explain(&self, dir: &DataDir) -> EmbeddedError {
        let text = self.text();
        let log_tail = last_lines(&text);
        match Trouble::in_words(&text) {
            Some(Trouble::NoSpace) => disk::full_at_start(dir),
            Some(Trouble::StillInUse) => EmbeddedError::StillInUse { folder: dir.cluster() },
            Some(Trouble::Damaged) => EmbeddedError::Corrupt { folder: dir.cluster(), log_tail },
            None => EmbeddedError::StartFailed { log_tail, source: None },
        }
    }

    fn text(&self) -> String {
        let read = || -> io::Result<Vec<u8>> {
            let mut file = File::open(&self.path)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(self.begin.max(length.saturating_sub(LOOK_BACK))))?;
            let mut bytes = Vec::new();
            file.take(LOOK_BACK).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        String::from_utf8_lossy(&read().unwrap_or_default()).into_owned()
    }
}

/// The last lines of a program's output.
pub(super) fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    NoSpace,
    StillInUse,
    Damaged,
}

impl Trouble {
    pub(super) fn in_words(text: &str) -> Option<Self> {
        let says = |words: &[&str]| words.iter().any(|words| text.contains(words));
        if says(&["No space left on device"]) {
            Some(Self::NoSpace)
        } else if says(&["is still in use", "lock file \"postmaster.pid\" already exists"]) {
            Some(Self::StillInUse)
        } else if says(&[
            "incorrect checksum in control file",
            // Of the same major version, that is known by now.
            "database files are incompatible with server",
            "could not find the database system",
            "could not locate a valid checkpoint record",
            "could not locate required checkpoint record",
            "could not find redo location",
        ]) {
            Some(Self::Damaged)
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_words_are_understood() {
        let words = [
            (
                "PANIC:  could not write to file \"pg_wal/xlogtemp.7\": No space left on device",
                Some(Trouble::NoSpace),
            ),
            (
                "FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use",
                Some(Trouble::StillInUse),
            ),
            ("FATAL:  incorrect checksum in control file", Some(Trouble::Damaged)),
            ("LOG:  database system is ready to accept connections", None),
        ];
        for (text, trouble) in words {
            assert_eq!(Trouble::in_words(text), trouble, "{text}");
        }
    }

    #[test]
    fn a_tail_is_the_end() {
        let text = (1..=100).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        assert!(last_lines(&text).starts_with("81\n") && last_lines(&text).ends_with("\n100"));
        assert_eq!(last_lines("one"), "one");
    }
}
