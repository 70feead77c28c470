//! Releases: numbered, immutable snapshots of the master catalog.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::{MasterState, RowKey, Size, release_store as store};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{Basis, Change, Finding, Intent, Inverse, Parts, Plan};
use crate::{Engine, Error, Result};

/// The number under which the master catalog itself is kept, which is still being written.
pub const MASTER: i32 = 0;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    pub number: i32,
    /// SHA-256 over its rows, in hexadecimal.
    pub content_hash: String,
    pub notes: String,
    pub released_at: DateTime<Utc>,
    pub released_by: String,
    pub size: Size,
}

/// All releases, and what is not in one yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Releases {
    /// The newest first.
    pub releases: Vec<Release>,
    /// Where new tenants start; `None` stands for the newest.
    pub start: Option<i32>,
    /// Rows in which the master catalog differs from the newest release.
    pub unreleased: u32,
}

/// A request for a release of the master catalog as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MakeRelease {
    pub notes: String,
}

/// A request to choose where new tenants start.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SetStartRelease {
    /// `None` stands for the newest, whichever that is.
    pub release: Option<i32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceKind {
    Added,
    Changed,
    Removed,
}

/// A row in which two releases differ.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowDifference {
    pub row: RowKey,
    pub kind: DifferenceKind,
    /// What differs; of added and removed rows, everything.
    pub fields: Vec<FieldDifference>,
}

/// A field before and after; `None` where there is no row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldDifference {
    /// `name`, `description`, `category`, `releaseDate`, `releaseNotes`, `configSchema`, `isActive`.
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Every release, and how far the master catalog has gone on.
pub async fn releases(engine: &Engine) -> Result<Releases> {
    let mut conn = engine.acquire().await?;
    let releases = store::all(&mut conn).await?;
    let start = store::start(&mut conn).await?;
    let newest = releases.first().map_or(MASTER, |release| release.number);
    let master = super::store::master_state(&mut conn).await?.size;
    let unreleased = if newest == MASTER {
        master.categories + master.atoms + master.versions
    } else {
        u32::try_from(store::difference(&mut conn, newest, MASTER).await?.len()).unwrap_or(u32::MAX)
    };
    Ok(Releases { releases, start, unreleased })
}

/// In what one release differs from another. [`MASTER`] stands for the master catalog as it is.
///
/// # Errors
/// [`Refusal::NoSuchRelease`].
pub async fn difference(engine: &Engine, before: i32, after: i32) -> Result<Vec<RowDifference>> {
    let mut conn = engine.acquire().await?;
    for number in [before, after].into_iter().filter(|number| *number != MASTER) {
        wanted(&mut conn, Some(number)).await?;
    }
    Ok(store::difference(&mut conn, before, after).await?)
}

/// The release that is meant: that of the number, or the newest.
///
/// # Errors
/// [`Refusal::NoSuchRelease`], [`Refusal::NoRelease`].
pub(crate) async fn wanted(conn: &mut PgConnection, number: Option<i32>) -> Result<i32> {
    match (number, store::find(conn, number).await?) {
        (_, Some(found)) => Ok(found),
        (Some(release), None) => Err(refused(Refusal::NoSuchRelease { release })),
        (None, None) => Err(none()),
    }
}

/// There is no release yet.
pub(super) fn none() -> Error {
    refused(Refusal::NoRelease)
}

fn refused(why: Refusal) -> Error {
    Error::Refused { subject: "catalog".into(), why }
}

/// What a new tenant's copy starts with: a release, or where there is none yet, the master catalog as it is.
pub(crate) struct Start {
    release: i32,
    size: Size,
    basis: Basis,
}

impl Start {
    pub(crate) async fn of(conn: &mut PgConnection) -> Result<Self> {
        let MasterState { size, version } = super::store::master_state(conn).await?;
        let release = match store::start(conn).await? {
            Some(chosen) => Some(chosen),
            None => store::find(conn, None).await?,
        };
        Ok(match release {
            None => Self { release: MASTER, size, basis: Basis { row: "master catalog".into(), version } },
            Some(release) => Self {
                release,
                size: store::size(conn, release).await?,
                basis: Basis { row: "release for new tenants".into(), version: release.to_string() },
            },
        })
    }

    pub(crate) fn basis(self) -> Basis {
        self.basis
    }

    /// What a new tenant is given, if there is anything to give.
    pub(crate) fn seed(&self, schema: &SchemaName) -> Option<Change> {
        let Size { categories, atoms, versions } = self.size;
        let schema = schema.clone();
        (atoms > 0).then_some(Change::SeedCatalog {
            schema,
            release: self.release,
            categories,
            atoms,
            versions,
        })
    }
}

/// # Errors
/// [`Refusal::NothingToRelease`] if the newest release is the master catalog as it is.
pub(crate) async fn plan_release(conn: &mut PgConnection, request: MakeRelease) -> Result<Plan> {
    let state = super::store::master_state(conn).await?;
    let newest = store::find(conn, None).await?;
    let difference = store::difference(conn, newest.unwrap_or(-1), MASTER).await?;
    if difference.is_empty() {
        return Err(refused(Refusal::NothingToRelease { newest }));
    }
    let count =
        |kind| u32::try_from(difference.iter().filter(|row| row.kind == kind).count()).unwrap_or(u32::MAX);
    let parts = Parts {
        changes: vec![Change::MakeRelease {
            number: newest.unwrap_or(MASTER) + 1,
            content_hash: store::content_hash(conn, MASTER).await?,
            size: state.size,
            added: count(DifferenceKind::Added),
            changed: count(DifferenceKind::Changed),
            removed: count(DifferenceKind::Removed),
        }],
        findings: vec![Finding::Final],
        basis: vec![state.basis()],
        inverse: None,
    };
    Ok(Plan::new(Intent::ReleaseCatalog(request), "catalog", parts))
}

pub(crate) async fn plan_set_start(conn: &mut PgConnection, request: SetStartRelease) -> Result<Plan> {
    if request.release.is_some() {
        wanted(conn, request.release).await?;
    }
    let before = store::start(conn).await?;
    let mut parts = Parts::default();
    if before != request.release {
        parts.changes.push(Change::ChangeStartRelease { before, after: request.release });
        parts.inverse = Some(Inverse::SetStartRelease { release: before });
    }
    Ok(Plan::new(Intent::SetStartRelease(request), "catalog", parts))
}

/// Makes the release of a plan; `false` if its number was given meanwhile.
pub(super) async fn make(conn: &mut PgConnection, change: &Change, notes: &str) -> Result<bool> {
    match change {
        Change::MakeRelease { number, content_hash, size, .. } => {
            store::insert(conn, *number, content_hash, notes, *size).await?;
            Ok(true)
        }
        Change::ChangeStartRelease { after, .. } => {
            store::set_start(conn, *after).await?;
            Ok(true)
        }
        _ => Ok(true),
    }
}
