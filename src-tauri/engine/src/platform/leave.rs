//! Leaving a platform: our schema goes, and with it everything that is ours.

use serde::Serialize;
use specta::Type;
use sqlx::{Connection as _, PgConnection};

use super::{server, store};
use crate::connection::Connection;
use crate::error::NotAPlatform;
use crate::{Error, Result};

/// What guards the primary domains stands on the platform's own table. Older bookkeeping has no such guard.
const STATEMENTS: &str = "\
DO $$ BEGIN
    IF to_regprocedure('tenantry.release_primary_domain()') IS NOT NULL THEN PERFORM tenantry.release_primary_domain(); END IF;
END $$;
DROP SCHEMA tenantry CASCADE";

/// What leaving comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LeavePlan {
    pub statements: String,
    /// Entries of the journal, which goes too.
    #[specta(type = i32)]
    pub journal_entries: i64,
    /// Atoms of the master catalog, which goes too. Those that tenants have stay theirs.
    #[specta(type = i32)]
    pub master_atoms: i64,
    /// What stands outside of our schema and rests on it, deleted tenants among it: their domains are parked here. As long as there is such a thing, nobody leaves.
    pub dependents: Vec<String>,
}

/// Says what leaving would take away. Nothing is written.
pub async fn plan(connection: &Connection, program: &str) -> Result<LeavePlan> {
    let mut server = server::reach(connection, program).await?;
    let mut tx = server.conn.begin().await?;
    let plan = plan_on(&mut tx).await?;
    server::end(tx).await?;
    server.conn.close().await?;
    Ok(plan)
}

/// Drops our schema.
///
/// # Errors
/// [`Error::DependedOn`] if something else rests on it.
pub async fn leave(connection: &Connection, program: &str) -> Result<LeavePlan> {
    let mut server = server::reach(connection, program).await?;
    if let Some(reason) = server.read_only {
        return Err(Error::ReadOnly { reason });
    }
    let mut tx = server.conn.begin().await?;
    let plan = plan_on(&mut tx).await?;
    if !plan.dependents.is_empty() {
        return Err(Error::DependedOn { objects: plan.dependents });
    }
    sqlx::raw_sql(STATEMENTS).execute(&mut *tx).await?;
    tx.commit().await?;
    server.conn.close().await?;
    Ok(plan)
}

async fn plan_on(conn: &mut PgConnection) -> Result<LeavePlan> {
    if !store::has_console(conn).await? {
        // Whatever it is, there is nothing of ours in it.
        super::detect(conn).await?;
        return Err(NotAPlatform::Occupied.into());
    }
    let (journal_entries, master_atoms) = store::kept(conn).await?;
    let mut dependents = store::dependents(conn).await?;
    dependents.extend(store::deleted_tenants(conn).await?);
    Ok(LeavePlan { statements: format!("{STATEMENTS};"), journal_entries, master_atoms, dependents })
}
