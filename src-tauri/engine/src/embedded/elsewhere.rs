use std::convert::Infallible;
use std::path::Path;

use sqlx::postgres::PgConnectOptions;

use super::{Binaries, DataDir, EmbeddedError};

/// A private server that can be connected to. There is none on this system: [`start`](Self::start) says so.
#[derive(Debug)]
pub struct PrivateServer(Infallible);

impl PrivateServer {
    /// Answers [`EmbeddedError::Unsupported`].
    #[expect(clippy::unused_async, reason = "it is asynchronous where there is something to wait for")]
    pub async fn start(_dir: DataDir, _binaries: Binaries) -> Result<Self, EmbeddedError> {
        Err(EmbeddedError::Unsupported)
    }

    /// How to connect to a database of this server.
    pub fn connect_options(&self, _database: &str) -> PgConnectOptions {
        match self.0 {}
    }

    /// The folder of the server's socket.
    pub fn socket_dir(&self) -> &Path {
        match self.0 {}
    }

    /// The server's version.
    pub fn version(&self) -> &str {
        match self.0 {}
    }

    /// Does this handle run the server?
    pub fn is_owner(&self) -> bool {
        match self.0 {}
    }

    /// The number of the server's process.
    pub fn pid(&self) -> Option<u32> {
        match self.0 {}
    }

    /// Was the space that is kept in reserve given up?
    pub fn disk_reserve_spent(&self) -> bool {
        match self.0 {}
    }

    /// Stops the server.
    #[expect(clippy::unused_async, reason = "it is asynchronous where there is something to wait for")]
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        match self.0 {}
    }
}
