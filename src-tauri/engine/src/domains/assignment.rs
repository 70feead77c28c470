//! Whose domains are, and whose they shall be. Every change of domains is made here: read the tenants concerned, say what
//! shall be, and take from it the changes, what they rest on and what takes them back.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::store::{self, AssignmentRow};
use crate::names::{DomainKind, SchemaName, normalise};
use crate::operations::{Basis, Change, Finding, Inverse, Parts};
use crate::tenants::Owner;
use crate::{Result, digest};

/// What a domain is to a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Assignment {
    pub schema: SchemaName,
    pub primary: bool,
}

/// A domain as it was before an operation and after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Reassignment {
    pub domain: String,
    pub before: Option<Assignment>,
    pub after: Option<Assignment>,
    /// The whole row, as JSON, where the operation removed it.
    pub row: Option<String>,
}

/// The domains of all tenants that a request concerns.
pub(super) struct Assignments {
    seats: Vec<Seat>,
    by_domain: HashMap<String, usize>,
    names: BTreeMap<SchemaName, String>,
    keys: BTreeMap<SchemaName, String>,
}

/// A tenant whose domains change: which it has, and which it will have, by their places.
#[derive(Default)]
struct Concerned {
    has: Vec<usize>,
    will_have: Vec<usize>,
}

struct Seat {
    domain: String,
    before: Option<Assignment>,
    after: Option<Assignment>,
    version: String,
    row: Option<String>,
    /// The request itself says that it shall be the primary one.
    wanted: bool,
    touched: bool,
}

impl Assignments {
    /// Reads whoever has one of the domains, and the tenants named, with all of their domains.
    pub async fn read(conn: &mut PgConnection, domains: &[String], schemas: &[SchemaName]) -> Result<Self> {
        let schemas: Vec<_> = schemas.iter().map(ToString::to_string).collect();
        let mut read = Self {
            seats: Vec::new(),
            by_domain: HashMap::new(),
            names: BTreeMap::new(),
            keys: BTreeMap::new(),
        };
        for AssignmentRow { domain, primary, schema, name, key, version } in
            store::assignments(conn, domains, &schemas).await?
        {
            if let (Some(domain), Some(primary)) = (domain, primary) {
                let is = Some(Assignment { schema: schema.clone(), primary });
                read.take_in(Seat { version, ..Seat::new(domain, is.clone(), is) });
            }
            read.keys.insert(schema.clone(), key);
            read.names.insert(schema, name);
        }
        Ok(read)
    }

    /// Who has a domain.
    pub fn owner(&self, domain: &str) -> Option<(Owner, bool)> {
        let before = self.seat(domain)?.before.as_ref()?;
        Some((self.tenant(&before.schema)?, before.primary))
    }

    pub fn tenant(&self, schema: &SchemaName) -> Option<Owner> {
        self.names.get(schema).map(|name| Owner { schema: schema.clone(), name: name.clone() })
    }

    /// How many domains a tenant will have.
    pub fn will_have(&self, schema: &SchemaName) -> usize {
        self.seats.iter().filter(|seat| seat.tenant_to_be() == Some(schema)).count()
    }

    /// Gives a domain to a tenant, from whoever has it.
    pub fn assign(&mut self, domain: &str, schema: &SchemaName) {
        self.change(domain, Some(Assignment { schema: schema.clone(), primary: false }));
    }

    pub fn remove(&mut self, domain: &str) {
        self.change(domain, None);
    }

    /// Makes a domain the primary one of whoever will have it.
    pub fn make_primary(&mut self, domain: &str) {
        if let Some(seat) = self.by_domain.get(domain).and_then(|index| self.seats.get_mut(*index)) {
            seat.wanted = true;
            seat.touched = true;
            if let Some(after) = &mut seat.after {
                after.primary = true;
            }
        }
    }

    /// Puts a domain back as it was before an operation. `false` where it is not as that operation left it.
    pub fn restore(&mut self, was: &Reassignment) -> bool {
        let now = self.seat(&was.domain).and_then(|seat| seat.before.clone());
        if now == was.before {
            return true;
        }
        let same_place = |a: &Option<Assignment>, b: &Option<Assignment>| {
            a.as_ref().map(|a| &a.schema) == b.as_ref().map(|b| &b.schema)
        };
        if !same_place(&now, &was.after)
            || was.before.as_ref().is_some_and(|to| !self.names.contains_key(&to.schema))
        {
            return false;
        }
        self.change(&was.domain, was.before.clone());
        if let Some(seat) = self.by_domain.get(&was.domain).and_then(|index| self.seats.get_mut(*index)) {
            seat.wanted = was.before.as_ref().is_some_and(|before| before.primary);
            seat.row.clone_from(&was.row);
        }
        true
    }

    /// What all of it comes to. Every tenant concerned has one primary domain afterwards, if it has any.
    pub async fn into_parts(mut self, conn: &mut PgConnection) -> Result<Parts> {
        self.settle();
        let removed = self.changed().filter(|seat| seat.after.is_none()).map(|seat| seat.domain.clone());
        let rows = store::whole_rows(conn, &removed.collect::<Vec<_>>()).await?;
        let mut parts = Parts { changes: self.changes(), basis: vec![self.basis()], ..Parts::default() };
        parts.findings.extend(self.left_without());
        let reassigned = self.changed().map(|seat| Reassignment {
            domain: seat.domain.clone(),
            before: seat.before.clone(),
            after: seat.after.clone(),
            row: rows.get(&seat.domain).cloned(),
        });
        let domains: Vec<_> = reassigned.collect();
        let tenants = self.keys_of(&domains);
        parts.inverse = Some(Inverse::RestoreDomains { domains, approved: Vec::new(), tenants });
        Ok(parts)
    }

    /// The tenants of an inverse, by schema: whose a schema is may be another's when it is undone.
    fn keys_of(&self, domains: &[Reassignment]) -> BTreeMap<SchemaName, String> {
        let sides = domains.iter().flat_map(|was| [&was.before, &was.after]).flatten();
        sides
            .filter_map(|side| self.keys.get_key_value(&side.schema))
            .map(|(s, k)| (s.clone(), k.clone()))
            .collect()
    }

    fn settle(&mut self) {
        for (schema, concerned) in self.concerned() {
            let kept = self.primary_to_be(&schema, &concerned.will_have);
            for index in concerned.will_have {
                if let Some(after) = &mut self.seats[index].after {
                    after.primary = kept == Some(index);
                }
            }
        }
    }

    /// Of a tenant's domains: the one that is asked for, else the one that is it already, else the first that the public
    /// can reach, else the first.
    fn primary_to_be(&self, schema: &SchemaName, own: &[usize]) -> Option<usize> {
        let find =
            |holds: &dyn Fn(&Seat) -> bool| own.iter().copied().find(|index| holds(&self.seats[*index]));
        let is_it = |seat: &Seat| seat.before.as_ref().is_some_and(|b| b.primary && b.schema == *schema);
        find(&|seat| seat.wanted)
            .or_else(|| find(&is_it))
            .or_else(|| find(&|seat| is_public(&seat.domain)))
            .or_else(|| own.first().copied())
    }

    /// The tenants whose domains change, each with those that it has and will have.
    fn concerned(&self) -> BTreeMap<SchemaName, Concerned> {
        let touched = self.seats.iter().filter(|seat| seat.touched);
        let schemas =
            touched.flat_map(|seat| [&seat.before, &seat.after]).flatten().map(|a| a.schema.clone());
        let mut concerned: BTreeMap<_, _> = schemas.map(|schema| (schema, Concerned::default())).collect();
        for (index, seat) in self.seats.iter().enumerate() {
            let mut note = |side: &Option<Assignment>, list: fn(&mut Concerned) -> &mut Vec<usize>| {
                if let Some(tenant) = side.as_ref().and_then(|a| concerned.get_mut(&a.schema)) {
                    list(tenant).push(index);
                }
            };
            note(&seat.before, |tenant| &mut tenant.has);
            note(&seat.after, |tenant| &mut tenant.will_have);
        }
        concerned
    }

    fn changes(&self) -> Vec<Change> {
        let (mut removed, mut moved, mut added) = (Vec::new(), Vec::new(), Vec::new());
        let concerned = self.concerned();
        let demoting: BTreeSet<_> =
            self.seats.iter().filter(|seat| seat.is_demoted()).filter_map(Seat::tenant_to_be).collect();
        for seat in self.changed() {
            let domain = seat.domain.clone();
            match (&seat.before, &seat.after) {
                (Some(before), None) => {
                    removed.push(Change::RemoveDomain { schema: before.schema.clone(), domain });
                }
                (None, Some(after)) => {
                    let (schema, primary) =
                        (after.schema.clone(), after.primary && !demoting.contains(&&after.schema));
                    added.push(match seat.row.clone() {
                        Some(row) => Change::PutBackDomain { schema, domain, primary, row },
                        None => Change::AddDomain { schema, domain, primary },
                    });
                }
                (Some(before), Some(after)) if before.schema != after.schema => {
                    moved.push(Change::MoveDomain {
                        domain,
                        from: before.schema.clone(),
                        to: after.schema.clone(),
                        was_primary: before.primary,
                        primary: after.primary && !demoting.contains(&&after.schema),
                    });
                }
                _ => {}
            }
        }
        [removed, moved, added, self.changes_of_primary(&concerned)].concat()
    }

    /// Where a domain that stays with its tenant becomes primary, or is it no longer.
    fn changes_of_primary(&self, concerned: &BTreeMap<SchemaName, Concerned>) -> Vec<Change> {
        let mut changes = Vec::new();
        for (schema, tenant) in concerned {
            let will_have = tenant.will_have.iter().map(|index| &self.seats[*index]);
            let Some(after) = will_have.clone().find(|seat| seat.after.as_ref().is_some_and(|a| a.primary))
            else {
                continue;
            };
            let change = |before: Option<&Seat>| Change::ChangePrimary {
                schema: schema.clone(),
                before: before.map(|seat| seat.domain.clone()),
                after: after.domain.clone(),
            };
            let demoted: Vec<_> = will_have.filter(|seat| seat.is_demoted()).collect();
            if demoted.is_empty() && after.is_promoted() {
                let had = tenant.has.iter().map(|index| &self.seats[*index]);
                changes.push(change(
                    had.into_iter().find(|seat| seat.before.as_ref().is_some_and(|b| b.primary)),
                ));
            }
            changes.extend(demoted.into_iter().map(|seat| change(Some(seat))));
        }
        changes
    }

    fn left_without(&self) -> Vec<Finding> {
        let without = self
            .concerned()
            .into_iter()
            .filter(|(_, tenant)| !tenant.has.is_empty() && tenant.will_have.is_empty());
        without
            .filter_map(|(schema, _)| self.tenant(&schema))
            .map(|tenant| Finding::LeftWithoutDomain { tenant })
            .collect()
    }

    /// All that was read, in one version.
    pub fn basis(&self) -> Basis {
        let mut versions: Vec<_> =
            self.seats.iter().map(|seat| seat.version.as_str()).filter(|v| !v.is_empty()).collect();
        versions.sort_unstable();
        let names: Vec<_> = self.names.keys().map(SchemaName::as_str).collect();
        let row = match names.as_slice() {
            [schema] => format!("domains of {schema}"),
            several => format!("domains of {} tenants", several.len()),
        };
        Basis { row, version: digest::of(&(names, versions)) }
    }

    fn changed(&self) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(|seat| seat.before != seat.after)
    }

    fn seat(&self, domain: &str) -> Option<&Seat> {
        self.by_domain.get(domain).and_then(|index| self.seats.get(*index))
    }

    fn change(&mut self, domain: &str, after: Option<Assignment>) {
        if !self.by_domain.contains_key(domain) {
            self.take_in(Seat::new(domain.to_owned(), None, None));
        }
        if let Some(seat) = self.by_domain.get(domain).and_then(|index| self.seats.get_mut(*index)) {
            seat.after = after;
            seat.touched = true;
        }
    }

    fn take_in(&mut self, seat: Seat) {
        self.by_domain.insert(seat.domain.clone(), self.seats.len());
        self.seats.push(seat);
    }
}

impl Seat {
    /// Stays with its tenant and is not its primary one any longer.
    fn is_demoted(&self) -> bool {
        self.stays().is_some_and(|(before, after)| before.primary && !after.primary)
    }

    /// Stays with its tenant and becomes its primary one.
    fn is_promoted(&self) -> bool {
        self.stays().is_some_and(|(before, after)| !before.primary && after.primary)
    }

    fn stays(&self) -> Option<(&Assignment, &Assignment)> {
        let sides = self.before.as_ref().zip(self.after.as_ref());
        sides.filter(|(before, after)| before.schema == after.schema)
    }

    fn tenant_to_be(&self) -> Option<&SchemaName> {
        self.after.as_ref().map(|after| &after.schema)
    }

    fn new(domain: String, before: Option<Assignment>, after: Option<Assignment>) -> Self {
        Self { domain, before, after, version: String::new(), row: None, wanted: false, touched: false }
    }
}

/// What becomes the primary domain of a tenant that has these left, in the order in which the platform has them.
pub(crate) fn next_primary(left: Vec<String>) -> Option<String> {
    let place = left.iter().position(|domain| is_public(domain)).unwrap_or(0);
    left.into_iter().nth(place)
}

fn is_public(domain: &str) -> bool {
    normalise("domain", domain).is_ok_and(|name| name.kind == DomainKind::Public && name.stored == domain)
}
