//! Bringing a tenant's catalog up to the master by inserting what it lacks. Nothing that the tenant has is touched.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::{TenantCatalog, store};
use crate::names::SchemaName;
use crate::operations::{Change, Finding, Intent, Inverse, Parts, Plan, plan_on};
use crate::{Engine, Error, Result, blueprint, tenants};

/// A request to bring one tenant up to the master catalog.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncCatalog {
    pub schema: SchemaName,
}

/// Plans for these tenants, or for all; those that lack nothing have an empty plan. Of all tenants, those whose schema
/// or atom tables are missing or damaged are left to *Verify*.
pub async fn plans_for(engine: &Engine, schemas: Option<Vec<SchemaName>>) -> Result<Vec<Plan>> {
    let all = schemas.is_none();
    let schemas = match schemas {
        Some(schemas) => schemas,
        None => tenants::list(engine).await?.into_iter().filter(|t| t.has_schema).map(|t| t.schema).collect(),
    };
    let mut plans = Vec::with_capacity(schemas.len());
    let mut visits = engine.visits();
    for schema in schemas {
        let mut tx = visits.begin().await?;
        let plan = plan_on(engine, &mut tx, Intent::SyncCatalog(SyncCatalog { schema })).await;
        tx.rollback().await?;
        match plan {
            Err(error) if all && !error.stops_everything() => {
                tracing::warn!(%error, "a tenant is left out; verifying it says more");
            }
            plan => plans.push(plan?),
        }
    }
    Ok(plans)
}

pub(crate) async fn plan_sync(conn: &mut PgConnection, request: SyncCatalog) -> Result<Plan> {
    let schema = request.schema.clone();
    tenants::require(conn, &schema).await?;
    if !store::has_tables(conn, &schema).await? {
        return Err(Error::NoAtomTables { schema: schema.to_string() });
    }
    blueprint::enter(conn, &schema).await?;
    let lacking = store::lacking_atoms(conn).await?;
    let versions = store::lacking_versions(conn).await?;
    let (left_out, atoms): (Vec<_>, Vec<_>) = lacking.into_iter().partition(|atom| atom.name_taken);
    let findings = left_out.into_iter().map(|atom| Finding::AtomNameTaken {
        schema: schema.clone(),
        slug: atom.slug,
        name: atom.name,
    });
    let mut parts = Parts {
        findings: findings.collect(),
        basis: vec![store::master_state(conn).await?.basis()],
        ..Parts::default()
    };
    if !atoms.is_empty() || !versions.is_empty() {
        let atoms: Vec<_> = atoms.into_iter().map(|atom| atom.slug).collect();
        let categories = store::lacking_categories(conn, &atoms).await?;
        parts.inverse = Some(Inverse::RemoveAtoms {
            schema: schema.clone(),
            categories,
            atoms: atoms.clone(),
            versions: versions.clone(),
        });
        parts.changes.push(Change::InsertAtoms { schema: schema.clone(), atoms, versions });
    }
    Ok(Plan::new(Intent::SyncCatalog(request), schema.to_string(), parts))
}

/// Inserts what the schema lacks; `false` unless it is as many atoms and versions as planned.
pub(super) async fn insert(
    conn: &mut PgConnection,
    schema: &SchemaName,
    atoms: u32,
    versions: u32,
) -> Result<bool> {
    blueprint::enter(conn, schema).await?;
    store::insert_categories(conn).await?;
    let inserted_atoms = store::insert_atoms(conn).await?;
    let inserted_versions = store::insert_versions(conn).await?;
    Ok(inserted_atoms == u64::from(atoms) && inserted_versions == u64::from(versions))
}

/// The catalog of the schema that the search path names.
pub(crate) async fn of_tenant(conn: &mut PgConnection) -> Result<TenantCatalog> {
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let atoms = store::tenant_atoms(conn).await?;
    let lacking_atoms = count(store::lacking_atoms(conn).await?.len());
    let lacking_versions = count(store::lacking_versions(conn).await?.len());
    Ok(TenantCatalog { atoms, lacking_atoms, lacking_versions })
}
