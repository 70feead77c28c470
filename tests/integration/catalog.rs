//! The catalog: imported into the master, given to new tenants, brought to those that exist.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use tenantry_engine::catalog::{
    self, CatalogRows, CatalogSource, Deviation, DeviationKind, MakeRelease, MasterAtom, MasterVersion,
    OnConflict, RowKey, SyncCatalog, SyncFleet, SyncOutcome, VersionKey,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{
    AtomName, Change, ChangedAtom, Finding, Intent, Inverse, Run, UndoOperation, apply,
};
use tenantry_engine::{Error, Result, jobs};

use crate::console::Platform;
use crate::meanwhile::{Open, Work, until_waiting};
use crate::support::tenant;

fn import(path: &Path) -> Intent {
    Intent::ImportCatalog(CatalogSource::Path { path: path.display().to_string() })
}

fn sync(schema: &str) -> Intent {
    Intent::SyncCatalog(SyncCatalog::to_newest(SchemaName::existing(schema)))
}

/// A folder with these files; what stands before a `/` is a folder of its own.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

const TWO_ATOMS: &str =
    r#"[{"slug": "pdf-export", "versions": [{"version": "1.0"}, {"version": "1.1"}]}, {"slug": "mail"}]"#;

async fn import_text(platform: &Platform, catalog: &str) -> Result<tenantry_engine::operations::Applied> {
    let folder = folder(&[("catalog.json", catalog)]);
    platform.apply(import(&folder.path().join("catalog.json"))).await
}

async fn master(platform: &Platform) -> Vec<String> {
    let query = "SELECT concat_ws('; ', a.slug, a.name, a.category, a.description,
                                  v.version, v.is_active, v.config_schema)
                 FROM tenantry.catalog_atom a LEFT JOIN tenantry.catalog_version v ON v.slug = a.slug AND v.release = a.release
                 WHERE a.release = 0 ORDER BY 1";
    platform.lines(query).await
}

async fn release(platform: &Platform) {
    platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
}

async fn of_tenant(platform: &Platform, schema: &str) -> Vec<String> {
    let query = format!(
        "SELECT concat_ws('; ', c.name, a.slug, a.name, v.version) FROM {schema}.atoms_atom a
         JOIN {schema}.atoms_atomcategory c ON c.id = a.category_id
         LEFT JOIN {schema}.atoms_atomversion v ON v.atom_id = a.id ORDER BY 1"
    );
    platform.lines(&query).await
}

#[tokio::test]
async fn every_sub_folder_is_an_atom() {
    let platform = Platform::new().await;
    let atoms = folder(&[
        ("pdf_export/code.py", ""),
        ("ai-summary/code.py", ""),
        ("__pycache__/code.pyc", ""),
        (".git/HEAD", ""),
        ("README.md", ""),
        (
            "mail_inbox/atom.json",
            r#"{"name": "Inbox", "description": "Reads mail", "category": "Input",
                "versions": [{"version": "2.0", "config_schema": {"type": "object"}},
                             {"version": "1.0", "is_active": false}]}"#,
        ),
    ]);
    let applied = platform.apply(import(atoms.path())).await.unwrap();
    assert_eq!(
        master(&platform).await,
        [
            "ai-summary; Ai Summary; General; ; 1.0; t; {}",
            "mail-inbox; Inbox; Input; Reads mail; 1.0; f; {}",
            r#"mail-inbox; Inbox; Input; Reads mail; 2.0; t; {"type": "object"}"#,
            "pdf-export; Pdf Export; General; ; 1.0; t; {}",
        ]
    );
    let Change::ImportAtoms { categories, added, changed } = &applied.plan.changes[0] else {
        panic!("{:?}", applied.plan)
    };
    assert_eq!((categories.len(), added.len(), changed.len()), (2, 3, 0));
}

#[tokio::test]
async fn one_file_holds_a_catalog_too() {
    let platform = Platform::new().await;
    let catalog = r#"{"categories": [{"name": "Output", "description": "Where results go"}],
                      "atoms": [{"slug": "pdf-export", "name": "PDF", "category": "Output",
                                 "versions": [{"version": "1.0", "release_date": "2024-02-29",
                                               "release_notes": "First"}]}]}"#;
    import_text(&platform, catalog).await.unwrap();
    let stored = catalog::master(&platform.engine).await.unwrap();
    assert_eq!(stored.categories[0].description, "Where results go");
    let version = MasterVersion {
        version: "1.0".into(),
        release_date: "2024-02-29".parse().ok(),
        release_notes: "First".into(),
        config_schema: "{}".into(),
        is_active: true,
    };
    let atom = MasterAtom {
        slug: "pdf-export".into(),
        name: "PDF".into(),
        description: String::new(),
        category: "Output".into(),
        versions: vec![version],
    };
    assert_eq!(stored.atoms, [atom]);
}

#[tokio::test]
async fn importing_the_same_again_changes_nothing() {
    let platform = Platform::new().await;
    import_text(&platform, TWO_ATOMS).await.unwrap();
    let before = platform.fingerprint().await;
    let again = import_text(&platform, TWO_ATOMS).await.unwrap();
    assert_eq!((again.operation, again.plan.changes), (None, vec![]));
    assert_eq!(again.plan.findings, [Finding::AtomsUnchanged { atoms: 2 }]);
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn an_import_names_what_it_changes_and_can_put_it_back() {
    let platform = Platform::new().await;
    import_text(&platform, TWO_ATOMS).await.unwrap();
    let before = catalog::master(&platform.engine).await.unwrap();
    let changed = r#"[{"slug": "pdf-export", "name": "PDF", "category": "Output",
                       "versions": [{"version": "1.1", "is_active": false}, {"version": "2.0"}]},
                      {"slug": "new"}]"#;
    let applied = import_text(&platform, changed).await.unwrap();

    let fields = ["name", "category", "version 1.1", "version 2.0"].map(str::to_owned).to_vec();
    let change = Change::ImportAtoms {
        categories: vec!["Output".into()],
        added: vec![AtomName { slug: "new".into(), name: "New".into(), versions: vec!["1.0".into()] }],
        changed: vec![ChangedAtom { slug: "pdf-export".into(), name: "PDF".into(), fields }],
    };
    assert_eq!(applied.plan.changes, [change]);
    let inverse = Inverse::RestoreCatalog {
        remove_categories: vec!["Output".into()],
        put_back_categories: Vec::new(),
        remove_atoms: vec!["new".into()],
        remove_versions: vec![VersionKey { slug: "pdf-export".into(), version: "2.0".into() }],
        put_back: before.atoms.into_iter().filter(|atom| atom.slug == "pdf-export").collect(),
    };
    assert_eq!(applied.plan.inverse, Some(inverse));
    assert_eq!(
        master(&platform).await,
        [
            "mail; Mail; General; ; 1.0; t; {}",
            "new; New; General; ; 1.0; t; {}",
            "pdf-export; PDF; Output; ; 1.0; t; {}",
            "pdf-export; PDF; Output; ; 1.1; f; {}",
            "pdf-export; PDF; Output; ; 2.0; t; {}",
        ],
        "what the import does not name stays"
    );
}

#[tokio::test]
async fn a_file_that_changes_after_it_was_shown_is_not_imported() {
    let platform = Platform::new().await;
    let folder = folder(&[("catalog.json", TWO_ATOMS)]);
    let path = folder.path().join("catalog.json");
    let plan = platform.plan(import(&path)).await.unwrap();
    // The same atoms and versions: only what stands in them is another.
    fs::write(
        &path,
        TWO_ATOMS.replace(r#""slug": "mail""#, r#""slug": "mail", "description": "slipped in""#),
    )
    .unwrap();
    let before = platform.fingerprint().await;

    let Err(Error::Stale { fresh }) = apply(&platform.engine, &plan, &Run::silent()).await else {
        panic!("it is stale")
    };
    platform.assert_unchanged(&before).await;
    apply(&platform.engine, &fresh, &Run::silent()).await.unwrap();
    assert_eq!(master(&platform).await[0], "mail; Mail; General; slipped in; 1.0; t; {}");
}

#[tokio::test]
async fn of_two_imports_at_once_the_second_sees_what_the_first_did() {
    let platform = Platform::new().await;
    let ours = folder(&[("catalog.json", TWO_ATOMS)]);
    let theirs = folder(&[(
        "catalog.json",
        &TWO_ATOMS.replace(r#""slug": "mail""#, r#""slug": "mail", "name": "Their mail""#),
    )]);
    let plan =
        async |folder: &TempDir| platform.plan(import(&folder.path().join("catalog.json"))).await.unwrap();
    let (first, second) = (plan(&ours).await, plan(&theirs).await);
    let gate = Open::with(&platform, "LOCK TABLE tenantry.catalog_version IN SHARE MODE").await;
    let first = Work::start(&platform.engine, first);
    until_waiting(&platform, 1).await;
    let second = Work::start(&platform.engine, second);
    until_waiting(&platform, 2).await;
    gate.commit().await;

    first.outcome().await.unwrap();
    let Err(Error::Stale { fresh }) = second.outcome().await else { panic!("it is stale") };
    let Change::ImportAtoms { added, changed, .. } = &fresh.changes[0] else { panic!("{fresh:?}") };
    assert_eq!((added.len(), changed.len()), (0, 1));
}

#[tokio::test]
async fn a_new_tenants_atoms_are_written_by_the_transaction_that_makes_it() {
    let platform = Platform::new().await;
    import_text(&platform, TWO_ATOMS).await.unwrap();
    platform.add_tenant("Acme", "acme", "acme.example").await;
    assert_eq!(
        of_tenant(&platform, "acme").await,
        [
            "General; mail; Mail; 1.0",
            "General; pdf-export; Pdf Export; 1.0",
            "General; pdf-export; Pdf Export; 1.1"
        ]
    );
    let transactions = "SELECT DISTINCT xmin::text FROM (
            SELECT xmin FROM acme.atoms_atomcategory UNION ALL SELECT xmin FROM acme.atoms_atom
            UNION ALL SELECT xmin FROM acme.atoms_atomversion UNION ALL SELECT xmin FROM acme.django_migrations
            UNION ALL SELECT xmin FROM public.tenants_tenant UNION ALL SELECT xmin FROM public.tenants_domain
            UNION ALL SELECT xmin FROM tenantry.tenant_migration
            UNION ALL SELECT xmin FROM pg_namespace WHERE nspname = 'acme') AS written";
    assert_eq!(platform.lines(transactions).await.len(), 1, "one transaction wrote every row");
}

#[tokio::test]
async fn a_plan_to_give_out_a_catalog_is_stale_when_there_is_another_to_give() {
    let platform = a_tenant_that_fell_behind().await;
    let creation = platform.plan(Intent::CreateTenant(tenant("New", "new", "new.example"))).await.unwrap();
    import_text(&platform, r#"[{"slug": "web-hook", "category": "Output", "description": "Other words"}]"#)
        .await
        .unwrap();
    apply(&platform.engine, &creation, &Run::silent()).await.expect("a release is what it is");
    let creation = platform.plan(Intent::CreateTenant(tenant("Last", "last", "last.example"))).await.unwrap();
    release(&platform).await;
    let answer = apply(&platform.engine, &creation, &Run::silent()).await;
    assert!(matches!(answer, Err(Error::Stale { .. })), "{answer:?}");
}

#[tokio::test]
async fn a_creation_that_fails_takes_its_atoms_with_it() {
    let platform = Platform::new().await;
    import_text(&platform, TWO_ATOMS).await.unwrap();
    // The journal is written after the atoms.
    platform.execute("ALTER TABLE tenantry.operation ADD CHECK (kind <> 'tenant.create')").await;
    let plan = platform.plan(Intent::CreateTenant(tenant("Acme", "acme", "acme.example"))).await.unwrap();
    let failed = apply(&platform.engine, &plan, &Run::silent()).await;
    assert!(matches!(failed, Err(Error::Database(_))), "{failed:?}");
    let left = "SELECT nspname::text FROM pg_namespace WHERE nspname = 'acme'
                UNION ALL SELECT name FROM public.tenants_tenant
                UNION ALL SELECT domain FROM public.tenants_domain
                UNION ALL SELECT description FROM tenantry.tenant_migration";
    assert_eq!(platform.lines(left).await, Vec::<String>::new());
}

/// A tenant that had everything, and a master that has grown since.
async fn a_tenant_that_fell_behind() -> Platform {
    let platform = Platform::new().await;
    import_text(&platform, TWO_ATOMS).await.unwrap();
    release(&platform).await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    let grown = r#"[{"slug": "mail", "description": "Reads mail",
                     "versions": [{"version": "1.0", "is_active": false}, {"version": "2.0"}]},
                    {"slug": "web-hook", "category": "Output"}]"#;
    import_text(&platform, grown).await.unwrap();
    release(&platform).await;
    platform
}

/// The digest of an atom that a tenant has edited.
const EDITED: &str = "SELECT content FROM tenantry.catalog_deviation WHERE schema_name = 'acme'";

fn rows(keys: &[RowKey]) -> CatalogRows {
    keys.iter().cloned().collect()
}

#[tokio::test]
async fn a_synchronisation_brings_what_is_new_and_leaves_what_the_tenant_has_made_its_own() {
    let platform = a_tenant_that_fell_behind().await;
    platform.execute("UPDATE acme.atoms_atom SET name = 'Our export' WHERE slug = 'pdf-export'").await;
    let untouched =
        "SELECT concat_ws(' ', a.xmin, a.*::text) FROM acme.atoms_atom a WHERE slug = 'pdf-export'
                     UNION ALL
                     SELECT concat_ws(' ', v.xmin, v.*::text)
                     FROM acme.atoms_atomversion v JOIN acme.atoms_atom a ON a.id = v.atom_id
                     WHERE a.slug = 'pdf-export'
                     ORDER BY 1";
    let before = platform.lines(untouched).await;
    assert_eq!(before.len(), 3);

    let applied = platform.apply(sync("acme")).await.unwrap();
    let change = Change::SyncCatalog {
        schema: SchemaName::existing("acme"),
        release_before: Some(1),
        release: 2,
        insert: rows(&[
            RowKey::category("Output"),
            RowKey::atom("web-hook"),
            RowKey::version("mail", "2.0"),
            RowKey::version("web-hook", "1.0"),
        ]),
        update: rows(&[RowKey::atom("mail"), RowKey::version("mail", "1.0")]),
        deactivate: CatalogRows::default(),
        aside: Vec::new(),
        deviations: vec![Deviation {
            row: RowKey::atom("pdf-export"),
            deviation: DeviationKind::Edited,
            content: platform.lines(EDITED).await.pop(),
            is_active: false,
        }],
    };
    assert_eq!(applied.plan.changes, [change]);
    let kept = Finding::CatalogKept {
        schema: SchemaName::existing("acme"),
        rows: rows(&[RowKey::atom("pdf-export")]),
    };
    assert_eq!(applied.plan.findings, [kept]);
    assert_eq!(platform.lines(untouched).await, before);
    assert_eq!(
        of_tenant(&platform, "acme").await,
        [
            "General; mail; Mail; 1.0",
            "General; mail; Mail; 2.0",
            "General; pdf-export; Our export; 1.0",
            "General; pdf-export; Our export; 1.1",
            "Output; web-hook; Web Hook; 1.0",
        ]
    );
    assert_eq!(platform.apply(sync("acme")).await.unwrap().operation, None, "there is nothing more to do");
}

#[tokio::test]
async fn a_tenants_work_gives_way_only_where_somebody_has_decided_so() {
    let platform = a_tenant_that_fell_behind().await;
    platform.execute("UPDATE acme.atoms_atom SET description = 'our own words' WHERE slug = 'mail'").await;
    let before = platform.fingerprint().await;
    let stopped = platform.apply(sync("acme")).await.unwrap();
    assert_eq!((stopped.operation, stopped.plan.is_undecided()), (None, true));
    platform.assert_unchanged(&before).await;

    let description = "SELECT description FROM acme.atoms_atom WHERE slug = 'mail'";
    for (on_conflict, expected) in [(OnConflict::Keep, "our own words"), (OnConflict::Take, "Reads mail")] {
        let request = SyncCatalog { on_conflict, ..SyncCatalog::to_newest(SchemaName::existing("acme")) };
        let done = platform.apply(Intent::SyncCatalog(request)).await.unwrap().operation.unwrap();
        assert_eq!(platform.lines(description).await, [expected]);
        platform.apply(Intent::Undo(UndoOperation { operation: done })).await.unwrap();
        assert_eq!(platform.lines(description).await, ["our own words"]);
    }
}

#[tokio::test]
async fn an_atom_whose_name_the_tenant_uses_for_another_is_left_out_and_named() {
    let platform = a_tenant_that_fell_behind().await;
    platform
        .execute("UPDATE acme.atoms_atom SET slug = 'our-hook', name = 'Web Hook' WHERE slug = 'pdf-export'")
        .await;
    let applied = platform.apply(sync("acme")).await.unwrap();
    let left_out = Finding::AtomNameTaken {
        schema: SchemaName::existing("acme"),
        slug: "web-hook".into(),
        holder: "our-hook".into(),
    };
    assert_eq!(applied.plan.findings.last(), Some(&left_out));
    let expected = [
        "General; mail; Mail; 1.0",
        "General; mail; Mail; 2.0",
        "General; our-hook; Web Hook; 1.0",
        "General; our-hook; Web Hook; 1.1",
    ];
    assert_eq!(of_tenant(&platform, "acme").await, expected);

    platform.execute("UPDATE acme.atoms_atom SET name = 'Our hook' WHERE slug = 'our-hook'").await;
    platform.apply(sync("acme")).await.unwrap();
    assert_eq!(of_tenant(&platform, "acme").await.last().unwrap(), "Output; web-hook; Web Hook; 1.0");
}

#[tokio::test]
async fn a_tenant_without_atom_tables_does_not_keep_the_others_from_theirs() {
    let platform = a_tenant_that_fell_behind().await;
    platform.add_tenant("Broken", "broken", "broken.example").await;
    platform.execute("DROP TABLE broken.atoms_atomversion CASCADE").await;
    let refused = platform.plan(sync("broken")).await.unwrap_err();
    assert!(matches!(&refused, Error::NoAtomTables { schema } if schema == "broken"), "{refused:?}");

    let preview = catalog::preview(&platform.engine, &SyncFleet::default(), &Run::silent()).await.unwrap();
    let [only] = &preview.tenants[..] else { panic!("{preview:?}") };
    let SyncOutcome::Ready { item } = &only.outcome else { panic!("{only:?}") };
    let job = jobs::create(&platform.engine, &[(**item).clone()]).await.unwrap();
    let job = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((job.done, job.failed), (1, 0));
    assert_eq!(of_tenant(&platform, "acme").await.len(), 5);
}

#[tokio::test]
async fn a_large_catalog_is_imported_and_given_to_a_tenant() {
    let platform = Platform::new().await;
    let atom = |n: u32| {
        format!(
            r#"{{"slug": "a{n}", "versions": [{{"version": "1"}}, {{"version": "2"}}, {{"version": "3"}}]}}"#
        )
    };
    let catalog = format!("[{}]", (0..20_000).map(atom).collect::<Vec<_>>().join(",\n"));
    import_text(&platform, &catalog).await.unwrap();
    release(&platform).await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    let sizes = "SELECT concat_ws(' ', (SELECT count(*) FROM acme.atoms_atom),
                                  (SELECT count(*) FROM acme.atoms_atomversion))";
    assert_eq!(platform.lines(sizes).await, ["20000 60000"]);
    let again = import_text(&platform, &catalog).await.unwrap();
    assert_eq!(again.plan.findings, [Finding::AtomsUnchanged { atoms: 20_000 }]);
}
