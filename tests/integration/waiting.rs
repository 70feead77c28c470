//! A live platform: somebody else is at work on the tables that all tenants share.

use std::time::{Duration, Instant};

use tenantry_engine::domains::{AddDomains, IfTaken};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, Plan, check_journal};
use tenantry_engine::{Error, Result};

use crate::console::Platform;
use crate::meanwhile::{Open, Work, until_unlocked, until_waiting};
use crate::support::{execute, tenant};

/// Somebody has written to the users and not committed yet, so nobody can refer to that table anew.
const WRITES_TO_USERS: &str = "LOCK TABLE public.accounts_user IN ROW EXCLUSIVE MODE";

/// Generous for a slow machine, and far below what it would take if nobody cancelled.
const QUICK: Duration = Duration::from_secs(3);

async fn acme(platform: &Platform) -> Plan {
    platform.plan(Intent::CreateTenant(tenant("Acme", "acme", "acme.example"))).await.unwrap()
}

async fn users_of_acme(platform: &Platform) -> Vec<String> {
    let keys = "SELECT count(*)::text FROM pg_constraint
                WHERE confrelid = 'public.accounts_user'::regclass AND connamespace = to_regnamespace('acme')";
    platform.lines(keys).await
}

#[tokio::test]
async fn it_says_for_whom_it_waits_and_goes_on_when_the_lock_is_gone() {
    let platform = Platform::new().await;
    let mut writer = Open::with(&platform, WRITES_TO_USERS).await;
    let mut work = Work::start(&platform.engine, acme(&platform).await);
    let blockers = work.waits_for().await;
    assert_eq!(blockers.iter().map(|blocker| blocker.pid).collect::<Vec<_>>(), [writer.pid().await]);
    assert_eq!(blockers[0].user, "tenantry");
    writer.commit().await;

    work.outcome().await.unwrap();
    assert_eq!(users_of_acme(&platform).await, ["4"], "every key to the users is there");
}

#[tokio::test]
async fn cancelling_while_it_waits_leaves_nothing() {
    let platform = Platform::new().await;
    let before = platform.fingerprint().await;
    let _writer = Open::with(&platform, WRITES_TO_USERS).await;
    let mut work = Work::start(&platform.engine, acme(&platform).await);
    work.waits_for().await;
    let asked = Instant::now();
    work.cancel();
    let outcome = work.outcome().await;
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert!(asked.elapsed() < QUICK, "it took {:?}", asked.elapsed());
    platform.assert_nothing_kept(&before).await;
}

#[tokio::test]
async fn cancelling_ends_the_statement_on_the_server() {
    let platform = Platform::new().await;
    let plan = acme(&platform).await;
    let before = platform.fingerprint().await;
    // Whoever takes the same name is waited for inside one statement.
    let rival = Open::with(
        &platform,
        "INSERT INTO tenantry.tenant (schema_name, name) VALUES ('acme', 'Somebody else')",
    )
    .await;
    let work = Work::start(&platform.engine, plan);
    until_waiting(&platform, 1).await;
    let asked = Instant::now();
    work.cancel();
    let outcome = work.outcome().await;
    assert!(matches!(outcome, Err(Error::Cancelled)), "{outcome:?}");
    assert!(asked.elapsed() < QUICK, "it took {:?}", asked.elapsed());
    until_waiting(&platform, 0).await;
    drop(rival);
    until_unlocked(&platform).await;
    platform.assert_nothing_kept(&before).await;
}

#[tokio::test]
async fn when_its_patience_is_spent_it_says_who_is_in_the_way() {
    let platform = Platform::new().await;
    let before = platform.fingerprint().await;
    let mut writer = Open::with(&platform, WRITES_TO_USERS).await;
    let engine = platform.engine.clone().with_shared_lock_budget(Duration::from_millis(300));
    let outcome = Work::start(&engine, acme(&platform).await).outcome().await;
    let Err(Error::Busy { blockers, .. }) = outcome else { panic!("{outcome:?}") };
    assert_eq!(blockers.iter().map(|blocker| blocker.pid).collect::<Vec<_>>(), [writer.pid().await]);
    writer.commit().await;
    until_unlocked(&platform).await;
    platform.assert_nothing_kept(&before).await;
}

#[tokio::test]
async fn while_it_waits_others_write_to_the_shared_table() {
    let platform = Platform::new().await;
    let _writer = Open::with(&platform, WRITES_TO_USERS).await;
    let mut login = platform.session().await;
    execute(&mut login, "SET lock_timeout = '1s'").await.unwrap();
    let mut work = Work::start(&platform.engine, acme(&platform).await);
    let mut longest = Duration::ZERO;
    for _ in 0..4 {
        let waits = work.waits_for();
        tokio::pin!(waits);
        // Written all the time, so during an attempt too: then a write stands in the queue behind it.
        while tokio::select! { biased; _ = &mut waits => false, () = std::future::ready(()) => true } {
            let asked = Instant::now();
            execute(&mut login, "UPDATE public.accounts_user SET last_login = now()").await.unwrap();
            longest = longest.max(asked.elapsed());
        }
    }
    assert!(longest > Duration::from_millis(20), "no write met an attempt: {longest:?} was the longest");
    work.cancel();
    assert!(matches!(work.outcome().await, Err(Error::Cancelled)));
}

#[tokio::test]
async fn while_it_waits_other_operations_go_on() {
    let platform = Platform::new().await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    let writer = Open::with(&platform, WRITES_TO_USERS).await;
    let mut work = Work::start(&platform.engine, acme(&platform).await);
    for n in 0..3 {
        work.waits_for().await;
        let request = AddDomains {
            schema: SchemaName::existing("globex"),
            domains: vec![format!("meanwhile-{n}.example")],
            on_taken: IfTaken::Skip,
            approval: None,
        };
        let started = Instant::now();
        let added: Result<_> = platform.apply(Intent::AddDomains(request)).await;
        assert!(added.is_ok() && started.elapsed() < QUICK, "{:?}: {added:?}", started.elapsed());
    }
    writer.commit().await;
    work.outcome().await.unwrap();
    let state = check_journal(&platform.engine).await.unwrap();
    assert_eq!((state.entries, state.broken_at), (5, None));
}
