//! Verify: a whole tenant passes with evidence; each kind of damage is found by the check that is about it.

use serde_json::json;
use tenantry_engine::blueprint::ObjectKind;
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::domains::{AddDomains, IfTaken};
use tenantry_engine::names::{Rule, SchemaName};
use tenantry_engine::operations::{Intent, Run};
use tenantry_engine::verify::{CheckKind, CheckResult, Evidence, Report, TenantReport, Verdict, verify};
use tenantry_engine::{Error, Result};

use crate::console::Platform;
use crate::meanwhile::until_unlocked;

/// Acme, whole, beside another tenant; with a catalog and an alias.
async fn platform() -> Platform {
    let platform = Platform::new().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    platform.add_tenant("Acme", "Acme_1", "acme.example").await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    let request = AddDomains {
        schema: SchemaName::existing("Acme_1"),
        domains: vec!["localhost".into()],
        on_taken: IfTaken::Fail,
        approval: None,
    };
    platform.apply(Intent::AddDomains(request)).await.unwrap();
    platform
}

async fn verify_all(platform: &Platform) -> Result<Report> {
    verify(&platform.engine, None, &Run::silent()).await
}

fn of<'a>(report: &'a Report, tenant: &str) -> &'a TenantReport {
    report.tenants.iter().find(|report| report.tenant.name == tenant).unwrap()
}

/// The evidence for which a check did not pass.
fn findings(checks: &[CheckResult]) -> Vec<(CheckKind, &Evidence)> {
    let failed = checks.iter().filter(|check| check.verdict != Verdict::Passed);
    let telling = failed.flat_map(|check| check.evidence.iter().map(move |evidence| (check, evidence)));
    telling
        .filter(|(check, evidence)| evidence.verdict() == check.verdict)
        .map(|(check, e)| (check.check, e))
        .collect()
}

/// What is found of Acme after some damage, while Globex is as whole as before.
async fn after(damage: &str, judge: impl FnOnce(&[(CheckKind, &Evidence)])) {
    let platform = platform().await;
    platform.execute(&format!("SET search_path = \"Acme_1\", public; {damage}; RESET search_path")).await;
    let report = verify_all(&platform).await.unwrap();
    judge(&findings(&of(&report, "Acme").checks));
    assert_eq!(of(&report, "Globex").verdict, Verdict::Passed, "{:#?}", of(&report, "Globex"));
}

fn missing(kind: ObjectKind, name: &str) -> impl Fn(&(CheckKind, &Evidence)) -> bool {
    move |(check, evidence)| {
        *check == CheckKind::Structure
            && matches!(evidence, Evidence::ObjectMissing { kind: k, name: n, .. } if *k == kind && n == name)
    }
}

/// The one object of the structure that is not what it should be, and what it is.
fn differing<'a>(found: &[(CheckKind, &'a Evidence)]) -> (&'a str, &'a str) {
    match found {
        [(CheckKind::Structure, Evidence::ObjectDiffers { name, found, .. })] => (name, found),
        other => panic!("{other:#?}"),
    }
}

#[tokio::test]
async fn a_whole_tenant_passes_every_check_with_evidence() {
    let platform = platform().await;
    let report = verify_all(&platform).await.unwrap();
    assert_eq!(report.verdict(), Verdict::Passed, "{report:#?}");
    let acme = of(&report, "Acme");
    let kinds: Vec<_> = acme.checks.iter().map(|check| check.check).collect();
    let names = json!(kinds);
    assert_eq!(
        names,
        json!(["schema", "structure", "ledger", "foreign_keys", "catalog", "primary_domain", "domains"])
    );
    let count =
        |is: fn(&Evidence) -> bool| acme.checks.iter().flat_map(|c| &c.evidence).filter(|e| is(e)).count();
    assert_eq!(
        count(
            |e| matches!(e, Evidence::KeyEnforced { answer, .. } if answer.contains("violates foreign key"))
        ),
        13
    );
    assert_eq!(count(|e| matches!(e, Evidence::DomainReachable { .. })), 2);
    assert_eq!(count(|e| matches!(e, Evidence::CatalogComplete { atoms: 10 })), 1);
    assert_eq!(count(|e| matches!(e, Evidence::LedgerMatches { rows: 22 })), 1);
    assert_eq!(count(|e| matches!(e, Evidence::ObjectsMatch { kind: ObjectKind::Table, count: 10 })), 1);
    assert_eq!(count(|e| matches!(e, Evidence::ObjectsMatch { kind: ObjectKind::Sequence, count: 10 })), 1);
    let platforms: Vec<_> = report.platform.iter().map(|check| (check.check, check.verdict)).collect();
    assert_eq!(platforms, [(CheckKind::DryRun, Verdict::Passed), (CheckKind::Journal, Verdict::Passed)]);
    assert!(matches!(report.platform[0].evidence[0], Evidence::DryRunDone { tables: 10, .. }));
}

#[tokio::test]
async fn verifying_writes_nothing_and_leaves_no_lock() {
    let platform = platform().await;
    let before = platform.fingerprint().await;
    verify_all(&platform).await.unwrap();
    until_unlocked(&platform).await;
    let changed = platform.fingerprint().await.differences(&before);
    // A number that was given to the rehearsed tenant is not given again: PostgreSQL never takes one back.
    assert_eq!(changed, ["tenants_domain_id_seq", "tenants_tenant_id_seq"]);
}

#[tokio::test]
async fn only_the_tenants_that_were_asked_for_are_looked_at() {
    let platform = platform().await;
    let globex = [SchemaName::existing("globex")];
    let report = verify(&platform.engine, Some(&globex), &Run::silent()).await.unwrap();
    assert_eq!(report.tenants.iter().map(|t| t.tenant.name.as_str()).collect::<Vec<_>>(), ["Globex"]);
    let nobody = [SchemaName::existing("nobody")];
    let refused = verify(&platform.engine, Some(&nobody), &Run::silent()).await;
    assert!(matches!(&refused, Err(Error::TenantNotFound { schema }) if schema == "nobody"), "{refused:?}");
}

#[tokio::test]
async fn a_dropped_index() {
    after("DROP INDEX atoms_atom_category_id_4c79f97a", |found| {
        assert!(
            missing(ObjectKind::Index, "atoms_atom.atoms_atom_category_id_4c79f97a")(&found[0]),
            "{found:#?}"
        );
        assert_eq!(found.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_dropped_column() {
    after("ALTER TABLE registry_app DROP COLUMN custom_config", |found| {
        assert!(missing(ObjectKind::Column, "registry_app.custom_config")(&found[0]), "{found:#?}");
        assert_eq!(found.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_column_of_another_type() {
    after("ALTER TABLE atoms_atom ALTER COLUMN description TYPE varchar(300)", |found| {
        assert_eq!(differing(found), ("atoms_atom.description", "character varying(300) NOT NULL"));
    })
    .await;
}

#[tokio::test]
async fn a_column_that_may_be_left_out() {
    after("ALTER TABLE atoms_atom ALTER COLUMN description DROP NOT NULL", |found| {
        assert_eq!(differing(found), ("atoms_atom.description", "text"));
    })
    .await;
}

#[tokio::test]
async fn a_dropped_constraint() {
    after(
        "ALTER TABLE atoms_atomversion DROP CONSTRAINT atoms_atomversion_atom_id_version_56752015_uniq",
        |found| {
            let name = "atoms_atomversion.atoms_atomversion_atom_id_version_56752015_uniq";
            assert!(found.iter().any(missing(ObjectKind::Constraint, name)), "{found:#?}");
            assert!(found.iter().any(missing(ObjectKind::Index, name)), "{found:#?}");
            assert_eq!(found.len(), 2);
        },
    )
    .await;
}

#[tokio::test]
async fn a_dropped_foreign_key() {
    after(
        "ALTER TABLE registry_project DROP CONSTRAINT registry_project_owner_id_a8cb6a62_fk_accounts_user_id",
        |found| {
            let name = "registry_project.registry_project_owner_id_a8cb6a62_fk_accounts_user_id";
            assert!(missing(ObjectKind::Constraint, name)(&found[0]), "{found:#?}");
            assert_eq!(found.len(), 1);
        },
    )
    .await;
}

#[tokio::test]
async fn a_dropped_identity() {
    after("ALTER TABLE registry_app ALTER COLUMN id DROP IDENTITY", |found| {
        assert!(found.iter().any(missing(ObjectKind::Sequence, "registry_app_id_seq")), "{found:#?}");
        let differs = found.iter().any(|(_, evidence)| {
            matches!(evidence, Evidence::ObjectDiffers { name, .. } if name == "registry_app.id")
        });
        assert!(differs, "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_table_that_points_into_another_tenant() {
    after(
        "ALTER TABLE atoms_atomversion DROP CONSTRAINT atoms_atomversion_atom_id_229f4d6c_fk_atoms_atom_id,
         ADD CONSTRAINT atoms_atomversion_atom_id_229f4d6c_fk_atoms_atom_id FOREIGN KEY (atom_id)
             REFERENCES globex.atoms_atom (id) DEFERRABLE INITIALLY DEFERRED",
        |found| {
            let (name, found) = differing(found);
            assert_eq!(name, "atoms_atomversion.atoms_atomversion_atom_id_229f4d6c_fk_atoms_atom_id");
            assert!(found.contains("REFERENCES globex.atoms_atom(id)"), "{found}");
        },
    )
    .await;
}

#[tokio::test]
async fn a_missing_table() {
    after("DROP TABLE atoms_atomversion", |found| {
        assert!(found.iter().any(missing(ObjectKind::Table, "atoms_atomversion")), "{found:#?}");
        assert!(found.contains(&(CheckKind::Catalog, &Evidence::AtomTablesMissing)), "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_row_missing_in_the_ledger_or_the_ledger_itself() {
    let lacks = Evidence::LedgerLacks { app: "atoms".into(), name: "0001_initial".into() };
    after("DELETE FROM django_migrations WHERE app = 'atoms'", |found| {
        assert_eq!(found, [(CheckKind::Ledger, &lacks)]);
    })
    .await;
    after("DROP TABLE django_migrations", |found| {
        assert!(found.contains(&(CheckKind::Ledger, &lacks)), "{found:#?}");
        assert!(found.iter().any(missing(ObjectKind::Table, "django_migrations")), "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_foreign_key_that_is_switched_off() {
    after("ALTER TABLE atoms_atomversion DISABLE TRIGGER ALL", |found| {
        let off = Evidence::KeyNotEnforced {
            table: "atoms_atomversion".into(),
            constraint: "atoms_atomversion_atom_id_229f4d6c_fk_atoms_atom_id".into(),
        };
        assert_eq!(found, [(CheckKind::ForeignKeys, &off)]);
    })
    .await;
}

#[tokio::test]
async fn a_foreign_key_whose_target_may_go_unnoticed() {
    after("ALTER TABLE atoms_atomcategory DISABLE TRIGGER ALL", |found| {
        let off = Evidence::KeyNotEnforced {
            table: "atoms_atom".into(),
            constraint: "atoms_atom_category_id_4c79f97a_fk_atoms_atomcategory_id".into(),
        };
        assert_eq!(found, [(CheckKind::ForeignKeys, &off)]);
    })
    .await;
}

#[tokio::test]
async fn rows_whose_target_is_gone() {
    let damage = "ALTER TABLE atoms_atom DISABLE TRIGGER ALL;
                  DELETE FROM atoms_atom WHERE slug IN ('csv-import', 'web-hook');
                  ALTER TABLE atoms_atom ENABLE TRIGGER ALL";
    after(damage, |found| {
        let orphans = Evidence::KeyOrphans {
            table: "atoms_atomversion".into(),
            constraint: "atoms_atomversion_atom_id_229f4d6c_fk_atoms_atom_id".into(),
            rows: 4,
        };
        assert!(found.contains(&(CheckKind::ForeignKeys, &orphans)), "{found:#?}");
        let lacks = Evidence::CatalogLacks { atoms: 2, versions: 4 };
        assert!(found.contains(&(CheckKind::Catalog, &lacks)), "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn a_foreign_key_that_was_never_checked() {
    let key = "atom_configs_atomconfig_user_id_83c3e536_fk_accounts_user_id";
    let damage = format!(
        "ALTER TABLE atom_configs_atomconfig DROP CONSTRAINT {key}, ADD CONSTRAINT {key} FOREIGN KEY (user_id)
             REFERENCES public.accounts_user (id) DEFERRABLE INITIALLY DEFERRED NOT VALID"
    );
    after(&damage, |found| {
        let unchecked =
            Evidence::KeyNotValidated { table: "atom_configs_atomconfig".into(), constraint: key.into() };
        assert!(found.contains(&(CheckKind::ForeignKeys, &unchecked)), "{found:#?}");
    })
    .await;
}

#[tokio::test]
async fn no_primary_domain_and_two() {
    let of_acme = "tenant_id = (SELECT id FROM public.tenants_tenant WHERE name = 'Acme')";
    // As on a platform whose table the database does not guard.
    let unguarded = "SELECT tenantry.release_primary_domain()";
    after(
        &format!("{unguarded}; UPDATE public.tenants_domain SET is_primary = false WHERE {of_acme}"),
        |found| {
            assert_eq!(found, [(CheckKind::PrimaryDomain, &Evidence::PrimaryMissing)]);
        },
    )
    .await;
    after(
        &format!("{unguarded}; UPDATE public.tenants_domain SET is_primary = true WHERE {of_acme}"),
        |found| {
            let several =
                Evidence::PrimarySeveral { domains: vec!["acme.example".into(), "localhost".into()] };
            assert_eq!(found, [(CheckKind::PrimaryDomain, &several)]);
        },
    )
    .await;
}

#[tokio::test]
async fn a_domain_that_no_request_reaches() {
    after("UPDATE public.tenants_domain SET domain = 'localhost:8000' WHERE domain = 'localhost'", |found| {
        let [(CheckKind::Domains, Evidence::DomainUnreachable { domain, problem })] = found else {
            panic!("{found:#?}")
        };
        assert_eq!((domain.as_str(), &problem.rule), ("localhost:8000", &Rule::DomainPort));
    })
    .await;
}

#[tokio::test]
async fn a_schema_that_is_gone() {
    after(r#"DROP SCHEMA "Acme_1" CASCADE"#, |found| {
        let gone = Evidence::SchemaMissing { schema: SchemaName::existing("Acme_1") };
        assert_eq!(found, [(CheckKind::Schema, &gone)]);
    })
    .await;
}

#[tokio::test]
async fn a_tenant_that_cannot_be_read() {
    after("ALTER TABLE django_migrations RENAME COLUMN app TO application", |found| {
        let [(_, Evidence::NotChecked { reason })] = found else { panic!("{found:#?}") };
        assert!(reason.contains("column \"app\" does not exist"), "{reason}");
    })
    .await;
}

#[tokio::test]
async fn what_a_tenant_lacks_of_the_catalog_and_has_besides_is_a_notice() {
    let damage = "DELETE FROM atoms_atomversion v USING atoms_atom a
                  WHERE a.id = v.atom_id AND a.slug = 'pdf-report' AND v.version = '1.1'";
    after(damage, |found| {
        assert_eq!(found, [(CheckKind::Catalog, &Evidence::CatalogLacks { atoms: 0, versions: 1 })]);
        assert_eq!(found[0].1.verdict(), Verdict::Notice);
    })
    .await;
    let more = "CREATE INDEX ours ON registry_app (name);
                INSERT INTO django_migrations (app, name, applied) VALUES ('ours', '0001', now())";
    after(more, |found| {
        let more = Evidence::LedgerHasMore { app: "ours".into(), name: "0001".into() };
        let [(CheckKind::Structure, Evidence::ObjectExtra { name, .. }), (CheckKind::Ledger, ledger)] = found
        else {
            panic!("{found:#?}")
        };
        assert_eq!((name.as_str(), *ledger), ("registry_app.ours", &more));
    })
    .await;
}

#[tokio::test]
async fn a_journal_that_was_edited() {
    let platform = platform().await;
    platform.execute("UPDATE tenantry.operation SET actor = 'nobody' WHERE seq = 2").await;
    let report = verify_all(&platform).await.unwrap();
    assert_eq!(findings(&report.platform), [(CheckKind::Journal, &Evidence::JournalBroken { at: 2 })]);
}

#[tokio::test]
async fn a_platform_on_which_no_tenant_can_be_made() {
    let platform = platform().await;
    platform
        .execute(
            "ALTER TABLE public.tenants_tenant ADD COLUMN region text,
             ADD CONSTRAINT region_given CHECK (region IS NOT NULL) NOT VALID",
        )
        .await;
    let report = verify_all(&platform).await.unwrap();
    let [(CheckKind::DryRun, Evidence::DryRunFailed { reason })] = &findings(&report.platform)[..] else {
        panic!("{report:#?}")
    };
    assert!(reason.contains("region_given"), "{reason}");
    assert_eq!(report.tenants.len(), 2, "the tenants are looked at all the same");
    assert!(report.tenants.iter().all(|tenant| tenant.checks.len() == 5), "as far as no model is needed");
}
