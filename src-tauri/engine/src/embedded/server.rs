use std::fs;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use sqlx::postgres::PgConnectOptions;
use tokio::sync::oneshot;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::account::Account;
use super::connection::{self, Address};
use super::error::cannot;
use super::keeper::Keeper;
use super::pidfile::PidFile;
use super::start::Start;
use super::{Binaries, DataDir, EmbeddedError, disk};

/// A private server that can be connected to, run by this process or by another one.
///
/// It lasts as long as this handle. If this process is its owner and dies without [`stop`](Self::stop), the
/// server stops all the same.
#[derive(Debug)]
pub struct PrivateServer {
    dir: DataDir,
    address: Address,
    is_owner: Arc<AtomicBool>,
    ended: oneshot::Receiver<Result<(), EmbeddedError>>,
    /// Tells the keeper to stop, when it is dropped.
    stop: DropGuard,
}

impl PrivateServer {
    /// Has a server run on the folder, and returns when it answers. The data is made if there is none.
    ///
    /// If another process (or another handle) runs it already, this one becomes its guest.
    pub async fn start(dir: DataDir, binaries: Binaries) -> Result<Self, EmbeddedError> {
        let dir = make_sure_of(&dir)?;
        let account = Account::of(&dir);
        account.let_through(dir.path())?;
        let (announce, announced) = oneshot::channel();
        let (end, ended) = oneshot::channel();
        let is_owner = Arc::new(AtomicBool::new(false));
        let stop = CancellationToken::new();
        let keeper = Keeper {
            start: Start { dir: dir.clone(), account, binaries, socket_folder: None },
            announce: Some(announce),
            is_owner: is_owner.clone(),
            stop: stop.clone(),
        };
        let stop = stop.drop_guard();
        let thread = thread::Builder::new().name("tenantry-keeper".into());
        thread.spawn(move || drop(end.send(keeper.run()))).map_err(cannot("look after", dir.path()))?;
        match announced.await {
            Ok(address) => Ok(Self { dir, address: address?, is_owner, ended, stop }),
            // The thread has panicked, and with it the server has ended.
            Err(_) => Err(EmbeddedError::StartFailed { log_tail: "its keeper failed".into(), source: None }),
        }
    }

    /// How to connect to a database of this server. Holds for as long as this handle, also when the owner
    /// changes.
    pub fn connect_options(&self, database: &str) -> PgConnectOptions {
        connection::options(&self.address.socket_folder, database)
    }

    /// The folder of the server's socket.
    pub fn socket_dir(&self) -> &Path {
        &self.address.socket_folder
    }

    /// The server's version as it says it, `18.4` say.
    pub fn version(&self) -> &str {
        &self.address.version
    }

    /// Does this handle run the server? A guest comes to own it when the owner goes.
    pub fn is_owner(&self) -> bool {
        self.is_owner.load(Ordering::Acquire)
    }

    /// The number of the server's process, whoever runs it. `None` while there is none.
    pub fn pid(&self) -> Option<u32> {
        let cluster = self.dir.cluster();
        let file = PidFile::read(&cluster).filter(|file| file.is_alive(&cluster))?;
        Some(file.pid.as_raw_pid().cast_unsigned())
    }

    /// Was the space that is kept in reserve given up for a start? Then the disk is full, and the next time
    /// there is no reserve: the user has to be told. It is taken again at a start that finds room for it.
    pub fn disk_reserve_spent(&self) -> bool {
        !disk::has_ballast(&self.dir)
    }

    /// Stops the server, if this process runs it, and waits until it has stopped. A guest only leaves.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        drop(self.stop);
        // Without an answer the keeper has panicked, and with its thread the server has ended.
        self.ended.await.unwrap_or(Ok(()))
    }
}

/// The folder as it really is: it is made if need be, and has one name whatever way leads to it.
fn make_sure_of(dir: &DataDir) -> Result<DataDir, EmbeddedError> {
    let path = dir.path();
    if path.is_file() {
        return Err(EmbeddedError::NotADataFolder { folder: path.to_owned(), reason: "it is a file" });
    }
    let make = || -> io::Result<_> {
        if !path.exists() {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            make_private(path)?;
        }
        fs::canonicalize(path)
    };
    make().map(DataDir::at).map_err(cannot("make", path))
}

fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;

    match fs::DirBuilder::new().mode(0o700).create(path) {
        // Somebody starts at the same time.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made,
    }
}
