//! The zoo: everything that is known to go wrong with a domain, and what should be made of it.

use std::time::Duration;

use super::endpoints::Endpoint;
use super::zone::{Manner, Zone};

/// One thing that is broken.
pub struct Fault {
    pub what: &'static str,
    pub domain: &'static str,
    pub zone: Zone,
    pub endpoint: Endpoint,
    pub asked: Asked,
    /// Ownership, routing and certificate.
    pub states: [&'static str; 3],
    /// The first step; empty for none.
    pub first: &'static str,
}

/// What the platform expects of the domain.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    pub addresses: &'static [&'static str],
    pub names: &'static [&'static str],
    pub authorities: &'static [&'static str],
    pub proof: bool,
    /// How long to wait for one answer.
    pub patience: Duration,
}

const ADDRESS: &str = "192.0.2.10";
const EDGE: &str = "edge.platform.example";
const PROOF: &str = "_tenantry-challenge.shop.example.com";
/// The value that the challenge asks for.
pub const TOKEN: &str = "tenantry=6f1d";

const DEFAULT: Asked = Asked {
    addresses: &[ADDRESS],
    names: &[],
    authorities: &["ca.example"],
    proof: false,
    patience: Duration::from_secs(5),
};
const BY_NAME: Asked = Asked { names: &[EDGE], ..DEFAULT };
const BOTH_FAMILIES: Asked = Asked { addresses: &[ADDRESS, "2001:db8::10"], ..DEFAULT };
const PROVEN: Asked = Asked { proof: true, ..DEFAULT };
const HASTY: Asked = Asked { patience: Duration::from_millis(300), proof: true, ..DEFAULT };
const ANYWHERE: Asked = Asked { addresses: &[], ..DEFAULT };

const FINE: [&str; 3] = ["not_required", "ok", "valid"];
const NOTHING_KNOWN: [&str; 3] = ["lookup_failed", "lookup_failed", "lookup_failed"];

impl Fault {
    fn new(
        what: &'static str,
        zone: Zone,
        asked: Asked,
        states: [&'static str; 3],
        first: &'static str,
    ) -> Self {
        Self { what, domain: "shop.example.com", zone, endpoint: Endpoint::Good, asked, states, first }
    }

    /// Of the TLS server alone; the domain leads to it.
    fn of_tls(
        what: &'static str,
        endpoint: Endpoint,
        certificate: &'static str,
        first: &'static str,
    ) -> Self {
        let states = ["not_required", "ok", certificate];
        Self { endpoint, ..Self::new(what, right(), DEFAULT, states, first) }
    }

    fn domain(self, domain: &'static str) -> Self {
        Self { domain, ..self }
    }

    fn endpoint(self, endpoint: Endpoint) -> Self {
        Self { endpoint, ..self }
    }
}

/// The domain leads to the platform by its address.
fn right() -> Zone {
    Zone::new().with("shop.example.com A 192.0.2.10")
}

fn shop(record: &str) -> Zone {
    Zone::new().with(&format!("shop.example.com {record}"))
}

pub fn all() -> Vec<Fault> {
    [
        missing_or_misplaced(),
        misdirected(),
        conflicting(),
        chains(),
        caa(),
        servers(),
        tls(),
        proof(),
        not_asked(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn missing_or_misplaced() -> Vec<Fault> {
    let gone = |routing| ["not_required", routing, "none"];
    vec![
        Fault::new("nothing is wrong", right(), DEFAULT, FINE, ""),
        Fault::new(
            "missing",
            Zone::new(),
            DEFAULT,
            gone("name_not_found"),
            "add shop.example.com A 192.0.2.10",
        ),
        Fault::new(
            "missing, a CNAME is better",
            Zone::new(),
            BY_NAME,
            gone("name_not_found"),
            "add shop.example.com CNAME edge.platform.example",
        ),
        Fault::new(
            "the name exists without an address",
            shop("TXT hello"),
            DEFAULT,
            gone("no_address"),
            "add shop.example.com A 192.0.2.10",
        ),
        Fault::new(
            "doubled zone suffix",
            Zone::new().with("shop.example.com.example.com A 192.0.2.10"),
            DEFAULT,
            gone("name_not_found"),
            "remove shop.example.com.example.com A 192.0.2.10 (doubled_suffix)",
        ),
        Fault::new(
            "doubled zone suffix of a CNAME",
            Zone::new().with("shop.example.com.example.com CNAME edge.platform.example"),
            BY_NAME,
            gone("name_not_found"),
            "remove shop.example.com.example.com CNAME edge.platform.example (doubled_suffix)",
        ),
        Fault::new(
            "somebody else's record at the doubled name",
            Zone::new().with("shop.example.com.example.com A 203.0.113.9"),
            DEFAULT,
            gone("name_not_found"),
            "add shop.example.com A 192.0.2.10",
        ),
        Fault::new(
            "apex without records, the platform has only a name",
            Zone::new(),
            Asked { addresses: &[], ..BY_NAME },
            gone("no_address"),
            "point example.com at edge.platform.example",
        )
        .domain("example.com"),
    ]
}

fn misdirected() -> Vec<Fault> {
    let astray = ["not_required", "misdirected", "valid"];
    vec![
        Fault::new(
            "wrong address",
            shop("A 203.0.113.9"),
            DEFAULT,
            astray,
            "change shop.example.com A 203.0.113.9 to shop.example.com A 192.0.2.10",
        ),
        Fault::new(
            "wrong address where a CNAME is better",
            shop("A 203.0.113.9"),
            BY_NAME,
            astray,
            "remove shop.example.com A 203.0.113.9 (leads_elsewhere)",
        ),
        Fault::new(
            "wrong IPv6 address only",
            shop("AAAA 2001:db8::bad"),
            DEFAULT,
            astray,
            "remove shop.example.com AAAA 2001:db8::bad (leads_elsewhere)",
        ),
        Fault::new(
            "CNAME to somewhere else",
            shop("CNAME old.example.com").with("old.example.com A 203.0.113.9"),
            BY_NAME,
            astray,
            "change shop.example.com CNAME old.example.com to shop.example.com CNAME edge.platform.example",
        ),
        Fault::new(
            "CNAME to somewhere else, the platform has only addresses",
            shop("CNAME old.example.com").with("old.example.com A 203.0.113.9"),
            DEFAULT,
            astray,
            "remove shop.example.com CNAME old.example.com (leads_elsewhere)",
        ),
        Fault::new("right by CNAME", shop("CNAME edge.platform.example"), BY_NAME, FINE, ""),
        Fault::new(
            "apex whose provider flattens the CNAME",
            Zone::new().with("example.com A 192.0.2.10"),
            Asked { addresses: &[], ..BY_NAME },
            FINE,
            "",
        )
        .domain("example.com")
        .endpoint(Endpoint::For("example.com")),
    ]
}

fn conflicting() -> Vec<Fault> {
    let conflict = ["not_required", "conflicting_records", "valid"];
    vec![
        Fault::new(
            "right address and a stale one",
            right().with("shop.example.com A 203.0.113.9"),
            DEFAULT,
            conflict,
            "remove shop.example.com A 203.0.113.9 (leads_elsewhere)",
        ),
        Fault::new(
            "IPv4 right, IPv6 wrong",
            right().with("shop.example.com AAAA 2001:db8::bad"),
            DEFAULT,
            conflict,
            "remove shop.example.com AAAA 2001:db8::bad (leads_elsewhere)",
        ),
        Fault::new(
            "IPv4 right, IPv6 wrong, the platform has both",
            right().with("shop.example.com AAAA 2001:db8::bad"),
            BOTH_FAMILIES,
            conflict,
            "change shop.example.com AAAA 2001:db8::bad to shop.example.com AAAA 2001:db8::10",
        ),
        Fault::new(
            "CNAME at the apex beside an address",
            Zone::new().with("example.com CNAME edge.platform.example").with("example.com A 192.0.2.10"),
            BY_NAME,
            conflict,
            "remove example.com CNAME edge.platform.example (beside_cname)",
        )
        .domain("example.com")
        .endpoint(Endpoint::For("example.com")),
        Fault::new(
            "right CNAME beside an old address",
            shop("CNAME edge.platform.example").with("shop.example.com A 203.0.113.9"),
            BY_NAME,
            conflict,
            "remove shop.example.com A 203.0.113.9 (beside_cname)",
        ),
    ]
}

fn chains() -> Vec<Fault> {
    let looped = || shop("CNAME loop.example.com").with("loop.example.com CNAME shop.example.com");
    let to_edge =
        "change shop.example.com CNAME loop.example.com to shop.example.com CNAME edge.platform.example";
    let astray = ["not_required", "misdirected", "lookup_failed"];
    vec![
        Fault::new("CNAME loop", looped(), BY_NAME, astray, to_edge),
        Fault::new(
            "CNAME loop that the resolver does not follow",
            Zone { leaves_chains: true, ..looped() },
            BY_NAME,
            ["not_required", "misdirected", "none"],
            to_edge,
        ),
        Fault::new(
            "dangling CNAME",
            shop("CNAME gone.example.com"),
            BY_NAME,
            ["not_required", "misdirected", "none"],
            "change shop.example.com CNAME gone.example.com to shop.example.com CNAME edge.platform.example",
        ),
        Fault::new(
            "the platform's own name does not resolve",
            shop("CNAME new.platform.example"),
            Asked { names: &["new.platform.example"], ..DEFAULT },
            ["not_required", "no_address", "none"],
            "mend new.platform.example",
        ),
        Fault::new(
            "right by a chain of two",
            shop("CNAME www.example.com").with("www.example.com CNAME edge.platform.example"),
            BY_NAME,
            FINE,
            "",
        ),
    ]
}

fn caa() -> Vec<Fault> {
    let blocked = ["not_required", "ok", "blocked_by_caa"];
    let zone = |record: &str| right().with(record);
    vec![
        Fault::new(
            "CAA forbids",
            zone("shop.example.com CAA other.example"),
            DEFAULT,
            blocked,
            "allow shop.example.com CAA 0 issue \"ca.example\"",
        )
        .endpoint(Endpoint::NoCertificate),
        Fault::new(
            "CAA of the parent forbids",
            zone("example.com CAA other.example"),
            DEFAULT,
            blocked,
            "allow example.com CAA 0 issue \"ca.example\"",
        )
        .endpoint(Endpoint::SelfSigned),
        Fault::new(
            "CAA of the parent forbids, its own allows",
            zone("example.com CAA other.example").with("shop.example.com CAA ca.example; account=1"),
            DEFAULT,
            FINE,
            "",
        ),
        Fault::new("CAA allows", zone("example.com CAA ca.example"), DEFAULT, FINE, ""),
        Fault::new(
            "CAA forbids the next certificate",
            zone("example.com CAA other.example"),
            DEFAULT,
            FINE,
            "allow example.com CAA 0 issue \"ca.example\"",
        ),
        Fault::new(
            "CAA forbids everybody",
            zone("example.com CAA ;"),
            Asked { authorities: &[], ..DEFAULT },
            blocked,
            "remove example.com CAA 0 issue \";\" (forbids_all)",
        )
        .endpoint(Endpoint::NoCertificate),
    ]
}

fn servers() -> Vec<Fault> {
    let unknown = ["not_required", "lookup_failed", "lookup_failed"];
    let resolver = |resolver| Zone { broken: Some("shop.example.com"), resolver, ..right() };
    let top = Zone { broken: Some("example.com"), delegates: Some("example.com"), ..right() }
        .with("com NS top.example")
        .with("top.example A 127.0.0.1");
    vec![
        Fault::new(
            "lame server",
            Zone { authority: Manner::Refuses, ..resolver(Manner::Fails) },
            DEFAULT,
            unknown,
            "mend ns1.example.com",
        ),
        Fault::new(
            "lame delegation: only the zone above knows the servers",
            Zone { resolver: Manner::Fails, authority: Manner::Refuses, ..top },
            DEFAULT,
            unknown,
            "mend ns1.example.com",
        ),
        Fault::new("SERVFAIL of the resolver alone", resolver(Manner::Fails), DEFAULT, unknown, "try again"),
        Fault::new("REFUSED by the resolver", resolver(Manner::Refuses), DEFAULT, unknown, "try again"),
        Fault::new(
            "time-out of everything",
            Zone { broken: Some(""), authority: Manner::IsSilent, ..resolver(Manner::IsSilent) },
            HASTY,
            NOTHING_KNOWN,
            "try again",
        ),
        Fault::new("truncated answer", Zone { truncates: true, ..right() }, DEFAULT, FINE, ""),
    ]
}

fn tls() -> Vec<Fault> {
    vec![
        Fault::of_tls("expired", Endpoint::Expired, "expired", "renew"),
        Fault::of_tls("not yet valid", Endpoint::NotYetValid, "not_yet_valid", "wait"),
        Fault::of_tls("expiring soon", Endpoint::ExpiringSoon, "expiring", "renew"),
        Fault::of_tls("short-lived and young", Endpoint::ShortLived, "valid", ""),
        Fault::of_tls("wrong name", Endpoint::For("other.example.com"), "name_mismatch", "issue"),
        Fault::of_tls("wildcard that covers", Endpoint::For("*.example.com"), "valid", ""),
        Fault::of_tls("self-signed", Endpoint::SelfSigned, "self_signed", "issue"),
        Fault::of_tls("unknown issuer", Endpoint::UnknownIssuer, "untrusted", "issue"),
        Fault::of_tls("incomplete chain", Endpoint::Incomplete, "untrusted", "send CN=Between"),
        Fault::of_tls("closed port", Endpoint::Closed, "none", "serve TLS"),
        Fault::of_tls("plain HTTP at the port", Endpoint::PlainHttp, "none", "serve TLS"),
        Fault::of_tls("no certificate for the name", Endpoint::NoCertificate, "none", "issue"),
        Fault::new(
            "wildcard that does not cover two labels",
            Zone::new().with("a.shop.example.com A 192.0.2.10"),
            DEFAULT,
            ["not_required", "ok", "name_mismatch"],
            "issue",
        )
        .domain("a.shop.example.com")
        .endpoint(Endpoint::For("*.example.com")),
    ]
}

fn proof() -> Vec<Fault> {
    let states = |ownership| [ownership, "ok", "valid"];
    let txt = |value: &str| right().with(&format!("{PROOF} TXT {value}"));
    let add = "add _tenantry-challenge.shop.example.com TXT tenantry=6f1d";
    vec![
        Fault::new("TXT right", txt(TOKEN), PROVEN, states("proven"), ""),
        Fault::new("TXT missing", right(), PROVEN, states("unproven"), add),
        Fault::new(
            "TXT of another value",
            txt("tenantry=old"),
            PROVEN,
            states("failed"),
            "change _tenantry-challenge.shop.example.com TXT tenantry=old \
             to _tenantry-challenge.shop.example.com TXT tenantry=6f1d",
        ),
        Fault::new(
            "several TXT, the right one among them",
            txt("one").with(&format!("{PROOF} TXT two")).with(&format!("{PROOF} TXT {TOKEN}")),
            PROVEN,
            states("proven"),
            "",
        ),
        Fault::new(
            "several TXT, none right",
            txt("one").with(&format!("{PROOF} TXT two")),
            PROVEN,
            states("failed"),
            add,
        ),
        Fault::new(
            "TXT with its quotes, in two strings",
            txt("\"tenantry|=6f1d\""),
            PROVEN,
            states("proven"),
            "",
        ),
        Fault::new(
            "TXT at the doubled suffix",
            right().with("_tenantry-challenge.shop.example.com.example.com TXT tenantry=6f1d"),
            PROVEN,
            states("unproven"),
            "remove _tenantry-challenge.shop.example.com.example.com TXT tenantry=6f1d (doubled_suffix)",
        ),
        Fault::new(
            "TXT missing and a stale address: removed before added",
            right().with("shop.example.com A 203.0.113.9"),
            PROVEN,
            ["unproven", "conflicting_records", "valid"],
            "remove shop.example.com A 203.0.113.9 (leads_elsewhere)",
        ),
        Fault::new(
            "the zone's server refuses, the resolver knows the TXT",
            Zone { broken: Some("shop.example.com"), authority: Manner::Refuses, ..txt(TOKEN) },
            PROVEN,
            states("proven"),
            "",
        ),
    ]
}

fn not_asked() -> Vec<Fault> {
    let development = ["not_required", "not_applicable", "not_applicable"];
    let unknown = ["not_required", "unknown", "valid"];
    vec![
        Fault::new("no targets set", right(), ANYWHERE, unknown, "set targets"),
        Fault::new("localhost", Zone::new(), DEFAULT, development, "").domain("localhost"),
        Fault::new("below localhost", Zone::new(), DEFAULT, development, "").domain("shop.localhost"),
        Fault::new("an address", Zone::new(), DEFAULT, development, "").domain("10.0.0.5"),
        Fault::new("an IPv6 address", Zone::new(), DEFAULT, development, "").domain("2001:db8::1"),
    ]
}
