//! An engine at work on a platform of its own.

use std::ops::Deref;

use tenantry_engine::operations::{self, Applied, Intent, Plan, Run};
use tenantry_engine::{Engine, Result};

use crate::support::{Database, tenant};

/// A platform with an engine on it. What is done behind Tenantry's back is done by the database.
pub struct Platform {
    pub engine: Engine,
    database: Database,
}

impl Platform {
    pub async fn new() -> Self {
        let database = Database::new().await;
        let engine = Engine::open(&database.connection, "tests").await.unwrap();
        Self { engine, database }
    }

    pub async fn plan(&self, intent: Intent) -> Result<Plan> {
        operations::plan(&self.engine, intent).await
    }

    /// Plans and applies.
    pub async fn apply(&self, intent: Intent) -> Result<Applied> {
        let plan = self.plan(intent).await?;
        operations::apply(&self.engine, &plan, &Run::silent()).await
    }

    /// Makes a tenant of which nothing but its existence matters.
    pub async fn add_tenant(&self, name: &str, schema: &str, domain: &str) {
        self.apply(Intent::CreateTenant(tenant(name, schema, domain))).await.unwrap();
    }
}

impl Deref for Platform {
    type Target = Database;

    fn deref(&self) -> &Database {
        &self.database
    }
}
