//! What was done is taken back, planned against the platform as it is then.

use tenantry_engine::Error;
use tenantry_engine::catalog::{CatalogSource, MakeRelease, SyncCatalog};
use tenantry_engine::domains::{AddDomains, DomainRef, IfTaken};
use tenantry_engine::error::Refusal;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{
    Filter, Finding, Intent, OperationId, UndoOperation, check_journal, journal,
};
use tenantry_engine::tenants::{RenameTenant, SetActive, TenantRef};

use crate::console::Platform;
use crate::support::tenant;

fn acme() -> SchemaName {
    SchemaName::existing("acme")
}

fn undo(operation: OperationId) -> Intent {
    Intent::Undo(UndoOperation { operation })
}

fn add(domain: &str) -> Intent {
    Intent::AddDomains(AddDomains {
        schema: acme(),
        domains: vec![domain.into()],
        on_taken: IfTaken::Fail,
        approval: None,
    })
}

async fn with_acme() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    platform.apply(add("shop.acme-foods.example")).await.unwrap();
    platform
}

async fn done(platform: &Platform, intent: Intent) -> OperationId {
    platform.apply(intent).await.unwrap().operation.expect("something was written")
}

#[tokio::test]
async fn each_kind_of_operation_is_taken_back_without_a_trace_and_only_once() {
    let platform = with_acme().await;
    let domain = |domain: &str| DomainRef { domain: domain.into() };
    let intents = [
        Intent::CreateTenant(tenant("Globex", "globex", "globex.example")),
        add("www2.acme-foods.example"),
        Intent::RemoveDomain(domain("shop.acme-foods.example")),
        Intent::MakePrimary(domain("shop.acme-foods.example")),
        Intent::ImportCatalog(CatalogSource::Example),
        Intent::RenameTenant(RenameTenant {
            schema: acme(),
            new_schema: Some("acme2".into()),
            new_name: Some("Acme 2".into()),
        }),
        Intent::SetActive(SetActive { schema: acme(), active: false }),
        Intent::DeleteTenant(TenantRef { schema: acme() }),
    ];
    for intent in intents {
        let before = platform.fingerprint().await;
        let creates = matches!(intent, Intent::CreateTenant(_));
        let operation = done(&platform, intent.clone()).await;
        platform.apply(undo(operation)).await.unwrap();
        let mut left = platform.fingerprint().await.differences(&before);
        // A tenant that was made goes to the trash, where nothing is lost.
        left.retain(|what| {
            let is_new_row = creates || what.ends_with("_seq");
            !is_new_row && !["operation", "journal_head", "assignment"].contains(&what.as_str())
        });
        assert_eq!(left, Vec::<String>::new(), "{intent:?}");
        let again = platform.plan(undo(operation)).await.unwrap_err();
        assert!(matches!(again, Error::Refused { why: Refusal::AlreadyUndone { .. }, .. }), "{again:?}");
        if creates {
            assert_eq!(tenantry_engine::tenants::list(&platform.engine).await.unwrap().len(), 1);
        }
    }
    assert_eq!(check_journal(&platform.engine).await.unwrap().broken_at, None);
}

#[tokio::test]
async fn taking_back_can_be_taken_back() {
    let platform = with_acme().await;
    let before = platform.fingerprint().await;
    let deleted = done(&platform, Intent::DeleteTenant(TenantRef { schema: acme() })).await;
    let restored = done(&platform, undo(deleted)).await;
    let deleted_again = done(&platform, undo(restored)).await;
    assert!(tenantry_engine::tenants::list(&platform.engine).await.unwrap().is_empty());
    done(&platform, undo(deleted_again)).await;
    let mut left = platform.fingerprint().await.differences(&before);
    left.retain(|what| !["operation", "journal_head", "assignment"].contains(&what.as_str()));
    assert_eq!(left, Vec::<String>::new());
}

#[tokio::test]
async fn what_somebody_else_has_by_now_is_not_taken_back() {
    let platform = with_acme().await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    let removal = Intent::RemoveDomain(DomainRef { domain: "shop.acme-foods.example".into() });
    let removed = done(&platform, removal).await;
    let request = AddDomains {
        schema: SchemaName::existing("globex"),
        domains: vec!["shop.acme-foods.example".into()],
        on_taken: IfTaken::Fail,
        approval: None,
    };
    platform.apply(Intent::AddDomains(request)).await.unwrap();
    let refused = platform.plan(undo(removed)).await.unwrap_err();
    let Error::DomainTaken { owner, .. } = &refused else { panic!("{refused:?}") };
    assert_eq!(owner.name, "Globex");
}

#[tokio::test]
async fn atoms_that_a_tenant_has_put_to_use_stay_when_their_insertion_is_taken_back() {
    let platform = with_acme().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
    let inserted = done(&platform, Intent::SyncCatalog(SyncCatalog::to_newest(acme()))).await;
    platform
        .execute(
            "SET session_replication_role = replica;
             INSERT INTO acme.atom_configs_atomconfig (config, atom_id, project_id, created_at, updated_at)
             SELECT '{}', a.id, 1, now(), now() FROM acme.atoms_atom a ORDER BY a.slug LIMIT 1;
             RESET session_replication_role",
        )
        .await;
    let used = platform.lines("SELECT slug::text FROM acme.atoms_atom ORDER BY slug LIMIT 1").await;
    let plan = platform.plan(undo(inserted)).await.unwrap();
    assert_eq!(plan.findings, [Finding::AtomInUse { schema: acme(), slug: used[0].clone() }]);
    platform.apply(undo(inserted)).await.unwrap();
    assert_eq!(platform.lines("SELECT slug::text FROM acme.atoms_atom").await, used);
}

#[tokio::test]
async fn the_journal_is_searched_and_says_what_can_be_taken_back() {
    let platform = with_acme().await;
    let added = done(&platform, add("x.acme-foods.example")).await;
    let by = done(&platform, undo(added)).await;
    let entries = |text: &str| Filter { text: text.into(), limit: 10, ..Filter::default() };
    let found = journal(&platform.engine, &entries("domain.add ACME tests")).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!((found[0].id, found[0].can_undo, found[0].undone_by), (added, false, Some(by)));
    assert!(found[1].can_undo);
    assert!(journal(&platform.engine, &entries("globex")).await.unwrap().is_empty());
}
