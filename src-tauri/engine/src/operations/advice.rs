//! What whoever reads a plan should know beside it. It costs more to find out than a plan that nobody reads may, so it is no
//! part of what is compared when the plan is carried out, and an item of a job is done without it.

use sqlx::PgConnection;

use super::{Change, Finding, Plan};
use crate::blueprint;
use crate::names::SchemaName;

/// The plan, with a finding if what it makes a schema from is behind the fleet.
pub(super) async fn advised(conn: &mut PgConnection, plan: Plan) -> Plan {
    let Some(template) = template(&plan) else { return plan };
    let advice = on_template(conn, template).await;
    plan.with_advice(advice)
}

/// Says so if a template is behind the fleet. The last thing that is asked in a transaction: it may fail.
pub(crate) async fn on_template(conn: &mut PgConnection, template: &SchemaName) -> Option<Finding> {
    blueprint::behind(conn, template).await.unwrap_or_else(|error| {
        // Somebody's ledger cannot be read, say. That is no reason to make no tenants.
        tracing::warn!(%error, %template, "whether the template is behind the fleet cannot be said");
        None
    })
}

fn template(plan: &Plan) -> Option<&SchemaName> {
    plan.changes.iter().find_map(|change| match change {
        Change::CreateSchema { template, .. } => template.as_ref(),
        _ => None,
    })
}
