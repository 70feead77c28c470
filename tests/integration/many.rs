//! Many tenants from a file: a verdict on every row, and bad rows never block good ones.

use std::fmt::Write as _;
use std::path::PathBuf;

use tempfile::TempDir;
use tenantry_engine::jobs::{self, JobState};
use tenantry_engine::names::{Rule, SchemaName};
use tenantry_engine::operations::{Finding, Intent, Run};
use tenantry_engine::tenants::many::{
    self, ColumnField, ColumnMapping, ManyCheck, RowCounts, RowVerdict, Table,
};
use tenantry_engine::tenants::{self, TenantRef};
use tenantry_engine::{Error, Result};

use crate::console::Platform;

/// A file and what becomes of it.
struct Csv {
    folder: TempDir,
}

impl Csv {
    fn new(text: impl AsRef<[u8]>) -> Self {
        let csv = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::write(csv.path("given.csv"), text).unwrap();
        csv
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn table(&self) -> Table {
        many::read(&self.path("given.csv")).unwrap()
    }
}

async fn mapped(platform: &Platform, table: &Table) -> ColumnMapping {
    many::preview(&platform.engine, table).await.unwrap().mapping
}

async fn check(platform: &Platform, text: &str) -> ManyCheck {
    let table = Csv::new(text).table();
    let mapping = mapped(platform, &table).await;
    many::check(&platform.engine, &table, &mapping).await.unwrap()
}

fn words(check: &ManyCheck) -> Vec<&'static str> {
    check.rows.iter().map(|row| row.verdict.word()).collect()
}

fn counts(total: u32, new: u32, exist: u32, bad: u32) -> RowCounts {
    RowCounts { total, new, exist, bad }
}

#[tokio::test]
async fn every_row_gets_its_verdict_and_nothing_is_written() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    platform.execute("CREATE SCHEMA stray").await;
    let before = platform.fingerprint().await;
    let found = check(
        &platform,
        "Name,Schema,Domain,Aliases,Seats allowed\n\
         Initech,initech,initech.example,app.initech.example globex.example,20\n\
         Acme,acme,acme.example,,\n\
         Acme,acme,acme.example,new.acme.example,\n\
         Acme,acme,acme.example,,7\n\
         Acme,other,other.example,,\n\
         Umbrella,umbrella,Globex.example,,\n\
         Stray,stray,stray.example,,\n\
         Umbrella,INITECH,umbrella.example,,\n\
         Hooli,Acme,hooli.example,,\n\
         Hooli,select,not a domain,http://hooli.example,-3\n\
         Hooli,hooli,hooli.example\n\
         Hooli,,hooli.example,,many\n\
         Hooli,,hooli.example,,30\n\
         Hooli,,hooli.example,,30\n",
    )
    .await;
    assert_eq!(
        words(&found),
        [
            "new",
            "exists",
            "differs",
            "differs",
            "invalid",
            "domain_taken",
            "schema_taken",
            "repeats",
            "invalid",
            "invalid",
            "invalid",
            "invalid",
            "new",
            "repeats"
        ]
    );
    assert_eq!(found.counts, counts(14, 2, 1, 11));
    let row = |n: usize| &found.rows[n];
    assert_eq!((row(0).line, row(13).line), (2, 15));
    assert!(
        matches!(&row(0).findings[..], [Finding::DomainTaken { domain, .. }] if domain == "globex.example"),
        "{:?}",
        row(0).findings
    );
    let differences = |n: usize| match &row(n).verdict {
        RowVerdict::Differs { differences, .. } => differences.join(" "),
        other => panic!("{other:?}"),
    };
    assert_eq!([differences(2), differences(3)], ["aliases[0]", "seats_allowed"]);
    let rules = |n: usize| match &row(n).verdict {
        RowVerdict::Invalid { problems } => {
            problems.iter().map(|problem| (problem.field.as_str(), problem.rule.clone())).collect::<Vec<_>>()
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(rules(4), [("name", Rule::NameTaken { schema: "acme".into() })]);
    assert_eq!(row(7).verdict, RowVerdict::Repeats { line: 2, field: "schema".into() });
    assert_eq!(rules(8), [("schema", Rule::SchemaCollides { existing: "acme".into() })]);
    let fields: Vec<_> = rules(9).into_iter().map(|(field, _)| field).collect();
    assert_eq!(fields, ["schema", "attributes.seats_allowed", "primary_domain", "aliases[0]"]);
    assert_eq!(rules(10), [("row", Rule::File { reason: "has 3 cells, and the header has 5".into() })]);
    assert_eq!(rules(11), [("attributes.seats_allowed", Rule::AttributeType { wanted: "integer".into() })]);
    assert_eq!((row(12).subject.as_str(), row(12).name.as_str()), ("hooli_2", "Hooli"));
    assert_eq!(row(13).verdict, RowVerdict::Repeats { line: 14, field: "name".into() });
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn the_good_rows_are_created_and_their_file_can_be_given_again() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    let csv = Csv::new(
        "\u{feff}Tenant;Domain;Alias 1;Seats_Allowed;Note\r\n\
         Initech;initech.example;app.initech.example;20;\"two\r\nlines; \"\"quoted\"\"\"\r\n\
         Initech;initech.example;app.initech.example;20;again\r\n\
         Acme;acme.example;;;there\r\n\
         Bad;bad;;;bad\r\n\
         INITECH;initech-2.example;;;\r\n",
    );
    let table = csv.table();
    let mapping = mapped(&platform, &table).await;
    let found = many::check(&platform.engine, &table, &mapping).await.unwrap();
    assert_eq!(words(&found), ["new", "repeats", "exists", "invalid", "new"]);
    let job = many::create(&platform.engine, &found).await.unwrap();
    let done = jobs::work(&platform.engine, job.unwrap(), &Run::silent()).await.unwrap();
    assert_eq!((done.state, done.done, done.failed), (JobState::Finished, 2, 0));
    let mut schemas: Vec<_> =
        tenants::list(&platform.engine).await.unwrap().into_iter().map(|t| t.schema.to_string()).collect();
    schemas.sort();
    assert_eq!(schemas, ["acme", "initech", "initech_2"]);
    let page = tenants::page(&platform.engine, &SchemaName::existing("initech")).await.unwrap();
    assert_eq!(page.domains.len(), 2);
    assert_eq!(page.attributes[0].value.as_deref(), Some("20"));

    // Also when the file is looked at again only after the job.
    let later = many::check(&platform.engine, &table, &mapping).await.unwrap();
    assert_eq!(words(&later), ["exists", "repeats", "exists", "invalid", "exists"]);
    for (check, name) in [(&found, "result.csv"), (&later, "later.csv")] {
        many::write_result(&platform.engine, &table, check, job, &csv.path(name)).await.unwrap();
    }
    let bytes = |name: &str| std::fs::read(csv.path(name)).unwrap();
    assert_eq!(bytes("result.csv"), bytes("later.csv"));
    let result = many::read(&csv.path("result.csv")).unwrap();
    assert_eq!(result.headers[5..], ["outcome", "detail", "operation"]);
    assert_eq!((result.delimiter, result.bom), (b';', true));
    assert_eq!(&result.rows[0].cells[4], "two\r\nlines; \"quoted\"");
    let outcomes: Vec<_> = result.rows.iter().map(|row| row.cells[5].to_owned()).collect();
    assert_eq!(outcomes, ["created", "repeats", "exists", "invalid", "created"]);
    let operations = platform.lines("SELECT id::text FROM tenantry.operation ORDER BY seq").await;
    assert_eq!([&result.rows[0].cells[7], &result.rows[4].cells[7]], [&*operations[1], &*operations[2]]);

    let mapping = mapped(&platform, &result).await;
    let again = many::check(&platform.engine, &result, &mapping).await.unwrap();
    assert_eq!(words(&again), words(&later));
    assert_eq!(many::create(&platform.engine, &again).await.unwrap(), None);
    many::write_result(&platform.engine, &result, &again, None, &csv.path("again.csv")).await.unwrap();
    let again = many::read(&csv.path("again.csv")).unwrap();
    assert_eq!(again.headers, result.headers, "the columns of the outcome are not repeated");
}

#[tokio::test]
async fn a_mapping_that_makes_no_tenants_is_refused() {
    let platform = Platform::new().await;
    let table = Csv::new("name,web,seats,seats_allowed\nAcme,acme.example,3,4\n").table();
    let proposed = mapped(&platform, &table).await;
    let refused = async |mapping: &ColumnMapping| -> Vec<(String, Rule)> {
        match many::check(&platform.engine, &table, mapping).await {
            Err(Error::Invalid(problems)) => problems.into_iter().map(|p| (p.field, p.rule)).collect(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(refused(&proposed).await, [("primary_domain".to_owned(), Rule::Required)]);
    let mut good = proposed.clone();
    good.set(&table.headers, "web", ColumnField::named("domain")).unwrap();
    assert_eq!(words(&many::check(&platform.engine, &table, &good).await.unwrap()), ["new"]);
    let mut twice = good.clone();
    twice.0[2] = ColumnField::named("seats_allowed");
    assert_eq!(refused(&twice).await, [("attributes.seats_allowed".to_owned(), Rule::AttributeRepeated)]);
    let mut unknown = good.clone();
    unknown.0[2] = ColumnField::named("seats");
    assert!(matches!(&refused(&unknown).await[..], [(_, Rule::AttributeUnknown { .. })]));
    let short = ColumnMapping(good.0[..3].to_vec());
    assert!(matches!(&refused(&short).await[..], [(_, Rule::File { .. })]));
}

#[tokio::test]
async fn a_deleted_tenant_does_not_count_as_there() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    let gone = TenantRef { schema: SchemaName::existing("acme") };
    platform.apply(Intent::DeleteTenant(gone)).await.unwrap();
    let single: Result<_> =
        platform.plan(Intent::CreateTenant(crate::support::tenant("Acme", "acme", "acme.example"))).await;
    let found = check(&platform, "name,domain\nAcme,acme.example\n").await;
    assert_eq!(found.rows[0].verdict.is_bad(), single.is_err(), "{:?}, {single:?}", found.rows[0]);
}

#[tokio::test]
async fn a_hundred_thousand_rows_get_their_verdicts() {
    const ROWS: usize = 100_000;
    let platform = Platform::new().await;
    platform.add_tenant("Tenant 7", "tenant_7", "t7.example").await;
    let before = platform.fingerprint().await;
    let mut text = String::from("name,schema,domain,aliases,seats_allowed\n");
    for n in 0..ROWS {
        let seats = if n % 10 == 3 { format!("no {n}") } else { String::new() };
        // Every tenth row repeats the one before.
        let n = if n % 10 == 5 { n - 1 } else { n };
        writeln!(text, "Tenant {n},tenant_{n},t{n}.example,app.t{n}.example,{seats}").unwrap();
    }
    let found = check(&platform, &text).await;
    assert_eq!(found.counts, counts(100_000, 79_999, 0, 20_001));
    assert_eq!(words(&found)[..8], ["new", "new", "new", "invalid", "new", "repeats", "new", "differs"]);
    platform.assert_unchanged(&before).await;
}
