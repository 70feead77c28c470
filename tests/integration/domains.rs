//! Domains: given, taken away, made primary, and fought over.

use tenantry_engine::domains::{
    AddDomains, Assignment, Domain, DomainQuery, DomainRef, IfTaken, MoveDomains, Reassignment, find, list,
};
use tenantry_engine::names::{Rule, SchemaName};
use tenantry_engine::operations::{Change, Finding, Intent, Inverse, Run, UndoOperation, apply};
use tenantry_engine::tenants::{RenameTenant, RestoreTenant, TenantRef};
use tenantry_engine::{Error, Result};

use crate::console::Platform;
use crate::meanwhile::{Open, Work, until_waiting};

fn add(schema: &str, domains: &[&str]) -> Intent {
    let domains = domains.iter().map(|&domain| domain.to_owned()).collect();
    Intent::AddDomains(AddDomains {
        schema: SchemaName::existing(schema),
        domains,
        on_taken: IfTaken::Skip,
        approval: None,
    })
}

fn remove(domain: &str) -> Intent {
    Intent::RemoveDomain(DomainRef { domain: domain.into() })
}

fn make_primary(domain: &str) -> Intent {
    Intent::MakePrimary(DomainRef { domain: domain.into() })
}

/// Acme and Globex, with a primary domain and an alias each.
async fn two_tenants() -> Platform {
    let platform = Platform::new().await;
    for (name, schema) in [("Acme", "acme"), ("Globex", "globex")] {
        platform.add_tenant(name, schema, &format!("{schema}.example")).await;
        platform.apply(add(schema, &[&format!("app.{schema}.example")])).await.unwrap();
    }
    platform
}

/// The domains that an inverse puts back.
fn restored(inverse: Option<&Inverse>) -> Vec<Reassignment> {
    match inverse {
        Some(Inverse::RestoreDomains { domains, .. }) => domains.clone(),
        other => panic!("{other:?} puts no domains back"),
    }
}

fn assignment(schema: &str, primary: bool) -> Assignment {
    Assignment { schema: SchemaName::existing(schema), primary }
}

async fn domains(platform: &Platform) -> Vec<String> {
    let query = "SELECT concat_ws(' ', t.schema_name, d.domain, CASE WHEN d.is_primary THEN 'primary' END)
                 FROM public.tenants_domain d JOIN public.tenants_tenant t ON t.id = d.tenant_id ORDER BY 1";
    platform.lines(query).await
}

/// Whose a domain is, if a plan finds it taken.
fn owner_of(domain: &str, findings: &[Finding]) -> Option<String> {
    findings.iter().find_map(|finding| match finding {
        Finding::DomainTaken { domain: taken, owner, .. } if taken == domain => Some(owner.name.clone()),
        _ => None,
    })
}

fn stale(answer: Result<impl std::fmt::Debug>) -> tenantry_engine::operations::Plan {
    match answer {
        Err(Error::Stale { fresh }) => *fresh,
        other => panic!("{other:?} does not say that the plan is stale"),
    }
}

#[tokio::test]
async fn an_added_domain_is_stored_as_requests_will_name_it() {
    let platform = two_tenants().await;
    let applied = platform.apply(add("acme", &["WWW.München.DE.", "shop.acme.example"])).await.unwrap();
    assert_eq!(
        domains(&platform).await[..4],
        [
            "acme acme.example primary",
            "acme app.acme.example",
            "acme shop.acme.example",
            "acme xn--mnchen-3ya.de"
        ]
    );
    assert!(
        matches!(&applied.plan.findings[0], Finding::DomainRewritten { stored, .. } if stored == "xn--mnchen-3ya.de")
    );
    let new = |domain: &str| Reassignment {
        domain: domain.into(),
        before: None,
        after: Some(assignment("acme", false)),
        row: None,
    };
    assert_eq!(restored(applied.plan.inverse.as_ref()), [new("xn--mnchen-3ya.de"), new("shop.acme.example")]);
}

#[tokio::test]
async fn a_taken_domain_is_answered_with_its_owner() {
    let platform = two_tenants().await;
    let plan = platform.plan(add("acme", &["APP.globex.example", "new.acme.example"])).await.unwrap();
    assert_eq!(owner_of("app.globex.example", &plan.findings).as_deref(), Some("Globex"));
    assert!(matches!(&plan.changes[..], [Change::AddDomain { domain, .. }] if domain == "new.acme.example"));

    let Intent::AddDomains(request) = plan.intent else { panic!("it was asked to add domains") };
    let refused = platform.plan(Intent::AddDomains(AddDomains { on_taken: IfTaken::Fail, ..request })).await;
    assert!(
        matches!(&refused, Err(Error::DomainTaken { owner, .. }) if owner.name == "Globex"),
        "{refused:?}"
    );
}

#[tokio::test]
async fn a_domain_that_is_there_already_is_no_change() {
    let platform = two_tenants().await;
    let before = platform.fingerprint().await;
    let again = platform.apply(add("acme", &["App.Acme.example", "acme.example"])).await.unwrap();
    assert_eq!((again.operation, again.plan.changes.len()), (None, 0));
    let yours = |domain: &str, primary| Finding::DomainYours { domain: domain.into(), primary };
    assert!(again.plan.findings.contains(&yours("app.acme.example", false)), "{:?}", again.plan.findings);
    assert!(again.plan.findings.contains(&yours("acme.example", true)), "{:?}", again.plan.findings);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_removed_domain_is_free_for_others() {
    let platform = two_tenants().await;
    let removed = platform.apply(remove("APP.acme.example.")).await.unwrap();
    let Some(Inverse::RestoreDomains { domains: gone, .. }) = &removed.plan.inverse else {
        panic!("it can come back")
    };
    assert_eq!(gone[0].before, Some(assignment("acme", false)));
    assert!(
        gone[0].row.as_ref().is_some_and(|row| row.contains("app.acme.example")),
        "as the row that it was"
    );
    platform.apply(add("globex", &["app.acme.example"])).await.unwrap();
    assert!(domains(&platform).await.contains(&"globex app.acme.example".to_owned()));
}

#[tokio::test]
async fn the_primary_domain_cannot_be_removed() {
    let platform = two_tenants().await;
    let before = platform.fingerprint().await;
    let refused = platform.plan(remove("acme.example")).await.unwrap_err();
    assert!(
        matches!(&refused, Error::PrimaryDomainNeeded { owner, .. } if owner.name == "Acme"),
        "{refused:?}"
    );
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_domain_that_nobody_has_is_not_found() {
    let platform = two_tenants().await;
    for intent in [remove("nobody.example"), make_primary(" nobody.example ")] {
        let refused = platform.plan(intent).await.unwrap_err();
        assert!(
            matches!(&refused, Error::DomainNotFound { domain } if domain == "nobody.example"),
            "{refused:?}"
        );
    }
    let refused = platform.plan(add("nobody", &["nobody.example"])).await.unwrap_err();
    assert!(matches!(&refused, Error::TenantNotFound { schema } if schema == "nobody"), "{refused:?}");
}

#[tokio::test]
async fn making_another_domain_primary_leaves_exactly_one() {
    let platform = two_tenants().await;
    let applied = platform.apply(make_primary("app.acme.example")).await.unwrap();
    assert_eq!(
        domains(&platform).await,
        [
            "acme acme.example",
            "acme app.acme.example primary",
            "globex app.globex.example",
            "globex globex.example primary"
        ]
    );
    let copies = "SELECT primary_domain::text FROM public.tenants_tenant ORDER BY schema_name";
    assert_eq!(platform.lines(copies).await, ["app.acme.example", "globex.example"]);
    let both = |domain: &str, was| Reassignment {
        domain: domain.into(),
        before: Some(assignment("acme", was)),
        after: Some(assignment("acme", !was)),
        row: None,
    };
    assert_eq!(
        restored(applied.plan.inverse.as_ref()),
        [both("acme.example", true), both("app.acme.example", false)]
    );

    let again = platform.apply(make_primary("app.acme.example")).await.unwrap();
    assert_eq!(again.operation, None);
}

#[tokio::test]
async fn every_wrong_domain_of_a_request_is_named() {
    let platform = two_tenants().await;
    let request = add("acme", &["http://a.example/x", "b.example", "b.example.", "c_d.example"]);
    let Err(Error::Invalid(problems)) = platform.plan(request).await else { panic!("it is refused") };
    let found: Vec<_> = problems.iter().map(|problem| (problem.field.as_str(), &problem.rule)).collect();
    assert_eq!(
        found,
        [
            ("domains[0]", &Rule::DomainUrl),
            ("domains[2]", &Rule::DomainRepeated),
            ("domains[3]", &Rule::DomainUnderscore)
        ]
    );
    assert_eq!(problems[0].suggestion.as_deref(), Some("a.example"));
}

#[tokio::test]
async fn who_waits_for_a_domain_that_another_gets_is_told_whose_it_is() {
    let platform = two_tenants().await;
    let plan = platform.plan(add("acme", &["fought-over.example"])).await.unwrap();
    let winner = Open::with(
        &platform,
        "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
         SELECT 'fought-over.example', false, id FROM public.tenants_tenant WHERE schema_name = 'globex'",
    )
    .await;
    let work = Work::start(&platform.engine, plan);
    until_waiting(&platform, 1).await;
    winner.commit().await;

    let fresh = stale(work.outcome().await);
    assert_eq!(owner_of("fought-over.example", &fresh.findings).as_deref(), Some("Globex"));
    assert_eq!(fresh.changes, []);
}

#[tokio::test]
async fn of_two_who_add_the_same_domain_at_once_one_gets_it() {
    let platform = two_tenants().await;
    for round in 0..5 {
        let domain = format!("round-{round}.example");
        let acme = platform.plan(add("acme", &[&domain])).await.unwrap();
        let globex = platform.plan(add("globex", &[&domain])).await.unwrap();
        let (acme, globex) = (Work::start(&platform.engine, acme), Work::start(&platform.engine, globex));
        let (owner, loser) = match (acme.outcome().await, globex.outcome().await) {
            (Ok(_), loser) => ("Acme", loser),
            (loser, Ok(_)) => ("Globex", loser),
            (acme, globex) => panic!("nobody got it: {acme:?}, {globex:?}"),
        };
        assert_eq!(owner_of(&domain, &stale(loser).findings).as_deref(), Some(owner));
    }
}

#[tokio::test]
async fn of_two_who_change_the_primary_domain_the_second_sees_what_the_first_did() {
    let platform = two_tenants().await;
    platform.apply(add("acme", &["new.acme.example"])).await.unwrap();
    let plans = [make_primary("app.acme.example"), make_primary("new.acme.example")];
    let outcomes = at_once(&platform, plans).await;

    let [Some(first), None] = outcomes.each_ref().map(|outcome| outcome.as_ref().ok()) else {
        panic!("the first is served: {outcomes:?}")
    };
    assert!(
        matches!(&first.plan.changes[0], Change::ChangePrimary { after, .. } if after == "app.acme.example")
    );
    let [_, second] = outcomes;
    let before = stale(second).changes.into_iter().find_map(|change| match change {
        Change::ChangePrimary { before, .. } => before,
        _ => None,
    });
    assert_eq!(before.as_deref(), Some("app.acme.example"));
}

#[tokio::test]
async fn a_tenant_that_is_given_domains_twice_at_once_has_one_primary() {
    let platform = two_tenants().await;
    let of_acme = "tenant_id = (SELECT id FROM public.tenants_tenant WHERE schema_name = 'acme')";
    platform.execute(&format!("DELETE FROM public.tenants_domain WHERE {of_acme}")).await;
    let outcomes = at_once(&platform, [add("acme", &["one.example"]), add("acme", &["two.example"])]).await;
    let [first, second] = outcomes;
    first.unwrap();
    let fresh = stale(second);
    apply(&platform.engine, &fresh, &Run::silent()).await.unwrap();
    assert_eq!(domains(&platform).await[..2], ["acme one.example primary", "acme two.example"]);
}

/// Applies two intents about Acme that were both planned before either was applied, and are both under way
/// before either ends.
async fn at_once(
    platform: &Platform,
    intents: [Intent; 2],
) -> [Result<tenantry_engine::operations::Applied>; 2] {
    let mut plans = Vec::new();
    for intent in intents {
        plans.push(platform.plan(intent).await.unwrap());
    }
    let gate =
        Open::with(platform, "SELECT FROM public.tenants_tenant WHERE schema_name = 'acme' FOR UPDATE").await;
    let second = plans.pop().unwrap();
    let first = Work::start(&platform.engine, plans.pop().unwrap());
    until_waiting(platform, 1).await;
    let second = Work::start(&platform.engine, second);
    until_waiting(platform, 2).await;
    gate.commit().await;
    [first.outcome().await, second.outcome().await]
}

#[tokio::test]
async fn a_row_that_no_request_reaches_is_shown_as_such_and_can_be_removed() {
    let platform = two_tenants().await;
    platform
        .execute(
            "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
             SELECT stored, false, id
             FROM public.tenants_tenant, unnest('{WWW.x.com,x.com:8000,x.com}'::text[]) stored
             WHERE schema_name = 'acme'",
        )
        .await;
    let schema = SchemaName::existing("acme");
    let listed = list(&platform.engine, Some(&schema)).await.unwrap();
    let why = |stored: &str| {
        let domain: &Domain = listed.iter().find(|domain| domain.domain == stored).unwrap();
        domain.unreachable.as_ref().map(|problem| (problem.rule.clone(), problem.suggestion.clone()))
    };
    assert_eq!(why("WWW.x.com"), Some((Rule::DomainNotNormal, Some("x.com".into()))));
    assert_eq!(why("x.com:8000"), Some((Rule::DomainPort, Some("x.com".into()))));
    assert_eq!(why("x.com"), None);

    for stored in ["WWW.x.com", "x.com:8000"] {
        let removed = platform.apply(remove(stored)).await.unwrap();
        let change = Change::RemoveDomain { schema: schema.clone(), domain: stored.into() };
        assert_eq!(
            removed.plan.changes,
            [change],
            "the row itself goes, not the one that it should have been"
        );
    }
    assert!(domains(&platform).await.contains(&"acme x.com".to_owned()));
}

#[tokio::test]
async fn a_move_is_undone_for_the_tenant_that_it_was_and_not_for_another_of_its_name() {
    let platform = two_tenants().await;
    let request = MoveDomains {
        domains: vec!["app.acme.example".into()],
        to: SchemaName::existing("globex"),
        approval: None,
    };
    let moved = platform.apply(Intent::MoveDomains(request)).await.unwrap().operation.unwrap();
    let rename = |schema: &str, new: &str| {
        Intent::RenameTenant(RenameTenant {
            schema: SchemaName::existing(schema),
            new_schema: Some(new.into()),
            new_name: None,
        })
    };
    platform.apply(rename("acme", "acme_old")).await.unwrap();
    platform.add_tenant("Another", "acme", "another.example").await;
    platform.apply(Intent::Undo(UndoOperation { operation: moved })).await.unwrap();
    assert!(domains(&platform).await.contains(&"acme_old app.acme.example".to_owned()));
}

#[tokio::test]
async fn a_tenant_whose_primary_domain_went_to_another_comes_back_with_the_next_one() {
    let platform = two_tenants().await;
    let acme = SchemaName::existing("acme");
    platform.apply(Intent::DeleteTenant(TenantRef { schema: acme.clone() })).await.unwrap();
    platform.apply(add("globex", &["acme.example"])).await.unwrap();
    let back = platform
        .apply(Intent::RestoreTenant(RestoreTenant { schema: acme, new_schema: None }))
        .await
        .unwrap();
    let after = back.plan.changes.iter().find_map(|change| match change {
        Change::ChangePrimary { after, .. } => Some(after.as_str()),
        _ => None,
    });
    assert_eq!(after, Some("app.acme.example"), "{:?}", back.plan.changes);
    assert!(domains(&platform).await.contains(&"acme app.acme.example primary".to_owned()));
    let copy = "SELECT primary_domain::text FROM public.tenants_tenant WHERE schema_name = 'acme'";
    assert_eq!(platform.lines(copy).await, ["app.acme.example"]);
}

#[tokio::test]
async fn what_a_deleted_tenant_cannot_have_back_is_found_as_taken() {
    let platform = two_tenants().await;
    platform.apply(Intent::DeleteTenant(TenantRef { schema: SchemaName::existing("acme") })).await.unwrap();
    let taken = async || {
        let query = DomainQuery { text: "state:taken".into(), ..DomainQuery::default() };
        let page = find(&platform.engine, &query, 0, 10).await.unwrap();
        page.rows.into_iter().map(|row| row.domain).collect::<Vec<_>>()
    };
    assert_eq!(taken().await, Vec::<String>::new(), "nobody has what it left");
    platform.apply(add("globex", &["app.acme.example"])).await.unwrap();
    assert_eq!(taken().await, ["app.acme.example"]);
}
