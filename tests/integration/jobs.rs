//! Work on many tenants: each item exactly once, whoever comes and goes meanwhile.

use std::sync::Mutex;

use tenantry_engine::catalog::{self, MakeRelease, SyncFleet};
use tenantry_engine::jobs::{self, Control, ItemState, JobId, JobState, NewItem};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, Progress, Run, plan};
use tenantry_engine::tenants::{SetActive, TenantRef, list};
use tokio::sync::mpsc::unbounded_channel;
use tokio_util::sync::CancellationToken;

use crate::console::Platform;
use crate::meanwhile::Open;
use crate::support::{execute, tenant, until};

fn creations(count: usize) -> Vec<NewItem> {
    let item = |n: usize| {
        let request =
            tenant(&format!("Tenant {n:03}"), &format!("tenant_{n:03}"), &format!("t{n:03}.example"));
        NewItem { subject: request.schema.clone(), intent: Intent::CreateTenant(request), plan_hash: None }
    };
    (1..=count).map(item).collect()
}

async fn created(platform: &Platform, count: usize) -> JobId {
    jobs::create(&platform.engine, &creations(count)).await.unwrap()
}

async fn tenants_of(platform: &Platform) -> usize {
    list(&platform.engine).await.unwrap().len()
}

#[tokio::test]
async fn every_item_is_done_once_and_is_in_the_journal() {
    let platform = Platform::new().await;
    let job = created(&platform, 6).await;
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.state, done.done, done.failed, done.total), (JobState::Finished, 6, 0, 6));
    assert!(done.rate.is_some() && done.finished_at.is_some());
    assert_eq!(tenants_of(&platform).await, 6);
    let recorded = platform
        .lines(
            "SELECT count(*)::text FROM tenantry.operation o JOIN tenantry.job_item i ON i.operation = o.id",
        )
        .await;
    assert_eq!(recorded, ["6"]);
}

#[tokio::test]
async fn one_failing_item_stops_no_other_and_is_the_only_one_tried_again() {
    let platform = Platform::new().await;
    platform.execute("CREATE SCHEMA tenant_030").await;
    let job = created(&platform, 60).await;
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.state, done.done, done.failed), (JobState::Finished, 59, 1));
    let items = jobs::items(&platform.engine, job).await.unwrap();
    let failed: Vec<_> = items.iter().filter(|item| item.state == ItemState::Failed).collect();
    assert_eq!(failed[0].subject, "tenant_030");
    assert!(failed[0].failure.as_ref().unwrap().contains("tenant_030 exists already"), "{failed:?}");

    platform.execute("DROP SCHEMA tenant_030").await;
    jobs::control(&platform.engine, job, Control::RetryFailed).await.unwrap();
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.state, done.done, done.failed), (JobState::Finished, 60, 0));
    let attempts = jobs::items(&platform.engine, job).await.unwrap();
    assert!(attempts.iter().all(|item| item.attempts == if item.subject == "tenant_030" { 2 } else { 1 }));
}

#[tokio::test]
async fn two_consoles_share_the_items_and_do_none_twice() {
    let platform = Platform::new().await;
    let job = created(&platform, 40).await;
    let other = tenantry_engine::Engine::open(&platform.connection, "another console").await.unwrap();
    let (silent, also) = (Run::silent(), Run::silent());
    let (one, two) = tokio::join!(jobs::work(&platform.engine, job, &silent), jobs::work(&other, job, &also));
    one.unwrap();
    two.unwrap();
    let done = jobs::find(&platform.engine, job).await.unwrap();
    assert_eq!((done.done, done.failed), (40, 0));
    let origins = platform
        .lines("SELECT DISTINCT split_part(origin, ' on ', 1) FROM tenantry.operation ORDER BY 1")
        .await;
    assert_eq!(origins, ["another console", "tests"]);
    let attempts = platform.lines("SELECT DISTINCT attempts::text FROM tenantry.job_item").await;
    assert_eq!(attempts, ["1"]);
    other.close().await.unwrap();
}

#[tokio::test]
async fn a_cancelled_job_stops_between_two_items_and_can_go_on() {
    let platform = Platform::new().await;
    let job = created(&platform, 10).await;
    let cancel = CancellationToken::new();
    let report = |progress| {
        if matches!(progress, Progress::Item { index: 3, .. }) {
            cancel.cancel();
        }
    };
    let run = Run { report: &report, cancel: cancel.clone() };
    let stopped = jobs::work(&platform.engine, job, &run).await.unwrap();
    assert_eq!((stopped.state, stopped.done, stopped.waiting()), (JobState::Running, 4, 6));
    let cancelled = jobs::control(&platform.engine, job, Control::Cancel).await.unwrap();
    assert_eq!(cancelled.state, JobState::Cancelled);
    let idle = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((idle.state, idle.done), (JobState::Cancelled, 4));

    jobs::control(&platform.engine, job, Control::Resume).await.unwrap();
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.state, done.done), (JobState::Finished, 10));
}

#[tokio::test]
async fn whoever_has_the_platform_open_works_on_its_jobs() {
    let platform = Platform::new().await;
    let cancel = CancellationToken::new();
    let worker = tokio::spawn({
        let (engine, cancel) = (platform.engine.clone(), cancel.clone());
        async move { jobs::attend(&engine, cancel).await }
    });
    let job = created(&platform, 5).await;
    until("the job is done", async || {
        jobs::find(&platform.engine, job).await.unwrap().state == JobState::Finished
    })
    .await;
    cancel.cancel();
    worker.await.unwrap();
    assert_eq!(tenants_of(&platform).await, 5);
}

#[tokio::test]
async fn an_item_whose_tenant_has_changed_since_its_plan_was_shown_fails() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    let intent = Intent::DeleteTenant(TenantRef { schema: SchemaName::existing("acme") });
    let shown = plan(&platform.engine, intent).await.unwrap();
    platform.execute("UPDATE tenants_tenant SET seats_allowed = 7").await;
    let job = jobs::create(&platform.engine, &[NewItem::from(&shown)]).await.unwrap();
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.done, done.failed), (0, 1));
    assert_eq!(tenants_of(&platform).await, 1);
}

#[tokio::test]
async fn an_item_with_nothing_to_do_is_done_without_an_operation() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    let intent = Intent::SetActive(SetActive { schema: SchemaName::existing("acme"), active: true });
    let item = NewItem { subject: "acme".into(), intent, plan_hash: None };
    let job = jobs::create(&platform.engine, &[item]).await.unwrap();
    assert_eq!(jobs::work(&platform.engine, job, &Run::silent()).await.unwrap().done, 1);
    assert_eq!(jobs::items(&platform.engine, job).await.unwrap()[0].operation, None);
}

#[tokio::test]
async fn a_tenant_whose_rows_are_locked_delays_only_itself() {
    let platform = Platform::new().await;
    for n in 1..=3 {
        platform.add_tenant(&format!("T{n}"), &format!("tt{n}"), &format!("t{n}.example")).await;
    }
    let mut holder = platform.session().await;
    execute(&mut holder, "BEGIN; SELECT FROM tenants_tenant WHERE schema_name = 'tt2' FOR UPDATE")
        .await
        .unwrap();
    let items: Vec<_> = (1..=3)
        .map(|n| {
            let schema = SchemaName::existing(format!("tt{n}"));
            let intent = Intent::SetActive(SetActive { schema, active: false });
            NewItem { subject: format!("tt{n}"), intent, plan_hash: None }
        })
        .collect();
    let job = jobs::create(&platform.engine, &items).await.unwrap();
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.done, done.failed), (2, 1));
    execute(&mut holder, "ROLLBACK").await.unwrap();
    jobs::control(&platform.engine, job, Control::RetryFailed).await.unwrap();
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.done, done.failed), (3, 0));
}

#[tokio::test]
async fn synchronisations_of_other_tenants_go_on_while_one_waits() {
    let platform = Platform::new().await;
    for n in 1..=3 {
        platform.add_tenant(&format!("T{n}"), &format!("tt{n}"), &format!("t{n}.example")).await;
    }
    platform
        .execute(
            "INSERT INTO tenantry.catalog_category (name, description) VALUES ('Mail', '');
             INSERT INTO tenantry.catalog_atom (slug, name, description, category) VALUES ('inbox', 'Inbox', '', 'Mail')",
        )
        .await;
    platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
    let held = Open::with(&platform, "SELECT FROM tenants_tenant WHERE schema_name = 'tt1' FOR UPDATE").await;
    let order = Mutex::new(Vec::new());
    let (tell, mut told) = unbounded_channel();
    let report = |progress| {
        if let Progress::Item { item, .. } = progress {
            order.lock().unwrap().push(item.subject);
            tell.send(()).unwrap();
        }
    };
    let items = catalog::sync_items(&platform.engine, &SyncFleet::default()).await.unwrap();
    let job = jobs::create(&platform.engine, &items).await.unwrap();
    let run = Run { report: &report, cancel: CancellationToken::new() };
    let let_go = async {
        for _ in 0..2 {
            told.recv().await.unwrap();
        }
        held.commit().await;
    };
    let (done, ()) = tokio::join!(jobs::work(&platform.engine, job, &run), let_go);
    assert_eq!(done.unwrap().done, 3);
    assert_eq!(order.into_inner().unwrap()[2], "tt1");
}

#[tokio::test]
async fn a_job_without_items_is_refused() {
    let platform = Platform::new().await;
    let before = platform.fingerprint().await;
    jobs::create(&platform.engine, &[]).await.unwrap_err();
    platform.assert_unchanged(&before).await;
}
