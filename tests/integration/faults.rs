//! Whatever is killed when: a tenant exists whole, or not at all, and nobody is told otherwise.

use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;
use sqlx::{Connection as _, PgConnection};
use tenantry_engine::embedded::{Binaries, DataDir};
use tenantry_engine::operations::{Applied, Intent, Run, apply, check_journal, plan};
use tenantry_engine::tenants::CreateTenant;
use tenantry_engine::{Engine, Error, Result};
use tokio::task::JoinHandle;

use crate::support::server::{folder, lines};
use crate::support::{Database, tenant, until};
use crate::tool::{Answer, Tool};

/// Everything that a whole tenant has, counted.
const WHOLE: &str = "1 row, 2 domains, 1 schema, 10 tables, 13 keys, 22 ledger rows, 2 files, 1 operation";
const NOTHING: &str = "0 row, 0 domains, 0 schema, 0 tables, 0 keys, 0 ledger rows, 0 files, 0 operation";

async fn state(session: &mut PgConnection, schema: &str) -> sqlx::Result<String> {
    let ledger = format!("SELECT 'there' WHERE to_regclass('{schema}.django_migrations') IS NOT NULL");
    let ledger = if lines(session, &ledger).await?.is_empty() {
        "0".to_owned()
    } else {
        format!("(SELECT count(*) FROM {schema}.django_migrations)")
    };
    let query = format!(
        "SELECT format('%s row, %s domains, %s schema, %s tables, %s keys, %s ledger rows, %s files, %s operation',
            (SELECT count(*) FROM public.tenants_tenant WHERE schema_name = '{schema}'),
            (SELECT count(*) FROM public.tenants_domain
             WHERE domain IN ('{schema}.example', 'app.{schema}.example')),
            (SELECT count(*) FROM pg_namespace WHERE nspname = '{schema}'),
            (SELECT count(*) FROM pg_tables WHERE schemaname = '{schema}'),
            (SELECT count(*) FROM pg_constraint
             WHERE contype = 'f' AND connamespace = to_regnamespace('{schema}')),
            {ledger},
            (SELECT count(*) FROM tenantry.tenant_migration WHERE schema_name = '{schema}'),
            (SELECT count(*) FROM tenantry.operation WHERE subject = '{schema}'))"
    );
    Ok(lines(session, &query).await?.remove(0))
}

/// The sessions of that program that have written something and not committed.
async fn writing(session: &mut PgConnection, program: &str) -> Vec<String> {
    let query = format!(
        "SELECT pid::text FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = '{program}' AND backend_xid IS NOT NULL"
    );
    lines(session, &query).await.unwrap()
}

fn create(tenantry: &Tool, schema: &str) -> Child {
    let (name, domain) = (format!("--name={schema}"), format!("--domain={schema}.example"));
    let (schema, alias) = (format!("--schema={schema}"), format!("--alias=app.{schema}.example"));
    let mut command = tenantry.command(&["--json", "tenant", "create", &name, &schema, &domain, &alias]);
    command.stderr(Stdio::null()).spawn().unwrap()
}

#[tokio::test]
async fn a_program_that_is_killed_leaves_a_whole_tenant_or_nothing() {
    const MOMENTS: u32 = 20;
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    let mut watch = platform.session().await;
    let mut takes = Duration::MAX;
    for schema in ["cold", "warm"] {
        let started = Instant::now();
        assert!(create(&tenantry, schema).wait().unwrap().success());
        takes = takes.min(started.elapsed());
    }
    assert_eq!(state(&mut watch, "warm").await.unwrap(), WHOLE);

    let mut half_way = 0;
    let mut left = Vec::new();
    for moment in 0..MOMENTS {
        let schema = format!("victim{moment}");
        let mut victim = create(&tenantry, &schema);
        // It is the moment that is tried: they are spread over all that a creation does.
        tokio::time::sleep(takes * (2 * moment + 1) / (2 * MOMENTS)).await;
        half_way += writing(&mut watch, "tenantry").await.len();
        victim.kill().unwrap();
        victim.wait().unwrap();
        until("its session has ended", async || {
            let query = "SELECT pid::text FROM pg_stat_activity
                         WHERE datname = current_database() AND application_name = 'tenantry'";
            platform.lines(query).await.is_empty()
        })
        .await;
        left.push(state(&mut watch, &schema).await.unwrap());
    }
    let nothing = left.iter().filter(|state| *state == NOTHING).count();
    let whole = left.iter().filter(|state| *state == WHOLE).count();
    assert_eq!(nothing + whole, left.len(), "{left:#?}");
    assert!(
        nothing > 0 && half_way > 0,
        "{half_way} were killed half way, {nothing} left nothing, {whole} were whole"
    );
    assert_eq!(tenantry.done(&["verify"])["passed"], json!(true));
}

#[tokio::test]
async fn of_two_programs_that_create_the_same_tenant_one_does_and_the_other_is_told() {
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    let mut watch = platform.session().await;
    for round in 0..5 {
        let schema = format!("twin{round}");
        let twins = [create(&tenantry, &schema), create(&tenantry, &schema)];
        let answers = twins.map(|twin| Answer::from(twin.wait_with_output().unwrap()));
        assert_eq!(answers.each_ref().map(|answer| answer.code), [0, 0], "round {round}");
        let told = answers.map(|answer| answer.json());
        let mut created = told.each_ref().map(|answer| answer["created"].as_bool());
        created.sort_unstable();
        assert_eq!(created, [Some(false), Some(true)], "round {round}: {told:#?}");
        assert_eq!(told[0]["tenant"], told[1]["tenant"], "round {round}");
        assert_eq!(state(&mut watch, &schema).await.unwrap(), WHOLE, "round {round}");
    }
}

/// A private server that may be killed.
struct Mortal {
    engine: Engine,
    _folder: tempfile::TempDir,
}

impl Mortal {
    async fn new() -> Self {
        let folder = folder();
        let data = DataDir::at(folder.path().join("data"));
        let engine = Engine::open_private(data, Binaries::locate().unwrap(), "tests").await.unwrap();
        Self { engine, _folder: folder }
    }

    /// A session, as soon as one is to be had.
    async fn session(&self) -> PgConnection {
        let options =
            self.engine.private_server().unwrap().connect_options("platform").application_name("watch");
        let mut session = None;
        until("the server answers", async || {
            session = PgConnection::connect_with(&options).await.ok();
            session.is_some()
        })
        .await;
        session.unwrap()
    }

    async fn create(&self, schema: &str) -> JoinHandle<Result<Applied>> {
        let request = tenant(schema, schema, &format!("{schema}.example"));
        let request = CreateTenant { aliases: vec![format!("app.{schema}.example")], ..request };
        // The first session after a crash may still be one of before.
        let mut planned = None;
        until("it can be planned", async || {
            planned = plan(&self.engine, Intent::CreateTenant(request.clone())).await.ok();
            planned.is_some()
        })
        .await;
        let (engine, plan) = (self.engine.clone(), planned.unwrap());
        tokio::spawn(async move { apply(&engine, &plan, &Run::silent()).await })
    }

    /// What was said of the creation has to be what is.
    async fn judge(&self, said: Result<Applied>, schema: &str) -> bool {
        let mut found = None;
        // A session that is given out between the kill and the crash is gone with it.
        until("the state can be seen", async || {
            found = state(&mut self.session().await, schema).await.ok();
            found.is_some()
        })
        .await;
        let state = found.unwrap();
        let expected = match &said {
            Ok(_) => WHOLE,
            Err(Error::NoDatabase { .. }) => NOTHING,
            Err(error) => panic!("{error:?}, and there is {state}"),
        };
        assert_eq!(state, expected, "{said:?}");
        said.is_ok()
    }

    async fn end(self) {
        assert_eq!(check_journal(&self.engine).await.unwrap().broken_at, None);
        self.engine.close().await.unwrap();
    }
}

fn kill(pid: &str) {
    kill_process(Pid::from_raw(pid.parse().unwrap()).unwrap(), Signal::KILL).unwrap();
}

#[tokio::test]
async fn a_server_that_is_killed_comes_back_with_whole_tenants_and_no_halves() {
    const MOMENTS: u32 = 4;
    let mortal = Mortal::new().await;
    mortal.create("cold").await.await.unwrap().unwrap();
    let work = mortal.create("warm").await;
    let started = Instant::now();
    work.await.unwrap().unwrap();
    let takes = started.elapsed();

    for moment in 0..MOMENTS {
        let schema = format!("victim{moment}");
        let work = mortal.create(&schema).await;
        tokio::time::sleep(takes * moment / MOMENTS).await;
        kill(&mortal.engine.private_server().unwrap().pid().unwrap().to_string());
        mortal.judge(work.await.unwrap(), &schema).await;
    }
    mortal.end().await;
}

#[tokio::test]
async fn a_session_that_is_killed_half_way_leaves_nothing() {
    let mortal = Mortal::new().await;
    for round in 0..3 {
        let schema = format!("victim{round}");
        let mut watch = mortal.session().await;
        let work = mortal.create(&schema).await;
        let mut half_way = Vec::new();
        until("it has written something", async || {
            half_way = writing(&mut watch, "tests").await;
            !half_way.is_empty() || work.is_finished()
        })
        .await;
        // The server ends every session then, and recovers.
        for pid in half_way {
            kill(&pid);
        }
        drop(watch.close().await);
        assert!(!mortal.judge(work.await.unwrap(), &schema).await, "round {round} was met half way");
    }
    mortal.end().await;
}
