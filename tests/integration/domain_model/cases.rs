//! Random fleets, and random intents about them.

use std::fmt;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tenantry_engine::domains::{AddDomains, DomainRef, IfTaken, ImportDomains, ImportRow, MoveDomains};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, OperationId, UndoOperation};

/// A name as it is typed, and the form in which it would be stored: none where it is no name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name {
    pub typed: &'static str,
    pub normal: Option<&'static str>,
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.typed)
    }
}

const fn name(typed: &'static str, normal: &'static str) -> Name {
    Name { typed, normal: Some(normal) }
}

/// What rows there may be: names in the form that is stored, and a few that no request reaches.
pub const STORED: [&str; 28] = [
    "a.example",
    "b.example",
    "c.example",
    "d.example",
    "e.example",
    "f.example",
    "g.example",
    "h.example",
    "shop.a.example",
    "shop.b.example",
    "shop.c.example",
    "i.example",
    "j.example",
    "k.example",
    "l.example",
    "xn--mnchen-3ya.example",
    "xn--r8jz45g.xn--zckzah",
    "localhost",
    "a.localhost",
    "10.0.0.5",
    "192.168.7.1",
    "odd.example",
    "Odd.example",
    "www.odd.example",
    "odd.example:8000",
    "odd.example.",
    "odd_one.example",
    "MÜNCHEN.example",
];

/// What is typed.
const TYPED: [Name; 44] = [
    name("a.example", "a.example"),
    name("b.example", "b.example"),
    name("c.example", "c.example"),
    name("d.example", "d.example"),
    name("e.example", "e.example"),
    name("f.example", "f.example"),
    name("g.example", "g.example"),
    name("h.example", "h.example"),
    name("i.example", "i.example"),
    name("j.example", "j.example"),
    name("k.example", "k.example"),
    name("l.example", "l.example"),
    name("shop.a.example", "shop.a.example"),
    name("shop.b.example", "shop.b.example"),
    name("shop.c.example", "shop.c.example"),
    name("A.Example", "a.example"),
    name("www.b.example", "b.example"),
    name("c.example.", "c.example"),
    name(" d.example\t", "d.example"),
    name("WWW.E.EXAMPLE.", "e.example"),
    name("xn--mnchen-3ya.example", "xn--mnchen-3ya.example"),
    name("münchen.example", "xn--mnchen-3ya.example"),
    name("MÜNCHEN.example", "xn--mnchen-3ya.example"),
    name("例え.テスト", "xn--r8jz45g.xn--zckzah"),
    name("xn--r8jz45g.xn--zckzah", "xn--r8jz45g.xn--zckzah"),
    name("localhost", "localhost"),
    name("LocalHost", "localhost"),
    name("a.localhost", "a.localhost"),
    name("10.0.0.5", "10.0.0.5"),
    name("192.168.7.1", "192.168.7.1"),
    name("odd.example", "odd.example"),
    name("Odd.example", "odd.example"),
    name("www.odd.example", "odd.example"),
    name("odd.example.", "odd.example"),
    Name { typed: "odd.example:8000", normal: None },
    Name { typed: "odd_one.example", normal: None },
    Name { typed: "https://a.example/", normal: None },
    Name { typed: "", normal: None },
    name("m.example", "m.example"),
    name("n.example", "n.example"),
    name("o.example", "o.example"),
    name("p.example", "p.example"),
    name("q.localhost", "q.localhost"),
    name("r.example", "r.example"),
];

/// Names of developers' machines, and rows in no normal form, are the last to become primary.
pub fn is_public(stored: &str) -> bool {
    let is_odd = stored.starts_with("www.")
        || stored.ends_with('.')
        || stored.contains([':', '_'])
        || stored.contains(char::is_uppercase);
    !is_odd && !stored.ends_with("localhost") && !stored.starts_with("10.") && !stored.starts_with("192.")
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Skip,
    Fail,
    Move,
}

impl From<Policy> for IfTaken {
    fn from(policy: Policy) -> Self {
        match policy {
            Policy::Skip => Self::Skip,
            Policy::Fail => Self::Fail,
            Policy::Move => Self::Move,
        }
    }
}

#[derive(Debug, Clone)]
pub struct ImportedRow {
    pub name: Name,
    pub tenant: usize,
    /// It says the tenant's name, not its schema.
    pub by_name: bool,
    pub primary: bool,
    pub policy: Option<Policy>,
}

#[derive(Debug, Clone)]
pub enum Op {
    Add {
        tenant: usize,
        names: Vec<Name>,
        policy: Policy,
    },
    Move {
        names: Vec<Name>,
        to: usize,
    },
    Remove(Name),
    MakePrimary(Name),
    Import {
        rows: Vec<ImportedRow>,
        policy: Policy,
        only_valid: bool,
    },
    /// Of one of the operations before.
    Undo(Index),
}

/// Tenants, who has which of [`STORED`] and which of them is each tenant's primary one, and what is done then; where it says
/// so, there and back again first.
#[derive(Debug, Clone)]
pub struct Case {
    pub tenants: usize,
    pub owners: Vec<Option<usize>>,
    pub primaries: Vec<Index>,
    pub ops: Vec<(Op, bool)>,
}

/// At most so many domains has a tenant to begin with.
pub const MOST: usize = 8;

pub fn case() -> impl Strategy<Value = Case> {
    (3..=8_usize).prop_flat_map(|tenants| {
        let owners = prop::collection::vec(prop::option::weighted(0.7, 0..tenants), STORED.len());
        let primaries = prop::collection::vec(any::<Index>(), tenants);
        let ops = prop::collection::vec((op(tenants), any::<bool>()), 1..7);
        (Just(tenants), owners, primaries, ops).prop_map(|(tenants, owners, primaries, ops)| Case {
            tenants,
            owners,
            primaries,
            ops,
        })
    })
}

fn op(tenants: usize) -> impl Strategy<Value = Op> {
    let name = || select(&TYPED[..]);
    let names = || prop::collection::vec(select(&TYPED[..]), 1..6);
    let policy = || prop_oneof![1 => Just(Policy::Skip), 1 => Just(Policy::Fail), 3 => Just(Policy::Move)];
    // Seldom a tenant that is not there.
    let row = (name(), 0..=tenants, any::<(bool, bool)>(), prop::option::weighted(0.2, policy())).prop_map(
        |(name, tenant, (by_name, primary), policy)| ImportedRow { name, tenant, by_name, primary, policy },
    );
    let rows = prop::collection::vec(row, 1..9);
    prop_oneof![
        3 => (0..tenants, names(), policy()).prop_map(|(tenant, names, policy)| Op::Add { tenant, names, policy }),
        3 => (names(), 0..tenants).prop_map(|(names, to)| Op::Move { names, to }),
        1 => name().prop_map(Op::Remove),
        1 => name().prop_map(Op::MakePrimary),
        3 => (rows, policy(), prop::bool::weighted(0.8))
            .prop_map(|(rows, policy, only_valid)| Op::Import { rows, policy, only_valid }),
        3 => any::<Index>().prop_map(Op::Undo),
    ]
}

pub fn schema(tenant: usize) -> String {
    format!("t{tenant}")
}

fn typed(names: &[Name]) -> Vec<String> {
    names.iter().map(|name| name.typed.to_owned()).collect()
}

impl Op {
    /// The same as the engine is asked; `None` for an undo of nothing.
    pub fn intent(&self, undone: Option<OperationId>) -> Option<Intent> {
        let existing = |tenant: &usize| SchemaName::existing(schema(*tenant));
        let domain = |name: &Name| DomainRef { domain: name.typed.to_owned() };
        Some(match self {
            Self::Add { tenant, names, policy } => Intent::AddDomains(AddDomains {
                schema: existing(tenant),
                domains: typed(names),
                on_taken: (*policy).into(),
                approval: None,
            }),
            Self::Move { names, to } => {
                Intent::MoveDomains(MoveDomains { domains: typed(names), to: existing(to), approval: None })
            }
            Self::Remove(name) => Intent::RemoveDomain(domain(name)),
            Self::MakePrimary(name) => Intent::MakePrimary(domain(name)),
            Self::Import { rows, policy, only_valid } => Intent::ImportDomains(ImportDomains {
                rows: (1..).zip(rows).map(|(line, row)| row.asked(line)).collect(),
                on_taken: (*policy).into(),
                only_valid: *only_valid,
                approval: None,
            }),
            Self::Undo(_) => Intent::Undo(UndoOperation { operation: undone? }),
        })
    }
}

impl ImportedRow {
    fn asked(&self, line: u32) -> ImportRow {
        let tenant = if self.by_name { format!("TENANT {}", self.tenant) } else { schema(self.tenant) };
        ImportRow {
            line,
            domain: self.name.typed.to_owned(),
            tenant,
            primary: self.primary,
            on_taken: self.policy.map(IfTaken::from),
        }
    }
}
