//! Whether a template is as far as the fleet.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;

use super::reference::SAMPLE;
use super::store;
use crate::Result;
use crate::names::SchemaName;
use crate::operations::Finding;

/// So many migrations show what is lacking.
const NAMED: usize = 10;

/// Says so if a template lacks migrations that most other tenants have, going by their ledgers; a sample of the tenants is asked.
pub(crate) async fn behind(conn: &mut PgConnection, template: &SchemaName) -> Result<Option<Finding>> {
    let others = store::other_tenants(conn, template, SAMPLE).await?;
    let others = store::with_ledger(conn, &others).await?;
    if others.is_empty() {
        return Ok(None);
    }
    let own = store::with_ledger(conn, std::slice::from_ref(template)).await?;
    let mut holders: BTreeMap<String, BTreeSet<i32>> = BTreeMap::new();
    for (migration, place) in store::lacking_migrations(conn, own.first(), &others).await? {
        holders.entry(migration).or_default().insert(place);
    }
    holders.retain(|_, tenants| tenants.len() * 2 > others.len());
    if holders.is_empty() {
        return Ok(None);
    }
    let tenants: BTreeSet<_> = holders.values().flatten().collect();
    Ok(Some(Finding::TemplateBehind {
        template: template.clone(),
        tenants: u32::try_from(tenants.len()).unwrap_or(u32::MAX),
        lacks: holders.into_keys().take(NAMED).collect(),
    }))
}
