use chrono::{TimeDelta, Utc};
use proptest::prelude::*;

use super::*;
use crate::world::{
    CaaEvidence, Certificate, ChainVerdict, DnsAnswer, DnsEvidence, DnsRecord, LookupFailure, ProofEvidence,
    RecordKind, TlsEvidence, TlsFailure, Vantage,
};

const DOMAIN: &str = "shop.example.com";

fn targets() -> Targets {
    Targets {
        addresses: vec!["192.0.2.10".parse().unwrap()],
        authorities: vec!["ca.example".into()],
        ..Targets::default()
    }
}

fn challenge() -> Challenge {
    Challenge { record: format!("_tenantry-challenge.{DOMAIN}"), value: "token".into() }
}

fn found(name: &str, kind: RecordKind, value: &str) -> DnsAnswer {
    DnsAnswer::Found { records: vec![DnsRecord::found(name, kind, value, 300)] }
}

fn certificate() -> Certificate {
    Certificate {
        subject: format!("CN={DOMAIN}"),
        names: vec![DOMAIN.into()],
        names_in_all: 1,
        issuer: "CN=CA".into(),
        not_before: Utc::now() - TimeDelta::days(10),
        not_after: Utc::now() + TimeDelta::days(80),
        self_issued: false,
        fingerprint: String::new(),
    }
}

/// A domain of which everything is as it should be.
fn good() -> Observation {
    let challenge = challenge();
    Observation {
        domain: DOMAIN.into(),
        at: Utc::now(),
        vantage: Vantage { host: "here".into(), resolvers: Vec::new() },
        dns: DnsEvidence {
            a: found(DOMAIN, RecordKind::A, "192.0.2.10"),
            aaaa: DnsAnswer::NoRecords,
            cname: DnsAnswer::NoRecords,
            caa: CaaEvidence::Nothing,
            ..DnsEvidence::default()
        },
        tls: TlsEvidence::Answered {
            server: "192.0.2.10:443".parse().unwrap(),
            chain: vec![certificate()],
            verdict: ChainVerdict::Trusted,
        },
        proof: Some(ProofEvidence {
            answer: found(&challenge.record, RecordKind::Txt, &challenge.value),
            record: challenge.record,
            authority: None,
            doubled: DnsAnswer::NotAsked,
        }),
    }
}

fn any_failure() -> impl Strategy<Value = LookupFailure> {
    use LookupFailure::*;
    prop::sample::select(vec![
        TimedOut,
        Refused,
        ServerFailure,
        NotAuthoritative,
        NotListening,
        NoNetwork,
        Garbled,
        InvalidName,
    ])
}

/// Takes the answers away that the bits name, one bit for each question.
fn without(
    mut observation: Observation,
    questions: u32,
    why: LookupFailure,
    tls: TlsEvidence,
) -> Observation {
    let failed = || DnsAnswer::Failed { why };
    let is_lost = |question: u32| questions & (1 << question) != 0;
    let dns = &mut observation.dns;
    for (question, answer) in [&mut dns.a, &mut dns.aaaa, &mut dns.cname].into_iter().enumerate() {
        if is_lost(question.try_into().unwrap()) {
            *answer = failed();
        }
    }
    if is_lost(3) {
        dns.caa = CaaEvidence::Failed { why };
    }
    if is_lost(4) {
        observation.tls = tls;
    }
    if is_lost(5) {
        observation.proof.as_mut().unwrap().answer = failed();
    }
    observation
}

fn any_lost_handshake() -> impl Strategy<Value = TlsEvidence> {
    let failed = |why| TlsEvidence::Failed { server: "192.0.2.10:443".parse().unwrap(), why };
    prop::sample::select(vec![failed(TlsFailure::TimedOut), failed(TlsFailure::NoNetwork)])
}

fn any_targets() -> impl Strategy<Value = Targets> {
    (any::<bool>(), any::<bool>()).prop_map(|(addresses, names)| Targets {
        addresses: if addresses { targets().addresses } else { Vec::new() },
        names: if names { vec!["edge.platform.example".into()] } else { Vec::new() },
        ..targets()
    })
}

fn any_answer() -> impl Strategy<Value = DnsAnswer> {
    let record = (
        prop::sample::select(vec![DOMAIN, "edge.platform.example", "shop.example.com.example.com"]),
        prop::sample::select(vec![RecordKind::A, RecordKind::Aaaa, RecordKind::Cname]),
        prop::sample::select(vec![
            "192.0.2.10",
            "203.0.113.9",
            "2001:db8::1",
            "edge.platform.example",
            "",
            "\u{1b}",
        ]),
    );
    let record = record.prop_map(|(name, kind, value)| DnsRecord::found(name, kind, value, 1));
    prop_oneof![
        Just(DnsAnswer::NotAsked),
        Just(DnsAnswer::NoRecords),
        Just(DnsAnswer::NoName),
        any_failure().prop_map(|why| DnsAnswer::Failed { why }),
        prop::collection::vec(record, 1..4).prop_map(|records| DnsAnswer::Found { records }),
    ]
}

proptest! {
    #[test]
    fn when_every_look_up_failed_nothing_is_known_and_the_step_is_to_try_again(
        why in any_failure(),
        targets in any_targets(),
        tls in prop_oneof![any_lost_handshake(), Just(TlsEvidence::NoAddress)],
    ) {
        let observation = without(good(), 0b11_1111, why, tls);
        let diagnosis = diagnose(&observation, &targets, Some(&challenge()));
        prop_assert_eq!(diagnosis, Diagnosis {
            ownership: OwnershipState::LookupFailed,
            routing: RoutingState::LookupFailed,
            certificate: CertificateState::LookupFailed,
            steps: vec![Step::TryAgainLater],
        });
    }

    #[test]
    fn a_failed_look_up_never_turns_good_into_bad(
        lost in 0u32..64,
        why in any_failure(),
        tls in any_lost_handshake(),
    ) {
        let (targets, challenge) = (targets(), challenge());
        let diagnosis = diagnose(&without(good(), lost, why, tls), &targets, Some(&challenge));
        prop_assert!(matches!(diagnosis.ownership, OwnershipState::Proven | OwnershipState::LookupFailed));
        prop_assert!(matches!(diagnosis.routing, RoutingState::Ok | RoutingState::LookupFailed));
        prop_assert!(matches!(diagnosis.certificate, CertificateState::Valid | CertificateState::LookupFailed));
        prop_assert!(diagnosis.steps.iter().all(|step| *step == Step::TryAgainLater));
    }

    #[test]
    fn whatever_was_answered_records_are_removed_before_others_are_added_and_routing_that_is_ok_is_left_alone(
        a in any_answer(),
        aaaa in any_answer(),
        cname in any_answer(),
        doubled in any_answer(),
        targets in any_targets(),
    ) {
        let chain = cname.records().to_vec();
        let dns = DnsEvidence { a, aaaa, cname, chain, doubled, ..DnsEvidence::default() };
        let diagnosis = diagnose(&Observation { dns, ..good() }, &targets, None);
        let is_added = |step: &Step| matches!(step, Step::AddRecord { .. } | Step::PointApex { .. });
        let is_removed = |step: &Step| matches!(step, Step::RemoveRecord { .. });
        let first_added = diagnosis.steps.iter().position(is_added).unwrap_or(usize::MAX);
        let last_removed = diagnosis.steps.iter().rposition(is_removed).unwrap_or(0);
        prop_assert!(last_removed <= first_added, "{:?}", diagnosis.steps);
        let mends = |step: &Step| !matches!(step, Step::TryAgainLater | Step::SetTargets);
        prop_assert!(diagnosis.routing != RoutingState::Ok || !diagnosis.steps.iter().any(mends), "{:?}", diagnosis);
    }
}

#[test]
fn a_good_domain_needs_nothing() {
    let diagnosis = diagnose(&good(), &targets(), Some(&challenge()));
    assert_eq!(
        diagnosis,
        Diagnosis {
            ownership: OwnershipState::Proven,
            routing: RoutingState::Ok,
            certificate: CertificateState::Valid,
            steps: Vec::new(),
        }
    );
}

#[test]
fn a_proof_that_was_not_looked_for_is_not_known() {
    let observation = Observation { proof: None, ..good() };
    let diagnosis = diagnose(&observation, &targets(), Some(&challenge()));
    assert_eq!(diagnosis.ownership, OwnershipState::LookupFailed);
    assert_eq!(diagnose(&observation, &targets(), None).ownership, OwnershipState::NotRequired);
}

#[test]
fn a_certificate_of_another_site_is_not_ours_to_mend() {
    let mut observation = good();
    observation.dns.a = found(DOMAIN, RecordKind::A, "203.0.113.9");
    if let TlsEvidence::Answered { verdict, .. } = &mut observation.tls {
        *verdict = ChainVerdict::Expired;
    }
    let diagnosis = diagnose(&observation, &targets(), None);
    assert_eq!(diagnosis.certificate, CertificateState::Expired);
    assert!(
        !diagnosis.steps.iter().any(|step| matches!(step, Step::RenewCertificate { .. })),
        "{diagnosis:?}"
    );
}
