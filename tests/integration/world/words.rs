//! Steps in one line each, so that a table of them can be read.

use tenantry_engine::world::{DnsRecord, Step};

pub fn line(step: &Step) -> String {
    match step {
        Step::RemoveRecord { record, why } => format!("remove {} ({})", plain(record), json(why)),
        Step::ChangeRecord { from, to } => format!("change {} to {}", plain(from), plain(to)),
        Step::AddRecord { record } => format!("add {}", plain(record)),
        Step::AllowAuthority { record, .. } => format!("allow {}", plain(record)),
        Step::NameserversDoNotAnswer { servers } => format!("mend {}", servers.join(" ")),
        Step::PointApex { domain, target } => format!("point {domain} at {target}"),
        Step::TargetDoesNotResolve { target } => format!("mend {target}"),
        Step::ServeTls { .. } => "serve TLS".into(),
        Step::CompleteChain { issuer } => format!("send {issuer}"),
        Step::RenewCertificate { .. } => "renew".into(),
        Step::WaitForCertificate { .. } => "wait".into(),
        Step::IssueCertificate => "issue".into(),
        Step::SetTargets => "set targets".into(),
        Step::TryAgainLater => "try again".into(),
    }
}

/// A state as it goes over the wire.
pub fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

fn plain(record: &DnsRecord) -> String {
    format!("{} {} {}", record.name, record.kind, record.value)
}
