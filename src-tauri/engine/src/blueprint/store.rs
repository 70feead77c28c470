//! The SQL around a tenant schema's structure.

use sqlx::PgConnection;

use crate::error::Blocker;
use crate::names::SchemaName;

/// From here to the end of the transaction, unqualified names are this schema's and no other's.
pub(crate) async fn enter(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<()> {
    sqlx::query_scalar!("SELECT set_config('search_path', $1, true)", schema.search_path())
        .fetch_one(conn)
        .await?;
    Ok(())
}

/// What is known of an earlier schema of that name, which others have dropped, gives way.
pub(super) async fn record_parts(
    conn: &mut PgConnection,
    schema: &SchemaName,
    versions: &[i32],
    descriptions: &[String],
    checksums: &[Vec<u8>],
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.tenant_migration (schema_name, version, description, checksum)
         SELECT $1, part.version, part.description, part.checksum
         FROM unnest($2::integer[], $3::text[], $4::bytea[]) AS part (version, description, checksum)
         ON CONFLICT (schema_name, version)
         DO UPDATE SET description = EXCLUDED.description, checksum = EXCLUDED.checksum, applied_at = EXCLUDED.applied_at",
        schema.as_str(),
        versions,
        descriptions,
        checksums,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) struct BlockerRow {
    pub pid: i32,
    pub user: String,
    pub application: String,
    pub seconds: i64,
}

/// The sessions that hold a lock on one of these tables of `public` in a mode that conflicts with SHARE ROW EXCLUSIVE, which a new
/// foreign key takes.
pub(super) async fn blockers_of(conn: &mut PgConnection, tables: &[String]) -> sqlx::Result<Vec<Blocker>> {
    let rows = sqlx::query_as!(
        BlockerRow,
        r#"SELECT DISTINCT a.pid AS "pid!", COALESCE(a.usename, '') AS "user!", COALESCE(a.application_name, '') AS "application!",
                  COALESCE(extract(epoch FROM clock_timestamp() - a.xact_start), 0)::bigint AS "seconds!"
           FROM pg_locks l
           JOIN pg_class c ON c.oid = l.relation
           JOIN pg_stat_activity a ON a.pid = l.pid
           WHERE l.granted
             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
             AND c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1::text[])
             AND l.pid <> pg_backend_pid()
             AND l.mode NOT IN ('AccessShareLock', 'RowShareLock')"#,
        tables,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Blocker::from).collect())
}
