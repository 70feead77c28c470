//! How far every tenant's copy is: by its last receipt, and by comparing every row with it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::release::{self, FieldDifference};
use super::{
    CatalogRows, ComparedRow, RowKey, RowState, compare, copy_store, fleet_store as store,
    note_store as notes, sync,
};
use crate::names::SchemaName;
use crate::operations::{OperationId, Progress, Run};
use crate::{Engine, Result, tenants};

/// Where a tenant's copy stands, seen from a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum CopyState {
    /// The release has changed what the tenant has changed too, or has no room for it.
    Conflicting,
    /// It was brought to another release.
    Behind,
    /// It is at the release, and the tenant has changed or removed some of it.
    Edited,
    /// It was never synchronised.
    Unknown,
    /// The atom tables are missing; *Verify* says more.
    NoTables,
    InStep,
}

/// One tenant's copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantCopy {
    pub schema: SchemaName,
    pub name: String,
    pub state: CopyState,
    /// What it was last brought to.
    pub release: Option<i32>,
    pub synchronised_at: Option<DateTime<Utc>>,
    /// When all of its rows were last compared with that release.
    pub compared_at: Option<DateTime<Utc>>,
    /// Rows that the release would change.
    pub pending: u32,
    /// Rows that the tenant has changed or removed, conflicts aside.
    pub edited: u32,
    /// Rows that only the tenant has.
    pub own: u32,
    pub conflicts: u32,
}

/// The fleet, seen from a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FleetState {
    /// `None` where there is no release yet.
    pub release: Option<i32>,
    pub tenants: Vec<TenantCopy>,
    /// Versions that hold one thing here and another there.
    pub clashes: Vec<Clash>,
}

/// An atom's version with more than one content in the fleet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Clash {
    pub slug: String,
    pub version: String,
    pub contents: Vec<ClashContent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ClashContent {
    /// The release in which it was published; `None` where tenants have made it themselves.
    pub release: Option<i32>,
    /// Who has it; of the published content, nobody is named.
    pub tenants: Vec<SchemaName>,
}

/// Where it hurts: tenants by atoms, only what is not in step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeatMap {
    pub release: i32,
    /// Schemas, in the order of the columns.
    pub tenants: Vec<SchemaName>,
    /// The worst first.
    pub atoms: Vec<HeatRow>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeatRow {
    pub slug: String,
    pub cells: Vec<HeatCell>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct HeatCell {
    /// Index into [`HeatMap::tenants`].
    pub tenant: u32,
    pub state: HeatState,
}

/// What there is about one atom, with its versions, in one tenant; the gravest of it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type, sqlx::Type,
)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum HeatState {
    Own,
    Behind,
    Removed,
    Edited,
    Conflicting,
}

/// A row in which a tenant's copy is not what a release says, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CopyDifference {
    pub row: RowKey,
    pub state: RowState,
    /// `before` is the tenant's, `after` the release's.
    pub fields: Vec<FieldDifference>,
    /// Another atom of the tenant that has the name.
    pub holder: Option<String>,
}

/// How many tenants were at which release at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FleetDay {
    pub day: NaiveDate,
    /// By release.
    pub tenants: BTreeMap<i32, i32>,
}

/// What a synchronisation of one tenant came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CatalogReceipt {
    pub operation: OperationId,
    pub release_before: Option<i32>,
    /// `None` where the first synchronisation was taken back.
    pub release: Option<i32>,
    pub at: DateTime<Utc>,
    pub inserted: i32,
    pub updated: i32,
    pub deactivated: i32,
    pub kept: i32,
}

pub(super) struct Receipt<'a> {
    pub operation: OperationId,
    pub release_before: Option<i32>,
    pub release: Option<i32>,
    /// Inserted, updated, deactivated.
    pub rows: [&'a CatalogRows; 3],
    pub kept: u32,
}

pub(super) async fn give_receipt(
    conn: &mut PgConnection,
    schema: &SchemaName,
    receipt: Receipt<'_>,
) -> sqlx::Result<()> {
    store::insert_receipt(conn, schema, &receipt).await
}

/// The fleet by its receipts, seen from a release or the newest. No tenant is visited.
pub async fn fleet(engine: &Engine, release: Option<i32>) -> Result<FleetState> {
    let mut conn = engine.acquire().await?;
    let release = match release {
        None => super::release_store::find(&mut conn, None).await?,
        Some(_) => Some(release::wanted(&mut conn, release).await?),
    };
    let tenants = store::copies(&mut conn, release.unwrap_or(release::MASTER)).await?;
    let clashes = store::clashes(&mut conn).await?;
    Ok(FleetState { release, tenants, clashes })
}

/// Compares every row of these tenants, or of all, with the release that each was last brought to, and writes down what is
/// found. Then answers as [`fleet`] does. Tenants that cannot be read are left to *Verify*.
///
/// # Errors
/// [`Error::Cancelled`](crate::Error::Cancelled); what was found before is written down.
pub async fn compare_fleet(
    engine: &Engine,
    schemas: Option<Vec<SchemaName>>,
    release: Option<i32>,
    run: &Run<'_>,
) -> Result<FleetState> {
    engine.require_writable()?;
    let schemas = match schemas {
        Some(schemas) => schemas,
        None => store::copied(&mut *engine.acquire().await?).await?,
    };
    let total = u32::try_from(schemas.len()).unwrap_or(u32::MAX);
    let mut visits = engine.visits();
    for (index, schema) in (0..).zip(&schemas) {
        run.check()?;
        (run.report)(Progress::Checking { index, total, subject: schema.to_string() });
        let mut tx = visits.begin().await?;
        match compare_copy(&mut tx, schema).await {
            Ok(()) => tx.commit().await?,
            Err(error) if error.stops_everything() => return Err(error),
            Err(error) => {
                tracing::warn!(%error, %schema, "a tenant's catalog could not be compared; verifying it says more");
                tx.rollback().await?;
            }
        }
    }
    drop(visits);
    fleet(engine, release).await
}

/// Compares a copy with the release that it was last brought to, and writes down in what it differs.
pub(super) async fn compare_copy(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    let Some(base) = notes::lock_base(conn, schema).await? else { return Ok(()) };
    sync::enter(conn, schema).await?;
    let rows = compare::compare_quickly(conn, schema, base, Some(base)).await?;
    copy_store::leave(conn).await?;
    notes::note_comparison(conn, schema, &compare::deviations(&rows)).await?;
    Ok(())
}

/// Where it hurts, by the receipts and the last comparisons.
///
/// # Errors
/// [`Refusal::NoRelease`](crate::error::Refusal::NoRelease).
pub async fn heat_map(engine: &Engine, release: Option<i32>) -> Result<HeatMap> {
    let mut conn = engine.acquire().await?;
    let release = release::wanted(&mut conn, release).await?;
    let copies = store::copies(&mut conn, release).await?;
    let tenants: Vec<_> = copies
        .into_iter()
        .filter(|copy| copy.release.is_some() && copy.state != CopyState::InStep)
        .map(|copy| copy.schema)
        .collect();
    let place: BTreeMap<&str, u32> = (0..).zip(&tenants).map(|(n, schema)| (schema.as_str(), n)).collect();
    let mut atoms: BTreeMap<String, BTreeMap<u32, HeatState>> = BTreeMap::new();
    for heat in store::heat(&mut conn, release).await? {
        if let Some(tenant) = place.get(heat.schema.as_str()) {
            let cell = atoms.entry(heat.slug).or_default().entry(*tenant).or_insert(heat.state);
            *cell = heat.state.max(*cell);
        }
    }
    let mut rows: Vec<_> = atoms
        .into_iter()
        .map(|(slug, cells)| {
            let cells = cells.into_iter().map(|(tenant, state)| HeatCell { tenant, state }).collect();
            HeatRow { slug, cells }
        })
        .collect();
    let weight = |row: &HeatRow| {
        let grave = row.cells.iter().filter(|cell| cell.state > HeatState::Behind).count();
        std::cmp::Reverse((grave, row.cells.len()))
    };
    rows.sort_by_key(weight);
    Ok(HeatMap { release, tenants, atoms: rows })
}

/// Every row in which a tenant's copy is not what a release says, looked at now.
///
/// # Errors
/// [`Error::TenantNotFound`](crate::Error::TenantNotFound), [`Error::NoAtomTables`](crate::Error::NoAtomTables),
/// [`Refusal::NoRelease`](crate::error::Refusal::NoRelease).
pub async fn copy_difference(
    engine: &Engine,
    schema: &SchemaName,
    release: Option<i32>,
) -> Result<Vec<CopyDifference>> {
    let mut tx = engine.begin().await?;
    let release = release::wanted(&mut tx, release).await?;
    tenants::require(&mut tx, schema).await?;
    sync::enter(&mut tx, schema).await?;
    let base = notes::base(&mut tx, schema).await?;
    let rows = compare::compare(&mut tx, schema, release, base).await?;
    let keys: Vec<_> = rows.iter().map(|row| row.row.clone()).collect();
    let mut fields = store::fields(&mut tx, release, &keys).await?;
    tx.rollback().await?;
    let difference = |compared: ComparedRow| CopyDifference {
        fields: fields.remove(&compared.row).unwrap_or_default(),
        row: compared.row,
        state: compared.state,
        holder: compared.holder,
    };
    Ok(rows.into_iter().map(difference).collect())
}

/// What each synchronisation of a tenant came to, the newest first.
pub async fn receipts(engine: &Engine, schema: &SchemaName) -> Result<Vec<CatalogReceipt>> {
    Ok(store::receipts(&mut *engine.acquire().await?, schema).await?)
}

/// How many tenants were at which release, day by day.
pub async fn history(engine: &Engine) -> Result<Vec<FleetDay>> {
    let mut days: BTreeMap<NaiveDate, BTreeMap<i32, i32>> = BTreeMap::new();
    for (day, release, tenants) in store::history(&mut *engine.acquire().await?).await? {
        days.entry(day).or_default().insert(release, tenants);
    }
    Ok(days.into_iter().map(|(day, tenants)| FleetDay { day, tenants }).collect())
}
