//! The migrations of our bookkeeping and of a fresh platform, and the ledger that sqlx keeps of them in our own schema.

use sqlx::migrate::{Migration, Migrator};
use sqlx::{PgConnection, migrate};

use super::store;
use crate::{Error, Result};

static PLATFORM: Migrator = migrate!("../../migrations/platform");
static CONSOLE: Migrator = migrate!("../../migrations/console");

/// The migration that makes the two views for the tables of a fresh platform.
const MAPPING: i64 = 2;

/// sqlx's own definition of its ledger.
const LEDGER: &str = "\
CREATE TABLE tenantry.console_migration (
    version bigint PRIMARY KEY,
    description text NOT NULL,
    installed_on timestamptz NOT NULL DEFAULT now(),
    success boolean NOT NULL,
    checksum bytea NOT NULL,
    execution_time bigint NOT NULL
);
";

/// How far a database's bookkeeping is.
pub(super) enum Version {
    Current,
    /// It lacks these.
    Older(Vec<&'static Migration>),
    /// It has one that we do not know.
    Other,
}

/// Makes a fresh platform with its bookkeeping. Locking is done with a table rather than an advisory lock, which any role
/// could hold for ever.
pub(super) async fn run(conn: &mut PgConnection) -> Result<()> {
    for (migrator, ledger) in
        [(&PLATFORM, "tenantry.platform_migration"), (&CONSOLE, "tenantry.console_migration")]
    {
        let mut migrator = Migrator { migrations: migrator.migrations.clone(), ..Migrator::DEFAULT };
        migrator.dangerous_set_table_name(ledger);
        migrator.create_schema("tenantry");
        migrator.set_locking(false);
        migrator.run_direct(None, conn, false).await.map_err(|error| Error::Database(error.into()))?;
    }
    Ok(())
}

pub(super) async fn version(conn: &mut PgConnection) -> Result<Version> {
    let applied = store::console_migrations(conn).await?;
    let ours: Vec<_> = CONSOLE.iter().collect();
    let is_prefix = applied.len() <= ours.len()
        && applied.iter().zip(&ours).all(|((version, checksum), migration)| {
            *version == migration.version && *checksum == *migration.checksum
        });
    Ok(match (is_prefix, ours.get(applied.len()..)) {
        (true, Some([])) => Version::Current,
        (true, Some(missing)) => Version::Older(missing.to_vec()),
        _ => Version::Other,
    })
}

/// The statements that give a database our schema, with other views than those of a fresh platform.
pub(super) fn adoption(views: &str) -> String {
    let statements = CONSOLE.iter().map(|migration| {
        // The ledger has the file's checksum all the same: it says which version of the bookkeeping this is, and these
        // views are what that file comes to here.
        let sql = if migration.version == MAPPING { views } else { migration.sql.as_str() };
        statement(migration, sql)
    });
    format!("CREATE SCHEMA tenantry;\n\n{LEDGER}\n{}", statements.collect::<Vec<_>>().join("\n"))
}

/// The statements that bring older bookkeeping up to date.
pub(super) fn upgrade(missing: &[&Migration]) -> String {
    missing.iter().map(|m| statement(m, m.sql.as_str())).collect::<Vec<_>>().join("\n")
}

fn statement(migration: &Migration, sql: &str) -> String {
    let Migration { version, description, checksum, .. } = migration;
    let (description, checksum) = (description.replace('\'', "''"), hex::encode(checksum));
    format!(
        "{}\n\nINSERT INTO tenantry.console_migration (version, description, success, checksum, execution_time)\n\
         VALUES ({version}, '{description}', true, '\\x{checksum}', 0);\n",
        sql.trim_end()
    )
}
