//! Input that is wrong: every refusal names the field and the rule, and nothing is written.

use tenantry_engine::Error;
use tenantry_engine::catalog::SyncCatalog;
use tenantry_engine::domains::{AddDomains, DomainRef, IfTaken};
use tenantry_engine::names::{Problem, Rule, SchemaName};
use tenantry_engine::operations::Intent;
use tenantry_engine::tenants::{Attribute, CreateTenant};

use crate::console::Platform;
use crate::support::tenant;

/// A platform with one tenant: Acme.
async fn platform() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    platform
}

fn good() -> CreateTenant {
    tenant("Globex", "globex", "globex.example")
}

/// What is wrong with a request.
async fn problems(platform: &Platform, intent: Intent, what: &str) -> Vec<Problem> {
    match platform.plan(intent).await {
        Err(Error::Invalid(problems)) => problems,
        other => panic!("{what:?} is not refused as bad input: {other:?}"),
    }
}

/// Each request is refused for one problem: this field, this rule.
async fn each_is_refused(cases: Vec<(CreateTenant, String, Rule)>) {
    let platform = platform().await;
    let before = platform.fingerprint().await;
    for (request, field, rule) in cases {
        let what = format!("{request:?}");
        let found = problems(&platform, Intent::CreateTenant(request), &what).await;
        let found: Vec<_> = found.into_iter().map(|problem| (problem.field, problem.rule)).collect();
        assert_eq!(found, [(field, rule)], "{what}");
    }
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn schema_names() {
    use Rule::{Required, SchemaCharacters, SchemaKeyword, SchemaReserved, SchemaStart, TooLong, TooShort};
    let long = "a".repeat(64);
    let wide = "é".repeat(33);
    let cases = [
        ("", Required),
        (long.as_str(), TooLong { max: 63 }),
        (wide.as_str(), SchemaCharacters),
        ("Acme", Rule::SchemaCollides { existing: "acme".into() }),
        ("PUBLIC", SchemaReserved),
        ("pg_x", SchemaReserved),
        ("PG_x", SchemaReserved),
        ("public", SchemaReserved),
        ("information_schema", SchemaReserved),
        (r#"a"b"#, SchemaCharacters),
        ("a'b", SchemaCharacters),
        ("a;drop schema b;--", SchemaCharacters),
        ("a\0b", SchemaCharacters),
        (" ", SchemaCharacters),
        ("a b", SchemaCharacters),
        (" globex", SchemaCharacters),
        ("globex\n", SchemaCharacters),
        ("a.b", SchemaCharacters),
        ("a-b", SchemaCharacters),
        ("1abc", SchemaStart),
        ("select", SchemaKeyword),
        ("Default", SchemaKeyword),
        ("current_user", SchemaKeyword),
        ("аcme", SchemaCharacters),
        ("名前", SchemaCharacters),
        ("😀", SchemaCharacters),
        ("a/../b", SchemaCharacters),
        (r"a\b", SchemaCharacters),
        ("x%s", SchemaCharacters),
        ("$(id)", SchemaCharacters),
        ("tenantry", SchemaReserved),
        ("tenantry_private", SchemaReserved),
        ("tenantry_api", SchemaReserved),
        ("a", TooShort { min: 2 }),
        ("_x", SchemaStart),
    ];
    let request = |schema: &str| CreateTenant { schema: schema.into(), ..good() };
    each_is_refused(cases.map(|(schema, rule)| (request(schema), "schema".into(), rule)).into()).await;
}

#[tokio::test]
async fn tenant_names() {
    let long = "n".repeat(256);
    let cases = [
        ("", Rule::Required),
        (" \t ", Rule::Required),
        (long.as_str(), Rule::TooLong { max: 255 }),
        ("Acme", Rule::NameTaken { schema: "acme".into() }),
        (" Acme ", Rule::NameTaken { schema: "acme".into() }),
        ("Glo\u{202E}bex", Rule::DirectionCharacters),
        ("Glo\nbex", Rule::ControlCharacters),
        ("Glo\tbex", Rule::ControlCharacters),
        ("Glo\0bex", Rule::ControlCharacters),
    ];
    let request = |name: &str| CreateTenant { name: name.into(), ..good() };
    each_is_refused(cases.map(|(name, rule)| (request(name), "name".into(), rule)).into()).await;
}

#[tokio::test]
async fn names_at_the_limit_and_names_that_look_like_code_are_kept_as_they_are() {
    let platform = platform().await;
    let longest = "ü".repeat(255);
    let schema = "s".repeat(63);
    let names = [
        longest.as_str(),
        "<img src=x onerror=alert(1)>",
        "=HYPERLINK(\"x\")",
        "'; DROP TABLE x; --",
        "%s {}",
    ];
    for (n, name) in names.into_iter().enumerate() {
        let schema = if n == 0 { schema.clone() } else { format!("kept_{n}") };
        platform.add_tenant(name, &schema, &format!("kept-{n}.example")).await;
    }
    let stored =
        platform.lines("SELECT name::text FROM public.tenants_tenant WHERE name <> 'Acme' ORDER BY id").await;
    assert_eq!(stored, names);
}

#[tokio::test]
async fn domains() {
    let label_of_64 = format!("{}.com", "a".repeat(64));
    let label = "a".repeat(63);
    let name_of_254 = format!("{label}.{label}.{label}.{}.com", "a".repeat(58));
    let wide_label = format!("{}.de", "ü".repeat(60));
    let cases = [
        ("acme.example.com..", Rule::DomainEmptyLabel),
        ("..", Rule::DomainEmptyLabel),
        ("a..", Rule::DomainEmptyLabel),
        (".globex.example", Rule::DomainEmptyLabel),
        ("globex..example", Rule::DomainEmptyLabel),
        ("-acme.com", Rule::DomainHyphens),
        ("acme-.com", Rule::DomainHyphens),
        ("a.-b.com", Rule::DomainHyphens),
        ("ac--me.example", Rule::DomainHyphens),
        ("аcme.com", Rule::DomainMixedScripts),
        ("acme.com/path", Rule::DomainPath),
        ("http://acme.com", Rule::DomainUrl),
        ("HTTPS://ACME.COM", Rule::DomainUrl),
        ("acme.com:8000", Rule::DomainPort),
        ("x.com:", Rule::DomainPort),
        ("user@acme.com", Rule::DomainUser),
        ("acme_dev.example.com", Rule::DomainUnderscore),
        ("*.example.com", Rule::DomainWildcard),
        ("*", Rule::DomainWildcard),
        ("a*b.com", Rule::DomainWildcard),
        ("::1", Rule::DomainIpv6),
        ("[::1]", Rule::DomainIpv6),
        ("[::1]:80", Rule::DomainIpv6),
        ("com", Rule::DomainPublicSuffix),
        ("co.uk", Rule::DomainPublicSuffix),
        ("github.io", Rule::DomainPublicSuffix),
        ("example", Rule::DomainSingleLabel),
        ("😀.example", Rule::DomainCharacters),
        ("xn--e28h.example", Rule::DomainCharacters),
        ("a\u{200D}b.com", Rule::DomainCharacters),
        ("a\u{200B}b.com", Rule::DomainInvisible),
        ("a\u{AD}b.com", Rule::DomainInvisible),
        ("ac me.com", Rule::DomainCharacters),
        ("acme\n.com", Rule::DomainCharacters),
        ("acme\0.com", Rule::DomainCharacters),
        ("acme%00.com", Rule::DomainCharacters),
        ("acme\u{202E}.com", Rule::DomainCharacters),
        (label_of_64.as_str(), Rule::DomainLabelTooLong),
        (name_of_254.as_str(), Rule::DomainTooLong),
        (wide_label.as_str(), Rule::DomainLabelTooLong),
        ("acme.com?x", Rule::DomainPath),
        ("acme.com#x", Rule::DomainPath),
        (r"acme\com", Rule::DomainPath),
    ];
    let as_primary = |domain: &str| CreateTenant { primary_domain: domain.into(), ..good() };
    let as_alias = |domain: &str| CreateTenant { aliases: vec![String::new(), domain.into()], ..good() };
    let primaries =
        cases.clone().map(|(domain, rule)| (as_primary(domain), "primary_domain".to_owned(), rule));
    let aliases = cases.map(|(domain, rule)| (as_alias(domain), "aliases[1]".to_owned(), rule));
    let more = [
        (as_primary(" "), "primary_domain".into(), Rule::Required),
        (as_alias("GLOBEX.example."), "aliases[1]".into(), Rule::DomainRepeated),
    ];
    each_is_refused(primaries.into_iter().chain(aliases).chain(more).collect()).await;
}

#[tokio::test]
async fn attributes() {
    let known = [
        "seats_allowed",
        "project_cap",
        "admin_name",
        "admin_email",
        "users_in_use",
        "allowed_apps",
        "projects_allowed",
    ];
    let known = known.map(str::to_owned).to_vec();
    let of_type = |wanted: &str| Rule::AttributeType { wanted: wanted.into() };
    let long = "n".repeat(256);
    let cases = [
        ("seats", "20", Rule::AttributeUnknown { known: known.clone() }),
        ("", "20", Rule::AttributeUnknown { known: known.clone() }),
        ("seats_allowed; DROP TABLE x", "20", Rule::AttributeUnknown { known: known.clone() }),
        ("id", "7", Rule::AttributeReserved),
        ("schema_name", "other", Rule::AttributeReserved),
        ("primary_domain", "other.example", Rule::AttributeReserved),
        ("is_active", "false", Rule::AttributeReserved),
        ("seats_allowed", "many", of_type("integer")),
        ("seats_allowed", "", of_type("integer")),
        ("seats_allowed", "1.5", of_type("integer")),
        ("seats_allowed", "99999999999", of_type("integer")),
        ("seats_allowed", "-1", Rule::AttributeCheck { rule: "(seats_allowed >= 0)".into() }),
        ("project_cap", "-5", Rule::AttributeCheck { rule: "(project_cap >= 0)".into() }),
        ("allowed_apps", "[unquoted]", of_type("jsonb")),
        ("allowed_apps", r#"["\u0000"]"#, of_type("jsonb")),
        ("admin_name", long.as_str(), of_type("character varying(255)")),
        ("admin_name", "a\0b", Rule::ControlCharacters),
        ("admin_email", "admin", Rule::Email),
    ];
    let request = |attributes: Vec<Attribute>| CreateTenant { attributes, ..good() };
    let attribute = |column: &str, value: Option<&str>| Attribute {
        column: column.into(),
        value: value.map(str::to_owned),
    };
    let single = cases.map(|(column, value, rule)| {
        (request(vec![attribute(column, Some(value))]), format!("attributes.{column}"), rule)
    });
    let more = [
        (request(vec![attribute("seats_allowed", None)]), "attributes.seats_allowed".into(), Rule::Required),
        (
            request(vec![attribute("seats_allowed", Some("1")), attribute("seats_allowed", Some("2"))]),
            "attributes.seats_allowed".into(),
            Rule::AttributeRepeated,
        ),
    ];
    each_is_refused(single.into_iter().chain(more).collect()).await;
}

#[tokio::test]
async fn names_that_no_database_can_hold_are_not_found() {
    let platform = platform().await;
    let schema = || SchemaName::existing("a\0b");
    let domains = vec!["new.example".to_owned()];
    for intent in [
        Intent::AddDomains(AddDomains { schema: schema(), domains, on_taken: IfTaken::Skip, approval: None }),
        Intent::SyncCatalog(SyncCatalog::to_newest(schema())),
    ] {
        let refused = platform.plan(intent).await;
        assert!(matches!(refused, Err(Error::TenantNotFound { .. })), "{refused:?}");
    }
    let refused = platform.plan(Intent::RemoveDomain(DomainRef { domain: "a\0b.example".into() })).await;
    assert!(matches!(refused, Err(Error::DomainNotFound { .. })), "{refused:?}");
}

#[tokio::test]
async fn a_rule_about_a_column_that_tenantry_does_not_know_is_in_nobodys_way() {
    let platform = platform().await;
    platform
        .execute(
            "ALTER TABLE public.tenants_tenant ADD COLUMN tier integer NOT NULL DEFAULT 1 CHECK (tier > 0)",
        )
        .await;
    let attributes = vec![Attribute { column: "seats_allowed".into(), value: Some("3".into()) }];
    platform.apply(Intent::CreateTenant(CreateTenant { attributes, ..good() })).await.unwrap();
}

#[tokio::test]
async fn everything_that_is_wrong_is_named_at_once() {
    let platform = platform().await;
    let request = CreateTenant {
        aliases: vec!["x y".into()],
        attributes: vec![Attribute { column: "seats_allowed".into(), value: Some("-1".into()) }],
        ..tenant("Acme", "a b", "http://globex.example")
    };
    let found = problems(&platform, Intent::CreateTenant(request), "all of it").await;
    let fields: Vec<_> = found.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["name", "schema", "attributes.seats_allowed", "primary_domain", "aliases[0]"]);
    assert_eq!(found[1].suggestion.as_deref(), Some("a_b"));
    assert_eq!(found[3].suggestion.as_deref(), Some("globex.example"));
}

#[tokio::test]
async fn a_schema_that_nobody_owns_is_not_taken_over() {
    let platform = platform().await;
    platform.execute("CREATE SCHEMA globex; CREATE TABLE globex.precious (x int)").await;
    let before = platform.fingerprint().await;
    let refused = platform.plan(Intent::CreateTenant(good())).await.unwrap_err();
    assert!(matches!(&refused, Error::SchemaTaken { schema } if schema == "globex"), "{refused:?}");
    platform.assert_unchanged(&before).await;
}
