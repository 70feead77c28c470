//! A large platform that Django made, with one of every kind of object in its tenants: adopted, its tenant is cloned, and Django
//! goes on with the clone as with its own.

use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use tenantry_engine::blueprint::{Reason, UseBlueprint, choice, fingerprint, propose_reference_rows};
use tenantry_engine::connection::Connection;
use tenantry_engine::health::health;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Intent, Run};
use tenantry_engine::platform::{self, TableChoice};
use tenantry_engine::verify::{Verdict, verify};

use crate::support::{Database, tenant};

const TEMPLATE: &str = "t_1";
const PEER: &str = "t_2";
const CLONE: &str = "Cloned_Customer";
const HOST: &str = "cloned.example";

fn schema(name: &str) -> SchemaName {
    SchemaName::existing(name)
}

/// Runs the platform's Python; with `next`, as of its next release.
fn django(to: &Connection, next: bool, arguments: &[&str]) {
    let python = std::env::var_os("TENANTRY_DJANGO_PYTHON")
        .expect("TENANTRY_DJANGO_PYTHON names a Python with Django: run `cargo xtask test`, which makes one");
    let started = Instant::now();
    let mut command = Command::new(python);
    command.args(["-B", "-m"]).args(arguments);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/django"));
    command.env("PGHOST", &to.host).env("PGPORT", to.port.to_string()).env("PGUSER", &to.user);
    command.env("PGDATABASE", &to.database);
    command.env("TENANT_SCHEMA", CLONE).env("TENANT_HOST", HOST).env("PEER_SCHEMA", PEER);
    if next {
        command.env("NEXT_MIGRATION", "1");
    }
    let output = command.output().expect("the Python that TENANTRY_DJANGO_PYTHON names can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let last = said.trim_end().lines().last().unwrap_or_default();
    tell(started, &format!("{} {last}", arguments.join(" ")));
}

/// Past the test runner, which shows what a test prints only when it fails.
fn tell(since: Instant, what: &str) {
    let line = format!("{:5.2} s  {what}\n", since.elapsed().as_secs_f32());
    stdout().write_all(line.as_bytes()).unwrap();
}

#[tokio::test]
async fn a_clone_of_a_tenant_that_django_made_is_one_that_django_goes_on_with() {
    let database = Database::empty().await;
    let to = &database.connection;
    django(to, false, &["large.make_platform", "--tenants", "3", "--prefix", "t_"]);

    let tables = TableChoice::default();
    let plan = platform::adoption_plan(to, "tests", &tables).await.unwrap();
    let engine = platform::adopt(to, "tests", &tables, &plan.hash).await.unwrap();
    let apply = async |intent| {
        let plan = operations::plan(&engine, intent).await.unwrap();
        operations::apply(&engine, &plan, &Run::silent()).await.unwrap().plan
    };

    // What migrations wrote is proposed, and nothing of the tenants' own, which every table holds.
    let started = Instant::now();
    let proposed = propose_reference_rows(&engine, &schema(TEMPLATE)).await.unwrap();
    tell(started, "proposal");
    let tables: Vec<_> = proposed.iter().map(|p| (p.table.as_str(), p.rows, &p.reason)).collect();
    let ledger = proposed[0].of;
    let alike = &Reason::AlikeEverywhere { tenants: 2 };
    assert_eq!(
        tables,
        [
            ("django_migrations", ledger, &Reason::Ledger),
            ("registry_app", 1, alike),
            ("workspace_role", 3, alike),
            ("workspace_setting", 3, alike)
        ]
    );

    apply(Intent::UseBlueprint(UseBlueprint { template: Some(schema(TEMPLATE)), reference: None })).await;
    let chosen = choice(&engine).await.unwrap();
    assert_eq!(chosen.reference.len(), 4);
    let started = Instant::now();
    apply(Intent::CreateTenant(tenant("Cloned", CLONE, HOST))).await;
    tell(started, "clone");
    let like_the_template = async || {
        let clone = fingerprint(&engine, &schema(CLONE)).await.unwrap();
        clone == fingerprint(&engine, &schema(TEMPLATE)).await.unwrap()
    };
    assert!(like_the_template().await);

    let adopted = ["pytest", "--quiet", "large/test_adopted.py", "large/test_database_rules.py"];
    django(to, false, &adopted);
    sound(&engine).await;

    // The platform's next release, and everything once more.
    django(to, true, &["pytest", "--quiet", "large/test_next_migration.py"]);
    django(to, true, &adopted);
    assert!(like_the_template().await);
    sound(&engine).await;
}

/// Nothing is wrong with the clone.
async fn sound(engine: &tenantry_engine::Engine) {
    let report = verify(engine, Some(&[schema(CLONE)]), &Run::silent()).await.unwrap();
    let failed: Vec<_> =
        report.tenants[0].checks.iter().filter(|check| check.verdict == Verdict::Failed).collect();
    assert!(failed.is_empty(), "{failed:?}");
    let health = health(engine, Some(&schema(CLONE)), Some(&schema(TEMPLATE)), &Run::silent()).await.unwrap();
    assert_eq!(format!("{:?}", health.tenants[0].findings), "[]");
}
