//! What the evidence means, and what to do about it. Pure: the same evidence has the same diagnosis.

mod certificate;
mod ownership;
mod routing;
mod step;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{Challenge, Observation, Targets, is_development};

pub use step::{Step, WhyRemove};

/// Three states that are independent of each other, and the steps that mend what is wrong, in the order to do them in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Diagnosis {
    pub ownership: OwnershipState,
    pub routing: RoutingState,
    pub certificate: CertificateState,
    pub steps: Vec<Step>,
}

/// Is it proven that whoever asks for the domain may decide about it?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OwnershipState {
    NotRequired,
    Unproven,
    Proven,
    /// A record is there, with another value.
    Failed,
    LookupFailed,
}

/// Does the domain lead to the platform?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RoutingState {
    /// It leads somewhere, and nothing says where it should.
    Unknown,
    Ok,
    Misdirected,
    /// Some records are right and others wrong, or a CNAME stands beside other records.
    ConflictingRecords,
    NameNotFound,
    NoAddress,
    LookupFailed,
    /// A name of a developer's machine.
    NotApplicable,
}

/// Would a browser accept the certificate?
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CertificateState {
    NotApplicable,
    /// Nothing answers TLS.
    None,
    Valid,
    /// Less than 21 days are left, or less than a third of a short life.
    Expiring,
    Expired,
    NotYetValid,
    NameMismatch,
    SelfSigned,
    Untrusted,
    /// None is accepted, and the zone forbids to issue one.
    BlockedByCaa,
    LookupFailed,
}

/// What the evidence means.
pub fn diagnose(observation: &Observation, targets: &Targets, challenge: Option<&Challenge>) -> Diagnosis {
    if is_development(&observation.domain) {
        return Diagnosis {
            ownership: OwnershipState::NotRequired,
            routing: RoutingState::NotApplicable,
            certificate: CertificateState::NotApplicable,
            steps: Vec::new(),
        };
    }
    let (ownership, mut steps) = ownership::judge(observation.proof.as_ref(), challenge);
    let (routing, routing_steps) = routing::judge(&observation.domain, &observation.dns, targets);
    let reached = matches!(routing, RoutingState::Ok | RoutingState::Unknown);
    let (certificate, certificate_steps) = certificate::judge(observation, targets, reached);
    steps.extend(routing_steps);
    steps.extend(certificate_steps);
    let failed = ownership == OwnershipState::LookupFailed
        || routing == RoutingState::LookupFailed
        || certificate == CertificateState::LookupFailed;
    if failed {
        steps.push(Step::TryAgainLater);
    }
    steps.sort_by_key(Step::stage);
    Diagnosis { ownership, routing, certificate, steps }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
