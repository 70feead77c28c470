//! Reaching somebody's server, and what has to be known of it before anything is asked or written.

use std::time::Duration;

use sqlx::pool::PoolConnectionMetadata;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, Postgres, Transaction};

use crate::connection::Connection;
use crate::error::{NotAPlatform, ReadOnly, sqlstate};
use crate::{Error, Result};

const MAX_CONNECTIONS: u32 = 8;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// Longer than any server takes for one number, and what a pooler without a free session is given.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);
/// `server_version_num` of the oldest server that can be used: views before it cannot ask with their reader's rights.
const OLDEST: u32 = 15_00_00;
/// What every session of ours runs with, whatever the server's own settings are: nothing waits for a lock without end, and
/// a session whose network has gone gives its locks back.
const LIMITS: [(&str, &str); 6] = [
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
    // Questions about the catalog are long and quick: compiling one takes longer than answering it.
    ("jit", "off"),
];

/// A server that has answered.
pub(super) struct Server {
    pub options: PgConnectOptions,
    pub conn: PgConnection,
    /// Why it cannot be written to, where it cannot.
    pub read_only: Option<ReadOnly>,
}

/// Connects by hand, since a pool would try again and again and then say only that it took too long.
///
/// # Errors
/// [`Error::NoDatabase`] if PostgreSQL does not answer, [`NotAPlatform::OldServer`].
pub(super) async fn reach(connection: &Connection, program: &str) -> Result<Server> {
    let bare = connection.options()?.application_name(program);
    let full = connection.options()?.application_name(program).options(LIMITS);
    let named = |error| match no_database(error) {
        Error::NoDatabase { reason, source } => {
            Error::NoDatabase { reason: format!("{}: {reason}", connection.label()), source }
        }
        other => other,
    };
    let (options, mut conn, mut read_only) = match connect(&full).await {
        Ok(conn) => (full, conn, None),
        Err(error) if refuses_settings(&error) => {
            (bare.clone(), connect(&bare).await.map_err(named)?, Some(ReadOnly::Pooler))
        }
        Err(error) => return Err(named(error)),
    };
    refuse_old(&conn)?;
    if read_only.is_none() && is_pooled(&mut conn, &options).await? {
        let conn = connect(&bare).await.map_err(named)?;
        return Ok(Server { options: bare, conn, read_only: Some(ReadOnly::Pooler) });
    }
    if read_only.is_none() && is_standby(&mut conn).await? {
        read_only = Some(ReadOnly::Standby);
    }
    Ok(Server { options, conn, read_only })
}

/// The connections of an engine. Behind a pooler each is used inside a transaction only, in which it has one session.
pub(super) fn pool(options: PgConnectOptions, read_only: Option<&ReadOnly>) -> PgPool {
    let pool = PgPoolOptions::new().max_connections(MAX_CONNECTIONS).acquire_timeout(CONNECT_TIMEOUT);
    let pool = if read_only == Some(&ReadOnly::Pooler) {
        pool.after_connect(|conn, _: PoolConnectionMetadata| Box::pin(enter(conn)))
            .before_acquire(|conn, _| Box::pin(async { enter(conn).await.map(|()| true) }))
            .after_release(|conn, _| Box::pin(async { leave(conn).await.map(|()| true) }))
    } else {
        pool
    };
    pool.connect_lazy_with(options)
}

/// The options of a private server's connections.
pub(super) fn with_limits(options: PgConnectOptions, program: &str) -> PgConnectOptions {
    options.application_name(program).options(LIMITS)
}

pub(super) fn no_database(error: sqlx::Error) -> Error {
    let reason = match &error {
        sqlx::Error::PoolTimedOut => "the server did not answer in time".to_owned(),
        sqlx::Error::Database(answer) => answer.message().to_owned(),
        sqlx::Error::Tls(_) => {
            "the server's certificate could not be verified, or it offers no encryption".to_owned()
        }
        sqlx::Error::Protocol(_) => "what answers there is not PostgreSQL".to_owned(),
        sqlx::Error::Io(source) if source.kind() == std::io::ErrorKind::UnexpectedEof => {
            "what answers there ended the connection at once, as PostgreSQL does not".to_owned()
        }
        sqlx::Error::Io(source) => source.to_string(),
        other => other.to_string(),
    };
    Error::NoDatabase { reason, source: Some(error) }
}

async fn connect(options: &PgConnectOptions) -> sqlx::Result<PgConnection> {
    let attempt = tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect_with(options)).await;
    attempt.map_err(|_| sqlx::Error::PoolTimedOut).flatten()
}

/// Poolers know few of the settings that a session can begin with, and refuse the others.
fn refuses_settings(error: &sqlx::Error) -> bool {
    let text = error.as_database_error().map(|e| e.message().to_owned()).unwrap_or_default();
    sqlstate(error).as_deref() == Some("08P01") && text.contains("startup parameter")
}

fn refuse_old(conn: &PgConnection) -> Result<()> {
    match conn.server_version_num() {
        Some(number) if number < OLDEST => {
            let version = format!("{}.{}", number / 10_000, number % 10_000);
            Err(NotAPlatform::OldServer { version }.into())
        }
        _ => Ok(()),
    }
}

/// Two transactions of one connection, between which another connection has begun one: only a pooler that gives sessions
/// to transactions answers them from two sessions, or not at all.
async fn is_pooled(conn: &mut PgConnection, options: &PgConnectOptions) -> Result<bool> {
    let before = backend_pid(conn).await?;
    let mut other = connect(options).await.map_err(no_database)?;
    if sqlx::raw_sql("BEGIN").execute(&mut other).await.is_err() {
        return Ok(true);
    }
    backend_pid(&mut other).await?;
    let after = tokio::time::timeout(PROBE_TIMEOUT, backend_pid(conn)).await;
    other.close().await?;
    match after {
        Ok(pid) => Ok(pid? != before),
        Err(_) => Ok(true),
    }
}

async fn backend_pid(conn: &mut PgConnection) -> sqlx::Result<i32> {
    let row = sqlx::raw_sql("SELECT pg_backend_pid()").fetch_one(conn).await?;
    sqlx::Row::try_get(&row, 0)
}

async fn is_standby(conn: &mut PgConnection) -> sqlx::Result<bool> {
    let row = sqlx::raw_sql("SELECT pg_is_in_recovery()").fetch_one(conn).await?;
    sqlx::Row::try_get(&row, 0)
}

async fn enter(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::raw_sql("BEGIN READ ONLY").execute(conn).await.map(drop)
}

/// Whoever gets the session next must not find our prepared statements there.
async fn leave(conn: &mut PgConnection) -> sqlx::Result<()> {
    conn.clear_cached_statements().await?;
    sqlx::raw_sql("ROLLBACK").execute(conn).await.map(drop)
}

/// Ends a transaction that has only read.
pub(super) async fn end(mut tx: Transaction<'_, Postgres>) -> Result<()> {
    tx.clear_cached_statements().await?;
    Ok(tx.rollback().await?)
}
