//! A verdict on every row, in a few statements for all of them.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use super::{ImportDomains, ImportRow, ImportRowCheck, ImportVerdict};
use crate::Result;
use crate::domains::assignment::Assignments;
use crate::domains::{policy, proof, store};
use crate::names::{DomainName, Problem, Rule, SchemaName, normalise};
use crate::tenants::Owner;
use crate::world::Challenge;

/// A row with its verdict.
pub(super) struct Judged {
    pub line: u32,
    pub input: String,
    pub tenant_input: String,
    pub primary: bool,
    pub name: Option<DomainName>,
    pub tenant: Option<Owner>,
    pub verdict: ImportVerdict,
}

impl From<Judged> for ImportRowCheck {
    fn from(row: Judged) -> Self {
        let Judged { line, input, name, tenant, verdict, .. } = row;
        Self { line, input, name, tenant, verdict }
    }
}

pub(super) async fn judge(
    conn: &mut PgConnection,
    request: &ImportDomains,
) -> Result<(Vec<Judged>, Assignments)> {
    let tenants = Tenants::read(conn, &request.rows).await?;
    let names: Vec<_> = request.rows.iter().map(|row| normalise("domain", &row.domain)).collect();
    let domains: Vec<_> = names.iter().flatten().map(|name| name.stored.clone()).collect();
    let schemas: HashSet<_> = request
        .rows
        .iter()
        .filter_map(|row| tenants.find(&row.tenant))
        .map(|owner| owner.schema.clone())
        .collect();
    let assignments = Assignments::read(conn, &domains, &schemas.into_iter().collect::<Vec<_>>()).await?;
    let mut seen = Seen::default();
    let mut judged: Vec<_> = request
        .rows
        .iter()
        .zip(names)
        .map(|(row, name)| {
            let tenant = tenants.find(&row.tenant).cloned();
            let then = row.on_taken.unwrap_or(request.on_taken);
            let held = name.as_ref().ok().and_then(|name| assignments.owner(&name.stored));
            let verdict = match (&name, &tenant) {
                (Err(problem), _) => ImportVerdict::Invalid { problem: problem.clone() },
                (_, None) if row.tenant.trim().is_empty() => {
                    ImportVerdict::Invalid { problem: Problem::new("tenant", "", Rule::Required) }
                }
                (_, None) => ImportVerdict::NoSuchTenant,
                (Ok(name), Some(tenant)) => seen.note(row, name, tenant).unwrap_or_else(|| match held {
                    None => ImportVerdict::New,
                    Some((owner, false)) if owner == *tenant && row.primary => ImportVerdict::BecomesPrimary,
                    Some((owner, _)) if owner == *tenant => ImportVerdict::Same,
                    Some((owner, primary)) => ImportVerdict::Taken { owner, primary, then },
                }),
            };
            Judged {
                line: row.line,
                input: row.domain.clone(),
                tenant_input: row.tenant.clone(),
                primary: row.primary,
                name: name.ok(),
                tenant,
                verdict,
            }
        })
        .collect();
    if request.approval.is_none() {
        mark_unproven(conn, &mut judged).await?;
    }
    Ok((judged, assignments))
}

/// Where the platform asks for a proof, a row without one is no good by itself.
async fn mark_unproven(conn: &mut PgConnection, judged: &mut [Judged]) -> Result<()> {
    let is_given =
        |row: &&mut Judged| matches!(row.verdict, ImportVerdict::New | ImportVerdict::Taken { .. });
    let pair = |row: &Judged| Some((row.tenant.as_ref()?.schema.clone(), row.name.clone()?));
    let given: Vec<_> = judged.iter_mut().filter(is_given).filter_map(|row| pair(row)).collect();
    let unproven = policy::unproven(conn, &given).await?;
    let mut proofs = proof::challenges(conn, &unproven).await?;
    for row in judged.iter_mut().filter(is_given) {
        let proof = pair(row).and_then(|(schema, name)| proofs.remove(&(schema, name.stored)));
        if let Some(Challenge { record, value }) = proof {
            row.verdict = ImportVerdict::Unproven { record, value };
        }
    }
    Ok(())
}

/// What earlier rows have asked for.
#[derive(Default)]
struct Seen {
    domains: HashMap<String, u32>,
    primaries: HashMap<SchemaName, u32>,
}

impl Seen {
    fn note(&mut self, row: &ImportRow, name: &DomainName, tenant: &Owner) -> Option<ImportVerdict> {
        if let Some(line) = self.domains.get(&name.stored) {
            return Some(ImportVerdict::Repeats { line: *line });
        }
        self.domains.insert(name.stored.clone(), row.line);
        if !row.primary {
            return None;
        }
        if let Some(line) = self.primaries.get(&tenant.schema) {
            return Some(ImportVerdict::SecondPrimary { line: *line });
        }
        self.primaries.insert(tenant.schema.clone(), row.line);
        None
    }
}

/// The tenants that rows name, by schema and by name.
struct Tenants {
    by_schema: HashMap<String, Owner>,
    /// `None` where several have it.
    by_name: HashMap<String, Option<Owner>>,
}

impl Tenants {
    async fn read(conn: &mut PgConnection, rows: &[ImportRow]) -> Result<Self> {
        let asked: HashSet<_> = rows.iter().map(|row| row.tenant.trim().to_owned()).collect();
        let asked: Vec<_> = asked.into_iter().filter(|text| !text.contains('\0')).collect();
        let mut tenants = Self { by_schema: HashMap::new(), by_name: HashMap::new() };
        for owner in store::tenants_called(conn, &asked).await? {
            tenants.by_schema.insert(owner.schema.to_string(), owner.clone());
            let known = tenants.by_name.entry(owner.name.to_lowercase());
            known.and_modify(|other| *other = None).or_insert(Some(owner));
        }
        Ok(tenants)
    }

    fn find(&self, text: &str) -> Option<&Owner> {
        let text = text.trim();
        self.by_schema.get(text).or_else(|| self.by_name.get(&text.to_lowercase()).and_then(Option::as_ref))
    }
}
