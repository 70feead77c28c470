//! The platform's own application, a Django project, finds what it would have made itself.

use std::io::{Write as _, stdout};
use std::path::Path;
use std::process::Command;

use tenantry_engine::catalog::{
    CatalogSource, CopyState, MakeRelease, OnConflict, SyncCatalog, compare_fleet,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, Run};
use tenantry_engine::tenants::CreateTenant;

use crate::console::Platform;
use crate::support::tenant;

#[tokio::test]
async fn django_finds_nothing_to_do_and_works_with_what_it_finds() {
    let platform = Platform::new().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    let aliases = vec!["localhost".into(), "127.0.0.1".into(), "münchen.example".into()];
    let request =
        CreateTenant { aliases, ..tenant("Quant Matrix AI", "Quant_Matrix_AI_Schema", "quantmatrix.ai") };
    platform.apply(Intent::CreateTenant(request)).await.unwrap();
    platform.add_tenant("Acme Foods", "acme_foods", "acme-foods.example").await;

    let mut pytest = django(&platform, &["-m", "pytest", "--quiet"]);
    pytest.env("TENANT_SCHEMA", "Quant_Matrix_AI_Schema").env("TENANT_HOST", "quantmatrix.ai");
    pytest.env("TENANT_ALIASES", "localhost,127.0.0.1,xn--mnchen-3ya.example");
    passes(pytest);
}

/// Python in the folder of the Django project, with the platform as its database.
fn django(platform: &Platform, arguments: &[&str]) -> Command {
    let python = std::env::var_os("TENANTRY_DJANGO_PYTHON")
        .expect("TENANTRY_DJANGO_PYTHON names a Python with Django: run `cargo xtask test`, which makes one");
    let to = &platform.connection;
    let mut command = Command::new(python);
    command.arg("-B").args(arguments);
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/django"));
    command.env("PGHOST", &to.host).env("PGPORT", to.port.to_string()).env("PGUSER", &to.user);
    command.env("PGDATABASE", &to.database);
    command
}

fn passes(mut command: Command) {
    let output = command.output().expect("the Python that TENANTRY_DJANGO_PYTHON names can be run");
    let said = String::from_utf8_lossy(&output.stdout);
    // Past the test runner, which shows what a test prints only when it fails.
    let mut out = stdout();
    writeln!(out, "{}", said.trim_end().lines().last().unwrap_or_default()).unwrap();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

/// The second release of [`RELEASES`], as Django would say it.
const SECOND: &str = r#"{
    "categories": {"Mail": "All about mail", "Web": ""},
    "atoms": {
        "inbox": {"name": "Inbox", "description": "Reads your mail", "category": "Mail", "versions": {
            "1.0": {"release_date": "2026-01-01", "release_notes": "Erste, größte", "config_schema": {"type": "object"}, "is_active": false},
            "2.0": {"release_date": "2026-02-28", "release_notes": "", "config_schema": {"a": [1, null, "ü"]}, "is_active": true}}},
        "outbox": {"name": "Outbox", "description": "", "category": "Web", "versions": {}},
        "hook": {"name": "Hook", "description": "", "category": "Mail", "versions": {}}}}"#;

const RELEASES: [&str; 2] = [
    r#"INSERT INTO tenantry.catalog_category (name, description) VALUES ('Mail', 'All about mail'), ('Web', '');
       INSERT INTO tenantry.catalog_atom (slug, name, description, category)
       VALUES ('inbox', 'Inbox', 'Reads mail', 'Mail'), ('outbox', 'Outbox', '', 'Web');
       INSERT INTO tenantry.catalog_version (slug, version, release_date, release_notes, config_schema, is_active)
       VALUES ('inbox', '1.0', '2026-01-01', 'Erste, größte', '{"type": "object"}', true)"#,
    r#"UPDATE tenantry.catalog_atom SET description = 'Reads your mail' WHERE slug = 'inbox' AND release = 0;
       UPDATE tenantry.catalog_version SET is_active = false WHERE release = 0;
       INSERT INTO tenantry.catalog_atom (slug, name, description, category) VALUES ('hook', 'Hook', '', 'Mail');
       INSERT INTO tenantry.catalog_version (slug, version, release_date, release_notes, config_schema, is_active)
       VALUES ('inbox', '2.0', '2026-02-28', '', '{"a": [1, null, "ü"]}', true)"#,
];

#[tokio::test]
async fn django_reads_and_writes_what_a_synchronisation_has_brought() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "Acme_Schema", "acme.example").await;
    platform.add_tenant("Late", "late", "late.example").await;
    for (release, master) in RELEASES.iter().enumerate() {
        platform.execute(master).await;
        platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
        for schema in ["Acme_Schema", "late"].iter().take(release + 1) {
            platform.apply(sync(schema)).await.unwrap();
        }
    }
    // One whose catalog was written by the transaction that made it.
    platform.add_tenant("New", "new", "new.example").await;

    let mut pytest = django(&platform, &["-m", "pytest", "--quiet", "test_catalog.py"]);
    pytest.env("CATALOG", SECOND).env("CATALOG_SCHEMAS", "Acme_Schema,late,new");
    pytest.env("CATALOG_CHANGED", r#"{"Acme_Schema": ["inbox"]}"#);
    passes(pytest);

    passes(django(&platform, &["edit_atom.py", "late", "inbox", "in Django's words"]));
    let fleet = compare_fleet(&platform.engine, None, None, &Run::silent()).await.unwrap();
    let states: Vec<_> =
        fleet.tenants.iter().map(|copy| (copy.schema.as_str(), copy.state, copy.edited)).collect();
    let expected = [
        ("Acme_Schema", CopyState::InStep, 0),
        ("late", CopyState::Edited, 1),
        ("new", CopyState::InStep, 0),
    ];
    assert_eq!(states, expected);
    let plan = platform.plan(sync("late")).await.unwrap();
    assert!(plan.is_empty(), "what Django has written stays: {plan:?}");
}

fn sync(schema: &str) -> Intent {
    let schema = SchemaName::existing(schema);
    Intent::SyncCatalog(SyncCatalog {
        schema,
        release: None,
        on_conflict: OnConflict::Stop,
        decisions: Vec::new(),
    })
}
