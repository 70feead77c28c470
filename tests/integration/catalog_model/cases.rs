//! Random catalogs, and what happens to them.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tenantry_engine::catalog::{OnConflict, Part, Resolution, RowKey};

use super::model::{Rows, category_of, name_of};

pub const TENANTS: usize = 3;
const CATEGORIES: [&str; 3] = ["Input", "Output", "Own"];
const SLUGS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];
const NAMES: [&str; 7] = ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta"];
const TEXTS: [&str; 3] = ["", "in words", "in other words"];
const VERSIONS: [&str; 2] = ["1.0", "2.0"];

/// What somebody does to a catalog by hand.
#[derive(Debug, Clone)]
pub enum Edit {
    Category(&'static str, &'static str),
    /// Unless an atom is in it.
    RemoveCategory(&'static str),
    Atom {
        slug: &'static str,
        /// Whoever has it takes the name that this one had, or the edit is none.
        name: &'static str,
        text: &'static str,
        category: &'static str,
    },
    /// With its versions.
    RemoveAtom(&'static str),
    Version {
        slug: &'static str,
        version: &'static str,
        text: &'static str,
        active: bool,
    },
    /// Switches it on or off.
    Toggle(&'static str, &'static str),
    RemoveVersion(&'static str, &'static str),
}

impl Edit {
    pub fn make(&self, rows: &mut Rows) {
        match *self {
            Self::Category(name, text) => {
                rows.insert(RowKey::category(name), vec![text.to_owned()]);
            }
            Self::RemoveCategory(name) => {
                let is_in_it = |(row, content): (&RowKey, &Vec<String>)| {
                    row.part == Part::Atom && category_of(content) == name
                };
                if !rows.iter().any(is_in_it) {
                    rows.remove(&RowKey::category(name));
                }
            }
            Self::Atom { slug, name, text, category } => {
                let own = RowKey::atom(slug);
                let holder = rows
                    .iter()
                    .find(|(row, content)| row.part == Part::Atom && **row != own && name_of(content) == name)
                    .map(|(row, _)| row.clone());
                let before = rows.get(&own).map(|content| name_of(content).to_owned());
                match (holder, before) {
                    (Some(_), None) => return,
                    (Some(holder), Some(before)) => {
                        rows.get_mut(&holder).unwrap()[0] = before;
                    }
                    (None, _) => {}
                }
                rows.entry(RowKey::category(category)).or_insert_with(|| vec![String::new()]);
                rows.insert(own, [name, text, category].map(str::to_owned).to_vec());
            }
            Self::RemoveAtom(slug) => rows.retain(|row, _| row.part == Part::Category || row.key != slug),
            Self::Version { slug, version, text, active } => {
                if rows.contains_key(&RowKey::atom(slug)) {
                    let settings = format!(r#"{{"length": {}}}"#, text.len());
                    let active = if active { "t" } else { "f" };
                    let content = ["2026-02-01", text, &settings, active].map(str::to_owned);
                    rows.insert(RowKey::version(slug, version), content.to_vec());
                }
            }
            Self::Toggle(slug, version) => {
                if let Some(content) = rows.get_mut(&RowKey::version(slug, version)) {
                    content[3] = String::from(if content[3] == "t" { "f" } else { "t" });
                }
            }
            Self::RemoveVersion(slug, version) => {
                rows.remove(&RowKey::version(slug, version));
            }
        }
    }
}

#[derive(Debug, Clone)]
pub enum Then {
    Stay,
    /// It is taken back at once.
    Back,
    /// The tenant goes on, and then it is taken back.
    EditAndBack(Vec<Edit>),
}

#[derive(Debug, Clone)]
pub enum Op {
    /// The master catalog is edited and released.
    Release(Vec<Edit>),
    Edit {
        tenant: usize,
        edits: Vec<Edit>,
    },
    Synchronise {
        tenant: usize,
        /// `None` stands for the newest.
        release: Option<Index>,
        policy: OnConflict,
        said: Vec<(RowKey, Resolution)>,
        then: Then,
    },
    /// Every row of every tenant is compared.
    Compare,
}

/// What the master catalog is to begin with, and what happens then.
#[derive(Debug, Clone)]
pub struct Case {
    pub master: Vec<Edit>,
    pub ops: Vec<Op>,
}

pub fn case() -> impl Strategy<Value = Case> {
    let (master, ops) = (prop::collection::vec(edit(), 8..30), prop::collection::vec(op(), 2..14));
    (master, ops).prop_map(|(master, ops)| Case { master, ops })
}

fn edit() -> impl Strategy<Value = Edit> {
    let (slug, version) = (|| select(&SLUGS[..]), || select(&VERSIONS[..]));
    let (category, text) = (|| select(&CATEGORIES[..]), || select(&TEXTS[..]));
    prop_oneof![
        2 => (category(), text()).prop_map(|(name, text)| Edit::Category(name, text)),
        1 => category().prop_map(Edit::RemoveCategory),
        6 => (slug(), select(&NAMES[..]), text(), category())
            .prop_map(|(slug, name, text, category)| Edit::Atom { slug, name, text, category }),
        2 => slug().prop_map(Edit::RemoveAtom),
        5 => (slug(), version(), text(), any::<bool>())
            .prop_map(|(slug, version, text, active)| Edit::Version { slug, version, text, active }),
        2 => (slug(), version()).prop_map(|(slug, version)| Edit::Toggle(slug, version)),
        2 => (slug(), version()).prop_map(|(slug, version)| Edit::RemoveVersion(slug, version)),
    ]
}

fn op() -> impl Strategy<Value = Op> {
    let edits = || prop::collection::vec(edit(), 1..6);
    let row = prop_oneof![
        select(&CATEGORIES[..]).prop_map(RowKey::category),
        select(&SLUGS[..]).prop_map(RowKey::atom),
        (select(&SLUGS[..]), select(&VERSIONS[..]))
            .prop_map(|(slug, version)| RowKey::version(slug, version)),
    ];
    let choice = prop_oneof![Just(Resolution::Keep), Just(Resolution::Take)];
    let policy = prop_oneof![
        1 => Just(OnConflict::Stop),
        3 => Just(OnConflict::Keep),
        3 => Just(OnConflict::Take)
    ];
    let then = prop_oneof![
        4 => Just(Then::Stay),
        1 => Just(Then::Back),
        1 => edits().prop_map(Then::EditAndBack)
    ];
    let synchronise = (
        0..TENANTS,
        prop::option::weighted(0.25, any::<Index>()),
        policy,
        prop::collection::vec((row, choice), 0..3),
        then,
    );
    prop_oneof![
        3 => edits().prop_map(Op::Release),
        4 => (0..TENANTS, edits()).prop_map(|(tenant, edits)| Op::Edit { tenant, edits }),
        6 => synchronise.prop_map(|(tenant, release, policy, said, then)| {
            Op::Synchronise { tenant, release, policy, said, then }
        }),
        1 => Just(Op::Compare),
    ]
}
