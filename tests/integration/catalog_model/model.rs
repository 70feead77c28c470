//! What must become of a tenant's copy, said as slowly and plainly as possible: every rule looks at every row.

use std::collections::{BTreeMap, BTreeSet};

use tenantry_engine::catalog::{OnConflict, Part, Resolution, RowKey, RowState};

/// What rows hold: a category its description; an atom its name, description and category; a version its date, notes,
/// settings, and whether it is active.
pub type Rows = BTreeMap<RowKey, Vec<String>>;

pub type Said = BTreeMap<RowKey, Resolution>;

pub fn name_of(content: &[String]) -> &str {
    &content[0]
}

pub fn category_of(content: &[String]) -> &str {
    &content[2]
}

fn is_active(content: &[String]) -> bool {
    content.get(3).is_some_and(|active| active == "t")
}

pub fn switched_off(content: &[String]) -> Vec<String> {
    [&content[..3], &["f".to_owned()]].concat()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Edited,
    Removed,
    Own,
    LeftOut,
    LeftOver,
}

/// What was last found about a copy.
#[derive(Debug, Clone, Default)]
pub struct Noted {
    /// The release that it was last brought to.
    pub base: Option<usize>,
    /// In what it deviated from that, and what the tenant had there.
    pub deviations: BTreeMap<RowKey, (Kind, Option<Vec<String>>)>,
}

impl Noted {
    /// What the tenant had where there was no room, or where an earlier release had left it behind.
    fn left(&self, row: &RowKey) -> Option<&Option<Vec<String>>> {
        let (kind, content) = self.deviations.get(row)?;
        matches!(kind, Kind::LeftOut | Kind::LeftOver).then_some(content)
    }
}

/// How many rows of which kind the fleet's state names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Standing {
    pub pending: u32,
    pub edited: u32,
    pub own: u32,
    pub conflicts: u32,
}

/// What a synchronisation comes to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Outcome {
    pub inserted: BTreeSet<RowKey>,
    pub updated: BTreeSet<RowKey>,
    pub deactivated: BTreeSet<RowKey>,
    /// What was decided of each; nothing is done if one is not.
    pub conflicts: BTreeMap<RowKey, (RowState, Option<Resolution>)>,
    /// What comes as soon as there is room.
    pub left_out: BTreeSet<RowKey>,
    /// What the release has no longer, and nobody but an earlier one has made.
    pub left_over: BTreeSet<RowKey>,
    /// The tenant's work that nobody asks about.
    pub kept: BTreeSet<RowKey>,
    /// Atoms that are not written, with whoever has their names.
    pub name_taken: BTreeMap<String, String>,
    /// The copy afterwards.
    pub rows: Rows,
}

impl Outcome {
    pub fn is_undecided(&self) -> bool {
        self.conflicts.values().any(|(_, choice)| choice.is_none())
    }

    pub fn writes(&self) -> bool {
        !(self.inserted.is_empty() && self.updated.is_empty() && self.deactivated.is_empty())
    }
}

/// All releases; the first has the number 1.
#[derive(Debug, Default)]
pub struct Releases(pub Vec<Rows>);

impl Releases {
    pub fn rows(&self, number: usize) -> &Rows {
        &self.0[number - 1]
    }

    fn ever_had(&self, row: &RowKey) -> bool {
        self.0.iter().any(|release| release.contains_key(row))
    }

    fn ever_had_so(&self, row: &RowKey, content: &[String]) -> bool {
        self.0.iter().any(|release| release.get(row).is_some_and(|was| was == content))
    }

    /// Brings a copy to a release.
    pub fn synchronise(
        &self,
        tenant: &Rows,
        noted: &Noted,
        number: usize,
        policy: OnConflict,
        said: &Said,
    ) -> Outcome {
        let release = self.rows(number);
        let mut outcome = Outcome::default();
        let (mut written, mut decided) = (BTreeSet::new(), BTreeSet::new());
        let keys: BTreeSet<_> = tenant.keys().chain(release.keys()).cloned().collect();
        for row in keys {
            let (is, shall) = (tenant.get(&row), release.get(&row));
            if is == shall {
                continue;
            }
            let atom = RowKey::atom(&row.key);
            let of_atom = || said.get(&atom).filter(|_| row.part == Part::Version);
            let of_row = said.get(&row).copied();
            let said = of_row.or_else(|| of_atom().copied());
            let verdict = self.verdict(&row, is, shall, noted);
            if !matches!(verdict, Verdict::Release) {
                decided.insert(row.clone());
            }
            if let (Some(is), None) = (is, shall)
                && self.came_so(&row, is, noted)
            {
                outcome.left_over.insert(row.clone());
            }
            let goes = match verdict {
                Verdict::Nothing => false,
                Verdict::Release => true,
                // Nobody was asked about it: only a word about this very row counts.
                Verdict::Tenant => of_row == Some(Resolution::Take),
                Verdict::Conflict(state) => {
                    // There is no version without its atom, and so nothing to ask.
                    let has_atom = row.part != Part::Version
                        || tenant.contains_key(&atom)
                        || !release.contains_key(&atom);
                    let choice = said.or(match policy {
                        OnConflict::Stop => None,
                        OnConflict::Keep => Some(Resolution::Keep),
                        OnConflict::Take => Some(Resolution::Take),
                    });
                    if has_atom {
                        outcome.conflicts.insert(row.clone(), (state, choice));
                    }
                    choice == Some(Resolution::Take)
                }
            };
            if goes && shall.is_none() {
                outcome.deactivated.insert(row);
            } else if goes {
                written.insert(row);
            }
        }
        Self::give_way_to_names(tenant, release, &mut written, &mut outcome);
        outcome.left_out.retain(|row| !decided.contains(row));
        Self::follow_atoms(tenant, release, &mut written, &mut outcome);
        for atom in written.clone().iter().filter(|row| row.part == Part::Atom) {
            let category = RowKey::category(category_of(&release[atom]));
            if !tenant.contains_key(&category) {
                written.insert(category);
            }
        }
        let stays = |row: &&RowKey| {
            let is_told = outcome.conflicts.contains_key(*row) || outcome.left_out.contains(*row);
            let has_no_name = row.part == Part::Atom && outcome.name_taken.contains_key(&row.key);
            tenant.get(*row) != release.get(*row) && !written.contains(*row) && !is_told && !has_no_name
        };
        outcome.kept = release.keys().filter(stays).cloned().collect();
        outcome.rows = with(tenant, release, &written);
        for row in &outcome.deactivated {
            outcome.rows.insert(row.clone(), switched_off(&tenant[row]));
        }
        (outcome.updated, outcome.inserted) = written.into_iter().partition(|row| tenant.contains_key(row));
        outcome
    }

    fn verdict(
        &self,
        row: &RowKey,
        is: Option<&Vec<String>>,
        shall: Option<&Vec<String>>,
        noted: &Noted,
    ) -> Verdict {
        let Some(base) = noted.base else { return self.verdict_without_base(row, is, shall) };
        // What had no room then was never given to the tenant, or stayed behind.
        let left = noted.left(row);
        let was = self.rows(base).get(row).filter(|_| left.is_none_or(Option::is_some));
        let waits = is.is_some() && left.and_then(Option::as_ref) == is;
        let (by_tenant, by_release) = (is != was && !waits, shall != was || waits);
        match (is, shall) {
            (Some(is), None) if !self.ever_had(row) || !is_active(is) || was.is_none() => Verdict::Nothing,
            (Some(_), None) if by_tenant => Verdict::Conflict(RowState::EditedAndGone),
            _ if by_tenant && by_release => Verdict::Conflict(match (is, was) {
                (None, _) => RowState::RemovedAndChanged,
                (_, None) => RowState::AddedTwice,
                _ => RowState::EditedAndChanged,
            }),
            _ if by_tenant => Verdict::Tenant,
            _ => Verdict::Release,
        }
    }

    /// Whether the tenant has a row as it came from a release.
    fn came_so(&self, row: &RowKey, is: &Vec<String>, noted: &Noted) -> bool {
        match noted.base {
            None => self.ever_had_so(row, is),
            Some(base) => {
                let was_left = noted.left(row).and_then(Option::as_ref) == Some(is);
                self.rows(base).get(row) == Some(is) || was_left
            }
        }
    }

    /// Who has changed what is not known; what was released once was not changed by the tenant.
    fn verdict_without_base(
        &self,
        row: &RowKey,
        is: Option<&Vec<String>>,
        shall: Option<&Vec<String>>,
    ) -> Verdict {
        match (is, shall) {
            (None, _) => Verdict::Release,
            (Some(is), None) if !self.ever_had(row) || !is_active(is) => Verdict::Nothing,
            (Some(is), _) if self.ever_had_so(row, is) => Verdict::Release,
            (_, None) => Verdict::Conflict(RowState::EditedAndGone),
            _ => Verdict::Conflict(RowState::Unknown),
        }
    }

    /// No two atoms have one name. As long as two would, the one that was to be written stays as it is.
    fn give_way_to_names(
        tenant: &Rows,
        release: &Rows,
        written: &mut BTreeSet<RowKey>,
        outcome: &mut Outcome,
    ) {
        loop {
            let after = with(tenant, release, written);
            let atoms = || after.iter().filter(|(row, _)| row.part == Part::Atom);
            let clash = atoms().find_map(|(row, content)| {
                let same = |(other, theirs): &(&RowKey, &Vec<String>)| {
                    *other != row && name_of(theirs) == name_of(content)
                };
                let (other, _) = atoms().find(same).filter(|_| written.contains(row))?;
                Some((row.clone(), other.key.clone()))
            });
            let Some((row, holder)) = clash else { break };
            written.remove(&row);
            outcome.name_taken.insert(row.key.clone(), holder);
            outcome.left_out.insert(row);
        }
    }

    /// An atom comes with all its versions, and they do not come without it.
    fn follow_atoms(tenant: &Rows, release: &Rows, written: &mut BTreeSet<RowKey>, outcome: &mut Outcome) {
        for row in release.keys().filter(|row| row.part == Part::Version) {
            let atom = RowKey::atom(&row.key);
            if tenant.contains_key(&atom) {
                continue;
            }
            if written.contains(&atom) {
                written.insert(row.clone());
            } else {
                written.remove(row);
            }
            if outcome.left_out.contains(&atom) {
                outcome.left_out.insert(row.clone());
            }
        }
    }

    /// What is noted of a copy at a release, besides what there was no room for and what was left behind.
    pub fn note(
        &self,
        tenant: &Rows,
        base: usize,
        left_out: &BTreeSet<RowKey>,
        left_over: &BTreeSet<RowKey>,
    ) -> Noted {
        let release = self.rows(base);
        let mut noted = Noted { base: Some(base), ..Noted::default() };
        let keys: BTreeSet<_> = tenant.keys().chain(release.keys()).cloned().collect();
        for row in keys {
            let (is, shall) = (tenant.get(&row), release.get(&row));
            let kind = match (is, shall) {
                _ if is == shall => continue,
                (Some(_), None) if left_over.contains(&row) => Kind::LeftOver,
                (Some(_), None) if self.ever_had(&row) => continue,
                (Some(_), None) => Kind::Own,
                _ if left_out.contains(&row) => Kind::LeftOut,
                (None, _) => Kind::Removed,
                (Some(_), Some(_)) => Kind::Edited,
            };
            noted.deviations.insert(row, (kind, is.cloned()));
        }
        noted
    }

    /// What a comparison of a copy with its own release finds. What was left out or over stays so as long as it is as it was.
    pub fn note_again(&self, tenant: &Rows, noted: &Noted) -> Noted {
        let Some(base) = noted.base else { return noted.clone() };
        let still = |wanted: Kind| {
            let is_so = |(row, (kind, was)): (&RowKey, &(Kind, Option<Vec<String>>))| {
                (*kind == wanted && tenant.get(row) == was.as_ref()).then(|| row.clone())
            };
            noted.deviations.iter().filter_map(is_so).collect()
        };
        self.note(tenant, base, &still(Kind::LeftOut), &still(Kind::LeftOver))
    }

    /// The same after a synchronisation was taken back. What it had brought and could not take away is left over.
    pub fn note_back(&self, tenant: &Rows, noted: &Noted, synchronised: &Noted) -> Noted {
        let mut again = self.note_again(tenant, noted);
        let Some(base) = noted.base else { return again };
        for (row, is) in tenant {
            let is_known = noted.left(row).is_some() || self.rows(base).contains_key(row);
            if !is_known && self.ever_had(row) && self.came_so(row, is, synchronised) {
                again.deviations.insert(row.clone(), (Kind::LeftOver, Some(is.clone())));
            }
        }
        again
    }

    /// How a copy stands, seen from a release.
    pub fn standing(&self, noted: &Noted, number: usize) -> Standing {
        let Some(base) = noted.base else { return Standing::default() };
        let (before, after) = (self.rows(base), self.rows(number));
        let came = after.iter().filter(|(row, content)| before.get(*row) != Some(*content));
        let went = before.iter().filter(|(row, _)| row.part == Part::Version && !after.contains_key(*row));
        let changed: BTreeSet<_> = came.chain(went.clone()).map(|(row, _)| row).collect();
        let mut pending = changed.clone();
        went.filter(|(_, content)| !is_active(content)).for_each(|(row, _)| {
            pending.remove(row);
        });
        let mut standing = Standing::default();
        for (row, (kind, content)) in noted.deviations.iter().filter(|(_, (kind, _))| *kind != Kind::LeftOver)
        {
            pending.remove(row);
            let is_changed = changed.contains(row);
            let there_is_a_say = match after.get(row) {
                None => content.as_ref().is_some_and(|content| is_active(content)),
                shall => shall != content.as_ref(),
            };
            if *kind == Kind::LeftOut || is_changed && there_is_a_say {
                standing.conflicts += 1;
            } else if *kind == Kind::Own {
                standing.own += 1;
            } else {
                standing.edited += 1;
            }
        }
        standing.pending = u32::try_from(pending.len()).unwrap();
        standing
    }
}

/// Whose word about a row goes.
enum Verdict {
    /// There is nothing to do.
    Nothing,
    Release,
    Tenant,
    Conflict(RowState),
}

/// With some rows as the release has them.
fn with(tenant: &Rows, release: &Rows, written: &BTreeSet<RowKey>) -> Rows {
    let mut rows = tenant.clone();
    rows.extend(written.iter().map(|row| (row.clone(), release[row].clone())));
    rows
}
