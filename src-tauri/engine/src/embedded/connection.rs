//! Connecting to the server, and what has to be true of it before anybody else does.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::{ConnectOptions as _, Connection as _};
use tokio::time::timeout;

use super::{EmbeddedError, socket};

/// The role that owns the cluster. Peer authentication lets the user of the data folder be it, without a
/// password.
pub(super) const ROLE: &str = "tenantry";

/// A connection is a fork on the same machine: if it takes longer than this, it hangs.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where the server is, and which.
#[derive(Debug, Clone)]
pub(super) struct Address {
    pub(super) socket_folder: PathBuf,
    pub(super) version: String,
}

pub(super) fn options(socket_folder: &Path, database: &str) -> PgConnectOptions {
    PgConnectOptions::new_without_pgpass()
        .socket(socket_folder)
        .port(socket::PORT)
        .username(ROLE)
        .database(database)
        .ssl_mode(PgSslMode::Disable)
        .application_name("Tenantry")
        // A role or a database may carry settings of its own; what a client asks for comes last.
        .options([("synchronous_commit", "on")])
}

pub(super) enum Answer {
    Ready(Address),
    /// Nobody listens, or the server is on its way up or down.
    NotYet,
    /// It will never let us in.
    Refused(sqlx::Error),
}

/// Asks the server whether it is there, and whether its commits last.
pub(super) async fn ask(socket_folder: &Path) -> Result<Answer, EmbeddedError> {
    match timeout(PATIENCE, look(socket_folder)).await {
        Err(_) => Ok(Answer::NotYet),
        Ok(Err(error)) if is_transient(&error) => Ok(Answer::NotYet),
        Ok(Err(error)) => Ok(Answer::Refused(error)),
        Ok(Ok((version, settings))) => {
            if let Some((setting, value)) = settings.into_iter().find(|(_, value)| value != "on") {
                return Err(EmbeddedError::NotDurable { setting: setting.into(), value });
            }
            Ok(Answer::Ready(Address { socket_folder: socket_folder.to_owned(), version }))
        }
    }
}

type Settings = [(&'static str, String); 3];

async fn look(socket_folder: &Path) -> sqlx::Result<(String, Settings)> {
    let mut connection: PgConnection =
        options(socket_folder, "postgres").disable_statement_logging().connect().await?;
    let (version, fsync, pages, commit): (String, String, String, String) = sqlx::query_as(
        "SELECT current_setting('server_version'), current_setting('fsync'),
                current_setting('full_page_writes'), current_setting('synchronous_commit')",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok((version, [("fsync", fsync), ("full_page_writes", pages), ("synchronous_commit", commit)]))
}

fn is_transient(error: &sqlx::Error) -> bool {
    match error {
        // Nobody listens yet, or the server went away in the middle.
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) => true,
        // 57P: starting up, shutting down, crashed. 53300: all connections are taken.
        sqlx::Error::Database(error) => {
            error.code().is_some_and(|code| code.starts_with("57P") || code == "53300")
        }
        _ => false,
    }
}
