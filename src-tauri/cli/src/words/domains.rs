//! Words about domains.

use serde_json::{Value, json};
use tenantry_engine::domains::import::ImportCheck;
use tenantry_engine::domains::{
    DomainLook, DomainPage, DomainPolicy, DomainState, RequestAnswer, RouterOutcome, RouterStep,
};
use tenantry_engine::operations::{Change, Finding};
use tenantry_engine::world::{Challenge, DnsRecord, OwnershipState, Step};

use super::table;

pub fn found(page: &DomainPage) -> String {
    let rows = page.rows.iter().map(|row| {
        let role = if row.primary { "primary" } else { "" };
        let owner = &row.owner;
        [
            row.domain.clone(),
            role.to_owned(),
            state(row.state).to_owned(),
            owner.schema.to_string(),
            owner.name.clone(),
        ]
    });
    let list = table(&["DOMAIN", "", "STATE", "SCHEMA", "TENANT"], rows);
    format!("{list}\n{} of {} domains", page.matching, page.total)
}

fn state(state: DomainState) -> &'static str {
    match state {
        DomainState::Unreachable => "unreachable",
        DomainState::Unproven => "unproven",
        DomainState::Misdirected => "misdirected",
        DomainState::Insecure => "insecure",
        DomainState::Expiring => "expiring",
        DomainState::Unchecked => "unchecked",
        DomainState::Live => "live",
        DomainState::Local => "local",
    }
}

pub fn checked(check: &ImportCheck) -> String {
    let counts = check.counts;
    let mut lines: Vec<_> = check
        .rows
        .iter()
        .filter(|row| row.verdict.is_bad() || !row.verdict.to_string().is_empty())
        .map(|row| format!("line {}: {} {}: {}", row.line, row.input, row.verdict.word(), row.verdict))
        .collect();
    lines.push(format!(
        "{} rows: {} good ({} of them moved), {} there already, {} left out, {} bad",
        counts.total, counts.good, counts.moved, counts.same, counts.skipped, counts.bad
    ));
    lines.join("\n")
}

pub fn who(answer: &RequestAnswer) -> String {
    let mut lines: Vec<_> =
        answer.steps.iter().map(|step| format!("  {}", router_step(*step, answer))).collect();
    lines.insert(0, format!("Host: {}", answer.host));
    lines.push(match &answer.outcome {
        RouterOutcome::Reached { domain, owner, active, has_schema, .. } => {
            let asleep = if *active { "" } else { ", which is suspended" };
            let missing = if *has_schema { "" } else { "; its schema is missing" };
            format!("{domain} is a domain of {owner}{asleep}{missing}.")
        }
        RouterOutcome::Refused => "Django refuses such a header.".to_owned(),
        RouterOutcome::Nobody { .. } => format!("Nobody has exactly {}.", answer.sought),
    });
    if let RouterOutcome::Nobody { near } = &answer.outcome {
        lines.extend(
            near.iter().map(|row| format!("  {} of {} is not the same to the router", row.domain, row.owner)),
        );
    }
    lines.join("\n")
}

fn router_step(step: RouterStep, answer: &RequestAnswer) -> String {
    match step {
        RouterStep::TakenFromUrl => format!("a browser sends {}", answer.host),
        RouterStep::PortCut => "the router cuts everything from the colon".to_owned(),
        RouterStep::WwwCut => "the router cuts www.".to_owned(),
    }
}

pub fn policy(policy: &DomainPolicy) -> String {
    let list = |items: &[String]| if items.is_empty() { "any".to_owned() } else { items.join(", ") };
    format!(
        "Addresses: {}\nNames: {}\nCertificate authorities: {}\nHTTPS port: {}\nProof of ownership: {}",
        list(&policy.addresses),
        list(&policy.names),
        list(&policy.authorities),
        policy.https_port,
        if policy.proof_required { "required" } else { "not required" }
    )
}

pub fn looks(looks: &[DomainLook]) -> String {
    let mut lines = Vec::new();
    for DomainLook { domain, diagnosis } in looks {
        let state = |state: Value| state.as_str().unwrap_or_default().replace('_', " ");
        let (routing, certificate) = (json!(diagnosis.routing), json!(diagnosis.certificate));
        lines.push(format!("{domain}: routing {}, certificate {}", state(routing), state(certificate)));
        lines.extend(diagnosis.steps.iter().map(|one| format!("  - {}", step(one))));
    }
    if lines.is_empty() {
        lines.push("There was nothing to look at.".to_owned());
    }
    lines.join("\n")
}

pub fn proof(challenge: &Challenge, look: &DomainLook) -> String {
    let found = if look.diagnosis.ownership == OwnershipState::Proven { "is there" } else { "is not there" };
    format!("TXT {}\n    {}\nThe record {found}.", challenge.record, challenge.value)
}

fn step(step: &Step) -> String {
    let line = |record: &DnsRecord| record.zone_line();
    match step {
        Step::SetTargets => {
            "say where domains should lead: tenantry domain policy --address … or --name …".to_owned()
        }
        Step::NameserversDoNotAnswer { servers } => {
            format!("the zone's servers do not answer: {}", servers.join(", "))
        }
        Step::RemoveRecord { record, .. } => format!("remove {}", line(record)),
        Step::ChangeRecord { from, to } => format!("change {} to {}", line(from), line(to)),
        Step::AddRecord { record } => format!("add {}", line(record)),
        Step::PointApex { domain, target } => {
            format!("point {domain} to {target} by ALIAS, ANAME or a flattened CNAME")
        }
        Step::TargetDoesNotResolve { target } => format!("give the platform's own name {target} an address"),
        Step::AllowAuthority { record, .. } => format!("allow the authority: add {}", line(record)),
        Step::ServeTls { port } => format!("have the platform answer TLS at port {port}"),
        Step::CompleteChain { issuer } => format!("have the server send the certificate of {issuer} too"),
        Step::IssueCertificate => "have a certificate issued for the name".to_owned(),
        Step::RenewCertificate { until } => format!("renew the certificate before {until}"),
        Step::WaitForCertificate { from } => format!("the certificate holds from {from} on"),
        Step::TryAgainLater => "try again later: a look-up failed".to_owned(),
    }
}

pub fn change(change: &Change) -> Option<String> {
    Some(match change {
        Change::AddDomain { schema, domain, primary: true } => {
            format!("add the primary domain {domain} to {schema}")
        }
        Change::AddDomain { schema, domain, primary: false } => {
            format!("add the domain {domain} to {schema}")
        }
        Change::PutBackDomain { schema, domain, .. } => format!("give the domain {domain} back to {schema}"),
        Change::RemoveDomain { schema, domain } => format!("remove the domain {domain} from {schema}"),
        Change::MoveDomain { domain, from, to, primary, .. } => {
            let role = if *primary { ", as its primary domain" } else { "" };
            format!("move {domain} from {from} to {to}{role}")
        }
        Change::ChangePrimary { schema, before, after } => {
            format!(
                "change the primary domain of {schema}: {} -> {after}",
                before.as_deref().unwrap_or("none")
            )
        }
        Change::ApproveDomain { schema, domain, reason } => {
            format!("approve {domain} for {schema} without a proof: {reason}")
        }
        Change::WithdrawApproval { schema, domain } => {
            format!("withdraw the approval of {domain} for {schema}")
        }
        Change::ChangeDomainPolicy { after, .. } => {
            format!("change what is asked of domains:\n{}", policy(after))
        }
        _ => return None,
    })
}

pub fn finding(finding: &Finding) -> Option<String> {
    Some(match finding {
        Finding::DomainRewritten { input, stored, .. } => format!("{input} is stored as {stored}"),
        Finding::DomainYours { domain, primary: true } => format!("{domain} is its primary domain already"),
        Finding::DomainYours { domain, .. } => format!("{domain} is its domain already"),
        Finding::DomainTaken { domain, owner, .. } => format!("{domain} belongs to {owner} and is left out"),
        Finding::LeftWithoutDomain { tenant } => {
            format!("{tenant} has no domain left: no request reaches it")
        }
        Finding::DomainChangedSince { domain, owner: Some(owner) } => {
            format!("{domain} was changed since, belongs to {owner}, and stays as it is")
        }
        Finding::DomainChangedSince { domain, owner: None } => {
            format!("{domain} was removed since, and stays as it is")
        }
        Finding::RowsLeftOut { count } => format!("{count} bad rows are left out"),
        _ => return None,
    })
}
