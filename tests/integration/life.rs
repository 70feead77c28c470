//! What becomes of a tenant after its creation: it is renamed, suspended, deleted, restored and purged.

use tenantry_engine::Error;
use tenantry_engine::error::Refusal;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Applied, Finding, Intent, OperationId, UndoOperation};
use tenantry_engine::tenants::{
    self, CreateTenant, PurgeTenant, RenameTenant, RestoreTenant, SetActive, TenantRef, list, trash,
};

use crate::console::Platform;
use crate::support::database::Fingerprint;
use crate::support::{execute, tenant};

const QUANT: &str = "Quant_Matrix_AI_Schema";

fn schema(name: &str) -> SchemaName {
    SchemaName::existing(name)
}

fn delete(name: &str) -> Intent {
    Intent::DeleteTenant(TenantRef { schema: schema(name) })
}

fn restore(name: &str) -> Intent {
    Intent::RestoreTenant(RestoreTenant { schema: schema(name), new_schema: None })
}

fn purge(name: &str) -> Intent {
    Intent::PurgeTenant(PurgeTenant { schema: schema(name) })
}

fn rename(name: &str, new_schema: Option<&str>, new_name: Option<&str>) -> Intent {
    Intent::RenameTenant(RenameTenant {
        schema: schema(name),
        new_schema: new_schema.map(Into::into),
        new_name: new_name.map(Into::into),
    })
}

fn undo(operation: OperationId) -> Intent {
    Intent::Undo(UndoOperation { operation })
}

async fn with_quant() -> Platform {
    let platform = Platform::new().await;
    let aliases = vec!["localhost".into(), "127.0.0.1".into()];
    let request = CreateTenant { aliases, ..tenant("Quant Matrix AI", QUANT, "quantmatrix.ai") };
    platform.apply(Intent::CreateTenant(request)).await.unwrap();
    platform.execute(r#"INSERT INTO "Quant_Matrix_AI_Schema".atoms_atomcategory (name, description) VALUES ('Own', '')"#).await;
    platform
}

/// What differs from before, beside our own bookkeeping: what was done, and since when a domain is whose.
async fn differences(platform: &Platform, before: &Fingerprint) -> Vec<String> {
    let mut differences = platform.fingerprint().await.differences(before);
    // A domain that came back is its tenant's since then.
    differences.retain(|what| !["journal_head", "operation", "assignment"].contains(&what.as_str()));
    differences
}

fn operation(applied: &Applied) -> OperationId {
    applied.operation.expect("something was written")
}

#[tokio::test]
async fn a_deleted_tenant_is_nowhere_to_be_found_and_comes_back_as_it_was() {
    let platform = with_quant().await;
    let before = platform.fingerprint().await;
    platform.apply(delete(QUANT)).await.unwrap();

    assert_eq!(list(&platform.engine).await.unwrap(), []);
    assert_eq!(platform.lines("SELECT domain FROM tenants_domain").await, Vec::<String>::new());
    let found = tenants::find(&platform.engine, &schema(QUANT)).await;
    assert!(matches!(found, Err(Error::TenantNotFound { .. })), "{found:?}");
    let deleted = trash(&platform.engine).await.unwrap();
    assert_eq!((deleted[0].schema.as_str(), deleted[0].name.as_str()), (QUANT, "Quant Matrix AI"));
    assert_eq!(deleted[0].domains, ["127.0.0.1", "localhost", "quantmatrix.ai"]);

    platform.apply(restore(QUANT)).await.unwrap();
    assert_eq!(differences(&platform, &before).await, Vec::<String>::new());
    assert_eq!(trash(&platform.engine).await.unwrap(), []);
}

#[tokio::test]
async fn everything_about_a_deleted_tenant_is_free_for_another_one() {
    let platform = with_quant().await;
    platform.apply(delete(QUANT)).await.unwrap();
    platform.add_tenant("Quant Matrix AI", QUANT, "quantmatrix.ai").await;
    platform.apply(delete(QUANT)).await.unwrap();
    assert_eq!(trash(&platform.engine).await.unwrap().len(), 2);
    platform.add_tenant("Acme", QUANT, "quantmatrix.ai").await;

    let refused = platform.plan(restore(QUANT)).await.unwrap_err();
    assert!(matches!(refused, Error::SchemaTaken { .. }), "{refused:?}");
    let elsewhere = RestoreTenant { schema: schema(QUANT), new_schema: Some("quant_again".into()) };
    let plan = platform.plan(Intent::RestoreTenant(elsewhere.clone())).await.unwrap();
    let taken = plan.findings.iter().any(
        |finding| matches!(finding, Finding::DomainTaken { domain, owner, .. } if domain == "quantmatrix.ai" && owner.name == "Acme"),
    );
    assert!(taken, "{:?}", plan.findings);
    platform.apply(Intent::RestoreTenant(elsewhere)).await.unwrap();
    let names: Vec<_> = list(&platform.engine).await.unwrap().into_iter().map(|tenant| tenant.name).collect();
    assert_eq!(names, ["Acme", "Quant Matrix AI"]);
}

#[tokio::test]
async fn a_purged_tenant_leaves_nothing_behind_but_the_journal() {
    let platform = Platform::new().await;
    let before = platform.fingerprint().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    platform.apply(delete("acme")).await.unwrap();
    let plan = platform.plan(purge("acme")).await.unwrap();
    assert!(plan.findings.contains(&Finding::Final) && plan.inverse.is_none(), "{plan:?}");
    platform.apply(purge("acme")).await.unwrap();

    let mut differences = platform.fingerprint().await.differences(&before);
    differences.retain(|what| !what.ends_with("_seq"));
    assert_eq!(differences, ["journal_head", "operation"]);
    let refused = platform.plan(restore("acme")).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { why: Refusal::NotInTrash, .. }), "{refused:?}");
}

#[tokio::test]
async fn a_tenant_that_something_elsewhere_is_made_of_is_not_purged() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    platform.execute("CREATE VIEW public.all_atoms AS SELECT * FROM acme.atoms_atom").await;
    platform.apply(delete("acme")).await.unwrap();
    let refused = platform.plan(purge("acme")).await.unwrap_err();
    let Error::Refused { why: Refusal::NeededBy { objects }, .. } = refused else { panic!("{refused:?}") };
    assert_eq!(objects, ["public.all_atoms"]);
}

#[tokio::test]
async fn once_a_purge_has_begun_the_tenant_cannot_come_back_and_the_purge_can_go_on() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    platform.apply(delete("acme")).await.unwrap();
    let mut holder = platform.session().await;
    execute(&mut holder, "BEGIN; LOCK TABLE accounts_user IN ACCESS SHARE MODE").await.unwrap();
    let impatient = platform.engine.clone().with_shared_lock_budget(std::time::Duration::ZERO);
    let plan = platform.plan(purge("acme")).await.unwrap();
    let refused =
        tenantry_engine::operations::apply(&impatient, &plan, &tenantry_engine::operations::Run::silent())
            .await;
    assert!(matches!(refused, Err(Error::Busy { .. })), "{refused:?}");

    let refused = platform.plan(restore("acme")).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { why: Refusal::BeingPurged, .. }), "{refused:?}");
    execute(&mut holder, "ROLLBACK").await.unwrap();
    platform.apply(purge("acme")).await.unwrap();
    assert_eq!(
        platform.lines("SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'zz%'").await,
        Vec::<String>::new()
    );
}

#[tokio::test]
async fn a_tenant_is_renamed_with_everything_that_names_it_and_back_again() {
    let platform = with_quant().await;
    let before = platform.fingerprint().await;
    let renamed = platform.apply(rename(QUANT, Some("quant"), Some("Quant"))).await.unwrap();
    let found = tenants::find(&platform.engine, &schema("quant")).await.unwrap();
    assert_eq!((found.name.as_str(), found.has_schema, found.domains), ("Quant", true, 3));
    let recorded = platform.lines("SELECT DISTINCT schema_name FROM tenantry.tenant_migration").await;
    assert_eq!(recorded, ["quant"]);

    platform.apply(undo(operation(&renamed))).await.unwrap();
    assert_eq!(differences(&platform, &before).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_name_that_is_taken_or_would_be_misread_is_refused_before_anything_is_renamed() {
    let platform = with_quant().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    let before = platform.fingerprint().await;
    for intent in [
        rename("acme", Some(QUANT), None),
        rename("acme", Some("quant_matrix_ai_schema"), None),
        rename("acme", Some("pg_acme"), None),
        rename("acme", None, Some("Quant Matrix AI")),
        rename("acme", None, Some(" ")),
        rename("nobody", Some("somebody"), None),
    ] {
        platform.plan(intent.clone()).await.expect_err(&format!("{intent:?}"));
    }
    let own_case = platform.plan(rename("acme", Some("Acme"), None)).await.unwrap();
    assert_eq!(own_case.changes.len(), 1);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_suspended_tenant_goes_on_when_it_is_resumed() {
    let platform = with_quant().await;
    let active = |active| Intent::SetActive(SetActive { schema: schema(QUANT), active });
    platform.apply(active(false)).await.unwrap();
    assert_eq!(platform.lines("SELECT is_active::text FROM tenants_tenant").await, ["false"]);
    assert_eq!(platform.apply(active(false)).await.unwrap().operation, None);
    platform.apply(active(true)).await.unwrap();
    assert_eq!(platform.lines("SELECT is_active::text FROM tenants_tenant").await, ["true"]);
}

#[tokio::test]
async fn the_row_that_stands_for_the_shared_tables_is_no_tenant_to_delete() {
    let platform = with_quant().await;
    platform.execute("UPDATE tenants_tenant SET schema_name = 'public'").await;
    for intent in [delete("public"), rename("public", None, Some("Other"))] {
        let refused = platform.plan(intent).await.unwrap_err();
        assert!(matches!(refused, Error::Refused { why: Refusal::PublicTenant, .. }), "{refused:?}");
    }
}
