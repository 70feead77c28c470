//! `owner.lock`: who holds it runs the server. The kernel frees it when its holder ends, however that comes
//! about.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Seek as _, Write as _};
use std::thread;

use tokio::sync::mpsc;

use super::account::Account;
use super::error::cannot;
use super::{DataDir, EmbeddedError};

/// The lock, held.
#[derive(Debug)]
pub(super) struct Held(File);

pub(super) enum Lock {
    Free(Held),
    /// Somebody has it. The receiver gets it when they let go.
    Taken(mpsc::Receiver<Held>),
}

pub(super) fn take(dir: &DataDir, account: Account) -> Result<Lock, EmbeddedError> {
    let path = dir.lock();
    let mut options = OpenOptions::new();
    let file = account.open(&path, options.read(true).write(true).create(true).truncate(false));
    let file = file.map_err(cannot("open", &path))?;
    match file.try_lock() {
        Ok(()) => Ok(Lock::Free(Held::signed(file))),
        Err(TryLockError::WouldBlock) => Ok(Lock::Taken(wait(file, dir)?)),
        Err(TryLockError::Error(error)) => Err(cannot("lock", path)(error)),
    }
}

/// Waits in a thread of its own: the call for a lock cannot be broken off. If nobody wants it any more when
/// it comes, it is let go at once.
fn wait(file: File, dir: &DataDir) -> Result<mpsc::Receiver<Held>, EmbeddedError> {
    let (sender, receiver) = mpsc::channel(1);
    let wait = move || match file.lock() {
        Ok(()) => drop(sender.blocking_send(Held::signed(file))),
        Err(error) => tracing::error!(%error, "cannot wait for the server's owner to end"),
    };
    thread::Builder::new()
        .name("tenantry-lock".into())
        .spawn(wait)
        .map_err(cannot("wait for", dir.lock()))?;
    Ok(receiver)
}

impl Held {
    /// Writes down who holds the lock, for people who look. Nothing depends on it.
    fn signed(mut file: File) -> Self {
        let sign = file
            .set_len(0)
            .and_then(|()| file.rewind())
            .and_then(|()| writeln!(file, "{}", std::process::id()));
        drop(sign);
        Self(file)
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // Closing is not enough: a child between its fork and its exec still has the file open.
        drop(self.0.unlock());
    }
}
