//! The private server: a PostgreSQL that Tenantry carries, starts, looks after and stops.
//!
//! Everything of it lies in one folder, the [`DataDir`]. The process that holds the folder's `owner.lock` is
//! the *owner* and runs the server; every other process is a *guest* and only connects. When the owner goes,
//! however it goes, its server stops with it, and a waiting guest becomes the owner and starts it again. So
//! there are never two servers on a folder, and never one that nobody looks after.
//!
//! What is promised to callers: a commit is on the disk (the settings that could weaken this are pinned and
//! looked up at every start), and data is never deleted, converted or opened by another major version.

mod binaries;
mod data_dir;
mod error;

#[cfg(unix)]
mod account;
#[cfg(unix)]
mod cluster;
#[cfg(unix)]
mod connection;
#[cfg(unix)]
mod disk;
#[cfg(unix)]
mod keeper;
#[cfg(unix)]
mod lock;
#[cfg(unix)]
mod parent;
#[cfg(unix)]
mod pidfile;
#[cfg(unix)]
mod postmaster;
#[cfg(unix)]
mod process;
#[cfg(unix)]
mod server;
#[cfg(unix)]
mod server_log;
#[cfg(unix)]
mod socket;
#[cfg(unix)]
mod start;

#[cfg(not(unix))]
mod elsewhere;

pub use binaries::Binaries;
pub use data_dir::DataDir;
#[cfg(not(unix))]
pub use elsewhere::PrivateServer;
pub use error::EmbeddedError;
#[cfg(unix)]
pub use server::PrivateServer;
