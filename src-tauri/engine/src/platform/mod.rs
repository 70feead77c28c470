//! The platform: one database, what it holds, and the connection to it.

mod engine;
mod store;

pub use engine::{Engine, Visits};

use serde::Serialize;
use specta::Type;
use sqlx::migrate::Migrator;
use sqlx::{PgConnection, migrate};

use crate::error::NotAPlatform;
use crate::{Error, Result, catalog};

static PLATFORM: Migrator = migrate!("../../migrations/platform");
static CONSOLE: Migrator = migrate!("../../migrations/console");

/// What is where, for the top bar and for `tenantry status`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Status {
    pub place: Place,
    pub database: String,
    /// As the server gives it: `18.4`.
    pub server_version: String,
    pub user: String,
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
    Private {
        data_dir: String,
    },
    Server {
        host: String,
        port: u16,
    },
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
    migrate_with(&PLATFORM, "tenantry.platform_migration", &mut tx).await?;
    migrate_with(&CONSOLE, "tenantry.console_migration", &mut tx).await?;
    tx.commit().await?;
    Ok(true)
}

/// Says what a database is.
///
/// # Errors
/// [`Error::NotAPlatform`] with what it is instead.
pub(crate) async fn detect(conn: &mut PgConnection) -> Result<()> {
    if store::has_console(conn).await? {
        return if store::console_version(conn).await? == CONSOLE.iter().map(|m| m.version).max() {
            Ok(())
        } else {
            Err(NotAPlatform::OtherVersion.into())
        };
    }
    match store::public_tables(conn).await? {
        0 => Err(NotAPlatform::Empty.into()),
        tables => Err(NotAPlatform::Foreign { tables: u32::try_from(tables).unwrap_or(u32::MAX) }.into()),
    }
}

/// sqlx keeps the ledger; ours stands in our own schema, and locking is done with a table rather than an advisory lock,
/// which any role could hold for ever.
async fn migrate_with(
    migrator: &'static Migrator,
    ledger: &'static str,
    conn: &mut PgConnection,
) -> Result<()> {
    let mut migrator = Migrator { migrations: migrator.migrations.clone(), ..Migrator::DEFAULT };
    migrator.dangerous_set_table_name(ledger);
    migrator.create_schema("tenantry");
    migrator.set_locking(false);
    migrator.run_direct(None, conn, false).await.map_err(|error| Error::Database(error.into()))
}
