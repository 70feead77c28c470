//! The CAA records that hold for a domain (RFC 8659): its own, else those of the nearest parent that has any.

use hickory_resolver::proto::rr::{RData, RecordType};
use tokio::time::Instant;

use super::ask::{MAX_RECORDS, Miss, text};
use super::shown::shown;
use super::{CaaEvidence, CaaProperty, World};

const MAX_VALUE: usize = 256;
const MAX_TAG: usize = 32;

impl World {
    pub(super) async fn caa(&self, domain: &str, until: Instant) -> CaaEvidence {
        let mut candidate = domain;
        loop {
            match self.ask(candidate, RecordType::CAA, until).await {
                Err(Miss::Failed(why)) => return CaaEvidence::Failed { why },
                Err(Miss::NoName | Miss::NoRecords) => {}
                Ok(records) => {
                    let found = records.iter().filter_map(|record| match &record.data {
                        RData::CAA(caa) => Some((record, caa)),
                        _ => None,
                    });
                    let found: Vec<_> = found.take(MAX_RECORDS).collect();
                    if let Some((first, _)) = found.first() {
                        let name = text(&first.name);
                        let properties = found.iter().map(|(_, caa)| CaaProperty {
                            critical: caa.issuer_critical,
                            tag: shown(&caa.tag.to_ascii_lowercase(), MAX_TAG),
                            value: shown(&String::from_utf8_lossy(&caa.value), MAX_VALUE),
                        });
                        return CaaEvidence::Found { name, properties: properties.collect() };
                    }
                }
            }
            match candidate.split_once('.') {
                Some((_, parent)) => candidate = parent,
                None => return CaaEvidence::Nothing,
            }
        }
    }
}

impl CaaEvidence {
    /// May this authority issue for the domain?
    pub fn allows(&self, authority: &str) -> bool {
        let Self::Found { properties, .. } = self else { return true };
        let unknown =
            |p: &CaaProperty| p.critical && !matches!(p.tag.as_str(), "issue" | "issuewild" | "iodef");
        let mut issuers = properties.iter().filter(|p| p.tag == "issue").map(CaaProperty::issuer).peekable();
        !properties.iter().any(unknown)
            && (issuers.peek().is_none() || issuers.any(|issuer| issuer.eq_ignore_ascii_case(authority)))
    }

    /// May anybody at all?
    pub fn allows_someone(&self) -> bool {
        let Self::Found { properties, .. } = self else { return true };
        let issuers: Vec<_> =
            properties.iter().filter(|p| p.tag == "issue").map(CaaProperty::issuer).collect();
        issuers.is_empty() || issuers.iter().any(|issuer| !issuer.is_empty() && self.allows(issuer))
    }
}

impl CaaProperty {
    /// The authority's domain, without the parameters.
    fn issuer(&self) -> &str {
        self.value.split(';').next().unwrap_or_default().trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(properties: &[(bool, &str, &str)]) -> CaaEvidence {
        let properties = properties.iter().map(|&(critical, tag, value)| CaaProperty {
            critical,
            tag: tag.into(),
            value: value.into(),
        });
        CaaEvidence::Found { name: "example.com".into(), properties: properties.collect() }
    }

    #[test]
    fn an_authority_may_issue_where_the_records_say_so_or_say_nothing() {
        for (properties, allowed) in [
            (vec![], true),
            (vec![(false, "iodef", "mailto:a@example.com")], true),
            (vec![(false, "issuewild", ";")], true),
            (vec![(false, "issue", "ca.example")], true),
            (vec![(false, "issue", " CA.example ; account=1")], true),
            (vec![(false, "issue", "other.example"), (false, "issue", "ca.example")], true),
            (vec![(false, "issue", "other.example")], false),
            (vec![(false, "issue", ";")], false),
            (vec![(false, "issue", "ca.example"), (true, "novel", "x")], false),
        ] {
            assert_eq!(evidence(&properties).allows("ca.example"), allowed, "{properties:?}");
        }
        assert!(CaaEvidence::Nothing.allows("ca.example"));
        assert!(CaaEvidence::Failed { why: super::super::LookupFailure::TimedOut }.allows("ca.example"));
        assert!(!evidence(&[(false, "issue", ";")]).allows_someone());
        assert!(evidence(&[(false, "issue", "other.example")]).allows_someone());
    }
}
