//! Domains: which host name reaches which tenant.

mod store;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

pub(crate) use store::{Holder, of_tenant};

use crate::names::{DomainKind, DomainName, Problem, Rule, SchemaName, normalise};
use crate::operations::{Basis, Change, Finding, Intent, Inverse, Parts, Plan};
use crate::tenants::{self, OnTaken, Owner};
use crate::{Engine, Error, Result};

/// A domain of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    pub domain: String,
    /// The form for people; equal to `domain` except for international names.
    pub unicode: String,
    pub primary: bool,
    pub kind: DomainKind,
    /// Why no request can reach it as it is stored, if none can.
    pub unreachable: Option<Problem>,
    pub owner: Owner,
}

/// A request to add domains to a tenant, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AddDomains {
    pub schema: SchemaName,
    pub domains: Vec<String>,
    pub on_taken: OnTaken,
}

/// A domain that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainRef {
    pub domain: String,
}

/// All domains, or those of one tenant; primary ones first within a tenant.
pub async fn list(engine: &Engine, schema: Option<&SchemaName>) -> Result<Vec<Domain>> {
    let mut conn = engine.acquire().await?;
    match schema {
        Some(schema) => {
            let tenant = tenants::require(&mut conn, schema).await?;
            Ok(store::of_tenant(&mut conn, &tenant.schema).await?)
        }
        None => Ok(store::all(&mut conn).await?),
    }
}

/// Who has these domains, by domain. Those that nobody has are not in the answer.
pub(crate) async fn holders(conn: &mut PgConnection, domains: &[String]) -> Result<BTreeMap<String, Holder>> {
    let rows = store::holders(conn, domains).await?;
    Ok(rows.into_iter().map(|holder| (holder.domain.clone(), holder)).collect())
}

pub(crate) async fn plan_add(conn: &mut PgConnection, request: AddDomains) -> Result<Plan> {
    let tenant = tenants::require(conn, &request.schema).await?;
    let names = normalise_all(&request.domains)?;
    let wanted: Vec<_> = names.iter().map(|name| name.stored.clone()).collect();
    let held = holders(conn, &wanted).await?;
    let mut parts = Parts::default();
    let mut primary_needed = tenant.primary_domain.is_none();
    for (input, name) in request.domains.iter().zip(&names) {
        if !name.rewrites.is_empty() {
            parts.findings.push(Finding::DomainRewritten {
                input: input.clone(),
                stored: name.stored.clone(),
                rewrites: name.rewrites.clone(),
            });
        }
        let domain = name.stored.clone();
        match held.get(&domain) {
            None => {
                let primary = std::mem::take(&mut primary_needed);
                parts.changes.push(Change::AddDomain { schema: request.schema.clone(), domain, primary });
            }
            Some(holder) if holder.owner.schema == request.schema => {
                parts.findings.push(Finding::DomainYours { domain, primary: holder.primary });
            }
            Some(holder) if request.on_taken == OnTaken::Fail => {
                return Err(Error::DomainTaken { domain, owner: holder.owner.clone() });
            }
            Some(holder) => {
                parts.findings.push(Finding::DomainTaken {
                    domain,
                    owner: holder.owner.clone(),
                    primary: holder.primary,
                });
            }
        }
    }
    parts.basis =
        held.values().map(Holder::basis).chain([tenant_basis(conn, &request.schema).await?]).collect();
    parts.inverse =
        Some(Inverse::RemoveDomains { schema: request.schema.clone(), domains: added(&parts.changes) });
    let subject = request.schema.to_string();
    Ok(Plan::new(Intent::AddDomains(request), subject, parts))
}

pub(crate) async fn plan_remove(conn: &mut PgConnection, request: DomainRef) -> Result<Plan> {
    let holder = require(conn, &request.domain).await?;
    let Holder { domain, owner, primary, .. } = holder.clone();
    if primary {
        return Err(Error::PrimaryDomainNeeded { domain, owner });
    }
    let schema = owner.schema;
    let parts = Parts {
        changes: vec![Change::RemoveDomain { schema: schema.clone(), domain: domain.clone() }],
        basis: vec![holder.basis()],
        inverse: Some(Inverse::AddDomain { schema: schema.clone(), domain }),
        ..Parts::default()
    };
    Ok(Plan::new(Intent::RemoveDomain(request), schema.to_string(), parts))
}

pub(crate) async fn plan_make_primary(conn: &mut PgConnection, request: DomainRef) -> Result<Plan> {
    let holder = require(conn, &request.domain).await?;
    let Owner { schema, .. } = holder.owner.clone();
    let tenant = tenants::require(conn, &schema).await?;
    let mut parts =
        Parts { basis: vec![holder.basis(), tenant_basis(conn, &schema).await?], ..Parts::default() };
    if holder.primary {
        parts.findings.push(Finding::DomainYours { domain: holder.domain.clone(), primary: true });
    } else {
        let before = tenant.primary_domain;
        parts.inverse = before.clone().map(|domain| Inverse::MakePrimary { schema: schema.clone(), domain });
        parts.changes.push(Change::ChangePrimary { schema: schema.clone(), before, after: holder.domain });
    }
    Ok(Plan::new(Intent::MakePrimary(request), schema.to_string(), parts))
}

/// Takes added domains away again. What is not the tenant's any more, or became primary, is left alone.
pub(crate) async fn plan_take_away(
    conn: &mut PgConnection,
    schema: SchemaName,
    domains: Vec<String>,
) -> Result<Plan> {
    let held = holders(conn, &domains).await?;
    let tenant = tenants::require(conn, &schema).await?;
    let mut parts = Parts { basis: vec![tenant_basis(conn, &schema).await?], ..Parts::default() };
    let own: Vec<_> =
        domains.iter().filter_map(|d| held.get(d)).filter(|h| h.owner.schema == schema).collect();
    for holder in &own {
        let domain = holder.domain.clone();
        // The last domain may go too, since it came with what is being undone.
        if holder.primary && tenant.domains > 1 {
            return Err(Error::PrimaryDomainNeeded { domain, owner: holder.owner.clone() });
        }
        parts.changes.push(Change::RemoveDomain { schema: schema.clone(), domain });
    }
    let intent = AddDomains { schema: schema.clone(), domains, on_taken: OnTaken::Fail };
    Ok(Plan::new(Intent::AddDomains(intent), schema.to_string(), parts))
}

/// Gives a domain back exactly as it was stored.
pub(crate) async fn plan_put_back(
    conn: &mut PgConnection,
    schema: SchemaName,
    domain: String,
) -> Result<Plan> {
    tenants::require(conn, &schema).await?;
    let held = holders(conn, std::slice::from_ref(&domain)).await?;
    if let Some(holder) = held.get(&domain) {
        return Err(Error::DomainTaken { domain, owner: holder.owner.clone() });
    }
    let parts = Parts {
        basis: vec![tenant_basis(conn, &schema).await?],
        inverse: Some(Inverse::RemoveDomains { schema: schema.clone(), domains: vec![domain.clone()] }),
        changes: vec![Change::AddDomain { schema: schema.clone(), domain: domain.clone(), primary: false }],
        ..Parts::default()
    };
    Ok(Plan::new(Intent::RemoveDomain(DomainRef { domain }), schema.to_string(), parts))
}

/// Makes one change. `false` where the row is not what the plan saw. The tenant is locked already, or so new that nobody
/// else knows it.
pub(crate) async fn make(conn: &mut PgConnection, change: &Change) -> Result<bool> {
    match change {
        Change::AddDomain { schema, domain, primary } => {
            let Some(copy_differs) = store::insert(conn, schema, domain, *primary).await? else {
                return Ok(false);
            };
            if *primary && copy_differs {
                tenants::copy_primary(conn, schema, domain).await?;
            }
            Ok(true)
        }
        Change::RemoveDomain { schema, domain } => Ok(store::delete_alias(conn, schema, domain).await?),
        Change::ChangePrimary { schema, after, .. } => {
            let changed = store::set_primary(conn, schema, after).await?;
            tenants::copy_primary(conn, schema, after).await?;
            Ok(changed)
        }
        _ => Ok(true),
    }
}

/// Changes to one tenant's domains wait for each other, so that two of them cannot leave it with two primary ones.
pub(crate) async fn lock_tenant(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    let found = store::lock_tenant(conn, schema).await?;
    if found { Ok(()) } else { Err(Error::TenantNotFound { schema: schema.to_string() }) }
}

/// The domain as it is stored: exactly as given if such a row exists, else in its normal form.
async fn require(conn: &mut PgConnection, input: &str) -> Result<Holder> {
    let mut forms = vec![input.trim().to_owned()];
    forms.extend(normalise("domain", input).ok().map(|name| name.stored));
    // PostgreSQL can hold no such text, nor be asked about it.
    forms.retain(|form| !form.contains('\0'));
    let mut held = holders(conn, &forms).await?;
    let found = forms.iter().find_map(|form| held.remove(form));
    found.ok_or_else(|| Error::DomainNotFound { domain: input.trim().to_owned() })
}

fn normalise_all(inputs: &[String]) -> Result<Vec<DomainName>> {
    let field = |n: usize| format!("domains[{n}]");
    let mut names: Vec<DomainName> = Vec::with_capacity(inputs.len());
    let mut problems = Vec::new();
    for (n, input) in inputs.iter().enumerate() {
        match normalise(&field(n), input) {
            Ok(name) if names.iter().any(|other| other.stored == name.stored) => {
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

pub(crate) async fn tenant_basis(conn: &mut PgConnection, schema: &SchemaName) -> Result<Basis> {
    Ok(Basis {
        row: format!("domains of {schema}"),
        version: store::version_of_tenants_domains(conn, schema).await?,
    })
}

fn added(changes: &[Change]) -> Vec<String> {
    let domains = changes.iter().filter_map(|change| match change {
        Change::AddDomain { domain, .. } => Some(domain.clone()),
        _ => None,
    });
    domains.collect()
}
