//! What the tests stand on: one private server for all tests of a process, and a database for each of them.

pub mod database;
pub mod server;

use std::time::{Duration, Instant};

use tenantry_engine::tenants::{CreateTenant, OnTaken};

pub use database::Database;
pub use server::execute;

/// A tenant without aliases and attributes.
pub fn tenant(name: &str, schema: &str, domain: &str) -> CreateTenant {
    CreateTenant {
        name: name.into(),
        schema: schema.into(),
        primary_domain: domain.into(),
        aliases: Vec::new(),
        attributes: Vec::new(),
        on_taken_alias: OnTaken::Skip,
    }
}

/// Waits until something is so.
pub async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let limit = Instant::now() + Duration::from_secs(30);
    while !is_so().await {
        assert!(Instant::now() < limit, "it never came true that {what}");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
