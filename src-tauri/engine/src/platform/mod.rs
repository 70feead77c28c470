//! The platform: one database, what it holds, and the connection to it.

mod adopt;
mod engine;
mod inspect;
mod leave;
mod mapping;
mod migrations;
mod server;
mod shape;
mod start_value;
mod store;

pub use adopt::{Action, AdoptionPlan, TableChoice, adopt, plan as adoption_plan, release};
pub use engine::{Engine, Visits};
pub use inspect::{Found, Inspection, inspect};
pub use leave::{LeavePlan, leave, plan as leave_plan};
pub use shape::{BaseColumn, Shape, Source, TableName};
pub use start_value::StartValue;
pub(crate) use start_value::plain_value;

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;

use crate::connection::{Connection, Tls};
use crate::error::{NotAPlatform, ReadOnly};
use crate::{Error, Result, catalog};

/// What is where, for the top bar and for `tenantry status`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub place: Place,
    pub database: String,
    /// As the server gives it: `18.4`.
    pub server_version: String,
    pub user: String,
    /// Why nothing can be written, where nothing can.
    pub read_only: Option<ReadOnly>,
    #[specta(type = i32)]
    pub tenants: i64,
    #[specta(type = i32)]
    pub domains: i64,
    pub catalog: catalog::Size,
}

/// Which server this is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "place", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Place {
    /// The server that comes with Tenantry.
    Private { data_dir: String },
    Server {
        host: String,
        port: u16,
        tls: Tls,
        /// Why another machine is not reached with `verify-full`.
        reason: Option<String>,
    },
}

impl Place {
    fn of(connection: &Connection) -> Self {
        let Connection { host, port, tls, .. } = connection;
        Self::Server { host: host.clone(), port: *port, tls: *tls, reason: connection.reason() }
    }
}

/// Status of the platform.
pub async fn status(engine: &Engine) -> Result<Status> {
    let mut conn = engine.acquire().await?;
    let row = store::status(&mut conn).await?;
    Ok(Status {
        place: engine.place.clone(),
        database: row.database,
        server_version: row.server_version,
        user: row.user,
        read_only: engine.read_only().cloned(),
        tenants: row.tenants,
        domains: row.domains,
        catalog: catalog::master_state(&mut conn).await?.size,
    })
}

/// Makes a platform in an empty database: the shared tables and our bookkeeping, in one transaction. Does nothing where
/// one is already. `true` if it was made.
pub async fn init(engine: &Engine) -> Result<bool> {
    let mut tx = engine.pool.begin().await?;
    match detect(&mut tx).await {
        Ok(()) => return Ok(false),
        Err(Error::NotAPlatform(NotAPlatform::Empty)) => {}
        Err(error) => return Err(error),
    }
    store::lock_for_init(&mut tx).await?;
    if store::has_console(&mut tx).await? {
        return Ok(false);
    }
    migrations::run(&mut tx).await?;
    tx.commit().await?;
    Ok(true)
}

/// Says what a database is.
///
/// # Errors
/// [`Error::NotAPlatform`] with what it is instead.
pub(crate) async fn detect(conn: &mut PgConnection) -> Result<()> {
    match inspect::found(conn).await?.problem() {
        None => Ok(()),
        Some(problem) => Err(problem.into()),
    }
}
