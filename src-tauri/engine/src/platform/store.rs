//! The SQL that tells what a database is.

use sqlx::PgConnection;

pub(super) async fn has_console(conn: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"SELECT to_regclass('tenantry.operation') IS NOT NULL AS "known!""#)
        .fetch_one(conn)
        .await
}

/// The newest migration of our bookkeeping that this database has. The ledger is sqlx's, so no macro can know it.
pub(super) async fn console_version(conn: &mut PgConnection) -> sqlx::Result<Option<i64>> {
    sqlx::query_scalar("SELECT max(version) FROM tenantry.console_migration WHERE success")
        .fetch_one(conn)
        .await
}

pub(super) async fn public_tables(conn: &mut PgConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"SELECT count(*) AS "tables!" FROM pg_class WHERE relnamespace = to_regnamespace('public') AND relkind IN ('r', 'p', 'v', 'm')"#
    )
    .fetch_one(conn)
    .await
}

/// Two programs may find the same database empty; the second waits here until the first has committed. The comment is
/// the one that PostgreSQL gives the schema anyway; it is the lock on it that counts.
pub(super) async fn lock_for_init(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("COMMENT ON SCHEMA public IS 'standard public schema'").execute(conn).await?;
    Ok(())
}

pub(super) struct StatusRow {
    pub database: String,
    pub server_version: String,
    pub user: String,
    pub tenants: i64,
    pub domains: i64,
}

pub(super) async fn status(conn: &mut PgConnection) -> sqlx::Result<StatusRow> {
    sqlx::query_as!(
        StatusRow,
        r#"SELECT current_database()::text AS "database!", split_part(current_setting('server_version'), ' ', 1) AS "server_version!",
                  current_user::text AS "user!",
                  (SELECT count(*) FROM tenantry.tenant) - (SELECT count(*) FROM tenantry.trash) AS "tenants!", (SELECT count(*) FROM tenantry.domain) AS "domains!""#
    )
    .fetch_one(conn)
    .await
}
