//! Catalogs that are no good: each row with its line and its reason, and nothing is written.

use std::fs;

use tenantry_engine::Error;
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::names::{Problem, Rule};
use tenantry_engine::operations::Intent;

use crate::console::Platform;

/// What stands in a file, where the first problem is, and what is said of it.
type Case<'a> = (&'a [u8], &'a str, &'a str);

fn import(path: &str) -> Intent {
    Intent::ImportCatalog(CatalogSource::Path { path: path.into() })
}

async fn problems(platform: &Platform, intent: Intent, what: &str) -> Vec<Problem> {
    match platform.plan(intent).await {
        Err(Error::Invalid(problems)) => problems,
        other => panic!("{what:?} is not refused as bad input: {other:?}"),
    }
}

async fn each_is_refused(name: &str, cases: Vec<Case<'_>>) {
    let platform = Platform::new().await;
    let before = platform.fingerprint().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let intent = || import(&path.display().to_string());
    for (content, place, reason) in cases {
        fs::write(&path, content).unwrap();
        let what = String::from_utf8_lossy(&content[..content.len().min(80)]);
        let found = problems(&platform, intent(), &what).await;
        assert_eq!(found[0].field, place, "{what}");
        let Rule::File { reason: given } = &found[0].rule else { panic!("{what}: {found:?}") };
        assert!(given.contains(reason), "{what}: {given}");
    }
    fs::File::create(&path).unwrap().set_len(100_000_000).unwrap();
    let found = problems(&platform, intent(), "a large file").await;
    assert!(found[0].to_string().contains("100 MB"), "{found:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn files_of_json() {
    let deep = format!("{}1{}", r#"{"a":"#.repeat(10_000), "}".repeat(10_000));
    let deep = format!(r#"[{{"slug": "a", "versions": [{{"version": "1", "config_schema": {deep}}}]}}]"#);
    let long_category = format!(r#"{{"categories": [{{"name": "{}"}}], "atoms": []}}"#, "c".repeat(101));
    let many = format!("[{}]", vec![r#"{"slug": "a"}"#; 100_001].join(","));
    let long_slug = format!(r#"[{{"slug": "{}"}}]"#, "s".repeat(151));
    let cases: Vec<Case> = vec![
        (b"", "catalog.json", "the file is empty"),
        (b"\xFF\xFE[\x00]\x00", "catalog.json", "UTF-16"),
        (b"[{\"slug\": \"\xE9\"}]", "catalog.json", "offset 11"),
        (b"PK\x03\x04", "catalog.json", "archive"),
        (b"\x1F\x8B\x08", "catalog.json", "archive"),
        (b"[{\"slug\": \"a\"},\n{\"slug\"", "catalog.json line 2", "EOF"),
        (deep.as_bytes(), "catalog.json line 1", "recursion limit"),
        (b"[{\"slug\": \"a\"},\n{\"slug\": \"a\"}]", "catalog.json line 2", "stands at catalog.json line 1"),
        (b"[{\"slug\": \"a\", \"parent\": \"a\"}]", "catalog.json line 1", "unknown field `parent`"),
        (
            b"{\"categories\": [], \"atoms\": [{\"slug\": \"a\", \"category\": \"Lost\"}]}",
            "catalog.json line 1",
            "the category `Lost` is not among",
        ),
        (b"{\"atoms\": [], \"more\": 1}", "catalog.json line 1", "unknown field `more`"),
        (b"[{\"slug\": 1.0}]", "catalog.json line 1", "invalid type"),
        (b"[{\"slug\": \"a\", \"versions\": -1}]", "catalog.json line 1", "invalid type"),
        (b"[NaN]", "catalog.json line 1", "expected value"),
        (b"[] // nothing", "catalog.json line 1", "trailing characters"),
        (b"['a']", "catalog.json line 1", "expected value"),
        (b"[{\"slug\": \"a\"},]", "catalog.json line 1", "trailing comma"),
        (b"[{\"slug\": \"a\", \"name\": \"\\ud800\"}]", "catalog.json line 1", "hex escape"),
        (b"[{\"slug\": \"a\", \"name\": \"\\u0000\"}]", "catalog.json line 1", "NUL"),
        (long_slug.as_bytes(), "catalog.json line 1", "150 is the most"),
        (many.as_bytes(), "catalog.json", "100000 is the most"),
        (
            b"{\"categories\": [{\"name\": \"A\"}, {\"name\": \"A\"}], \"atoms\": []}",
            "catalog.json",
            "`A` stands twice",
        ),
        (b"{\"categories\": [{\"name\": \" \"}], \"atoms\": []}", "catalog.json", "name is empty"),
        (b"{\"categories\": [{\"name\": \"\\u0000\"}], \"atoms\": []}", "catalog.json", "NUL"),
        (long_category.as_bytes(), "catalog.json", "100 is the most"),
        (
            b"[{\"slug\": \"a\", \"versions\": [{\"version\": \"1\", \"release_date\": \"+12024-01-01\"}]}]",
            "catalog.json line 1",
            "four digits",
        ),
        (b"{}", "catalog.json line 1", "missing field `atoms`"),
        (b"[{\"slug\": \"a\", \"slug\": \"b\"}]", "catalog.json line 1", "duplicate field `slug`"),
        (b"[{\"name\": \"A\"}]", "catalog.json line 1", "no slug"),
        (
            b"[{\"slug\": \"a\", \"versions\": [\n{\"version\": \"1\", \"config_schema\": {\"type\": 1}}]}]",
            "catalog.json line 2",
            "at /type",
        ),
        (
            b"[{\"slug\": \"a\", \"versions\": [\n{\"version\": \"1\", \"config_schema\": []}]}]",
            "catalog.json line 2",
            "a list, not an object",
        ),
        (
            b"[{\"slug\": \"a\", \"versions\": [{\"version\": \"1\", \"config_schema\": {\"maximum\": 1e999}}]}]",
            "catalog.json line 1",
            "number out of range",
        ),
    ];
    each_is_refused("catalog.json", cases).await;
}

#[tokio::test]
async fn tables() {
    let deep = format!("slug,config_schema\na,\"{}1{}\"\n", r#"{""a"":"#.repeat(10_000), "}".repeat(10_000));
    let long = |column: &str, length: usize| format!("slug,{column}\na,{}\n", "x".repeat(length));
    let (long_name, long_category, long_version) =
        (long("name", 151), long("category", 101), long("version", 51));
    let long_slug = format!("slug\n{}\n", "s".repeat(151));
    let cases: Vec<Case> = vec![
        (b"", "catalog.csv", "the file is empty"),
        (b"\n \n", "catalog.csv", "the file is empty"),
        (b"\xFF\xFEs\x00l\x00", "catalog.csv", "UTF-16"),
        (b"slug\n\xE9\n", "catalog.csv", "offset 5"),
        (b"PK\x03\x04", "catalog.csv", "archive"),
        (b"\x1F\x8B\x08", "catalog.csv", "archive"),
        (b"slug,name\na,\"A\n", "catalog.csv line 2", "never closed"),
        (b"slug\n", "catalog.csv", "no rows"),
        (b"name\nA\n", "catalog.csv line 1", "the column `slug` is missing"),
        (b"slug,parent\na,a\n", "catalog.csv line 1", "unknown column `parent`"),
        (
            b"slug,name\na,A\na,B\n",
            "catalog.csv line 3",
            "the name of `a` is another one than at catalog.csv line 2",
        ),
        (b"slug,category\na,A\na,B\n", "catalog.csv line 3", "the category of `a`"),
        (b"slug,version\na,1\na,1\n", "catalog.csv line 3", "the version `1` stands twice"),
        (b"slug,name\na,A\nb,A\n", "catalog.csv line 3", "the name `A` stands at catalog.csv line 2 already"),
        (b"slug,name\na,A\n,B\n", "catalog.csv line 3", "no slug"),
        (b"slug,name\na,A\nb,B,C\n", "catalog.csv line 3", "3 cells"),
        (b"slug,release_date\na,yesterday\n", "catalog.csv line 2", "no day like 2024-02-29"),
        (b"slug,is_active\na,-1\n", "catalog.csv line 2", "neither true nor false"),
        (b"slug,config_schema\na,{NaN}\n", "catalog.csv line 2", "key must be a string"),
        (b"slug,config_schema\na,[]\n", "catalog.csv line 2", "a list, not an object"),
        (b"slug,config_schema\na,{\"type\": 1}\n", "catalog.csv line 2", "at /type"),
        (b"slug,name\na,x\0y\n", "catalog.csv line 2", "NUL"),
        (deep.as_bytes(), "catalog.csv line 2", "recursion limit"),
        (long_slug.as_bytes(), "catalog.csv line 2", "150 is the most"),
        (long_name.as_bytes(), "catalog.csv line 2", "150 is the most"),
        (long_category.as_bytes(), "catalog.csv line 2", "100 is the most"),
        (long_version.as_bytes(), "catalog.csv line 2", "1 to 50 characters"),
    ];
    each_is_refused("catalog.csv", cases).await;
}

#[tokio::test]
async fn every_row_that_is_bad_is_named_and_no_other() {
    let platform = Platform::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.json");
    let lost = r#"{"categories": [{"name": "A"}], "atoms": [
{"slug": "good", "category": "A"},
{"slug": "one", "category": "Lost"},
{"slug": "two", "category": "Gone"}]}"#;
    fs::write(&path, lost).unwrap();
    let found = problems(&platform, import(&path.display().to_string()), "lost categories").await;
    let places: Vec<_> = found.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(places, ["catalog.json line 3", "catalog.json line 4"]);
}

#[tokio::test]
async fn what_is_odd_in_a_catalog_and_not_wrong_is_accepted() {
    let platform = Platform::new().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.json");
    let odd = r#"[
{"slug": "a", "name": "<b>", "versions": [{"version": "1", "config_schema": {"__proto__": {}}}]}
]"#;
    fs::write(&path, format!("\u{FEFF}{}", odd.replace('\n', "\r\n"))).unwrap();
    platform.apply(import(&path.display().to_string())).await.unwrap();
    let stored = "SELECT concat_ws(' ', a.name, v.config_schema)
                  FROM tenantry.catalog_atom a JOIN tenantry.catalog_version v USING (release, slug)";
    assert_eq!(platform.lines(stored).await, [r#"<b> {"__proto__": {}}"#]);
}

#[tokio::test]
async fn catalogs_that_are_not_there() {
    let platform = Platform::new().await;
    let found = problems(&platform, import("  "), "no path").await;
    assert_eq!((found[0].field.as_str(), &found[0].rule), ("path", &Rule::Required));
    let missing = platform.plan(import("/no/such/catalog.json")).await.unwrap_err();
    assert!(matches!(&missing, Error::File { path, .. } if path == "/no/such/catalog.json"), "{missing:?}");
    let empty = tempfile::tempdir().unwrap();
    let found = problems(&platform, import(&empty.path().display().to_string()), "an empty folder").await;
    assert!(found[0].to_string().contains("no sub-folders"), "{found:?}");
}
