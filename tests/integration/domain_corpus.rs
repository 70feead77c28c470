//! Hundreds of names, from the standards and from what people paste: what the field previews is what is stored, is what the
//! look-up finds, is what the platform's own router matches. See tests/corpus/domains.tsv.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use tenantry_engine::Error;
use tenantry_engine::domains::{
    AddDomains, DomainQuery, DomainState, IfTaken, RouterOutcome, find, inspect, sought, who,
};
use tenantry_engine::names::{DomainKind, SchemaName, is_accepted_host, normalise};
use tenantry_engine::operations::{Change, Finding, Intent};

use crate::console::Platform;

/// What is typed, and the stored form, or the rule that it breaks.
struct Entry {
    input: String,
    outcome: Result<String, String>,
}

/// What Django answers about a header that it accepts.
#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Routed {
    sought: String,
    schema: Option<String>,
}

/// Headers that are made of no name: what Django's own expression takes and refuses.
const ODD_HEADERS: [&str; 20] = [
    "",
    ".",
    "..",
    "a..b",
    ".a",
    "-",
    "a:b",
    "a:",
    "a:80:80",
    ":80",
    "[::1]",
    "[::1]:80",
    "[::1",
    "[]",
    "[1]",
    "[:]",
    "[::g]",
    "[::1]x",
    "[::ffff:1.2.3.4]",
    "A.EXAMPLE:080",
];

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn corpus() -> Vec<Entry> {
    let text = std::fs::read_to_string(tests().join("corpus/domains.tsv")).unwrap();
    // The others are comments.
    let lines = text.lines().filter_map(|line| line.split_once('\t'));
    let entry = |(input, outcome): (&str, &str)| {
        let outcome = outcome.strip_prefix('!').map_or(Ok(outcome), Err);
        Entry { input: unescaped(input), outcome: outcome.map(str::to_owned).map_err(str::to_owned) }
    };
    lines.map(entry).collect()
}

fn unescaped(text: &str) -> String {
    let (mut plain, mut rest) = (String::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        plain += before;
        let (c, length) = match after.as_bytes()[0] {
            b't' => ('\t', 1),
            b'n' => ('\n', 1),
            b'r' => ('\r', 1),
            b'u' => {
                let end = after.find('}').unwrap();
                (char::from_u32(u32::from_str_radix(&after[2..end], 16).unwrap()).unwrap(), end + 1)
            }
            _ => ('\\', 1),
        };
        plain.push(c);
        rest = &after[length..];
    }
    plain + rest
}

fn add(inputs: &[&str]) -> Intent {
    let domains = inputs.iter().map(|&input| input.to_owned()).collect();
    let schema = SchemaName::existing("acme");
    Intent::AddDomains(AddDomains { schema, domains, on_taken: IfTaken::Fail, approval: None })
}

async fn platform() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "the-first.example").await;
    platform
}

async fn stored(platform: &Platform) -> BTreeSet<String> {
    let query = "SELECT domain::text FROM public.tenants_domain WHERE domain <> 'the-first.example'";
    platform.lines(query).await.into_iter().collect()
}

/// The headers in which a browser or a server may name a stored domain.
fn headers(entry: &Entry) -> Vec<String> {
    let input = &entry.input;
    let mut headers =
        vec![input.clone(), format!("{input}:8443"), format!("www.{input}"), input.to_uppercase()];
    if let Ok(stored) = &entry.outcome {
        headers.extend([
            stored.clone(),
            format!("{stored}:80"),
            format!("www.{stored}"),
            format!("{stored}."),
        ]);
    }
    headers
}

/// Asks the platform's router about all headers at once.
fn django(platform: &Platform, headers: &[String]) -> Vec<Option<Routed>> {
    let python = std::env::var_os("TENANTRY_DJANGO_PYTHON")
        .expect("TENANTRY_DJANGO_PYTHON names a Python with Django");
    let to = &platform.connection;
    let mut hosts = Command::new(python);
    hosts.args(["-B", "hosts.py"]).current_dir(tests().join("django"));
    hosts.env("PGHOST", &to.host).env("PGPORT", to.port.to_string()).env("PGUSER", &to.user);
    hosts.env("PGDATABASE", &to.database).env("PYTHONIOENCODING", "utf-8");
    let mut hosts = hosts.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    hosts.stdin.take().unwrap().write_all(&serde_json::to_vec(headers).unwrap()).unwrap();
    let output = hosts.wait_with_output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test]
async fn what_is_previewed_is_what_is_stored_and_found_and_routed() {
    let (platform, corpus) = (platform().await, corpus());
    let good: Vec<_> =
        corpus.iter().filter_map(|entry| Some((entry, entry.outcome.as_ref().ok()?))).collect();
    assert!(corpus.len() >= 300 && good.len() >= 150, "{} of {}", good.len(), corpus.len());
    let mut wrong = Vec::new();
    for (Entry { input, .. }, form) in &good {
        let seen = inspect(&platform.engine, input, None).await.unwrap();
        let previewed: Vec<_> = seen
            .iter()
            .map(|one| (one.name.as_ref().map(|name| name.stored.as_str()), one.problem.as_ref()))
            .collect();
        if previewed != [(Some(form.as_str()), None)] {
            wrong.push(format!("{input:?} should be {form}, and the field says {previewed:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));

    let mut first = BTreeMap::new();
    for (entry, form) in &good {
        first.entry(form.as_str()).or_insert(entry.input.as_str());
    }
    let inputs: Vec<_> = first.values().copied().collect();
    platform.apply(add(&inputs)).await.unwrap();
    let forms: BTreeSet<_> = first.keys().map(|&form| form.to_owned()).collect();
    assert_eq!(stored(&platform).await, forms);
    for (Entry { input, .. }, form) in &good {
        let plan = platform.plan(add(&[input])).await.unwrap();
        let known = Finding::DomainYours { domain: (*form).clone(), primary: false };
        assert!(plan.changes.is_empty() && plan.findings.contains(&known), "{input:?}: {:?}", plan.findings);
    }
    assert_routed(&platform, &corpus).await;
}

/// For every header, `who` and Django say the same; and a stored form reaches its tenant.
async fn assert_routed(platform: &Platform, corpus: &[Entry]) {
    let mut asked = Vec::new();
    for header in corpus.iter().flat_map(headers).chain(ODD_HEADERS.map(str::to_owned)) {
        let answer = who(&platform.engine, &header).await.unwrap();
        asked.push(answer);
    }
    let hosts: Vec<_> = asked.iter().map(|answer| answer.host.clone()).collect();
    let mut wrong = Vec::new();
    for (answer, routed) in asked.iter().zip(django(platform, &hosts)) {
        let ours = match &answer.outcome {
            RouterOutcome::Refused => None,
            RouterOutcome::Nobody { .. } => Some((answer.sought.as_str(), None)),
            RouterOutcome::Reached { domain, owner, .. } => {
                Some((domain.as_str(), Some(owner.schema.to_string())))
            }
        };
        let theirs = routed.as_ref().map(|routed| (routed.sought.as_str(), routed.schema.clone()));
        if ours != theirs {
            wrong.push(format!("{:?}: {ours:?}, and the router {theirs:?}", answer.host));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    for form in corpus.iter().filter_map(|entry| entry.outcome.as_ref().ok()) {
        for header in [form.clone(), format!("{form}:80"), format!("www.{form}"), format!("https://{form}/x")]
        {
            let answer = who(&platform.engine, &header).await.unwrap();
            assert!(
                matches!(&answer.outcome, RouterOutcome::Reached { domain, .. } if domain == form),
                "{header}: {answer:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_rejected_is_rejected_for_its_reason_and_nothing_is_stored() {
    let (platform, corpus) = (platform().await, corpus());
    let before = platform.fingerprint().await;
    let mut wrong = Vec::new();
    for Entry { input, outcome } in &corpus {
        let Err(rule) = outcome else { continue };
        let found = match platform.plan(add(&[input])).await {
            Err(Error::Invalid(problems)) => {
                serde_json::to_value(&problems[0].rule).unwrap()["code"].as_str().unwrap().to_owned()
            }
            other => format!("{other:?}"),
        };
        if found != *rule {
            wrong.push(format!("{input:?} should be {rule}, and is {found}"));
        }
        // What can be cut out of it is offered, and never taken without a word.
        for one in inspect(&platform.engine, input, None).await.unwrap() {
            let silent = one.input == *input && one.problem.is_none();
            if silent {
                wrong.push(format!("{input:?} is previewed without its problem"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
    platform.assert_unchanged(&before).await;
}

#[tokio::test]
async fn the_list_says_of_every_row_what_the_rules_of_names_say() {
    let (platform, corpus) = (platform().await, corpus());
    let forms = corpus.iter().filter_map(|entry| entry.outcome.as_ref().ok());
    let rows: BTreeSet<_> = corpus.iter().map(|entry| &entry.input).chain(forms).cloned().collect();
    let rows: Vec<_> =
        rows.into_iter().filter(|row| row.chars().count() <= 253 && !row.contains('\0')).collect();
    let literals: Vec<_> = rows.iter().map(|row| format!("('{}')", row.replace('\'', "''"))).collect();
    platform
        .execute(&format!(
            "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id)
             SELECT stored, false, t.id FROM (VALUES {}) AS r (stored), public.tenants_tenant t",
            literals.join(", ")
        ))
        .await;
    let mut listed = Vec::new();
    while listed.len() <= rows.len() {
        let offset = u32::try_from(listed.len()).unwrap();
        let page = find(&platform.engine, &DomainQuery::default(), offset, 200).await.unwrap();
        assert!(!page.rows.is_empty(), "{} of {}", listed.len(), rows.len());
        listed.extend(page.rows);
    }
    let mut wrong = Vec::new();
    for row in &listed {
        let (name, domain) = (normalise("domain", &row.domain), row.domain.as_str());
        let is_matched =
            is_accepted_host(domain) && sought(domain).0 == domain && domain.to_lowercase() == domain;
        let reachable = row.state != DomainState::Unreachable;
        match name.ok().filter(|name| name.stored == domain) {
            Some(name) if !reachable || name.kind != row.kind => wrong.push(format!("{domain:?} is {row:?}")),
            None if reachable && !is_matched => {
                wrong.push(format!("{domain:?} is reached by nothing, and {row:?}"));
            }
            _ => {}
        }
        if row.kind == DomainKind::Development && reachable && (row.state != DomainState::Local) {
            wrong.push(format!("{domain:?} is of a developer's machine, and {:?}", row.state));
        }
    }
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[tokio::test]
async fn a_name_that_is_new_is_planned_as_it_is_stored() {
    let (platform, corpus) = (platform().await, corpus());
    for entry in corpus.iter().filter(|entry| entry.outcome.is_ok()) {
        let plan = platform.plan(add(&[&entry.input])).await.unwrap();
        assert!(
            matches!(&plan.changes[..], [Change::AddDomain { domain, .. }] if Ok(domain) == entry.outcome.as_ref()),
            "{:?}: {:?}",
            entry.input,
            plan.changes
        );
    }
}
