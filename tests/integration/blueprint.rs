//! New tenants are made from the blueprint in use: the files of a fresh platform, or a template.

use tenantry_engine::Error;
use tenantry_engine::blueprint::{UseBlueprint, fingerprint};
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::error::Refusal;
use tenantry_engine::jobs::{self, NewItem};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Change, Finding, Intent, Run, UndoOperation};
use tenantry_engine::tenants::{CloneTenant, TenantRef};
use tenantry_engine::verify::{Verdict, verify};

use crate::console::Platform;
use crate::support::{execute, tenant};

fn schema(name: &str) -> SchemaName {
    SchemaName::existing(name)
}

fn template(name: &str) -> Intent {
    Intent::UseBlueprint(UseBlueprint { template: Some(schema(name)), reference: None })
}

/// Acme, with an index that no file knows, and a row of its own.
async fn with_acme() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    platform
        .execute(
            "CREATE INDEX by_hand ON acme.atoms_atom (description);
             INSERT INTO acme.atoms_atomcategory (name, description) VALUES ('Own', '')",
        )
        .await;
    platform
}

async fn same_structure(platform: &Platform, one: &str, other: &str) -> bool {
    let one = fingerprint(&platform.engine, &schema(one)).await.unwrap();
    one == fingerprint(&platform.engine, &schema(other)).await.unwrap()
}

#[tokio::test]
async fn a_tenant_made_from_a_template_has_its_structure_and_none_of_its_data() {
    let platform = with_acme().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    let chosen = platform.apply(template("acme")).await.unwrap().operation.unwrap();
    let plan =
        platform.plan(Intent::CreateTenant(tenant("Globex", "globex", "globex.example"))).await.unwrap();
    let like = plan.changes.iter().find_map(|change| match change {
        Change::CreateSchema { template, .. } => template.clone(),
        _ => None,
    });
    assert_eq!(like, Some(schema("acme")));
    platform.add_tenant("Globex", "globex", "globex.example").await;
    assert!(same_structure(&platform, "acme", "globex").await);
    assert_eq!(
        platform.lines("SELECT name::text FROM globex.atoms_atomcategory WHERE name = 'Own'").await,
        Vec::<String>::new()
    );
    let ledger = "SELECT count(*)::text FROM globex.django_migrations";
    assert_eq!(platform.lines(ledger).await, ["22"]);
    let report =
        verify(&platform.engine, Some(&[schema("globex")]), &tenantry_engine::operations::Run::silent())
            .await
            .unwrap();
    assert_ne!(report.verdict(), Verdict::Failed, "{report:?}");

    platform.apply(Intent::Undo(UndoOperation { operation: chosen })).await.unwrap();
    platform.add_tenant("Initech", "initech", "initech.example").await;
    assert!(!same_structure(&platform, "acme", "initech").await);
}

#[tokio::test]
async fn a_tenant_is_cloned_with_its_data_or_without() {
    let platform = with_acme().await;
    platform.execute("UPDATE tenants_tenant SET seats_allowed = 33").await;
    for (name, with_data, categories) in [("empty", false, "0"), ("copy", true, "1")] {
        let tenant = tenant(name, name, "");
        let request = CloneTenant { source: schema("acme"), with_data, tenant };
        platform.apply(Intent::CloneTenant(request)).await.unwrap();
        assert!(same_structure(&platform, "acme", name).await);
        let found = platform.lines(&format!("SELECT count(*)::text FROM {name}.atoms_atomcategory")).await;
        assert_eq!(found, [categories]);
        let seats = platform
            .lines(&format!("SELECT seats_allowed::text FROM tenants_tenant WHERE schema_name = '{name}'"))
            .await;
        assert_eq!(seats, ["33"]);
    }
    // The next number is the clone's own, and comes after those that were copied.
    platform.execute("INSERT INTO copy.atoms_atomcategory (name, description) VALUES ('Next', '')").await;
    assert_eq!(platform.lines("SELECT max(id)::text FROM copy.atoms_atomcategory").await, ["2"]);
    assert_eq!(platform.lines("SELECT max(id)::text FROM acme.atoms_atomcategory").await, ["1"]);
}

#[tokio::test]
async fn a_template_that_changes_after_its_plan_was_shown_gives_a_fresh_plan() {
    let platform = with_acme().await;
    platform.apply(template("acme")).await.unwrap();
    let plan =
        platform.plan(Intent::CreateTenant(tenant("Globex", "globex", "globex.example"))).await.unwrap();
    platform.execute("ALTER TABLE acme.atoms_atom ADD COLUMN later text").await;
    let refused = tenantry_engine::operations::apply(
        &platform.engine,
        &plan,
        &tenantry_engine::operations::Run::silent(),
    )
    .await;
    let Err(Error::Stale { fresh }) = refused else { panic!("{refused:?}") };
    assert_ne!(fresh.basis, plan.basis);
}

#[tokio::test]
async fn the_template_is_not_deleted_and_keeps_its_role_when_it_is_renamed() {
    let platform = with_acme().await;
    platform.apply(template("acme")).await.unwrap();
    let refused =
        platform.plan(Intent::DeleteTenant(TenantRef { schema: schema("acme") })).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { why: Refusal::IsTemplate, .. }), "{refused:?}");
    let rename = tenantry_engine::tenants::RenameTenant {
        schema: schema("acme"),
        new_schema: Some("model".into()),
        new_name: None,
    };
    platform.apply(Intent::RenameTenant(rename)).await.unwrap();
    platform.add_tenant("Globex", "globex", "globex.example").await;
    assert!(same_structure(&platform, "model", "globex").await);
}

#[tokio::test]
async fn a_schema_that_is_not_there_is_no_blueprint() {
    let platform = Platform::new().await;
    let before = platform.fingerprint().await;
    let refused = platform.plan(template("nowhere")).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { why: Refusal::SchemaMissing, .. }), "{refused:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn whoever_reads_a_shared_table_while_a_clone_waits_for_it_does_not_wait() {
    let platform = with_acme().await;
    platform.apply(template("acme")).await.unwrap();
    let mut writer = platform.session().await;
    execute(&mut writer, "BEGIN; LOCK TABLE accounts_user IN ROW EXCLUSIVE MODE").await.unwrap();
    let request = tenant("Globex", "globex", "globex.example");
    let creation = platform.apply(Intent::CreateTenant(request));
    let reading = async {
        crate::support::until("the clone waits", async || {
            platform
                .lines("SELECT 'x' FROM pg_locks WHERE NOT granted AND relation = 'accounts_user'::regclass")
                .await
                == ["x"]
        })
        .await;
        let mut reader = platform.session().await;
        execute(&mut reader, "SET statement_timeout = '2s'; SELECT count(*) FROM accounts_user")
            .await
            .unwrap();
        execute(&mut writer, "ROLLBACK").await.unwrap();
    };
    let (created, ()) = tokio::join!(creation, reading);
    created.unwrap();
}

/// Globex and Initech, made like Acme; and a migration that reaches both, but not Acme.
async fn with_a_fleet_ahead() -> (Platform, Vec<Finding>) {
    let platform = with_acme().await;
    platform.apply(template("acme")).await.unwrap();
    for name in ["globex", "initech"] {
        platform.add_tenant(name, name, &format!("{name}.example")).await;
    }
    migrate(&platform, "0002_more").await;
    let lacks = vec!["roles.0002_more".into()];
    (platform, vec![Finding::TemplateBehind { template: schema("acme"), lacks, tenants: 2 }])
}

async fn migrate(platform: &Platform, name: &str) {
    for tenant in ["globex", "initech"] {
        let migration = format!(
            "INSERT INTO {tenant}.django_migrations (app, name, applied) VALUES ('roles', '{name}', now())"
        );
        platform.execute(&migration).await;
    }
}

fn umbrella() -> Intent {
    Intent::CreateTenant(tenant("Umbrella", "umbrella", "umbrella.example"))
}

fn cloned(source: &str) -> Intent {
    let tenant = tenant("Umbrella", "umbrella", "");
    Intent::CloneTenant(CloneTenant { source: schema(source), with_data: false, tenant })
}

#[tokio::test]
async fn whoever_is_about_to_use_a_template_that_is_behind_is_told_so_each_time() {
    let (platform, behind) = with_a_fleet_ahead().await;
    for (intent, told) in [(umbrella(), &behind[..]), (cloned("acme"), &behind[..]), (cloned("globex"), &[])]
    {
        let plan = platform.plan(intent.clone()).await.unwrap();
        assert_eq!(plan.findings, told, "{intent:?}");
    }
    platform.apply(umbrella()).await.unwrap();
    let written = "SELECT jsonb_path_query(plan, '$.findings[*].lacks[*]')::text FROM tenantry.operation
                   WHERE subject = 'umbrella'";
    assert_eq!(
        platform.lines(written).await,
        [r#""roles.0002_more""#],
        "it is in the journal that it was told"
    );

    let caught_up =
        "INSERT INTO acme.django_migrations (app, name, applied) VALUES ('roles', '0002_more', now())";
    platform.execute(caught_up).await;
    let another = tenant("Hooli", "hooli", "hooli.example");
    assert_eq!(platform.plan(Intent::CreateTenant(another)).await.unwrap().findings, []);
}

#[tokio::test]
async fn a_plan_holds_when_the_fleet_goes_ahead_of_its_template_after_it_was_shown() {
    let (platform, behind) = with_a_fleet_ahead().await;
    let shown = platform.plan(umbrella()).await.unwrap();
    migrate(&platform, "0003_most").await;
    let Finding::TemplateBehind { lacks, .. } = &platform.plan(umbrella()).await.unwrap().findings[0] else {
        panic!("nothing is told")
    };
    assert_eq!(lacks.len(), 2);
    // An item of a job is told nothing, and is the same plan all the same.
    let job = jobs::create(&platform.engine, &[NewItem::from(&shown)]).await.unwrap();
    assert_eq!(jobs::work(&platform.engine, job, &Run::silent()).await.unwrap().done, 1);

    let shown = platform.plan(Intent::CreateTenant(tenant("Hooli", "hooli", "hooli.example"))).await.unwrap();
    platform.execute("ALTER TABLE acme.atoms_atom ADD COLUMN later text").await;
    let refused = operations::apply(&platform.engine, &shown, &Run::silent()).await;
    let Err(Error::Stale { fresh }) = refused else { panic!("{refused:?}") };
    assert_eq!(fresh.findings.len(), behind.len(), "a fresh plan is to be read as well");
    operations::apply(&platform.engine, &fresh, &Run::silent()).await.unwrap();
}

#[tokio::test]
async fn tenants_are_made_also_where_the_others_ledgers_cannot_be_read() {
    let (platform, _) = with_a_fleet_ahead().await;
    platform.execute("ALTER TABLE globex.django_migrations RENAME name TO title").await;
    assert_eq!(platform.plan(umbrella()).await.unwrap().findings, []);
    platform.apply(umbrella()).await.unwrap();
}
