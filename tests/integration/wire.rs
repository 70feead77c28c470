//! A connection to the server that breaks at the worst moment.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tempfile::TempDir;
use tenantry_engine::connection::Connection;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy};
use tokio::net::{UnixListener, UnixStream};

const SOCKET: &str = ".s.PGSQL.5432";
/// COMMIT as a client sends it.
const COMMIT: &[u8] = b"COMMIT\0";

/// What becomes of the next COMMIT.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Answered,
    /// The server gets it, and its answer gets lost.
    Arrives,
    /// It gets lost itself.
    Lost,
}

/// Stands between a client and the server.
pub struct Wire {
    folder: TempDir,
    fate: Arc<AtomicU8>,
}

impl Wire {
    pub fn to(connection: &Connection) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let listener = UnixListener::bind(folder.path().join(SOCKET)).unwrap();
        let fate = Arc::new(AtomicU8::new(Fate::Answered as u8));
        let (server, told) = (Path::new(&connection.host).join(SOCKET), fate.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(carry(client, server.clone(), told.clone()));
            }
        });
        Self { folder, fate }
    }

    /// The same database, by way of this wire.
    pub fn connection(&self, to: &Connection) -> Connection {
        Connection { host: self.folder.path().display().to_string(), ..to.clone() }
    }

    pub fn next_commit(&self, fate: Fate) {
        self.fate.store(fate as u8, Ordering::SeqCst);
    }

    /// Has the COMMIT come, and met its fate?
    pub fn has_broken(&self) -> bool {
        self.fate.load(Ordering::SeqCst) == Fate::Answered as u8
    }
}

async fn carry(client: UnixStream, server: PathBuf, fate: Arc<AtomicU8>) -> std::io::Result<()> {
    let server = UnixStream::connect(server).await?;
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let there = async {
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let length = from_client.read(&mut buffer).await?;
            let sent = &buffer[..length];
            let commits = sent.windows(COMMIT.len()).any(|bytes| bytes == COMMIT);
            let met = if commits {
                fate.swap(Fate::Answered as u8, Ordering::SeqCst)
            } else {
                Fate::Answered as u8
            };
            if length == 0 || met == Fate::Lost as u8 {
                return std::io::Result::Ok(());
            }
            to_server.write_all(sent).await?;
            if met == Fate::Arrives as u8 {
                return Ok(());
            }
        }
    };
    // Whichever direction ends first, both ends see the connection close.
    tokio::select! {
        done = there => done,
        done = copy(&mut from_server, &mut to_client) => done.map(drop),
    }
}
