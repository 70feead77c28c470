use super::*;
use crate::names::Rule;

fn read_bytes(content: &[u8]) -> Result<Incoming, Vec<(String, String)>> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("catalog.json");
    std::fs::write(&path, content).expect("the file is written");
    read(&path, content.len() as u64).map_err(|error| match error {
        Error::Invalid(problems) => problems
            .into_iter()
            .map(|p| match p.rule {
                Rule::File { reason } => (p.field, reason),
                other => panic!("unexpected rule {other:?}"),
            })
            .collect(),
        other => panic!("unexpected error {other}"),
    })
}

fn refused(content: &str) -> Vec<(String, String)> {
    read_bytes(content.as_bytes()).expect_err(content)
}

#[test]
fn what_an_atom_leaves_out_gets_its_default() {
    let incoming = read_bytes(br#"{"atoms": [{"slug": "pdf-export"}]}"#).unwrap();
    let expected = MasterAtom {
        slug: "pdf-export".into(),
        name: "Pdf Export".into(),
        description: String::new(),
        category: "General".into(),
        versions: vec![MasterVersion::plain("1.0".into())],
    };
    assert_eq!(incoming.atoms, [expected]);
    assert_eq!(incoming.categories[0].name, "General");
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    let incoming = read_bytes(b"\xEF\xBB\xBF[\r\n{\"slug\": \"a\"},\r\n{\"slug\": \"b\"}\r\n]\r\n").unwrap();
    assert_eq!(incoming.atoms.len(), 2);
}

#[test]
fn a_file_that_is_no_catalog_is_refused_with_its_reason() {
    for (content, place, reason) in [
        (&b""[..], "catalog.json", "the file is empty"),
        (b" \n", "catalog.json", "the file is empty"),
        (b"\xFF\xFE{\x00", "catalog.json", "the file is UTF-16; save it as UTF-8"),
        (b"[{\"slug\": \"\xE9\"}]", "catalog.json", "the file is not UTF-8: the byte at offset 11 is none"),
        (b"PK\x03\x04rest", "catalog.json", "the file is an archive; unpack it and import what is inside"),
        (b"\x1F\x8Brest", "catalog.json", "the file is an archive; unpack it and import what is inside"),
        (
            b"{\"atoms\": [\n{\"slug\": \"a\"",
            "catalog.json line 2",
            "EOF while parsing an object (column 12)",
        ),
        (b"{\"atoms\": [], }", "catalog.json line 1", "trailing comma (column 15)"),
        (b"// note\n[]", "catalog.json line 1", "expected value (column 1)"),
        (b"['a']", "catalog.json line 1", "expected value (column 2)"),
        (b"[NaN]", "catalog.json line 1", "expected value (column 2)"),
        (
            b"{\"atoms\": [], \"x\": 1}",
            "catalog.json line 1",
            "unknown field `x`, expected `categories` or `atoms` (column 17)",
        ),
    ] {
        let problems = read_bytes(content).unwrap_err();
        assert_eq!(problems, [(place.to_owned(), reason.to_owned())], "{}", String::from_utf8_lossy(content));
    }
}

#[test]
fn every_bad_atom_gets_its_line_and_its_reason() {
    let long = "s".repeat(151);
    let content = format!(
        r#"{{"atoms": [
{{"slug": "good"}},
{{"slug": "good", "name": "Other"}},
{{"slug": "a b"}},
{{"slug": "{long}"}},
{{"slug": "typed", "name": 1}},
{{"slug": "more", "parent": "x"}},
{{"name": "No slug"}},
{{"slug": "twice", "versions": [{{"version": "1.0"}}, {{"version": "1.0"}}]}},
{{"slug": "date", "versions": [{{"version": "1.0",
   "release_date": "yesterday"}}]}},
{{"slug": "schema", "versions": [{{"version": "1.0", "config_schema": []}}]}},
{{"slug": "nul", "description": "a\u0000b"}},
{{"slug": "half", "description": "\ud800"}}
]}}"#
    );
    let problems = refused(&content);
    let places: Vec<_> =
        problems.iter().map(|(place, _)| place.rsplit(' ').next().unwrap().parse::<u32>().unwrap()).collect();
    let mut sorted = places.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [3, 4, 5, 5, 6, 7, 8, 9, 11, 12, 13, 14], "{problems:#?}");
    for part in [
        "the slug `good` stands at catalog.json line 2 already",
        "the slug `a b` may hold letters, digits, - and _ only",
        "the slug has 151 characters; 150 is the most",
        "unknown field `parent`",
        "the atom has no slug",
        "the version `1.0` stands twice",
        "the description holds the character NUL",
        "unexpected end of hex escape",
    ] {
        assert!(problems.iter().any(|(_, reason)| reason.contains(part)), "{part} in {problems:#?}");
    }
}

#[test]
fn a_bad_config_schema_gets_the_line_on_which_it_stands() {
    let problems = refused(
        r#"[{"slug": "a", "versions": [
  {"version": "1", "config_schema": {}},
  {"version": "2", "release_notes": "",
   "config_schema": {"type": "strin"}},
  {"version": "3", "config_schema": null}
]}]"#,
    );
    let places: Vec<_> = problems.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["catalog.json line 4", "catalog.json line 5"]);
    assert!(problems[0].1.contains("version `2`") && problems[0].1.contains("at /type"), "{problems:?}");
    assert!(problems[1].1.contains("is null, not an object"), "{problems:?}");
}

#[test]
fn a_category_that_the_file_does_not_list_is_named() {
    let problems = refused(
        r#"{"categories": [{"name": "A"}], "atoms": [{"slug": "x", "category": "A"}, {"slug": "y", "category": "B"}]}"#,
    );
    assert_eq!(
        problems,
        [(
            "catalog.json line 1".to_owned(),
            "the category `B` is not among the file's categories".to_owned()
        )]
    );
}

#[test]
fn depth_is_limited_and_odd_keys_are_plain_data() {
    let deep = |n: usize| {
        format!(
            r#"[{{"slug": "a", "versions": [{{"version": "1", "config_schema": {}1{}}}]}}]"#,
            "{\"a\":".repeat(n),
            "}".repeat(n)
        )
    };
    assert!(read_bytes(deep(100).as_bytes()).is_ok());
    assert!(refused(&deep(10_000))[0].1.contains("recursion limit exceeded"));
    let odd = read_bytes(
        br#"[{"slug": "a", "versions": [{"version": "1", "config_schema": {"__proto__": {"x": 1}}}]}]"#,
    )
    .unwrap();
    assert_eq!(odd.atoms[0].versions[0].config_schema, r#"{"__proto__": {"x": 1}}"#);
}

#[test]
fn a_file_too_large_is_refused_before_it_is_read() {
    let missing = Path::new("no-such-file.json");
    assert!(matches!(read(missing, 100_000_000), Err(Error::Invalid(_))), "the size alone decides");
    assert!(matches!(read(missing, 10), Err(Error::File { .. })));
}

#[test]
fn a_title_is_the_words_of_the_slug() {
    assert_eq!(title("pdf_export"), "Pdf Export");
    assert_eq!(title("ai-summary"), "Ai Summary");
    assert_eq!(title("x"), "X");
}
