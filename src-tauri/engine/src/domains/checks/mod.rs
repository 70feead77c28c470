//! What the world answers about domains, kept: four axes that are independent of each other, each with since when, by what
//! evidence, seen from where, and when it is looked at next.
//!
//! A look is evidence and never changes whose a domain is. One that failed changes nothing that was known.

mod job;
mod store;

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt as _, stream};
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::{Connection as _, PgConnection};

pub use job::{CheckDomains, check_job};
pub(crate) use job::{no_plan, work};

use super::find::DomainState;
use super::{Domain, DomainPolicy, find_store, proof};
use crate::names::{DomainKind, SchemaName, normalise};
use crate::operations::{Progress, Run};
use crate::world::{
    CertificateState, Challenge, Diagnosis, DnsRecord, Observation, OwnershipState, RoutingState, Step,
    Targets, World, diagnose,
};
use crate::{Engine, Error, Result};
use store::Asked;

/// So many domains are looked at at once.
const AT_ONCE: usize = 64;
/// So many looks are kept in one statement.
const KEPT_AT_ONCE: usize = 100;
/// How often what is well is looked at again. What is not: after a minute ten times, then each time 1.15 times as long, up to
/// four hours (see `store::keep`).
pub const WELL_AGAIN: Duration = Duration::from_hours(24);

/// Everything that is known about a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainDetail {
    pub domain: Domain,
    pub state: DomainState,
    pub assignment: AssignmentAxis,
    pub ownership: Option<Axis<Ownership>>,
    pub routing: Option<Axis<RoutingState>>,
    pub certificate: Option<Axis<CertificateState>>,
    /// What to do, in order: records to remove before records to add.
    pub steps: Vec<Step>,
    /// The records of these steps that are to be there, as lines of a zone file.
    pub zone_lines: Vec<String>,
    /// The record that proves the domain for its tenant.
    pub challenge: Challenge,
    pub proof_required: bool,
    pub approval: Option<Approval>,
    /// The last look that answered.
    pub observation: Option<Observation>,
}

/// Since when the domain is its tenant's; `None` where the platform's own application gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AssignmentAxis {
    pub since: Option<DateTime<Utc>>,
    pub by: Option<String>,
}

/// Somebody's word for a domain that nobody has proven.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Approval {
    pub by: String,
    pub reason: String,
}

/// One of the things that the world says about a domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Axis<S> {
    pub state: S,
    pub since: DateTime<Utc>,
    /// When state and evidence were seen.
    pub seen_at: DateTime<Utc>,
    /// The last look, also where it failed.
    pub checked_at: DateTime<Utc>,
    pub next_check: Option<DateTime<Utc>>,
    /// Looks in a row that found trouble, or could not look.
    pub troubles: u32,
    /// Why the last look learnt nothing.
    pub failure: Option<String>,
}

/// Whether the domain's owner has shown that it is theirs to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Ownership {
    NotRequired,
    Unproven,
    Proven,
    /// A record is there, with another value.
    Failed,
    /// It was proven, and the record is gone since.
    Expired,
    /// Somebody answers for it, with a reason.
    Approved,
    LookupFailed,
}

/// Which domains to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which {
    /// Those that a look is due for.
    Due,
    All,
    Named(Vec<String>),
}

/// What looks have found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainLook {
    pub domain: String,
    pub diagnosis: Diagnosis,
}

/// Looks at domains, and keeps what was found. Those of developers' machines are left out.
///
/// # Errors
/// [`Error::DomainNotFound`] for one that nobody has; [`Error::Cancelled`], after which the looks until then are kept.
pub async fn check(engine: &Engine, which: &Which, run: &Run<'_>) -> Result<Vec<DomainLook>> {
    engine.require_writable()?;
    let mut conn = engine.acquire().await?;
    let asked = asked(&mut conn, which).await?;
    look_at_all(engine, &mut conn, asked, run).await
}

/// Looks at domains at once, a bounded number at a time, and keeps the looks in small sets.
async fn look_at_all(
    engine: &Engine,
    conn: &mut PgConnection,
    asked: Vec<Asked>,
    run: &Run<'_>,
) -> Result<Vec<DomainLook>> {
    let policy = super::policy_store::policy(conn).await?;
    let targets = policy.targets();
    let world = World::with(engine.world.as_ref().clone())?;
    let total = u32::try_from(asked.len()).unwrap_or(u32::MAX);
    let mut looks = Vec::with_capacity(asked.len());
    let (world, targets) = (&world, &targets);
    let mut sets = stream::iter(asked)
        .map(|one| async move {
            let challenge = one.challenge();
            let observation = world.look(&one.domain, targets, challenge.as_ref()).await;
            let diagnosis = diagnose(&observation, targets, challenge.as_ref());
            Look { asked: one, observation, diagnosis }
        })
        .buffer_unordered(AT_ONCE)
        .chunks(KEPT_AT_ONCE);
    loop {
        let set = tokio::select! {
            set = sets.next() => set,
            () = run.cancel.cancelled() => return Err(Error::Cancelled),
        };
        let Some(set) = set else { break };
        store::keep(conn, &set).await?;
        for look in set {
            let index = u32::try_from(looks.len()).unwrap_or(u32::MAX);
            (run.report)(Progress::Checking { index, total, subject: look.asked.domain.clone() });
            looks.push(DomainLook { domain: look.asked.domain, diagnosis: look.diagnosis });
        }
    }
    Ok(looks)
}

/// One look at a domain.
struct Look {
    asked: Asked,
    observation: Observation,
    diagnosis: Diagnosis,
}

/// Looks for the proof of a domain, for the tenant that has it or for one that would.
pub async fn prove(
    engine: &Engine,
    domain: &str,
    schema: Option<&SchemaName>,
) -> Result<(Challenge, DomainLook)> {
    engine.require_writable()?;
    let mut conn = engine.acquire().await?;
    let asked = if let Some(schema) = schema {
        let name = normalise("domain", domain).map_err(Error::invalid)?;
        let asked = store::asked_for(&mut conn, &name.stored, schema).await?;
        asked.ok_or_else(|| Error::TenantNotFound { schema: schema.to_string() })?
    } else {
        let holder = super::require(&mut conn, domain).await?;
        let mut named = store::asked(&mut conn, Some(std::slice::from_ref(&holder.domain)), false).await?;
        named.pop().ok_or(Error::DomainNotFound { domain: holder.domain })?
    };
    let asked = Asked { proof_required: true, ..asked };
    let challenge = asked.proof();
    let looks = look_at_all(engine, &mut conn, vec![asked], &Run::silent()).await?;
    let look = looks.into_iter().next().ok_or_else(|| Error::DomainNotFound { domain: domain.to_owned() })?;
    Ok((challenge, look))
}

/// Everything that is known about a domain that somebody has. Nobody is asked.
pub async fn detail(engine: &Engine, domain: &str) -> Result<DomainDetail> {
    let mut conn = engine.acquire().await?;
    let mut tx = conn.begin().await?;
    let holder = super::require(&mut tx, domain).await?;
    let owned = super::of_tenant(&mut tx, &holder.owner.schema).await?;
    let domain = owned.into_iter().find(|other| other.domain == holder.domain);
    let domain = domain.ok_or(Error::DomainNotFound { domain: holder.domain })?;
    let state = find_store::state_of(&mut tx, &domain.domain).await?;
    let policy = super::policy_store::policy(&mut tx).await?;
    let challenge = proof::challenge_of(&mut tx, &domain.domain, &domain.owner.schema).await?;
    let held =
        super::store::held(&mut tx, std::slice::from_ref(&domain.domain)).await?.remove(&domain.domain);
    let kept = store::kept(&mut tx, &domain.domain, &domain.owner.schema).await?;
    tx.rollback().await?;
    let observation = kept.observation(&domain.domain);
    // What was not asked for then cannot be judged now.
    let asked = |seen: &Observation| seen.proof.is_some().then_some(&challenge);
    let diagnosis = observation.as_ref().map(|seen| diagnose(seen, &policy.targets(), asked(seen)));
    let steps = diagnosis.map(|diagnosis| diagnosis.steps).unwrap_or_default();
    Ok(DomainDetail {
        state: state.unwrap_or(DomainState::Unchecked),
        assignment: AssignmentAxis {
            since: held.as_ref().and_then(|held| held.since),
            by: held.and_then(|held| held.by),
        },
        approval: kept.approval(),
        ownership: kept.ownership(),
        routing: kept.routing(),
        certificate: kept.certificate(),
        zone_lines: steps.iter().filter_map(Step::wanted).map(DnsRecord::zone_line).collect(),
        steps,
        challenge,
        proof_required: policy.proof_required && domain.kind == DomainKind::Public,
        observation,
        domain,
    })
}

async fn asked(conn: &mut PgConnection, which: &Which) -> Result<Vec<Asked>> {
    let Which::Named(inputs) = which else {
        return Ok(store::asked(conn, None, *which == Which::Due).await?);
    };
    let forms: Vec<_> = inputs.iter().flat_map(|input| super::forms(input)).collect();
    let found = store::asked(conn, Some(&forms), false).await?;
    for input in inputs {
        let forms = super::forms(input);
        let is_local = normalise("domain", input).is_ok_and(|name| name.kind == DomainKind::Development);
        if !is_local && !found.iter().any(|one| forms.contains(&one.domain)) {
            return Err(Error::DomainNotFound { domain: input.trim().to_owned() });
        }
    }
    Ok(found)
}

impl DomainLook {
    /// Whether there is anything to mend, or nothing could be learnt.
    pub fn is_trouble(&self) -> bool {
        is_trouble(&self.diagnosis)
    }
}

fn is_trouble(diagnosis: &Diagnosis) -> bool {
    let Diagnosis { routing, certificate, .. } = diagnosis;
    !matches!(routing, RoutingState::Ok | RoutingState::Unknown | RoutingState::NotApplicable)
        || !matches!(certificate, CertificateState::Valid | CertificateState::NotApplicable)
}

impl DomainPolicy {
    /// The same as the world is compared with.
    pub fn targets(&self) -> Targets {
        Targets {
            addresses: self.addresses.iter().filter_map(|address| address.parse().ok()).collect(),
            names: self.names.clone(),
            authorities: self.authorities.clone(),
            https_port: self.https_port,
        }
    }
}

impl From<OwnershipState> for Ownership {
    fn from(state: OwnershipState) -> Self {
        match state {
            OwnershipState::NotRequired => Self::NotRequired,
            OwnershipState::Unproven => Self::Unproven,
            OwnershipState::Proven => Self::Proven,
            OwnershipState::Failed => Self::Failed,
            OwnershipState::LookupFailed => Self::LookupFailed,
        }
    }
}
