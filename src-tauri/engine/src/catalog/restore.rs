//! Taking a synchronisation back: what it inserted goes, what it overwrote comes back, and what the tenant has made its own
//! since stays.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;

use super::decide::{ComparedRow, Deviation, DeviationKind};
use super::fleet::{self, Receipt};
use super::retire::refused;
use super::sync::enter;
use super::{
    CatalogRows, Content, Part, RowKey, RowState, VersionContent, compare, copy_store, note_store as notes,
    usage,
};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{Basis, Change, Finding, Intent, Inverse, OperationId, Parts, Plan, UndoOperation};
use crate::{Error, Result, operations, tenants};

/// # Errors
/// [`Refusal::SynchronisedSince`] where the copy is at another release by now.
pub(crate) async fn plan_restore_copy(
    conn: &mut PgConnection,
    request: UndoOperation,
    inverse: Inverse,
) -> Result<Plan> {
    let Inverse::RestoreCopy { schema, tenant, release_before, release, inserted, before, left } = inverse
    else {
        return Err(Error::Refused { subject: request.operation.to_string(), why: Refusal::NoInverse });
    };
    let schema = tenants::schema_now(conn, tenant, schema).await?;
    tenants::require(conn, &schema).await?;
    enter(conn, &schema).await?;
    let base = notes::base(conn, &schema).await?;
    if base != Some(release) {
        return Err(Refusal::SynchronisedSince { release: base }.of(&schema));
    }
    let mut written = Written::look(conn, &schema, release, &inserted, &before).await?;
    let mut stays = in_use(conn, &schema, &inserted).await?;
    // An atom stays for the sake of a version that has been changed, and its other versions with it.
    let changed = written.changed.keys().filter(|row| row.part != Part::Category).map(|row| row.key);
    stays.extend(changed.filter(|slug| inserted.atoms.contains(slug)));
    let remove: CatalogRows = inserted
        .keys()
        .filter(|row| written.stands(row) && (row.part == Part::Category || !stays.contains(&row.key)))
        .collect();
    let names_taken = written.leave_room(conn, &remove).await?;
    let mut findings = findings(&schema, stays, written.changed);
    findings.extend(names_taken.into_iter().map(|(slug, holder)| Finding::AtomNameTaken {
        schema: schema.clone(),
        slug,
        holder,
    }));
    let parts = Parts {
        findings,
        basis: vec![Basis { row: format!("copy of {schema}"), version: format!("{base:?}") }],
        changes: vec![Change::RestoreCopy {
            schema: schema.clone(),
            release,
            release_before,
            remove,
            put_back: written.put_back,
            left,
        }],
        ..Parts::default()
    };
    Ok(Plan::new(Intent::Undo(request), schema.to_string(), parts))
}

fn findings(schema: &SchemaName, in_use: BTreeSet<String>, changed: CatalogRows) -> Vec<Finding> {
    let mut findings: Vec<_> =
        in_use.into_iter().map(|slug| Finding::AtomInUse { schema: schema.clone(), slug }).collect();
    if !changed.is_empty() {
        findings.push(Finding::CatalogChangedSince { schema: schema.clone(), rows: changed });
    }
    findings
}

/// How the rows that a synchronisation wrote stand now.
struct Written {
    /// Not as they were written.
    changed: CatalogRows,
    /// Not there any longer.
    missing: CatalogRows,
    /// What those that are as they were written held before.
    put_back: Content,
}

impl Written {
    async fn look(
        conn: &mut PgConnection,
        schema: &SchemaName,
        release: i32,
        inserted: &CatalogRows,
        before: &Content,
    ) -> Result<Self> {
        let compared = compare::compare(conn, schema, release, Some(release)).await?;
        let compared: BTreeMap<_, _> = compared.iter().map(|row| (&row.row, row)).collect();
        let overwritten = before.rows();
        let now = copy_store::content(conn, &overwritten).await?;
        let now: BTreeMap<_, _> = now.versions.into_iter().map(|v| (v.row(), v)).collect();
        let mut written = Self {
            changed: CatalogRows::default(),
            missing: CatalogRows::default(),
            put_back: before.clone(),
        };
        for row in inserted.keys().chain(overwritten.keys()) {
            match compared.get(&row) {
                Some(deviating) if deviating.content.is_none() => written.missing.insert(&row),
                Some(_) => written.changed.insert(&row),
                None if overwritten.contains(&row)
                    && row.part == Part::Version
                    && !now.contains_key(&row) =>
                {
                    written.missing.insert(&row);
                }
                None => {}
            }
        }
        // What was switched off is in no release, so it is compared with what it was.
        for old in &before.versions {
            let switched_off = VersionContent { is_active: false, ..old.clone() };
            if now.get(&old.row()) == Some(&switched_off) {
                written.changed.remove(&old.row());
            }
        }
        let Self { changed, missing, put_back } = &mut written;
        let stands = |row: &RowKey| !changed.contains(row) && !missing.contains(row);
        put_back.categories.retain(|old| stands(&RowKey::category(&old.name)));
        put_back.atoms.retain(|old| stands(&RowKey::atom(&old.slug)));
        put_back.versions.retain(|old| stands(&old.row()));
        Ok(written)
    }

    /// Takes out atoms that cannot come back: their names are others' now, or their categories are gone. Answers the former
    /// with whoever has the name.
    async fn leave_room(
        &mut self,
        conn: &mut PgConnection,
        remove: &CatalogRows,
    ) -> Result<BTreeMap<String, String>> {
        let atoms = &mut self.put_back.atoms;
        let place = copy_store::Place::of(conn, atoms).await?;
        for atom in atoms.extract_if(.., |atom| !place.categories.contains(&atom.category)) {
            self.changed.insert(&RowKey::atom(atom.slug));
        }
        let mut taken = BTreeMap::new();
        loop {
            let moves: BTreeMap<_, _> = atoms.iter().map(|a| (a.slug.as_str(), a.name.as_str())).collect();
            let lets_go = |holder: &str, name: &str| {
                remove.atoms.contains(holder) || moves.get(holder).is_some_and(|becomes| *becomes != name)
            };
            let blocked = atoms.iter().enumerate().find_map(|(index, atom)| {
                let holder = place.holders.get(&atom.name)?;
                (*holder != atom.slug && !lets_go(holder, &atom.name)).then(|| (index, holder.clone()))
            });
            let Some((index, holder)) = blocked else { return Ok(taken) };
            taken.insert(atoms.remove(index).slug, holder);
        }
    }

    fn stands(&self, row: &RowKey) -> bool {
        !self.changed.contains(row) && !self.missing.contains(row)
    }
}

/// The slugs to which something in the tenant's tables refers: to the atom, or to one of its versions.
async fn in_use(
    conn: &mut PgConnection,
    schema: &SchemaName,
    rows: &CatalogRows,
) -> Result<BTreeSet<String>> {
    let mut slugs = rows.atoms.clone();
    slugs.extend(rows.versions.keys().cloned());
    let mut used: BTreeSet<String> = copy_store::with_other_versions(conn, rows).await?.into_iter().collect();
    let slugs: Vec<_> = slugs.into_iter().collect();
    used.extend(usage::references(conn, schema, &slugs).await?.into_iter().map(|reference| reference.slug));
    Ok(used)
}

/// Makes the change. `false` where the copy is another by now.
pub(super) async fn make(conn: &mut PgConnection, change: &Change, operation: OperationId) -> Result<bool> {
    let Change::RestoreCopy { schema, release, release_before, remove, put_back, left } = change else {
        return Ok(false);
    };
    enter(conn, schema).await?;
    let rows = put_back.rows();
    // What was inserted may have the names, and the categories, of what comes back.
    let (categories, others) = remove.by_need();
    copy_store::remove(conn, &others).await?;
    // A reference that came meanwhile is told of here, not when the transaction ends.
    operations::check_constraints(conn).await.map_err(|error| refused(schema, error))?;
    if copy_store::put_back(conn, put_back).await? != u64::from(rows.count()) {
        return Ok(false);
    }
    copy_store::remove(conn, &categories).await?;
    match release_before {
        Some(before) => {
            // What stays, since it is in use, came from the release that is left.
            let seen = compare::compare(conn, schema, *before, Some(*release)).await?;
            let left: Vec<_> = left.iter().cloned().chain(left_behind(&seen, left)).collect();
            notes::note(conn, schema, *before, &left).await?;
            let compared = compare::compare(conn, schema, *before, Some(*before)).await?;
            notes::note(conn, schema, *before, &compare::deviations(&compared)).await?;
        }
        None => notes::forget(conn, schema).await?,
    }
    copy_store::leave(conn).await?;
    let nothing = CatalogRows::default();
    let receipt = Receipt {
        operation,
        release_before: Some(*release),
        release: *release_before,
        rows: [&nothing, &rows, &nothing],
        kept: 0,
    };
    fleet::give_receipt(conn, schema, receipt).await?;
    Ok(true)
}

/// What came with the release that a copy is leaving, and is still there.
fn left_behind(rows: &[ComparedRow], known: &[Deviation]) -> Vec<Deviation> {
    let is_known = |row: &RowKey| known.iter().any(|deviation| deviation.row == *row);
    let stays = |row: &&ComparedRow| {
        matches!(row.state, RowState::Left | RowState::Gone) && row.is_ours && !is_known(&row.row)
    };
    rows.iter().filter(stays).map(|row| row.deviation(DeviationKind::LeftOver)).collect()
}
