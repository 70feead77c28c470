use proptest::prelude::*;

use super::*;
use crate::catalog::export;
use crate::names::Rule;

fn parsed(text: &str) -> Result<Incoming, Vec<(String, String)>> {
    parse(text, &Place::of(Path::new("catalog.csv"))).map_err(|error| match error {
        Error::Invalid(problems) => problems
            .into_iter()
            .map(|problem| match problem.rule {
                Rule::File { reason } => (problem.field, reason),
                other => panic!("unexpected rule {other:?}"),
            })
            .collect(),
        other => panic!("unexpected error {other}"),
    })
}

fn refused(text: &str) -> Vec<(String, String)> {
    parsed(text).expect_err(text)
}

#[test]
fn a_row_is_a_version_of_an_atom_in_a_category() {
    let incoming = parsed(
        "Category;category_description;slug;name;version;release_date;is_active\r\n\
         Output;Where results go;pdf;PDF;1.0;2024-02-29;TRUE\r\n\
         Output;;pdf;;1.1;;no\r\n\
         Input;;;;;;\r\n\
         ;;mail-inbox;;;;\r\n",
    )
    .unwrap();
    let category = |name: &str, description: Option<&str>| IncomingCategory {
        name: name.into(),
        description: description.map(str::to_owned),
    };
    let described = category("Output", Some("Where results go"));
    assert_eq!(incoming.categories, [described, category("Input", None), category("General", None)]);
    let version = |version: &str, release_date: Option<&str>, is_active| MasterVersion {
        release_date: release_date.map(|date| date.parse().unwrap()),
        is_active,
        ..MasterVersion::plain(version.into())
    };
    let atom = |slug: &str, name: &str, category: &str, versions| MasterAtom {
        slug: slug.into(),
        name: name.into(),
        description: String::new(),
        category: category.into(),
        versions,
    };
    let pdf = vec![version("1.0", Some("2024-02-29"), true), version("1.1", None, false)];
    let mail = atom("mail-inbox", "Mail Inbox", "General", Vec::new());
    assert_eq!(incoming.atoms, [atom("pdf", "PDF", "Output", pdf), mail]);
    assert_eq!(incoming.places, ["catalog.csv line 2", "catalog.csv line 5"]);
}

#[test]
fn a_table_without_versions_gives_each_atom_the_first() {
    let incoming = parsed("slug\na\nb\n").unwrap();
    assert_eq!(incoming.atoms[1].versions, [MasterVersion::plain("1.0".into())]);
}

#[test]
fn every_bad_row_gets_its_line_and_its_reason() {
    let cases = [
        ("slug,colour\na,red\n", "line 1", "unknown column `colour`"),
        ("slug,slug\na,a\n", "line 1", "the column `slug` stands twice"),
        ("name\na\n", "line 1", "the column `slug` is missing"),
        ("slug\n", "", "the file has a header and no rows beneath it"),
        ("slug,name\na,\"A\nb,B\n", "line 2", "a quotation mark is opened and never closed"),
        ("slug,name\na,A\nb,B,C\n", "line 3", "the row has 3 cells; the header has 2"),
        ("slug,name\na,A\n,B\n", "line 3", "the atom has no slug"),
        (
            "slug,name,version\na,A,1\na,B,2\n",
            "line 3",
            "the name of `a` is another one than at catalog.csv line 2",
        ),
        (
            "slug,category,version\na,A,1\n\n\na,B,2\n",
            "line 5",
            "the category of `a` is another one than at catalog.csv line 2",
        ),
        (
            "slug,category,category_description\na,A,x\nb,A,y\n",
            "line 3",
            "the category description of `A` is another one than at catalog.csv line 2",
        ),
        ("slug,category_description\na,x\n", "line 2", "a category is described that has no name"),
        ("slug,name\na,A\nb,A\n", "line 3", "the name `A` stands at catalog.csv line 2 already"),
        ("slug,version\na,1\na,1\n", "line 3", "the version `1` stands twice"),
        ("slug,version,release_notes\na,,First\n", "line 2", "the version has no number"),
        (
            "slug,release_date\na,29.2.2024\n",
            "line 2",
            "the release date `29.2.2024` is no day like 2024-02-29",
        ),
        ("slug,release_date\na,+12024-01-01\n", "line 2", "four digits"),
        ("slug,is_active\na,maybe\n", "line 2", "is_active is `maybe`, which is neither true nor false"),
        ("slug,version,config_schema\na,1,\na,2,{\n", "line 3", "the config schema of version `2`: EOF"),
        ("slug,config_schema\na,[]\n", "line 2", "is a list, not an object"),
        ("slug,config_schema\na,\"{\"\"type\"\": 1}\"\n", "line 2", "at /type"),
        ("slug,config_schema\na,\"{\"\"title\"\": \"\"\\u0000\"\"}\"\n", "line 2", "holds the character NUL"),
        ("slug,name\na,x\0y\n", "line 2", "the name holds the character NUL"),
        ("slug\na b\n", "line 2", "the slug `a b` may hold letters, digits, - and _ only"),
        (
            "slug,category\na,A\n,\u{1}\u{2}\nb,\"\0\"\n",
            "line 4",
            "a category's name holds the character NUL",
        ),
    ];
    for (text, place, reason) in cases {
        let found = refused(text);
        let place = format!("catalog.csv {place}");
        assert_eq!(found[0].0, place.trim(), "{text}: {found:?}");
        assert!(found[0].1.contains(reason), "{text}: {found:?}");
    }
    let many: String = (0..=100_000).map(|n| format!("a{n}\n")).collect();
    assert_eq!(refused(&format!("slug\n{many}"))[0].1, "the file has 100001 atoms; 100000 is the most");
}

/// What spreadsheets, parsers and databases trip over.
fn hostile() -> impl Strategy<Value = String> {
    let tricky = prop::sample::select(vec![
        "",
        "'",
        "''=1",
        "=HYPERLINK(\"x\")",
        "+1",
        "-1",
        "@a",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\"",
        "\"\"",
        ",",
        ";",
        " ",
        "a,b;c\td",
        "\u{feff}",
        "\u{202e}",
        "NULL",
        "\\",
        "\\u0000",
        "é",
        "😀",
        "{}",
        "[",
        "<b>",
    ]);
    prop::collection::vec(prop_oneof![tricky.prop_map(str::to_owned), "[^\0]{0,6}"], 0..4)
        .prop_map(|parts| parts.concat())
}

fn versions() -> impl Strategy<Value = Vec<MasterVersion>> {
    let days = (0i32..4000).prop_map(|days| NaiveDate::from_num_days_from_ce_opt(730_000 + days));
    let version = (hostile(), days, hostile(), any::<bool>()).prop_map(
        |(title, release_date, release_notes, is_active)| {
            let config_schema = serde_json::json!({ "title": title }).to_string();
            MasterVersion { version: String::new(), release_date, release_notes, config_schema, is_active }
        },
    );
    prop::collection::vec(version, 0..4).prop_map(|mut versions| {
        for (number, version) in versions.iter_mut().enumerate() {
            version.version = ["1", "=2", " 3", "4\n\"5\""][number].into();
        }
        versions
    })
}

fn catalogs() -> impl Strategy<Value = MasterCatalog> {
    let atom = (hostile(), hostile(), versions(), 0usize..3);
    (prop::collection::vec(atom, 0..5), prop::array::uniform3(hostile())).prop_map(|(atoms, texts)| {
        let names = ["=A", "B, \"b\"\n", "'C "];
        let categories = names.iter().zip(texts);
        let categories = categories
            .map(|(name, description)| crate::catalog::Category { name: (*name).into(), description })
            .collect();
        let atoms =
            atoms.into_iter().enumerate().map(|(n, (name, description, versions, category))| MasterAtom {
                slug: format!("-{n}"),
                name: format!("{name}{n}"),
                description,
                category: names[category].into(),
                versions,
            });
        MasterCatalog { categories, atoms: atoms.collect() }
    })
}

fn by_slug(mut atoms: Vec<MasterAtom>) -> Vec<MasterAtom> {
    atoms.sort_by(|one, other| one.slug.cmp(&other.slug));
    atoms
}

proptest! {
    #[test]
    fn what_is_written_as_a_table_is_read_as_it_was(catalog in catalogs()) {
        let read = parsed(&print(&catalog)).unwrap();
        prop_assert_eq!(by_slug(read.atoms), by_slug(catalog.atoms));
        let described = catalog.categories.into_iter().map(|category| IncomingCategory {
            name: category.name,
            description: Some(category.description).filter(|text| !text.is_empty()),
        });
        prop_assert_eq!(read.categories, described.collect::<Vec<_>>());
    }

    #[test]
    fn what_is_written_as_json_is_read_as_it_was(catalog in catalogs()) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("catalog.json");
        let text = export::json(&catalog);
        std::fs::write(&path, &text).unwrap();
        let read = crate::catalog::file::read(&path, text.len() as u64).unwrap();
        prop_assert_eq!(read.atoms, catalog.atoms);
    }

    #[test]
    fn no_cell_is_a_formula_to_a_spreadsheet(text in hostile()) {
        let guarded = guarded(&text);
        prop_assert!(!guarded.starts_with(['=', '+', '-', '@', '\t', '\r']));
        prop_assert_eq!(bare(&guarded), text);
    }
}
