//! Cloning a template: the clone is like it to the last comment, has what is its own for itself, and holds no tenant's rows.

mod difference;
mod health;
mod reference;
mod refused;

use std::sync::Arc;

use tenantry_engine::Engine;
use tenantry_engine::blueprint::{ObjectKind, Piece, ReferenceRows, Rows, clone_schema, define, fingerprint};
use tenantry_engine::names::SchemaName;

use crate::support::Database;

const ZOO: &str = include_str!("clone/zoo.sql");
const TEMPLATE: &str = "Zoo-1";

/// A platform with the template in it.
struct Zoo {
    database: Database,
    engine: Engine,
}

impl Zoo {
    async fn new() -> Self {
        let database = Database::new().await;
        // Roles are the server's, and other tests make them too.
        let roles = "DO $$ BEGIN CREATE ROLE zoo_reader; EXCEPTION WHEN unique_violation OR duplicate_object THEN NULL; END $$;
                     DO $$ BEGIN CREATE ROLE zoo_owner; EXCEPTION WHEN unique_violation OR duplicate_object THEN NULL; END $$";
        database.execute(roles).await;
        database.execute(ZOO).await;
        let engine = Engine::open(&database.connection, "tests").await.unwrap();
        Self { database, engine }
    }

    /// A template, and a clone named `ark` with the ledger's rows.
    async fn with_ark() -> Self {
        let zoo = Self::new().await;
        zoo.clone_as("ark", &ledger()).await;
        zoo
    }

    async fn clone_as(&self, schema: &str, rows: &Rows) {
        clone_schema(&self.engine, &name(TEMPLATE), &name(schema), rows).await.unwrap();
    }

    async fn fingerprint(&self, schema: &str) -> String {
        fingerprint(&self.engine, &name(schema)).await.unwrap()
    }

    /// Executes statements in a schema.
    async fn execute_in(&self, schema: &str, statements: &str) {
        let path = name(schema).search_path();
        self.database.execute(&format!("SET search_path TO {path}; {statements}; RESET search_path")).await;
    }

    async fn line(&self, query: &str) -> String {
        self.database.lines(query).await.join("\n")
    }
}

fn name(schema: &str) -> SchemaName {
    SchemaName::existing(schema)
}

fn ledger() -> Rows {
    Rows::Reference(vec![ReferenceRows::all_of("django_migrations")])
}

#[tokio::test]
async fn a_clone_has_every_object_of_its_template_and_the_template_is_left_alone() {
    let zoo = Zoo::new().await;
    let before = zoo.database.lines(ROWS_OF_THE_TEMPLATE).await;
    let template = zoo.fingerprint(TEMPLATE).await;
    for schema in ["ark", "Ark \"2\" of 'three'"] {
        zoo.clone_as(schema, &ledger()).await;
        assert_eq!(zoo.fingerprint(schema).await, template, "{schema}");
    }
    assert_eq!(zoo.fingerprint(TEMPLATE).await, template);
    assert_eq!(zoo.database.lines(ROWS_OF_THE_TEMPLATE).await, before);
}

const ROWS_OF_THE_TEMPLATE: &str = r#"SELECT c::text FROM "Zoo-1"."Cage" c UNION ALL SELECT a::text FROM "Zoo-1".animal a
    UNION ALL SELECT v::text FROM "Zoo-1".visit v UNION ALL SELECT format('%s %s', schemaname, last_value) FROM pg_sequences WHERE schemaname = 'Zoo-1'
    ORDER BY 1"#;

#[tokio::test]
async fn the_zoo_holds_every_kind_of_object() {
    let zoo = Zoo::new().await;
    let definition = define(&zoo.engine, &name(TEMPLATE)).await.unwrap();
    let kinds: std::collections::BTreeSet<_> =
        definition.structure.iter().map(|object| object.kind).collect();
    assert_eq!(kinds.len(), 16, "{kinds:?}");
    assert!(!kinds.contains(&ObjectKind::Other));
    let of_its_own = definition.structure.iter().filter(|object| object.definition.contains(TEMPLATE));
    assert_eq!(of_its_own.count(), 0, "no definition names the schema");
}

#[tokio::test]
async fn nothing_in_a_clone_depends_on_its_template() {
    let zoo = Zoo::with_ark().await;
    let foreign = r#"
        WITH held AS (SELECT 'pg_class'::regclass AS classid, oid, relnamespace AS schema FROM pg_class
                      UNION ALL SELECT 'pg_proc'::regclass, oid, pronamespace FROM pg_proc
                      UNION ALL SELECT 'pg_type'::regclass, oid, typnamespace FROM pg_type
                      UNION ALL SELECT 'pg_constraint'::regclass, oid, connamespace FROM pg_constraint
                      UNION ALL SELECT 'pg_attrdef'::regclass, d.oid, relnamespace FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
                      UNION ALL SELECT 'pg_rewrite'::regclass, w.oid, relnamespace FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
                      UNION ALL SELECT 'pg_policy'::regclass, p.oid, relnamespace FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
                      UNION ALL SELECT 'pg_trigger'::regclass, t.oid, relnamespace FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid)
        SELECT pg_describe_object(d.classid, d.objid, 0) || ' needs ' || pg_describe_object(d.refclassid, d.refobjid, 0)
        FROM pg_depend d
        JOIN held mine ON mine.classid = d.classid AND mine.oid = d.objid AND mine.schema = 'ark'::regnamespace
        JOIN held its ON its.classid = d.refclassid AND its.oid = d.refobjid AND its.schema = '"Zoo-1"'::regnamespace"#;
    assert_eq!(zoo.database.lines(foreign).await, Vec::<String>::new());
    let to_public = "SELECT conname::text FROM pg_constraint WHERE connamespace = 'ark'::regnamespace AND confrelid = 'public.zoo_keeper'::regclass";
    assert_eq!(zoo.database.lines(to_public).await, ["keeper_fk"]);
}

#[tokio::test]
async fn a_clone_works_with_its_own_sequences_functions_and_triggers() {
    let zoo = Zoo::with_ark().await;
    let counted = "SELECT format('%s %s', sequencename, last_value) FROM pg_sequences WHERE schemaname = 'Zoo-1' ORDER BY 1";
    let before = zoo.database.lines(counted).await;
    let work = r#"INSERT INTO "Cage" ("the ""name""", code, keeper_id) VALUES ('South', 'south', 2), ('West', 'west', 1);
                  INSERT INTO animal (cage_id, name) VALUES (100, 'lion');
                  INSERT INTO visit (at, visitor) VALUES ('2025-03-03', 'b'), ('1999-01-01', 'x');
                  REFRESH MATERIALIZED VIEW summary"#;
    zoo.execute_in("ark", work).await;
    assert_eq!(
        zoo.line("SELECT string_agg(format('%s %s', id, number), ', ' ORDER BY id) FROM ark.\"Cage\"").await,
        "100 10, 110 15"
    );
    assert_eq!(
        zoo.line("SELECT format('%s %s', id, name) FROM ark.animal").await,
        "1 LION",
        "the trigger shouts"
    );
    assert_eq!(
        zoo.line("SELECT string_agg(tableoid::regclass::text, ', ' ORDER BY id) FROM ark.visit").await,
        "ark.visit_2025_some, ark.visit_other"
    );
    assert_eq!(zoo.line("SELECT ark.cage_count()::text").await, "2", "the function counts the clone's cages");
    assert_eq!(zoo.line(r#"SELECT "Zoo-1".cage_count()::text"#).await, "1");
    assert_eq!(zoo.database.lines(counted).await, before);
}

#[tokio::test]
async fn a_clone_gets_the_reference_rows_and_no_others() {
    let zoo = Zoo::with_ark().await;
    let ledger = "SELECT format('%s %s %s', id, app, name) FROM ark.django_migrations ORDER BY id";
    assert_eq!(zoo.database.lines(ledger).await, ["1 zoo 0001_initial", "2 zoo 0002_more"]);
    zoo.execute_in("ark", "INSERT INTO django_migrations (app, name, applied) VALUES ('zoo', '0003', now())")
        .await;
    assert_eq!(
        zoo.database.lines(ledger).await[2],
        "3 zoo 0003",
        "the sequence goes on after the copied rows"
    );
    for table in ["\"Cage\"", "animal", "visit", "parent", "summary"] {
        assert_eq!(zoo.line(&format!("SELECT count(*)::text FROM ark.{table}")).await, "0", "{table}");
    }
}

#[tokio::test]
async fn a_clone_with_data_holds_the_same_rows_and_counts_on() {
    let zoo = Zoo::new().await;
    zoo.clone_as("ark", &Rows::All).await;
    for table in ["\"Cage\"", "animal", "visit", "visit_2025_rest", "parent", "child", "django_migrations"] {
        let rows = |schema: &str| {
            format!("SELECT string_agg(r::text, chr(10) ORDER BY r::text) FROM {schema}.{table} r")
        };
        let copied = zoo.line(&rows("ark")).await;
        assert_eq!(copied, zoo.line(&rows("\"Zoo-1\"")).await, "{table}");
        assert!(!copied.is_empty(), "{table}");
    }
    let counted = |schema: &str| {
        format!(
            "SELECT format('%s %s', sequencename, last_value) FROM pg_sequences WHERE schemaname = '{schema}' ORDER BY 1"
        )
    };
    assert_eq!(zoo.database.lines(&counted("ark")).await, zoo.database.lines(&counted("Zoo-1")).await);
}

#[tokio::test]
async fn a_piece_that_a_tenant_lacks_can_be_made_alone() {
    let zoo = Zoo::with_ark().await;
    let whole = zoo.fingerprint("ark").await;
    let definition = define(&zoo.engine, &name(TEMPLATE)).await.unwrap();
    for (damage, kind, piece) in [
        ("DROP INDEX animal_gin", ObjectKind::Index, "animal.animal_gin"),
        ("DROP TRIGGER asleep ON animal", ObjectKind::Trigger, "animal.asleep"),
        ("ALTER TABLE \"Cage\" DROP CONSTRAINT friend_fk", ObjectKind::Constraint, "Cage.friend_fk"),
        ("DROP TABLE django_migrations", ObjectKind::Table, "django_migrations"),
        ("DROP FUNCTION cage_count()", ObjectKind::Function, "cage_count()"),
    ] {
        zoo.execute_in("ark", damage).await;
        assert_ne!(zoo.fingerprint("ark").await, whole, "{damage}");
        let pieces: Vec<_> = definition.pieces_of(kind, piece).map(Piece::statement).collect();
        assert!(!pieces.is_empty(), "{piece}");
        zoo.execute_in("ark", &pieces.concat()).await;
        let comments =
            definition.pieces.iter().filter(|p| p.kind == ObjectKind::Comment && p.name.ends_with(piece));
        zoo.execute_in("ark", &comments.map(Piece::statement).collect::<String>()).await;
        if kind == ObjectKind::Index {
            zoo.execute_in("ark", "COMMENT ON INDEX animal_gin IS 'For searching'").await;
        }
        if kind == ObjectKind::Table {
            zoo.execute_in("ark", "REVOKE SELECT ON django_migrations FROM zoo_reader").await;
        }
        assert_eq!(zoo.fingerprint("ark").await, whole, "{damage}");
    }
}

#[tokio::test]
async fn a_definition_is_kept_until_the_template_changes() {
    let zoo = Zoo::new().await;
    let template = name(TEMPLATE);
    let mut known = define(&zoo.engine, &template).await.unwrap();
    zoo.execute_in(
        TEMPLATE,
        "INSERT INTO animal (cage_id, name) VALUES (100, 'x'); SELECT nextval('free_seq')",
    )
    .await;
    assert!(Arc::ptr_eq(&known, &define(&zoo.engine, &template).await.unwrap()), "rows are no change");
    zoo.clone_as("ark", &ledger()).await;
    assert!(Arc::ptr_eq(&known, &define(&zoo.engine, &template).await.unwrap()), "nor is a clone");
    for change in difference::CHANGES {
        zoo.execute_in(TEMPLATE, change).await;
        let fresh = define(&zoo.engine, &template).await.unwrap();
        assert!(!Arc::ptr_eq(&known, &fresh), "{change}");
        known = fresh;
    }
}
