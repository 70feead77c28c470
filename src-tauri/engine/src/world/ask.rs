//! One question to DNS, and its answer or the kind of failure.

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};

use hickory_resolver::TokioResolver;
use hickory_resolver::config::{
    ConnectionConfig, NameServerConfig, ProtocolConfig, ResolveHosts, ResolverConfig, ResolverOpts,
};
use hickory_resolver::lookup::Lookup;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::net::{DnsError, NetError};
use hickory_resolver::proto::op::ResponseCode;
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use tokio::time::{Instant, timeout_at};

use super::servers::unresolved;
use super::{DnsAnswer, DnsRecord, LookupFailure, Nameserver, RecordKind, World, WorldOptions};

/// So many records of one answer are kept.
pub(super) const MAX_RECORDS: usize = 16;

/// What a question came to, where it came to no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Miss {
    NoName,
    NoRecords,
    Failed(LookupFailure),
}

/// Asks these servers, and nobody's cache or hosts file: a look is about now. `recursive`: they find out for us.
pub(super) fn resolver(
    servers: &[SocketAddr],
    recursive: bool,
    options: &WorldOptions,
) -> Option<TokioResolver> {
    if servers.is_empty() {
        return None;
    }
    let config =
        ResolverConfig::from_name_servers(servers.iter().map(|server| name_server(*server)).collect());
    let mut opts = ResolverOpts::default();
    opts.timeout = options.query_timeout;
    opts.attempts = 0;
    opts.cache_size = 0;
    opts.use_hosts_file = ResolveHosts::Never;
    opts.recursion_desired = recursive;
    let builder = TokioResolver::builder_with_config(config, TokioRuntimeProvider::default());
    builder.with_options(opts).build().ok()
}

fn name_server(server: SocketAddr) -> NameServerConfig {
    let connections = [ProtocolConfig::Udp, ProtocolConfig::Tcp].map(|protocol| {
        let mut connection = ConnectionConfig::new(protocol);
        connection.port = server.port();
        connection
    });
    NameServerConfig::new(server.ip(), true, connections.into())
}

impl World {
    /// Asks the resolver.
    pub(super) async fn ask(
        &self,
        name: &str,
        kind: RecordType,
        until: Instant,
    ) -> Result<Vec<Record>, Miss> {
        match &self.shared.resolver {
            Some(resolver) => self.ask_at(resolver, name, kind, until).await,
            None => Err(Miss::Failed(LookupFailure::NoNetwork)),
        }
    }

    /// Asks one server of a zone itself.
    pub(super) async fn ask_server(
        &self,
        server: IpAddr,
        name: &str,
        kind: RecordType,
        until: Instant,
    ) -> Result<Vec<Record>, Miss> {
        let server = SocketAddr::new(server, self.shared.options.authoritative_port);
        match resolver(&[server], false, &self.shared.options) {
            Some(resolver) => self.ask_at(&resolver, name, kind, until).await,
            None => Err(Miss::Failed(LookupFailure::NoNetwork)),
        }
    }

    /// Whom one server has put in charge of a zone, with the addresses that it knows.
    pub(super) async fn ask_delegation(&self, server: IpAddr, zone: &str, until: Instant) -> Vec<Nameserver> {
        let server = SocketAddr::new(server, self.shared.options.authoritative_port);
        let Some(resolver) = resolver(&[server], false, &self.shared.options) else { return Vec::new() };
        let Ok(name) = absolute(zone) else { return Vec::new() };
        // A referral has its servers beside the answer, and their addresses beside these.
        let Ok(lookup) = self.put(&resolver, name, RecordType::NS, until).await else { return Vec::new() };
        let all: Vec<_> = lookup.message().all_sections().cloned().collect();
        let servers = of_kind(&all, RecordKind::Ns).map(|server| Nameserver {
            address: address_of(&server.value, &all),
            ..unresolved(server.value)
        });
        servers.collect()
    }

    async fn ask_at(
        &self,
        resolver: &TokioResolver,
        name: &str,
        kind: RecordType,
        until: Instant,
    ) -> Result<Vec<Record>, Miss> {
        match self.put(resolver, absolute(name)?, kind, until).await {
            Ok(lookup) => Ok(lookup.answers().to_vec()),
            Err(error) => Err(miss(&error)),
        }
    }

    /// Puts one question when its turn comes, and waits no longer than there is time.
    async fn put(
        &self,
        resolver: &TokioResolver,
        name: Name,
        kind: RecordType,
        until: Instant,
    ) -> Result<Lookup, NetError> {
        let turn = timeout_at(until, self.shared.questions.acquire()).await;
        let _permit = turn.map_err(|_| NetError::Timeout)?;
        let patience = until.min(Instant::now() + self.shared.options.query_timeout);
        timeout_at(patience, resolver.lookup(name, kind)).await.map_err(|_| NetError::Timeout)?
    }
}

/// With the final dot, so that no search domain of the computer is tried.
fn absolute(name: &str) -> Result<Name, Miss> {
    Name::from_ascii(format!("{name}.")).map_err(|_| Miss::Failed(LookupFailure::InvalidName))
}

fn address_of(name: &str, records: &[Record]) -> Option<IpAddr> {
    records.iter().filter(|record| text(&record.name) == name).find_map(|record| record.data.ip_addr())
}

fn miss(error: &NetError) -> Miss {
    let failure = match error {
        NetError::Dns(DnsError::NoRecordsFound(none)) => match none.response_code {
            ResponseCode::NXDomain => return Miss::NoName,
            ResponseCode::NoError if none.soa.is_none() && none.ns.is_some() => {
                LookupFailure::NotAuthoritative
            }
            ResponseCode::NoError => return Miss::NoRecords,
            _ => LookupFailure::ServerFailure,
        },
        NetError::Dns(DnsError::ResponseCode(ResponseCode::Refused)) => LookupFailure::Refused,
        NetError::Dns(_) => LookupFailure::ServerFailure,
        NetError::Timeout | NetError::Busy => LookupFailure::TimedOut,
        NetError::NoConnections => LookupFailure::NoNetwork,
        NetError::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => LookupFailure::NotListening,
            ErrorKind::TimedOut => LookupFailure::TimedOut,
            _ => LookupFailure::NoNetwork,
        },
        _ => LookupFailure::Garbled,
    };
    Miss::Failed(failure)
}

/// The records of one kind among those that were answered, as evidence.
pub(super) fn answer(asked: &Result<Vec<Record>, Miss>, kind: RecordKind) -> DnsAnswer {
    match asked {
        Ok(records) => {
            let records: Vec<_> = of_kind(records, kind).take(MAX_RECORDS).collect();
            if records.is_empty() { DnsAnswer::NoRecords } else { DnsAnswer::Found { records } }
        }
        Err(Miss::NoName) => DnsAnswer::NoName,
        Err(Miss::NoRecords) => DnsAnswer::NoRecords,
        Err(Miss::Failed(why)) => DnsAnswer::Failed { why: *why },
    }
}

pub(super) fn of_kind(records: &[Record], kind: RecordKind) -> impl Iterator<Item = DnsRecord> {
    records.iter().filter_map(move |record| {
        let value = value(&record.data).filter(|(found, _)| *found == kind)?.1;
        Some(DnsRecord::found(&text(&record.name), kind, &value, record.ttl))
    })
}

fn value(data: &RData) -> Option<(RecordKind, String)> {
    Some(match data {
        RData::A(address) => (RecordKind::A, address.0.to_string()),
        RData::AAAA(address) => (RecordKind::Aaaa, address.0.to_string()),
        RData::CNAME(name) => (RecordKind::Cname, text(&name.0)),
        RData::NS(name) => (RecordKind::Ns, text(&name.0)),
        RData::TXT(txt) => (RecordKind::Txt, String::from_utf8_lossy(&txt.txt_data.concat()).into_owned()),
        _ => return None,
    })
}

/// A name as text, lower case, without the final dot.
pub(super) fn text(name: &Name) -> String {
    name.to_ascii().trim_end_matches('.').to_ascii_lowercase()
}
