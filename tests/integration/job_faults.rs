//! Work on many tenants, whatever is killed, collides or is locked meanwhile.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::{Value, json};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};

use crate::support::server::{folder, lines};
use crate::support::{Database, execute, until};
use crate::tool::{Answer, Tool};

const TENANTS: usize = 60;

/// A file of that many tenants.
fn sixty(folder: &Path) -> String {
    let row = |n| format!("Tenant {n:03},tenant_{n:03},t{n:03}.example,app.t{n:03}.example\n");
    let rows: String = (1..=TENANTS).map(row).collect();
    let path = folder.join("sixty.csv");
    std::fs::write(&path, format!("name,schema,domain,aliases\n{rows}")).unwrap();
    path.display().to_string()
}

fn start(tenantry: &Tool, arguments: &[&str]) -> Child {
    let mut command = tenantry.command(&[&["--json"], arguments].concat());
    command.stderr(Stdio::null()).spawn().unwrap()
}

fn count(job: &Value, what: &str) -> u64 {
    job[what].as_u64().unwrap()
}

/// How far the one job is, as somebody sees it who looks into the private server of a program that runs.
struct Sight {
    server: String,
    job: String,
    done: u32,
    /// An item is under way.
    writing: bool,
}

impl Sight {
    /// `None` while there is no server but the one before, or no job.
    async fn of(cluster: &Path, server_before: &str) -> Option<Self> {
        let file = std::fs::read_to_string(cluster.join("postmaster.pid")).ok()?;
        let mut file = file.lines();
        let (server, socket) = (file.next()?.to_owned(), file.nth(3)?.to_owned());
        if server == server_before {
            return None;
        }
        let options = PgConnectOptions::new_without_pgpass().socket(socket);
        let options = options.username("tenantry").database("platform").application_name("watch");
        let mut session = PgConnection::connect_with(&options).await.ok()?;
        let query =
            "SELECT format('%s %s %s', j.id, (SELECT count(*) FROM tenantry.job_item WHERE state = 'done'),
                                   (SELECT count(*) FROM pg_stat_activity
                                    WHERE application_name = 'tenantry' AND backend_xid IS NOT NULL))
                     FROM tenantry.job j";
        let line = lines(&mut session, query).await.ok()?.pop()?;
        let [job, done, writing] = line.split(' ').collect::<Vec<_>>().try_into().ok()?;
        Some(Self { server, job: job.into(), done: done.parse().ok()?, writing: writing != "0" })
    }

    async fn until_there(cluster: &Path, server_before: &str) -> Self {
        let mut sight = None;
        until("the program has opened its server, and there is a job", async || {
            sight = Self::of(cluster, server_before).await;
            sight.is_some()
        })
        .await;
        sight.unwrap()
    }
}

/// The private server belongs to the program, so it goes with it each time.
#[tokio::test]
async fn a_job_whose_program_is_killed_fifty_times_does_every_tenant_once() {
    const KILLS: u32 = 50;
    /// What is to be done at the last of them. The job has to outlive them all.
    const DONE: u32 = 50;
    let seed: u64 = rand::random();
    println!("seed {seed}");
    let mut random = StdRng::seed_from_u64(seed);
    let folder = folder();
    let tenantry = Tool::in_folder(&folder.path().join("data"));
    let cluster = folder.path().join("data/postgres");
    let file = sixty(folder.path());
    tenantry.done(&["status"]);

    let mut last = Sight { server: String::new(), job: String::new(), done: 0, writing: false };
    let (mut half_way, mut reach) = (0, 0.2);
    for kill in 1..=KILLS {
        let mut victim = match last.job.as_str() {
            "" => start(&tenantry, &["tenant", "create-many", &file]),
            job => start(&tenantry, &["job", "resume", job]),
        };
        // It is the moment that is tried. Every fifth time it is before the work has begun.
        if kill % 5 == 0 {
            tokio::time::sleep(Duration::from_secs_f64(random.random_range(0.0..0.3))).await;
        } else {
            let opened = Sight::until_there(&cluster, &last.server).await;
            tokio::time::sleep(Duration::from_secs_f64(random.random_range(0.0..reach))).await;
            last = Sight::of(&cluster, "").await.unwrap_or(opened);
            half_way += u32::from(last.writing);
            let ahead = last.done * KILLS > kill * DONE;
            reach *= if ahead { 0.8 } else { 1.2 };
        }
        victim.kill().unwrap();
        victim.wait().unwrap();
    }
    println!("{} were done after {KILLS} kills; {half_way} of them met an item half way", last.done);
    assert!(half_way > 0 && last.done > 0, "no kill met the work");

    let (code, finished) = tenantry.json(&["job", "resume", &last.job]);
    let told = |what| count(&finished["job"], what);
    assert_eq!((code, told("done"), told("failed"), told("total")), (0, 60, 0, 60));
    let items = finished["items"].as_array().unwrap();
    let operations: BTreeSet<_> = items.iter().filter_map(|item| item["operation"].as_str()).collect();
    assert_eq!(operations.len(), TENANTS, "each item is an operation of its own");
    assert!(items.iter().all(|item| item["attempts"] == 1), "none was marked twice");
    assert_eq!(tenantry.done(&["tenant", "list"])["tenants"].as_array().unwrap().len(), TENANTS);
    let verified = tenantry.done(&["verify"]);
    assert_eq!(verified["passed"], json!(true));
    let chain = json!({ "evidence": "journal_intact", "entries": TENANTS });
    let platform = verified["report"]["platform"].as_array().unwrap();
    let evidence = platform.iter().flat_map(|check| check["evidence"].as_array().unwrap());
    assert!(evidence.into_iter().any(|evidence| *evidence == chain), "{platform:#?}");
}

#[tokio::test]
async fn a_tenant_whose_name_collides_is_reported_and_tried_again_alone() {
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    let folder = folder();
    let file = sixty(folder.path());
    // Nobody else sees the schema until this commits.
    let mut rival = platform.session().await;
    execute(&mut rival, "BEGIN; CREATE SCHEMA tenant_030").await.unwrap();
    let work = start(&tenantry, &["tenant", "create-many", &file]);
    until("the job is written down", async || {
        !platform.lines("SELECT id::text FROM tenantry.job").await.is_empty()
    })
    .await;
    execute(&mut rival, "COMMIT").await.unwrap();

    let answer = Answer::from(work.wait_with_output().unwrap());
    let told = answer.json();
    let counts = |told: &Value| ["done", "failed", "total"].map(|what| count(&told["job"], what));
    assert_eq!((answer.code, counts(&told)), (1, [59, 1, 60]), "{told:#}");
    let items = told["items"].as_array().unwrap();
    let failed: Vec<_> = items.iter().filter(|item| item["state"] == "failed").collect();
    assert_eq!(failed[0]["subject"], "tenant_030");
    assert!(failed[0]["failure"].as_str().unwrap().contains("exists already"), "{failed:?}");

    platform.execute("DROP SCHEMA tenant_030").await;
    let retried = tenantry.done(&["job", "retry", told["job"]["id"].as_str().unwrap()]);
    assert_eq!(counts(&retried), [60, 0, 60]);
    for item in retried["items"].as_array().unwrap() {
        let expected = if item["subject"] == "tenant_030" { 2 } else { 1 };
        assert_eq!(item["attempts"], expected, "{item}");
    }
    let entries = platform.lines("SELECT count(*)::text FROM tenantry.operation").await;
    assert_eq!(entries, ["60"]);
    assert_eq!(tenantry.done(&["verify"])["passed"], json!(true));
}

#[tokio::test]
async fn taking_a_job_back_goes_on_where_its_program_was_killed() {
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    let folder = folder();
    let made = tenantry.done(&["tenant", "create-many", &sixty(folder.path())]);
    let job = made["job"]["id"].as_str().unwrap();
    let before = platform.fingerprint().await;
    let planned = tenantry.done(&["job", "undo", job, "--plan"]);
    assert_eq!(planned["undo"]["counts"]["ready"], json!(TENANTS));
    platform.assert_unchanged(&before).await;

    let mut victim = start(&tenantry, &["job", "undo", job]);
    until("some have come back", async || {
        let done = "SELECT count(*)::text FROM tenantry.operation WHERE kind = 'undo'";
        platform.lines(done).await[0].parse::<usize>().unwrap() > 5
    })
    .await;
    victim.kill().unwrap();
    victim.wait().unwrap();
    let (code, error) = tenantry.error(&["job", "undo", job]);
    assert_eq!((code, &error["why"]), (1, &json!("nothing_to_undo")), "the rest waits in the job: {error:#}");

    let undo = &tenantry.done(&["jobs"])["jobs"][0];
    let (done, total) = (count(undo, "done"), count(undo, "total"));
    assert!(done > 5 && done < total, "killed half way: {undo:#}");
    let finished = tenantry.done(&["job", "resume", undo["id"].as_str().unwrap()]);
    let told = |what| count(&finished["job"], what);
    assert_eq!((told("done"), told("failed"), told("total")), (60, 0, 60));
    assert!(finished["items"].as_array().unwrap().iter().all(|item| item["attempts"] == 1));
    assert_eq!(tenantry.done(&["tenant", "list"])["tenants"], json!([]));
    assert_eq!(tenantry.done(&["tenant", "trash"])["tenants"].as_array().unwrap().len(), TENANTS);
}

/// Reads the users again and again for a while, and says how long the longest took.
async fn longest_read(session: &mut PgConnection, time: Duration) -> Duration {
    let (until, mut longest) = (Instant::now() + time, Duration::ZERO);
    while Instant::now() < until {
        let asked = Instant::now();
        lines(session, "SELECT count(*)::text FROM public.accounts_user").await.unwrap();
        longest = longest.max(asked.elapsed());
    }
    longest
}

#[tokio::test]
async fn while_a_shared_table_is_locked_readers_go_on_and_the_work_completes_afterwards() {
    const HELD: Duration = Duration::from_secs(5);
    /// Many times what an attempt may wait, for a slow machine, and far below what they would wait for its end.
    const BOUND: Duration = Duration::from_secs(1);
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    tenantry.done(&["tenant", "create", "--name=Gone", "--domain=gone.example"]);
    tenantry.done(&["tenant", "delete", "gone"]);
    let (mut holder, mut reader) = (platform.session().await, platform.session().await);
    // Somebody has written to the users and not committed yet.
    execute(&mut holder, "BEGIN; LOCK TABLE public.accounts_user IN ROW EXCLUSIVE MODE").await.unwrap();
    let mut work = [
        start(&tenantry, &["tenant", "create", "--name=New", "--domain=new.example"]),
        start(&tenantry, &["tenant", "purge", "gone"]),
    ];
    let meanwhile = longest_read(&mut reader, HELD).await;
    assert!(work.iter_mut().all(|work| work.try_wait().unwrap().is_none()), "both wait for the table");
    execute(&mut holder, "COMMIT").await.unwrap();
    let after = longest_read(&mut reader, Duration::from_secs(1)).await;
    println!("the longest read took {meanwhile:?} while it was locked, and {after:?} afterwards");
    assert!(meanwhile < BOUND && after < BOUND, "{meanwhile:?}, {after:?}");
    assert!(meanwhile > Duration::from_millis(20), "no read met an attempt: {meanwhile:?} was the longest");
    for work in work {
        let answer = Answer::from(work.wait_with_output().unwrap());
        assert_eq!(answer.code, 0, "{}", answer.stdout);
    }
    let schemas =
        "SELECT nspname::text FROM pg_namespace WHERE nspname IN ('new', 'gone') OR nspname LIKE '%trash%'";
    assert_eq!(platform.lines(schemas).await, ["new"]);
    assert_eq!(tenantry.done(&["verify"])["passed"], json!(true));
}
