//! Releases that stay what they are, and copies through the life of their tenants.

use tenantry_engine::Error;
use tenantry_engine::catalog::{
    self, Clash, ClashContent, CopyState, RetireAtom, Retirement, SetStartRelease,
};
use tenantry_engine::error::Refusal;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, Run, UndoOperation};
use tenantry_engine::tenants::{CloneTenant, MendTenant, RenameTenant, RestoreTenant, TenantRef};

use super::{FIRST, acme, copy, next_release, rows, sorted, sync, synchronise};
use crate::console::Platform;
use crate::meanwhile::{Open, Work, until_waiting};
use crate::support::{execute, tenant};

#[tokio::test]
async fn a_release_never_changes_whoever_asks() {
    let platform = acme().await;
    let before = platform.fingerprint().await;
    let mut somebody = platform.session().await;
    for attempt in [
        "UPDATE tenantry.catalog_release SET notes = 'other'",
        "DELETE FROM tenantry.catalog_release",
        "UPDATE tenantry.catalog_category SET description = '' WHERE release = 1",
        "DELETE FROM tenantry.catalog_category WHERE release = 1",
        "INSERT INTO tenantry.catalog_category VALUES (1, 'Late', '')",
        "UPDATE tenantry.catalog_category SET release = 1 WHERE release = 0",
        "UPDATE tenantry.catalog_atom SET name = 'other' WHERE release = 1 AND slug = 'inbox'",
        "DELETE FROM tenantry.catalog_atom WHERE release = 1",
        "INSERT INTO tenantry.catalog_atom VALUES (1, 'late', 'Late', '', 'Mail')",
        "UPDATE tenantry.catalog_version SET is_active = false WHERE release = 1",
        "DELETE FROM tenantry.catalog_version WHERE release = 1",
        "INSERT INTO tenantry.catalog_version VALUES (1, 'inbox', '9.0', now(), '', '{}', true)",
        "UPDATE tenantry.catalog_version SET release_notes = 'other' WHERE release = 0",
        "INSERT INTO tenantry.catalog_atom VALUES (0, 'late', 'Late', '', 'Mail');
         UPDATE tenantry.catalog_atom SET release = 1 WHERE slug = 'late'",
    ] {
        let refused = execute(&mut somebody, attempt).await;
        assert!(refused.is_err(), "{attempt}");
    }
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn one_version_with_two_contents_is_found_and_named() {
    let platform = acme().await;
    for name in ["bolt", "cog"] {
        platform.add_tenant(name, name, &format!("{name}.example")).await;
    }
    synchronise(&platform, "acme").await.unwrap();
    platform
        .execute(
            "UPDATE acme.atoms_atomversion SET release_notes = 'ours' WHERE version = '2.0';
             UPDATE cog.atoms_atomversion SET release_notes = 'ours' WHERE version = '2.0';
             UPDATE bolt.atoms_atomversion SET config_schema = '[]' WHERE version = '2.0';
             INSERT INTO acme.atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
             SELECT '3.0', '2026-01-01', 'one', '{}', true, now(), id FROM acme.atoms_atom WHERE slug = 'inbox';
             INSERT INTO bolt.atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
             SELECT '3.0', '2026-01-01', 'another', '{}', true, now(), id FROM bolt.atoms_atom WHERE slug = 'inbox'",
        )
        .await;
    let fleet = catalog::compare_fleet(&platform.engine, None, None, &Run::silent()).await.unwrap();
    let of = |tenants: &[&str]| ClashContent {
        release: None,
        tenants: tenants.iter().map(|tenant| SchemaName::existing(*tenant)).collect(),
    };
    let clash = |version: &str, contents| Clash { slug: "inbox".into(), version: version.into(), contents };
    let published = ClashContent { release: Some(1), tenants: Vec::new() };
    let clashes = [
        clash("2.0", vec![published, of(&["bolt"]), of(&["acme", "cog"])]),
        clash("3.0", vec![of(&["acme"]), of(&["bolt"])]),
    ];
    assert_eq!(fleet.clashes, clashes);
}

#[tokio::test]
async fn a_new_tenant_starts_at_the_chosen_release_in_the_transaction_that_makes_it() {
    let platform = acme().await;
    next_release(&platform).await;
    platform.apply(Intent::SetStartRelease(SetStartRelease { release: Some(1) })).await.unwrap();
    platform.add_tenant("Bolt", "bolt", "bolt.example").await;
    assert_eq!(rows(&platform, "bolt").await, sorted(&FIRST));
    assert_eq!(base(&platform, "bolt").await, ["1"]);
    let transactions = "SELECT DISTINCT xmin::text FROM (
            SELECT xmin FROM bolt.atoms_atom UNION ALL SELECT xmin FROM bolt.atoms_atomversion
            UNION ALL SELECT xmin FROM tenantry.catalog_copy WHERE schema_name = 'bolt'
            UNION ALL SELECT xmin FROM public.tenants_tenant WHERE schema_name = 'bolt') AS written";
    assert_eq!(platform.lines(transactions).await.len(), 1);

    platform.apply(Intent::SetStartRelease(SetStartRelease { release: None })).await.unwrap();
    platform.add_tenant("Cog", "cog", "cog.example").await;
    assert_eq!(base(&platform, "cog").await, ["2"], "the newest, whichever that is");
}

async fn base(platform: &Platform, schema: &str) -> Vec<String> {
    let query = format!("SELECT release::text FROM tenantry.catalog_copy WHERE schema_name = '{schema}'");
    platform.lines(&query).await
}

/// A tenant at the first of two releases, with work of its own that was seen.
async fn edited() -> Platform {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    platform.execute("UPDATE acme.atoms_atom SET description = 'ours' WHERE slug = 'outbox'").await;
    catalog::compare_fleet(&platform.engine, None, None, &Run::silent()).await.unwrap();
    next_release(&platform).await;
    platform
}

/// The release that a tenant is at, how it stands to that, and how many rows it has edited.
pub(super) async fn standing(platform: &Platform, schema: &str) -> (Option<i32>, CopyState, u32) {
    let fleet = catalog::fleet(&platform.engine, Some(1)).await.unwrap();
    let copy = fleet.tenants.iter().find(|copy| copy.schema.as_str() == schema).unwrap();
    (copy.release, copy.state, copy.edited)
}

#[tokio::test]
async fn a_clone_with_data_is_where_its_template_is_and_one_without_starts_afresh() {
    let platform = edited().await;
    for (name, with_data) in [("bolt", true), ("cog", false)] {
        let request = CloneTenant {
            source: SchemaName::existing("acme"),
            with_data,
            tenant: tenant(name, name, &format!("{name}.example")),
        };
        platform.apply(Intent::CloneTenant(request)).await.unwrap();
    }
    assert_eq!(standing(&platform, "bolt").await, (Some(1), CopyState::Edited, 1));
    let plan = platform.plan(sync("bolt")).await.unwrap();
    assert!(!plan.is_undecided() && !plan.is_empty(), "{plan:?}");
    assert_eq!(base(&platform, "cog").await, ["2"]);
}

#[tokio::test]
async fn a_tenant_that_is_renamed_deleted_and_restored_stays_where_it_is() {
    let platform = edited().await;
    let rename = RenameTenant {
        schema: SchemaName::existing("acme"),
        new_schema: Some("apex".into()),
        new_name: None,
    };
    platform.apply(Intent::RenameTenant(rename)).await.unwrap();
    let expected = (Some(1), CopyState::Edited, 1);
    assert_eq!(standing(&platform, "apex").await, expected);
    let deletion = Intent::DeleteTenant(TenantRef { schema: SchemaName::existing("apex") });
    let deleted = platform.apply(deletion).await.unwrap().operation.unwrap();
    assert!(catalog::fleet(&platform.engine, None).await.unwrap().tenants.is_empty());
    platform.apply(Intent::Undo(UndoOperation { operation: deleted })).await.unwrap();
    assert_eq!(standing(&platform, "apex").await, expected);

    platform.apply(Intent::DeleteTenant(TenantRef { schema: SchemaName::existing("apex") })).await.unwrap();
    let trash = platform.lines("SELECT schema_name FROM tenantry.trash").await;
    let restore = RestoreTenant { schema: SchemaName::existing(&trash[0]), new_schema: Some("anew".into()) };
    platform.apply(Intent::RestoreTenant(restore)).await.unwrap();
    assert_eq!(standing(&platform, "anew").await, expected);
}

#[tokio::test]
async fn what_was_done_to_a_copy_is_taken_back_from_its_tenant_whatever_that_is_called_by_now() {
    let platform = acme().await;
    let synchronised = synchronise(&platform, "acme").await.unwrap().operation.unwrap();
    let how = Retirement::Delete;
    let retire = RetireAtom { schema: SchemaName::existing("acme"), slug: "inbox".into(), how };
    let retired = platform.apply(Intent::RetireAtom(retire)).await.unwrap().operation.unwrap();
    let rename = RenameTenant {
        schema: SchemaName::existing("acme"),
        new_schema: Some("apex".into()),
        new_name: Some("Apex".into()),
    };
    platform.apply(Intent::RenameTenant(rename)).await.unwrap();
    platform.add_tenant("Another", "acme", "another.example").await;
    let both = ["inbox", "outbox"];
    let slugs = |schema: &str| format!("SELECT slug::text FROM {schema}.atoms_atom ORDER BY slug");
    platform
        .execute("DELETE FROM acme.atoms_atomversion; DELETE FROM acme.atoms_atom WHERE slug = 'inbox'")
        .await;
    platform.apply(Intent::Undo(UndoOperation { operation: retired })).await.unwrap();
    assert_eq!(platform.lines(&slugs("apex")).await, both);
    platform.apply(Intent::Undo(UndoOperation { operation: synchronised })).await.unwrap();
    assert_eq!(platform.lines(&slugs("apex")).await, Vec::<String>::new());
    assert_eq!(platform.lines(&slugs("acme")).await, ["outbox"], "another tenant");
}

#[tokio::test]
async fn a_clone_with_data_waits_for_whoever_synchronises_its_template() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    let request = CloneTenant {
        source: SchemaName::existing("acme"),
        with_data: true,
        tenant: tenant("Bolt", "bolt", "bolt.example"),
    };
    let plan = platform.plan(Intent::CloneTenant(request)).await.unwrap();
    let synchronising = Open::with(
        &platform,
        "SELECT FROM tenantry.tenant WHERE schema_name = 'acme' FOR NO KEY UPDATE;
         UPDATE acme.atoms_atom SET description = 'of the next release'",
    )
    .await;
    let clone = Work::start(&platform.engine, plan);
    until_waiting(&platform, 1).await;
    synchronising.commit().await;
    clone.outcome().await.unwrap();
    let descriptions = platform.lines("SELECT DISTINCT description FROM bolt.atoms_atom").await;
    assert_eq!(descriptions, ["of the next release"]);
}

#[tokio::test]
async fn tables_that_were_made_again_are_filled_again() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    platform.add_tenant("Bolt", "bolt", "bolt.example").await;
    platform.execute("DROP TABLE acme.atoms_atomversion CASCADE").await;
    let like = Some(SchemaName::existing("bolt"));
    let repair = MendTenant { schema: SchemaName::existing("acme"), like };
    platform.apply(Intent::MendTenant(repair)).await.unwrap();
    synchronise(&platform, "acme").await.unwrap();
    assert_eq!(copy(&platform, "acme").await, copy(&platform, "bolt").await);
}

#[tokio::test]
async fn a_reference_that_comes_while_a_synchronisation_is_taken_back_is_answered_and_nothing_is_written() {
    let platform = acme().await;
    let done = synchronise(&platform, "acme").await.unwrap().operation.unwrap();
    platform
        .execute(
            "CREATE TABLE acme.uses (atom_id bigint REFERENCES acme.atoms_atom DEFERRABLE INITIALLY DEFERRED);
             CREATE FUNCTION acme.refer() RETURNS trigger LANGUAGE plpgsql AS
                 'BEGIN INSERT INTO acme.uses VALUES (OLD.atom_id); RETURN OLD; END';
             CREATE TRIGGER refer AFTER DELETE ON acme.atoms_atomversion FOR EACH ROW EXECUTE FUNCTION acme.refer()",
        )
        .await;
    let before = platform.fingerprint().await;
    let refused = platform.apply(Intent::Undo(UndoOperation { operation: done })).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { why: Refusal::ConstraintBroken { .. }, .. }), "{refused:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn notes_about_a_schema_that_others_have_dropped_are_about_nobody_who_comes_after() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    platform
        .execute(
            "DROP SCHEMA acme CASCADE; DELETE FROM public.tenants_domain;
             DELETE FROM public.tenants_tenant WHERE schema_name = 'acme'",
        )
        .await;
    platform.add_tenant("Bolt", "bolt", "bolt.example").await;
    let rename = RenameTenant {
        schema: SchemaName::existing("bolt"),
        new_schema: Some("acme".into()),
        new_name: None,
    };
    platform.apply(Intent::RenameTenant(rename)).await.unwrap();
    assert_eq!(standing(&platform, "acme").await, (Some(1), CopyState::InStep, 0));
}
