//! Fleet health as one page that needs nothing else: to print, to send, to keep.

use std::fmt::{Display, Write as _};

use super::findings::{Health, TenantHealth};
use crate::verify::Verdict;

const STYLE: &str = "
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 13px/1.45 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; font-variant-numeric: tabular-nums; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
ul { margin: 0; padding-left: 1.1rem; } li { overflow-wrap: anywhere; } code { font-family: ui-monospace, monospace; }
.failed, .grave, .wrong { color: light-dark(#b42318, #ff8a7a); } .notice { color: light-dark(#8a5a00, #f0b64a); } .passed { color: light-dark(#146c2e, #6fd08c); }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
";

/// The same for programs.
pub fn json(health: &Health) -> String {
    // A value of ours that cannot be JSON would be a defect.
    serde_json::to_string_pretty(health).unwrap_or_default()
}

/// The page. Every name in it is text, whatever it holds.
pub fn html(health: &Health, platform: &str) -> String {
    let mut page = String::new();
    let title = format!("Fleet health of {platform}");
    // Writing to a string cannot fail.
    let _ = write!(
        page,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{0}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<h1>{0}</h1>\n<p>{1}</p>\n",
        Escaped(&title),
        health.at.format("%Y-%m-%d %H:%M UTC"),
    );
    let _ = write!(page, "<p>{}</p>\n<p>{}</p>\n", Escaped(&summary(health)), Escaped(&health.capacity));
    tenants(&mut page, health);
    groups(&mut page, health);
    if !health.orphans.is_empty() {
        page.push_str("<h2>Schemas without a tenant</h2>\n<ul>\n");
        for orphan in &health.orphans {
            let _ = writeln!(page, "<li>{}</li>", Escaped(orphan));
        }
        page.push_str("</ul>\n");
    }
    let _ = write!(page, "<p>{}.</p>\n</body>\n</html>\n", Escaped(&health.sequences));
    page
}

fn summary(health: &Health) -> String {
    let of = |verdict| health.tenants.iter().filter(|tenant| tenant.verdict == verdict).count();
    let reference =
        health.reference.as_ref().map_or_else(String::new, |r| format!(" They are compared with {r}."));
    format!(
        "{} tenants: {} failed, {} with a notice, {} without any finding.{reference}",
        health.tenants.len(),
        of(Verdict::Failed),
        of(Verdict::Notice),
        of(Verdict::Passed),
    )
}

fn tenants(page: &mut String, health: &Health) {
    page.push_str("<h2>Tenants</h2>\n<table>\n<thead><tr><th>Tenant</th><th>Schema</th><th>Group</th><th>State</th><th>Findings</th></tr></thead>\n<tbody>\n");
    for tenant in &health.tenants {
        let group = tenant.group.map_or_else(String::new, |id| (id + 1).to_string());
        let (class, word) = state(tenant.verdict);
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td><code>{}</code></td><td>{group}</td><td class=\"{class}\">{word}</td><td>{}</td></tr>",
            Escaped(&tenant.name),
            Escaped(&tenant.schema),
            findings(tenant),
        );
    }
    page.push_str("</tbody>\n</table>\n");
}

fn findings(tenant: &TenantHealth) -> String {
    let items = tenant.findings.iter().map(|finding| {
        let severity = finding.severity;
        format!("<li><span class=\"{severity}\">{severity}</span>: {}</li>", Escaped(&finding.symptom))
    });
    let items: String = items.collect();
    if items.is_empty() { items } else { format!("<ul>{items}</ul>") }
}

fn groups(page: &mut String, health: &Health) {
    page.push_str("<h2>Groups of equal schemas</h2>\n<table>\n<thead><tr><th>Group</th><th>Fingerprint</th><th>Tenants</th><th>Objects</th><th></th></tr></thead>\n<tbody>\n");
    for group in &health.groups {
        let _ = writeln!(
            page,
            "<tr><td>{}</td><td><code>{}</code></td><td>{}</td><td>{}</td><td>{}</td></tr>",
            group.id + 1,
            Escaped(&group.fingerprint),
            group.tenants,
            group.objects,
            if group.is_reference { "reference" } else { "" },
        );
    }
    page.push_str("</tbody>\n</table>\n");
}

fn state(verdict: Verdict) -> (&'static str, &'static str) {
    match verdict {
        Verdict::Failed => ("failed", "failed"),
        Verdict::Notice => ("notice", "notice"),
        Verdict::Passed => ("passed", "passed"),
    }
}

/// Text inside an element or an attribute.
struct Escaped<'a, T>(&'a T);

impl<T: Display> Display for Escaped<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for letter in self.0.to_string().chars() {
            match letter {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\'' => f.write_str("&#39;")?,
                other => f.write_char(other)?,
            }
        }
        Ok(())
    }
}
