//! Everything that was seen in one look. It says what was answered, never what it means: see [`super::diagnose`].

use std::net::{IpAddr, SocketAddr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::DnsRecord;

/// What the world answered about one domain, when, and where it was asked from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Observation {
    pub domain: String,
    pub at: DateTime<Utc>,
    pub vantage: Vantage,
    pub dns: DnsEvidence,
    pub tls: TlsEvidence,
    /// `None` where no proof was asked for.
    pub proof: Option<ProofEvidence>,
}

/// Where it was looked from: split DNS and private networks answer differently elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Vantage {
    pub host: String,
    /// The resolvers that were asked, with their ports.
    pub resolvers: Vec<String>,
}

/// The answer to one DNS question.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "answer", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum DnsAnswer {
    #[default]
    NotAsked,
    Found {
        records: Vec<DnsRecord>,
    },
    /// The name exists, but not with this kind of record.
    NoRecords,
    /// The name does not exist.
    NoName,
    /// No answer was had, which says nothing about the name.
    Failed {
        why: LookupFailure,
    },
}

/// Why a question has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum LookupFailure {
    TimedOut,
    Refused,
    /// SERVFAIL, and other codes that tell of the server.
    ServerFailure,
    /// The server does not know the zone: it sent us elsewhere.
    NotAuthoritative,
    /// The server's machine is there, but nothing listens.
    NotListening,
    /// No way to the server, or no resolver is known.
    NoNetwork,
    /// The answer could not be read.
    Garbled,
    /// The question cannot be put: this is no name.
    InvalidName,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DnsEvidence {
    pub a: DnsAnswer,
    pub aaaa: DnsAnswer,
    /// Asked for at the domain itself.
    pub cname: DnsAnswer,
    /// The CNAME records from the domain on, in order.
    pub chain: Vec<DnsRecord>,
    pub chain_end: ChainEnd,
    pub caa: CaaEvidence,
    /// Address records and CNAMEs at `shop.example.com.example.com`; asked for when `shop.example.com` has none.
    pub doubled: DnsAnswer,
    /// What the target names resolve to; asked for when the domain's addresses are not among the target addresses.
    pub target_addresses: Vec<IpAddr>,
    /// The zone's servers, asked one by one when the resolver failed.
    pub nameservers: Vec<Nameserver>,
}

/// Where a chain of CNAME records ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum ChainEnd {
    #[default]
    NoChain,
    /// At a name that exists.
    Reached,
    /// At a name that does not exist.
    Dangling,
    /// Nowhere: it comes back to itself.
    Loop,
    TooLong,
    Failed {
        why: LookupFailure,
    },
}

/// The CAA records that hold for the domain: its own, else those of the nearest parent that has any.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "answer", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum CaaEvidence {
    #[default]
    NotAsked,
    /// No record anywhere: any authority may issue.
    Nothing,
    Found {
        /// Where they are.
        name: String,
        properties: Vec<CaaProperty>,
    },
    Failed {
        why: LookupFailure,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CaaProperty {
    /// An authority that does not know the tag must not issue.
    pub critical: bool,
    pub tag: String,
    pub value: String,
}

/// One of the zone's own servers, and whether it answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Nameserver {
    pub name: String,
    pub address: Option<IpAddr>,
    pub failure: Option<LookupFailure>,
}

/// The TXT record that proves who owns the domain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ProofEvidence {
    /// The name that was asked for.
    pub record: String,
    /// The server of the zone that answered; `None`: none could be reached, and the resolver was asked.
    pub authority: Option<Nameserver>,
    /// Each value whole, its strings joined; those that meet the challenge come first.
    pub answer: DnsAnswer,
    /// The same at the name with its zone doubled; asked for when the proof is not where it should be.
    pub doubled: DnsAnswer,
}

/// What a TLS handshake with the domain's name came to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "answer", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum TlsEvidence {
    #[default]
    NotAsked,
    /// The name leads to no address, so there was nobody to ask.
    NoAddress,
    Failed {
        server: SocketAddr,
        why: TlsFailure,
    },
    Answered {
        server: SocketAddr,
        /// As it was sent, the domain's own certificate first.
        chain: Vec<Certificate>,
        verdict: ChainVerdict,
    },
}

/// Why there was no handshake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "failure", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum TlsFailure {
    TimedOut,
    NoNetwork,
    /// Nothing listens at the port.
    Refused,
    /// The connection was closed in the middle.
    Closed,
    /// What answers there does not speak TLS.
    NotTls,
    /// The server ended the handshake, as one without a certificate for the name does.
    Alert {
        alert: String,
    },
    Other {
        reason: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    pub subject: String,
    /// The DNS names and addresses that it is for; the first of them.
    pub names: Vec<String>,
    /// How many names there are in all.
    pub names_in_all: u32,
    pub issuer: String,
    pub not_before: DateTime<Utc>,
    pub not_after: DateTime<Utc>,
    /// Its issuer is its subject.
    pub self_issued: bool,
    /// SHA-256 over the certificate, in hexadecimal.
    pub fingerprint: String,
}

/// What `WebPKI` says of a chain, for the domain's name at the time of the look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "verdict", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ChainVerdict {
    Trusted,
    Expired,
    NotYetValid,
    WrongName,
    SelfSigned,
    /// The chain ends at an authority that this computer does not trust.
    UnknownIssuer,
    /// The chain ends before an authority that is known: a certificate in between was not sent.
    Incomplete,
    Unusable {
        reason: String,
    },
    /// This computer has no list of trusted authorities to judge by.
    NotJudged,
}

impl DnsAnswer {
    /// The records that were found, if any.
    pub fn records(&self) -> &[DnsRecord] {
        match self {
            Self::Found { records } => records,
            _ => &[],
        }
    }

    pub fn failure(&self) -> Option<LookupFailure> {
        match self {
            Self::Failed { why } => Some(*why),
            _ => None,
        }
    }
}
