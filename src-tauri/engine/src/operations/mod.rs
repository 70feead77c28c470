//! The one way to write: make a plan, show it, apply it, keep it in the journal.
//!
//! A [`Plan`] is a value. [`apply`] makes the same plan again inside the transaction, and writes only if both are equal;
//! otherwise it answers with the fresh one. So what is applied is what was shown.

mod advice;
mod apply;
mod change;
mod finding;
mod intent;
mod inverse;
mod journal;
mod plan;
mod progress;
mod retry;
mod store;
mod undo;

pub(crate) use advice::on_template;
pub use apply::{Applied, Item, apply, apply_all};
pub(crate) use apply::{Applying, carry_out, claim, execute, prepare};
pub use change::{AtomName, Change, ChangedAtom};
pub use finding::Finding;
pub use intent::{Intent, OperationId, UndoOperation};
pub use inverse::Inverse;
pub use journal::{Entry, Filter, JournalState, check as check_journal, list as journal};
pub(crate) use plan::Parts;
pub use plan::{Basis, Plan};
pub(crate) use progress::Step;
pub use progress::{Progress, Run};
pub(crate) use retry::{Attempt, with_short_locks};
pub(crate) use store::check_constraints;
pub(crate) use undo::{Undoable, inverse_of, undoable};

use sqlx::{Connection as _, PgConnection};

use crate::{Engine, Result, blueprint, catalog, domains, tenants};

/// Plans an intent against the platform as it is now, for somebody to read. Nothing is written.
pub async fn plan(engine: &Engine, intent: Intent) -> Result<Plan> {
    let mut conn = engine.acquire().await?;
    let mut tx = conn.begin().await?;
    let plan = plan_on(engine, &mut tx, intent).await?;
    let plan = advice::advised(&mut tx, plan).await;
    tx.rollback().await?;
    Engine::give_back(conn).await;
    Ok(plan)
}

pub(crate) async fn plan_on(engine: &Engine, conn: &mut PgConnection, intent: Intent) -> Result<Plan> {
    match intent {
        Intent::CreateTenant(request) => tenants::plan_create(engine, conn, request).await,
        Intent::CloneTenant(request) => tenants::plan_clone(engine, conn, request).await,
        Intent::RenameTenant(request) => tenants::plan_rename(conn, request).await,
        Intent::SetActive(request) => tenants::plan_set_active(conn, request).await,
        Intent::DeleteTenant(request) => tenants::plan_delete(conn, request).await,
        Intent::RestoreTenant(request) => tenants::plan_restore(conn, request).await,
        Intent::PurgeTenant(request) => tenants::plan_purge(conn, request).await,
        Intent::MendTenant(request) => tenants::plan_mend(engine, conn, request).await,
        Intent::UseBlueprint(request) => blueprint::plan_use(conn, request).await,
        Intent::AddDomains(request) => domains::plan_add(conn, request).await,
        Intent::RemoveDomain(request) => domains::plan_remove(conn, request).await,
        Intent::MakePrimary(request) => domains::plan_make_primary(conn, request).await,
        Intent::MoveDomains(request) => domains::plan_move(conn, request).await,
        Intent::ImportDomains(request) => domains::plan_import(conn, request).await,
        Intent::SetDomainPolicy(policy) => domains::plan_policy(conn, policy).await,
        Intent::CheckDomains(request) => Err(domains::no_plan_to_check(&request)),
        Intent::ImportCatalog(source) => catalog::plan_import(conn, source).await,
        Intent::EditCatalog(request) => catalog::plan_edit(conn, request).await,
        Intent::RetireAtom(request) => catalog::plan_retire(conn, request).await,
        Intent::ReleaseCatalog(request) => catalog::plan_release(conn, request).await,
        Intent::SetStartRelease(request) => catalog::plan_set_start(conn, request).await,
        Intent::SyncCatalog(request) => catalog::plan_sync(conn, request).await,
        Intent::Undo(request) => Box::pin(undo::plan(engine, conn, request)).await,
    }
}
