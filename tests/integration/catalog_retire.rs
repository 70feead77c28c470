//! An atom is retired, and nothing that refers to it breaks.

mod model;

use tenantry_engine::catalog::{
    self, MakeRelease, Reference, RetireAtom, Retirement, TenantRetirement, preview_retirement, usage,
};
use tenantry_engine::error::Refusal;
use tenantry_engine::jobs::{self, NewItem};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Applied, Change, Finding, Intent, OperationId, Run, UndoOperation, apply};
use tenantry_engine::{Error, Result};

use crate::console::Platform;
use crate::meanwhile::{Open, Work, until_waiting};
use crate::support::database::Fingerprint;
use crate::support::execute;

const CATALOG: &str = r#"[{"slug": "mail", "versions": [{"version": "1.0"}, {"version": "1.1"}]},
                          {"slug": "post", "versions": [{"version": "1.0"}, {"version": "2.0"}]},
                          {"slug": "pdf"}]"#;

/// Two tenants at a release of three atoms.
async fn platform() -> Platform {
    let platform = Platform::new().await;
    let file = tempfile::Builder::new().suffix(".json").tempfile().unwrap();
    std::fs::write(file.path(), CATALOG).unwrap();
    let path = file.path().display().to_string();
    platform.apply(Intent::ImportCatalog(catalog::CatalogSource::Path { path })).await.unwrap();
    platform.apply(Intent::ReleaseCatalog(MakeRelease { notes: String::new() })).await.unwrap();
    platform
        .execute(
            "INSERT INTO public.accounts_user (id, password, is_superuser, username, first_name, last_name, email,
                                               is_staff, is_active, date_joined, mfa_enabled)
             SELECT n, '', false, 'u' || n, '', '', '', false, true, now(), false FROM generate_series(1, 3) n",
        )
        .await;
    for (name, schema) in [("Acme", "acme"), ("Globex", "globex")] {
        platform.add_tenant(name, schema, &format!("{schema}.example")).await;
        platform.execute(&format!("SET search_path TO {schema}; {PROJECTS}; RESET search_path")).await;
    }
    platform
}

const PROJECTS: &str = "
    INSERT INTO registry_project (id, name, slug, description, created_at, updated_at, is_deleted, app_id, owner_id)
    SELECT n, 'p' || n, 'p' || n, '', now(), now(), false, 1, 1 FROM generate_series(1, 3) n;
    INSERT INTO workflows_workflow (id, name, slug, dag_spec, created_at, updated_at, project_id)
    VALUES (1, 'w', 'w', '{}', now(), now(), 1)";

/// A configuration of an atom in a project.
fn config(schema: &str, project: i32, slug: &str) -> String {
    format!(
        "INSERT INTO {schema}.atom_configs_atomconfig (config, created_at, updated_at, atom_id, project_id, user_id)
         SELECT '{{}}', now(), now(), id, {project}, 1 FROM {schema}.atoms_atom WHERE slug = '{slug}';"
    )
}

fn step(schema: &str, place: i32, slug: &str) -> String {
    format!(
        "INSERT INTO {schema}.workflows_workflowatom (\"order\", atom_id, workflow_id)
         SELECT {place}, id, 1 FROM {schema}.atoms_atom WHERE slug = '{slug}';"
    )
}

/// A table of the tenant's own that refers to versions.
const PINS: &str =
    "CREATE TABLE acme.pins (id int PRIMARY KEY, version_id bigint REFERENCES acme.atoms_atomversion);";

fn pin(id: i32, slug: &str, version: &str) -> String {
    format!(
        "INSERT INTO acme.pins SELECT {id}, v.id FROM acme.atoms_atomversion v JOIN acme.atoms_atom a ON a.id = v.atom_id
         WHERE (a.slug, v.version) = ('{slug}', '{version}');"
    )
}

fn retire(schema: &str, slug: &str, how: Retirement) -> Intent {
    Intent::RetireAtom(RetireAtom { schema: SchemaName::existing(schema), slug: slug.into(), how })
}

fn repoint(to: &str) -> Retirement {
    Retirement::Repoint { to: to.into() }
}

async fn done(platform: &Platform, intent: Intent) -> OperationId {
    platform.apply(intent).await.unwrap().operation.expect("something was written")
}

async fn undo(platform: &Platform, operation: OperationId) -> Applied {
    platform.apply(Intent::Undo(UndoOperation { operation })).await.unwrap()
}

/// What refuses it. Nothing is written.
async fn refusal(platform: &Platform, intent: Intent) -> Refusal {
    let before = platform.fingerprint().await;
    let refused = platform.plan(intent).await;
    let Err(Error::Refused { why, .. }) = refused else { panic!("{refused:?}") };
    platform.assert_unchanged(&before).await;
    why
}

/// What of a tenant's schema is not as it was, and what is known of its copy.
async fn differences(platform: &Platform, before: &Fingerprint) -> Vec<String> {
    let mut changed = platform.fingerprint().await.differences(before);
    changed.retain(|what| {
        what.starts_with("acme.") || what == "featured" || what == "tenantry.catalog_deviation"
    });
    changed
}

async fn slugs(platform: &Platform, schema: &str) -> Vec<String> {
    platform.lines(&format!("SELECT slug::text FROM {schema}.atoms_atom ORDER BY 1")).await
}

async fn configured(platform: &Platform) -> Vec<String> {
    let query = "SELECT concat_ws(' ', c.project_id, a.slug) FROM acme.atom_configs_atomconfig c
                 JOIN acme.atoms_atom a ON a.id = c.atom_id ORDER BY 1";
    platform.lines(query).await
}

async fn deviations(platform: &Platform) -> Vec<String> {
    let query =
        "SELECT concat_ws(' ', deviation, part, key, NULLIF(version, '')) FROM tenantry.catalog_deviation
                 WHERE schema_name = 'acme' ORDER BY 1";
    platform.lines(query).await
}

fn reference(version: &str, table: &str, column: &str, rows: i64) -> Reference {
    Reference {
        slug: "mail".into(),
        version: version.into(),
        table: table.into(),
        column: column.into(),
        rows,
    }
}

#[tokio::test]
async fn whatever_refers_to_an_atom_is_counted_and_named() {
    let platform = platform().await;
    platform
        .execute(&format!(
            "{}{}{}{}{}{}",
            config("acme", 1, "mail"),
            config("acme", 2, "mail"),
            config("acme", 1, "pdf"),
            step("acme", 1, "mail"),
            PINS,
            pin(1, "mail", "1.1")
        ))
        .await;
    platform
        .execute(
            "CREATE TABLE public.featured (slug varchar(150) REFERENCES acme.atoms_atom (slug));
             INSERT INTO public.featured VALUES ('mail');
             CREATE TABLE acme.exact (id int, atom_id bigint, version varchar(50),
                                      FOREIGN KEY (atom_id, version) REFERENCES acme.atoms_atomversion (atom_id, version))
             PARTITION BY RANGE (id);
             CREATE TABLE acme.exact_1 PARTITION OF acme.exact FOR VALUES FROM (0) TO (10);
             CREATE TABLE acme.exact_2 PARTITION OF acme.exact FOR VALUES FROM (10) TO (20);
             INSERT INTO acme.exact SELECT n, id, '1.0' FROM acme.atoms_atom, (VALUES (1), (11)) AS n (n) WHERE slug = 'mail';
             UPDATE globex.atoms_atomversion SET is_active = false
             WHERE version = '1.1' AND atom_id = (SELECT id FROM globex.atoms_atom WHERE slug = 'mail')",
        )
        .await;
    let used = usage(&platform.engine, "mail", &Run::silent()).await.unwrap();
    assert!(used.in_master && used.unread.is_empty());
    let tenants: Vec<_> =
        used.tenants.iter().map(|t| (t.schema.as_str(), t.versions, t.active_versions)).collect();
    assert_eq!(tenants, [("acme", 2, 2), ("globex", 2, 1)]);
    let expected = [
        reference("", "atom_configs_atomconfig", "atom_id", 2),
        reference("1.0", "exact", "atom_id, version", 2),
        reference("1.1", "pins", "version_id", 1),
        reference("", "public.featured", "slug", 1),
        reference("", "workflows_workflowatom", "atom_id", 1),
    ];
    let mut found = used.tenants[0].references.clone();
    found.sort_by_key(|reference| reference.table.clone());
    assert_eq!(found, expected);
    assert_eq!(used.tenants[1].references, []);
}

#[tokio::test]
async fn a_tenant_that_cannot_be_read_is_named_beside_the_others() {
    let platform = platform().await;
    platform.execute("ALTER TABLE acme.atoms_atom RENAME COLUMN slug TO sluggish").await;
    let used = usage(&platform.engine, "mail", &Run::silent()).await.unwrap();
    let (read, unread) = (&used.tenants[0].schema, &used.unread[0].schema);
    assert_eq!((read.as_str(), unread.as_str()), ("globex", "acme"));
    let preview =
        preview_retirement(&platform.engine, "mail", &Retirement::Delete, &Run::silent()).await.unwrap();
    let lines: Vec<_> = preview.tenants.iter().map(|t| (t.schema.as_str(), t.refused.is_some())).collect();
    assert_eq!(lines, [("acme", true), ("globex", false)]);
}

#[tokio::test]
async fn switching_off_leaves_references_and_comes_back_on_where_it_is_still_off() {
    let platform = platform().await;
    platform
        .execute(&format!(
            "{} UPDATE acme.atoms_atomversion SET is_active = false WHERE version = '1.1'",
            config("acme", 1, "mail")
        ))
        .await;
    catalog::compare_fleet(&platform.engine, None, None, &Run::silent()).await.unwrap();
    let before = platform.fingerprint().await;
    let plan = platform.plan(retire("acme", "mail", Retirement::Deactivate)).await.unwrap();
    let Change::RetireAtom { versions, .. } = &plan.changes[0] else { panic!("{plan:?}") };
    assert_eq!(versions, &["1.0"], "the other one is off already");
    let operation = apply(&platform.engine, &plan, &Run::silent()).await.unwrap().operation.unwrap();
    assert_eq!(configured(&platform).await, ["1 mail"]);
    assert_eq!(deviations(&platform).await, ["edited version mail 1.0", "edited version mail 1.1"]);
    let again = platform.apply(retire("acme", "mail", Retirement::Deactivate)).await.unwrap();
    assert_eq!(again.operation, None);

    undo(&platform, operation).await;
    assert_eq!(differences(&platform, &before).await, Vec::<String>::new());
    assert_eq!(
        platform.lines("SELECT kind FROM tenantry.operation WHERE kind LIKE 'catalog.ret%'").await.len(),
        1
    );
}

#[tokio::test]
async fn what_was_switched_on_or_deleted_since_is_not_touched_by_undo() {
    let platform = platform().await;
    let operation = done(&platform, retire("acme", "mail", Retirement::Deactivate)).await;
    platform
        .execute(
            "DELETE FROM acme.atoms_atomversion WHERE version = '1.1';
             UPDATE acme.atoms_atomversion SET is_active = true",
        )
        .await;
    let undone = undo(&platform, operation).await;
    assert_eq!(undone.operation, None);
    let Finding::CatalogChangedSince { rows, .. } = &undone.plan.findings[0] else { panic!("{undone:?}") };
    assert_eq!(rows.versions["mail"], ["1.1".to_owned()].into());
}

#[tokio::test]
async fn an_atom_that_nothing_refers_to_is_deleted_and_comes_back_whole() {
    let platform = platform().await;
    // Whatever the platform keeps there: JSON as it was typed, a null inside JSON, and rows that refer to each other.
    platform
        .execute(
            r#"ALTER TABLE acme.atoms_atom
                   ADD typed json DEFAULT '{"b" : 1, "a":2,  "a":3}', ADD bytes bytea DEFAULT '\x00ff', ADD labels text[] DEFAULT '{a,NULL,"b c"}',
                   ADD until timestamptz DEFAULT 'infinity', ADD doubled text GENERATED ALWAYS AS (slug || slug) STORED,
                   ADD latest_id bigint REFERENCES acme.atoms_atomversion, ADD parent_id bigint REFERENCES acme.atoms_atom;
               ALTER TABLE acme.atoms_atomversion ADD replaces_id bigint REFERENCES acme.atoms_atomversion;
               UPDATE acme.atoms_atom a SET parent_id = id,
                   latest_id = (SELECT max(v.id) FROM acme.atoms_atomversion v WHERE v.atom_id = a.id);
               UPDATE acme.atoms_atomversion v SET replaces_id = o.id, config_schema = 'null'
               FROM acme.atoms_atomversion o WHERE o.atom_id = v.atom_id AND o.version < v.version"#,
        )
        .await;
    catalog::compare_fleet(&platform.engine, None, None, &Run::silent()).await.unwrap();
    let (before, known) = (platform.fingerprint().await, deviations(&platform).await);
    let operation = done(&platform, retire("acme", "mail", Retirement::Delete)).await;
    assert_eq!(slugs(&platform, "acme").await, ["pdf", "post"]);
    assert_eq!(slugs(&platform, "globex").await.len(), 3);
    let removed = ["removed atom mail", "removed version mail 1.0", "removed version mail 1.1"];
    let now = deviations(&platform).await;
    assert!(removed.iter().all(|row| now.iter().any(|is| is == row)), "{now:?}");

    undo(&platform, operation).await;
    assert_eq!(differences(&platform, &before).await, Vec::<String>::new());
    assert_eq!(deviations(&platform).await, known);
}

#[tokio::test]
async fn an_atom_in_use_is_not_deleted_and_its_users_are_named() {
    let platform = platform().await;
    platform.execute(&format!("{}{PINS}{}", config("acme", 1, "mail"), pin(7, "mail", "1.0"))).await;
    let why = refusal(&platform, retire("acme", "mail", Retirement::Delete)).await;
    let references = vec![
        reference("", "atom_configs_atomconfig", "atom_id", 1),
        reference("1.0", "pins", "version_id", 1),
    ];
    assert_eq!(why, Refusal::AtomReferredTo { slug: "mail".into(), references });
    assert_eq!(
        why.to_string(),
        "mail is in use: 1 row of atom_configs_atomconfig by atom_id, 1 row of pins by version_id (to mail 1.0); \
         switch it off, or let another atom take its place"
    );
}

#[tokio::test]
async fn re_pointing_moves_every_reference_and_undo_moves_them_back() {
    let platform = platform().await;
    platform
        .execute(&format!(
            "{}{}{}{}{PINS}{}",
            config("acme", 1, "mail"),
            config("acme", 2, "post"),
            step("acme", 1, "mail"),
            step("acme", 2, "mail"),
            pin(1, "mail", "1.0")
        ))
        .await;
    platform
        .execute(
            "CREATE TABLE public.featured (slug varchar(150) PRIMARY KEY REFERENCES acme.atoms_atom (slug));
             INSERT INTO public.featured VALUES ('mail')",
        )
        .await;
    let before = platform.fingerprint().await;
    let plan = platform.plan(retire("acme", "mail", repoint("post"))).await.unwrap();
    let Change::RetireAtom { versions, repointed, .. } = &plan.changes[0] else { panic!("{plan:?}") };
    assert_eq!(versions, &["1.0", "1.1"]);
    assert_eq!(
        repointed,
        &[
            reference("", "atom_configs_atomconfig", "atom_id", 1),
            reference("1.0", "pins", "version_id", 1),
            reference("", "workflows_workflowatom", "atom_id", 2),
            reference("", "public.featured", "slug", 1),
        ]
    );
    let operation = apply(&platform.engine, &plan, &Run::silent()).await.unwrap().operation.unwrap();
    assert_eq!(configured(&platform).await, ["1 post", "2 post"]);
    let pinned = "SELECT concat_ws(' ', a.slug, v.version) FROM acme.pins p
                  JOIN acme.atoms_atomversion v ON v.id = p.version_id JOIN acme.atoms_atom a ON a.id = v.atom_id";
    assert_eq!(platform.lines(pinned).await, ["post 1.0"]);
    assert_eq!(platform.lines("SELECT slug::text FROM public.featured").await, ["post"]);
    assert_eq!(slugs(&platform, "acme").await, ["pdf", "post"]);

    undo(&platform, operation).await;
    assert_eq!(differences(&platform, &before).await, Vec::<String>::new());
}

#[tokio::test]
async fn undo_leaves_alone_what_refers_to_something_else_by_now() {
    let platform = platform().await;
    platform.execute(&format!("{}{}", config("acme", 1, "mail"), config("acme", 2, "mail"))).await;
    let operation = done(&platform, retire("acme", "mail", repoint("post"))).await;
    platform
        .execute(
            "UPDATE acme.atom_configs_atomconfig SET atom_id = (SELECT id FROM acme.atoms_atom WHERE slug = 'pdf')
             WHERE project_id = 2",
        )
        .await;
    let undone = undo(&platform, operation).await;
    let left = Finding::ReferencesChangedSince {
        schema: SchemaName::existing("acme"),
        references: vec![reference("", "atom_configs_atomconfig", "atom_id", 1)],
    };
    assert_eq!(undone.plan.findings, [left]);
    assert_eq!(configured(&platform).await, ["1 mail", "2 pdf"]);
}

#[tokio::test]
async fn what_stands_in_the_place_of_an_atom_keeps_it_from_coming_back() {
    let platform = platform().await;
    let operation = done(&platform, retire("acme", "mail", Retirement::Delete)).await;
    platform.execute("UPDATE acme.atoms_atom SET name = 'Mail' WHERE slug = 'post'").await;
    let why = refusal(&platform, Intent::Undo(UndoOperation { operation })).await;
    assert_eq!(why, Refusal::AtomThereAgain { holder: "post".into() });
}

#[tokio::test]
async fn re_pointing_is_refused_where_a_row_would_be_there_twice() {
    let platform = platform().await;
    platform
        .execute(&format!(
            "{}{}{}",
            config("acme", 1, "mail"),
            config("acme", 1, "post"),
            config("acme", 2, "mail")
        ))
        .await;
    let why = refusal(&platform, retire("acme", "mail", repoint("post"))).await;
    let expected = Refusal::WouldCollide {
        table: "atom_configs_atomconfig".into(),
        constraint: "atom_configs_atomconfig_project_id_atom_id_user__3ce3d0e6_uniq".into(),
        rows: 1,
    };
    assert_eq!(why, expected);
}

#[tokio::test]
async fn a_constraint_that_no_plan_foresees_refuses_too_and_nothing_is_written() {
    let platform = platform().await;
    platform.execute(&format!("{}{}", config("acme", 1, "mail"), config("acme", 2, "post"))).await;
    let kinds = [
        "CREATE UNIQUE INDEX unforeseen ON acme.atom_configs_atomconfig (atom_id) WHERE config IS NOT NULL",
        "DROP INDEX acme.unforeseen;
         ALTER TABLE acme.atom_configs_atomconfig ADD CONSTRAINT unforeseen
             EXCLUDE USING btree (atom_id WITH =) DEFERRABLE INITIALLY DEFERRED",
    ];
    for kind in kinds {
        platform.execute(kind).await;
        let before = platform.fingerprint().await;
        let refused = platform.apply(retire("acme", "mail", repoint("post"))).await;
        let Err(Error::Refused { why: Refusal::ConstraintBroken { table, constraint }, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((table.as_str(), constraint.as_str()), ("atom_configs_atomconfig", "unforeseen"));
        platform.assert_nothing_kept(&before).await;
    }
}

#[tokio::test]
async fn a_version_that_the_other_atom_lacks_is_named() {
    let platform = platform().await;
    platform.execute(&format!("{PINS}{}{}", pin(1, "mail", "1.0"), pin(2, "mail", "1.1"))).await;
    let why = refusal(&platform, retire("acme", "mail", repoint("post"))).await;
    let references = vec![reference("1.1", "pins", "version_id", 1)];
    assert_eq!(why, Refusal::NoSuchVersions { slug: "post".into(), references });
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused() {
    let platform = platform().await;
    let no_atom = |slug: &str| Refusal::NoSuchAtom { slug: slug.into() };
    for (slug, how, why) in [
        ("none", Retirement::Deactivate, no_atom("none")),
        ("none", Retirement::Delete, no_atom("none")),
        ("mail", repoint("none"), no_atom("none")),
        ("mail", repoint("mail"), Refusal::SameAtom),
    ] {
        assert_eq!(refusal(&platform, retire("acme", slug, how)).await, why);
    }
    platform
        .execute(&format!(
            "{PINS} ALTER TABLE acme.pins DROP CONSTRAINT pins_pkey; {}",
            pin(1, "mail", "1.0")
        ))
        .await;
    let why = refusal(&platform, retire("acme", "mail", repoint("post"))).await;
    assert_eq!(why, Refusal::NoPrimaryKey { table: "pins".into() });
}

#[tokio::test]
async fn a_reference_made_between_plan_and_deed_makes_the_plan_stale_or_refused() {
    let platform = platform().await;
    let moved = platform.plan(retire("acme", "mail", repoint("post"))).await.unwrap();
    let deleted = platform.plan(retire("acme", "mail", Retirement::Delete)).await.unwrap();
    platform.execute(&config("acme", 1, "mail")).await;
    let before = platform.fingerprint().await;
    let answer = apply(&platform.engine, &moved, &Run::silent()).await;
    assert!(matches!(answer, Err(Error::Stale { .. })), "{answer:?}");
    let answer = apply(&platform.engine, &deleted, &Run::silent()).await;
    assert!(matches!(answer, Err(Error::Refused { why: Refusal::AtomReferredTo { .. }, .. })), "{answer:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn a_reference_that_somebody_is_just_making_is_waited_for() {
    let platform = platform().await;
    platform.execute(PINS).await;
    let at_once = format!("SET CONSTRAINTS ALL IMMEDIATE; {}", config("acme", 1, "mail"));
    for reference in [at_once, pin(1, "mail", "1.0")] {
        let plan = platform.plan(retire("acme", "mail", Retirement::Delete)).await.unwrap();
        let theirs = Open::with(&platform, &reference).await;
        let work = Work::start(&platform.engine, plan);
        until_waiting(&platform, 1).await;
        theirs.commit().await;
        let answer = work.outcome().await;
        assert!(
            matches!(answer, Err(Error::Refused { why: Refusal::AtomReferredTo { .. }, .. })),
            "{answer:?}"
        );
        platform.execute("TRUNCATE acme.pins, acme.atom_configs_atomconfig").await;
    }
}

#[tokio::test]
async fn a_reference_that_is_only_checked_later_is_refused_to_whoever_makes_it() {
    let platform = platform().await;
    let mut theirs = platform.session().await;
    execute(&mut theirs, &format!("BEGIN; {}", config("acme", 1, "mail"))).await.unwrap();
    done(&platform, retire("acme", "mail", Retirement::Delete)).await;
    let refused = execute(&mut theirs, "COMMIT").await.unwrap_err();
    assert!(
        refused.to_string().contains("atom_configs_atomconfig_atom_id_a8cf4184_fk_atoms_atom_id"),
        "{refused}"
    );
    assert_eq!(configured(&platform).await, Vec::<String>::new());
}

#[tokio::test]
async fn a_trigger_that_keeps_an_atom_is_an_answer() {
    let platform = platform().await;
    platform
        .execute(
            "CREATE FUNCTION acme.keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
             CREATE TRIGGER keep BEFORE DELETE ON acme.atoms_atomversion FOR EACH ROW EXECUTE FUNCTION acme.keep();
             ALTER TABLE acme.atoms_atomversion DROP CONSTRAINT atoms_atomversion_atom_id_229f4d6c_fk_atoms_atom_id",
        )
        .await;
    let answer = platform.apply(retire("acme", "mail", Retirement::Delete)).await;
    assert!(matches!(answer, Err(Error::Refused { why: Refusal::CopyResists, .. })), "{answer:?}");
    assert_eq!(slugs(&platform, "acme").await.len(), 3);
}

async fn preview(platform: &Platform, how: Retirement) -> Result<Vec<TenantRetirement>> {
    Ok(preview_retirement(&platform.engine, "mail", &how, &Run::silent()).await?.tenants)
}

#[tokio::test]
async fn of_two_tenants_the_one_that_refuses_keeps_the_other_from_nothing() {
    let platform = platform().await;
    platform.add_tenant("Other", "other", "other.example").await;
    platform.execute("DELETE FROM other.atoms_atomversion; DELETE FROM other.atoms_atom").await;
    platform.execute(&config("acme", 1, "mail")).await;
    let before = platform.fingerprint().await;
    let lines = preview(&platform, Retirement::Delete).await.unwrap();
    platform.assert_unchanged(&before).await;
    let told: Vec<_> = lines
        .iter()
        .map(|t| (t.schema.as_str(), t.references.len(), t.item.is_some(), t.refused.is_some()))
        .collect();
    assert_eq!(told, [("acme", 1, false, true), ("globex", 0, true, false)]);

    let items: Vec<NewItem> = lines.into_iter().filter_map(|line| line.item).map(|item| *item).collect();
    let job = jobs::create(&platform.engine, &items).await.unwrap();
    let job = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((job.kind.as_str(), job.done, job.failed), ("catalog.retire", 1, 0));
    assert_eq!((slugs(&platform, "acme").await.len(), slugs(&platform, "globex").await.len()), (3, 2));

    let lines = preview(&platform, Retirement::Deactivate).await.unwrap();
    let told: Vec<_> = lines.iter().map(|t| (t.schema.as_str(), t.item.is_some())).collect();
    assert_eq!(told, [("acme", true)]);

    let undo = jobs::undo(&platform.engine, job.id).await.unwrap();
    let undo = jobs::work(&platform.engine, undo, &Run::silent()).await.unwrap();
    assert_eq!((undo.done, undo.failed), (1, 0));
    assert_eq!(slugs(&platform, "globex").await.len(), 3);
}
