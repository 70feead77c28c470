//! What this platform asks of its domains: where they lead, and whether their owners have to prove themselves first.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::{policy_store as store, proof};
use crate::error::Refusal;
use crate::names::{DomainKind, DomainName, Problem, Rule, SchemaName, normalise};
use crate::operations::{Basis, Change, Intent, Inverse, Parts, Plan};
use crate::{Engine, Error, Result, digest};

/// The rules for all domains of a platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainPolicy {
    /// IP addresses to which A and AAAA records should lead; none: not known.
    pub addresses: Vec<String>,
    /// Names to which CNAME records should lead.
    pub names: Vec<String>,
    /// The certificate authorities that issue for the platform, by their names in CAA records; none: any.
    pub authorities: Vec<String>,
    pub https_port: u16,
    /// A public domain is given to a tenant only after its owner has put the tenant's token into DNS, or somebody answers
    /// for it with a reason.
    pub proof_required: bool,
}

/// The rules as they are.
pub async fn policy(engine: &Engine) -> Result<DomainPolicy> {
    Ok(store::policy(&mut *engine.acquire().await?).await?)
}

pub(crate) async fn plan_policy(conn: &mut PgConnection, request: DomainPolicy) -> Result<Plan> {
    let before = store::policy(conn).await?;
    let after = request.clone().checked()?;
    let mut parts = Parts {
        basis: vec![Basis { row: "domain policy".into(), version: digest::of(&before) }],
        ..Parts::default()
    };
    if before != after {
        parts.inverse = Some(Inverse::SetDomainPolicy { policy: before.clone() });
        parts.changes.push(Change::ChangeDomainPolicy { before, after });
    }
    Ok(Plan::new(Intent::SetDomainPolicy(request), "domains", parts))
}

pub(crate) async fn lock_policy(conn: &mut PgConnection) -> Result<()> {
    Ok(store::lock_policy(conn).await?)
}

/// Where a domain has to be proven before a tenant gets it, and is not: approves those if there is a `reason`.
///
/// # Errors
/// [`Refusal::ProofNeeded`] with the record that would prove it.
pub(super) async fn approve_unproven(
    conn: &mut PgConnection,
    given: &[(SchemaName, DomainName)],
    reason: Option<&str>,
) -> Result<Vec<Change>> {
    let unproven = unproven(conn, given).await?;
    let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
    let Some((schema, domain)) = unproven.first() else { return Ok(Vec::new()) };
    let Some(reason) = reason else {
        let challenge = proof::challenge_of(conn, domain, schema).await?;
        let why = Refusal::ProofNeeded { record: challenge.record, value: challenge.value };
        return Err(Error::Refused { subject: domain.clone(), why });
    };
    let approve = |(schema, domain)| Change::ApproveDomain { schema, domain, reason: reason.to_owned() };
    Ok(unproven.into_iter().map(approve).collect())
}

/// Those of the domains that the policy asks proof of, and that have none for that tenant.
pub(super) async fn unproven(
    conn: &mut PgConnection,
    given: &[(SchemaName, DomainName)],
) -> Result<Vec<(SchemaName, String)>> {
    if given.is_empty() || !store::policy(conn).await?.proof_required {
        return Ok(Vec::new());
    }
    let public = given.iter().filter(|(_, name)| name.kind == DomainKind::Public);
    let asked: Vec<_> = public.map(|(schema, name)| (schema.clone(), name.stored.clone())).collect();
    let proven = store::proven(conn, &asked).await?;
    Ok(asked.into_iter().filter(|pair| !proven.contains(pair)).collect())
}

/// Makes a change of the policy, or of who answers for a domain.
pub(crate) async fn make(conn: &mut PgConnection, change: &Change) -> Result<bool> {
    match change {
        Change::ChangeDomainPolicy { after, .. } => store::set_policy(conn, after).await?,
        Change::ApproveDomain { schema, domain, reason } => {
            store::approve(conn, schema, domain, reason).await?;
        }
        Change::WithdrawApproval { schema, domain } => store::withdraw_approval(conn, schema, domain).await?,
        _ => {}
    }
    Ok(true)
}

impl DomainPolicy {
    /// With everything in its normal form.
    ///
    /// # Errors
    /// [`Error::Invalid`] with everything that is no address, no host name, or no port.
    fn checked(mut self) -> Result<Self> {
        let mut problems = Vec::new();
        for (n, address) in self.addresses.iter_mut().enumerate() {
            match address.trim().parse::<IpAddr>() {
                Ok(parsed) => *address = parsed.to_string(),
                Err(_) => problems.push(Problem::new(format!("addresses[{n}]"), address, Rule::Address)),
            }
        }
        for (field, names) in [("names", &mut self.names), ("authorities", &mut self.authorities)] {
            for (n, name) in names.iter_mut().enumerate() {
                match normalise(&format!("{field}[{n}]"), name) {
                    Ok(normal) => *name = normal.stored,
                    Err(problem) => problems.push(problem),
                }
            }
            names.dedup();
        }
        if self.https_port == 0 {
            problems.push(Problem::new("https_port", "0", Rule::Port));
        }
        self.addresses.dedup();
        if problems.is_empty() { Ok(self) } else { Err(Error::Invalid(problems)) }
    }
}
