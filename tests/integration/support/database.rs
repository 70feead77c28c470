//! A database for one test.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use sqlx::{Connection as _, PgConnection};
use tenantry_engine::connection::Connection;
use tokio::sync::{Mutex, Semaphore, SemaphorePermit};

use super::server::{TEMPLATE, administer, connection, execute, lines, server};

/// So many at a time: each may have a dozen sessions, and the server has a hundred.
static PLACES: Semaphore = Semaphore::const_new(8);

/// A database of its own, gone when the test ends.
pub struct Database {
    pub connection: Connection,
    /// Somebody who is not Tenantry.
    session: Mutex<PgConnection>,
    place: Option<SemaphorePermit<'static>>,
}

impl Database {
    /// One with a platform without tenants.
    pub async fn new() -> Self {
        Self::copy_of(TEMPLATE).await
    }

    /// One without anything in it.
    pub async fn empty() -> Self {
        Self::copy_of("template0").await
    }

    async fn copy_of(template: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let place = Some(PLACES.acquire().await.unwrap());
        let server = server().await;
        let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        administer(server, format!("CREATE DATABASE {name} TEMPLATE {template}")).await.unwrap();
        let session = PgConnection::connect_with(&server.connect_options(&name)).await.unwrap();
        Self { connection: connection(server, &name), session: Mutex::new(session), place }
    }

    /// A session of its own, for whoever holds locks.
    pub async fn session(&self) -> PgConnection {
        let options = server().await.connect_options(&self.connection.database);
        PgConnection::connect_with(&options).await.unwrap()
    }

    /// Executes statements behind Tenantry's back.
    pub async fn execute(&self, statements: &str) {
        execute(&mut *self.session.lock().await, statements).await.unwrap();
    }

    /// The lines that a query of one text column answers.
    pub async fn lines(&self, query: &str) -> Vec<String> {
        lines(&mut *self.session.lock().await, query).await.unwrap()
    }

    /// Everything that the database holds now.
    pub async fn fingerprint(&self) -> Fingerprint {
        let mut session = self.session.lock().await;
        let of_rows = lines(&mut session, OF_ROWS).await.unwrap();
        let digests = format!("{DEFINITIONS} UNION ALL {}", of_rows.join(" UNION ALL "));
        let pairs = lines(&mut session, &format!("SELECT what || '=' || state FROM ({digests}) d")).await;
        let pairs = pairs.unwrap();
        Fingerprint(
            pairs.iter().filter_map(|pair| pair.split_once('=')).map(|(k, v)| (k.into(), v.into())).collect(),
        )
    }

    /// Nothing was written. A number that a sequence gave away counts: who only plans or reads takes none.
    pub async fn assert_unchanged(&self, before: &Fingerprint) {
        let changed = self.fingerprint().await.differences(before);
        assert!(changed.is_empty(), "{changed:?} changed");
    }

    /// Nothing was kept. What was rolled back may have taken numbers from sequences: they are never given back.
    pub async fn assert_nothing_kept(&self, before: &Fingerprint) {
        let mut changed = self.fingerprint().await.differences(before);
        changed.retain(|what| !what.ends_with("_seq"));
        assert!(changed.is_empty(), "{changed:?} changed");
    }
}

/// A digest of the rows of each table, of the state of each sequence, and of each kind of definition.
pub struct Fingerprint(BTreeMap<String, String>);

impl Fingerprint {
    /// What is not in both alike.
    pub fn differences(&self, other: &Self) -> Vec<String> {
        let names = self.0.keys().chain(other.0.keys()).collect::<BTreeSet<_>>();
        names.into_iter().filter(|name| self.0.get(*name) != other.0.get(*name)).cloned().collect()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.connection.database);
        let place = self.place.take();
        // Nobody waits for it but whoever wants its place: the whole server goes when the tests have ended.
        thread::spawn(move || {
            let _place = place;
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async { administer(server().await, drop).await.map_err(std::io::Error::other) })
        });
    }
}

/// A query for each table and each sequence: its name, and a digest of its rows.
const OF_ROWS: &str = r"
    SELECT format('SELECT %1$L AS what, md5(COALESCE(string_agg(%2$s::text, chr(10) ORDER BY %2$s::text), ''-''))
                   AS state FROM %1$s r',
                  c.oid::regclass, CASE c.relkind WHEN 'S' THEN '(last_value, is_called)' ELSE 'r' END)
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'S') AND n.nspname NOT LIKE 'pg\_%' AND n.nspname <> 'information_schema'";

/// A digest for each kind of definition.
const DEFINITIONS: &str = r"
    SELECT kind AS what, md5(string_agg(definition, chr(10) ORDER BY definition)) AS state
    FROM (
        SELECT 'schemas' AS kind, nspname::text AS definition FROM pg_namespace WHERE nspname NOT LIKE 'pg\_%'
        UNION ALL
        SELECT 'relations', format('%s %s', c.oid::regclass, c.relkind) FROM pg_class c
        UNION ALL
        SELECT 'columns', format('%s %s %s %s', a.attrelid::regclass, a.attname, a.atttypid, a.attnotnull)
        FROM pg_attribute a
        UNION ALL
        SELECT 'constraints', format('%s %s %s', c.oid, c.conname, pg_get_constraintdef(c.oid))
        FROM pg_constraint c
        UNION ALL
        SELECT 'indexes', pg_get_indexdef(x.indexrelid) FROM pg_index x
        UNION ALL
        SELECT 'triggers', format('%s %s %s', t.tgrelid::regclass, t.tgname, t.tgenabled) FROM pg_trigger t
        UNION ALL
        SELECT 'functions', p.oid::regprocedure::text FROM pg_proc p
    ) d
    GROUP BY kind";
