//! The connection to one platform.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool};
use sqlx::{Connection as _, PgConnection, Postgres, Transaction};

use super::server::{self, Server, no_database};
use super::{Place, adopt, detect, init, store};
use crate::blueprint::Definitions;
use crate::connection::Connection;
use crate::embedded::{Binaries, DataDir, PrivateServer};
use crate::error::ReadOnly;
use crate::world::WorldOptions;
use crate::{Error, Result};

/// How long the creation of a tenant goes on asking for its locks on shared tables.
const SHARED_LOCK_BUDGET: Duration = Duration::from_mins(1);
/// A connection keeps what it learns about every table it meets, which slows it down with each: creating a tenant takes
/// half as long again after some three hundred. It is replaced before.
const SCHEMAS_PER_CONNECTION: u32 = 50;
/// How long a connection may take to say that it is free.
const GIVING_BACK: Duration = Duration::from_secs(1);
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
    /// How the world is looked at.
    pub(crate) world: Arc<WorldOptions>,
    server: Option<Arc<PrivateServer>>,
    is_new: bool,
    visited: Arc<AtomicU32>,
    read_only: Option<ReadOnly>,
}

impl Engine {
    /// Starts the private server in a folder, makes its platform if there is none yet, and opens it.
    pub async fn open_private(dir: DataDir, binaries: Binaries, program: &str) -> Result<Self> {
        let place = Place::Private { data_dir: dir.path().display().to_string() };
        let server = PrivateServer::start(dir, binaries).await?;
        create_database(&server).await?;
        let options = server::with_limits(server.connect_options(PRIVATE_DATABASE), program);
        let mut engine = Self::new(options, place, program, None);
        engine.server = Some(Arc::new(server));
        adopt::upgrade(&engine).await?;
        engine.is_new = init(&engine).await?;
        engine.read_only = store::new_columns(&mut *engine.acquire().await?).await?;
        Ok(engine)
    }

    /// Looks at the world in another way than this computer does.
    #[must_use]
    pub fn with_world(mut self, options: WorldOptions) -> Self {
        self.world = Arc::new(options);
        self
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
        Self::of(server::reach(connection, program).await?, connection, program).await
    }

    /// Makes a platform in the empty database of a server, and opens it. `true` if it was made now.
    pub async fn create(connection: &Connection, program: &str) -> Result<(Self, bool)> {
        let server = server::reach(connection, program).await?;
        if let Some(reason) = server.read_only {
            return Err(Error::ReadOnly { reason });
        }
        let engine = Self::new(server.options, Place::of(connection), program, None);
        let made = init(&engine).await?;
        Ok((engine, made))
    }

    /// The platform of a server that was reached.
    pub(super) async fn of(server: Server, connection: &Connection, program: &str) -> Result<Self> {
        let Server { options, mut conn, mut read_only } = server;
        let mut tx = conn.begin().await?;
        detect(&mut tx).await?;
        if read_only.is_none() {
            read_only = store::new_columns(&mut tx).await?;
        }
        server::end(tx).await?;
        conn.close().await?;
        Ok(Self::new(options, Place::of(connection), program, read_only))
    }

    fn new(options: PgConnectOptions, place: Place, program: &str, read_only: Option<ReadOnly>) -> Self {
        Self {
            pool: server::pool(options, read_only.as_ref()),
            place,
            origin: origin(program),
            shared_lock_budget: SHARED_LOCK_BUDGET,
            definitions: Definitions::default(),
            world: Arc::default(),
            server: None,
            is_new: false,
            visited: Arc::default(),
            read_only,
        }
    }

    /// Why nothing can be written here, where nothing can.
    pub fn read_only(&self) -> Option<&ReadOnly> {
        self.read_only.as_ref()
    }

    /// Whoever is about to write asks this first.
    ///
    /// # Errors
    /// [`Error::ReadOnly`].
    pub(crate) fn require_writable(&self) -> Result<()> {
        self.read_only.clone().map_or(Ok(()), |reason| Err(Error::ReadOnly { reason }))
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

    /// Gives a connection back and waits until it is free, so that what comes next has this one, which knows the platform's
    /// tables already. Dropping it does the same some time later; meanwhile another one would be opened.
    pub(crate) async fn give_back(mut conn: PoolConnection<Postgres>) {
        // What was done is done: a server that does not answer any more must not keep the answer from whoever waits for it.
        if tokio::time::timeout(GIVING_BACK, conn.return_to_pool()).await.is_err() {
            tracing::info!("a connection does not answer, and is dropped");
        }
    }

    /// The same after work in one tenant's schema. Now and then it is not given back.
    pub(crate) async fn give_back_visited(&self, conn: PoolConnection<Postgres>) {
        let visits = self.visited.fetch_add(1, Ordering::Relaxed) + 1;
        if !visits.is_multiple_of(SCHEMAS_PER_CONNECTION) {
            Self::give_back(conn).await;
        } else if let Err(error) = conn.close().await {
            tracing::info!(%error, "a connection did not close properly");
        }
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

/// The program and the machine.
pub(super) fn origin(program: &str) -> String {
    format!("{program} on {}", host_name())
}

#[cfg(unix)]
fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

#[cfg(not(unix))]
fn host_name() -> String {
    std::env::var("COMPUTERNAME").unwrap_or_default()
}
