//! Changing the master catalog by hand.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::check::{self, Checker, Fault};
use super::difference::{Wanted, staying_in};
use super::source::problem;
use super::{Category, MASTER, MasterAtom, MasterCatalog, VersionKey, store};
use crate::names::Problem;
use crate::operations::{Change, Finding, Intent, Parts, Plan, Step};
use crate::{Error, Result};

/// A request to change rows of the master catalog. What it does not name stays.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CatalogEdit {
    /// New, or described differently.
    #[serde(default)]
    pub categories: Vec<Category>,
    /// New or changed, with the versions that are new or changed.
    #[serde(default)]
    pub atoms: Vec<MasterAtom>,
    /// Names; only empty categories can go.
    #[serde(default)]
    pub remove_categories: Vec<String>,
    /// Slugs. Their versions go with them.
    #[serde(default)]
    pub remove_atoms: Vec<String>,
    #[serde(default)]
    pub remove_versions: Vec<VersionKey>,
}

/// # Errors
/// [`Error::Invalid`] with every field that is wrong, by the names `categories[0].name`, `atoms[0].slug`,
/// `atoms[0].versions[1].configSchema` and so on.
pub(crate) async fn plan_edit(conn: &mut PgConnection, request: CatalogEdit) -> Result<Plan> {
    let mut problems = problems_within(&request);
    let master = store::catalog(conn, MASTER).await?;
    problems.extend(problems_with(&request, &master));
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let mut wanted = Wanted::from(request.clone());
    let in_categories = categories_in_use(&request, &wanted, &master);
    if !in_categories.is_empty() {
        return Err(Error::Invalid(in_categories));
    }
    let difference = wanted.measure(conn, &master).await?.map_err(|faults| {
        Error::Invalid(faults.iter().map(|(index, fault)| of_atom(*index, fault)).collect())
    })?;
    let mut parts = Parts::default();
    if difference.unchanged > 0 {
        parts.findings.push(Finding::AtomsUnchanged { atoms: difference.unchanged });
    }
    if !difference.is_empty() {
        parts.inverse = Some(difference.inverse());
        parts.changes.push(Change::EditCatalog {
            categories: difference.categories,
            added: difference.added,
            changed: difference.changed,
            removed_categories: difference.removed_categories,
            removed_atoms: difference.removed_atoms,
            removed_versions: difference.removed_versions,
        });
    }
    Ok(Plan::new(Intent::EditCatalog(request), "catalog", parts))
}

/// Makes the edit of a plan.
pub(super) async fn make(conn: &mut PgConnection, plan: &Plan, step: &Step<'_, '_>) -> Result<bool> {
    let Intent::EditCatalog(request) = &plan.intent else { return Ok(true) };
    let mut wanted = Wanted::from(request.clone());
    wanted.write(conn, step).await?;
    Ok(true)
}

fn of_atom(index: usize, fault: &Fault) -> Problem {
    problem(&format!("atoms[{index}].{}", fault.path()), &*fault.reason)
}

/// What is wrong with the request whatever the master catalog holds.
fn problems_within(request: &CatalogEdit) -> Vec<Problem> {
    let mut checker = Checker::default();
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    for (index, category) in request.categories.iter().enumerate() {
        let repeated = || {
            (!seen.insert(&category.name)).then(|| format!("the category `{}` stands twice", category.name))
        };
        let fault = check::category_fault(&category.name, Some(&category.description)).or_else(repeated);
        problems.extend(fault.map(|reason| problem(&format!("categories[{index}].name"), reason)));
    }
    for (index, atom) in request.atoms.iter().enumerate() {
        problems.extend(checker.faults(atom).iter().map(|fault| of_atom(index, fault)));
    }
    let fields: Vec<_> = (0..request.atoms.len()).map(|index| format!("atoms[{index}]")).collect();
    let named = fields.iter().map(String::as_str).zip(&request.atoms);
    problems.extend(check::repeated(named).iter().map(|(index, fault)| of_atom(*index, fault)));
    problems
}

/// What does not fit the master catalog as it is.
fn problems_with(request: &CatalogEdit, master: &MasterCatalog) -> Vec<Problem> {
    let mut problems = Vec::new();
    let known: HashSet<_> = master.categories.iter().chain(&request.categories).map(|c| &c.name).collect();
    for (index, atom) in request.atoms.iter().enumerate() {
        if !known.contains(&atom.category) {
            let reason = format!("the catalog has no category `{}`", atom.category);
            problems.push(of_atom(index, &Fault::new("category", reason)));
        }
    }
    let given: HashSet<_> = request.atoms.iter().map(|atom| &atom.slug).collect();
    let slugs: HashSet<_> = master.atoms.iter().map(|atom| &atom.slug).collect();
    for (index, slug) in request.remove_atoms.iter().enumerate() {
        let at = format!("removeAtoms[{index}]");
        if given.contains(slug) {
            problems.push(problem(&at, format!("the atom `{slug}` cannot be changed and removed at once")));
        } else if !slugs.contains(slug) {
            problems.push(problem(&at, format!("the catalog has no atom `{slug}`")));
        }
    }
    let pairs = |atoms: &[MasterAtom]| -> HashSet<(String, String)> {
        let of = |atom: &MasterAtom| {
            let slug = atom.slug.clone();
            atom.versions.iter().map(move |v| (slug.clone(), v.version.clone())).collect::<Vec<_>>()
        };
        atoms.iter().flat_map(of).collect()
    };
    if !request.remove_versions.is_empty() {
        let (given, known) = (pairs(&request.atoms), pairs(&master.atoms));
        for (index, VersionKey { slug, version }) in request.remove_versions.iter().enumerate() {
            let at = format!("removeVersions[{index}]");
            let key = (slug.clone(), version.clone());
            if given.contains(&key) {
                let reason = format!("version `{version}` of `{slug}` cannot be changed and removed at once");
                problems.push(problem(&at, reason));
            } else if !known.contains(&key) {
                problems.push(problem(&at, format!("the catalog has no version `{version}` of `{slug}`")));
            }
        }
    }
    problems
}

/// Categories that are to go and have atoms.
fn categories_in_use(request: &CatalogEdit, wanted: &Wanted, master: &MasterCatalog) -> Vec<Problem> {
    if request.remove_categories.is_empty() {
        return Vec::new();
    }
    let known: HashSet<_> = master.categories.iter().map(|category| &category.name).collect();
    let given: HashSet<_> = request.categories.iter().map(|category| &category.name).collect();
    let atoms = staying_in(wanted, master);
    let fault = |name: &String| {
        if given.contains(name) {
            return Some(format!("the category `{name}` cannot be changed and removed at once"));
        }
        if !known.contains(name) {
            return Some(format!("the catalog has no category `{name}`"));
        }
        let mut atoms = atoms.get(name.as_str())?.clone();
        atoms.sort_unstable();
        Some(format!(
            "the category `{name}` has the atoms {}; give them another category first",
            atoms.join(", ")
        ))
    };
    let faults = request.remove_categories.iter().enumerate();
    faults
        .filter_map(|(index, name)| Some(problem(&format!("removeCategories[{index}]"), fault(name)?)))
        .collect()
}
