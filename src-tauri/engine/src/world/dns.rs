//! Where a domain leads: its addresses, its chain of CNAME records, and what tells why there are none.

use std::collections::HashSet;
use std::net::IpAddr;

use hickory_resolver::proto::rr::{Record, RecordType};
use tokio::time::Instant;

use super::ask::{Miss, answer, of_kind};
use super::record::zone_of;
use super::{
    ChainEnd, DnsAnswer, DnsEvidence, DnsRecord, LookupFailure, Nameserver, RecordKind, Targets, World,
};

/// So many CNAME records are followed.
const MAX_CHAIN: usize = 8;
/// So many servers of a zone, or target names, are asked.
const MAX_SERVERS: usize = 4;

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
        for name in names.iter().take(MAX_SERVERS) {
            let (a, aaaa) =
                tokio::join!(self.ask(name, RecordType::A, until), self.ask(name, RecordType::AAAA, until));
            addresses.extend(parse(answer(&a, RecordKind::A).records()));
            addresses.extend(parse(answer(&aaaa, RecordKind::Aaaa).records()));
        }
        addresses
    }

    /// The servers of the zone that a name is in, with one address each. Empty where they cannot be found.
    pub(super) async fn servers_of(&self, name: &str, until: Instant) -> Vec<Nameserver> {
        let zone = zone_of(name);
        let mut candidate = name;
        loop {
            match self.ask(candidate, RecordType::NS, until).await {
                Err(Miss::Failed(LookupFailure::TimedOut | LookupFailure::NoNetwork)) => return Vec::new(),
                // A name of a zone whose servers fail; they may be known to the one above.
                Err(_) => {}
                Ok(records) => {
                    let names: Vec<_> = of_kind(&records, RecordKind::Ns)
                        .filter(|record| record.name == candidate)
                        .take(MAX_SERVERS)
                        .collect();
                    if !names.is_empty() {
                        return self.with_addresses(names, until).await;
                    }
                }
            }
            match candidate.split_once('.') {
                Some((_, parent)) if candidate != zone => candidate = parent,
                _ => return Vec::new(),
            }
        }
    }

    async fn with_addresses(&self, names: Vec<DnsRecord>, until: Instant) -> Vec<Nameserver> {
        let mut servers = Vec::new();
        for record in names {
            let address = self.resolve(std::slice::from_ref(&record.value), until).await.into_iter().next();
            servers.push(Nameserver { name: record.value, address, failure: None });
        }
        servers
    }

    /// Asks each of a zone's servers, to tell one that fails from a resolver that does.
    async fn try_servers(&self, domain: &str, until: Instant) -> Vec<Nameserver> {
        let mut servers = self.servers_of(domain, until).await;
        for server in &mut servers {
            if let Some(address) = server.address
                && let Err(Miss::Failed(why)) = self.ask_server(address, domain, RecordType::A, until).await
            {
                server.failure = Some(why);
            }
        }
        servers
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
