//! What a synchronisation does about each row, from the comparison of base, master and tenant. A tenant's own work gives
//! way only where somebody has decided so.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use specta::Type;

use super::{CatalogRows, Part, RowKey};

/// How a row of a tenant stands to a release. Rows that are as the release says have no state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum RowState {
    /// Only the release has it.
    New,
    /// The tenant has it as the release before had it.
    Changed,
    /// The release has it no longer, and the tenant has it as it was.
    Gone,
    /// The release has it no longer, and there is nothing to do about it.
    Left,
    /// Only the tenant has it.
    Own,
    /// The tenant has changed it, the release has not.
    Edited,
    /// The tenant has removed it; the release has it as before.
    Removed,
    /// Both have changed it.
    EditedAndChanged,
    /// The tenant has removed it, and the release has changed it.
    RemovedAndChanged,
    /// The tenant has changed it, and the release has it no longer.
    EditedAndGone,
    /// Both have made it since, each in another way.
    AddedTwice,
    /// They differ, and nobody knows who changed it: this tenant was never synchronised.
    Unknown,
}

impl RowState {
    /// Both sides have a say, so neither goes first by itself.
    pub fn is_conflict(self) -> bool {
        use RowState::{AddedTwice, EditedAndChanged, EditedAndGone, RemovedAndChanged, Unknown};
        matches!(self, EditedAndChanged | RemovedAndChanged | EditedAndGone | AddedTwice | Unknown)
    }

    /// The tenant has none of it.
    fn is_absent(self) -> bool {
        matches!(self, Self::New | Self::Removed | Self::RemovedAndChanged)
    }
}

/// One row in which a tenant's copy is not what the release says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ComparedRow {
    pub row: RowKey,
    pub state: RowState,
    /// The category in which the release has the atom.
    pub category: Option<String>,
    /// Another atom of the tenant that has the atom's name.
    pub holder: Option<String>,
    /// The release gives the atom another name.
    pub renames: bool,
    /// A digest of what the tenant has there.
    pub content: Option<String>,
    /// What the tenant has there is a version which is switched on.
    pub is_active: bool,
    /// What the tenant has there came from a release as it is.
    pub is_ours: bool,
    /// A digest of the same version, switched off.
    pub content_off: Option<String>,
}

impl ComparedRow {
    pub fn deviation(&self, deviation: DeviationKind) -> Deviation {
        let (content, is_active) = (self.content.clone(), self.is_active);
        Deviation { row: self.row.clone(), deviation, content, is_active }
    }

    /// Of what the release has no longer, and leaves behind.
    pub fn left_over(&self) -> Option<Deviation> {
        let (content, is_active) = match self.state {
            RowState::Left => (self.content.clone(), self.is_active),
            RowState::Gone => (self.content_off.clone(), false),
            _ => return None,
        };
        let row = self.row.clone();
        self.is_ours.then_some(Deviation { row, deviation: DeviationKind::LeftOver, content, is_active })
    }
}

/// What becomes of conflicts that nobody has decided one by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OnConflict {
    /// The tenant is not synchronised.
    #[default]
    Stop,
    /// The tenant's row stays.
    Keep,
    /// The release's row comes.
    Take,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    Keep,
    Take,
}

/// Somebody's word about one row; that about an atom counts for conflicts about its versions too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    pub row: RowKey,
    pub choice: Resolution,
}

/// A row about which both sides have a say, and what was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Conflict {
    pub row: RowKey,
    pub state: RowState,
    pub choice: Option<Resolution>,
}

/// Everything that is done about a tenant's copy, and what is left as it is.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Steps {
    pub insert: CatalogRows,
    pub update: CatalogRows,
    pub deactivate: CatalogRows,
    /// The tenant's own work, which stays.
    pub kept: CatalogRows,
    pub conflicts: Vec<Conflict>,
    /// Atoms whose name another atom of the tenant has: slugs, with the slug of that other one.
    pub name_taken: BTreeMap<String, String>,
    /// Atoms whose names others get in the same statement: they have to let go of them first.
    pub aside: BTreeSet<String>,
    /// Inserted or updated if only there were room: see `name_taken`.
    pub left_out: CatalogRows,
}

impl Steps {
    pub fn is_undecided(&self) -> bool {
        self.conflicts.iter().any(|conflict| conflict.choice.is_none())
    }

    pub fn writes(&self) -> bool {
        !(self.insert.is_empty() && self.update.is_empty() && self.deactivate.is_empty())
    }

    /// Rows of the tenant that will be others.
    pub fn overwritten(&self) -> CatalogRows {
        self.update.keys().chain(self.deactivate.keys()).collect()
    }

    /// In what the copy will differ from the release when this is done.
    pub fn deviations(&self, rows: &[ComparedRow]) -> Vec<Deviation> {
        let kind = |compared: &ComparedRow| {
            use RowState::{EditedAndGone, Own};
            if self.left_out.contains(&compared.row) {
                Some(DeviationKind::LeftOut)
            } else if compared.state == Own {
                Some(DeviationKind::Own)
            } else if !self.kept.contains(&compared.row) || compared.state == EditedAndGone {
                None
            } else if compared.state.is_absent() {
                Some(DeviationKind::Removed)
            } else {
                Some(DeviationKind::Edited)
            }
        };
        let deviation = |compared: &ComparedRow| {
            kind(compared).map(|kind| compared.deviation(kind)).or_else(|| compared.left_over())
        };
        rows.iter().filter_map(deviation).collect()
    }
}

/// How a row of a copy differs from the release that the copy was brought to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum DeviationKind {
    Edited,
    Removed,
    Own,
    /// The release has it, and the tenant has no room for it.
    LeftOut,
    /// A release that the copy was at had it, and the tenant has it as it came, versions switched off.
    LeftOver,
}

/// A row of a copy that differs from its release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Deviation {
    #[serde(flatten)]
    pub row: RowKey,
    pub deviation: DeviationKind,
    /// A digest of what the tenant has there.
    pub content: Option<String>,
    /// That is a version which is switched on.
    pub is_active: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Step {
    Insert,
    Update,
    Deactivate,
    Keep,
    Nothing,
}

/// Decides about every row.
pub(crate) fn decide(rows: &[ComparedRow], on_conflict: OnConflict, decisions: &[Decision]) -> Steps {
    let decisions: BTreeMap<_, _> = decisions.iter().map(|d| (&d.row, d.choice)).collect();
    let mut steps = Steps::default();
    let mut planned: BTreeMap<&RowKey, Step> = BTreeMap::new();
    for compared in rows {
        if compared.state.is_conflict() {
            let choice = said(&decisions, &compared.row).or(match on_conflict {
                OnConflict::Stop => None,
                OnConflict::Keep => Some(Resolution::Keep),
                OnConflict::Take => Some(Resolution::Take),
            });
            steps.conflicts.push(Conflict { row: compared.row.clone(), state: compared.state, choice });
            planned.insert(&compared.row, step(compared.state, choice));
        } else {
            // Nobody was asked about it, so only a word about this very row counts.
            planned.insert(&compared.row, step(compared.state, decisions.get(&compared.row).copied()));
        }
    }
    leave_out_taken_names(rows, &mut planned, &mut steps);
    follow_atoms(rows, &mut planned, &mut steps);
    add_needed_categories(rows, &mut planned);
    for (row, step) in planned {
        match step {
            Step::Insert => steps.insert.insert(row),
            Step::Update => steps.update.insert(row),
            Step::Deactivate => steps.deactivate.insert(row),
            Step::Keep => steps.kept.insert(row),
            Step::Nothing => {}
        }
    }
    steps
}

/// What was said about a conflict, or about the atom whose version it is about.
fn said(decisions: &BTreeMap<&RowKey, Resolution>, row: &RowKey) -> Option<Resolution> {
    let of_atom = || (row.part == Part::Version).then(|| RowKey::atom(&row.key));
    decisions.get(row).copied().or_else(|| decisions.get(&of_atom()?).copied())
}

fn step(state: RowState, choice: Option<Resolution>) -> Step {
    let takes = choice == Some(Resolution::Take);
    match state {
        RowState::New => Step::Insert,
        RowState::Changed => Step::Update,
        RowState::Gone => Step::Deactivate,
        RowState::Left | RowState::Own => Step::Nothing,
        RowState::EditedAndGone if takes => Step::Deactivate,
        RowState::Removed | RowState::RemovedAndChanged if takes => Step::Insert,
        _ if takes => Step::Update,
        _ => Step::Keep,
    }
}

/// Names are unique in a tenant. An atom cannot have the name of another one, unless that one gets a new name itself.
fn leave_out_taken_names<'a>(
    rows: &'a [ComparedRow],
    planned: &mut BTreeMap<&'a RowKey, Step>,
    steps: &mut Steps,
) {
    let atoms: BTreeMap<&str, &ComparedRow> =
        rows.iter().filter(|r| r.row.part == Part::Atom).map(|r| (r.row.key.as_str(), r)).collect();
    let step_of = |planned: &BTreeMap<&RowKey, Step>, atom: &ComparedRow| planned.get(&atom.row).copied();
    loop {
        let gives_way = |holder: &str| {
            atoms.get(holder).is_some_and(|h| h.renames && step_of(planned, h) == Some(Step::Update))
        };
        let blocked = atoms.values().find_map(|atom| {
            let writes = matches!(step_of(planned, atom), Some(Step::Insert | Step::Update));
            let holder = atom.holder.as_deref().filter(|holder| writes && !gives_way(holder))?;
            Some((*atom, holder.to_owned()))
        });
        let Some((atom, holder)) = blocked else { break };
        // What the tenant has a say about waits for no room: it is asked again.
        if matches!(atom.state, RowState::New | RowState::Changed) {
            steps.left_out.insert(&atom.row);
            planned.insert(&atom.row, Step::Nothing);
        } else {
            planned.insert(&atom.row, Step::Keep);
        }
        steps.name_taken.insert(atom.row.key.clone(), holder);
    }
    let moving = atoms.values().filter(|atom| step_of(planned, atom) == Some(Step::Update));
    steps.aside = moving.filter_map(|atom| atom.holder.clone()).collect();
}

/// Versions go with their atom: all come with one that is inserted, and none comes without.
fn follow_atoms<'a>(rows: &'a [ComparedRow], planned: &mut BTreeMap<&'a RowKey, Step>, steps: &mut Steps) {
    let absent: BTreeMap<&str, Step> = rows
        .iter()
        .filter(|r| r.row.part == Part::Atom && r.state.is_absent())
        .map(|r| (r.row.key.as_str(), planned.get(&r.row).copied().unwrap_or(Step::Nothing)))
        .collect();
    for version in rows.iter().filter(|r| r.row.part == Part::Version && r.state.is_absent()) {
        match absent.get(version.row.key.as_str()) {
            None => {}
            Some(Step::Insert) => {
                planned.insert(&version.row, Step::Insert);
            }
            Some(step) => {
                if steps.left_out.contains(&RowKey::atom(&version.row.key)) {
                    steps.left_out.insert(&version.row);
                }
                planned.insert(&version.row, *step);
            }
        }
        if absent.contains_key(version.row.key.as_str()) {
            // Its atom decides: there is nothing of its own to ask about.
            steps.conflicts.retain(|conflict| conflict.row != version.row);
        }
    }
}

/// An atom that is written needs its category, also where the tenant had removed that.
fn add_needed_categories<'a>(rows: &'a [ComparedRow], planned: &mut BTreeMap<&'a RowKey, Step>) {
    let needed: BTreeSet<&str> = rows
        .iter()
        .filter(|r| matches!(planned.get(&r.row), Some(Step::Insert | Step::Update)))
        .filter_map(|r| r.category.as_deref())
        .collect();
    for category in rows.iter().filter(|r| r.row.part == Part::Category && r.state.is_absent()) {
        if needed.contains(category.row.key.as_str()) {
            planned.insert(&category.row, Step::Insert);
        }
    }
}
