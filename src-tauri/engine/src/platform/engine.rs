//! The connection to one platform.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{Connection as _, PgConnection, Postgres, Transaction};

use super::{Place, detect, init};
use crate::blueprint::Definitions;
use crate::connection::Connection;
use crate::embedded::{Binaries, DataDir, PrivateServer};
use crate::{Error, Result};

const MAX_CONNECTIONS: u32 = 8;
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long the creation of a tenant goes on asking for its locks on shared tables.
const SHARED_LOCK_BUDGET: Duration = Duration::from_mins(1);
/// What every session of ours runs with, whatever the server's own settings are: nothing waits for a lock without end, and
/// a session whose network has gone gives its locks back.
const LIMITS: [(&str, &str); 5] = [
    ("lock_timeout", "5s"),
    ("idle_in_transaction_session_timeout", "60s"),
    ("tcp_keepalives_idle", "30"),
    ("tcp_keepalives_interval", "10"),
    ("tcp_keepalives_count", "3"),
];
/// A connection keeps what it learns about every table it meets, and is replaced before that becomes much.
const SCHEMAS_PER_CONNECTION: u32 = 200;
/// The database of a private server that is the platform.
const PRIVATE_DATABASE: &str = "platform";

/// One platform, open. Every request of the window and the command line goes through it.
#[derive(Clone)]
pub struct Engine {
    pub(crate) pool: PgPool,
    pub(crate) place: Place,
    /// The program and the machine, as the journal names them.
    pub(crate) origin: String,
    pub(crate) shared_lock_budget: Duration,
    /// Of the templates that tenants are cloned from.
    pub(crate) definitions: Definitions,
    server: Option<Arc<PrivateServer>>,
    is_new: bool,
    visited: Arc<AtomicU32>,
}

impl Engine {
    /// Starts the private server in a folder, makes its platform if there is none yet, and opens it.
    pub async fn open_private(dir: DataDir, binaries: Binaries, program: &str) -> Result<Self> {
        let place = Place::Private { data_dir: dir.path().display().to_string() };
        let server = PrivateServer::start(dir, binaries).await?;
        create_database(&server).await?;
        let mut engine = Self::new(server.connect_options(PRIVATE_DATABASE), place, program);
        engine.server = Some(Arc::new(server));
        engine.is_new = init(&engine).await?;
        Ok(engine)
    }

    /// Was the private server's platform made just now?
    pub fn is_new(&self) -> bool {
        self.is_new
    }

    /// Opens a platform on a server.
    ///
    /// # Errors
    /// [`Error::NoDatabase`] if it does not answer, [`Error::NotAPlatform`] if it is none.
    pub async fn open(connection: &Connection, program: &str) -> Result<Self> {
        let engine = Self::open_any(connection, program).await?;
        detect(&mut *engine.acquire().await?).await?;
        Ok(engine)
    }

    /// Makes a platform in the empty database of a server, and opens it. `true` if it was made now.
    pub async fn create(connection: &Connection, program: &str) -> Result<(Self, bool)> {
        let engine = Self::open_any(connection, program).await?;
        let made = init(&engine).await?;
        Ok((engine, made))
    }

    /// The first connection is made by hand, since the pool would try again and again and then say only that it took
    /// too long.
    async fn open_any(connection: &Connection, program: &str) -> Result<Self> {
        let options = connection.options()?;
        let unreachable = |error| match no_database(error) {
            Error::NoDatabase { reason, source } => {
                Error::NoDatabase { reason: format!("{}: {reason}", connection.label()), source }
            }
            other => other,
        };
        let attempt = tokio::time::timeout(CONNECT_TIMEOUT, PgConnection::connect_with(&options)).await;
        let first = attempt.map_err(|_| sqlx::Error::PoolTimedOut).flatten().map_err(unreachable)?;
        first.close().await?;
        let place = Place::Server { host: connection.host.clone(), port: connection.port };
        Ok(Self::new(options, place, program))
    }

    fn new(options: PgConnectOptions, place: Place, program: &str) -> Self {
        let options = options.application_name(program).options(LIMITS);
        let pool = PgPoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .acquire_timeout(CONNECT_TIMEOUT)
            .connect_lazy_with(options);
        let origin = format!("{program} on {}", host_name());
        Self {
            pool,
            place,
            origin,
            shared_lock_budget: SHARED_LOCK_BUDGET,
            definitions: Definitions::default(),
            server: None,
            is_new: false,
            visited: Arc::default(),
        }
    }

    /// The same engine, giving up on locked shared tables after another time.
    #[must_use]
    pub fn with_shared_lock_budget(mut self, budget: Duration) -> Self {
        self.shared_lock_budget = budget;
        self
    }

    /// The private server, where this is one.
    pub fn private_server(&self) -> Option<&PrivateServer> {
        self.server.as_deref()
    }

    /// Closes all connections, and stops the private server if it is ours to stop.
    pub async fn close(self) -> Result<()> {
        self.pool.close().await;
        if let Some(server) = self.server.and_then(Arc::into_inner) {
            server.stop().await?;
        }
        Ok(())
    }

    pub(crate) async fn acquire(&self) -> Result<PoolConnection<Postgres>> {
        self.pool.acquire().await.map_err(no_database)
    }

    pub(crate) async fn begin(&self) -> Result<Transaction<'static, Postgres>> {
        self.pool.begin().await.map_err(no_database)
    }

    /// A connection for work in many tenants' schemas, one at a time. Now and then it is not given back.
    pub(crate) async fn acquire_visiting(&self) -> Result<PoolConnection<Postgres>> {
        let mut conn = self.acquire().await?;
        if self.visited.fetch_add(1, Ordering::Relaxed) % SCHEMAS_PER_CONNECTION == SCHEMAS_PER_CONNECTION - 1
        {
            conn.close_on_drop();
        }
        Ok(conn)
    }

    /// Transactions in many tenants' schemas, one after the other.
    pub(crate) fn visits(&self) -> Visits<'_> {
        Visits { engine: self, conn: None, visited: 0 }
    }

    /// Ends whatever statement another of our sessions is at. Failing to is no failure: the session notices the
    /// cancellation itself when the statement ends.
    pub(crate) async fn cancel_statement(&self, pid: i32) {
        let Ok(mut conn) = self.acquire().await else { return };
        if let Err(error) =
            sqlx::query_scalar!("SELECT pg_cancel_backend($1)", pid).fetch_one(&mut *conn).await
        {
            tracing::warn!(%error, pid, "the running statement could not be cancelled");
        }
    }
}

/// See [`Engine::visits`].
pub struct Visits<'a> {
    engine: &'a Engine,
    conn: Option<PoolConnection<Postgres>>,
    visited: u32,
}

impl Visits<'_> {
    pub(crate) async fn begin(&mut self) -> Result<Transaction<'_, Postgres>> {
        self.visited += 1;
        if self.visited.is_multiple_of(SCHEMAS_PER_CONNECTION)
            && let Some(mut conn) = self.conn.take()
        {
            conn.close_on_drop();
        }
        let conn: &mut PgConnection = match &mut self.conn {
            Some(conn) => conn,
            none => none.insert(self.engine.acquire().await?),
        };
        Ok(conn.begin().await?)
    }
}

fn no_database(error: sqlx::Error) -> Error {
    let reason = match &error {
        sqlx::Error::PoolTimedOut => "the server did not answer in time".to_owned(),
        sqlx::Error::Database(answer) => answer.message().to_owned(),
        sqlx::Error::Tls(_) => {
            "the server's certificate could not be verified, or it offers no encryption".to_owned()
        }
        sqlx::Error::Io(source) => source.to_string(),
        other => other.to_string(),
    };
    Error::NoDatabase { reason, source: Some(error) }
}

async fn create_database(server: &PrivateServer) -> Result<()> {
    let mut conn =
        PgConnection::connect_with(&server.connect_options("postgres")).await.map_err(no_database)?;
    let known: bool = sqlx::query_scalar!(
        r#"SELECT EXISTS (SELECT FROM pg_database WHERE datname = 'platform') AS "known!""#
    )
    .fetch_one(&mut conn)
    .await?;
    if !known {
        let made = sqlx::query("CREATE DATABASE platform").execute(&mut conn).await;
        // Another program that started with us may have made it in between.
        made.map(drop).or_else(|error| {
            let duplicate = matches!(crate::error::sqlstate(&error).as_deref(), Some("42P04" | "23505"));
            if duplicate { Ok(()) } else { Err(error) }
        })?;
    }
    conn.close().await?;
    Ok(())
}

#[cfg(unix)]
fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host_name() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}
