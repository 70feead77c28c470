//! The servers of a zone: who they are, and whether they answer.

use hickory_resolver::proto::rr::RecordType;
use tokio::time::Instant;

use super::ask::{Miss, of_kind};
use super::record::zone_of;
use super::{LookupFailure, Nameserver, RecordKind, World};

/// So many servers of a zone are asked.
const MAX_SERVERS: usize = 4;

impl World {
    /// The servers of the zone that a name is in, with one address each. Empty where they cannot be found.
    ///
    /// A resolver cannot name the servers of a zone that does not work; then those of the zone above are asked whom they
    /// have put in charge of it.
    pub(super) async fn servers_of(&self, name: &str, until: Instant) -> Vec<Nameserver> {
        let mut broken = None;
        let mut candidate = Some(name);
        while let Some(zone) = candidate {
            match self.ask(zone, RecordType::NS, until).await {
                Err(Miss::Failed(LookupFailure::TimedOut | LookupFailure::NoNetwork)) => return Vec::new(),
                Err(Miss::Failed(_)) => broken = Some(zone),
                Err(Miss::NoName | Miss::NoRecords) => {}
                Ok(records) => {
                    let own = of_kind(&records, RecordKind::Ns).filter(|record| record.name == zone);
                    let servers = own.map(|record| unresolved(record.value)).take(MAX_SERVERS).collect();
                    let servers = self.with_addresses(servers, until).await;
                    return match broken {
                        Some(broken) => self.delegated(servers, broken, until).await,
                        None => servers,
                    };
                }
            }
            let is_outermost = zone == zone_of(name) && broken.is_none();
            candidate = zone.split_once('.').map(|(_, parent)| parent).filter(|_| !is_outermost);
        }
        Vec::new()
    }

    /// Those that the servers above have put in charge of a zone; else those above themselves, for it is theirs.
    async fn delegated(&self, above: Vec<Nameserver>, zone: &str, until: Instant) -> Vec<Nameserver> {
        for address in above.iter().filter_map(|server| server.address) {
            let mut servers = self.ask_delegation(address, zone, until).await;
            servers.truncate(MAX_SERVERS);
            if !servers.is_empty() {
                return self.with_addresses(servers, until).await;
            }
        }
        above
    }

    async fn with_addresses(&self, mut servers: Vec<Nameserver>, until: Instant) -> Vec<Nameserver> {
        for server in servers.iter_mut().filter(|server| server.address.is_none()) {
            let addresses = self.resolve(std::slice::from_ref(&server.name), until).await;
            server.address = addresses.into_iter().next();
        }
        servers
    }

    /// Asks each of a zone's servers, to tell one that fails from a resolver that does.
    pub(super) async fn try_servers(&self, domain: &str, until: Instant) -> Vec<Nameserver> {
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

pub(super) fn unresolved(name: String) -> Nameserver {
    Nameserver { name, address: None, failure: None }
}
