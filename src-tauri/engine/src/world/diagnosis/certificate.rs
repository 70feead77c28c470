//! Would a browser accept the certificate, and may a new one be issued?

use chrono::{DateTime, TimeDelta, Utc};

use super::{CertificateState, Step, WhyRemove};
use crate::world::{
    CaaEvidence, Certificate, ChainVerdict, DnsRecord, Observation, RecordKind, Targets, TlsEvidence,
    TlsFailure,
};

const EXPIRES_SOON: TimeDelta = TimeDelta::days(21);

/// `reached`: the domain leads to the platform, so that what answers there is the platform's to mend.
pub(super) fn judge(
    observation: &Observation,
    targets: &Targets,
    reached: bool,
) -> (CertificateState, Vec<Step>) {
    let (state, mend) = served(observation, targets);
    let blocked = permission(&observation.dns.caa, targets);
    let state = match state {
        CertificateState::Valid
        | CertificateState::Expiring
        | CertificateState::NotApplicable
        | CertificateState::LookupFailed => state,
        _ if blocked.is_empty() => state,
        _ => CertificateState::BlockedByCaa,
    };
    (state, blocked.into_iter().chain(mend.filter(|_| reached)).collect())
}

/// What the server shows, and the step that mends it.
fn served(observation: &Observation, targets: &Targets) -> (CertificateState, Option<Step>) {
    use CertificateState as State;
    match &observation.tls {
        TlsEvidence::NotAsked => (State::LookupFailed, None),
        TlsEvidence::NoAddress if addresses_unknown(observation) => (State::LookupFailed, None),
        TlsEvidence::NoAddress => (State::None, None),
        TlsEvidence::Failed { why, .. } => match why {
            TlsFailure::TimedOut | TlsFailure::NoNetwork => (State::LookupFailed, None),
            TlsFailure::Alert { .. } => (State::None, Some(Step::IssueCertificate)),
            _ => (State::None, Some(Step::ServeTls { port: targets.port() })),
        },
        TlsEvidence::Answered { chain, verdict, .. } => match chain.first() {
            Some(certificate) => shown(certificate, chain.last(), verdict, observation.at),
            None => (State::Untrusted, Some(Step::IssueCertificate)),
        },
    }
}

fn shown(
    certificate: &Certificate,
    last: Option<&Certificate>,
    verdict: &ChainVerdict,
    at: DateTime<Utc>,
) -> (CertificateState, Option<Step>) {
    use CertificateState as State;
    let renew = Step::RenewCertificate { until: certificate.not_after };
    let (state, step) = match verdict {
        ChainVerdict::NotJudged => return (State::LookupFailed, None),
        ChainVerdict::Trusted if !expires_soon(certificate, at) => return (State::Valid, None),
        ChainVerdict::Trusted => (State::Expiring, renew),
        ChainVerdict::Expired => (State::Expired, renew),
        ChainVerdict::NotYetValid => {
            (State::NotYetValid, Step::WaitForCertificate { from: certificate.not_before })
        }
        ChainVerdict::WrongName => (State::NameMismatch, Step::IssueCertificate),
        ChainVerdict::SelfSigned => (State::SelfSigned, Step::IssueCertificate),
        ChainVerdict::Incomplete => {
            let issuer = last.unwrap_or(certificate).issuer.clone();
            (State::Untrusted, Step::CompleteChain { issuer })
        }
        ChainVerdict::UnknownIssuer | ChainVerdict::Unusable { .. } => {
            (State::Untrusted, Step::IssueCertificate)
        }
    };
    (state, Some(step))
}

/// Certificates that live for days are renewed late in their life, so a third of it is what should be left.
fn expires_soon(certificate: &Certificate, at: DateTime<Utc>) -> bool {
    let lifetime = certificate.not_after - certificate.not_before;
    certificate.not_after - at < EXPIRES_SOON.min(lifetime / 3)
}

fn addresses_unknown(observation: &Observation) -> bool {
    let dns = &observation.dns;
    dns.a.failure().or(dns.aaaa.failure()).is_some()
}

/// The step that lets a certificate be issued, where the zone forbids it.
fn permission(caa: &CaaEvidence, targets: &Targets) -> Vec<Step> {
    let CaaEvidence::Found { name, properties } = caa else { return Vec::new() };
    let Some(authority) = targets.authorities.first() else {
        let forbids = properties.iter().filter(|_| !caa.allows_someone()).filter(|p| p.tag == "issue");
        let records = forbids.map(|p| caa_record(name, p.critical, &p.tag, &p.value));
        return records.map(|record| Step::RemoveRecord { record, why: WhyRemove::ForbidsAll }).collect();
    };
    if targets.authorities.iter().any(|authority| caa.allows(authority)) {
        return Vec::new();
    }
    let record = caa_record(name, false, "issue", authority);
    vec![Step::AllowAuthority { authority: authority.clone(), record }]
}

fn caa_record(name: &str, critical: bool, tag: &str, value: &str) -> DnsRecord {
    let flags = if critical { 128 } else { 0 };
    DnsRecord::wanted(name, RecordKind::Caa, &format!("{flags} {tag} \"{value}\""))
}
