//! Host names as the platform's router sees them.
//!
//! django-tenants cuts the port and one leading `www.` from the Host header and then looks the rest up exactly, so only
//! the lower-case ASCII form can ever match. [`normalise`] is the one function that decides what is stored.

use std::net::Ipv4Addr;

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Serialize};
use specta::Type;
use unicode_security::{GeneralSecurityProfile, MixedScript};

use super::{Problem, Rule};

const MAX_LABEL: usize = 63;
const MAX_NAME: usize = 253;

/// A host name in the form in which it is stored, and how it came to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainName {
    /// Lower-case ASCII, without scheme, port, path, trailing dot and `www.` (UTS 46, non-transitional).
    pub stored: String,
    /// The form for people; equal to `stored` except for international names.
    pub unicode: String,
    pub kind: DomainKind,
    /// What was changed on the way from the input, in order.
    pub rewrites: Vec<Rewrite>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DomainKind {
    Public,
    /// `localhost`, names below it, and IPv4 addresses: they reach this tenant on a developer's machine only.
    Development,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Rewrite {
    Blanks,
    TrailingDot,
    LowerCase,
    /// Written in the ASCII form of an international name (`xn--…`).
    Ascii,
    Www,
}

/// Turns what a person typed into the name that is stored, or says what is wrong with it.
///
/// What the input would lose silently (a path, a port, invisible characters) is refused with a suggestion; what means the
/// same host (case, a trailing dot, `www.`, Unicode) is rewritten and reported.
pub fn normalise(field: &str, input: &str) -> Result<DomainName, Problem> {
    let refuse = |rule, suggestion| Err(Problem::new(field, input, rule).suggest(suggestion));
    let text = input.trim();
    if text.is_empty() {
        return refuse(Rule::Required, None);
    }
    if let Some((rule, host)) = not_a_host(text) {
        return refuse(rule, host.filter(|h| normalise(field, h).is_ok()));
    }
    let bare = text.strip_suffix(['.', '\u{3002}']).unwrap_or(text);
    let ascii = match to_ascii(bare) {
        Ok(ascii) => ascii,
        Err(rule) => return refuse(rule, None),
    };
    let stored = strip_www(&ascii);
    let unicode =
        Uts46::new().to_unicode(stored.as_bytes(), AsciiDenyList::STD3, Hyphens::Check).0.into_owned();
    match classify(stored, &unicode) {
        Ok(kind) => {
            let rewrites = rewrites(input, text, bare, &ascii, stored);
            Ok(DomainName { stored: stored.to_owned(), unicode, kind, rewrites })
        }
        Err(rule) => refuse(rule, None),
    }
}

/// Recognises what people paste instead of a host name, with the host that is probably meant.
fn not_a_host(text: &str) -> Option<(Rule, Option<String>)> {
    if let Some((_, rest)) = text.split_once("//") {
        return Some((Rule::DomainUrl, Some(host_of(rest).to_owned())));
    }
    if text.contains('@') {
        return Some((Rule::DomainUser, Some(host_of(text).to_owned())));
    }
    if text.contains(['/', '?', '#', '\\']) {
        return Some((Rule::DomainPath, Some(host_of(text).to_owned())));
    }
    if text.starts_with('[') || text.matches(':').count() > 1 {
        return Some((Rule::DomainIpv6, None));
    }
    if text.contains(':') {
        return Some((Rule::DomainPort, Some(host_of(text).to_owned())));
    }
    if text.contains('*') {
        return Some((Rule::DomainWildcard, text.strip_prefix("*.").map(str::to_owned)));
    }
    if text.contains('_') {
        return Some((Rule::DomainUnderscore, Some(text.replace('_', "-"))));
    }
    if text.chars().any(is_invisible) {
        return Some((Rule::DomainInvisible, Some(text.chars().filter(|c| !is_invisible(*c)).collect())));
    }
    None
}

/// The host and port of an address, as a browser would send them; `None` where it is no address.
pub fn host_in_url(text: &str) -> Option<String> {
    let (_, rest) = text.split_once("//")?;
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let (name, port) = host.split_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
    let name =
        Uts46::new().to_ascii(name.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow, DnsLength::Ignore);
    let name = name.map_or_else(|_| host.to_lowercase(), |ascii| ascii.to_ascii_lowercase());
    Some(port.map_or(name.clone(), |port| format!("{name}:{port}")))
}

/// Whether Django takes this for a Host header at all (`django.http.request.host_validation_re`).
pub fn is_accepted_host(host: &str) -> bool {
    let lower = host.to_lowercase();
    let (is_name, port) = if let Some(rest) = lower.strip_prefix('[') {
        rest.split_once(']').map_or((false, ""), |(address, port)| (is_accepted_ipv6(address), port))
    } else {
        let (name, port) = lower.split_at(lower.find(':').unwrap_or(lower.len()));
        let is_letter = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        // A dot alone stands for the root, which is no host.
        (!name.is_empty() && name != "." && name.bytes().all(is_letter), port)
    };
    let is_port = port.is_empty()
        || port.strip_prefix(':').is_some_and(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()));
    is_port && is_name
}

fn is_accepted_ipv6(address: &str) -> bool {
    let hex = |b: u8| b.is_ascii_hexdigit();
    address.split_once(':').is_some_and(|(first, rest)| {
        first.bytes().all(hex) && !rest.is_empty() && rest.bytes().all(|b| hex(b) || matches!(b, b':' | b'.'))
    })
}

fn host_of(text: &str) -> &str {
    let authority = text.split(['/', '?', '#', '\\']).next().unwrap_or(text);
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    host.split(':').next().unwrap_or(host)
}

/// UTS 46 with STD3 rules, hyphens and lengths checked; on failure, the rule that was broken.
fn to_ascii(bare: &str) -> Result<String, Rule> {
    let uts46 = Uts46::new();
    let strict = uts46.to_ascii(bare.as_bytes(), AsciiDenyList::STD3, Hyphens::Check, DnsLength::Verify);
    if let Ok(ascii) = strict {
        return Ok(ascii.to_ascii_lowercase());
    }
    let loose = uts46.to_ascii(bare.as_bytes(), AsciiDenyList::STD3, Hyphens::Allow, DnsLength::Ignore);
    let Ok(ascii) = loose else { return Err(Rule::DomainCharacters) };
    Err(if ascii.split('.').any(str::is_empty) {
        Rule::DomainEmptyLabel
    } else if ascii.split('.').any(|label| label.len() > MAX_LABEL) {
        Rule::DomainLabelTooLong
    } else if ascii.len() > MAX_NAME {
        Rule::DomainTooLong
    } else {
        Rule::DomainHyphens
    })
}

/// Without every leading `www.`: the router cuts it from requests, so a stored one is never asked for.
fn strip_www(ascii: &str) -> &str {
    let mut name = ascii;
    while let Some(rest) = name.strip_prefix("www.") {
        name = rest;
    }
    name
}

fn classify(stored: &str, unicode: &str) -> Result<DomainKind, Rule> {
    let last = stored.rsplit('.').next().unwrap_or(stored);
    if last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x") {
        return stored.parse::<Ipv4Addr>().map(|_| DomainKind::Development).map_err(|_| Rule::DomainNumeric);
    }
    if last == "localhost" {
        return Ok(DomainKind::Development);
    }
    let suffix = psl::suffix(stored.as_bytes());
    if suffix.is_some_and(|s| s.is_known() && s.as_bytes() == stored.as_bytes()) {
        return Err(Rule::DomainPublicSuffix);
    }
    if !stored.contains('.') {
        return Err(Rule::DomainSingleLabel);
    }
    if !unicode.chars().all(|c| c.is_ascii() || c.identifier_allowed()) {
        return Err(Rule::DomainCharacters);
    }
    if !unicode.split('.').all(MixedScript::is_single_script) {
        return Err(Rule::DomainMixedScripts);
    }
    Ok(DomainKind::Public)
}

fn rewrites(input: &str, text: &str, bare: &str, ascii: &str, stored: &str) -> Vec<Rewrite> {
    let steps = [
        (text != input, Rewrite::Blanks),
        (bare != text, Rewrite::TrailingDot),
        (bare.chars().any(char::is_uppercase), Rewrite::LowerCase),
        (!bare.is_ascii(), Rewrite::Ascii),
        (stored != ascii, Rewrite::Www),
    ];
    steps.into_iter().filter_map(|(done, step)| done.then_some(step)).collect()
}

/// Characters that UTS 46 drops without a trace, so that two inputs that look alike would differ from what is stored.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{034F}' | '\u{180B}'..='\u{180F}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
#[path = "domain_tests.rs"]
mod tests;
