//! The master catalog: edited by hand, imported from tables and tenants, exported, and what a release has settled for good.

use std::fs;
use std::time::Instant;

use tenantry_engine::catalog::{
    self, CatalogEdit, CatalogSource, Category, ExportFormat, MASTER, MakeRelease, MasterAtom, MasterCatalog,
    MasterVersion, VersionKey,
};
use tenantry_engine::error::Refusal;
use tenantry_engine::names::{Rule, SchemaName};
use tenantry_engine::operations::{
    self, Applied, Change, Finding, Intent, OperationId, Plan, Progress, Run, UndoOperation,
};
use tenantry_engine::{Error, Result};
use tokio_util::sync::CancellationToken;

use crate::console::Platform;

fn version(version: &str) -> MasterVersion {
    MasterVersion {
        version: version.into(),
        release_date: "2024-02-29".parse().ok(),
        release_notes: String::new(),
        config_schema: "{}".into(),
        is_active: true,
    }
}

fn atom(slug: &str, name: &str, category: &str, versions: &[&str]) -> MasterAtom {
    MasterAtom {
        slug: slug.into(),
        name: name.into(),
        description: String::new(),
        category: category.into(),
        versions: versions.iter().map(|&number| version(number)).collect(),
    }
}

fn category(name: &str, description: &str) -> Category {
    Category { name: name.into(), description: description.into() }
}

fn key(slug: &str, version: &str) -> VersionKey {
    VersionKey { slug: slug.into(), version: version.into() }
}

fn undo(operation: OperationId) -> Intent {
    Intent::Undo(UndoOperation { operation })
}

async fn edit(platform: &Platform, edit: CatalogEdit) -> Result<Applied> {
    platform.apply(Intent::EditCatalog(edit)).await
}

async fn change_atom(platform: &Platform, atom: MasterAtom) -> Result<Applied> {
    edit(platform, CatalogEdit { atoms: vec![atom], ..CatalogEdit::default() }).await
}

async fn master(platform: &Platform) -> MasterCatalog {
    catalog::master(&platform.engine).await.unwrap()
}

async fn release(platform: &Platform) {
    platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
}

/// Two categories, one of them empty; two atoms.
async fn small() -> Platform {
    let platform = Platform::new().await;
    let first = CatalogEdit {
        categories: vec![category("Output", "Where results go"), category("Spare", "")],
        atoms: vec![atom("mail", "Mail", "Output", &["1.0"]), atom("pdf", "PDF", "Output", &["1.0", "1.1"])],
        ..CatalogEdit::default()
    };
    edit(&platform, first).await.unwrap();
    platform
}

/// The fields that are wrong, and why.
fn faults<T: std::fmt::Debug>(answer: Result<T>) -> Vec<(String, String)> {
    let Err(Error::Invalid(problems)) = answer else { panic!("it is not refused: {answer:?}") };
    let reason = |rule| match rule {
        Rule::File { reason } => reason,
        other => panic!("unexpected rule {other:?}"),
    };
    problems.into_iter().map(|problem| (problem.field, reason(problem.rule))).collect()
}

/// A file of that name, imported.
async fn import(platform: &Platform, name: &str, content: &str) -> Result<Applied> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    platform.apply(Intent::ImportCatalog(CatalogSource::Path { path: path.display().to_string() })).await
}

fn of_schema(schema: &str) -> Intent {
    Intent::ImportCatalog(CatalogSource::Schema { schema: SchemaName::existing(schema) })
}

#[tokio::test]
async fn an_edit_changes_what_it_names_and_is_taken_back() {
    let platform = small().await;
    let before = master(&platform).await;
    let request = CatalogEdit {
        categories: vec![category("Input", "Where data comes from"), category("Output", "Results")],
        atoms: vec![
            MasterAtom { description: "Reads mail".into(), ..atom("mail", "Inbox", "Input", &["2.0"]) },
            atom("csv", "CSV", "Input", &[]),
        ],
        remove_categories: vec!["Spare".into()],
        remove_atoms: vec!["pdf".into()],
        remove_versions: vec![key("mail", "1.0")],
    };
    let applied = edit(&platform, request).await.unwrap();
    let Change::EditCatalog {
        categories,
        added,
        changed,
        removed_categories,
        removed_atoms,
        removed_versions,
    } = &applied.plan.changes[0]
    else {
        panic!("{:?}", applied.plan)
    };
    assert_eq!(categories, &["Input", "Output"]);
    assert_eq!(added[0].slug, "csv");
    assert_eq!(changed[0].fields, ["name", "description", "category", "version 2.0"]);
    assert_eq!(removed_categories, &["Spare"]);
    assert_eq!((removed_atoms[0].slug.as_str(), removed_atoms[0].versions.len()), ("pdf", 2));
    assert_eq!(removed_versions, &[key("mail", "1.0")]);
    let expected = MasterCatalog {
        categories: vec![category("Input", "Where data comes from"), category("Output", "Results")],
        atoms: vec![
            atom("csv", "CSV", "Input", &[]),
            MasterAtom { description: "Reads mail".into(), ..atom("mail", "Inbox", "Input", &["2.0"]) },
        ],
    };
    assert_eq!(master(&platform).await, expected);

    let undone = platform.apply(undo(applied.operation.unwrap())).await.unwrap();
    assert_eq!(master(&platform).await, before);
    platform.apply(undo(undone.operation.unwrap())).await.unwrap();
    assert_eq!(master(&platform).await, expected, "and the undo is taken back as well");
}

#[tokio::test]
async fn an_edit_to_what_is_there_already_changes_nothing() {
    let platform = small().await;
    let before = platform.fingerprint().await;
    let same = MasterVersion { release_date: None, config_schema: " { } ".into(), ..version("1.0") };
    let mail = MasterAtom { versions: vec![same], ..atom("mail", "Mail", "Output", &[]) };
    let applied = change_atom(&platform, mail).await.unwrap();
    assert_eq!((applied.operation, applied.plan.changes), (None, vec![]));
    assert_eq!(applied.plan.findings, [Finding::AtomsUnchanged { atoms: 1 }]);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn every_field_that_is_wrong_is_named() {
    let platform = small().await;
    let before = platform.fingerprint().await;
    let bad_version = MasterVersion {
        version: "v".repeat(51),
        release_date: "+12024-01-01".parse().ok(),
        release_notes: "a\0b".into(),
        config_schema: r#"{"properties": {"a": {"type": "strin"}}}"#.into(),
        is_active: true,
    };
    let request = CatalogEdit {
        categories: vec![category(" ", ""), category("New", "\0"), category("X", ""), category("X", "")],
        atoms: vec![
            MasterAtom {
                description: "\0".into(),
                versions: vec![version("1.0"), bad_version, version("1.0")],
                ..atom("a b", "", "Nowhere", &[])
            },
            atom("x", &"n".repeat(151), "Output", &[]),
            atom("y", "Same", "Output", &[]),
            atom("z", "Same", "Output", &[]),
            atom("y", "Other", "Output", &[]),
        ],
        remove_atoms: vec!["y".into(), "nothing".into()],
        remove_versions: vec![key("pdf", "9"), key("a b", "1.0")],
        ..CatalogEdit::default()
    };
    let found = faults(edit(&platform, request).await);
    let expected = [
        ("categories[0].name", "is empty"),
        ("categories[1].name", "NUL"),
        ("categories[3].name", "stands twice"),
        ("atoms[0].slug", "letters, digits, - and _ only"),
        ("atoms[0].name", "is empty"),
        ("atoms[0].description", "NUL"),
        ("atoms[0].versions[1].version", "1 to 50 characters"),
        ("atoms[0].versions[1].releaseDate", "four digits"),
        ("atoms[0].versions[1].releaseNotes", "NUL"),
        ("atoms[0].versions[1].configSchema", "at /properties/a/type"),
        ("atoms[0].versions[2].version", "stands twice"),
        ("atoms[1].name", "151 characters; 150 is the most"),
        ("atoms[3].name", "the name `Same` stands at atoms[2] already"),
        ("atoms[4].slug", "the slug `y` stands at atoms[2] already"),
        ("atoms[0].category", "the catalog has no category `Nowhere`"),
        ("removeAtoms[0]", "cannot be changed and removed at once"),
        ("removeAtoms[1]", "the catalog has no atom `nothing`"),
        ("removeVersions[0]", "the catalog has no version `9` of `pdf`"),
        ("removeVersions[1]", "cannot be changed and removed at once"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((field, reason), (expected_field, part)) in found.iter().zip(expected) {
        assert_eq!(field, expected_field);
        assert!(reason.contains(part), "{field}: {reason}");
    }
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_category_goes_only_without_its_atoms() {
    let platform = small().await;
    let remove = |names: &[&str], remove_atoms: &[&str], atoms| CatalogEdit {
        remove_categories: names.iter().map(|&name| name.to_owned()).collect(),
        remove_atoms: remove_atoms.iter().map(|&slug| slug.to_owned()).collect(),
        atoms,
        ..CatalogEdit::default()
    };
    let found = faults(edit(&platform, remove(&["Spare", "Output", "Lost"], &[], vec![])).await);
    let in_use = "the category `Output` has the atoms mail, pdf; give them another category first";
    let expected = [
        ("removeCategories[1]".to_owned(), in_use.to_owned()),
        ("removeCategories[2]".to_owned(), "the catalog has no category `Lost`".to_owned()),
    ];
    assert_eq!(found, expected);
    let left = atom("mail", "Mail", "Spare", &[]);
    edit(&platform, remove(&["Output"], &["pdf"], vec![left])).await.unwrap();
    assert_eq!(master(&platform).await.categories, [category("Spare", "")]);
}

#[tokio::test]
async fn names_are_unique_once_everything_is_done() {
    let platform = small().await;
    let found = faults(change_atom(&platform, atom("post", "Mail", "Output", &[])).await);
    let taken = "the name `Mail` belongs to the atom `mail` of the master catalog";
    assert_eq!(found, [("atoms[0].name".to_owned(), taken.to_owned())]);

    let swapped = vec![atom("mail", "PDF", "Output", &[]), atom("pdf", "Mail", "Output", &[])];
    edit(&platform, CatalogEdit { atoms: swapped, ..CatalogEdit::default() }).await.unwrap();
    let heir = CatalogEdit {
        atoms: vec![atom("post", "Mail", "Output", &[])],
        remove_atoms: vec!["pdf".into()],
        ..CatalogEdit::default()
    };
    let applied = edit(&platform, heir).await.unwrap();
    let names = |catalog: MasterCatalog| -> Vec<_> {
        catalog.atoms.into_iter().map(|atom| format!("{} {}", atom.slug, atom.name)).collect()
    };
    assert_eq!(names(master(&platform).await), ["post Mail", "mail PDF"]);
    platform.apply(undo(applied.operation.unwrap())).await.unwrap();
    assert_eq!(names(master(&platform).await), ["pdf Mail", "mail PDF"]);
}

#[tokio::test]
async fn an_undo_that_would_give_a_name_twice_is_refused_with_the_atom_that_has_it() {
    let platform = small().await;
    let renamed = change_atom(&platform, atom("mail", "Inbox", "Output", &[])).await.unwrap();
    change_atom(&platform, atom("post", "Mail", "Output", &[])).await.unwrap();
    let found = faults(platform.plan(undo(renamed.operation.unwrap())).await);
    let taken = "the name `Mail` belongs to the atom `post` of the master catalog";
    assert_eq!(found, [("atom mail".to_owned(), taken.to_owned())]);
}

#[tokio::test]
async fn what_came_since_survives_an_undo() {
    let platform = small().await;
    let first = CatalogEdit {
        categories: vec![category("Input", "")],
        atoms: vec![atom("csv", "CSV", "Input", &["1.0"])],
        ..CatalogEdit::default()
    };
    let first = edit(&platform, first).await.unwrap();
    change_atom(&platform, atom("rest", "REST", "Input", &["1.0"])).await.unwrap();
    platform.apply(undo(first.operation.unwrap())).await.unwrap();
    let left = master(&platform).await;
    assert_eq!(left.categories[0].name, "Input", "an atom is in it");
    let slugs: Vec<_> = left.atoms.iter().map(|atom| atom.slug.as_str()).collect();
    assert_eq!(slugs, ["rest", "mail", "pdf"]);
}

#[tokio::test]
async fn a_published_version_never_changes_whoever_asks() {
    let platform = small().await;
    let first = change_atom(
        &platform,
        MasterAtom {
            versions: vec![MasterVersion { release_notes: "Better".into(), ..version("1.0") }],
            ..atom("mail", "Mail", "Output", &[])
        },
    )
    .await
    .unwrap();
    release(&platform).await;
    let before = platform.fingerprint().await;
    let reason = |what: &str| {
        format!(
            "version `1.0` of `mail` is published in release 1 with {what}, and its content never changes; \
             give the new content a version number of its own"
        )
    };
    let other = MasterVersion {
        release_date: "2024-03-01".parse().ok(),
        config_schema: r#"{"type": "object"}"#.into(),
        ..version("1.0")
    };
    let edited = MasterAtom { versions: vec![other], ..atom("mail", "Mail", "Output", &[]) };
    let expected = ["another release date", "other release notes", "another config schema"].map(reason);
    let found = faults(change_atom(&platform, edited).await);
    let fields: Vec<_> = found.iter().map(|(field, _)| field.as_str()).collect();
    assert_eq!(
        fields,
        ["releaseDate", "releaseNotes", "configSchema"].map(|field| format!("atoms[0].versions[0].{field}"))
    );
    assert!(found.iter().map(|(_, reason)| reason).eq(&expected), "{found:?}");

    let file = r#"[{"slug": "pdf", "category": "Output"},
                   {"slug": "mail", "category": "Output", "versions": [{"version": "1.0", "release_notes": "Other"}]}]"#;
    let found = faults(import(&platform, "catalog.json", &file.replace("Pdf", "PDF")).await);
    assert_eq!(found, [("catalog.json line 2".to_owned(), reason("other release notes"))]);
    let found = faults(
        import(&platform, "catalog.csv", "slug,category,version,release_notes\nmail,Output,1.0,Other\n")
            .await,
    );
    assert_eq!(found, [("catalog.csv line 2".to_owned(), reason("other release notes"))]);

    let found = faults(platform.plan(undo(first.operation.unwrap())).await);
    assert_eq!(found, [("atom mail".to_owned(), reason("other release notes"))]);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_published_version_is_switched_off_removed_and_brought_back_as_it_was() {
    let platform = small().await;
    release(&platform).await;
    let off = MasterVersion { is_active: false, release_date: None, ..version("1.0") };
    let mail = MasterAtom { versions: vec![off], ..atom("mail", "Mail", "Output", &[]) };
    change_atom(&platform, mail.clone()).await.unwrap();
    assert!(!master(&platform).await.atoms[0].versions[0].is_active);

    let removal = CatalogEdit { remove_atoms: vec!["mail".into()], ..CatalogEdit::default() };
    edit(&platform, removal).await.unwrap();
    change_atom(&platform, mail).await.unwrap();
    let date = master(&platform).await.atoms[0].versions[0].release_date;
    assert_eq!(date, "2024-02-29".parse().ok(), "without a date, it is the published one, not today");
}

#[tokio::test]
async fn an_import_without_a_date_means_as_is_or_today() {
    let platform = small().await;
    import(&platform, "catalog.csv", "slug,name,category,version\nmail,Mail,Output,1.0\nmail,,,2.0\n")
        .await
        .unwrap();
    let today = platform.lines("SELECT CURRENT_DATE::text").await;
    let dates: Vec<_> = master(&platform).await.atoms[0]
        .versions
        .iter()
        .map(|version| version.release_date.unwrap().to_string())
        .collect();
    assert_eq!(dates, ["2024-02-29", today[0].as_str()]);
}

#[tokio::test]
async fn numbers_in_a_config_schema_keep_every_digit() {
    let platform = small().await;
    let exact = r#"{"maximum": 123456789012345678901234567890.10}"#;
    let precise = MasterVersion { config_schema: exact.into(), ..version("2.0") };
    change_atom(&platform, MasterAtom { versions: vec![precise], ..atom("pdf", "PDF", "Output", &[]) })
        .await
        .unwrap();
    assert_eq!(master(&platform).await.atoms[1].versions[2].config_schema, exact);
    for (name, format) in [("c.json", ExportFormat::Json), ("c.csv", ExportFormat::Csv)] {
        let text = catalog::export(&platform.engine, MASTER, format).await.unwrap();
        assert!(text.contains("123456789012345678901234567890.10"), "{text}");
        assert_eq!(import(&platform, name, &text).await.unwrap().operation, None);
    }
}

/// A catalog with texts that files and spreadsheets trip over.
async fn hostile() -> Platform {
    let platform = small().await;
    let texts = [
        "=1+1",
        "'quoted'",
        "''=x",
        "a,b;c\td",
        "line\nbreak",
        "\r\n",
        "\"",
        "\u{202e}",
        "<b>",
        "\\u0000",
        "@x",
    ];
    let atoms = texts.iter().enumerate().map(|(n, text)| {
        let notes = MasterVersion {
            version: if text.trim().is_empty() { "1".into() } else { (*text).to_owned() },
            release_notes: (*text).into(),
            config_schema: serde_json::json!({ "title": text, "maximum": 1e300 }).to_string(),
            is_active: n % 2 == 0,
            ..version("")
        };
        MasterAtom {
            description: (*text).into(),
            versions: if n % 3 == 0 { vec![notes, version("2")] } else { vec![notes] },
            ..atom(&format!("-{n}"), &format!("{text}{n}"), if n < 4 { "=Sums" } else { "Output" }, &[])
        }
    });
    let request = CatalogEdit {
        categories: vec![category("=Sums", "-\"\n"), category("Empty", "")],
        atoms: atoms.chain([atom("bare", "Bare", "Output", &[])]).collect(),
        ..CatalogEdit::default()
    };
    edit(&platform, request).await.unwrap();
    platform
}

#[tokio::test]
async fn an_export_imported_again_changes_nothing_and_makes_the_same_catalog_elsewhere() {
    let platform = hostile().await;
    release(&platform).await;
    let ours = master(&platform).await;
    for (name, format) in [("c.json", ExportFormat::Json), ("c.csv", ExportFormat::Csv)] {
        let text = catalog::export(&platform.engine, MASTER, format).await.unwrap();
        assert_eq!(
            catalog::export(&platform.engine, 1, format).await.unwrap(),
            text,
            "release 1 is the same"
        );
        let again = import(&platform, name, &text).await.unwrap();
        assert_eq!(again.plan.changes, [], "{name}");
        let atoms = u32::try_from(ours.atoms.len()).unwrap();
        assert_eq!(again.plan.findings, [Finding::AtomsUnchanged { atoms }], "{name}");
        let elsewhere = Platform::new().await;
        import(&elsewhere, name, &text).await.unwrap();
        assert_eq!(master(&elsewhere).await, ours, "{name}");
    }
    let missing = catalog::export(&platform.engine, 2, ExportFormat::Json).await;
    assert!(
        matches!(&missing, Err(Error::Refused { why: Refusal::NoSuchRelease { release: 2 }, .. })),
        "{missing:?}"
    );
}

#[tokio::test]
async fn a_tenants_copy_and_that_of_public_are_imported() {
    let platform = hostile().await;
    release(&platform).await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    let unchanged = platform.plan(of_schema("acme")).await.unwrap();
    assert_eq!(unchanged.changes, []);

    let elsewhere = "INSERT INTO acme.atoms_atomcategory (name, description) VALUES ('Own', 'Ours');
        INSERT INTO acme.atoms_atom (name, slug, description, created_at, updated_at, category_id)
        SELECT 'Own atom', 'own', 'Made here', now(), now(), id FROM acme.atoms_atomcategory WHERE name = 'Own';
        INSERT INTO acme.atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
        SELECT '1', '2020-01-01', 'First', '{\"type\": \"object\"}', false, now(), id FROM acme.atoms_atom WHERE slug = 'own';
        CREATE TABLE public.atoms_atomcategory AS SELECT * FROM acme.atoms_atomcategory;
        CREATE TABLE public.atoms_atom AS SELECT * FROM acme.atoms_atom;
        CREATE TABLE public.atoms_atomversion AS SELECT * FROM acme.atoms_atomversion;
        UPDATE public.atoms_atom SET slug = 'shared', name = 'Shared' WHERE slug = 'own';";
    platform.execute(elsewhere).await;
    for (schema, slug) in [("acme", "own"), ("public", "shared")] {
        let applied = platform.apply(of_schema(schema)).await.unwrap();
        let Change::ImportAtoms { added, changed, .. } = &applied.plan.changes[0] else {
            panic!("{applied:?}")
        };
        assert_eq!((added.len(), added[0].slug.as_str(), changed.len()), (1, slug, 0));
    }
    let own = master(&platform).await.atoms.into_iter().find(|atom| atom.slug == "own").unwrap();
    let first = MasterVersion {
        version: "1".into(),
        release_date: "2020-01-01".parse().ok(),
        release_notes: "First".into(),
        config_schema: r#"{"type": "object"}"#.into(),
        is_active: false,
    };
    assert_eq!((own.category.as_str(), own.versions), ("Own", vec![first]));
}

#[tokio::test]
async fn a_copy_that_is_no_catalog_is_refused_with_the_atom() {
    let platform = small().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    platform
        .execute(
            "UPDATE acme.atoms_atomversion SET config_schema = '[]' WHERE version = '1.1';
             UPDATE acme.atoms_atom SET slug = 'a b' WHERE slug = 'mail'",
        )
        .await;
    let before = platform.fingerprint().await;
    let found = faults(platform.plan(of_schema("acme")).await);
    let places: Vec<_> = found.iter().map(|(place, _)| place.as_str()).collect();
    assert_eq!(places, ["acme: atom a b", "acme: atom pdf"]);
    assert!(found[1].1.contains("the config schema of version `1.1`: is a list"), "{found:?}");
    platform.assert_unchanged(&before).await;
    platform.execute("DROP TABLE acme.atoms_atomversion CASCADE").await;
    for schema in ["acme", "public", "nobody"] {
        let missing = platform.plan(of_schema(schema)).await.unwrap_err();
        assert!(matches!(&missing, Error::NoAtomTables { schema: named } if named == schema), "{missing:?}");
    }
}

#[tokio::test]
async fn a_copy_that_changes_after_it_was_shown_is_not_imported() {
    let platform = small().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    platform.execute("UPDATE acme.atoms_atom SET description = 'Ours' WHERE slug = 'mail'").await;
    let plan = platform.plan(of_schema("acme")).await.unwrap();
    platform.execute("UPDATE acme.atoms_atom SET description = 'Other' WHERE slug = 'mail'").await;
    let stale = operations::apply(&platform.engine, &plan, &Run::silent()).await;
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
}

#[tokio::test]
async fn an_edit_that_rests_on_an_older_catalog_is_stale() {
    let platform = small().await;
    let request = CatalogEdit { atoms: vec![atom("mail", "Inbox", "Output", &[])], ..CatalogEdit::default() };
    let plan: Plan = platform.plan(Intent::EditCatalog(request)).await.unwrap();
    let described = MasterAtom { description: "New".into(), ..atom("mail", "Mail", "Output", &[]) };
    change_atom(&platform, described).await.unwrap();
    let stale = operations::apply(&platform.engine, &plan, &Run::silent()).await;
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
}

#[tokio::test]
async fn a_large_catalog_is_imported_in_one_go_and_tells_where_it_is() {
    let platform = Platform::new().await;
    let atom = |n: u32| {
        let version = |v: u32| {
            format!(
                r#"{{"version": "{v}", "release_notes": "Number {n}", "config_schema": {{"title": "Atom {n}"}}}}"#
            )
        };
        format!(r#"{{"slug": "a{n}", "versions": [{}, {}, {}]}}"#, version(1), version(2), version(3))
    };
    let content = format!("[{}]", (0..20_000).map(atom).collect::<Vec<_>>().join(",\n"));
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("catalog.json");
    fs::write(&path, &content).unwrap();
    let intent = || Intent::ImportCatalog(CatalogSource::Path { path: path.display().to_string() });

    let started = Instant::now();
    let plan = platform.plan(intent()).await.unwrap();
    let planned = started.elapsed();
    let told = std::sync::Mutex::new(Vec::new());
    let report = |progress: Progress| {
        if let Progress::Rows { index: 0, done, total: 60_000 } = progress {
            told.lock().unwrap().push(done);
        }
    };
    let run = Run { report: &report, cancel: CancellationToken::new() };
    let started = Instant::now();
    operations::apply(&platform.engine, &plan, &run).await.unwrap();
    let applied = started.elapsed();
    let started = Instant::now();
    let again = platform.plan(intent()).await.unwrap();
    println!("planned in {planned:?}, applied in {applied:?}, planned again in {:?}", started.elapsed());
    assert_eq!(again.findings, [Finding::AtomsUnchanged { atoms: 20_000 }]);
    let told = told.into_inner().unwrap();
    assert_eq!(told, (0..10).map(|n| n * 6_000).collect::<Vec<_>>());
    let sizes = "SELECT concat_ws(' ', (SELECT count(*) FROM tenantry.catalog_atom), (SELECT count(*) FROM tenantry.catalog_version))";
    assert_eq!(platform.lines(sizes).await, ["20000 60000"]);
}
