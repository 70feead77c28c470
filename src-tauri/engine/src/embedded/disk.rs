//! Space on the disk. A server whose log of changes cannot be written panics, and cannot start again before
//! space is freed. So a start needs some room, and a file of ballast lies ready to be thrown overboard.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::unix::fs::MetadataExt as _;

use rand::Rng as _;
use rustix::fs::{FallocateFlags, fallocate, statvfs};
use rustix::io::Errno;

use super::account::Account;
use super::error::cannot;
use super::{DataDir, EmbeddedError};

const MIB: u64 = 1 << 20;
const BALLAST: u64 = 64 * MIB;
/// Recovery writes a new segment of the log (16 MB), and a checkpoint.
const ROOM_TO_START: u64 = 48 * MIB;
const ROOM_TO_BEGIN: u64 = 128 * MIB;

/// Refuses a start that would probably end in a full disk. `fresh`: the data has still to be made.
pub(super) fn ensure_room(dir: &DataDir, fresh: bool) -> Result<(), EmbeddedError> {
    let needed = if fresh { ROOM_TO_BEGIN + BALLAST } else { ROOM_TO_START };
    if free(dir)? < needed && !fresh {
        spend_ballast(dir);
    }
    if free(dir)? < needed { Err(full(dir, needed)) } else { Ok(()) }
}

/// The error for a server that says there is no space.
pub(super) fn full_at_start(dir: &DataDir) -> EmbeddedError {
    full(dir, ROOM_TO_START)
}

/// Throws the ballast overboard. False if there was none.
pub(super) fn spend_ballast(dir: &DataDir) -> bool {
    let spent = fs::remove_file(dir.ballast()).is_ok();
    if spent {
        tracing::warn!(folder = %dir.path().display(), "the disk is full: the space in reserve was given up");
    }
    spent
}

/// Is the ballast there, all of it in blocks of the disk?
pub(super) fn has_ballast(dir: &DataDir) -> bool {
    fs::metadata(dir.ballast()).is_ok_and(|m| m.len() == BALLAST && m.blocks() * 512 >= BALLAST)
}

/// Takes the ballast on board, unless the disk is too full for it to make sense.
pub(super) fn load_ballast(dir: &DataDir, account: Account) {
    if has_ballast(dir) || free(dir).is_ok_and(|free| free < ROOM_TO_BEGIN + BALLAST) {
        return;
    }
    let load = || -> io::Result<()> {
        let file =
            account.open(&dir.ballast(), OpenOptions::new().write(true).create(true).truncate(true))?;
        match fallocate(&file, FallocateFlags::empty(), 0, BALLAST) {
            Ok(()) => file.set_len(BALLAST),
            Err(Errno::OPNOTSUPP | Errno::INVAL | Errno::NOSYS) => fill(file),
            Err(error) => Err(error.into()),
        }
    };
    if let Err(error) = load() {
        tracing::warn!(folder = %dir.path().display(), %error, "no disk space could be kept in reserve");
    }
}

/// Writes what no file system can compress away.
fn fill(mut file: File) -> io::Result<()> {
    let mut noise = vec![0; usize::try_from(MIB).unwrap_or(1 << 20)];
    let mut random = rand::rng();
    for _ in 0..BALLAST / MIB {
        random.fill_bytes(&mut noise);
        file.write_all(&noise)?;
    }
    file.sync_all()
}

fn full(dir: &DataDir, needed: u64) -> EmbeddedError {
    EmbeddedError::DiskFull { folder: dir.path().to_owned(), needed, free: free(dir).unwrap_or_default() }
}

fn free(dir: &DataDir) -> Result<u64, EmbeddedError> {
    let disk = statvfs(dir.path()).map_err(|e| cannot("measure the disk of", dir.path())(e.into()))?;
    Ok(disk.f_bavail.saturating_mul(disk.f_frsize))
}
