//! A new tenant that is like an existing one, with its data or without.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::check::look;
use super::create::plan_parts;
use super::life::require_own;
use super::{CreateTenant, store};
use crate::error::Refusal;
use crate::names::{Rule, SchemaName};
use crate::operations::{Intent, Plan};
use crate::{Engine, Result};

/// A request for a tenant like another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CloneTenant {
    pub source: SchemaName,
    /// All its rows, not only those that say what is installed.
    pub with_data: bool,
    /// The new tenant. It may be without a primary domain; attributes that are not given are the source's, except those
    /// that no two tenants can share.
    pub tenant: CreateTenant,
}

pub(crate) async fn plan_clone(
    engine: &Engine,
    conn: &mut PgConnection,
    request: CloneTenant,
) -> Result<Plan> {
    let source = require_own(conn, &request.source).await?;
    if !source.has_schema {
        return Err(Refusal::SchemaMissing.of(&request.source));
    }
    let mut tenant = request.tenant.clone();
    for attribute in store::attributes(conn, &request.source).await? {
        let is_given = tenant.attributes.iter().any(|given| given.column == attribute.column);
        if !is_given && attribute.value.is_some() {
            tenant.attributes.push(attribute);
        }
    }
    let unique = store::unique_columns(conn).await?;
    tenant.attributes.retain(|attribute| {
        request.tenant.attributes.contains(attribute) || !unique.contains(&attribute.column)
    });
    let mut look = look(conn, &tenant).await?;
    let no_domain =
        |problem: &crate::names::Problem| problem.field == "primary_domain" && problem.rule == Rule::Required;
    look.check.problems.retain(|problem| !no_domain(problem));
    let like = Some((&request.source, request.with_data));
    let parts = plan_parts(engine, conn, &tenant, look, like).await?;
    let subject = tenant.schema;
    Ok(Plan::new(Intent::CloneTenant(request), subject, parts))
}
