//! Fleet health sees what makes a tenant another one, whichever kind of object it is in.

use tenantry_engine::blueprint::Rows;
use tenantry_engine::health::health;
use tenantry_engine::operations::Run;

use super::{TEMPLATE, Zoo, ledger};

/// What a fleet is compared by, a change a tenant. How things are stored, and who may use them, is not among it.
const CHANGES: &[&str] = &[
    "ALTER TABLE scratch SET LOGGED",
    r#"ALTER TABLE "Cage" NO FORCE ROW LEVEL SECURITY"#,
    "ALTER TABLE animal DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE animal ADD COLUMN more text",
    "ALTER TABLE animal RENAME COLUMN born TO birthday",
    "ALTER TABLE animal ALTER COLUMN born TYPE timestamp",
    "ALTER TABLE animal ALTER COLUMN born SET DEFAULT now()",
    "ALTER TABLE animal ALTER COLUMN cage_id DROP NOT NULL",
    r#"ALTER TABLE "Cage" ALTER COLUMN number DROP DEFAULT"#,
    "ALTER TABLE django_migrations ALTER COLUMN id SET GENERATED ALWAYS",
    r#"ALTER TABLE "Cage" ALTER COLUMN area DROP EXPRESSION"#,
    "ALTER TABLE visit DETACH PARTITION visit_other",
    r#"ALTER TABLE "Cage" RENAME CONSTRAINT "a name of its own" TO another"#,
    r#"ALTER TABLE "Cage" DROP CONSTRAINT apart"#,
    r#"ALTER TABLE "Cage" DROP CONSTRAINT fine_check, ADD CONSTRAINT fine_check CHECK (is_fine(number + 1))"#,
    "ALTER TABLE animal ALTER CONSTRAINT animal_cage_fk NOT DEFERRABLE",
    r#"ALTER TABLE "Cage" DROP CONSTRAINT keeper_fk"#,
    "CREATE INDEX by_hand ON animal (born)",
    "ALTER INDEX animal_gin RENAME TO animal_search",
    "DROP INDEX animal_name_idx; CREATE UNIQUE INDEX animal_name_idx ON animal (name, cage_id) INCLUDE (born) WITH (fillfactor = 70)",
    r#"DROP INDEX "Cage by folded"; CREATE INDEX "Cage by folded" ON "Cage" (folded("the ""name""") text_pattern_ops DESC NULLS LAST) WHERE number > 4"#,
    "ALTER SEQUENCE free_seq INCREMENT BY 7",
    r#"ALTER SEQUENCE "Cage numbers" CACHE 50"#,
    "CREATE OR REPLACE VIEW named WITH (check_option = cascaded) AS SELECT id, name, cage_id FROM animal WHERE name <> 'x'",
    "DROP MATERIALIZED VIEW unfilled",
    "CREATE OR REPLACE FUNCTION next_code() RETURNS text LANGUAGE sql VOLATILE AS 'SELECT ''other'''",
    "ALTER FUNCTION next_code() SECURITY DEFINER",
    "DROP AGGREGATE total(integer) CASCADE",
    r#"DROP TRIGGER "Shout!" ON animal"#,
    "ALTER TABLE animal ENABLE TRIGGER asleep",
    r#"DROP TRIGGER "Shout!" ON animal; CREATE TRIGGER "Shout!" BEFORE INSERT OR UPDATE OF name ON animal FOR EACH ROW WHEN (NEW.name <> 'loud') EXECUTE FUNCTION shout()"#,
    "ALTER TYPE mood ADD VALUE 'sleepy' BEFORE 'wild'",
    r#"ALTER DOMAIN "Positive" DROP CONSTRAINT "above zero""#,
    "ALTER DOMAIN code DROP NOT NULL",
    r#"ALTER TYPE "Size" RENAME ATTRIBUTE label TO name"#,
    r#"ALTER POLICY "see calm" ON "Cage" TO zoo_reader"#,
    r#"ALTER POLICY write ON "Cage" WITH CHECK (number > 1)"#,
    "DROP TABLE django_migrations",
];

#[tokio::test]
async fn a_change_of_any_kind_is_seen_in_the_tenant_that_has_it() {
    let zoo = Zoo::new().await;
    // It names its schema in its text, so it is another one in every tenant.
    zoo.execute_in(TEMPLATE, "DROP FUNCTION cage_count()").await;
    let untouched = ["plain_1", "plain_2", "plain_3"].map(str::to_owned);
    let changed: Vec<_> = (0..CHANGES.len()).map(|n| format!("changed_{n}")).collect();
    let rows: Rows = ledger();
    for schema in untouched.iter().chain(&changed) {
        zoo.clone_as(schema, &rows).await;
        let row = format!(
            "INSERT INTO tenantry.tenant (schema_name, name, primary_domain) VALUES ('{schema}', '{schema}', '{schema}.example')"
        );
        zoo.database.execute(&row).await;
    }
    for (schema, change) in changed.iter().zip(CHANGES) {
        zoo.execute_in(schema, change).await;
    }
    let health = health(&zoo.engine, None, None, &Run::silent()).await.unwrap();
    let group = |schema: &str| {
        let tenant = health.tenants.iter().find(|tenant| tenant.schema.as_str() == schema).unwrap();
        (tenant.group, &tenant.findings)
    };
    let (reference, _) = group("plain_1");
    for schema in &untouched {
        assert_eq!(group(schema).0, reference, "what is equal is one group: {:?}", group(schema).1);
    }
    let unseen: Vec<_> = changed
        .iter()
        .zip(CHANGES)
        .filter(|(schema, _)| group(schema).0 == reference)
        .map(|(_, change)| *change)
        .collect();
    assert_eq!(unseen, Vec::<&str>::new());
}
