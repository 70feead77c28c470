//! Servers that cannot be written to, or that are none.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use tenantry_engine::error::{NotAPlatform, ReadOnly};
use tenantry_engine::operations::{self, Filter, Intent, Run};
use tenantry_engine::platform::{self, Found, TableChoice};
use tenantry_engine::{Engine, Error, Result, tenants};

use crate::adopt::CUSTOMERS;
use crate::cluster::{Cluster, Pooler, local};
use crate::support::tenant;

/// A server with somebody's platform in `saas`, and a platform of ours in `ours`.
async fn cluster() -> Cluster {
    let cluster = Cluster::new().await;
    cluster.execute("saas", CUSTOMERS).await;
    cluster.execute("postgres", "CREATE DATABASE ours").await;
    let (engine, made) = Engine::create(&cluster.connection("ours", "tenantry"), "tests").await.unwrap();
    assert!(made);
    create(&engine, "first").await.unwrap();
    engine.close().await.unwrap();
    cluster
}

async fn create(engine: &Engine, schema: &str) -> Result<()> {
    let request = tenant(schema, schema, &format!("{schema}.example"));
    let plan = operations::plan(engine, Intent::CreateTenant(request)).await?;
    operations::apply(engine, &plan, &Run::silent()).await.map(drop)
}

fn is(answer: Result<impl Sized>, wanted: &ReadOnly) -> bool {
    matches!(answer, Err(Error::ReadOnly { reason }) if reason == *wanted)
}

/// Everything can be read, by many at once, and nothing is written.
async fn assert_read_only(port: u16, reason: ReadOnly) {
    let (ours, saas) = (local(port, "ours", "tenantry"), local(port, "saas", "tenantry"));
    let engine = Engine::open(&ours, "tests").await.unwrap();
    assert_eq!(platform::status(&engine).await.unwrap().read_only.as_ref(), Some(&reason));
    for _ in 0..3 {
        let list = || tenants::list(&engine);
        let (a, b, c, d) = tokio::join!(list(), list(), list(), list());
        assert!([a, b, c, d].into_iter().all(|list| list.unwrap().len() == 1));
    }
    assert_eq!(operations::journal(&engine, &Filter::newest(9)).await.unwrap().len(), 1);
    assert!(is(create(&engine, "second").await, &reason));
    engine.close().await.unwrap();

    let inspection = platform::inspect(&saas, "tests").await.unwrap();
    assert!(matches!(inspection.found, Found::Adoptable { .. }), "{:?}", inspection.found);
    assert_eq!(inspection.read_only.as_ref(), Some(&reason));
    let choice = TableChoice::default();
    let plan = platform::adoption_plan(&saas, "tests", &choice).await.unwrap();
    assert!(is(platform::adopt(&saas, "tests", &choice, &plan.hash).await, &reason));
    assert!(is(Engine::create(&saas, "tests").await, &reason));
    assert!(is(platform::leave(&ours, "tests").await, &reason));
    assert!(is(platform::release(&ours, "tests").await, &reason));
}

#[tokio::test]
async fn a_standby_can_be_read() {
    let standby = cluster().await.into_standby().await;
    assert_read_only(standby.port, ReadOnly::Standby).await;
}

#[tokio::test]
async fn what_a_pooler_gives_each_transaction_anew_can_be_read() {
    let cluster = cluster().await;
    for settings in [
        "pool_mode = transaction",
        "pool_mode = transaction\nignore_startup_parameters = options",
        "pool_mode = transaction\nignore_startup_parameters = options\ndefault_pool_size = 1",
    ] {
        let pooler = Pooler::new(&cluster, settings).await;
        assert_read_only(pooler.port, ReadOnly::Pooler).await;
    }
}

#[tokio::test]
async fn a_pooler_that_gives_whole_sessions_is_in_nobodys_way() {
    let cluster = cluster().await;
    let settings = "pool_mode = session\nignore_startup_parameters = options\ndefault_pool_size = 20";
    let pooler = Pooler::new(&cluster, settings).await;
    let engine = Engine::open(&local(pooler.port, "ours", "tenantry"), "tests").await.unwrap();
    assert_eq!(engine.read_only(), None);
    create(&engine, "second").await.unwrap();
    engine.close().await.unwrap();
}

#[tokio::test]
async fn who_may_not_create_a_schema_is_told_so() {
    let cluster = cluster().await;
    cluster
        .execute("saas", r"CREATE ROLE clerk LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO clerk")
        .await;
    let connection = cluster.connection("saas", "clerk");
    let inspection = platform::inspect(&connection, "tests").await.unwrap();
    assert!(!inspection.may_create_schema && matches!(inspection.found, Found::Adoptable { .. }));
    let choice = TableChoice::default();
    let plan = platform::adoption_plan(&connection, "tests", &choice).await.unwrap();
    let refused = platform::adopt(&connection, "tests", &choice, &plan.hash).await.map(drop).unwrap_err();
    assert!(matches!(&refused, Error::NotPermitted { message } if message.contains("clerk")), "{refused:?}");

    cluster.execute("ours", "GRANT CONNECT ON DATABASE ours TO clerk").await;
    let refused = Engine::open(&cluster.connection("ours", "clerk"), "tests").await.map(drop).unwrap_err();
    assert!(
        matches!(&refused, Error::NotPermitted { message } if message.contains("tenantry")),
        "{refused:?}"
    );
}

/// Answers whoever connects with these bytes, each time after something was heard if it waits for that.
fn answering(waits: bool, bytes: Vec<u8>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream?;
            if waits {
                let _heard = stream.read(&mut [0; 1024])?;
            }
            stream.write_all(&bytes)?;
        }
        std::io::Result::Ok(())
    });
    port
}

#[tokio::test]
async fn what_is_not_postgresql_is_not_taken_for_it() {
    let greeting = b"\x4a\x00\x00\x00\x0a8.0.36\x00\x08\x00\x00\x00abcdefgh\x00".to_vec();
    let refusal = b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".to_vec();
    for port in [answering(false, greeting), answering(true, refusal), answering(true, Vec::new())] {
        let refused = Engine::open(&local(port, "saas", "ana"), "tests").await.map(drop).unwrap_err();
        assert!(
            matches!(&refused, Error::NoDatabase { reason, .. } if reason.contains("PostgreSQL")),
            "{refused:?}"
        );
    }
}

#[tokio::test]
async fn a_server_that_is_too_old_is_named_with_its_version() {
    let message = |kind: u8, content: &[u8]| {
        let length = u32::try_from(content.len() + 4).unwrap().to_be_bytes();
        [&[kind], &length[..], content].concat()
    };
    let welcome = [
        message(b'R', &[0; 4]),
        message(b'S', b"server_version\x0014.11 (Debian 14.11-1)\0"),
        message(b'K', &[0; 8]),
        message(b'Z', b"I"),
    ];
    let port = answering(true, welcome.concat());
    let connection = local(port, "saas", "ana");
    for refused in [
        Engine::open(&connection, "tests").await.map(drop).unwrap_err(),
        platform::inspect(&connection, "tests").await.map(drop).unwrap_err(),
    ] {
        assert!(
            matches!(&refused, Error::NotAPlatform(NotAPlatform::OldServer { version }) if version == "14.11"),
            "{refused:?}"
        );
    }
}
