//! Imports: a verdict on every row, all or only the good ones, and files as people have them.

use std::fs;

use tenantry_engine::domains::import::{
    ImportField, ImportSource, ImportTable, ImportVerdict, check, print, read, write,
};
use tenantry_engine::domains::{DomainPolicy, IfTaken, ImportDomains, ImportRow, policy};
use tenantry_engine::names::Rule;
use tenantry_engine::operations::{Change, Finding, Intent, UndoOperation};
use tenantry_engine::{Error, Result};

use crate::console::Platform;
use crate::domain_moves::{rows, two_tenants};

fn row(line: u32, domain: &str, tenant: &str, primary: bool, on_taken: Option<IfTaken>) -> ImportRow {
    ImportRow { line, domain: domain.into(), tenant: tenant.into(), primary, on_taken }
}

/// One row for each verdict.
fn one_of_each() -> ImportDomains {
    let rows = vec![
        row(1, "New.example", "acme", false, None),
        row(2, "a.acme.example", "ACME", false, None),
        row(3, "b.acme.example", "acme", true, None),
        row(4, "globex.example", "acme", false, None),
        row(5, "localhost", "Globex", false, Some(IfTaken::Move)),
        row(6, "acme.example", "globex", false, Some(IfTaken::Fail)),
        row(7, "a_b.example", "acme", false, None),
        row(8, "www.new.example", "globex", false, None),
        row(9, "also.example", "acme", true, None),
        row(10, "x.example", "nobody", false, None),
        row(11, "y.example", " ", false, None),
        row(12, "first.example", "globex", true, None),
    ];
    ImportDomains { rows, on_taken: IfTaken::Skip, only_valid: true, approval: None }
}

async fn words(platform: &Platform, request: &ImportDomains) -> Vec<&'static str> {
    check(&platform.engine, request).await.unwrap().rows.iter().map(|row| row.verdict.word()).collect()
}

const EACH: [&str; 12] = [
    "new",
    "same",
    "becomes_primary",
    "skipped",
    "moved",
    "taken",
    "invalid",
    "repeats",
    "second_primary",
    "no_such_tenant",
    "invalid",
    "new",
];

#[tokio::test]
async fn every_row_gets_its_verdict_and_the_good_ones_are_made() {
    let platform = two_tenants().await;
    let before = rows(&platform).await;
    let request = one_of_each();
    let found = check(&platform.engine, &request).await.unwrap();
    assert_eq!(words(&platform, &request).await, EACH);
    let counts = found.counts;
    assert_eq!(
        (counts.total, counts.good, counts.moved, counts.same, counts.skipped, counts.bad),
        (12, 4, 1, 1, 1, 6)
    );
    assert!(
        matches!(&found.rows[3].verdict, ImportVerdict::Taken { owner, primary: true, .. } if owner.name == "Globex")
    );
    assert!(matches!(&found.rows[7].verdict, ImportVerdict::Repeats { line: 1 }));
    assert!(matches!(&found.rows[8].verdict, ImportVerdict::SecondPrimary { line: 3 }));
    assert_eq!(rows(&platform).await, before, "nothing is written by a check");

    let applied = platform.apply(Intent::ImportDomains(request.clone())).await.unwrap();
    assert!(
        applied.plan.findings.contains(&Finding::RowsLeftOut { count: 6 }),
        "{:?}",
        applied.plan.findings
    );
    let domains = "SELECT concat_ws(' ', t.schema_name, d.domain, CASE WHEN d.is_primary THEN 'primary' END)
                   FROM public.tenants_domain d JOIN public.tenants_tenant t ON t.id = d.tenant_id ORDER BY 1";
    assert_eq!(
        platform.lines(domains).await,
        [
            "acme WWW.acme.example",
            "acme a.acme.example",
            "acme acme.example",
            "acme b.acme.example primary",
            "acme new.example",
            "globex first.example primary",
            "globex globex.example",
            "globex localhost",
        ]
    );
    let undo = UndoOperation { operation: applied.operation.unwrap() };
    platform.apply(Intent::Undo(undo)).await.unwrap();
    assert_eq!(rows(&platform).await, before);
}

#[tokio::test]
async fn without_leave_to_skip_one_bad_row_stops_all_of_them_and_says_which() {
    let platform = two_tenants().await;
    let before = platform.fingerprint().await;
    let all = |rows: Vec<ImportRow>| {
        Intent::ImportDomains(ImportDomains {
            rows,
            on_taken: IfTaken::Skip,
            only_valid: false,
            approval: None,
        })
    };
    let mut each = one_of_each().rows;
    let refused = platform.plan(all(each.clone())).await.unwrap_err();
    assert!(
        matches!(&refused, Error::DomainTaken { domain, owner } if domain == "acme.example" && owner.name == "Acme"),
        "{refused:?}"
    );
    each.remove(5);
    let Err(Error::Invalid(problems)) = platform.plan(all(each)).await else { panic!("it is refused") };
    let found: Vec<_> = problems.into_iter().map(|problem| (problem.field, problem.rule)).collect();
    let at = |line: &str, rule| (line.to_owned(), rule);
    assert_eq!(
        found,
        [
            at("line 7", Rule::DomainUnderscore),
            at("line 8", Rule::DomainRepeated),
            at("line 9", Rule::SecondPrimary { line: 3 }),
            at("line 10", Rule::NoSuchTenant),
            at("line 11", Rule::Required),
        ]
    );
    let none = platform.plan(all(Vec::new())).await.unwrap_err();
    assert!(matches!(none, Error::Invalid(_)), "{none:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_row_without_proof_is_told_the_record_and_one_with_a_reason_is_approved() {
    let platform = two_tenants().await;
    let asks = DomainPolicy { proof_required: true, ..policy(&platform.engine).await.unwrap() };
    platform.apply(Intent::SetDomainPolicy(asks)).await.unwrap();
    let rows = vec![
        row(1, "new.example", "acme", false, None),
        row(2, "dev.localhost", "acme", false, None),
        row(3, "a.acme.example", "acme", false, None),
    ];
    let request = ImportDomains { rows, on_taken: IfTaken::Skip, only_valid: true, approval: None };
    assert_eq!(words(&platform, &request).await, ["unproven", "new", "same"]);
    let approved = ImportDomains { approval: Some("by letter".into()), only_valid: false, ..request };
    assert_eq!(words(&platform, &approved).await, ["new", "new", "same"]);
    let applied = platform.apply(Intent::ImportDomains(approved)).await.unwrap();
    let reasons = applied.plan.changes.iter().filter(|change| matches!(change, Change::ApproveDomain { .. }));
    assert_eq!(reasons.count(), 1);
}

#[tokio::test]
async fn a_result_is_imported_again_without_effect() {
    let platform = two_tenants().await;
    let mut request = one_of_each();
    request.rows.retain(|row| [1, 2, 3, 5, 12].contains(&row.line));
    let found = check(&platform.engine, &request).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("result.csv");
    write(&path, &request, &found).unwrap();
    assert_eq!(print(&request, &found).rows.len(), 5);
    platform.apply(Intent::ImportDomains(request)).await.unwrap();
    let again = read(&ImportSource::File(path), None, "").unwrap();
    assert_eq!(again.fields[..3], [ImportField::Domain, ImportField::Tenant, ImportField::Primary]);
    let again =
        ImportDomains { rows: again.rows, on_taken: IfTaken::Fail, only_valid: false, approval: None };
    assert_eq!(words(&platform, &again).await, ["same"; 5]);
    let plan = platform.plan(Intent::ImportDomains(again)).await.unwrap();
    assert_eq!(plan.changes, []);
}

fn file(name: &str, bytes: &[u8]) -> Result<ImportTable> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&ImportSource::File(path), None, "acme")
}

fn pasted(text: &str) -> Result<ImportTable> {
    read(&ImportSource::Text(text.into()), None, "acme")
}

fn told(table: &ImportTable) -> Vec<(&str, &str, bool)> {
    table.rows.iter().map(|row| (row.domain.as_str(), row.tenant.as_str(), row.primary)).collect()
}

#[test]
fn the_same_rows_come_out_of_every_kind_of_file() {
    let rows = [("a.example", "globex", true), ("b.example", "acme", false)];
    for (name, text) in [
        ("plain.csv", "domain,tenant,primary\na.example,globex,true\nb.example,acme,false\n"),
        ("bom.csv", "\u{feff}Domain;Schema;Is_Primary\r\na.example;globex;x\r\nb.example;acme;\r\n"),
        ("tabs.tsv", "host\tcustomer\tprimary\na.example\tglobex\tyes\nb.example\t\t\n"),
        ("other-order.csv", "primary,note,tenant,domain\n1,x,globex,a.example\n0,y,,b.example\n"),
        ("list.txt", "a.example globex primary\nb.example\n"),
        ("no-header.csv", "a.example,globex,primary\nb.example,acme,\n"),
        ("array.json", r#"[{"domain": "a.example", "tenant": "globex", "primary": true}, "b.example"]"#),
        (
            "export.json",
            r#"[{"host": "a.example", "owner": {"schema": "globex", "name": "G"}, "isPrimary": true},
                            {"name": "b.example", "schema_name": "acme", "is_primary": false}]"#,
        ),
    ] {
        assert_eq!(told(&file(name, text.as_bytes()).unwrap()), rows, "{name}");
    }
    let by_tenant =
        file("tenants.json", br#"{"globex": ["a.example"], "acme": ["b.example", "c.example"]}"#).unwrap();
    let mut found = told(&by_tenant);
    found.sort_unstable();
    assert_eq!(
        found,
        [("a.example", "globex", false), ("b.example", "acme", false), ("c.example", "acme", false)]
    );
}

#[test]
fn what_is_pasted_is_a_list_or_a_table() {
    let list = [("a.example", "acme", false), ("b.example", "acme", false), ("c.example", "acme", false)];
    for text in [
        "a.example\nb.example\nc.example",
        "a.example b.example c.example",
        "Domains\na.example\nb.example\nc.example",
        "a.example, b.example,c.example",
        "a.example;b.example\r\n\r\nc.example\r\n",
        r#"["a.example", "b.example", "c.example"]"#,
        "domain,x\na.example,1\nb.example,2\nc.example,3",
    ] {
        assert_eq!(told(&pasted(text).unwrap()), list, "{text:?}");
    }
    assert_eq!(told(&pasted("a.example globex primary").unwrap()), [("a.example", "globex", true)]);
    assert_eq!(told(&pasted("a.example,globex").unwrap()), [("a.example", "globex", false)]);
    assert_eq!(told(&pasted("a.example;globex;x").unwrap()), [("a.example", "globex", true)]);
    assert_eq!(told(&pasted("localhost").unwrap()), [("localhost", "acme", false)]);
    assert_eq!(pasted("\n\na.example\n\nb.example").unwrap().rows[1].line, 5);
}

#[test]
fn what_is_broken_is_refused_with_its_reason_and_its_place() {
    let reason = |outcome: Result<ImportTable>| match outcome {
        Err(Error::Invalid(problems)) => match &problems[0].rule {
            Rule::File { reason } => reason.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    for (name, bytes, why) in [
        ("empty.csv", &b""[..], "is empty"),
        ("latin.csv", b"domain\nm\xfcnchen.de\n", "line 2: is not UTF-8"),
        ("wide.csv", b"\xff\xfed\0o\0", "line 1: is UTF-16"),
        (
            "open.csv",
            b"domain,tenant\na.example,\"acme\n",
            "line 2: a quotation mark is opened and never closed",
        ),
        ("none.csv", b"colour,size\nred,1\n", "no column holds domains"),
        (
            "cut.json",
            b"[{\"domain\": \"a.example\"",
            "is no JSON: EOF while parsing an object at line 1 column 23",
        ),
        ("empty.json", b"[]", "is empty"),
        ("number.json", b"7", "is neither a list nor an object"),
        ("item.json", b"[\"a.example\", 7]", "item 2 is neither a domain nor an object"),
        ("tenant.json", b"{\"acme\": \"a.example\"}", "acme holds no list of domains"),
    ] {
        let found = reason(file(name, bytes));
        assert!(found.starts_with(why), "{name}: {found}");
    }
    assert_eq!(reason(pasted("  \n ")), "is empty");
    let gone = read(&ImportSource::File("/nowhere/at.all".into()), None, "acme");
    assert!(matches!(gone, Err(Error::File { .. })), "{gone:?}");
}
