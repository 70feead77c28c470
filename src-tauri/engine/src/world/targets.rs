//! What is expected of a domain.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Where domains of this platform should lead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Targets {
    pub addresses: Vec<IpAddr>,
    /// Names that a CNAME may lead to, lower-case ASCII; the first is the one that is recommended.
    pub names: Vec<String>,
    /// The domains by which the authorities that issue for the platform are known in CAA records (`letsencrypt.org`);
    /// empty: any authority will do.
    pub authorities: Vec<String>,
    /// 0 means 443.
    pub https_port: u16,
}

impl Targets {
    /// Is nothing said of where domains should lead?
    pub fn is_unset(&self) -> bool {
        self.addresses.is_empty() && self.names.is_empty()
    }

    /// The port that TLS is expected at.
    pub fn port(&self) -> u16 {
        if self.https_port == 0 { 443 } else { self.https_port }
    }

    /// Is this one of the names that a CNAME may lead to?
    pub fn has_name(&self, name: &str) -> bool {
        self.names.iter().any(|target| target.trim_end_matches('.').eq_ignore_ascii_case(name))
    }
}

/// The proof that is asked for: a TXT record with this value at this name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Challenge {
    /// `_tenantry-challenge.shop.example.com`
    pub record: String,
    pub value: String,
}

impl Challenge {
    /// Is this text the value? Some providers' forms keep the quotes that were pasted.
    pub fn is_met_by(&self, text: &str) -> bool {
        !self.value.is_empty() && text.trim().trim_matches('"').trim() == self.value
    }
}
