//! Fleet health: which tenants are not what the others are, and how much more the server takes.
//!
//! [`verify`](crate::verify) tries one tenant after the other; this looks at all of them at once, with a fixed number of
//! queries. It reads in a session of its own, which is closed afterwards together with what it has learnt of the tables.

mod capacity;
mod difference;
mod findings;
mod fleet;
mod ledger;
mod objects;
mod report;
mod sequences;
mod store;
mod words;

use std::collections::{BTreeMap, HashMap};

use chrono::Utc;
use sqlx::{Connection as _, PgConnection};

pub use difference::{difference, script};
pub use findings::{
    Capacity, CapacityAdvice, Health, HealthFinding, HealthGroup, Orphan, PartDifference, PartKind,
    SequencesRead, Severity, Symptom, TenantHealth,
};
pub use report::{html, json};

use crate::names::SchemaName;
use crate::operations::{Progress, Run};
use crate::{Engine, Error, Result, blueprint};
use fleet::Fleet;
use store::{Defect, TenantRow};

type Symptoms = HashMap<SchemaName, Vec<Symptom>>;

/// Looks at all tenants, or answers for one of them only. They are compared with the `reference`, or else with the template
/// that new tenants are made from, or else with the largest group of equal schemas.
///
/// # Errors
/// [`Error::TenantNotFound`] where one of the two is not there.
pub async fn health(
    engine: &Engine,
    only: Option<&SchemaName>,
    reference: Option<&SchemaName>,
    run: &Run<'_>,
) -> Result<Health> {
    let chosen = blueprint::choice(engine).await?.template;
    let reference = reference.or(chosen.as_ref());
    let mut sessions = Sessions::open(engine).await?;
    let pids = sessions.pids().await?;
    let health = {
        // What the database weighs is asked meanwhile: the server looks at every file for it.
        let work = async {
            let (health, capacity) = tokio::try_join!(
                examine(engine, &mut sessions, only, reference, run),
                capacity::read(engine)
            )?;
            Ok(Health { capacity, ..health })
        };
        tokio::select! {
            health = work => health,
            () = run.cancel.cancelled() => {
                for pid in pids {
                    engine.cancel_statement(pid).await;
                }
                Err(Error::Cancelled)
            }
        }
    };
    if health.is_ok() {
        sessions.close().await?;
    }
    health
}

/// Connections that are not the pool's. A query of the whole fleet keeps one processor of the server busy, so there are
/// several.
struct Sessions {
    structure: PgConnection,
    /// The other half of structure.
    more: PgConnection,
    /// Views and ledgers.
    rest: PgConnection,
    defects: PgConnection,
}

impl Sessions {
    async fn open(engine: &Engine) -> Result<Self> {
        let (structure, more, rest, defects) =
            tokio::try_join!(session(engine), session(engine), session(engine), session(engine))?;
        Ok(Self { structure, more, rest, defects })
    }

    async fn pids(&mut self) -> Result<[i32; 4]> {
        let Self { structure, more, rest, defects } = self;
        let (structure, more) = (store::pid(structure).await?, store::pid(more).await?);
        Ok([structure, more, store::pid(rest).await?, store::pid(defects).await?])
    }

    async fn close(self) -> Result<()> {
        self.structure.close().await?;
        self.more.close().await?;
        self.rest.close().await?;
        Ok(self.defects.close().await?)
    }
}

async fn session(engine: &Engine) -> Result<PgConnection> {
    Ok(PgConnection::connect_with(&engine.pool.connect_options()).await?)
}

async fn examine(
    engine: &Engine,
    sessions: &mut Sessions,
    only: Option<&SchemaName>,
    reference: Option<&SchemaName>,
    run: &Run<'_>,
) -> Result<Health> {
    let tenants = read_tenants(&mut sessions.defects).await?;
    if let Some(missing) = only.filter(|only| !tenants.iter().any(|tenant| tenant.schema == **only)) {
        return Err(Error::TenantNotFound { schema: missing.to_string() });
    }
    let wanted = |schema: &SchemaName| only.is_none_or(|only| only == schema);
    let (compared, (defects, sequences)) = tokio::try_join!(
        compare(
            [&mut sessions.structure, &mut sessions.more, &mut sessions.rest],
            &tenants,
            only,
            reference,
            run
        ),
        by_itself(engine, &mut sessions.defects, &tenants, only, run),
    )?;
    let Compared { fleet, reference, orphans, mut symptoms } = compared;
    for (schema, found) in defects {
        symptoms.entry(schema).or_default().extend(found);
    }
    let mut healths: Vec<_> = tenants
        .into_iter()
        .filter(|tenant| wanted(&tenant.schema))
        .map(|tenant| of_tenant(tenant, &fleet, &mut symptoms))
        .collect();
    let gravest = |tenant: &TenantHealth| tenant.findings.first().map_or(Severity::Notice, |f| f.severity);
    healths.sort_by_key(|tenant| (tenant.verdict, gravest(tenant)));
    Ok(Health {
        at: Utc::now(),
        reference,
        tenants: healths,
        groups: fleet.groups(),
        orphans,
        sequences,
        capacity: Capacity::default(),
    })
}

struct Compared {
    fleet: Fleet,
    reference: Option<SchemaName>,
    orphans: Vec<Orphan>,
    symptoms: Symptoms,
}

/// What is found by comparing tenants with each other.
async fn compare(
    [conn, more, rest]: [&mut PgConnection; 3],
    tenants: &[TenantRow],
    only: Option<&SchemaName>,
    template: Option<&SchemaName>,
    run: &Run<'_>,
) -> Result<Compared> {
    let step = |index: u32, subject: &str| {
        (run.report)(Progress::Checking { index, total: 2, subject: subject.into() });
        run.check()
    };
    step(0, "structure")?;
    let (fleet, ledgers) = Fleet::read([&mut *conn, more, rest], tenants, template).await?;
    step(1, "differences")?;
    let mut symptoms = Symptoms::new();
    fleet.compare(conn, &ledgers, only, &mut symptoms).await?;
    ledgers.compare(&fleet, &mut symptoms);
    let reference = fleet.reference(&ledgers);
    let orphans = fleet.orphans(conn, tenants, reference.as_ref()).await?;
    Ok(Compared { fleet, reference, orphans, symptoms })
}

/// What is wrong with a tenant by itself.
async fn by_itself(
    engine: &Engine,
    conn: &mut PgConnection,
    tenants: &[TenantRow],
    only: Option<&SchemaName>,
    run: &Run<'_>,
) -> Result<(Symptoms, SequencesRead)> {
    let present = tenants.iter().filter(|tenant| tenant.has_schema).map(|tenant| &tenant.schema);
    let asked: Vec<_> = present
        .clone()
        .filter(|schema| only.is_none_or(|only| only == *schema))
        .map(ToString::to_string)
        .collect();
    let present: Vec<_> = present.map(ToString::to_string).collect();
    let mut symptoms = Symptoms::new();
    defects(conn, &present, &mut symptoms).await?;
    let sequences = sequences::read(engine, conn, &asked, run, &mut symptoms).await?;
    Ok((symptoms, sequences))
}

async fn read_tenants(conn: &mut PgConnection) -> Result<Vec<TenantRow>> {
    let mut tx = store::begin(conn).await?;
    let tenants = store::tenants(&mut tx).await?;
    tx.rollback().await?;
    Ok(tenants)
}

/// A tenant with what was found of its schema and of its domains.
fn of_tenant(tenant: TenantRow, fleet: &Fleet, symptoms: &mut Symptoms) -> TenantHealth {
    let mut found = symptoms.remove(&tenant.schema).unwrap_or_default();
    if !tenant.has_schema {
        found.push(Symptom::SchemaMissing);
    }
    match tenant.primaries.len() {
        0 => found.push(Symptom::PrimaryMissing),
        1 => {}
        _ => found.push(Symptom::PrimarySeveral { domains: tenant.primaries }),
    }
    let group = fleet.group_of(&tenant.schema);
    TenantHealth::new(tenant.schema, tenant.name, group, found)
}

async fn defects(conn: &mut PgConnection, schemas: &[String], symptoms: &mut Symptoms) -> Result<()> {
    let mut tx = store::begin(conn).await?;
    for row in store::defects(&mut tx, schemas).await? {
        let (table, name, other) = (row.table_name, row.name, row.other);
        symptoms.entry(row.schema).or_default().push(match row.defect {
            Defect::InvalidIndex => Symptom::InvalidIndex { table, index: name },
            Defect::Unvalidated => Symptom::UnvalidatedConstraint { table, constraint: name },
            Defect::KeyToAnother => Symptom::KeyToAnotherTenant { table, constraint: name, other },
            Defect::KeyFromOutside => Symptom::KeyFromOutside { from: other, table, constraint: name },
        });
    }
    for row in store::dependencies(&mut tx, schemas).await? {
        let (kind, name, other, on) = (row.kind, row.name, row.other, row.on);
        let symptom = Symptom::DependsOnAnotherTenant { kind, name, other, on };
        symptoms.entry(row.schema).or_default().push(symptom);
    }
    tx.rollback().await?;
    Ok(())
}

fn names(schemas: &[SchemaName]) -> Vec<String> {
    schemas.iter().map(ToString::to_string).collect()
}

/// Counts come from the server as `bigint`.
fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}

/// Which of the keys most of the values have; the first of several.
fn most_common<K: Ord>(keys: impl Iterator<Item = K>) -> Option<K> {
    let mut counts: BTreeMap<K, u32> = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    counts.into_iter().rev().max_by_key(|(_, count)| *count).map(|(key, _)| key)
}
