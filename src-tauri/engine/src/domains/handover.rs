//! Domains in the forms in which servers and applications want them.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;

use super::find::{self, DomainQuery};
use super::{find_store, store};
use crate::table::{self, Row, Table};
use crate::{Engine, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum HandoverFormat {
    Json,
    Csv,
    /// Django's setting, as a Python file.
    AllowedHosts,
    /// A `map` from host to schema.
    Nginx,
    /// Sites for Caddy, with TLS on demand that asks before it issues.
    Caddy,
}

struct Entry {
    domain: String,
    schema: String,
    name: String,
    primary: bool,
    reachable: bool,
}

/// What is searched for, in a form. Names that no request can match are left out of what servers read.
pub async fn hand_over(engine: &Engine, query: &DomainQuery, format: HandoverFormat) -> Result<String> {
    let mut tx = engine.begin().await?;
    let sought = find_store::Sought::of(&mut tx, &query.text).await?;
    let rows = find_store::page(&mut tx, &sought, query, 0, u32::MAX).await?;
    let database = store::database(&mut tx).await?;
    tx.rollback().await?;
    let entries: Vec<_> = rows
        .into_iter()
        .map(|row| Entry {
            reachable: row.state != find::DomainState::Unreachable,
            domain: row.domain,
            schema: row.owner.schema.to_string(),
            name: row.owner.name,
            primary: row.primary,
        })
        .collect();
    Ok(match format {
        HandoverFormat::Json => json_of(&entries),
        HandoverFormat::Csv => csv_of(&entries),
        HandoverFormat::AllowedHosts => allowed_hosts(&entries, &database),
        HandoverFormat::Nginx => nginx(&entries, &database),
        HandoverFormat::Caddy => caddy(&entries, &database),
    })
}

/// Whether some tenant has exactly the name that a request would be looked up by: the answer to Caddy's question before it
/// orders a certificate.
pub async fn ask(engine: &Engine, host: &str) -> Result<bool> {
    Ok(super::who(engine, host).await?.is_reached())
}

fn json_of(entries: &[Entry]) -> String {
    let rows: Vec<_> = entries
        .iter()
        .map(|e| json!({ "domain": e.domain, "tenant": e.schema, "name": e.name, "primary": e.primary }))
        .collect();
    serde_json::to_string_pretty(&rows).unwrap_or_default() + "\n"
}

fn csv_of(entries: &[Entry]) -> String {
    let headers = ["domain", "tenant", "primary", "tenant name"].map(str::to_owned).to_vec();
    let rows = entries.iter().map(|e| {
        let primary = if e.primary { "true" } else { "false" };
        let cells = [e.domain.as_str(), e.schema.as_str(), primary, e.name.as_str()];
        Row { line: 0, cells: cells.as_slice().into() }
    });
    table::to_text(&Table { headers, rows: rows.collect(), delimiter: b',', bom: false })
}

/// The hosts that a platform answers, with the `www.` that its router cuts.
fn hosts(entries: &[Entry]) -> impl Iterator<Item = &Entry> {
    entries.iter().filter(|entry| entry.reachable)
}

fn allowed_hosts(entries: &[Entry], database: &str) -> String {
    let mut text = format!(
        "# The domains of {}. The router also answers each with www. before it.\nALLOWED_HOSTS = [\n",
        comment(database)
    );
    for Entry { domain, .. } in hosts(entries) {
        let _ = writeln!(text, "    \"{domain}\",");
        if takes_www(domain) {
            let _ = writeln!(text, "    \"www.{domain}\",");
        }
    }
    text + "]\n"
}

fn nginx(entries: &[Entry], database: &str) -> String {
    let mut text = format!(
        "# The tenant of each domain of {}; include it in the http block.\nmap $host $tenant {{\n    default \"\";\n",
        comment(database)
    );
    for Entry { domain, schema, .. } in hosts(entries) {
        let schema = schema.replace('\\', "\\\\").replace('"', "\\\"").replace('$', "");
        let _ = writeln!(text, "    {domain} \"{schema}\";");
        if takes_www(domain) {
            let _ = writeln!(text, "    www.{domain} \"{schema}\";");
        }
    }
    text + "}\n"
}

fn caddy(entries: &[Entry], database: &str) -> String {
    let mut text = format!(
        "# The domains of {}. Put your reverse_proxy into the snippet.\n(tenant) {{\n    # reverse_proxy 127.0.0.1:8000\n}}\n\n",
        comment(database)
    );
    for Entry { domain, .. } in hosts(entries) {
        let _ = if takes_www(domain) {
            writeln!(text, "{domain}, www.{domain} {{\n    import tenant\n}}")
        } else {
            writeln!(text, "{domain} {{\n    import tenant\n}}")
        };
    }
    text
}

fn takes_www(domain: &str) -> bool {
    domain.contains('.') && !domain.ends_with("localhost") && domain.parse::<std::net::Ipv4Addr>().is_err()
}

/// A name in a comment stays in its line.
fn comment(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
