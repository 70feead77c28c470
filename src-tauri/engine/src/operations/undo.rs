//! Taking an operation back: its inverse, planned against the platform as it is now.

use serde_json::Value;
use sqlx::PgConnection;

use super::{Intent, Inverse, OperationId, Plan, UndoOperation, plan_on, store};
use crate::blueprint::UseBlueprint;
use crate::catalog::SetStartRelease;
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::tenants::{RenameTenant, RestoreTenant, SetActive, TenantRef};
use crate::{Engine, Error, Result, blueprint, catalog, domains, tenants};

pub(super) async fn plan(engine: &Engine, conn: &mut PgConnection, request: UndoOperation) -> Result<Plan> {
    let inverse = inverse(conn, request).await?;
    let plan = match inverse {
        Inverse::RestoreDomains { domains, approved, tenants } => {
            let domains = domains::as_called_now(conn, domains, &tenants).await?;
            domains::plan_restore(conn, request, domains, &approved).await?
        }
        Inverse::SetDomainPolicy { policy } => plan_on(engine, conn, Intent::SetDomainPolicy(policy)).await?,
        Inverse::RestoreCatalog { .. } => catalog::plan_restore(conn, request, inverse).await?,
        Inverse::SetStartRelease { release } => {
            plan_on(engine, conn, Intent::SetStartRelease(SetStartRelease { release })).await?
        }
        Inverse::RestoreCopy { .. } => catalog::plan_restore_copy(conn, request, inverse).await?,
        Inverse::RestoreAtom { .. } => catalog::plan_bring_back(conn, request, inverse).await?,
        Inverse::DeleteTenant { schema } => {
            plan_on(engine, conn, Intent::DeleteTenant(TenantRef { schema })).await?
        }
        Inverse::RestoreTenant { trash } => {
            plan_on(engine, conn, Intent::RestoreTenant(RestoreTenant { schema: trash, new_schema: None }))
                .await?
        }
        Inverse::RenameTenant { schema, new_schema, new_name } => {
            plan_on(engine, conn, Intent::RenameTenant(RenameTenant { schema, new_schema, new_name })).await?
        }
        Inverse::SetActive { schema, active } => {
            plan_on(engine, conn, Intent::SetActive(SetActive { schema, active })).await?
        }
        Inverse::UseBlueprint { template, reference } => {
            let request = UseBlueprint { template, reference: Some(reference) };
            plan_on(engine, conn, Intent::UseBlueprint(request)).await?
        }
    };
    Ok(plan.meant_as(Intent::Undo(request)))
}

/// An operation, and what the journal says about taking it back.
pub(crate) struct Undoable {
    pub operation: OperationId,
    pub subject: String,
    pub has_inverse: bool,
    pub undone_by: Option<OperationId>,
}

/// What the journal says about taking these operations back, the newest first.
pub(crate) async fn undoable(conn: &mut PgConnection, operations: &[OperationId]) -> Result<Vec<Undoable>> {
    let ids: Vec<_> = operations.iter().map(|operation| operation.0).collect();
    let rows = store::undoable(conn, &ids).await?;
    let known = |row: store::UndoableRow| Undoable {
        operation: row.id,
        subject: row.subject,
        has_inverse: known_inverse(row.inverse).is_some(),
        undone_by: row.undone_by,
    };
    Ok(rows.into_iter().map(known).collect())
}

/// Waits for whoever is at work on the same rows as the inverse.
pub(super) async fn claim(conn: &mut PgConnection, request: UndoOperation) -> Result<()> {
    match inverse(conn, request).await? {
        Inverse::RestoreCatalog { .. } | Inverse::SetStartRelease { .. } => {
            Ok(catalog::lock_master(conn).await?)
        }
        Inverse::RestoreCopy { schema, tenant, .. } | Inverse::RestoreAtom { schema, tenant, .. } => {
            let schema = tenants::schema_now(conn, tenant, schema).await?;
            lock_copy(conn, &schema).await
        }
        Inverse::UseBlueprint { .. } => crate::blueprint::lock(conn).await,
        Inverse::RestoreTenant { trash } => lock(conn, &trash).await,
        Inverse::RestoreDomains { domains, tenants, .. } => {
            let domains = domains::as_called_now(conn, domains, &tenants).await?;
            let sides = domains.iter().flat_map(|domain| [&domain.before, &domain.after]).flatten();
            let schemas: Vec<_> = sides.map(|assignment| assignment.schema.clone()).collect();
            domains::lock_tenants(conn, &[], &schemas).await
        }
        Inverse::SetDomainPolicy { .. } => domains::lock_policy(conn).await,
        Inverse::DeleteTenant { schema }
        | Inverse::RenameTenant { schema, .. }
        | Inverse::SetActive { schema, .. } => lock(conn, &schema).await,
    }
}

/// The inverse that a plan to undo carries out.
pub(crate) async fn inverse_of(conn: &mut PgConnection, plan: &Plan) -> Result<Option<Inverse>> {
    match &plan.intent {
        Intent::Undo(request) => inverse(conn, *request).await.map(Some),
        _ => Ok(None),
    }
}

/// A tenant and its copy of the catalog.
pub(super) async fn lock_copy(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    lock(conn, schema).await?;
    catalog::claim_copy(conn, schema).await?;
    Ok(blueprint::leave(conn).await?)
}

async fn lock(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    domains::lock_tenant(conn, schema).await
}

/// What takes the operation back.
async fn inverse(conn: &mut PgConnection, request: UndoOperation) -> Result<Inverse> {
    let refuse = |why| Error::Refused { subject: request.operation.to_string(), why };
    let entry =
        store::entry(conn, request.operation).await?.ok_or_else(|| refuse(Refusal::NoSuchOperation))?;
    if let Some(by) = entry.undone_by {
        return Err(refuse(Refusal::AlreadyUndone { by }));
    }
    known_inverse(entry.inverse).ok_or_else(|| refuse(Refusal::NoInverse))
}

/// An entry that a newer version wrote may have an inverse that this one does not know.
pub(super) fn known_inverse(inverse: Option<Value>) -> Option<Inverse> {
    inverse.and_then(|inverse| serde_json::from_value(inverse).ok())
}
