//! Where a domain leads: its addresses, its chain of CNAME records, and what tells why there are none.

use std::collections::HashSet;
use std::net::IpAddr;

use hickory_resolver::proto::rr::{Record, RecordType};
use tokio::time::Instant;

use super::ask::{Miss, answer, of_kind};
use super::record::zone_of;
use super::{ChainEnd, DnsAnswer, DnsEvidence, DnsRecord, RecordKind, Targets, World};

/// So many CNAME records are followed.
const MAX_CHAIN: usize = 8;
/// So many target names are resolved.
const MAX_NAMES: usize = 4;

impl World {
    /// All but CAA, which is asked for meanwhile.
    pub(super) async fn addresses(&self, domain: &str, targets: &Targets, until: Instant) -> DnsEvidence {
        let (a, aaaa, cname) = tokio::join!(
            self.ask(domain, RecordType::A, until),
            self.ask(domain, RecordType::AAAA, until),
            self.ask(domain, RecordType::CNAME, until),
        );
        let mut dns = DnsEvidence {
            a: answer(&a, RecordKind::A),
            aaaa: answer(&aaaa, RecordKind::Aaaa),
            cname: answer(&cname, RecordKind::Cname),
            ..DnsEvidence::default()
        };
        (dns.chain, dns.chain_end) = if dns.addresses().next().is_some() {
            answered_chain(domain, [a, aaaa, cname].iter().flatten().flatten())
        } else {
            self.follow(dns.cname.records(), until).await
        };
        if dns.is_absent() {
            dns.doubled = self.doubled(domain, until).await;
        }
        if dns.needs_target_addresses(targets) {
            dns.target_addresses = self.resolve(&targets.names, until).await;
        }
        if dns.a.failure().is_some() && dns.aaaa.failure().is_some() && dns.chain.is_empty() {
            dns.nameservers = self.try_servers(domain, until).await;
        }
        dns
    }

    /// Follows CNAME records one by one, to tell where a chain ends that leads to no address.
    async fn follow(&self, first: &[DnsRecord], until: Instant) -> (Vec<DnsRecord>, ChainEnd) {
        let Some(first) = first.first() else { return (Vec::new(), ChainEnd::NoChain) };
        let mut seen = HashSet::from([first.name.clone()]);
        let mut chain = vec![first.clone()];
        let mut next = first.value.clone();
        while chain.len() < MAX_CHAIN {
            if !seen.insert(next.clone()) {
                return (chain, ChainEnd::Loop);
            }
            match self.ask(&next, RecordType::CNAME, until).await {
                Ok(records) => match of_kind(&records, RecordKind::Cname).next() {
                    Some(record) => {
                        next.clone_from(&record.value);
                        chain.push(record);
                    }
                    None => return (chain, ChainEnd::Reached),
                },
                Err(Miss::NoRecords) => return (chain, ChainEnd::Reached),
                Err(Miss::NoName) => return (chain, ChainEnd::Dangling),
                Err(Miss::Failed(why)) => return (chain, ChainEnd::Failed { why }),
            }
        }
        (chain, ChainEnd::TooLong)
    }

    /// What stands at the name that a form makes of a full name, when it adds the zone by itself.
    async fn doubled(&self, domain: &str, until: Instant) -> DnsAnswer {
        let doubled = doubled_name(domain);
        let (a, aaaa, cname) = tokio::join!(
            self.ask(&doubled, RecordType::A, until),
            self.ask(&doubled, RecordType::AAAA, until),
            self.ask(&doubled, RecordType::CNAME, until),
        );
        let answers =
            [answer(&cname, RecordKind::Cname), answer(&a, RecordKind::A), answer(&aaaa, RecordKind::Aaaa)];
        let own = |record: &&DnsRecord| record.name == doubled;
        let records: Vec<_> = answers.iter().flat_map(DnsAnswer::records).filter(own).cloned().collect();
        if records.is_empty() {
            return answers.into_iter().next().unwrap_or_default();
        }
        DnsAnswer::Found { records }
    }

    /// The addresses of names, as far as they resolve.
    pub(super) async fn resolve(&self, names: &[String], until: Instant) -> Vec<IpAddr> {
        let mut addresses = Vec::new();
        for name in names.iter().take(MAX_NAMES) {
            let (a, aaaa) =
                tokio::join!(self.ask(name, RecordType::A, until), self.ask(name, RecordType::AAAA, until));
            addresses.extend(parse(answer(&a, RecordKind::A).records()));
            addresses.extend(parse(answer(&aaaa, RecordKind::Aaaa).records()));
        }
        addresses
    }
}

impl DnsEvidence {
    /// The addresses that the domain leads to, in the order of their records.
    pub fn addresses(&self) -> impl Iterator<Item = IpAddr> {
        parse(self.a.records()).chain(parse(self.aaaa.records()))
    }

    /// The domain has no record that leads anywhere.
    fn is_absent(&self) -> bool {
        let absent = |answer: &DnsAnswer| matches!(answer, DnsAnswer::NoName | DnsAnswer::NoRecords);
        absent(&self.a) && absent(&self.aaaa) && absent(&self.cname)
    }

    /// A provider that flattens a CNAME answers with the addresses of its target, so these have to be known to judge.
    fn needs_target_addresses(&self, targets: &Targets) -> bool {
        !targets.names.is_empty()
            && !self.chain.iter().any(|link| targets.has_name(&link.value))
            && self.addresses().any(|address| !targets.addresses.contains(&address))
    }
}

/// The chain as it was answered along with the addresses.
fn answered_chain<'a>(domain: &str, records: impl Iterator<Item = &'a Record>) -> (Vec<DnsRecord>, ChainEnd) {
    let records: Vec<Record> = records.cloned().collect();
    let links: Vec<_> = of_kind(&records, RecordKind::Cname).collect();
    let mut chain: Vec<DnsRecord> = Vec::new();
    let mut name = domain;
    while let Some(link) = links.iter().find(|link| link.name == name) {
        if chain.len() == MAX_CHAIN || chain.contains(link) {
            break;
        }
        chain.push(link.clone());
        name = &link.value;
    }
    let end = if chain.is_empty() { ChainEnd::NoChain } else { ChainEnd::Reached };
    (chain, end)
}

/// `shop.example.com` as a form stores it that adds `.example.com` to whatever is typed.
pub(super) fn doubled_name(name: &str) -> String {
    format!("{name}.{}", zone_of(name))
}

fn parse(records: &[DnsRecord]) -> impl Iterator<Item = IpAddr> {
    records.iter().filter_map(|record| record.value.parse().ok())
}
