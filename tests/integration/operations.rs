//! What is applied is what was shown, and what was applied is in the journal.

use serde_json::json;
use sha2::{Digest as _, Sha256};
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::domains::{AddDomains, IfTaken};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{
    Applied, Change, Filter, Finding, Intent, Plan, Progress, Run, apply, apply_all, check_journal, journal,
};
use tenantry_engine::tenants::CreateTenant;
use tenantry_engine::{Error, Result};
use tokio_util::sync::CancellationToken;

use crate::console::Platform;
use crate::support::tenant;

fn acme() -> Intent {
    let aliases = vec!["www.acme.example".into(), "app.acme.example".into()];
    Intent::CreateTenant(CreateTenant { aliases, ..tenant("Acme", "acme", "acme-foods.example") })
}

fn add(schema: &str, domain: &str) -> Intent {
    let schema = SchemaName::existing(schema);
    Intent::AddDomains(AddDomains {
        schema,
        domains: vec![domain.into()],
        on_taken: IfTaken::Skip,
        approval: None,
    })
}

async fn apply_on(platform: &Platform, plan: &Plan) -> Result<Applied> {
    apply(&platform.engine, plan, &Run::silent()).await
}

/// The plan as it would come back from the window: as JSON, edited.
fn edited(plan: &Plan, edit: impl FnOnce(&mut serde_json::Value)) -> Plan {
    let mut value = json!(plan);
    edit(&mut value);
    serde_json::from_value(value).unwrap()
}

/// The plan with the hash of what stands in it now, as somebody would send it who knows how that is made.
fn resealed(plan: &Plan) -> Plan {
    let content = (&plan.intent, &plan.changes, &plan.findings, &plan.basis, &plan.inverse);
    let hash = hex::encode(Sha256::digest(serde_json::to_vec(&content).unwrap()));
    Plan { hash, ..plan.clone() }
}

#[tokio::test]
async fn what_is_applied_and_written_down_is_the_plan_that_was_shown() {
    let platform = Platform::new().await;
    let plan = platform.plan(acme()).await.unwrap();
    let applied = apply_on(&platform, &plan).await.unwrap();
    assert_eq!(applied.plan, plan);

    let written = platform.lines("SELECT plan::text FROM tenantry.operation").await;
    let written: Plan = serde_json::from_str(&written[0]).unwrap();
    assert_eq!(written, plan);
    let entries = journal(&platform.engine, &Filter::newest(10)).await.unwrap();
    assert_eq!(entries[0].changes, plan.changes);
    assert_eq!((Some(entries[0].id), entries[0].kind.as_str()), (applied.operation, "tenant.create"));
}

#[tokio::test]
async fn a_plan_that_crossed_a_border_is_still_the_plan() {
    let platform = Platform::new().await;
    let plan = platform.plan(acme()).await.unwrap();
    let same = edited(&plan, |_| ());
    assert_eq!(same, plan);
    apply_on(&platform, &same).await.unwrap();
}

#[tokio::test]
async fn a_platform_that_changed_is_answered_with_a_fresh_plan_and_nothing_is_written() {
    let platform = Platform::new().await;
    let plan = platform.plan(acme()).await.unwrap();
    platform.add_tenant("Globex", "globex", "globex.example").await;
    platform.apply(add("globex", "app.acme.example")).await.unwrap();
    let before = platform.fingerprint().await;

    let Err(Error::Stale { fresh }) = apply_on(&platform, &plan).await else { panic!("it is stale") };
    platform.assert_unchanged(&before).await;
    let taken = fresh.findings.iter().any(
        |finding| matches!(finding, Finding::DomainTaken { domain, .. } if domain == "app.acme.example"),
    );
    assert!(taken, "{:#?}", fresh.findings);
    assert_eq!(apply_on(&platform, &fresh).await.unwrap().plan, *fresh);
}

#[tokio::test]
async fn a_plan_made_before_the_catalog_grew_is_stale() {
    let platform = Platform::new().await;
    let plan = platform.plan(acme()).await.unwrap();
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    let Err(Error::Stale { fresh }) = apply_on(&platform, &plan).await else { panic!("it is stale") };
    assert!(fresh.changes.iter().any(|change| matches!(change, Change::SeedCatalog { .. })));
}

#[tokio::test]
async fn a_plan_that_was_tampered_with_is_not_applied() {
    let platform = Platform::new().await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    let shown = platform.plan(acme()).await.unwrap();
    let other = platform.plan(add("globex", "stolen.example")).await.unwrap();
    let before = platform.fingerprint().await;

    let no_changes = json!([]);
    let stolen = json!(other.changes);
    let edits = [
        ("other changes, the old hash", edited(&shown, |plan| plan["changes"] = stolen.clone())),
        (
            "one change more",
            edited(&shown, |plan| plan["changes"].as_array_mut().unwrap().push(stolen[0].clone())),
        ),
        ("another order", edited(&shown, |plan| plan["changes"].as_array_mut().unwrap().reverse())),
        ("other attributes", edited(&shown, |plan| plan["changes"][0]["name"] = json!("Acne"))),
        ("no inverse", edited(&shown, |plan| plan["inverse"] = json!(null))),
        ("nothing left out", edited(&shown, |plan| plan["findings"] = no_changes)),
        ("another subject", edited(&shown, |plan| plan["subject"] = json!("globex"))),
        ("another hash", edited(&shown, |plan| plan["hash"] = json!(other.hash))),
    ];
    assert_eq!(resealed(&shown), shown);
    let resealed = edits.clone().map(|(what, plan)| (what, resealed(&plan)));
    for (what, plan) in edits.into_iter().chain(resealed).filter(|(_, plan)| *plan != shown) {
        let answer = apply_on(&platform, &plan).await;
        assert!(matches!(answer, Err(Error::Stale { .. })), "{what}: {answer:?}");
        platform.assert_unchanged(&before).await;
    }
}

#[tokio::test]
async fn a_tenant_can_have_the_schema_name_of_one_that_others_have_dropped() {
    let platform = Platform::new().await;
    platform.apply(acme()).await.unwrap();
    platform
        .execute(
            "DROP SCHEMA acme CASCADE; DELETE FROM public.tenants_domain; DELETE FROM public.tenants_tenant",
        )
        .await;
    platform.apply(acme()).await.unwrap();
}

#[tokio::test]
async fn several_plans_are_applied_one_by_one_and_a_failure_stops_none_of_the_others() {
    let platform = Platform::new().await;
    let mut plans = Vec::new();
    for (name, schema) in [("Globex", "globex"), ("Initech", "initech"), ("Umbrella", "umbrella")] {
        platform.add_tenant(name, schema, &format!("{schema}.example")).await;
        plans.push(platform.plan(add(schema, &format!("app.{schema}.example"))).await.unwrap());
    }
    plans.insert(1, plans[0].clone());
    let items = apply_all(&platform.engine, &plans, &Run::silent()).await.unwrap();
    let done: Vec<_> = items.iter().map(|item| (item.operation.is_some(), item.failure.is_some())).collect();
    assert_eq!(done, [(true, false), (false, true), (true, false), (true, false)], "{items:?}");
}

#[tokio::test]
async fn a_run_that_is_cancelled_before_it_begins_does_not_begin() {
    let platform = Platform::new().await;
    let plan = platform.plan(acme()).await.unwrap();
    let before = platform.fingerprint().await;
    let cancel = CancellationToken::new();
    cancel.cancel();
    let run = Run { report: &|_| (), cancel };
    assert!(matches!(apply(&platform.engine, &plan, &run).await, Err(Error::Cancelled)));
    assert!(matches!(apply_all(&platform.engine, &[plan], &run).await, Err(Error::Cancelled)));
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_run_that_is_cancelled_half_way_tells_what_was_done() {
    let platform = Platform::new().await;
    let mut plans = Vec::new();
    for (name, schema) in [("Globex", "globex"), ("Initech", "initech"), ("Umbrella", "umbrella")] {
        let request = tenant(name, schema, &format!("{schema}.example"));
        plans.push(platform.plan(Intent::CreateTenant(request)).await.unwrap());
    }
    let cancel = CancellationToken::new();
    let after_the_first = |progress| {
        if let Progress::Item { .. } = progress {
            cancel.cancel();
        }
    };
    let run = Run { report: &after_the_first, cancel: cancel.clone() };
    let items = apply_all(&platform.engine, &plans, &run).await.unwrap();
    let told: Vec<_> = items.iter().map(|item| (item.subject.as_str(), item.operation.is_some())).collect();
    assert_eq!(told, [("globex", true), ("initech", false), ("umbrella", false)], "{items:?}");
    let made = "SELECT schema_name::text FROM public.tenants_tenant";
    assert_eq!(platform.lines(made).await, ["globex"]);
}

/// Four entries: a tenant and three domains.
async fn with_a_journal() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    for domain in ["one.example", "two.example", "three.example"] {
        platform.apply(add("globex", domain)).await.unwrap();
    }
    let state = check_journal(&platform.engine).await.unwrap();
    assert_eq!((state.entries, state.broken_at), (4, None));
    platform
}

#[tokio::test]
async fn whatever_is_done_to_the_journal_shows_and_where() {
    let platform = with_a_journal().await;
    let rehash = "UPDATE tenantry.operation o
                  SET hash = tenantry.operation_hash((SELECT hash FROM tenantry.operation WHERE seq = 1), o)
                  WHERE seq = 2";
    let edit = "UPDATE tenantry.operation SET plan = jsonb_set(plan, '{subject}', '\"acme\"') WHERE seq = 2";
    for (damage, first_wrong) in [
        (edit.to_owned(), 2),
        // Whoever knows how to hash is found out by the next entry.
        (format!("{edit}; {rehash}"), 3),
        ("UPDATE tenantry.operation SET applied_at = applied_at - interval '1 day' WHERE seq = 3".into(), 3),
        ("UPDATE tenantry.operation SET inverse = NULL WHERE seq = 4".into(), 4),
        ("DELETE FROM tenantry.operation WHERE seq = 1".into(), 2),
        ("DELETE FROM tenantry.operation WHERE seq = 2".into(), 3),
        ("DELETE FROM tenantry.operation WHERE seq = 4".into(), 4),
        ("DELETE FROM tenantry.operation".into(), 4),
        (
            "INSERT INTO tenantry.operation
          SELECT 5, gen_random_uuid(), kind, subject, actor, origin, applied_at, plan, inverse, hash
          FROM tenantry.operation WHERE seq = 4"
                .into(),
            5,
        ),
    ] {
        platform.execute("CREATE TABLE public.kept AS SELECT * FROM tenantry.operation").await;
        platform.execute(&damage).await;
        let state = check_journal(&platform.engine).await.unwrap();
        assert_eq!(state.broken_at, Some(first_wrong), "{damage}");
        platform
            .execute(
                "DELETE FROM tenantry.operation; INSERT INTO tenantry.operation SELECT * FROM public.kept;
                 DROP TABLE public.kept",
            )
            .await;
        assert_eq!(check_journal(&platform.engine).await.unwrap().broken_at, None, "the damage is undone");
    }
}

#[tokio::test]
async fn entries_are_answered_newest_first_and_no_more_than_asked_for() {
    let platform = with_a_journal().await;
    let newest = journal(&platform.engine, &Filter::newest(2)).await.unwrap();
    let told: Vec<_> =
        newest.iter().map(|e| (e.seq, e.kind.as_str(), e.subject.as_str(), e.actor.as_str())).collect();
    assert_eq!(told, [(4, "domain.add", "globex", "tenantry"), (3, "domain.add", "globex", "tenantry")]);
    assert!(newest[0].origin.starts_with("tests on "), "{}", newest[0].origin);
}

#[tokio::test]
async fn operations_that_end_at_once_are_still_one_chain() {
    let platform = with_a_journal().await;
    let mut plans = Vec::new();
    for n in 0..6 {
        plans.push(platform.plan(add("globex", &format!("parallel-{n}.example"))).await.unwrap());
    }
    // Each rests on the tenant's domains as they were, so one goes through and five are stale; again, then.
    while !plans.is_empty() {
        let mut work = Vec::new();
        for plan in plans.drain(..) {
            let engine = platform.engine.clone();
            work.push(tokio::spawn(async move { apply(&engine, &plan, &Run::silent()).await }));
        }
        let before = work.len();
        for outcome in work {
            match outcome.await.unwrap() {
                Ok(_) => {}
                Err(Error::Stale { fresh }) => plans.push(*fresh),
                Err(error) => panic!("{error:?}"),
            }
        }
        assert!(plans.len() < before, "at least one goes through in every round");
    }
    let state = check_journal(&platform.engine).await.unwrap();
    assert_eq!((state.entries, state.broken_at), (10, None));
}
