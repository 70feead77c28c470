//! Moves: what the owner loses, what becomes primary there, and all of it back in one step.

use tenantry_engine::Error;
use tenantry_engine::domains::{AddDomains, DomainPolicy, DomainRef, IfTaken, MoveDomains, inspect, policy};
use tenantry_engine::error::Refusal;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Change, Finding, Intent, OperationId, Plan, UndoOperation};

use crate::console::Platform;

pub fn add(schema: &str, domains: &[&str], on_taken: IfTaken) -> AddDomains {
    let domains = domains.iter().map(|&domain| domain.to_owned()).collect();
    AddDomains { schema: SchemaName::existing(schema), domains, on_taken, approval: None }
}

fn take(to: &str, domains: &[&str]) -> Intent {
    let domains = domains.iter().map(|&domain| domain.to_owned()).collect();
    Intent::MoveDomains(MoveDomains { domains, to: SchemaName::existing(to), approval: None })
}

fn undo(operation: Option<OperationId>) -> Intent {
    Intent::Undo(UndoOperation { operation: operation.expect("something was written") })
}

/// Acme with a primary domain, an odd row and two aliases; Globex with a primary domain.
pub async fn two_tenants() -> Platform {
    let platform = Platform::new().await;
    for (name, schema) in [("Acme", "acme"), ("Globex", "globex")] {
        platform.add_tenant(name, schema, &format!("{schema}.example")).await;
    }
    platform
        .execute(
            "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
             SELECT stored, false, id FROM public.tenants_tenant, unnest('{localhost,WWW.acme.example}'::text[]) stored
             WHERE schema_name = 'acme'",
        )
        .await;
    platform
        .apply(Intent::AddDomains(add("acme", &["a.acme.example", "b.acme.example"], IfTaken::Fail)))
        .await
        .unwrap();
    platform
}

pub async fn rows(platform: &Platform) -> Vec<String> {
    let query = "SELECT d::text FROM public.tenants_domain d UNION ALL SELECT t::text FROM public.tenants_tenant t ORDER BY 1";
    platform.lines(query).await
}

fn next_primary(plan: &Plan, schema: &str) -> Option<String> {
    plan.changes.iter().find_map(|change| match change {
        Change::ChangePrimary { schema: of, after, .. } if of.as_str() == schema => Some(after.clone()),
        _ => None,
    })
}

#[tokio::test]
async fn a_moved_primary_domain_leaves_the_one_that_was_foretold() {
    let platform = two_tenants().await;
    let before = rows(&platform).await;
    let globex = SchemaName::existing("globex");
    let inspected = inspect(&platform.engine, "acme.example", Some(&globex)).await.unwrap();
    let held = inspected[0].held.clone().unwrap();
    assert_eq!((held.owner.name.as_str(), held.primary, held.domains), ("Acme", true, 5));
    let moved = platform.apply(take("globex", &["acme.example"])).await.unwrap();
    assert_eq!(next_primary(&moved.plan, "acme").as_deref(), Some("a.acme.example"));
    assert_eq!(held.next_primary, next_primary(&moved.plan, "acme"), "the field says the same as the plan");
    let copies = "SELECT schema_name || ' ' || primary_domain FROM public.tenants_tenant ORDER BY 1";
    assert_eq!(platform.lines(copies).await, ["acme a.acme.example", "globex globex.example"]);
    platform.apply(undo(moved.operation)).await.unwrap();
    assert_eq!(rows(&platform).await, before);
}

#[tokio::test]
async fn who_loses_the_last_domain_is_told() {
    let platform = two_tenants().await;
    let before = rows(&platform).await;
    let moved = platform.apply(take("acme", &["globex.example", "a.acme.example"])).await.unwrap();
    let name = |finding: &Finding| match finding {
        Finding::LeftWithoutDomain { tenant } => Some(tenant.name.clone()),
        _ => None,
    };
    assert_eq!(moved.plan.findings.iter().filter_map(name).collect::<Vec<_>>(), ["Globex"]);
    assert!(
        moved
            .plan
            .findings
            .contains(&Finding::DomainYours { domain: "a.acme.example".into(), primary: false })
    );
    let copy = "SELECT primary_domain::text FROM public.tenants_tenant WHERE schema_name = 'globex'";
    assert_eq!(platform.lines(copy).await, [""]);
    platform.apply(undo(moved.operation)).await.unwrap();
    assert_eq!(rows(&platform).await, before);
}

#[tokio::test]
async fn a_thousand_domains_are_moved_and_come_back_in_one_operation() {
    let platform = two_tenants().await;
    platform.add_tenant("Initech", "initech", "initech.example").await;
    platform
        .execute(
            "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
             SELECT format('d%s.example', n), false, t.id FROM generate_series(1, 1000) n
             JOIN public.tenants_tenant t ON t.schema_name = CASE WHEN n % 2 = 0 THEN 'acme' ELSE 'initech' END",
        )
        .await;
    let before = rows(&platform).await;
    let names: Vec<_> = (1..=1000).map(|n| format!("d{n}.example")).collect();
    let names: Vec<_> = names.iter().map(String::as_str).collect();
    let moved = platform.apply(take("globex", &names)).await.unwrap();
    assert_eq!(moved.plan.changes.len(), 1000);
    let of_globex = "SELECT count(*)::text FROM public.tenants_domain d JOIN public.tenants_tenant t ON t.id = d.tenant_id
                     WHERE t.schema_name = 'globex'";
    assert_eq!(platform.lines(of_globex).await, ["1001"]);
    platform.apply(undo(moved.operation)).await.unwrap();
    assert_eq!(rows(&platform).await, before);
}

#[tokio::test]
async fn what_went_on_to_somebody_else_stays_there_when_its_addition_is_taken_back() {
    let platform = two_tenants().await;
    let added = platform
        .apply(Intent::AddDomains(add("acme", &["one.example", "two.example"], IfTaken::Fail)))
        .await
        .unwrap();
    platform.apply(take("globex", &["one.example"])).await.unwrap();
    platform.apply(Intent::MakePrimary(DomainRef { domain: "one.example".into() })).await.unwrap();
    let undone = platform.apply(undo(added.operation)).await.unwrap();
    let schema = SchemaName::existing("acme");
    assert_eq!(undone.plan.changes, [Change::RemoveDomain { schema, domain: "two.example".into() }]);
    let changed = undone.plan.findings.iter().find_map(|finding| match finding {
        Finding::DomainChangedSince { domain, owner } => Some((domain.as_str(), owner.clone()?.name)),
        _ => None,
    });
    assert_eq!(changed, Some(("one.example", "Globex".to_owned())));
}

#[tokio::test]
async fn where_proof_is_asked_for_a_domain_comes_with_a_record_or_with_a_reason() {
    let platform = two_tenants().await;
    let before = policy(&platform.engine).await.unwrap();
    let asks = platform
        .apply(Intent::SetDomainPolicy(DomainPolicy { proof_required: true, ..before.clone() }))
        .await
        .unwrap();
    let needed = async |request: AddDomains| match platform.plan(Intent::AddDomains(request)).await {
        Err(Error::Refused { subject, why: Refusal::ProofNeeded { record, value } }) => {
            (subject, record, value)
        }
        other => panic!("{other:?}"),
    };
    let (subject, record, value) = needed(add("acme", &["Shop.example"], IfTaken::Fail)).await;
    assert_eq!((subject.as_str(), record.as_str()), ("shop.example", "_tenantry-challenge.shop.example"));
    let (_, _, of_another_tenant) = needed(add("globex", &["shop.example"], IfTaken::Fail)).await;
    let (_, _, of_another_domain) = needed(add("acme", &["shop2.example"], IfTaken::Fail)).await;
    assert!(
        value != of_another_tenant && value != of_another_domain && of_another_tenant != of_another_domain
    );
    assert_eq!(needed(add("acme", &["shop.example"], IfTaken::Fail)).await.2, value, "it stays the same");
    let moved = platform.plan(take("globex", &["a.acme.example"])).await;
    assert!(matches!(moved, Err(Error::Refused { why: Refusal::ProofNeeded { .. }, .. })), "{moved:?}");
    let blank = AddDomains { approval: Some("  ".into()), ..add("acme", &["shop.example"], IfTaken::Fail) };
    needed(blank).await;
    platform.apply(Intent::AddDomains(add("acme", &["dev.localhost"], IfTaken::Fail))).await.unwrap();

    let start = rows(&platform).await;
    let axis =
        "SELECT concat_ws(' ', domain, state, evidence ->> 'reason') FROM tenantry.domain_axis ORDER BY 1";
    let request =
        AddDomains { approval: Some("by phone".into()), ..add("acme", &["shop.example"], IfTaken::Fail) };
    let approved = platform.apply(Intent::AddDomains(request)).await.unwrap();
    assert!(
        matches!(&approved.plan.changes[1], Change::ApproveDomain { reason, .. } if reason == "by phone")
    );
    assert_eq!(platform.lines(axis).await, ["shop.example approved by phone"]);
    platform.apply(undo(approved.operation)).await.unwrap();
    assert_eq!(rows(&platform).await, start);
    assert_eq!(platform.lines(axis).await, Vec::<String>::new(), "an approval goes with what it approved");
    needed(add("acme", &["shop.example"], IfTaken::Fail)).await;

    platform.apply(undo(asks.operation)).await.unwrap();
    assert_eq!(policy(&platform.engine).await.unwrap(), before);
}
