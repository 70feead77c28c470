//! Making changes of assignment, those of a whole plan at once.

use std::collections::{BTreeMap, HashMap, HashSet};

use sqlx::PgConnection;

use super::assign_store::{self, Added, Moved};
use super::store;
use crate::names::SchemaName;
use crate::operations::Change;
use crate::tenants;
use crate::{Error, Result};

/// Changes of assignment, by what has to be done to which rows.
#[derive(Default)]
struct Work<'a> {
    removed: Vec<(&'a SchemaName, &'a str)>,
    /// Domains that are a primary one now and have to make room, whatever becomes of them.
    demoted: Vec<&'a str>,
    moved: Vec<Moved<'a>>,
    put_back: Vec<(&'a SchemaName, &'a str, bool)>,
    added: Vec<Added<'a>>,
    promoted: HashMap<&'a str, &'a SchemaName>,
    /// What is primary afterwards; `None` where a tenant is left without.
    primaries: BTreeMap<&'a SchemaName, Option<&'a str>>,
}

/// Makes changes of assignment. `false` where a row is not what the plan saw. The tenants are locked already, or so new that
/// nobody else knows them.
///
/// Room is made before anything becomes primary: at no moment has a tenant two primary domains.
pub(crate) async fn assign<'a>(
    conn: &mut PgConnection,
    changes: impl Iterator<Item = &'a Change>,
) -> Result<bool> {
    let work = Work::of(changes);
    let made = assign_store::remove(conn, &work.removed).await?
        && assign_store::demote(conn, &work.demoted).await?
        && assign_store::move_all(conn, &work.moved).await?
        && assign_store::put_back(conn, &work.put_back).await?;
    if !made {
        return Ok(false);
    }
    let Some(differing) = assign_store::insert(conn, &work.added).await? else { return Ok(false) };
    let promoted: Vec<_> = work.promoted.iter().map(|(domain, schema)| (*schema, *domain)).collect();
    if !assign_store::promote(conn, &promoted).await? {
        return Ok(false);
    }
    let new: HashSet<_> = work.added.iter().filter(|added| added.primary).map(|added| added.domain).collect();
    let differing: HashSet<_> = differing.iter().map(String::as_str).collect();
    let to_copy = work.primaries.into_iter().filter(|(_, primary)| {
        // A row that was primary from the first knows whether the copy says the same already.
        primary.is_none_or(|domain| !new.contains(domain) || differing.contains(domain))
    });
    tenants::copy_primaries(conn, &to_copy.collect::<Vec<_>>()).await?;
    Ok(true)
}

impl<'a> Work<'a> {
    fn of(changes: impl Iterator<Item = &'a Change>) -> Self {
        let mut work = Self::default();
        for change in changes {
            match change {
                Change::RemoveDomain { schema, domain } => work.removed.push((schema, domain)),
                Change::AddDomain { schema, domain, primary } => {
                    work.added.push(Added { domain, schema, primary: *primary });
                    work.note_primary(schema, domain, *primary);
                }
                Change::PutBackDomain { schema, domain, primary, row } => {
                    work.put_back.push((schema, row, *primary));
                    work.note_primary(schema, domain, *primary);
                }
                Change::MoveDomain { domain, from, to, was_primary, primary } => {
                    work.moved.push(Moved { domain, from, to, primary: *primary });
                    if *was_primary {
                        work.demoted.push(domain);
                        work.primaries.entry(from).or_insert(None);
                    }
                    work.note_primary(to, domain, *primary);
                }
                Change::ChangePrimary { schema, before, after } => {
                    work.demoted.extend(before.as_deref());
                    work.promoted.insert(after, schema);
                    work.primaries.insert(schema, Some(after));
                }
                _ => {}
            }
        }
        // What is gone before needs no room made.
        let removed: HashSet<_> = work.removed.iter().map(|(_, domain)| *domain).collect();
        work.demoted.retain(|domain| !removed.contains(domain));
        // A primary one that moves is named by its move, and by what takes its place.
        work.demoted.sort_unstable();
        work.demoted.dedup();
        for (schema, _) in work.removed.clone() {
            work.primaries.entry(schema).or_insert(None);
        }
        work
    }

    fn note_primary(&mut self, schema: &'a SchemaName, domain: &'a str, primary: bool) {
        if primary {
            self.primaries.insert(schema, Some(domain));
        }
    }
}

/// Changes to a tenant's domains wait for each other, so that two of them cannot leave it with two primary ones.
pub(crate) async fn lock_tenant(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    let found = store::lock_tenant(conn, schema).await?;
    if found { Ok(()) } else { Err(Error::TenantNotFound { schema: schema.to_string() }) }
}

/// The same for several tenants, and for whoever has some domains, in an order that is everybody's.
pub(crate) async fn lock_tenants(
    conn: &mut PgConnection,
    domains: &[String],
    schemas: &[SchemaName],
) -> Result<()> {
    let schemas: Vec<_> = schemas.iter().map(ToString::to_string).collect();
    Ok(store::lock_tenants(conn, domains, &schemas).await?)
}
