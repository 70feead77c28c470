//! What the world answers about a domain, asked of servers on loopback that are broken in every known way.

pub mod endpoints;
mod faults;
pub mod words;
pub mod zone;

use std::sync::Arc;
use std::time::Duration;

use tenantry_engine::world::{
    Challenge, Diagnosis, DnsAnswer, LookupFailure, Observation, Targets, TlsEvidence, World, WorldOptions,
    diagnose,
};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use endpoints::{Authorities, Endpoint, Running};
use faults::{Asked, Fault, TOKEN};
use words::{json, line};
use zone::{Manner, Server, Zone};

fn targets(asked: &Asked) -> Targets {
    let owned = |texts: &[&str]| texts.iter().map(|&text| text.to_owned()).collect();
    Targets {
        addresses: asked.addresses.iter().map(|address| address.parse().unwrap()).collect(),
        names: owned(asked.names),
        authorities: owned(asked.authorities),
        https_port: 443,
    }
}

fn challenge() -> Challenge {
    Challenge { record: "_tenantry-challenge.shop.example.com".into(), value: TOKEN.into() }
}

fn world(server: &Server, tls: &Running, root: Vec<u8>, patience: Duration) -> World {
    let options = WorldOptions {
        resolvers: vec![server.address],
        authoritative_port: server.address.port(),
        extra_roots: vec![root],
        query_timeout: patience,
        look_timeout: patience * 4,
        tls_server: Some(tls.address),
    };
    World::with(options).unwrap()
}

/// One look at one broken thing, with what the server counted.
async fn look(fault: &Fault, authorities: &Authorities) -> (Observation, Diagnosis, (usize, usize)) {
    let server = fault.zone.clone().serve().await;
    let tls = authorities.serve(fault.endpoint).await;
    let world = world(&server, &tls, authorities.trusted_root(), fault.asked.patience);
    let (targets, challenge) = (targets(&fault.asked), fault.asked.proof.then(challenge));
    let observation = world.look(fault.domain, &targets, challenge.as_ref()).await;
    let diagnosis = diagnose(&observation, &targets, challenge.as_ref());
    (observation, diagnosis, server.questions())
}

/// The one of the zoo that is called so.
async fn look_at(what: &str) -> (Observation, Diagnosis, (usize, usize)) {
    let fault = faults::all().into_iter().find(|fault| fault.what == what).unwrap();
    look(&fault, &Authorities::new()).await
}

#[tokio::test]
async fn the_first_step_is_the_right_one() {
    let (faults, authorities) = (faults::all(), Authorities::new());
    assert!(faults.len() >= 30);
    let mut wrong = Vec::new();
    for fault in &faults {
        let (observation, diagnosis, _) = look(fault, &authorities).await;
        let states = [json(&diagnosis.ownership), json(&diagnosis.routing), json(&diagnosis.certificate)]
            .map(String::from);
        let first = diagnosis.steps.first().map(line).unwrap_or_default();
        if states != fault.states || first != fault.first {
            wrong.push(format!(
                "{}\n  expected {:?}, `{}`\n  found    {states:?}, `{first}`\n  {observation:?}",
                fault.what, fault.states, fault.first
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {} are wrong:\n{}", wrong.len(), faults.len(), wrong.join("\n"));
}

#[tokio::test]
async fn an_answer_that_is_too_long_for_udp_is_asked_for_again_over_tcp() {
    let (observation, _, (_, over_tcp)) = look_at("truncated answer").await;
    assert!(over_tcp > 0);
    assert_eq!(observation.dns.a.records()[0].value, "192.0.2.10");
}

#[tokio::test]
async fn nobody_is_asked_about_a_developers_machine() {
    for what in ["localhost", "below localhost", "an address", "an IPv6 address"] {
        let (observation, _, questions) = look_at(what).await;
        assert_eq!(questions, (0, 0), "{what}");
        assert_eq!(
            (observation.dns.a, observation.tls),
            (DnsAnswer::NotAsked, TlsEvidence::NotAsked),
            "{what}"
        );
    }
}

#[tokio::test]
async fn the_proof_is_asked_for_at_the_zones_own_server_and_the_evidence_says_where() {
    let (direct, ..) = look_at("TXT right").await;
    assert_eq!(direct.proof.unwrap().authority.unwrap().name, "ns1.example.com");
    let (fallen_back, ..) = look_at("the zone's server refuses, the resolver knows the TXT").await;
    assert_eq!(fallen_back.proof.unwrap().authority, None);
}

#[tokio::test]
async fn each_failure_of_a_server_is_told_apart_from_a_name_that_does_not_exist() {
    for (what, why) in [
        ("SERVFAIL of the resolver alone", LookupFailure::ServerFailure),
        ("REFUSED by the resolver", LookupFailure::Refused),
        ("time-out of everything", LookupFailure::TimedOut),
    ] {
        assert_eq!(look_at(what).await.0.dns.a, DnsAnswer::Failed { why }, "{what}");
    }
    assert_eq!(look_at("missing").await.0.dns.a, DnsAnswer::NoName);
}

#[tokio::test]
async fn when_the_resolver_is_gone_nothing_is_known_and_the_look_ends() {
    let (server, authorities) = (Zone::new().serve().await, Authorities::new());
    let tls = authorities.serve(Endpoint::Good).await;
    let world = world(&server, &tls, authorities.trusted_root(), Duration::from_millis(300));
    drop(server);
    let (targets, challenge) = (targets(&faults::all()[0].asked), challenge());
    let observation = world.look("shop.example.com", &targets, Some(&challenge)).await;
    let diagnosis = diagnose(&observation, &targets, Some(&challenge));
    let states = [json(&diagnosis.ownership), json(&diagnosis.routing), json(&diagnosis.certificate)];
    assert_eq!(states, ["lookup_failed"; 3], "{observation:?}");
    assert_eq!(diagnosis.steps.iter().map(line).collect::<Vec<_>>(), ["try again"]);
}

#[tokio::test]
async fn a_look_ends_in_its_time_however_slow_the_servers_are() {
    let zone =
        Zone { broken: Some(""), resolver: Manner::IsSilent, authority: Manner::IsSilent, ..Zone::new() };
    let server = zone.serve().await;
    let options = WorldOptions {
        resolvers: vec![server.address],
        query_timeout: Duration::from_mins(10),
        look_timeout: Duration::from_millis(500),
        ..WorldOptions::default()
    };
    let (world, targets) = (World::with(options).unwrap(), Targets::default());
    let look = world.look("shop.example.com", &targets, None);
    // Far more than half a second, and far less than ten minutes.
    let observation = tokio::time::timeout(Duration::from_mins(1), look).await.unwrap();
    assert_eq!(observation.dns.a, DnsAnswer::Failed { why: LookupFailure::TimedOut });
}

#[tokio::test]
async fn the_computers_own_resolvers_and_roots_need_no_settings() {
    let observation = World::system().unwrap().look("localhost", &Targets::default(), None).await;
    assert!(!observation.vantage.host.is_empty());
}

#[tokio::test]
async fn what_was_seen_survives_being_stored() {
    let (observation, diagnosis, _) = look_at("TXT missing and a stale address: removed before added").await;
    let stored = serde_json::to_string(&(&observation, &diagnosis)).unwrap();
    let read: (Observation, Diagnosis) = serde_json::from_str(&stored).unwrap();
    assert_eq!(read, (observation, diagnosis));
    assert!(stored.len() < 16_000, "{} bytes", stored.len());
}

#[tokio::test]
async fn hostile_records_are_kept_short_and_readable() {
    let text = format!("{}\u{1b}[2J\u{202e}", "x".repeat(200));
    let zone = (0..60).fold(Zone::new().with("shop.example.com A 192.0.2.10"), |zone, i| {
        zone.with(&format!("_tenantry-challenge.shop.example.com TXT {i}{text}|{text}|{text}|{text}"))
    });
    let zone = Zone { truncates: true, ..zone };
    let (server, authorities) = (zone.serve().await, Authorities::new());
    let tls = authorities.serve(Endpoint::Good).await;
    let world = world(&server, &tls, authorities.trusted_root(), Duration::from_secs(5));
    let observation = world.look("shop.example.com", &Targets::default(), Some(&challenge())).await;
    let answer = observation.proof.unwrap().answer;
    assert!((1..=16).contains(&answer.records().len()), "{answer:?}");
    for record in answer.records() {
        assert!(record.value.chars().count() <= 513 && !record.value.contains(['\u{1b}', '\u{202e}']));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_looks_at_64_at_once_all_end_with_an_answer() {
    let zone = Zone { delay: Duration::from_millis(10), ..Zone::new().with("shop.example.com A 192.0.2.10") };
    let (server, authorities) = (zone.serve().await, Authorities::new());
    let tls = authorities.serve(Endpoint::Good).await;
    let world = world(&server, &tls, authorities.trusted_root(), Duration::from_secs(30));
    let targets = targets(&faults::all()[0].asked);
    let turns = Arc::new(Semaphore::new(64));
    let mut looks = JoinSet::new();
    for _ in 0..1000 {
        let (world, targets, turns) = (world.clone(), targets.clone(), Arc::clone(&turns));
        looks.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            diagnose(&world.look("shop.example.com", &targets, None).await, &targets, None)
        });
    }
    let diagnoses = looks.join_all().await;
    let fine =
        diagnoses.iter().filter(|d| json(&d.routing) == "ok" && json(&d.certificate) == "valid").count();
    assert_eq!((diagnoses.len(), fine), (1000, 1000));
}
