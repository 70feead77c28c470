//! Copies with columns, triggers and rows of the platform's own.

use tenantry_engine::Error;
use tenantry_engine::error::Refusal;
use tenantry_engine::jobs::{self, NewItem};
use tenantry_engine::operations::{Run, apply};

use super::{FIRST, SECOND, acme, keeping, next_release, rows, sorted, sync, synchronise};
use crate::console::Platform;

/// Columns that need a value and have no default, of every kind that a platform may have.
const OWN_COLUMNS: &str = "
    CREATE TYPE acme.mood AS ENUM ('calm', 'busy');
    CREATE DOMAIN acme.code AS text NOT NULL CHECK (length(VALUE) < 9);
    CREATE DOMAIN acme.rank AS integer NOT NULL DEFAULT 7 CHECK (VALUE > 0);
    ALTER TABLE acme.atoms_atomcategory ADD colour text NOT NULL, ADD code acme.code;
    ALTER TABLE acme.atoms_atom ADD label varchar(9) NOT NULL, ADD place integer NOT NULL, ADD shown boolean NOT NULL,
        ADD seen_at timestamptz NOT NULL, ADD token uuid NOT NULL, ADD extra jsonb NOT NULL, ADD mood acme.mood NOT NULL,
        ADD code acme.code NOT NULL, ADD rank acme.rank NOT NULL, ADD note text, ADD \"Owner's\" text NOT NULL DEFAULT 'nobody',
        ADD twice integer GENERATED ALWAYS AS (place * 2) STORED;
    ALTER TABLE acme.atoms_atomversion ADD size bigint NOT NULL, ADD parts text[] NOT NULL, ADD weight numeric NOT NULL;";

#[tokio::test]
async fn columns_of_the_platforms_own_begin_with_plain_values_and_are_left_alone_afterwards() {
    let platform = acme().await;
    platform.execute(OWN_COLUMNS).await;
    synchronise(&platform, "acme").await.unwrap();
    assert_eq!(rows(&platform, "acme").await, sorted(&FIRST));
    let begun = "SELECT concat_ws(' ', label = '', place, shown, extra, mood, code = '', rank, note IS NULL, \"Owner's\", twice)
                 FROM acme.atoms_atom";
    assert_eq!(platform.lines(begun).await, ["t 0 f {} calm t 7 t nobody 0"; 2]);

    let own = "SELECT concat_ws('; ', slug, label, place, shown, seen_at, token, extra, mood, code, rank, note, \"Owner's\", created_at)
               FROM acme.atoms_atom WHERE slug <> 'hook'
               UNION ALL SELECT concat_ws('; ', name, colour, code) FROM acme.atoms_atomcategory WHERE name <> 'Web'
               UNION ALL SELECT concat_ws('; ', atom_id, version, size, parts, weight, created_at) FROM acme.atoms_atomversion
                         WHERE atom_id IN (SELECT id FROM acme.atoms_atom WHERE slug <> 'hook') ORDER BY 1";
    platform
        .execute(
            "UPDATE acme.atoms_atomcategory SET colour = 'red', code = 'M';
             UPDATE acme.atoms_atom SET label = 'L', place = 3, shown = true, extra = '[1]', mood = 'busy', note = 'ours', \"Owner's\" = 'us';
             UPDATE acme.atoms_atomversion SET size = 5, parts = '{a,b}', weight = 1.5",
        )
        .await;
    let before = platform.lines(own).await;
    next_release(&platform).await;
    synchronise(&platform, "acme").await.unwrap();
    assert_eq!(rows(&platform, "acme").await, sorted(&SECOND));
    assert_eq!(platform.lines(own).await, before);
}

/// A trigger on the tables of a copy.
fn trigger(schema: &str, when: &str, body: &str) -> String {
    let on = |table: &str| {
        format!("CREATE TRIGGER own {when} ON {schema}.{table} FOR EACH ROW EXECUTE FUNCTION {schema}.own();")
    };
    let tables = ["atoms_atomcategory", "atoms_atom", "atoms_atomversion"].map(on).concat();
    format!(
        "CREATE TABLE {schema}.audit (what text NOT NULL);
         CREATE FUNCTION {schema}.own() RETURNS trigger LANGUAGE plpgsql SET search_path = {schema} AS
         $$BEGIN {body} END$$; {tables}"
    )
}

const WRITES_AUDIT: &str = "INSERT INTO audit VALUES (TG_OP || ' ' || TG_TABLE_NAME); RETURN NEW;";

#[tokio::test]
async fn a_trigger_that_writes_an_audit_row_sees_every_row_that_is_written_and_no_other() {
    let platform = acme().await;
    platform.execute(&trigger("acme", "AFTER INSERT OR UPDATE", WRITES_AUDIT)).await;
    synchronise(&platform, "acme").await.unwrap();
    next_release(&platform).await;
    platform.execute("DELETE FROM acme.audit").await;
    synchronise(&platform, "acme").await.unwrap();
    let audit = "SELECT what || ' ' || count(*) FROM acme.audit GROUP BY what ORDER BY 1";
    let written = [
        "INSERT atoms_atom 1",
        "INSERT atoms_atomcategory 1",
        "INSERT atoms_atomversion 1",
        "UPDATE atoms_atom 1",
        "UPDATE atoms_atomcategory 1",
        "UPDATE atoms_atomversion 2",
    ];
    assert_eq!(platform.lines(audit).await, written);
    assert_eq!(rows(&platform, "acme").await, sorted(&SECOND));
}

#[tokio::test]
async fn a_trigger_that_swallows_rows_is_answered_and_nothing_is_written() {
    for (when, body) in [
        ("BEFORE INSERT", "IF TG_TABLE_NAME = 'atoms_atomversion' THEN RETURN NULL; END IF; RETURN NEW;"),
        ("BEFORE UPDATE", "RETURN NULL;"),
    ] {
        let platform = acme().await;
        synchronise(&platform, "acme").await.unwrap();
        next_release(&platform).await;
        platform.execute(&trigger("acme", when, body)).await;
        let before = platform.fingerprint().await;
        let answer = synchronise(&platform, "acme").await;
        assert!(
            matches!(&answer, Err(Error::Refused { subject, why: Refusal::CopyResists }) if subject == "acme"),
            "{when}: {answer:?}"
        );
        platform.assert_nothing_kept(&before).await;
    }
}

#[tokio::test]
async fn a_tenant_whose_trigger_raises_fails_and_the_others_are_done() {
    let platform = acme().await;
    for name in ["bolt", "cog"] {
        platform.add_tenant(name, name, &format!("{name}.example")).await;
    }
    next_release(&platform).await;
    platform.execute(&trigger("bolt", "BEFORE UPDATE", "RAISE EXCEPTION 'not here';")).await;
    let mut items = Vec::new();
    for schema in ["acme", "bolt", "cog"] {
        items.push(NewItem::from(&platform.plan(sync(schema)).await.unwrap()));
    }
    let job = jobs::create(&platform.engine, &items).await.unwrap();
    let done = jobs::work(&platform.engine, job, &Run::silent()).await.unwrap();
    assert_eq!((done.done, done.failed), (2, 1));
    let items = jobs::items(&platform.engine, job).await.unwrap();
    assert!(items[1].failure.as_ref().unwrap().contains("not here"), "{items:?}");
    assert_eq!(rows(&platform, "acme").await, sorted(&SECOND_AT_ONCE));
    assert_eq!(rows(&platform, "bolt").await, sorted(&FIRST));
    assert_eq!(at_release(&platform).await, ["acme 2", "bolt 1", "cog 2"]);
}

/// The second release where the first never was.
const SECOND_AT_ONCE: [&str; 8] =
    [SECOND[0], SECOND[1], SECOND[2], SECOND[3], SECOND[4], SECOND[5], SECOND[7], SECOND[8]];

async fn at_release(platform: &Platform) -> Vec<String> {
    platform.lines("SELECT schema_name || ' ' || release FROM tenantry.catalog_copy ORDER BY 1").await
}

#[tokio::test]
async fn a_row_that_somebody_inserts_afterwards_gets_a_number_that_is_free() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    platform
        .execute(
            "INSERT INTO acme.atoms_atomcategory (name, description) VALUES ('Ours', '');
             INSERT INTO acme.atoms_atom (name, slug, description, category_id, created_at, updated_at)
             SELECT 'Ours', 'ours', '', id, now(), now() FROM acme.atoms_atomcategory WHERE name = 'Ours';
             INSERT INTO acme.atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
             SELECT '1.0', now(), '', '{}', true, now(), id FROM acme.atoms_atom WHERE slug = 'ours'",
        )
        .await;
    let after = "SELECT (o.id > (SELECT max(id) FROM acme.atoms_atom WHERE slug <> 'ours'))::text
                 FROM acme.atoms_atom o WHERE slug = 'ours'";
    assert_eq!(platform.lines(after).await, ["true"]);
    next_release(&platform).await;
    synchronise(&platform, "acme").await.unwrap();
}

/// Which transaction wrote a row last, and when it says that it was changed.
const TOUCHED: &str = "
    SELECT concat_ws(' ', name, xmin) FROM acme.atoms_atomcategory
    UNION ALL SELECT concat_ws(' ', slug, xmin, updated_at) FROM acme.atoms_atom
    UNION ALL SELECT concat_ws(' ', 'version', id, xmin) FROM acme.atoms_atomversion ORDER BY 1";

#[tokio::test]
async fn only_rows_that_change_are_touched_and_none_where_there_is_nothing_to_do() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    let before = platform.lines(TOUCHED).await;
    assert_eq!(synchronise(&platform, "acme").await.unwrap().operation, None);
    assert_eq!(platform.lines(TOUCHED).await, before);

    next_release(&platform).await;
    synchronise(&platform, "acme").await.unwrap();
    let after = platform.lines(TOUCHED).await;
    let kept: Vec<_> = before.iter().filter(|row| after.contains(row)).collect();
    // The category, one atom and two versions are changed, out of six rows.
    assert_eq!(kept.len(), 2, "{before:?} {after:?}");
    let updated = "SELECT slug FROM acme.atoms_atom WHERE updated_at > created_at";
    assert_eq!(platform.lines(updated).await, ["inbox"]);
}

#[tokio::test]
async fn what_a_tenant_edits_between_plan_and_application_is_answered_with_a_fresh_plan() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    next_release(&platform).await;
    let edits = [
        // What would have been overwritten, was not to be touched, or makes no difference to what is written.
        "UPDATE acme.atoms_atom SET description = 'ours' WHERE slug = 'inbox'",
        "DELETE FROM acme.atoms_atomversion WHERE version = '2.0'",
        "UPDATE acme.atoms_atom SET name = 'Hook' WHERE slug = 'outbox'",
    ];
    for edit in edits {
        let plan = platform.plan(keeping("acme")).await.unwrap();
        platform.execute(edit).await;
        let before = platform.fingerprint().await;
        let answer = apply(&platform.engine, &plan, &Run::silent()).await;
        let Err(Error::Stale { fresh }) = answer else { panic!("{edit}: {answer:?}") };
        assert_ne!(fresh.hash, plan.hash);
        platform.assert_nothing_kept(&before).await;
    }
}
