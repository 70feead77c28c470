//! The steps that mend a domain.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::world::DnsRecord;

/// One thing to do, at the zone's provider or at the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "step", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Step {
    /// The platform's settings do not say where domains should lead.
    SetTargets,
    /// The zone's own servers fail: whoever runs them has to mend that first.
    NameserversDoNotAnswer {
        servers: Vec<String>,
    },
    RemoveRecord {
        record: DnsRecord,
        why: WhyRemove,
    },
    ChangeRecord {
        from: DnsRecord,
        to: DnsRecord,
    },
    AddRecord {
        record: DnsRecord,
    },
    /// The apex of a zone can hold no CNAME: the provider's ALIAS, ANAME or flattened CNAME has to lead to the target.
    PointApex {
        domain: String,
        target: String,
    },
    /// The domain is right; the name of the platform that it leads to has no address.
    TargetDoesNotResolve {
        target: String,
    },
    /// A CAA record that lets the platform's authority issue certificates.
    AllowAuthority {
        authority: String,
        record: DnsRecord,
    },
    /// Nothing speaks TLS at the port.
    ServeTls {
        port: u16,
    },
    /// The certificate is fine but for a certificate in between that the server does not send.
    CompleteChain {
        issuer: String,
    },
    /// A certificate for the name, of an authority that browsers trust.
    IssueCertificate,
    RenewCertificate {
        until: DateTime<Utc>,
    },
    /// The certificate holds from then on; or a clock is wrong.
    WaitForCertificate {
        from: DateTime<Utc>,
    },
    TryAgainLater,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum WhyRemove {
    /// It leads somewhere else.
    LeadsElsewhere,
    /// A CNAME may not stand beside other records.
    BesideCname,
    /// The name has its zone twice: the provider's form adds it by itself.
    DoubledSuffix,
    /// It forbids every authority to issue certificates.
    ForbidsAll,
}

impl Step {
    /// The record that is to be there, where the step is about one.
    pub fn wanted(&self) -> Option<&DnsRecord> {
        match self {
            Self::ChangeRecord { to: record, .. }
            | Self::AddRecord { record }
            | Self::AllowAuthority { record, .. } => Some(record),
            _ => None,
        }
    }

    /// Its place in the order: what is removed comes before what is added, DNS before certificates.
    pub(super) fn stage(&self) -> u8 {
        match self {
            Self::NameserversDoNotAnswer { .. } => 0,
            Self::SetTargets => 1,
            Self::RemoveRecord { .. } => 2,
            Self::ChangeRecord { .. } => 3,
            Self::AddRecord { .. } | Self::PointApex { .. } => 4,
            Self::TargetDoesNotResolve { .. } => 5,
            Self::AllowAuthority { .. } => 6,
            Self::ServeTls { .. }
            | Self::CompleteChain { .. }
            | Self::IssueCertificate
            | Self::RenewCertificate { .. }
            | Self::WaitForCertificate { .. } => 7,
            Self::TryAgainLater => 8,
        }
    }
}
