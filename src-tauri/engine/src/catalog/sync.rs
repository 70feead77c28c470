//! Bringing a tenant's copy of the catalog to a release: a comparison of the release it was last brought to, the release
//! wanted, and what the tenant has.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::copy_store::OwnColumns;
use super::decide::{Conflict, Decision, OnConflict, Steps, decide};
use super::fleet::{self, Receipt};
use super::retire::refused;
use super::{
    CatalogRows, Category, Deviation, DeviationKind, Part, RowKey, compare, copy_store, note_store as notes,
    release, store,
};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{Basis, Change, Finding, Intent, Inverse, OperationId, Parts, Plan};
use crate::{Error, Result, operations, tenants};

/// A request to bring one tenant's copy to a release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncCatalog {
    pub schema: SchemaName,
    /// The newest one, unless it is said.
    #[serde(default)]
    pub release: Option<i32>,
    #[serde(default)]
    pub on_conflict: OnConflict,
    #[serde(default)]
    pub decisions: Vec<Decision>,
}

impl SyncCatalog {
    /// As the journal names it.
    pub(crate) const KIND: &str = "catalog.sync";

    /// To the newest release. Where there are conflicts, nothing is done.
    pub fn to_newest(schema: SchemaName) -> Self {
        Self { schema, release: None, on_conflict: OnConflict::Stop, decisions: Vec::new() }
    }
}

/// What rows hold.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Content {
    pub categories: Vec<Category>,
    pub atoms: Vec<AtomContent>,
    pub versions: Vec<VersionContent>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AtomContent {
    pub slug: String,
    pub name: String,
    pub description: String,
    pub category: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VersionContent {
    pub slug: String,
    pub version: String,
    pub release_date: chrono::NaiveDate,
    pub release_notes: String,
    /// A JSON Schema, as JSON text.
    pub config_schema: String,
    pub is_active: bool,
}

impl Content {
    /// The keys of its rows.
    pub(crate) fn rows(&self) -> CatalogRows {
        let categories = self.categories.iter().map(|category| RowKey::category(&category.name));
        let atoms = self.atoms.iter().map(|atom| RowKey::atom(&atom.slug));
        categories.chain(atoms).chain(self.versions.iter().map(VersionContent::row)).collect()
    }
}

impl VersionContent {
    pub(crate) fn row(&self) -> RowKey {
        RowKey::version(&self.slug, &self.version)
    }
}

/// Plans to bring a copy to a release. A plan with conflicts that nobody has decided has no changes.
///
/// # Errors
/// [`Refusal::NoRelease`], [`Refusal::NoSuchRelease`], [`Error::NoAtomTables`].
pub(crate) async fn plan_sync(conn: &mut PgConnection, request: SyncCatalog) -> Result<Plan> {
    let schema = request.schema.clone();
    tenants::require(conn, &schema).await?;
    let release = release::wanted(conn, request.release).await?;
    let base = notes::base(conn, &schema).await?;
    enter(conn, &schema).await?;
    let rows = compare::compare_quickly(conn, &schema, release, base).await?;
    let steps = decide(&rows, request.on_conflict, &request.decisions);
    let comes_to_something = !steps.is_undecided() && (steps.writes() || base != Some(release));
    let overwritten = if comes_to_something { steps.overwritten() } else { CatalogRows::default() };
    let before = copy_store::content(conn, &overwritten).await?;
    // What follows is planned once, not again for every tenant's search path.
    copy_store::leave(conn).await?;
    let request = SyncCatalog { release: Some(release), ..request };
    let mut parts = Parts {
        findings: findings(&schema, &steps),
        basis: vec![Basis { row: format!("copy of {schema}"), version: format!("{base:?}") }],
        ..Parts::default()
    };
    if comes_to_something {
        let deviations = steps.deviations(&rows);
        let Steps { insert, update, deactivate, aside, .. } = steps;
        parts.inverse = Some(Inverse::RestoreCopy {
            schema: schema.clone(),
            tenant: tenants::key_of(conn, &schema).await?,
            release_before: base,
            release,
            inserted: insert.clone(),
            before,
            left: notes::left(conn, &schema).await?,
        });
        parts.changes.push(Change::SyncCatalog {
            schema: schema.clone(),
            release_before: base,
            release,
            insert,
            update,
            deactivate,
            aside: aside.into_iter().collect(),
            deviations,
        });
    }
    Ok(Plan::new(Intent::SyncCatalog(request), schema.to_string(), parts))
}

/// Nobody else writes the copy until the transaction ends.
pub(crate) async fn claim_copy(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    if !store::has_tables(conn, schema).await? {
        return Err(Error::NoAtomTables { schema: schema.to_string() });
    }
    copy_store::enter(conn, schema).await?;
    Ok(copy_store::lock(conn).await?)
}

/// Enters the schema of a copy, where nothing is waited for long.
pub(super) async fn enter(conn: &mut PgConnection, schema: &SchemaName) -> Result<OwnColumns> {
    let own = own_columns(conn, schema).await?;
    copy_store::enter(conn, schema).await?;
    Ok(own)
}

async fn own_columns(conn: &mut PgConnection, schema: &SchemaName) -> Result<OwnColumns> {
    let own = copy_store::own_columns(conn, schema).await?;
    own.ok_or_else(|| Error::NoAtomTables { schema: schema.to_string() })
}

fn findings(schema: &SchemaName, steps: &Steps) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !steps.conflicts.is_empty() {
        findings
            .push(Finding::CatalogConflicts { schema: schema.clone(), conflicts: steps.conflicts.clone() });
    }
    let in_conflict = |row: &RowKey| steps.conflicts.iter().any(|conflict: &Conflict| conflict.row == *row);
    let has_no_name = |row: &RowKey| row.part == Part::Atom && steps.name_taken.contains_key(&row.key);
    let kept: CatalogRows = steps.kept.keys().filter(|row| !in_conflict(row) && !has_no_name(row)).collect();
    if !kept.is_empty() {
        findings.push(Finding::CatalogKept { schema: schema.clone(), rows: kept });
    }
    findings.extend(steps.name_taken.iter().map(|(slug, holder)| Finding::AtomNameTaken {
        schema: schema.clone(),
        slug: slug.clone(),
        holder: holder.clone(),
    }));
    findings
}

/// Makes the change. It was planned in this transaction, after the copy was claimed.
pub(super) async fn make(conn: &mut PgConnection, change: &Change, operation: OperationId) -> Result<bool> {
    let Change::SyncCatalog {
        schema,
        release_before,
        release,
        insert,
        update,
        deactivate,
        aside,
        deviations,
    } = change
    else {
        return Ok(false);
    };
    // Only new rows need values for the columns of the tables' own.
    let own = if insert.is_empty() { OwnColumns::default() } else { own_columns(conn, schema).await? };
    copy_store::enter(conn, schema).await?;
    // New categories before the atoms that move into them, and names that are given up before those that need them.
    let (categories, others) = insert.by_need();
    let mut inserted = copy_store::insert(conn, &own, *release, &categories).await?;
    if !aside.is_empty() {
        copy_store::put_aside(conn, aside).await?;
    }
    let updated = copy_store::update(conn, *release, update).await?;
    inserted += copy_store::insert(conn, &own, *release, &others).await?;
    let deactivated =
        if deactivate.is_empty() { 0 } else { copy_store::deactivate(conn, deactivate).await? };
    let written = [(inserted, insert), (updated, update), (deactivated, deactivate)];
    if written.iter().any(|(rows, planned)| *rows != u64::from(planned.count())) {
        // Nobody else could write meanwhile.
        return Err(Refusal::CopyResists.of(schema));
    }
    // What is asked for when a transaction ends is answered while it can be told, and before others wait for the journal.
    operations::check_constraints(conn).await.map_err(|error| refused(schema, error))?;
    // What follows is planned once, not again for every tenant's search path.
    copy_store::leave(conn).await?;
    notes::note(conn, schema, *release, deviations).await?;
    let is_kept = |d: &&Deviation| matches!(d.deviation, DeviationKind::Edited | DeviationKind::Removed);
    let receipt = Receipt {
        operation,
        release_before: *release_before,
        release: Some(*release),
        rows: [insert, update, deactivate],
        kept: u32::try_from(deviations.iter().filter(is_kept).count()).unwrap_or(u32::MAX),
    };
    fleet::give_receipt(conn, schema, receipt).await?;
    Ok(true)
}
