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

/// Says so if a template lacks migrations that most other tenants have, going by their ledgers. A sample of the tenants is
/// asked, in one query, so that it costs the same in a large fleet.
pub(crate) async fn behind(conn: &mut PgConnection, template: &SchemaName) -> Result<Option<Finding>> {
    let (own, others): (Vec<_>, Vec<_>) =
        store::with_ledger(conn, template, SAMPLE).await?.into_iter().partition(|schema| schema == template);
    if others.is_empty() {
        return Ok(None);
    }
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
