//! Bringing a fleet to a release, whatever is killed, fails, is locked or is done twice meanwhile.

use std::collections::BTreeSet;
use std::process::{Child, Stdio};

use serde_json::{Value, json};

use crate::support::server::folder;
use crate::support::{Database, execute, until};
use crate::tool::{Answer, Tool};

const TENANTS: usize = 30;
/// Atoms of the release, so that an item takes its time.
const ATOMS: usize = 300;

/// A fleet that has nothing of the one release.
async fn fleet() -> (Database, Tool) {
    let platform = Database::new().await;
    let tenantry = Tool::on(&platform.connection);
    let folder = folder();
    let path = folder.path().join("tenants.csv");
    let row = |n| format!("Tenant {n:02},t_{n:02},t{n:02}.example\n");
    let rows: String = (1..=TENANTS).map(row).collect();
    std::fs::write(&path, format!("name,schema,domain\n{rows}")).unwrap();
    tenantry.done(&["tenant", "create-many", &path.display().to_string()]);
    let master = format!(
        "INSERT INTO tenantry.catalog_category (name, description) VALUES ('Mail', '');
         INSERT INTO tenantry.catalog_atom (slug, name, description, category)
         SELECT 'atom-' || n, 'Atom ' || n, '', 'Mail' FROM generate_series(1, {ATOMS}) n;
         INSERT INTO tenantry.catalog_version (slug, version, release_date, release_notes, config_schema, is_active)
         SELECT 'atom-' || n, '1.0', '2026-01-01', '', '{{}}', true FROM generate_series(1, {ATOMS}) n"
    );
    platform.execute(&master).await;
    tenantry.done(&["catalog", "release"]);
    (platform, tenantry)
}

fn start(tenantry: &Tool, arguments: &[&str]) -> Child {
    let mut command = tenantry.command(&[&["--json"], arguments].concat());
    command.stderr(Stdio::null()).spawn().unwrap()
}

fn counts(told: &Value) -> [u64; 3] {
    ["done", "failed", "total"].map(|what| told["job"][what].as_u64().unwrap())
}

async fn synchronised(platform: &Database) -> usize {
    platform.lines("SELECT schema_name FROM tenantry.catalog_copy").await.len()
}

/// Every tenant but these was synchronised once, has every row once, and the journal tells it.
async fn assert_done_once(platform: &Database, tenantry: &Tool, but: &[&str]) {
    let fleet = tenantry.done(&["catalog", "status", "--deep"]);
    for copy in fleet["tenants"].as_array().unwrap() {
        let expected = if but.contains(&copy["schema"].as_str().unwrap()) { "unknown" } else { "in_step" };
        assert_eq!(copy["state"], expected, "{copy}");
    }
    let once = TENANTS - but.len();
    let told = "SELECT format('%s %s %s', count(*), count(DISTINCT subject), (SELECT count(*) FROM tenantry.catalog_receipt))
                FROM tenantry.operation WHERE kind = 'catalog.sync'";
    assert_eq!(platform.lines(told).await, [format!("{once} {once} {once}")]);
    assert_eq!(tenantry.done(&["verify"])["passed"], json!(true));
}

#[tokio::test]
async fn a_synchronisation_that_is_killed_again_and_again_does_every_tenant_once() {
    let (platform, tenantry) = fleet().await;
    let mut killed_at = BTreeSet::new();
    let mut job = String::new();
    for round in 1..=9 {
        let before = synchronised(&platform).await;
        let mut victim = match job.as_str() {
            "" => start(&tenantry, &["catalog", "sync"]),
            job => start(&tenantry, &["job", "resume", job]),
        };
        until("it has done some more", async || synchronised(&platform).await >= before + 2).await;
        victim.kill().unwrap();
        victim.wait().unwrap();
        job = platform.lines("SELECT id::text FROM tenantry.job WHERE kind = 'catalog.sync'").await.remove(0);
        killed_at.insert(synchronised(&platform).await);
        assert!(synchronised(&platform).await < TENANTS, "all was done before kill {round}");
    }
    assert_eq!(killed_at.len(), 9, "each kill met it somewhere else: {killed_at:?}");
    let finished = tenantry.done(&["job", "resume", &job]);
    assert_eq!(counts(&finished), [30, 0, 30]);
    assert!(finished["items"].as_array().unwrap().iter().all(|item| item["attempts"] == 1));
    assert_done_once(&platform, &tenantry, &[]).await;
}

#[tokio::test]
async fn a_tenant_that_fails_is_named_and_tried_again_alone() {
    let (platform, tenantry) = fleet().await;
    platform
        .execute(
            "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'not here'; END$$;
             CREATE TRIGGER own BEFORE INSERT ON t_07.atoms_atom FOR EACH ROW EXECUTE FUNCTION public.refuse()",
        )
        .await;
    let (code, told) = tenantry.json(&["catalog", "sync"]);
    assert_eq!((code, counts(&told)), (1, [29, 1, 30]));
    let failed: Vec<_> =
        told["items"].as_array().unwrap().iter().filter(|item| item["state"] == "failed").collect();
    assert_eq!(failed[0]["subject"], "t_07");
    assert!(failed[0]["failure"].as_str().unwrap().contains("not here"), "{failed:?}");
    platform.execute("DROP FUNCTION public.refuse() CASCADE").await;
    let retried = tenantry.done(&["job", "retry", told["job"]["id"].as_str().unwrap()]);
    assert_eq!(counts(&retried), [30, 0, 30]);
    assert_done_once(&platform, &tenantry, &[]).await;
}

#[tokio::test]
async fn a_tenant_that_somebody_has_locked_does_not_keep_the_others_waiting() {
    // Once against whoever writes, and once against whoever even looks.
    for mode in ["ROW EXCLUSIVE", "ACCESS EXCLUSIVE"] {
        let (platform, tenantry) = fleet().await;
        let mut holder = platform.session().await;
        execute(&mut holder, &format!("BEGIN; LOCK TABLE t_03.atoms_atom IN {mode} MODE")).await.unwrap();
        let (code, told) = tenantry.json(&["catalog", "sync"]);
        assert_eq!(code, 1, "{told:#}");
        assert_eq!(synchronised(&platform).await, TENANTS - 1, "{mode}");
        let items = told["items"].as_array().unwrap();
        let why = &items.iter().find(|item| item["state"] == "failed").unwrap()["failure"];
        assert!(why.as_str().unwrap().contains("locked"), "{mode}: {why}");
        execute(&mut holder, "COMMIT").await.unwrap();
        tenantry.done(&["catalog", "sync", "--by-receipts"]);
        assert_done_once(&platform, &tenantry, &[]).await;
    }
}

#[tokio::test]
async fn of_two_consoles_at_once_neither_does_twice_what_the_other_does() {
    let (platform, tenantry) = fleet().await;
    let work = [start(&tenantry, &["catalog", "sync"]), start(&tenantry, &["catalog", "sync"])];
    for work in work {
        // Whoever comes second to a tenant finds it done, or that its plan is of yesterday.
        let answer = Answer::from(work.wait_with_output().unwrap());
        assert!(answer.code == 0 || answer.code == 1, "{}", answer.stdout);
    }
    assert_done_once(&platform, &tenantry, &[]).await;
}

#[tokio::test]
async fn two_consoles_share_one_job() {
    let (platform, tenantry) = fleet().await;
    let first = start(&tenantry, &["catalog", "sync"]);
    until("there is a job", async || {
        !platform.lines("SELECT id::text FROM tenantry.job WHERE kind = 'catalog.sync'").await.is_empty()
    })
    .await;
    let job = platform.lines("SELECT id::text FROM tenantry.job WHERE kind = 'catalog.sync'").await.remove(0);
    let second = start(&tenantry, &["job", "resume", &job]);
    for work in [first, second] {
        let answer = Answer::from(work.wait_with_output().unwrap());
        assert_eq!(answer.code, 0, "{}", answer.stdout);
    }
    let told = tenantry.done(&["job", "show", &job]);
    assert_eq!(counts(&told), [30, 0, 30]);
    assert!(told["items"].as_array().unwrap().iter().all(|item| item["attempts"] == 1));
    assert_done_once(&platform, &tenantry, &[]).await;
}
