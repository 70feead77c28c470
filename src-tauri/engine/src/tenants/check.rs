//! Looking at a request for a new tenant, field by field, while it is being typed.

use std::collections::HashSet;

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;

use super::{CreateTenant, Owner, attributes, store};
use crate::domains::{self, Holder};
use crate::names::{DomainName, Problem, Rule, normalise, parse_new_schema, parse_tenant_name};
use crate::{Engine, Result, platform};

/// What the engine thinks of a request.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    pub problems: Vec<Problem>,
    /// One a domain of the request, the primary first; blank ones are left out.
    pub domains: Vec<DomainVerdict>,
}

/// One domain of a request: what would be stored, and what would become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainVerdict {
    /// `primary_domain` or `aliases[n]`.
    pub field: String,
    pub input: String,
    /// `None` where the input is no host name.
    pub name: Option<DomainName>,
    pub outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    Free,
    Invalid { problem: Problem },
    YoursAlready { primary: bool },
    Taken { owner: Owner, primary: bool },
}

/// Checks every field of a request. Nothing is written.
pub async fn check(engine: &Engine, request: &CreateTenant) -> Result<Check> {
    let mut tx = engine.begin().await?;
    let check = check_on(&mut tx, request).await?;
    tx.rollback().await?;
    Ok(check)
}

pub(super) async fn check_on(conn: &mut PgConnection, request: &CreateTenant) -> Result<Check> {
    let mut problems = Vec::new();
    match parse_tenant_name(&request.name) {
        Ok(name) => problems.extend(name_taken(conn, request, &name).await?),
        Err(problem) => problems.push(problem),
    }
    if store::find_by_schema(conn, &request.schema_name()).await?.is_none() {
        match parse_new_schema(&request.schema) {
            Ok(_) => problems.extend(schema_collides(conn, &request.schema).await?),
            Err(problem) => problems.push(problem),
        }
    }
    problems.extend(attributes::check(conn, &request.attributes).await?);
    let is_given = |column: &String| request.attributes.iter().any(|given| given.column == *column);
    let to_give = platform::columns_to_give(conn).await?.into_iter().filter(|column| !is_given(column));
    problems.extend(to_give.map(|column| Problem::new(format!("attributes.{column}"), "", Rule::Required)));
    let domains = verdicts(conn, request).await?;
    if request.primary_domain.trim().is_empty() {
        problems.push(Problem::new("primary_domain", "", Rule::Required));
    }
    problems.extend(domains.iter().filter_map(|verdict| match &verdict.outcome {
        Outcome::Invalid { problem } => Some(problem.clone()),
        _ => None,
    }));
    Ok(Check { problems, domains })
}

async fn name_taken(conn: &mut PgConnection, request: &CreateTenant, name: &str) -> Result<Option<Problem>> {
    let holder = store::find_by_name(conn, name).await?;
    Ok(holder
        .filter(|owner| owner.schema.as_str() != request.schema)
        .map(|owner| Problem::new("name", name, Rule::NameTaken { schema: owner.schema.to_string() })))
}

async fn schema_collides(conn: &mut PgConnection, schema: &str) -> Result<Option<Problem>> {
    let existing = store::schema_differing_in_case(conn, schema).await?;
    Ok(existing.map(|existing| Problem::new("schema", schema, Rule::SchemaCollides { existing })))
}

async fn verdicts(conn: &mut PgConnection, request: &CreateTenant) -> Result<Vec<DomainVerdict>> {
    let inputs = request.domain_inputs();
    let parsed: Vec<_> = inputs
        .into_iter()
        .map(|(field, input)| {
            let name = normalise(&field, &input);
            (field, input, name)
        })
        .collect();
    let wanted: Vec<_> =
        parsed.iter().filter_map(|(_, _, name)| name.as_ref().ok().map(|n| n.stored.clone())).collect();
    let held = domains::holders(conn, &wanted).await?;
    let mut seen = HashSet::new();
    let mut verdicts = Vec::with_capacity(parsed.len());
    for (field, input, name) in parsed {
        let outcome = match &name {
            Err(problem) => Outcome::Invalid { problem: problem.clone() },
            Ok(name) if !seen.insert(name.stored.clone()) => {
                Outcome::Invalid { problem: Problem::new(field.clone(), &input, Rule::DomainRepeated) }
            }
            Ok(name) => outcome(held.get(&name.stored), &request.schema),
        };
        verdicts.push(DomainVerdict { field, input, name: name.ok(), outcome });
    }
    Ok(verdicts)
}

fn outcome(holder: Option<&Holder>, schema: &str) -> Outcome {
    match holder {
        None => Outcome::Free,
        Some(Holder { owner, primary, .. }) if owner.schema.as_str() == schema => {
            Outcome::YoursAlready { primary: *primary }
        }
        Some(Holder { owner, primary, .. }) => Outcome::Taken { owner: owner.clone(), primary: *primary },
    }
}
