//! Looking at a request for a new tenant, field by field, while it is being typed.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;

use super::store::{self, NamesInUse};
use super::table::TenantTable;
use super::{CreateTenant, Owner, attributes};
use crate::domains::{self, Holder};
use crate::names::{DomainName, Problem, Rule, normalise, parse_new_schema, parse_tenant_name};
use crate::{Engine, Result};

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

/// A request looked at, with what was found about it on the way.
pub(super) struct Look {
    pub check: Check,
    pub names: NamesInUse,
    pub table: TenantTable,
    /// Who has the domains that somebody has, by domain.
    pub held: BTreeMap<String, Holder>,
}

/// Checks every field of a request. Nothing is written.
pub async fn check(engine: &Engine, request: &CreateTenant) -> Result<Check> {
    let mut tx = engine.begin().await?;
    let look = look(&mut tx, request).await?;
    tx.rollback().await?;
    Ok(look.check)
}

pub(super) async fn look(conn: &mut PgConnection, request: &CreateTenant) -> Result<Look> {
    let name = parse_tenant_name(&request.name);
    let names = store::names_in_use(conn, name.as_deref().ok(), &request.schema).await?;
    let table = TenantTable::of(conn).await?;
    let attributes = attributes::check(conn, &table, &request.attributes).await?;
    let domains = parse_domains(request);
    let held = domains::holders(conn, &well_formed(&domains)).await?;
    let check = judge(request, &names, attributes, domains, &held);
    Ok(Look { check, names, table, held })
}

/// Puts together what is known about a request. Asks nobody.
pub(super) fn judge(
    request: &CreateTenant,
    names: &NamesInUse,
    attributes: Vec<Problem>,
    domains: Vec<ParsedDomain>,
    held: &BTreeMap<String, Holder>,
) -> Check {
    let mut problems = Vec::new();
    problems.extend(name_problem(parse_tenant_name(&request.name), names));
    problems.extend(schema_problem(&request.schema, names));
    problems.extend(attributes);
    if request.primary_domain.trim().is_empty() {
        problems.push(Problem::new("primary_domain", "", Rule::Required));
    }
    let domains = verdicts(domains, held, &request.schema);
    problems.extend(domains.iter().filter_map(|verdict| match &verdict.outcome {
        Outcome::Invalid { problem } => Some(problem.clone()),
        _ => None,
    }));
    Check { problems, domains }
}

fn name_problem(name: Result<String, Problem>, names: &NamesInUse) -> Option<Problem> {
    match name {
        Ok(name) => names
            .name_of
            .as_ref()
            .map(|schema| Problem::new("name", &name, Rule::NameTaken { schema: schema.to_string() })),
        Err(problem) => Some(problem),
    }
}

/// A tenant's schema may have any name: the request is about that tenant then.
fn schema_problem(schema: &str, names: &NamesInUse) -> Option<Problem> {
    if names.is_tenant {
        return None;
    }
    match parse_new_schema(schema) {
        Ok(_) => names
            .differing_in_case
            .clone()
            .map(|existing| Problem::new("schema", schema, Rule::SchemaCollides { existing })),
        Err(problem) => Some(problem),
    }
}

/// A domain of a request in the form in which it would be stored.
pub(super) struct ParsedDomain {
    field: String,
    input: String,
    name: Result<DomainName, Problem>,
}

pub(super) fn parse_domains(request: &CreateTenant) -> Vec<ParsedDomain> {
    let inputs = request.domain_inputs().into_iter();
    inputs.map(|(field, input)| ParsedDomain { name: normalise(&field, &input), field, input }).collect()
}

pub(super) fn well_formed<'a>(domains: impl IntoIterator<Item = &'a ParsedDomain>) -> Vec<String> {
    let names = domains.into_iter().filter_map(|domain| domain.name.as_ref().ok());
    names.map(|name| name.stored.clone()).collect()
}

fn verdicts(parsed: Vec<ParsedDomain>, held: &BTreeMap<String, Holder>, schema: &str) -> Vec<DomainVerdict> {
    let mut seen = HashSet::new();
    let mut verdicts = Vec::with_capacity(parsed.len());
    for ParsedDomain { field, input, name } in parsed {
        let outcome = match &name {
            Err(problem) => Outcome::Invalid { problem: problem.clone() },
            Ok(name) if !seen.insert(name.stored.clone()) => {
                Outcome::Invalid { problem: Problem::new(field.clone(), &input, Rule::DomainRepeated) }
            }
            Ok(name) => outcome(held.get(&name.stored), schema),
        };
        verdicts.push(DomainVerdict { field, input, name: name.ok(), outcome });
    }
    verdicts
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
