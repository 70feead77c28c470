//! Making a platform, and leaving alone what is none.

use tenantry_engine::error::NotAPlatform;
use tenantry_engine::platform::{Place, status};
use tenantry_engine::{Engine, Error};

use crate::console::Platform;
use crate::support::Database;

const TENANT_MIGRATION_BY_SCHEMA: &str =
    include_str!("../../migrations/console/0004_tenant_migration_by_schema.sql");

#[tokio::test]
async fn a_platform_is_made_once() {
    let empty = Database::empty().await;
    assert!(matches!(
        Engine::open(&empty.connection, "tests").await,
        Err(Error::NotAPlatform(NotAPlatform::Empty))
    ));
    let (engine, made) = Engine::create(&empty.connection, "tests").await.unwrap();
    assert!(made);
    let state = status(&engine).await.unwrap();
    assert_eq!((state.tenants, state.domains, state.catalog.atoms), (0, 0, 0));
    assert_eq!(
        (state.database.as_str(), state.user.as_str()),
        (empty.connection.database.as_str(), "tenantry")
    );
    assert!(matches!(state.place, Place::Server { port: 5432, .. }), "{:?}", state.place);

    let (again, made) = Engine::create(&empty.connection, "tests").await.unwrap();
    assert!(!made, "it is there already");
    for engine in [engine, again] {
        engine.close().await.unwrap();
    }
}

#[tokio::test]
async fn of_several_who_make_it_at_once_one_does() {
    let empty = Database::empty().await;
    let create = || Engine::create(&empty.connection, "tests");
    let answers = tokio::join!(create(), create(), create(), create());
    let answers = [answers.0, answers.1, answers.2, answers.3];
    let made = answers.into_iter().map(|answer| answer.unwrap()).filter(|(_, made)| *made).count();
    assert_eq!(made, 1);
}

#[tokio::test]
async fn somebody_elses_database_is_left_alone() {
    let platform = Database::empty().await;
    platform.execute("CREATE TABLE public.something (id integer)").await;
    let before = platform.fingerprint().await;
    let refused = Engine::create(&platform.connection, "tests").await.map(drop).unwrap_err();
    assert!(matches!(refused, Error::NotAPlatform(NotAPlatform::Foreign { tables: 1 })), "{refused:?}");
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn bookkeeping_of_another_version_is_not_touched() {
    let platform = Platform::new().await;
    platform.execute("UPDATE tenantry.console_migration SET version = 99 WHERE version = 1").await;
    let before = platform.fingerprint().await;
    for answer in [
        Engine::open(&platform.connection, "tests").await.map(drop),
        Engine::create(&platform.connection, "tests").await.map(drop),
    ] {
        assert!(matches!(answer, Err(Error::NotAPlatform(NotAPlatform::OtherVersion))), "{answer:?}");
    }
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn what_was_kept_by_the_key_of_a_row_is_kept_by_the_schemas_name() {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    let kept = "SELECT concat_ws(' ', schema_name, version, description, length(checksum))
                FROM tenantry.tenant_migration ORDER BY 1";
    let before = platform.lines(kept).await;
    platform
        .execute(
            "ALTER TABLE tenantry.tenant_migration ADD COLUMN tenant_id bigint;
             UPDATE tenantry.tenant_migration SET tenant_id = (SELECT id FROM public.tenants_tenant);
             ALTER TABLE tenantry.tenant_migration DROP COLUMN schema_name, ALTER COLUMN tenant_id SET NOT NULL,
                 ADD CONSTRAINT tenant_migration_pkey PRIMARY KEY (tenant_id, version);
             INSERT INTO tenantry.tenant_migration (tenant_id, version, description, checksum)
             VALUES (7777, 1, 'of a tenant that is gone', '')",
        )
        .await;
    platform.execute(TENANT_MIGRATION_BY_SCHEMA).await;
    assert_eq!(platform.lines(kept).await, before);
}
