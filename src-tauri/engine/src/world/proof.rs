//! The TXT record that proves who owns a domain, asked for at the servers of the zone itself where they can be reached:
//! what a resolver remembers may be hours old.

use std::time::Duration;

use hickory_resolver::proto::rr::{Record, RecordType};
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::ask::{MAX_RECORDS, Miss, answer, of_kind};
use super::dns::doubled_name;
use super::{Challenge, DnsAnswer, Nameserver, ProofEvidence, RecordKind, World};

impl World {
    pub(super) async fn proof(&self, challenge: &Challenge, until: Instant) -> ProofEvidence {
        let record = challenge.record.trim_end_matches('.').to_ascii_lowercase();
        let (authority, asked) = self.ask_zone(&record, until).await;
        let answer = values(&asked, challenge);
        let doubled = if is_met(&answer, challenge) || answer.failure().is_some() {
            DnsAnswer::NotAsked
        } else {
            let server = authority.as_ref().and_then(|server| server.address);
            values(&self.txt(server, &doubled_name(&record), until).await, challenge)
        };
        ProofEvidence { record, authority, answer, doubled }
    }

    /// The first answer of a server of the zone; where none answers in time, the resolver's.
    async fn ask_zone(
        &self,
        record: &str,
        until: Instant,
    ) -> (Option<Nameserver>, Result<Vec<Record>, Miss>) {
        // Half of the time, so that the resolver can be asked where a firewall swallows the direct questions.
        let now = Instant::now();
        let direct = now + until.saturating_duration_since(now).mul_f32(0.5).max(Duration::from_millis(1));
        let mut servers = JoinSet::new();
        for server in self.servers_of(record, direct).await {
            let Some(address) = server.address else { continue };
            let (world, record) = (self.clone(), record.to_owned());
            servers.spawn(async move { (server, world.txt(Some(address), &record, direct).await) });
        }
        while let Some(answered) = servers.join_next().await {
            if let Ok((server, asked @ (Ok(_) | Err(Miss::NoName | Miss::NoRecords)))) = answered {
                return (Some(server), asked);
            }
        }
        (None, self.txt(None, record, until).await)
    }

    async fn txt(
        &self,
        server: Option<std::net::IpAddr>,
        name: &str,
        until: Instant,
    ) -> Result<Vec<Record>, Miss> {
        match server {
            Some(server) => self.ask_server(server, name, RecordType::TXT, until).await,
            None => self.ask(name, RecordType::TXT, until).await,
        }
    }
}

/// The values that were found, those that meet the challenge first, so that no crowd of others can push them out.
fn values(asked: &Result<Vec<Record>, Miss>, challenge: &Challenge) -> DnsAnswer {
    let Ok(records) = asked else { return answer(asked, RecordKind::Txt) };
    let mut records: Vec<_> = of_kind(records, RecordKind::Txt).collect();
    records.sort_by_key(|record| !challenge.is_met_by(&record.value));
    records.truncate(MAX_RECORDS);
    if records.is_empty() { DnsAnswer::NoRecords } else { DnsAnswer::Found { records } }
}

/// Is the value that was asked for among those that were found?
pub(super) fn is_met(answer: &DnsAnswer, challenge: &Challenge) -> bool {
    answer.records().iter().any(|record| challenge.is_met_by(&record.value))
}
