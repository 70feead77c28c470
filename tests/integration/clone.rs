//! Cloning a template: the clone is like it to the last comment, has what is its own for itself, and holds no tenant's rows.

use tenantry_engine::Engine;
use tenantry_engine::blueprint::{Rows, clone_schema, fingerprint};
use tenantry_engine::names::SchemaName;

use crate::support::Database;

const ZOO: &str = include_str!("clone/zoo.sql");
const TEMPLATE: &str = "Zoo-1";

/// A platform with the template in it.
async fn zoo() -> (Database, Engine) {
    let database = Database::new().await;
    let roles = "DO $$ BEGIN
        IF to_regrole('zoo_reader') IS NULL THEN CREATE ROLE zoo_reader; END IF;
        IF to_regrole('zoo_owner') IS NULL THEN CREATE ROLE zoo_owner; END IF;
    EXCEPTION WHEN unique_violation OR duplicate_object THEN NULL; END $$";
    database.execute(roles).await;
    database.execute(ZOO).await;
    let engine = Engine::open(&database.connection, "tests").await.unwrap();
    (database, engine)
}

fn name(schema: &str) -> SchemaName {
    SchemaName::existing(schema)
}

fn ledger() -> Rows {
    Rows::Reference(vec!["django_migrations".into()])
}

#[tokio::test]
async fn a_clone_has_every_kind_of_object_that_its_template_has() {
    let (_database, engine) = zoo().await;
    clone_schema(&engine, &name(TEMPLATE), &name("Ark \"2\""), &ledger()).await.unwrap();
    let template = fingerprint(&engine, &name(TEMPLATE)).await.unwrap();
    assert_eq!(template, fingerprint(&engine, &name("Ark \"2\"")).await.unwrap());
}
