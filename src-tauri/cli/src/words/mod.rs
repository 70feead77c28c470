//! Answers in plain words.

pub mod catalog;
pub mod domains;
pub mod jobs;
pub mod life;
pub mod many;

use serde_json::{Value, json};
use tenantry_engine::domains::Domain;
use tenantry_engine::health::Health;
use tenantry_engine::operations::{Applied, Change, Entry, Finding, Item, Plan};
use tenantry_engine::platform::{
    Action, AdoptionPlan, BaseColumn, Found, Inspection, LeavePlan, Place, Shape, Source, StartValue, Status,
};
use tenantry_engine::tenants::{Tenant, TenantPage};
use tenantry_engine::verify::{CheckResult, Report, Verdict};

use crate::commands::outcome_of;

pub fn status(status: &Status) -> String {
    let place = match &status.place {
        Place::Private { data_dir } => format!("the private server in {data_dir}"),
        Place::Server { host, port, reason: None, .. } => format!("{host}:{port}"),
        Place::Server { host, port, tls, reason: Some(reason) } => {
            format!("{host}:{port} (NOT VERIFIED: sslmode {}, because: {reason})", tls.name())
        }
    };
    let read_only =
        status.read_only.as_ref().map(|reason| format!("\nRead only: {reason}.")).unwrap_or_default();
    format!(
        "Database {} on {place}, PostgreSQL {}, as {}.\n{} tenants, {} domains; the master catalog has {} atoms in {} versions.{read_only}",
        status.database,
        status.server_version,
        status.user,
        status.tenants,
        status.domains,
        status.catalog.atoms,
        status.catalog.versions
    )
}

/// What a server and its database are.
pub fn inspection(inspection: &Inspection) -> String {
    let Inspection { server_version, database, user, read_only, may_create_schema, found } = inspection;
    let mut lines = vec![format!("Database {database}, PostgreSQL {server_version}, as {user}.")];
    lines.extend(read_only.as_ref().map(|reason| format!("Read only: {reason}.")));
    if !may_create_schema {
        lines.push("The role may not create schemas here, so nothing can be adopted.".into());
    }
    match found {
        Found::Platform => lines.push("It is a Tenantry platform.".into()),
        Found::Adoptable { shape: found } => lines.extend(shape(found)),
        Found::Several { shapes } | Found::Unmapped { shapes } => {
            lines.extend(found.problem().map(|problem| problem.to_string()));
            lines.extend(shapes.iter().flat_map(shape));
        }
        other => lines.extend(other.problem().map(|problem| problem.to_string())),
    }
    lines.join("\n")
}

fn shape(shape: &Shape) -> Vec<String> {
    let mut lines = vec![
        format!("Tenants are in {}: {} rows, {} schemas.", shape.tenant_table, shape.tenants, shape.schemas),
        format!("Domains are in {}: {} rows.", shape.domain_table, shape.domains),
    ];
    if !shape.missing_schemas.is_empty() {
        lines.push(format!("Tenants without a schema: {}", shape.missing_schemas.join(", ")));
    }
    if !shape.orphaned_schemas.is_empty() {
        lines.push(format!("Schemas without a tenant: {}", shape.orphaned_schemas.join(", ")));
    }
    lines.extend(shape.tenant_columns.iter().chain(&shape.domain_columns).map(column));
    lines
}

fn column(column: &BaseColumn) -> String {
    let from = match &column.source {
        Source::Column { name } if *name == column.column => String::new(),
        Source::Column { name } => format!(", which is {name}"),
        Source::Expression { expression } => format!(", read as {expression}"),
    };
    let start = match &column.start {
        StartValue::Plain { expression } => format!("; starts as {expression}"),
        StartValue::MostFrequent { expression, rows } => {
            format!("; starts as {expression}, as in {rows} rows")
        }
        StartValue::Given if !column.common => "; has to be given".into(),
        StartValue::Table | StartValue::Null | StartValue::Given => String::new(),
    };
    format!("  {} {}{from}{start}", column.column, column.data_type)
}

/// The statements, ready to be read or kept.
pub fn adoption_plan(plan: &AdoptionPlan) -> String {
    if plan.action == Action::Nothing {
        return "It is a platform already, and up to date; there is nothing to do.".into();
    }
    let found: Vec<_> =
        plan.shape.iter().flat_map(shape).map(|line| format!("-- {}", line.replace('\n', " "))).collect();
    format!("{}\n{}", found.join("\n"), plan.statements)
}

pub fn leave_plan(plan: &LeavePlan) -> String {
    let mut lines = vec![
        plan.statements.clone(),
        format!(
            "-- with {} entries of the journal and {} atoms of the master catalog",
            plan.journal_entries, plan.master_atoms
        ),
    ];
    lines
        .extend(plan.dependents.iter().map(|object| format!("-- refused as long as it is used by {object}")));
    lines.join("\n")
}

pub fn server(folder: &str) -> String {
    format!(
        "The private server is running. Connect with\n  psql -h {folder} -U tenantry platform\nCtrl-C stops it."
    )
}

pub fn tenants(tenants: &[Tenant]) -> String {
    table(
        &["SCHEMA", "NAME", "PRIMARY DOMAIN", "DOMAINS"],
        tenants.iter().map(|t| {
            [
                t.schema.to_string(),
                t.name.clone(),
                t.primary_domain.clone().unwrap_or_default(),
                t.domains.to_string(),
            ]
        }),
    )
}

pub fn domains(domains: &[Domain]) -> String {
    table(
        &["DOMAIN", "", "SCHEMA", "TENANT"],
        domains.iter().map(|d| {
            let role = if d.primary { "primary" } else { "" };
            [d.domain.clone(), role.to_owned(), d.owner.schema.to_string(), d.owner.name.clone()]
        }),
    )
}

pub fn page(page: &TenantPage) -> String {
    let mut lines = vec![format!("{} (schema {})", page.tenant.name, page.tenant.schema)];
    lines.extend(
        page.attributes.iter().map(|a| format!("  {}: {}", a.column, a.value.as_deref().unwrap_or("-"))),
    );
    lines.extend(
        page.domains
            .iter()
            .map(|d| format!("  domain {}{}", d.domain, if d.primary { " (primary)" } else { "" })),
    );
    match &page.catalog {
        Some(catalog) => lines.push(format!(
            "  {} atoms; {} of the catalog lacking",
            catalog.atoms.len(),
            catalog.lacking_atoms
        )),
        None => lines.push("  no atom tables".into()),
    }
    lines.push(format!("  {} tables", page.tables.len()));
    lines.join("\n")
}

pub fn plan(plan: &Plan) -> String {
    let mut lines: Vec<_> = plan.changes.iter().map(|c| format!("  {}", change(c))).collect();
    lines.extend(plan.findings.iter().map(|f| format!("  note: {}", finding(f))));
    if plan.is_empty() {
        lines.insert(0, format!("Nothing to do for {}.", plan.subject));
    } else {
        lines.insert(0, format!("Plan for {}:", plan.subject));
    }
    lines.join("\n")
}

pub fn applied(applied: &Applied) -> String {
    let head = match applied.operation {
        Some(operation) => format!("Done, as operation {operation}:"),
        None => "Nothing was changed:".to_owned(),
    };
    let changes = applied.plan.changes.iter().map(|c| format!("  {}", change(c)));
    let findings = applied.plan.findings.iter().map(|f| format!("  note: {}", finding(f)));
    std::iter::once(head).chain(changes).chain(findings).collect::<Vec<_>>().join("\n")
}

pub fn items(items: &[Item]) -> String {
    let lines = items.iter().map(|item| match (&item.failure, item.operation) {
        (Some(failure), _) => format!("{}: failed: {failure}", item.subject),
        (None, Some(operation)) => format!("{}: done, as operation {operation}", item.subject),
        (None, None) => format!("{}: nothing to do", item.subject),
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub fn journal(entries: &[Entry]) -> String {
    let lines = entries.iter().map(|e| {
        format!(
            "{:>5}  {}  {:<15} {}  by {} from {}  {}{}",
            e.seq,
            e.applied_at.format("%Y-%m-%d %H:%M:%S"),
            e.kind,
            e.subject,
            e.actor,
            e.origin,
            e.id,
            if e.undone_by.is_some() { "  taken back" } else { "" }
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

pub fn report(report: &Report) -> String {
    let mut lines = Vec::new();
    lines.extend(report.platform.iter().flat_map(|result| check("platform", result)));
    for tenant in &report.tenants {
        lines.extend(tenant.checks.iter().flat_map(|result| check(tenant.tenant.schema.as_str(), result)));
    }
    lines.push(match report.verdict() {
        Verdict::Failed => "Some checks failed.".into(),
        Verdict::Notice => "Every check passed; some are worth a look.".into(),
        Verdict::Passed => "Every check passed.".into(),
    });
    lines.join("\n")
}

/// One line for a check that passed; the evidence as well where it did not.
fn check(subject: &str, result: &CheckResult) -> Vec<String> {
    let verdict = match result.verdict {
        Verdict::Failed => "FAILED",
        Verdict::Notice => "notice",
        Verdict::Passed => "passed",
    };
    let name = json!(result.check).as_str().unwrap_or_default().to_owned();
    let mut lines =
        vec![format!("{verdict}  {subject}  {name} ({} pieces of evidence)", result.evidence.len())];
    if result.verdict != Verdict::Passed {
        let telling = result.evidence.iter().filter(|evidence| evidence.verdict() == result.verdict);
        lines.extend(telling.map(|evidence| format!("          {}", json!(evidence))));
    }
    lines
}

/// The tenants with findings, then what concerns all.
pub fn health(health: &Health) -> String {
    let mut lines = Vec::new();
    for tenant in health.tenants.iter().filter(|tenant| !tenant.findings.is_empty()) {
        lines.push(format!("{} (schema {})", tenant.name, tenant.schema));
        let findings = tenant.findings.iter();
        lines.extend(findings.map(|finding| format!("  {:6}  {}", finding.severity, finding.symptom)));
    }
    lines.extend(health.orphans.iter().map(|orphan| format!("without a tenant: {orphan}")));
    let well = health.tenants.iter().filter(|tenant| tenant.findings.is_empty()).count();
    lines.push(format!("{well} of {} tenants have no findings.", health.tenants.len()));
    lines.push(health.capacity.to_string());
    lines.join("\n")
}

/// Every domain of a plan: `added`, `yours_already` or `taken`.
pub fn domain_outcomes(plan: &Plan) -> Vec<Value> {
    let added = plan.changes.iter().filter_map(|change| match change {
        Change::AddDomain { domain, .. } => {
            Some(json!({ "domain": domain, "outcome": "added", "owner": null }))
        }
        _ => None,
    });
    added.chain(plan.findings.iter().filter_map(outcome_of)).collect()
}

/// What there is to say about a plan for a tenant beside what became of each domain.
pub fn advice(plan: &Plan) -> Vec<&Finding> {
    let is_advice = |finding: &&Finding| matches!(finding, Finding::TemplateBehind { .. });
    plan.findings.iter().filter(is_advice).collect()
}

/// What a new tenant was given of the catalog.
pub fn seeded(plan: &Plan) -> Value {
    let seeded = plan.changes.iter().find_map(|change| match change {
        Change::SeedCatalog { atoms, versions, .. } => Some((*atoms, *versions)),
        _ => None,
    });
    let (atoms, versions) = seeded.unwrap_or((0, 0));
    json!({ "atoms": atoms, "versions": versions })
}

fn change(change: &Change) -> String {
    match change {
        Change::CreateTenant { schema, name, .. } => format!("create the tenant {name} (schema {schema})"),
        Change::CreateSchema { schema, tables, template: None, .. } => {
            format!("create the schema {schema} with {} tables", tables.len())
        }
        Change::CreateSchema { schema, tables, template: Some(template), with_data } => {
            let rows = if *with_data { ", with all its rows" } else { "" };
            format!("create the schema {schema} like {template}, with {} tables{rows}", tables.len())
        }
        Change::ConnectSharedTables { tables, .. } => {
            format!("connect {} tables to shared ones", tables.len())
        }
        other => {
            let words = catalog::change(other).or_else(|| domains::change(other));
            words.or_else(|| life::change(other)).unwrap_or_default()
        }
    }
}

fn finding(finding: &Finding) -> String {
    match finding {
        Finding::TenantExists { tenant } => format!("{tenant} exists already"),
        other => {
            let words = catalog::finding(other).or_else(|| domains::finding(other));
            words.or_else(|| life::finding(other)).unwrap_or_default()
        }
    }
}

/// Columns as wide as their widest cell.
fn table<const N: usize>(head: &[&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let rows: Vec<_> = std::iter::once(head.map(str::to_owned)).chain(rows).collect();
    let widths: [usize; N] =
        std::array::from_fn(|n| rows.iter().map(|row| row[n].chars().count()).max().unwrap_or(0));
    let lines = rows.iter().map(|row| {
        let cells = row.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}
