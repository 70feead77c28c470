//! The story that everything else serves: two tenants that want the same domains.

use tenantry_engine::Error;
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::operations::{Change, Finding, Intent, Inverse, OperationId, Run, apply};
use tenantry_engine::tenants::{Attribute, CreateTenant, OnTaken, Owner};

use crate::console::Platform;
use crate::support::tenant;

fn quant_matrix() -> CreateTenant {
    CreateTenant {
        aliases: vec!["localhost".into(), "127.0.0.1".into()],
        attributes: vec![
            attribute("seats_allowed", "20"),
            attribute("project_cap", "5"),
            attribute("admin_name", "Platform Team"),
            attribute("admin_email", "admin@quantmatrix.ai"),
        ],
        ..tenant("Quant Matrix AI", "Quant_Matrix_AI_Schema", "quantmatrix.ai")
    }
}

fn acme_foods() -> CreateTenant {
    CreateTenant {
        aliases: vec!["localhost".into(), "127.0.0.1".into(), "Shop.ACME-Foods.example.".into()],
        ..tenant("Acme Foods", "acme_foods", "acme-foods.example")
    }
}

fn attribute(column: &str, value: &str) -> Attribute {
    Attribute { column: column.into(), value: Some(value.into()) }
}

async fn with_quant_matrix() -> (Platform, OperationId) {
    let platform = Platform::new().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    let applied = platform.apply(Intent::CreateTenant(quant_matrix())).await.unwrap();
    (platform, applied.operation.unwrap())
}

async fn domains(platform: &Platform) -> Vec<String> {
    let query = "SELECT concat_ws(' ', t.schema_name, d.domain, CASE WHEN d.is_primary THEN 'primary' END)
                 FROM public.tenants_domain d JOIN public.tenants_tenant t ON t.id = d.tenant_id ORDER BY 1";
    platform.lines(query).await
}

#[tokio::test]
async fn a_tenants_row_holds_what_was_asked_for_and_djangos_defaults() {
    let (platform, _) = with_quant_matrix().await;
    let row =
        "SELECT concat_ws('; ', schema_name, name, primary_domain, seats_allowed, project_cap, admin_name,
                                admin_email)
               FROM public.tenants_tenant";
    assert_eq!(
        platform.lines(row).await,
        [
            "Quant_Matrix_AI_Schema; Quant Matrix AI; quantmatrix.ai; 20; 5; Platform Team; admin@quantmatrix.ai"
        ]
    );
    let defaults = "SELECT concat_ws('; ', is_active, created_on = CURRENT_DATE, users_in_use, allowed_apps,
                                     projects_allowed)
                    FROM public.tenants_tenant";
    assert_eq!(platform.lines(defaults).await, ["t; t; 0; []; []"]);
    assert_eq!(
        domains(&platform).await,
        [
            "Quant_Matrix_AI_Schema 127.0.0.1",
            "Quant_Matrix_AI_Schema localhost",
            "Quant_Matrix_AI_Schema quantmatrix.ai primary",
        ]
    );
}

#[tokio::test]
async fn a_tenants_schema_has_its_tables_and_its_own_copy_of_the_catalog() {
    let (platform, _) = with_quant_matrix().await;
    let tables =
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'Quant_Matrix_AI_Schema' ORDER BY 1";
    assert_eq!(
        platform.lines(tables).await,
        [
            "atom_configs_atomconfig",
            "atoms_atom",
            "atoms_atomcategory",
            "atoms_atomversion",
            "django_migrations",
            "registry_app",
            "registry_project",
            "workflows_workflow",
            "workflows_workflowatom",
            "workflows_workflowrun",
        ]
    );
    let rows = r#"SELECT concat_ws(' ', c.name, a.slug, v.version, v.is_active, v.config_schema,
                                   v.release_date = CURRENT_DATE)
                  FROM "Quant_Matrix_AI_Schema".atoms_atom a
                  JOIN "Quant_Matrix_AI_Schema".atoms_atomcategory c ON c.id = a.category_id
                  JOIN "Quant_Matrix_AI_Schema".atoms_atomversion v ON v.atom_id = a.id ORDER BY 1"#;
    let rows = platform.lines(rows).await;
    assert_eq!(rows.len(), 16, "{rows:#?}");
    assert_eq!(rows[0], "Input csv-import 1.0 t {} t");
    let ledger = r#"SELECT count(*)::text FROM "Quant_Matrix_AI_Schema".django_migrations"#;
    assert_eq!(platform.lines(ledger).await, ["22"]);
}

#[tokio::test]
async fn what_was_done_is_in_the_journal_with_its_plan_and_its_inverse() {
    let (platform, operation) = with_quant_matrix().await;
    let entry =
        "SELECT concat_ws('; ', seq, id, kind, subject, actor, split_part(origin, ' on ', 1), inverse,
                                  length(hash))
                 FROM tenantry.operation ORDER BY seq DESC LIMIT 1";
    let inverse = r#"{"schema": "Quant_Matrix_AI_Schema", "inverse": "delete_tenant"}"#;
    assert_eq!(
        platform.lines(entry).await,
        [format!("2; {operation}; tenant.create; Quant_Matrix_AI_Schema; tenantry; tests; {inverse}; 32")]
    );
    let changes = "SELECT change ->> 'change'
                   FROM tenantry.operation, jsonb_array_elements(plan -> 'changes') change WHERE seq = 2";
    assert_eq!(
        platform.lines(changes).await,
        [
            "create_tenant",
            "create_schema",
            "seed_catalog",
            "add_domain",
            "add_domain",
            "add_domain",
            "connect_shared_tables"
        ]
    );
    let files = "SELECT concat_ws(' ', m.version, m.description, length(m.checksum))
                 FROM tenantry.tenant_migration m WHERE m.schema_name = 'Quant_Matrix_AI_Schema' ORDER BY 1";
    assert_eq!(platform.lines(files).await, ["1 tables 32", "2 shared keys 32"]);
}

#[tokio::test]
async fn the_second_tenant_gets_its_domains_and_is_told_whose_the_others_are() {
    let (platform, _) = with_quant_matrix().await;
    let applied = platform.apply(Intent::CreateTenant(acme_foods())).await.unwrap();

    assert_eq!(
        domains(&platform).await,
        [
            "Quant_Matrix_AI_Schema 127.0.0.1",
            "Quant_Matrix_AI_Schema localhost",
            "Quant_Matrix_AI_Schema quantmatrix.ai primary",
            "acme_foods acme-foods.example primary",
            "acme_foods shop.acme-foods.example",
        ]
    );
    let taken: Vec<_> = applied.plan.findings.iter().filter_map(taken).collect();
    assert_eq!(taken, ["localhost: Quant Matrix AI", "127.0.0.1: Quant Matrix AI"]);
    let rewritten = applied.plan.findings.iter().any(|finding| {
        matches!(finding, Finding::DomainRewritten { input, stored, .. }
                 if input == "Shop.ACME-Foods.example." && stored == "shop.acme-foods.example")
    });
    assert!(rewritten, "it is said how a domain is stored: {:#?}", applied.plan.findings);
    assert!(
        matches!(&applied.plan.inverse, Some(Inverse::DeleteTenant { schema }) if schema.as_str() == "acme_foods")
    );
}

fn taken(finding: &Finding) -> Option<String> {
    match finding {
        Finding::DomainTaken { domain, owner, .. } => Some(format!("{domain}: {}", owner.name)),
        _ => None,
    }
}

#[tokio::test]
async fn creating_it_again_changes_nothing_and_says_so() {
    let (platform, _) = with_quant_matrix().await;
    platform.apply(Intent::CreateTenant(acme_foods())).await.unwrap();
    let before = platform.fingerprint().await;

    for request in [quant_matrix(), acme_foods()] {
        let name = request.name.clone();
        let again = platform.apply(Intent::CreateTenant(request)).await.unwrap();
        assert_eq!(again.operation, None);
        assert_eq!(again.plan.changes, []);
        assert!(matches!(&again.plan.findings[0], Finding::TenantExists { tenant } if tenant.name == name));
    }
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_taken_primary_domain_is_refused_before_anything_is_written() {
    let (platform, _) = with_quant_matrix().await;
    let before = platform.fingerprint().await;
    let request = tenant("Quant Clone", "quant_clone", "QuantMatrix.ai");
    let refused = platform.plan(Intent::CreateTenant(request)).await.unwrap_err();

    let Error::DomainTaken { domain, owner: Owner { name, schema } } = &refused else {
        panic!("{refused:?}")
    };
    assert_eq!(
        (domain.as_str(), name.as_str(), schema.as_str()),
        ("quantmatrix.ai", "Quant Matrix AI", "Quant_Matrix_AI_Schema")
    );
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn who_cannot_do_without_an_alias_is_refused_when_it_is_taken() {
    let (platform, _) = with_quant_matrix().await;
    let before = platform.fingerprint().await;
    let request = CreateTenant { on_taken_alias: OnTaken::Fail, ..acme_foods() };
    let refused = platform.plan(Intent::CreateTenant(request)).await.unwrap_err();
    assert!(matches!(&refused, Error::DomainTaken { domain, .. } if domain == "localhost"), "{refused:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_tenant_that_is_there_and_differs_is_not_taken_for_the_one_asked_for() {
    let (platform, _) = with_quant_matrix().await;
    let before = platform.fingerprint().await;
    let mut request =
        CreateTenant { name: "Quant".into(), primary_domain: "localhost".into(), ..quant_matrix() };
    request.aliases = vec!["quantmatrix.ai".into(), "new.quantmatrix.ai".into(), "127.0.0.1".into()];
    request.attributes[0] = attribute("seats_allowed", "21");
    let refused = platform.plan(Intent::CreateTenant(request)).await.unwrap_err();

    let Error::TenantDiffers { existing, differences } = &refused else { panic!("{refused:?}") };
    assert_eq!(existing.name, "Quant Matrix AI");
    assert_eq!(*differences, ["name", "primary_domain", "aliases[0]", "aliases[1]", "seats_allowed"]);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_tenant_whose_schema_is_gone_is_not_taken_for_a_whole_one() {
    let (platform, _) = with_quant_matrix().await;
    platform.execute(r#"DROP SCHEMA "Quant_Matrix_AI_Schema" CASCADE"#).await;
    let refused = platform.plan(Intent::CreateTenant(quant_matrix())).await.unwrap_err();
    let Error::TenantDiffers { differences, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(*differences, ["schema, which is missing"]);
}

#[tokio::test]
async fn without_a_master_catalog_a_tenant_has_no_atoms_and_nothing_is_said_of_them() {
    let platform = Platform::new().await;
    let plan = platform.plan(Intent::CreateTenant(acme_foods())).await.unwrap();
    assert!(
        !plan.changes.iter().any(|change| matches!(change, Change::SeedCatalog { .. })),
        "{:#?}",
        plan.changes
    );
    apply(&platform.engine, &plan, &Run::silent()).await.unwrap();
    assert_eq!(platform.lines("SELECT count(*)::text FROM acme_foods.atoms_atom").await, ["0"]);
}
