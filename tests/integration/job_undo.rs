//! A whole job is taken back in one step: what can come back does, and the rest is told of.

use tenantry_engine::Error;
use tenantry_engine::error::Refusal;
use tenantry_engine::jobs::{self, ItemState, Job, JobId, JobState, NewItem, UndoCounts, UndoVerdict};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, OperationId, Run, UndoOperation};
use tenantry_engine::tenants::{PurgeTenant, RenameTenant, SetActive, TenantRef, list, trash};

use crate::console::Platform;
use crate::support::tenant;

fn schema(n: usize) -> SchemaName {
    SchemaName::existing(format!("tenant_{n}"))
}

fn creation(n: usize) -> Intent {
    Intent::CreateTenant(tenant(&format!("Tenant {n}"), &format!("tenant_{n}"), &format!("t{n}.example")))
}

fn suspension(n: usize) -> Intent {
    Intent::SetActive(SetActive { schema: schema(n), active: false })
}

fn deletion(n: usize) -> Intent {
    Intent::DeleteTenant(TenantRef { schema: schema(n) })
}

fn undo(operation: OperationId) -> Intent {
    Intent::Undo(UndoOperation { operation })
}

async fn created(platform: &Platform, count: usize, intent: impl Fn(usize) -> Intent) -> JobId {
    let item = |n| NewItem { subject: schema(n).to_string(), intent: intent(n), plan_hash: None };
    let items: Vec<_> = (1..=count).map(item).collect();
    jobs::create(&platform.engine, &items).await.unwrap()
}

async fn done(platform: &Platform, count: usize, intent: impl Fn(usize) -> Intent) -> JobId {
    let job = created(platform, count, intent).await;
    assert_eq!(worked(platform, job).await.failed, 0);
    job
}

async fn worked(platform: &Platform, job: JobId) -> Job {
    let job = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!(job.state, JobState::Finished);
    job
}

async fn taken_back(platform: &Platform, job: JobId) -> (JobId, Job) {
    let undo = jobs::undo(&platform.engine, job).await.unwrap();
    (undo, worked(platform, undo).await)
}

/// The operation of the nth item.
async fn operation(platform: &Platform, job: JobId, n: usize) -> OperationId {
    jobs::items(&platform.engine, job).await.unwrap()[n - 1].operation.unwrap()
}

async fn counts(platform: &Platform, job: JobId) -> UndoCounts {
    jobs::plan_undo(&platform.engine, job).await.unwrap().counts
}

async fn why(platform: &Platform, job: JobId) -> Refusal {
    match jobs::undo(&platform.engine, job).await {
        Err(Error::Refused { why, .. }) => why,
        other => panic!("{other:?}"),
    }
}

async fn active(platform: &Platform) -> Vec<String> {
    let tenants = list(&platform.engine).await.unwrap();
    tenants.into_iter().filter(|tenant| tenant.is_active).map(|tenant| tenant.schema.to_string()).collect()
}

#[tokio::test]
async fn tenants_made_by_a_job_go_in_one_step_without_the_one_that_was_taken_back_before() {
    let platform = Platform::new().await;
    let job = done(&platform, 5, creation).await;
    let by = platform.apply(undo(operation(&platform, job, 3).await)).await.unwrap().operation.unwrap();

    let before = platform.fingerprint().await;
    let plan = jobs::plan_undo(&platform.engine, job).await.unwrap();
    platform.assert_unchanged(&before).await;
    assert_eq!(plan.counts, UndoCounts { ready: 4, already_undone: 1, ..UndoCounts::default() });
    let subjects: Vec<_> = plan.items.iter().map(|item| item.subject.as_str()).collect();
    assert_eq!(subjects, ["tenant_5", "tenant_4", "tenant_3", "tenant_2", "tenant_1"], "the last one first");
    assert_eq!(plan.items[2].verdict, UndoVerdict::AlreadyUndone { by });

    let (undo, told) = taken_back(&platform, job).await;
    assert_eq!((told.kind.as_str(), told.done, told.failed, told.total), ("undo", 4, 0, 4));
    let items = jobs::items(&platform.engine, undo).await.unwrap();
    let subjects: Vec<_> = items.iter().map(|item| item.subject.as_str()).collect();
    assert_eq!(subjects, ["tenant_5", "tenant_4", "tenant_2", "tenant_1"]);
    assert!(list(&platform.engine).await.unwrap().is_empty());
    assert_eq!(trash(&platform.engine).await.unwrap().len(), 5);
}

#[tokio::test]
async fn deleted_tenants_come_back_as_they_were_and_taking_that_back_deletes_them_again() {
    let platform = Platform::new().await;
    done(&platform, 3, creation).await;
    let before = platform.fingerprint().await;
    let job = done(&platform, 3, deletion).await;
    assert!(list(&platform.engine).await.unwrap().is_empty());
    let (undone, _) = taken_back(&platform, job).await;
    let mut left = platform.fingerprint().await.differences(&before);
    left.retain(|what| {
        !what.contains("job") && !["operation", "journal_head", "assignment"].contains(&what.as_str())
    });
    assert_eq!(left, Vec::<String>::new());

    assert_eq!(why(&platform, job).await, Refusal::NothingToUndo, "each is taken back once");
    let (_, redone) = taken_back(&platform, undone).await;
    assert_eq!((redone.done, redone.failed), (3, 0));
    assert!(list(&platform.engine).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_cannot_come_back_any_more_is_reported_and_the_rest_comes_back() {
    let platform = Platform::new().await;
    done(&platform, 4, creation).await;
    let job = done(&platform, 4, suspension).await;
    // Since then somebody has given one another schema name, and let another go on.
    let rename = |from: &str, to: &str| {
        let schema = SchemaName::existing(from);
        Intent::RenameTenant(RenameTenant { schema, new_schema: Some(to.into()), new_name: None })
    };
    platform.apply(rename("tenant_2", "elsewhere")).await.unwrap();
    platform.execute("UPDATE tenants_tenant SET is_active = true WHERE schema_name = 'tenant_3'").await;

    let plan = jobs::plan_undo(&platform.engine, job).await.unwrap();
    assert_eq!(plan.counts, UndoCounts { ready: 2, nothing: 1, refused: 1, ..UndoCounts::default() });
    assert_eq!(plan.planned, 4);
    let UndoVerdict::Refused { reason } = &plan.items[2].verdict else { panic!("{plan:?}") };
    assert!(reason.contains("tenant_2"), "{reason}");

    let (undo, told) = taken_back(&platform, job).await;
    assert_eq!((told.done, told.failed), (3, 1));
    let items = jobs::items(&platform.engine, undo).await.unwrap();
    assert_eq!((items[2].state, items[2].failure.as_ref()), (ItemState::Failed, Some(reason)));
    assert_eq!((items[1].state, items[1].operation), (ItemState::Done, None), "there was nothing to do");
    assert_eq!(active(&platform).await, ["tenant_1", "tenant_3", "tenant_4"]);

    // When nothing is in the way any more, only that one is tried again.
    platform.apply(rename("elsewhere", "tenant_2")).await.unwrap();
    jobs::control(&platform.engine, undo, jobs::Control::RetryFailed).await.unwrap();
    assert_eq!(worked(&platform, undo).await.done, 4);
    assert_eq!(active(&platform).await.len(), 4);
}

#[tokio::test]
async fn what_has_no_inverse_is_counted_and_left_out() {
    let platform = Platform::new().await;
    done(&platform, 2, creation).await;
    done(&platform, 2, deletion).await;
    let job = done(&platform, 2, |n| Intent::PurgeTenant(PurgeTenant { schema: schema(n) })).await;
    assert_eq!(counts(&platform, job).await, UndoCounts { no_inverse: 2, ..UndoCounts::default() });
    let before = platform.fingerprint().await;
    assert_eq!(why(&platform, job).await, Refusal::NothingToUndo);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_job_that_is_stopped_is_taken_back_as_far_as_it_came_and_not_while_it_runs() {
    let platform = Platform::new().await;
    let job = created(&platform, 4, creation).await;
    assert_eq!(why(&platform, job).await, Refusal::JobRunning);
    let cancel = tokio_util::sync::CancellationToken::new();
    let report = |_| cancel.cancel();
    let run = Run { report: &report, cancel: cancel.clone() };
    jobs::work(&platform.engine, job, &run).await.unwrap();
    jobs::control(&platform.engine, job, jobs::Control::Cancel).await.unwrap();
    let (_, told) = taken_back(&platform, job).await;
    assert_eq!((told.done, told.total), (1, 1));
    assert!(list(&platform.engine).await.unwrap().is_empty());
    let unknown = JobId(uuid::Uuid::from_u128(1));
    assert_eq!(why(&platform, unknown).await, Refusal::NoSuchJob);
}

#[tokio::test]
async fn two_consoles_that_take_a_job_back_at_once_make_one_job_of_it() {
    let platform = Platform::new().await;
    let job = done(&platform, 3, creation).await;
    let other = tenantry_engine::Engine::open(&platform.connection, "another console").await.unwrap();
    let (one, two) = tokio::join!(jobs::undo(&platform.engine, job), jobs::undo(&other, job));
    let (made, refused): (Vec<_>, Vec<_>) = [one, two].into_iter().partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (1, 1), "{refused:?}");
    assert_eq!(counts(&platform, job).await, UndoCounts { under_way: 3, ..UndoCounts::default() });
    other.close().await.unwrap();

    // What was cancelled before its turn can be taken back after all.
    let made = *made[0].as_ref().unwrap();
    jobs::control(&platform.engine, made, jobs::Control::Cancel).await.unwrap();
    assert_eq!(taken_back(&platform, job).await.1.done, 3);
}
