//! What makes two schemas different, and what does not.

use super::{TEMPLATE, Zoo, name};
use tenantry_engine::Error;
use tenantry_engine::blueprint::fingerprint;

/// One change for each kind of object, and for each of its sides.
pub const CHANGES: &[&str] = &[
    "ALTER TABLE scratch SET LOGGED",
    "ALTER TABLE scratch REPLICA IDENTITY DEFAULT",
    r#"ALTER TABLE "Cage" SET (fillfactor = 75)"#,
    r#"ALTER TABLE "Cage" SET (toast.autovacuum_enabled = true)"#,
    r#"ALTER TABLE "Cage" NO FORCE ROW LEVEL SECURITY"#,
    "ALTER TABLE animal DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE animal ADD COLUMN more text",
    "ALTER TABLE animal ALTER COLUMN born TYPE timestamp",
    "ALTER TABLE animal ALTER COLUMN born SET DEFAULT now()",
    "ALTER TABLE animal ALTER COLUMN cage_id DROP NOT NULL",
    "ALTER TABLE animal ALTER COLUMN mother_id SET STATISTICS 10",
    "ALTER TABLE animal ALTER COLUMN name SET STORAGE MAIN",
    "ALTER TABLE scratch ALTER COLUMN word SET COMPRESSION default",
    "ALTER TABLE django_migrations ALTER COLUMN id SET GENERATED ALWAYS",
    r#"ALTER TABLE "Cage" ALTER COLUMN area DROP EXPRESSION"#,
    "ALTER TABLE child NO INHERIT parent",
    "ALTER TABLE visit DETACH PARTITION visit_other",
    r#"ALTER TABLE "Cage" RENAME CONSTRAINT "a name of its own" TO another"#,
    r#"ALTER TABLE "Cage" VALIDATE CONSTRAINT "late check""#,
    r#"ALTER TABLE "Cage" DROP CONSTRAINT apart"#,
    "ALTER TABLE animal ALTER CONSTRAINT animal_cage_fk NOT DEFERRABLE",
    r#"ALTER TABLE "Cage" DROP CONSTRAINT keeper_fk"#,
    "CREATE INDEX by_hand ON animal (born)",
    "ALTER INDEX animal_name_idx SET (fillfactor = 60)",
    "ALTER TABLE animal SET WITHOUT CLUSTER",
    "ALTER INDEX animal_gin RENAME TO animal_search",
    "ALTER SEQUENCE free_seq INCREMENT BY 7",
    "ALTER SEQUENCE animal_id_seq OWNED BY NONE",
    r#"ALTER SEQUENCE "Cage numbers" CACHE 50"#,
    "CREATE OR REPLACE VIEW named WITH (check_option = cascaded) AS SELECT id, name, cage_id FROM animal WHERE name <> 'x'",
    "ALTER VIEW named ALTER COLUMN name DROP DEFAULT",
    "ALTER VIEW a_wild SET (security_barrier = false)",
    "ALTER MATERIALIZED VIEW summary SET (fillfactor = 60)",
    "DROP MATERIALIZED VIEW unfilled",
    "CREATE OR REPLACE FUNCTION next_code() RETURNS text LANGUAGE sql VOLATILE AS 'SELECT ''other'''",
    "ALTER FUNCTION cage_count() SECURITY INVOKER",
    "ALTER PROCEDURE tidy(integer) SET search_path = public",
    "ALTER AGGREGATE total(integer) RENAME TO summed",
    r#"DROP TRIGGER "Shout!" ON animal"#,
    "ALTER TABLE animal ENABLE TRIGGER asleep",
    "ALTER TABLE scratch ENABLE RULE switched_off",
    "DROP RULE keep ON scratch",
    "ALTER TYPE mood ADD VALUE 'sleepy' BEFORE 'wild'",
    r#"ALTER DOMAIN "Positive" DROP CONSTRAINT "above zero""#,
    "ALTER DOMAIN code DROP NOT NULL",
    r#"ALTER TYPE "Size" RENAME ATTRIBUTE label TO name"#,
    "ALTER TYPE float_range RENAME TO float_span",
    r#"ALTER POLICY "see calm" ON "Cage" TO zoo_reader"#,
    r#"ALTER POLICY write ON "Cage" WITH CHECK (number > 1)"#,
    "ALTER STATISTICS cage_stats SET STATISTICS 100",
    "COMMENT ON COLUMN animal.name IS 'What it is called'",
    "COMMENT ON TABLE animal IS 'An animal'",
    "COMMENT ON FUNCTION folded(text) IS NULL",
    "ALTER TABLE animal OWNER TO zoo_owner",
    "REVOKE INSERT ON \"Cage\" FROM zoo_reader",
    "GRANT UPDATE (name) ON animal TO zoo_reader",
    "GRANT EXECUTE ON FUNCTION cage_count() TO zoo_owner",
    "GRANT USAGE ON TYPE mood TO PUBLIC",
    "DO $$ BEGIN
        EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA %I GRANT USAGE ON SEQUENCES TO zoo_reader', current_schema());
     END $$",
];

/// Those that make a template of a schema no more.
const OTHERS: &[&str] = &[
    "CREATE COLLATION names (locale = 'C')",
    "CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq)",
    "CREATE TEXT SEARCH DICTIONARY plain (TEMPLATE = pg_catalog.simple)",
    "CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple)",
];

#[tokio::test]
async fn every_change_makes_another_fingerprint() {
    let zoo = Zoo::with_ark().await;
    let mut known = vec![zoo.fingerprint("ark").await];
    for change in CHANGES.iter().chain(OTHERS) {
        zoo.execute_in("ark", change).await;
        let found = zoo.fingerprint("ark").await;
        assert!(!known.contains(&found), "{change}");
        known.push(found);
    }
}

#[tokio::test]
async fn rows_counts_and_gaps_make_no_difference_and_the_order_of_columns_does() {
    let zoo = Zoo::with_ark().await;
    let whole = zoo.fingerprint("ark").await;
    let nothing = "INSERT INTO parent (id) VALUES (7); SELECT nextval('free_seq'), nextval('animal_id_seq');
                   REFRESH MATERIALIZED VIEW unfilled;
                   ALTER TABLE animal ADD COLUMN gone text; ALTER TABLE animal DROP COLUMN gone;
                   ALTER TABLE animal DISABLE TRIGGER asleep; GRANT SELECT ON child TO zoo_reader; REVOKE SELECT ON child FROM zoo_reader";
    zoo.execute_in("ark", nothing).await;
    assert_eq!(zoo.fingerprint("ark").await, whole);
    zoo.execute_in("ark", "ALTER TABLE scratch ADD COLUMN a integer, ADD COLUMN b integer").await;
    let one = zoo.fingerprint("ark").await;
    let turned = "ALTER TABLE scratch DROP COLUMN a, DROP COLUMN b; ALTER TABLE scratch ADD COLUMN b integer, ADD COLUMN a integer";
    zoo.execute_in("ark", turned).await;
    assert_ne!(zoo.fingerprint("ark").await, one);
}

#[tokio::test]
async fn a_schema_that_is_not_there_has_no_fingerprint() {
    let zoo = Zoo::new().await;
    let none = fingerprint(&zoo.engine, &name("nobody")).await;
    assert!(matches!(&none, Err(Error::TenantNotFound { schema }) if schema == "nobody"), "{none:?}");
    assert!(fingerprint(&zoo.engine, &name(TEMPLATE)).await.is_ok());
}
