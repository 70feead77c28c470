//! A certificate in short: names, issuer, dates.

use std::net::{Ipv4Addr, Ipv6Addr};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use x509_parser::prelude::{FromDer, GeneralName, X509Certificate};

use super::Certificate;
use super::shown::shown;

/// So many names of a certificate are kept.
const MAX_NAMES: usize = 20;
const MAX_TEXT: usize = 253;

impl Certificate {
    /// `None` where the bytes are no certificate.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let (_, parsed) = X509Certificate::from_der(der).ok()?;
        let names = names(&parsed);
        Some(Self {
            subject: shown(&parsed.subject().to_string(), MAX_TEXT),
            names_in_all: u32::try_from(names.len()).unwrap_or(u32::MAX),
            names: names.into_iter().take(MAX_NAMES).collect(),
            issuer: shown(&parsed.issuer().to_string(), MAX_TEXT),
            not_before: time(parsed.validity().not_before.timestamp()),
            not_after: time(parsed.validity().not_after.timestamp()),
            self_issued: parsed.issuer().as_raw() == parsed.subject().as_raw(),
            fingerprint: hex::encode(Sha256::digest(der)),
        })
    }
}

fn names(certificate: &X509Certificate<'_>) -> Vec<String> {
    let Ok(Some(extension)) = certificate.subject_alternative_name() else { return Vec::new() };
    let names = extension.value.general_names.iter().filter_map(|name| match name {
        GeneralName::DNSName(name) => Some(shown(name, MAX_TEXT)),
        GeneralName::IPAddress(bytes) => address(bytes),
        _ => None,
    });
    names.collect()
}

fn address(bytes: &[u8]) -> Option<String> {
    let v4 = || <[u8; 4]>::try_from(bytes).map(|octets| Ipv4Addr::from(octets).to_string());
    let v6 = || <[u8; 16]>::try_from(bytes).map(|octets| Ipv6Addr::from(octets).to_string());
    v4().or_else(|_| v6()).ok()
}

/// A date that no calendar holds is as far away as it can be.
fn time(timestamp: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(timestamp, 0).unwrap_or(if timestamp < 0 {
        DateTime::UNIX_EPOCH
    } else {
        DateTime::<Utc>::MAX_UTC
    })
}
