//! Removing a deleted tenant for good.
//!
//! `DROP SCHEMA … CASCADE` locks every shared table that the schema's foreign keys point to, against readers too, until
//! the transaction ends. So these go first, one short transaction each. From the first of them on there is no way back,
//! which is written down before it.

use sqlx::PgConnection;

use super::{PurgeTenant, TrashedTenant, referenced, require_trashed, store};
use crate::error::Refusal;
use crate::names::{Ident, SchemaName};
use crate::operations::{Attempt, Change, Finding, Intent, Parts, Plan, Run, with_short_locks};
use crate::tenants::life::row_basis;
use crate::{Engine, Result, sql};

/// So many tables are dropped in one transaction: each takes locks for itself, its indexes and its sequence, and the
/// server has room for 64 times its connections, shared by everybody.
const TABLES_AT_ONCE: usize = 100;

pub(crate) async fn plan(conn: &mut PgConnection, request: PurgeTenant) -> Result<Plan> {
    let TrashedTenant { trash, schema, name, .. } = require_trashed(conn, &request.schema).await?;
    let objects = store::needed_by(conn, &trash).await?;
    if !objects.is_empty() {
        return Err(Refusal::NeededBy { objects }.of(&schema));
    }
    let tables = store::remembered_tables(conn, &trash).await?;
    let parts = Parts {
        basis: vec![row_basis(conn, &trash).await?],
        findings: vec![Finding::Final],
        changes: vec![Change::Purge { trash, schema: schema.clone(), name, tables }],
        inverse: None,
    };
    Ok(Plan::new(Intent::PurgeTenant(request), schema.to_string(), parts))
}

/// Everything before the last transaction: foreign keys to shared tables, and tables that are too many for one.
pub(crate) async fn prepare(engine: &Engine, plan: &Plan, run: &Run<'_>) -> Result<()> {
    for change in &plan.changes {
        let Change::Purge { trash, .. } = change else { continue };
        let mut conn = engine.acquire().await?;
        store::begin_purge(&mut conn, trash).await?;
        for key in store::keys_out(&mut conn, trash).await? {
            let attempt = DropKey { schema: trash, key: &key };
            with_short_locks(&mut conn, run, engine.shared_lock_budget, &attempt).await?;
        }
        let tables = store::tables(&mut conn, trash).await?;
        if tables.len() > TABLES_AT_ONCE {
            for some in tables.chunks(TABLES_AT_ONCE) {
                run.check()?;
                let names: Vec<_> = some.iter().map(Ident::new).collect();
                sqlx::raw_sql(sql::drop_tables(trash, &names)).execute(&mut *conn).await?;
            }
        }
    }
    Ok(())
}

struct DropKey<'a> {
    schema: &'a SchemaName,
    key: &'a store::Key,
}

impl Attempt for DropKey<'_> {
    type Done = ();

    async fn make(&self, conn: &mut PgConnection) -> Result<()> {
        let (table, constraint) = (Ident::new(&self.key.table), Ident::new(&self.key.constraint));
        sqlx::raw_sql(sql::drop_constraint(self.schema, &table, &constraint)).execute(conn).await?;
        Ok(())
    }
}

pub(super) async fn make(conn: &mut PgConnection, trash: &SchemaName) -> Result<bool> {
    sqlx::raw_sql(sql::drop_schema(trash)).execute(&mut *conn).await?;
    store::forget_proofs(conn, trash).await?;
    let deleted = store::delete_row(conn, trash).await.map_err(|error| referenced(error, trash))?;
    store::forget(conn, trash).await?;
    Ok(deleted == 1)
}
