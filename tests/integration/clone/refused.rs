//! Templates that cannot be cloned are refused by name.

use tenantry_engine::Error;
use tenantry_engine::blueprint::clone_schema;

use super::{TEMPLATE, Zoo, ledger, name};

/// What is said about the template after it got something.
async fn obstacles(zoo: &Zoo) -> Vec<(String, Option<String>)> {
    let before = zoo.database.fingerprint().await;
    let refused = clone_schema(&zoo.engine, &name(TEMPLATE), &name("ark"), &ledger()).await;
    zoo.database.assert_unchanged(&before).await;
    let Err(Error::NotATemplate { schema, obstacles }) = refused else { panic!("{refused:?}") };
    assert_eq!(schema, TEMPLATE);
    obstacles.into_iter().map(|obstacle| (obstacle.object, obstacle.needs)).collect()
}

#[tokio::test]
async fn what_depends_on_another_tenant_is_named() {
    let zoo = Zoo::new().await;
    zoo.database
        .execute(
            r#"CREATE SCHEMA "Other"; CREATE TABLE "Other".thing (id integer PRIMARY KEY); CREATE SEQUENCE "Other".numbers;
               CREATE FUNCTION "Other".one() RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 1';
               INSERT INTO tenantry.tenant (schema_name, name, primary_domain) VALUES ('Other', 'Other', 'other.example')"#,
        )
        .await;
    for (make, unmake, object, needs) in [
        (
            r#"ALTER TABLE parent ADD CONSTRAINT away FOREIGN KEY (id) REFERENCES "Other".thing NOT VALID"#,
            "ALTER TABLE parent DROP CONSTRAINT away",
            "foreign key parent.away",
            r#""Other".thing"#,
        ),
        (
            r#"CREATE VIEW away AS SELECT id FROM "Other".thing"#,
            "DROP VIEW away",
            "view away",
            r#""Other".thing"#,
        ),
        (
            r#"ALTER TABLE ONLY parent ALTER COLUMN note SET DEFAULT "Other".one()::text"#,
            "ALTER TABLE ONLY parent ALTER COLUMN note SET DEFAULT 'of the parent'",
            "default parent.note",
            r#""Other".one"#,
        ),
        (
            r#"ALTER TABLE ONLY parent ALTER COLUMN id SET DEFAULT nextval('"Other".numbers')"#,
            "ALTER TABLE ONLY parent ALTER COLUMN id DROP DEFAULT",
            "default parent.id",
            r#""Other".numbers"#,
        ),
        (
            r#"CREATE FUNCTION away() RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN RETURN (SELECT count(*) FROM "Other".thing); END $$"#,
            "DROP FUNCTION away()",
            "function away",
            r#""Other".thing"#,
        ),
        (
            r#"CREATE FUNCTION away() RETURNS integer LANGUAGE sql SET search_path = "Other" AS 'SELECT 1'"#,
            "DROP FUNCTION away()",
            "function away",
            r#""Other""#,
        ),
    ] {
        zoo.execute_in(TEMPLATE, make).await;
        assert_eq!(obstacles(&zoo).await, [(object.to_owned(), Some(needs.to_owned()))], "{make}");
        zoo.execute_in(TEMPLATE, unmake).await;
    }
    zoo.clone_as("ark", &ledger()).await;
}

#[tokio::test]
async fn what_cannot_be_made_again_is_named() {
    let zoo = Zoo::new().await;
    let make = "CREATE COLLATION names (locale = 'C');
                CREATE OPERATOR === (LEFTARG = text, RIGHTARG = text, FUNCTION = texteq);
                CREATE TEXT SEARCH CONFIGURATION words (COPY = pg_catalog.simple);
                ALTER TABLE ONLY parent ALTER COLUMN note SET DEFAULT nextval('\"Zoo-1\".free_seq'::text::regclass)::text";
    zoo.execute_in(TEMPLATE, make).await;
    let found: Vec<_> = obstacles(&zoo).await.into_iter().map(|(object, _)| object).collect();
    assert_eq!(found, ["collation names", "operator ===", "text search configuration words", "table parent"]);
}

#[tokio::test]
async fn objects_that_need_each_other_in_a_circle_are_named() {
    let zoo = Zoo::new().await;
    let circle = "CREATE TABLE round (id integer);
                  CREATE FUNCTION is_round(row_of round) RETURNS boolean LANGUAGE sql IMMUTABLE AS 'SELECT true';
                  ALTER TABLE round ADD CONSTRAINT is_round CHECK (is_round(round.*))";
    zoo.execute_in(TEMPLATE, circle).await;
    let found: Vec<_> = obstacles(&zoo).await.into_iter().map(|(object, _)| object).collect();
    assert_eq!(found, ["function is_round(round)", "table round"]);
}
