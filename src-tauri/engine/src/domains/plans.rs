//! Plans about domains: give, take away, make primary, move, and put back what an operation changed.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::assignment::{Assignments, Reassignment};
use super::{DomainRef, lock_tenants, policy, require, store};
use crate::names::{DomainName, Problem, Rule, SchemaName, normalise};
use crate::operations::{Change, Finding, Intent, Inverse, Parts, Plan, UndoOperation};
use crate::tenants::{self, Owner};
use crate::{Error, Result};

/// A request to add domains to a tenant, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddDomains {
    pub schema: SchemaName,
    pub domains: Vec<String>,
    pub on_taken: IfTaken,
    /// Why domains are given whose owner has not been proven, where the platform asks for that.
    #[serde(default)]
    pub approval: Option<String>,
}

/// A request to move domains to a tenant, from whoever has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MoveDomains {
    pub domains: Vec<String>,
    pub to: SchemaName,
    #[serde(default)]
    pub approval: Option<String>,
}

/// What to do about a domain that another tenant has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum IfTaken {
    /// Leave it out and say so.
    #[default]
    Skip,
    /// Refuse the whole request.
    Fail,
    /// Take it from its owner.
    Move,
}

pub(crate) async fn plan_add(conn: &mut PgConnection, request: AddDomains) -> Result<Plan> {
    let schema = request.schema.clone();
    tenants::require(conn, &schema).await?;
    let names = normalise_all(&request.domains)?;
    let stored: Vec<_> = names.iter().map(|name| name.stored.clone()).collect();
    let mut assignments = Assignments::read(conn, &stored, std::slice::from_ref(&schema)).await?;
    let mut findings = Vec::new();
    let mut given = Vec::new();
    for (input, name) in request.domains.iter().zip(names) {
        findings.extend(rewritten(input, &name));
        let domain = name.stored.clone();
        match assignments.owner(&domain) {
            Some((owner, primary)) if owner.schema == schema => {
                findings.push(Finding::DomainYours { domain, primary });
                continue;
            }
            Some((owner, _)) if request.on_taken == IfTaken::Fail => {
                return Err(Error::DomainTaken { domain, owner });
            }
            Some((owner, primary)) if request.on_taken == IfTaken::Skip => {
                findings.push(Finding::DomainTaken { domain, owner, primary });
                continue;
            }
            _ => assignments.assign(&domain, &schema),
        }
        given.push((schema.clone(), name));
    }
    let parts = with_approval(conn, assignments, findings, &given, request.approval.as_deref()).await?;
    let subject = schema.to_string();
    Ok(Plan::new(Intent::AddDomains(request), subject, parts))
}

pub(crate) async fn plan_move(conn: &mut PgConnection, request: MoveDomains) -> Result<Plan> {
    let to = request.to.clone();
    tenants::require(conn, &to).await?;
    if request.domains.is_empty() {
        return Err(Error::invalid(Problem::new("domains", "", Rule::Required)));
    }
    let forms: Vec<_> = request.domains.iter().flat_map(|input| super::forms(input)).collect();
    let mut assignments = Assignments::read(conn, &forms, std::slice::from_ref(&to)).await?;
    let mut findings = Vec::new();
    let mut given = Vec::new();
    for input in &request.domains {
        let found =
            super::forms(input).into_iter().find_map(|domain| Some((assignments.owner(&domain)?, domain)));
        let Some(((owner, primary), domain)) = found else {
            return Err(Error::DomainNotFound { domain: input.trim().to_owned() });
        };
        if owner.schema == to {
            findings.push(Finding::DomainYours { domain, primary });
            continue;
        }
        assignments.assign(&domain, &to);
        given.extend(normalise("domain", &domain).ok().map(|name| (to.clone(), name)));
    }
    let parts = with_approval(conn, assignments, findings, &given, request.approval.as_deref()).await?;
    Ok(Plan::new(Intent::MoveDomains(request), to.to_string(), parts))
}

pub(crate) async fn plan_remove(conn: &mut PgConnection, request: DomainRef) -> Result<Plan> {
    let holder = require(conn, &request.domain).await?;
    if holder.primary {
        return Err(Error::PrimaryDomainNeeded { domain: holder.domain, owner: holder.owner });
    }
    let schema = holder.owner.schema;
    let mut assignments = Assignments::read(conn, &[], std::slice::from_ref(&schema)).await?;
    assignments.remove(&holder.domain);
    Ok(Plan::new(Intent::RemoveDomain(request), schema.to_string(), assignments.into_parts(conn).await?))
}

pub(crate) async fn plan_make_primary(conn: &mut PgConnection, request: DomainRef) -> Result<Plan> {
    let holder = require(conn, &request.domain).await?;
    let Owner { schema, .. } = holder.owner;
    let mut assignments = Assignments::read(conn, &[], std::slice::from_ref(&schema)).await?;
    assignments.make_primary(&holder.domain);
    let mut parts = assignments.into_parts(conn).await?;
    if parts.changes.is_empty() {
        parts.findings.push(Finding::DomainYours { domain: holder.domain, primary: true });
    }
    Ok(Plan::new(Intent::MakePrimary(request), schema.to_string(), parts))
}

/// The same with the names that the tenants' schemas have now. One whose tenant is gone keeps a name that nobody has.
pub(crate) async fn as_called_now(
    conn: &mut PgConnection,
    mut domains: Vec<Reassignment>,
    tenants: &BTreeMap<SchemaName, String>,
) -> Result<Vec<Reassignment>> {
    let keys: Vec<_> = tenants.values().cloned().collect();
    let now = tenants::schemas_of(conn, &keys).await?;
    for was in &mut domains {
        for side in [&mut was.before, &mut was.after].into_iter().flatten() {
            let Some(key) = tenants.get(&side.schema) else { continue };
            side.schema = now
                .get(key)
                .cloned()
                .unwrap_or_else(|| SchemaName::existing(format!("tenant {key}, which is gone")));
        }
    }
    Ok(domains)
}

/// Puts domains back as they were before an operation. Those that somebody has changed since are left alone.
///
/// # Errors
/// [`Error::DomainTaken`] where another tenant has got the one domain that it is about;
/// [`Error::PrimaryDomainNeeded`] where taking it away would leave others without a primary one.
pub(crate) async fn plan_restore(
    conn: &mut PgConnection,
    request: UndoOperation,
    domains: Vec<Reassignment>,
    approved: &[String],
) -> Result<Plan> {
    let names: Vec<_> = domains.iter().map(|was| was.domain.clone()).collect();
    let schemas = tenants_of(&domains);
    let mut assignments = Assignments::read(conn, &names, &schemas).await?;
    let (restored, changed): (Vec<_>, Vec<_>) = domains.iter().partition(|was| assignments.restore(was));
    if let [was] = changed.as_slice()
        && domains.len() == 1
        && let Some((owner, _)) = assignments.owner(&was.domain)
    {
        return Err(Error::DomainTaken { domain: was.domain.clone(), owner });
    }
    refuse_orphaning(&assignments, &restored)?;
    let findings: Vec<_> = changed
        .into_iter()
        .map(|was| Finding::DomainChangedSince {
            domain: was.domain.clone(),
            owner: assignments.owner(&was.domain).map(|(owner, _)| owner),
        })
        .collect();
    let approved: HashSet<_> = approved.iter().collect();
    let withdrawn = restored.iter().filter(|was| approved.contains(&was.domain)).filter_map(|was| {
        let schema = was.after.as_ref()?.schema.clone();
        Some(Change::WithdrawApproval { schema, domain: was.domain.clone() })
    });
    let withdrawn: Vec<_> = withdrawn.collect();
    let mut parts = assignments.into_parts(conn).await?;
    parts.changes.extend(withdrawn);
    parts.findings.extend(findings);
    let subject = schemas.first().map(ToString::to_string).unwrap_or_default();
    Ok(Plan::new(Intent::Undo(request), subject, parts))
}

/// A domain that came with what is being undone and has become the primary one since stays as long as there are others.
fn refuse_orphaning(assignments: &Assignments, restored: &[&Reassignment]) -> Result<()> {
    for was in restored.iter().filter(|was| was.before.is_none()) {
        let Some((owner, true)) = assignments.owner(&was.domain) else { continue };
        let became_since = was.after.as_ref().is_some_and(|after| !after.primary);
        if became_since && assignments.will_have(&owner.schema) > 0 {
            return Err(Error::PrimaryDomainNeeded { domain: was.domain.clone(), owner });
        }
    }
    Ok(())
}

fn tenants_of(domains: &[Reassignment]) -> Vec<SchemaName> {
    let sides = domains.iter().flat_map(|was| [&was.after, &was.before]).flatten();
    let mut seen = HashSet::new();
    sides.map(|assignment| &assignment.schema).filter(|schema| seen.insert(*schema)).cloned().collect()
}

/// Waits for whoever is at work on the tenants that a request concerns.
pub(crate) async fn claim(conn: &mut PgConnection, intent: &Intent) -> Result<()> {
    if let Intent::ImportDomains(request) = intent {
        let called: BTreeSet<_> =
            request.rows.iter().map(|row| row.tenant.trim().replace('\0', "")).collect();
        let tenants = store::tenants_called(conn, &called.into_iter().collect::<Vec<_>>()).await?;
        let schemas: Vec<_> = tenants.into_iter().map(|tenant| tenant.schema).collect();
        let forms: Vec<_> = request.rows.iter().flat_map(|row| super::forms(&row.domain)).collect();
        return lock_tenants(conn, &forms, &schemas).await;
    }
    let (inputs, schemas): (Vec<&String>, Vec<SchemaName>) = match intent {
        Intent::AddDomains(request) => (request.domains.iter().collect(), vec![request.schema.clone()]),
        Intent::MoveDomains(request) => (request.domains.iter().collect(), vec![request.to.clone()]),
        _ => return Ok(()),
    };
    let forms: Vec<_> = inputs.into_iter().flat_map(|input| super::forms(input)).collect();
    lock_tenants(conn, &forms, &schemas).await
}

/// What becomes of the assignments, with what was found on the way, and with who answers for those that are not proven.
pub(super) async fn with_approval(
    conn: &mut PgConnection,
    assignments: Assignments,
    findings: Vec<Finding>,
    given: &[(SchemaName, DomainName)],
    approval: Option<&str>,
) -> Result<Parts> {
    let mut parts = assignments.into_parts(conn).await?;
    let approvals = policy::approve_unproven(conn, given, approval).await?;
    if let Some(Inverse::RestoreDomains { approved, .. }) = &mut parts.inverse {
        approved.extend(approvals.iter().filter_map(|change| match change {
            Change::ApproveDomain { domain, .. } => Some(domain.clone()),
            _ => None,
        }));
    }
    parts.changes.extend(approvals);
    parts.findings.splice(0..0, findings);
    Ok(parts)
}

pub(super) fn rewritten(input: &str, name: &DomainName) -> Option<Finding> {
    let finding = || Finding::DomainRewritten {
        input: input.to_owned(),
        stored: name.stored.clone(),
        rewrites: name.rewrites.clone(),
    };
    (!name.rewrites.is_empty()).then(finding)
}

fn normalise_all(inputs: &[String]) -> Result<Vec<DomainName>> {
    let field = |n: usize| format!("domains[{n}]");
    let mut names: Vec<DomainName> = Vec::with_capacity(inputs.len());
    let mut seen = HashSet::new();
    let mut problems = Vec::new();
    for (n, input) in inputs.iter().enumerate() {
        match normalise(&field(n), input) {
            Ok(name) if !seen.insert(name.stored.clone()) => {
                problems.push(Problem::new(field(n), input, Rule::DomainRepeated));
            }
            Ok(name) => names.push(name),
            Err(problem) => problems.push(problem),
        }
    }
    if inputs.is_empty() {
        problems.push(Problem::new("domains", "", Rule::Required));
    }
    if problems.is_empty() { Ok(names) } else { Err(Error::Invalid(problems)) }
}
