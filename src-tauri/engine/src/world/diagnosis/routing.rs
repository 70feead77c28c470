//! Does the domain lead to the platform, and which records have to change?

use std::net::IpAddr;

use super::{RoutingState, Step, WhyRemove};
use crate::world::record::zone_of;
use crate::world::{ChainEnd, DnsAnswer, DnsEvidence, DnsRecord, RecordKind, Targets};

/// A domain and what was seen of it, beside where it should lead.
struct Route<'a> {
    domain: &'a str,
    dns: &'a DnsEvidence,
    targets: &'a Targets,
}

pub(super) fn judge(domain: &str, dns: &DnsEvidence, targets: &Targets) -> (RoutingState, Vec<Step>) {
    let route = Route { domain, dns, targets };
    if let Some(steps) = route.cname_beside_others() {
        return (RoutingState::ConflictingRecords, steps);
    }
    if dns.addresses().next().is_none() { route.without_address() } else { route.with_addresses() }
}

impl Route<'_> {
    fn is_apex(&self) -> bool {
        zone_of(self.domain) == self.domain
    }

    /// The CNAME that stands at the domain itself.
    fn cname(&self) -> Option<&DnsRecord> {
        self.dns.cname.records().first().or_else(|| self.dns.chain.first())
    }

    /// The address records that stand at the domain itself, not at the end of its chain.
    fn own_addresses(&self) -> impl Iterator<Item = &DnsRecord> {
        let records = self.dns.a.records().iter().chain(self.dns.aaaa.records());
        records.filter(|record| record.name == self.domain)
    }

    fn is_right(&self, record: &DnsRecord) -> bool {
        let address: Option<IpAddr> = record.value.parse().ok();
        address.is_some_and(|a| self.targets.addresses.contains(&a) || self.dns.target_addresses.contains(&a))
    }

    fn leads_to_target_name(&self) -> bool {
        self.dns.chain.iter().any(|link| self.targets.has_name(&link.value))
    }

    /// A CNAME beside addresses; or at an apex, where the zone's own records always stand.
    fn cname_beside_others(&self) -> Option<Vec<Step>> {
        let cname = self.cname()?;
        if !self.is_apex() && self.own_addresses().next().is_none() {
            return None;
        }
        let keeps_cname = !self.is_apex() && self.targets.has_name(&cname.value);
        if keeps_cname {
            return Some(self.own_addresses().map(|record| remove(record, WhyRemove::BesideCname)).collect());
        }
        let mut steps = vec![remove(cname, WhyRemove::BesideCname)];
        if self.targets.is_unset() {
            return Some(steps);
        }
        let stale = self.own_addresses().filter(|record| !self.is_right(record));
        steps.extend(stale.map(|record| remove(record, WhyRemove::LeadsElsewhere)));
        if !self.own_addresses().any(|record| self.is_right(record)) {
            steps.extend(self.add_wanted());
        }
        Some(steps)
    }

    fn without_address(&self) -> (RoutingState, Vec<Step>) {
        let absent = match (&self.dns.a, &self.dns.aaaa) {
            (DnsAnswer::Failed { .. } | DnsAnswer::NotAsked, _)
            | (_, DnsAnswer::Failed { .. } | DnsAnswer::NotAsked) => None,
            (DnsAnswer::NoName, _) | (_, DnsAnswer::NoName) => Some(RoutingState::NameNotFound),
            _ => Some(RoutingState::NoAddress),
        };
        match (self.dns.chain.first(), self.dns.chain_end, absent) {
            (Some(cname), ChainEnd::Dangling | ChainEnd::Loop | ChainEnd::TooLong, _)
            | (Some(cname), ChainEnd::Reached | ChainEnd::NoChain, Some(_)) => self.astray(cname),
            (None, _, Some(state)) => (state, self.missing()),
            (Some(_), ChainEnd::Failed { .. }, _) | (_, _, None) => {
                (RoutingState::LookupFailed, self.failing_servers())
            }
        }
    }

    /// A chain that ends without an address.
    fn astray(&self, cname: &DnsRecord) -> (RoutingState, Vec<Step>) {
        if let Some(link) = self.dns.chain.iter().find(|link| self.targets.has_name(&link.value)) {
            let step = Step::TargetDoesNotResolve { target: link.value.clone() };
            return (RoutingState::NoAddress, vec![step]);
        }
        if self.targets.is_unset() {
            return (RoutingState::NoAddress, vec![Step::SetTargets]);
        }
        (RoutingState::Misdirected, self.replace_cname(cname))
    }

    /// Nothing stands at the domain: its records may have got the zone's name twice.
    fn missing(&self) -> Vec<Step> {
        let is_wanted = |record: &&DnsRecord| match record.kind {
            RecordKind::Cname => self.targets.has_name(&record.value),
            _ => self.is_right(record),
        };
        let misplaced = self.dns.doubled.records().iter().filter(is_wanted);
        let mut steps: Vec<_> = misplaced.map(|record| remove(record, WhyRemove::DoubledSuffix)).collect();
        steps.extend(self.add_wanted());
        steps
    }

    fn failing_servers(&self) -> Vec<Step> {
        let servers = &self.dns.nameservers;
        let all_fail = !servers.is_empty() && servers.iter().all(|server| server.failure.is_some());
        let names = || servers.iter().map(|server| server.name.clone()).collect();
        all_fail.then(|| Step::NameserversDoNotAnswer { servers: names() }).into_iter().collect()
    }

    fn with_addresses(&self) -> (RoutingState, Vec<Step>) {
        if self.targets.is_unset() {
            return (RoutingState::Unknown, vec![Step::SetTargets]);
        }
        if self.leads_to_target_name() {
            return (RoutingState::Ok, Vec::new());
        }
        let found = || self.dns.a.records().iter().chain(self.dns.aaaa.records());
        let right = found().filter(|record| self.is_right(record)).count();
        let wrong = found().count() - right;
        let half_seen = self.dns.a.failure().or(self.dns.aaaa.failure()).is_some();
        match (right, wrong) {
            // What was not seen may be as right or as wrong as it likes.
            (_, 0) if half_seen => (RoutingState::LookupFailed, Vec::new()),
            (_, 0) => (RoutingState::Ok, Vec::new()),
            (0, _) => (RoutingState::Misdirected, self.redirect(false)),
            _ => (RoutingState::ConflictingRecords, self.redirect(true)),
        }
    }

    /// The records that lead elsewhere, mended. `settled`: others lead here already, so that nothing has to be added.
    fn redirect(&self, settled: bool) -> Vec<Step> {
        if let Some(cname) = self.dns.chain.first() {
            return self.replace_cname(cname);
        }
        let wanted = self.wanted();
        let mut taken = Vec::new();
        let mut steps = Vec::new();
        for record in self.own_addresses().filter(|record| !self.is_right(record)) {
            let kind_settled = self.own_addresses().any(|own| own.kind == record.kind && self.is_right(own));
            let to = wanted.iter().find(|to| to.kind == record.kind && !taken.contains(to));
            match to.filter(|_| !kind_settled) {
                Some(to) => {
                    taken.push(to);
                    steps.push(Step::ChangeRecord { from: record.clone(), to: to.clone() });
                }
                None => steps.push(remove(record, WhyRemove::LeadsElsewhere)),
            }
        }
        if !settled {
            let rest = wanted.iter().filter(|record| !taken.contains(record));
            steps.extend(rest.map(|record| Step::AddRecord { record: record.clone() }));
            steps.extend(self.point_apex());
        }
        steps
    }

    /// A CNAME that should lead here, or give way to addresses.
    fn replace_cname(&self, cname: &DnsRecord) -> Vec<Step> {
        match self.wanted().as_slice() {
            [to] if to.kind == RecordKind::Cname => {
                vec![Step::ChangeRecord { from: cname.clone(), to: to.clone() }]
            }
            _ => std::iter::once(remove(cname, WhyRemove::LeadsElsewhere)).chain(self.add_wanted()).collect(),
        }
    }

    fn add_wanted(&self) -> Vec<Step> {
        if self.targets.is_unset() {
            return vec![Step::SetTargets];
        }
        let records = self.wanted().into_iter().map(|record| Step::AddRecord { record });
        records.chain(self.point_apex()).collect()
    }

    /// The records that the domain should have: a CNAME where one can stand, for it follows when the platform moves.
    fn wanted(&self) -> Vec<DnsRecord> {
        match self.targets.names.first() {
            Some(name) if !self.is_apex() => vec![DnsRecord::wanted(self.domain, RecordKind::Cname, name)],
            _ => self.targets.addresses.iter().map(|a| DnsRecord::address(self.domain, *a)).collect(),
        }
    }

    /// An apex that has nothing but a name to lead to.
    fn point_apex(&self) -> Option<Step> {
        let target = self.targets.names.first().filter(|_| self.is_apex())?;
        let step = || Step::PointApex { domain: self.domain.to_owned(), target: target.clone() };
        self.targets.addresses.is_empty().then(step)
    }
}

fn remove(record: &DnsRecord, why: WhyRemove) -> Step {
    Step::RemoveRecord { record: record.clone(), why }
}
