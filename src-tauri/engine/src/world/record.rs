//! DNS records as people copy them into a zone.

use std::fmt;
use std::net::IpAddr;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::shown::shown;

/// How much of a record's value is kept.
const MAX_VALUE: usize = 512;
/// A zone file's line holds texts of at most so many bytes each.
const MAX_STRING: usize = 255;

/// One record, wanted or found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DnsRecord {
    /// The full name, without the trailing dot.
    pub name: String,
    /// The name relative to the registrable domain, as most providers want it typed; `@` at the apex.
    pub name_in_zone: String,
    pub kind: RecordKind,
    /// The value as text, readable: an address, a name without the trailing dot, a text without quotes.
    pub value: String,
    /// In seconds; `None` for a record that is wanted.
    pub ttl: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "UPPERCASE")]
pub enum RecordKind {
    A,
    Aaaa,
    Cname,
    Txt,
    Caa,
    Ns,
}

impl DnsRecord {
    /// A record that was found. What DNS answers is anybody's text: it is cut and made readable here.
    pub fn found(name: &str, kind: RecordKind, value: &str, ttl: u32) -> Self {
        Self { ttl: Some(ttl), ..Self::wanted(&shown(name, MAX_VALUE), kind, &shown(value, MAX_VALUE)) }
    }

    /// A record that should be there.
    pub fn wanted(name: &str, kind: RecordKind, value: &str) -> Self {
        let name = name.trim_end_matches('.').to_ascii_lowercase();
        Self { name_in_zone: in_zone(&name), name, kind, value: value.to_owned(), ttl: None }
    }

    /// The record of an address: A or AAAA.
    pub fn address(name: &str, address: IpAddr) -> Self {
        let kind = if address.is_ipv4() { RecordKind::A } else { RecordKind::Aaaa };
        Self::wanted(name, kind, &address.to_string())
    }

    /// Its line in a zone file, with full names.
    pub fn zone_line(&self) -> String {
        let ttl = self.ttl.map_or_else(String::new, |ttl| format!(" {ttl}"));
        let value = match self.kind {
            RecordKind::Cname | RecordKind::Ns => format!("{}.", self.value),
            RecordKind::Txt => quoted(&self.value),
            RecordKind::A | RecordKind::Aaaa | RecordKind::Caa => self.value.clone(),
        };
        format!("{}.{ttl} IN {} {value}", self.name, self.kind)
    }
}

impl fmt::Display for RecordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::A => "A",
            Self::Aaaa => "AAAA",
            Self::Cname => "CNAME",
            Self::Txt => "TXT",
            Self::Caa => "CAA",
            Self::Ns => "NS",
        })
    }
}

/// The registrable domain of a name, which is taken to be its zone; the name itself where there is none.
pub fn zone_of(name: &str) -> &str {
    psl::domain_str(name).unwrap_or(name)
}

fn in_zone(name: &str) -> String {
    let zone = zone_of(name);
    match name.strip_suffix(zone).and_then(|rest| rest.strip_suffix('.')) {
        Some(rest) => rest.to_owned(),
        None => "@".to_owned(),
    }
}

/// A text in quotes, in pieces where it is too long for one.
fn quoted(text: &str) -> String {
    let mut pieces = vec![String::new()];
    let mut length = 0;
    for c in text.chars() {
        if length + c.len_utf8() > MAX_STRING {
            pieces.push(String::new());
            length = 0;
        }
        length += c.len_utf8();
        if let Some(piece) = pieces.last_mut() {
            if matches!(c, '"' | '\\') {
                piece.push('\\');
            }
            piece.push(c);
        }
    }
    pieces.iter().map(|piece| format!("\"{piece}\"")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_told_in_full_and_as_it_is_typed_in_its_zone() {
        for (name, in_zone) in [
            ("shop.example.com", "shop"),
            ("example.com", "@"),
            ("_tenantry-challenge.shop.example.co.uk", "_tenantry-challenge.shop"),
            ("Shop.Example.com.", "shop"),
            ("com", "@"),
        ] {
            assert_eq!(DnsRecord::wanted(name, RecordKind::A, "192.0.2.1").name_in_zone, in_zone, "{name}");
        }
    }

    #[test]
    fn a_zone_line_can_be_pasted_into_a_zone_file() {
        let long = "x".repeat(300);
        let cut = format!("t.example.com. IN TXT \"{}\" \"{}\"", "x".repeat(255), "x".repeat(45));
        for (record, line) in [
            (DnsRecord::wanted("example.com", RecordKind::A, "192.0.2.1"), "example.com. IN A 192.0.2.1"),
            (
                DnsRecord::found("shop.example.com", RecordKind::Cname, "edge.example.net", 300),
                "shop.example.com. 300 IN CNAME edge.example.net.",
            ),
            (
                DnsRecord::wanted("t.example.com", RecordKind::Txt, "a \"b\" \\"),
                r#"t.example.com. IN TXT "a \"b\" \\""#,
            ),
            (
                DnsRecord::wanted("example.com", RecordKind::Caa, "0 issue \"ca.example\""),
                "example.com. IN CAA 0 issue \"ca.example\"",
            ),
            (DnsRecord::wanted("t.example.com", RecordKind::Txt, &long), cut.as_str()),
        ] {
            assert_eq!(record.zone_line(), line);
        }
    }

    #[test]
    fn what_was_found_is_kept_readable_and_short() {
        let record = DnsRecord::found("t.example.com", RecordKind::Txt, "a\u{1b}[2J\u{202e}b\n", 1);
        assert_eq!(record.value, "a[2Jb");
        let long = DnsRecord::found("t.example.com", RecordKind::Txt, &"x".repeat(70_000), 1);
        assert!(long.value.chars().count() <= MAX_VALUE + 1);
    }
}
