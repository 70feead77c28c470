//! A tenant that lacks something of its blueprint gets it, in one transaction, and nothing else is touched.

use tenantry_engine::Error;
use tenantry_engine::blueprint::fingerprint;
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::error::Refusal;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Change, Finding, Intent, Plan, Run};
use tenantry_engine::tenants::{MendTenant, RestoreTenant, TenantRef};
use tenantry_engine::verify::{Verdict, verify};

use crate::console::Platform;

fn schema(name: &str) -> SchemaName {
    SchemaName::existing(name)
}

fn mend(name: &str) -> Intent {
    Intent::MendTenant(MendTenant { schema: schema(name), like: Some(schema("globex")) })
}

async fn with_two() -> Platform {
    let platform = Platform::new().await;
    platform.apply(Intent::ImportCatalog(CatalogSource::Example)).await.unwrap();
    platform.add_tenant("Acme", "acme", "acme-foods.example").await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    platform
}

async fn is_like_globex(platform: &Platform) -> bool {
    let own = fingerprint(&platform.engine, &schema("acme")).await.unwrap();
    own == fingerprint(&platform.engine, &schema("globex")).await.unwrap()
}

async fn mended(platform: &Platform) -> Plan {
    let plan = platform.apply(mend("acme")).await.unwrap().plan;
    let again = platform.plan(mend("acme")).await.unwrap();
    assert!(again.is_empty() && again.findings.is_empty(), "{again:?}");
    let report = verify(&platform.engine, Some(&[schema("acme")]), &Run::silent()).await.unwrap();
    assert_ne!(report.tenants[0].verdict, Verdict::Failed, "{report:?}");
    plan
}

#[tokio::test]
async fn each_kind_of_object_that_is_missing_comes_back() {
    for damage in [
        "DROP TABLE acme.workflows_workflowrun",
        "ALTER TABLE acme.workflows_workflow DROP COLUMN dag_spec",
        "ALTER TABLE acme.registry_project DROP COLUMN state",
        "ALTER TABLE acme.registry_project DROP CONSTRAINT registry_project_slug_owner_id_9fc6fa8e_uniq",
        "DROP INDEX acme.atoms_atom_category_id_4c79f97a",
        "ALTER TABLE acme.workflows_workflowatom DROP CONSTRAINT workflows_workflowatom_atom_id_e87c7dc6_fk_atoms_atom_id",
        "DELETE FROM acme.django_migrations WHERE app = 'workflows'",
    ] {
        let platform = with_two().await;
        platform.execute(damage).await;
        mended(&platform).await;
        // A column that is added stands last in its table.
        assert!(damage.contains(" COLUMN ") || is_like_globex(&platform).await, "{damage}");
    }
}

#[tokio::test]
async fn a_tenant_whose_reads_fell_through_to_public_gets_its_own_tables_with_those_rows() {
    let platform = with_two().await;
    // As it is when the atoms were shared while the tenant was made: no tables of its own, keys to public.
    platform
        .execute(
            "CREATE TABLE public.atoms_atomcategory (LIKE acme.atoms_atomcategory INCLUDING ALL);
             CREATE TABLE public.atoms_atom (LIKE acme.atoms_atom INCLUDING ALL);
             CREATE TABLE public.atoms_atomversion (LIKE acme.atoms_atomversion INCLUDING ALL);
             INSERT INTO public.atoms_atomcategory SELECT * FROM acme.atoms_atomcategory;
             INSERT INTO public.atoms_atom SELECT * FROM acme.atoms_atom;
             INSERT INTO public.atoms_atomversion SELECT * FROM acme.atoms_atomversion;
             DO $$
             DECLARE key record;
             BEGIN
                 FOR key IN SELECT c.conrelid::regclass AS child, c.conname, pg_get_constraintdef(c.oid) AS definition
                            FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
                            WHERE c.contype = 'f' AND r.relnamespace = 'acme'::regnamespace AND c.confrelid = 'acme.atoms_atom'::regclass
                              AND r.relname NOT LIKE 'atoms\\_%'
                 LOOP
                     EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', key.child, key.conname);
                     EXECUTE format('ALTER TABLE %s ADD CONSTRAINT %I %s', key.child, key.conname,
                                    replace(key.definition, 'acme.atoms_atom', 'public.atoms_atom'));
                 END LOOP;
             END $$;
             DROP TABLE acme.atoms_atomversion, acme.atoms_atom, acme.atoms_atomcategory",
        )
        .await;
    let plan = mended(&platform).await;
    assert!(is_like_globex(&platform).await);
    let copied = plan.changes.iter().find_map(|change| match change {
        Change::MakeObjects { copied, .. } => Some(copied.clone()),
        _ => None,
    });
    assert_eq!(copied.unwrap(), ["atoms_atom", "atoms_atomcategory", "atoms_atomversion"]);
    let repointed = plan.changes.iter().find_map(|change| match change {
        Change::ConnectObjects { repointed, .. } => Some(repointed.len()),
        _ => None,
    });
    assert_eq!(repointed, Some(2));
    let differing = "SELECT slug::text FROM acme.atoms_atom EXCEPT SELECT slug::text FROM public.atoms_atom";
    assert_eq!(platform.lines(differing).await, Vec::<String>::new());
    platform.execute("INSERT INTO acme.atoms_atomcategory (name, description) VALUES ('Next', '')").await;
}

#[tokio::test]
async fn what_is_there_and_different_is_left_and_said() {
    let platform = with_two().await;
    platform
        .execute(
            "ALTER TABLE acme.atoms_atom ALTER COLUMN description TYPE varchar(7000);
             ALTER TABLE acme.atoms_atomcategory DROP COLUMN description;
             DROP TABLE acme.workflows_workflowrun",
        )
        .await;
    let plan = platform.plan(mend("acme")).await.unwrap();
    // The rows of the categories would need a value that nobody has given.
    let left = ["column atoms_atomcategory.description", "column atoms_atom.description"].map(str::to_owned);
    let left = Finding::LeftDifferent { objects: left.to_vec() };
    assert_eq!(plan.findings, [left]);
    platform.apply(mend("acme")).await.unwrap();
    assert_eq!(
        platform
            .lines("SELECT 'there' FROM pg_class WHERE oid = 'acme.workflows_workflowrun'::regclass")
            .await,
        ["there"]
    );
}

#[tokio::test]
async fn a_row_without_a_schema_gets_one_or_goes_and_can_come_back() {
    let platform = with_two().await;
    platform.execute("DROP SCHEMA acme CASCADE").await;
    platform.apply(Intent::DeleteTenant(TenantRef { schema: schema("acme") })).await.unwrap();
    platform
        .apply(Intent::RestoreTenant(RestoreTenant { schema: schema("acme"), new_schema: None }))
        .await
        .unwrap();
    let plan = mended(&platform).await;
    assert!(is_like_globex(&platform).await);
    assert!(plan.changes.iter().any(|change| matches!(change, Change::CreateSchema { .. })));
}

#[tokio::test]
async fn files_are_no_measure_for_a_schema_that_is_there() {
    let platform = with_two().await;
    platform.execute("DROP TABLE acme.workflows_workflowrun").await;
    let intent = Intent::MendTenant(MendTenant { schema: schema("acme"), like: None });
    let refused = platform.plan(intent).await.unwrap_err();
    assert!(matches!(refused, Error::Refused { why: Refusal::NoTemplate, .. }), "{refused:?}");
}
