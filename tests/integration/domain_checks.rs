//! What the world answers is kept: four axes, each with since when, how it was seen, and when it is looked at next.

use std::time::Duration;

use tenantry_engine::domains::{
    AddDomains, DomainDetail, DomainPolicy, IfTaken, Ownership, Which, check, check_job, detail, policy,
    prove,
};
use tenantry_engine::jobs::{self, Control, JobState};
use tenantry_engine::operations::{Intent, Progress, Run};
use tenantry_engine::world::{Challenge, WorldOptions};
use tenantry_engine::{Engine, Error};
use tokio_util::sync::CancellationToken;

use crate::console::Platform;
use crate::domain_moves::add;
use crate::world::endpoints::{Authorities, Endpoint, Running};
use crate::world::words::{json, line};
use crate::world::zone::{Manner, Server, Zone};

const SHOP: &str = "shop.example.com";

/// Acme has the shop, and the platform is at one address.
async fn with_shop() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.localhost").await;
    platform.apply(Intent::AddDomains(add("acme", &[SHOP], IfTaken::Fail))).await.unwrap();
    let addresses = vec!["192.0.2.10".into()];
    let rules = DomainPolicy { addresses, ..policy(&platform.engine).await.unwrap() };
    platform.apply(Intent::SetDomainPolicy(rules)).await.unwrap();
    platform
}

/// A world of one zone and one TLS server.
struct Seen {
    engine: Engine,
    server: Server,
    _tls: Running,
}

impl Seen {
    async fn by(platform: &Platform, authorities: &Authorities, zone: Zone) -> Self {
        let (server, tls) = (zone.serve().await, authorities.serve(Endpoint::Good).await);
        let options = WorldOptions {
            resolvers: vec![server.address],
            authoritative_port: server.address.port(),
            extra_roots: vec![authorities.trusted_root()],
            query_timeout: Duration::from_secs(5),
            look_timeout: Duration::from_secs(20),
            tls_server: Some(tls.address),
        };
        Self { engine: platform.engine.clone().with_world(options), server, _tls: tls }
    }

    async fn look(&self) -> DomainDetail {
        check(&self.engine, &Which::Named(vec![SHOP.into()]), &Run::silent()).await.unwrap();
        detail(&self.engine, SHOP).await.unwrap()
    }

    async fn prove(&self) -> (Challenge, Ownership) {
        let (challenge, _) = prove(&self.engine, SHOP, None).await.unwrap();
        (challenge, self.ownership().await)
    }

    async fn ownership(&self) -> Ownership {
        detail(&self.engine, SHOP).await.unwrap().ownership.unwrap().state
    }
}

fn right() -> Zone {
    Zone::new().with("shop.example.com A 192.0.2.10")
}

fn astray() -> Zone {
    Zone::new().with("shop.example.com A 203.0.113.9")
}

/// Nobody answers for anything.
fn failing() -> Zone {
    Zone { broken: Some(""), resolver: Manner::Fails, authority: Manner::Fails, ..right() }
}

#[tokio::test]
async fn since_moves_when_the_state_changes_and_only_then() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    let (well, ill) =
        (Seen::by(&platform, &authorities, right()).await, Seen::by(&platform, &authorities, astray()).await);
    assert_eq!(detail(&platform.engine, SHOP).await.unwrap().routing, None);
    let first = well.look().await.routing.unwrap();
    assert_eq!((json(&first.state), first.troubles, first.failure.as_deref()), ("ok".to_owned(), 0, None));
    assert_eq!(
        (first.since, first.next_check.unwrap() - first.checked_at),
        (first.checked_at, chrono_hours(24))
    );
    let second = well.look().await;
    let routing = second.routing.clone().unwrap();
    assert!(routing.since == first.since && routing.checked_at > first.checked_at);
    assert_eq!((second.steps.len(), second.zone_lines.len(), second.assignment.by.is_some()), (0, 0, true));

    let third = ill.look().await;
    let routing = third.routing.clone().unwrap();
    assert_eq!(
        (json(&routing.state), routing.since, routing.troubles),
        ("misdirected".to_owned(), routing.checked_at, 1)
    );
    assert_eq!(routing.next_check.unwrap() - routing.checked_at, chrono_hours(1) / 60);
    assert_eq!(
        third.steps.iter().map(line).collect::<Vec<_>>(),
        ["change shop.example.com A 203.0.113.9 to shop.example.com A 192.0.2.10"]
    );
    assert_eq!(third.zone_lines.len(), 1, "{:?}", third.zone_lines);
    let certificate = third.certificate.unwrap();
    assert_eq!((json(&certificate.state), certificate.since), ("valid".to_owned(), first.since));
    let fourth = ill.look().await.routing.unwrap();
    assert_eq!((fourth.since, fourth.troubles), (routing.since, 2));
    assert_eq!(well.look().await.routing.unwrap().troubles, 0);
}

fn chrono_hours(hours: i64) -> chrono::TimeDelta {
    chrono::TimeDelta::hours(hours)
}

#[tokio::test]
async fn a_look_that_failed_turns_nothing_into_anything() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    let known = Seen::by(&platform, &authorities, right()).await.look().await;
    let failing = Seen::by(&platform, &authorities, failing()).await;
    for round in 1..=3 {
        let after = failing.look().await;
        let (before, routing) = (known.routing.clone().unwrap(), after.routing.unwrap());
        assert_eq!((routing.state, routing.since, routing.troubles), (before.state, before.since, round));
        assert_eq!(routing.failure.as_deref(), Some("server_failure"));
        assert_eq!(after.certificate.unwrap().state, known.certificate.clone().unwrap().state);
        assert_eq!(after.state, known.state);
        let (seen, then) = (after.observation.unwrap(), known.observation.clone().unwrap());
        assert_eq!((seen.dns, seen.tls), (then.dns, then.tls), "the evidence is that of the last answer");
    }
}

#[tokio::test]
async fn trouble_is_looked_at_again_as_it_is_published() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    let ill = Seen::by(&platform, &authorities, astray()).await;
    ill.look().await;
    for (looks, seconds) in
        [(1, 60.0), (9, 60.0), (10, 69.0), (11, 60.0 * 1.15 * 1.15), (49, 14_400.0), (2_000, 14_400.0)]
    {
        platform.execute(&format!("UPDATE tenantry.domain_axis SET troubles = {looks}")).await;
        let routing = ill.look().await.routing.unwrap();
        let wait = (routing.next_check.unwrap() - routing.checked_at).as_seconds_f64();
        assert!((wait - seconds).abs() < 0.01, "after {looks} looks in {wait} s, and not in {seconds} s");
        assert_eq!(routing.troubles, looks + 1);
    }
}

#[tokio::test]
async fn a_proof_that_is_gone_holds_until_the_third_look_that_misses_it() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    let gone = Seen::by(&platform, &authorities, right()).await;
    let (challenge, found) = gone.prove().await;
    assert_eq!(
        (challenge.record.as_str(), found),
        ("_tenantry-challenge.shop.example.com", Ownership::Unproven)
    );
    let record = format!("{} TXT {}", challenge.record, challenge.value);
    let there = Seen::by(&platform, &authorities, right().with(&record)).await;
    let (again, found) = there.prove().await;
    assert_eq!((again, found), (challenge, Ownership::Proven));
    let proven = detail(&platform.engine, SHOP).await.unwrap().ownership.unwrap();

    let failing = Seen::by(&platform, &authorities, failing()).await;
    for seen in [&failing, &failing, &failing, &gone, &failing, &gone] {
        let kept = seen.look().await.ownership.unwrap();
        assert_eq!((kept.state, kept.since), (Ownership::Proven, proven.since));
    }
    let expired = gone.look().await.ownership.unwrap();
    assert_eq!((expired.state, expired.since), (Ownership::Expired, expired.checked_at));
    assert_eq!(gone.look().await.ownership.unwrap().since, expired.since);
    failing.look().await;
    assert_eq!(failing.ownership().await, Ownership::Expired);
    there.look().await;
    assert_eq!(there.ownership().await, Ownership::Proven);
}

#[tokio::test]
async fn an_approval_stays_until_there_is_a_proof() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    let asks = DomainPolicy { proof_required: true, ..policy(&platform.engine).await.unwrap() };
    platform.apply(Intent::SetDomainPolicy(asks)).await.unwrap();
    let name = "approved.example.com";
    let request = AddDomains { approval: Some("by phone".into()), ..add("acme", &[name], IfTaken::Fail) };
    platform.apply(Intent::AddDomains(request)).await.unwrap();
    let look = async |seen: &Seen| {
        check(&seen.engine, &Which::Named(vec![name.into()]), &Run::silent()).await.unwrap();
        detail(&seen.engine, name).await.unwrap()
    };
    let without =
        Seen::by(&platform, &authorities, Zone::new().with("approved.example.com A 192.0.2.10")).await;
    let first = look(&without).await;
    let since = first.ownership.clone().unwrap().since;
    for _ in 0..4 {
        let axis = look(&without).await.ownership.unwrap();
        assert_eq!((axis.state, axis.since), (Ownership::Approved, since));
    }
    let record = format!("{} TXT {}", first.challenge.record, first.challenge.value);
    let with = Seen::by(&platform, &authorities, Zone::new().with(&record)).await;
    assert_eq!(look(&with).await.ownership.unwrap().state, Ownership::Proven);
}

#[tokio::test]
async fn whom_nobody_has_is_not_looked_at_and_a_developers_machine_neither() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    let seen = Seen::by(&platform, &authorities, right()).await;
    let named = |name: &str| Which::Named(vec![name.to_owned()]);
    let nobody = check(&seen.engine, &named("nobody.example.com"), &Run::silent()).await.unwrap_err();
    assert!(
        matches!(&nobody, Error::DomainNotFound { domain } if domain == "nobody.example.com"),
        "{nobody:?}"
    );
    assert_eq!(check(&seen.engine, &named("acme.localhost"), &Run::silent()).await.unwrap(), []);
    assert_eq!(seen.server.questions(), (0, 0));
    assert_eq!(detail(&seen.engine, "acme.localhost").await.unwrap().routing, None);
    let unknown = prove(&seen.engine, "nobody.example.com", None).await.unwrap_err();
    assert!(matches!(unknown, Error::DomainNotFound { .. }), "{unknown:?}");
}

#[tokio::test]
async fn a_job_looks_at_all_of_them_and_stops_and_goes_on_between_two_items() {
    let (platform, authorities) = (with_shop().await, Authorities::new());
    platform
        .execute(
            "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
             SELECT format('d%s.example.com', n), false, t.id FROM generate_series(1, 249) n, public.tenants_tenant t",
        )
        .await;
    let seen = Seen::by(&platform, &authorities, right()).await;
    let job = check_job(&seen.engine, false).await.unwrap().unwrap();
    let items = jobs::items(&seen.engine, job).await.unwrap();
    assert_eq!(items.len(), 3);
    assert!(items[0].subject.ends_with(" and 99 more") && items[2].subject.ends_with(" and 49 more"));

    let cancel = CancellationToken::new();
    let report = |progress| {
        if matches!(progress, Progress::Item { .. }) {
            cancel.cancel();
        }
    };
    let stopped =
        jobs::work(&seen.engine, job, &Run { report: &report, cancel: cancel.clone() }).await.unwrap();
    assert_eq!((stopped.done, stopped.failed), (1, 0));
    assert_eq!(jobs::control(&seen.engine, job, Control::Pause).await.unwrap().state, JobState::Paused);
    assert_eq!(jobs::work(&seen.engine, job, &Run::silent()).await.unwrap().done, 1);
    let looked = "SELECT count(*)::text FROM tenantry.domain_axis WHERE axis = 'routing'";
    assert_eq!(platform.lines(looked).await, ["100"]);
    jobs::control(&seen.engine, job, Control::Resume).await.unwrap();
    let done = jobs::work(&seen.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.state, done.done, done.failed), (JobState::Finished, 3, 0));
    assert_eq!(platform.lines(looked).await, ["250"]);
    assert_eq!(check_job(&seen.engine, true).await.unwrap(), None, "none is due");
    let journal = "SELECT count(*)::text FROM tenantry.operation WHERE kind = 'domain.check'";
    assert_eq!(platform.lines(journal).await, ["0"], "a look is no write");
}
