//! What must become of domains, said as slowly and plainly as possible: every rule looks at every row.

use std::collections::BTreeMap;

use super::cases::{Name, Op, Policy, schema};

/// A stored domain, in the order in which the platform has them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub domain: String,
    pub tenant: usize,
    pub primary: bool,
}

/// Whose a domain is, and whether as the primary one.
pub type Place = Option<(usize, bool)>;

/// A domain that an operation changed: as it was, and as it became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    pub domain: String,
    pub before: Place,
    pub after: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    Invalid,
    Taken,
    NotFound,
    PrimaryNeeded,
}

/// What somebody wants of a domain: whose it shall be, and whether it shall be the primary one.
struct Wish {
    domain: String,
    tenant: Option<usize>,
    primary: bool,
}

/// The rows of a platform, those of the first tenant first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Model(pub Vec<Row>);

impl Model {
    pub fn place(&self, domain: &str) -> Place {
        self.0.iter().find(|row| row.domain == domain).map(|row| (row.tenant, row.primary))
    }

    pub fn places(&self) -> BTreeMap<&str, (usize, bool)> {
        self.0.iter().map(|row| (row.domain.as_str(), (row.tenant, row.primary))).collect()
    }

    fn holder(&self, domain: &str) -> Option<usize> {
        self.place(domain).map(|(tenant, _)| tenant)
    }

    /// The stored domain that is meant: exactly what was typed, else its normal form.
    fn meant(&self, name: &Name) -> Result<String, Refused> {
        let forms = [Some(name.typed), name.normal];
        let found = forms.into_iter().flatten().find(|form| self.place(form).is_some());
        found.map(str::to_owned).ok_or(Refused::NotFound)
    }

    /// What is changed by an operation, in the order of the rows; those that were not there come last.
    pub fn after(&self, op: &Op, tenants: usize) -> Result<Vec<Changed>, Refused> {
        let wishes = match op {
            Op::Add { tenant, names, policy } => self.add(*tenant, names, *policy)?,
            Op::Move { names, to } => self.moved(names, *to)?,
            Op::Remove(name) => {
                let domain = self.meant(name)?;
                if self.place(&domain).is_some_and(|(_, primary)| primary) {
                    return Err(Refused::PrimaryNeeded);
                }
                vec![Wish { domain, tenant: None, primary: false }]
            }
            Op::MakePrimary(name) => {
                let domain = self.meant(name)?;
                vec![Wish { tenant: self.holder(&domain), domain, primary: true }]
            }
            Op::Import { rows, policy, only_valid } => self.import(rows, *policy, *only_valid, tenants)?,
            Op::Undo(_) => unreachable!("what it takes back is known to whoever asks"),
        };
        Ok(self.fulfil(&wishes))
    }

    fn add(&self, tenant: usize, names: &[Name], policy: Policy) -> Result<Vec<Wish>, Refused> {
        let mut wishes: Vec<Wish> = Vec::new();
        let mut seen = Vec::new();
        for name in names {
            let normal = name.normal.ok_or(Refused::Invalid)?;
            if seen.contains(&normal) {
                return Err(Refused::Invalid);
            }
            seen.push(normal);
        }
        for domain in seen {
            match self.holder(domain) {
                Some(holder) if holder == tenant => {}
                Some(_) if policy == Policy::Fail => return Err(Refused::Taken),
                Some(_) if policy == Policy::Skip => {}
                _ => wishes.push(Wish { domain: domain.to_owned(), tenant: Some(tenant), primary: false }),
            }
        }
        Ok(wishes)
    }

    fn moved(&self, names: &[Name], to: usize) -> Result<Vec<Wish>, Refused> {
        let mut wishes = Vec::new();
        for name in names {
            let domain = self.meant(name)?;
            if self.holder(&domain) != Some(to) {
                wishes.push(Wish { domain, tenant: Some(to), primary: false });
            }
        }
        Ok(wishes)
    }

    fn import(
        &self,
        rows: &[super::cases::ImportedRow],
        policy: Policy,
        only_valid: bool,
        tenants: usize,
    ) -> Result<Vec<Wish>, Refused> {
        let (mut wishes, mut bad) = (Vec::new(), None);
        let (mut seen, mut with_primary) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(domain) = row.name.normal else {
                bad = bad.or(Some(Refused::Invalid));
                continue;
            };
            if row.tenant >= tenants || seen.contains(&domain) {
                bad = bad.or(Some(Refused::Invalid));
                continue;
            }
            seen.push(domain);
            if row.primary {
                if with_primary.contains(&row.tenant) {
                    bad = bad.or(Some(Refused::Invalid));
                    continue;
                }
                with_primary.push(row.tenant);
            }
            match self.holder(domain) {
                Some(holder) if holder != row.tenant => match row.policy.unwrap_or(policy) {
                    // It is told before anything else that is wrong.
                    Policy::Fail => {
                        bad = Some(Refused::Taken);
                        continue;
                    }
                    Policy::Skip => continue,
                    Policy::Move => {}
                },
                Some(_) if !row.primary => continue,
                _ => {}
            }
            wishes.push(Wish { domain: domain.to_owned(), tenant: Some(row.tenant), primary: row.primary });
        }
        bad.filter(|_| !only_valid).map_or(Ok(wishes), Err)
    }

    /// Takes an operation back, as far as the domains are as it left them.
    pub fn undone(&self, changed: &[Changed]) -> Result<Vec<Changed>, Refused> {
        let tenant = |place: Place| place.map(|(tenant, _)| tenant);
        let mut wishes = Vec::new();
        let mut came_and_became_primary = Vec::new();
        for was in changed {
            let now = self.place(&was.domain);
            if now == was.before {
                continue;
            }
            if tenant(now) != tenant(was.after) {
                if changed.len() == 1 && now.is_some() {
                    return Err(Refused::Taken);
                }
                continue;
            }
            if let (None, Some((_, false)), Some((holder, true))) = (was.before, was.after, now) {
                came_and_became_primary.push(holder);
            }
            let (tenant, primary) = was.before.map_or((None, false), |(t, primary)| (Some(t), primary));
            wishes.push(Wish { domain: was.domain.clone(), tenant, primary });
        }
        let back = self.fulfil(&wishes);
        let afterwards = self.with(&back);
        let others = |holder: &usize| afterwards.0.iter().any(|row| row.tenant == *holder);
        if came_and_became_primary.iter().any(others) {
            return Err(Refused::PrimaryNeeded);
        }
        Ok(back)
    }

    /// All wishes are fulfilled, and every tenant concerned has one primary domain: the one that is wished for, else the
    /// one that it was, else the first that the public can reach, else the first.
    fn fulfil(&self, wishes: &[Wish]) -> Vec<Changed> {
        let mut seats: Vec<(String, Place, Option<usize>)> = self
            .0
            .iter()
            .map(|row| (row.domain.clone(), Some((row.tenant, row.primary)), Some(row.tenant)))
            .collect();
        let mut concerned = Vec::new();
        for wish in wishes {
            if !seats.iter().any(|(domain, ..)| *domain == wish.domain) {
                seats.push((wish.domain.clone(), None, None));
            }
            let seat = seats.iter_mut().find(|(domain, ..)| *domain == wish.domain).unwrap();
            concerned.extend(seat.1.map(|(tenant, _)| tenant));
            concerned.extend(wish.tenant);
            seat.2 = wish.tenant;
        }
        let is_wanted = |domain: &str| wishes.iter().any(|wish| wish.domain == domain && wish.primary);
        let primary_of = |tenant: usize| {
            let own = || seats.iter().filter(move |(.., to_be)| *to_be == Some(tenant));
            own()
                .find(|(domain, ..)| is_wanted(domain))
                .or_else(|| own().find(|(_, was, _)| *was == Some((tenant, true))))
                .or_else(|| own().find(|(domain, ..)| super::cases::is_public(domain)))
                .or_else(|| own().next())
                .map(|(domain, ..)| domain.clone())
        };
        let to_be = |domain: &str, was: Place, tenant: usize| {
            let primary = if concerned.contains(&tenant) {
                primary_of(tenant).as_deref() == Some(domain)
            } else {
                was == Some((tenant, true))
            };
            (tenant, primary)
        };
        let changed = seats.iter().map(|(domain, was, tenant)| Changed {
            domain: domain.clone(),
            before: *was,
            after: tenant.map(|tenant| to_be(domain, *was, tenant)),
        });
        changed.filter(|changed| changed.before != changed.after).collect()
    }

    /// With changes made.
    pub fn with(&self, changes: &[Changed]) -> Self {
        let mut rows = self.0.clone();
        for Changed { domain, after, .. } in changes {
            rows.retain(|row| row.domain != *domain);
            if let Some((tenant, primary)) = *after {
                rows.push(Row { domain: domain.clone(), tenant, primary });
            }
        }
        Self(rows)
    }

    /// Every tenant with domains has exactly one primary one.
    pub fn is_sound(&self) -> bool {
        let primaries = |tenant| self.0.iter().filter(|row| row.tenant == tenant && row.primary).count();
        self.0.iter().all(|row| primaries(row.tenant) == 1)
    }

    /// The platform's copy of each tenant's primary domain.
    pub fn copies(&self, tenants: usize) -> Vec<String> {
        let copy = |tenant| {
            let primary = self.0.iter().find(|row| row.tenant == tenant && row.primary);
            format!("{} {}", schema(tenant), primary.map_or("", |row| &row.domain))
        };
        (0..tenants).map(copy).collect()
    }
}
