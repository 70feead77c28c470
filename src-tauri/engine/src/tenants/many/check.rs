//! A verdict on every row of a file, in a few statements for all of them.

use std::collections::{BTreeMap, HashMap};

use sqlx::PgConnection;

use super::fleet::Fleet;
use super::mapping::ColumnMapping;
use super::{ManyCheck, RowCheck, RowCounts, RowVerdict, store};
use crate::domains::{self, Holder};
use crate::names::{Problem, Rule};
use crate::table::Table;
use crate::tenants::check::{Check, ParsedDomain, judge, parse_domains, well_formed};
use crate::tenants::create::{differences, findings, refuse_taken};
use crate::tenants::table::TenantTable;
use crate::tenants::{CreateTenant, attributes, store as tenant_store};
use crate::{Error, Result};

pub(super) async fn check(
    conn: &mut PgConnection,
    table: &Table,
    mapping: &ColumnMapping,
) -> Result<ManyCheck> {
    let tenants = TenantTable::of(conn).await?;
    mapping.check(table, &tenants.attribute_columns())?;
    let fleet = Fleet::of(store::known(conn).await?);
    let mut requests: Vec<_> = table.rows.iter().map(|row| mapping.request(row)).collect();
    fleet.suggest_schemas(&mut requests);
    let domains: Vec<_> = requests.iter().map(parse_domains).collect();
    let held = domains::holders(conn, &well_formed(domains.iter().flatten())).await?;
    let given: Vec<_> = requests.iter().map(|request| request.attributes.as_slice()).collect();
    let attributes = attributes::check_many(conn, &tenants, &given).await?;
    let differing = differing_attributes(conn, &tenants, &fleet, &requests, &attributes).await?;

    let mut rows = Vec::with_capacity(requests.len());
    let mut claims = Claims::default();
    let found = table.rows.iter().zip(requests).zip(domains).zip(attributes).zip(differing);
    for ((((row, request), domains), attributes), differing) in found {
        let check = look(&fleet, &held, &request, domains, attributes);
        let mut verdict = if row.cells.len() == table.headers.len() {
            verdict(&fleet, &request, &check, differing)
        } else {
            RowVerdict::Invalid { problems: vec![ragged(row.cells.len(), table.headers.len())] }
        };
        if !verdict.is_bad() {
            verdict = claims.of(row.line, &request, &check).unwrap_or(verdict);
        }
        let findings = if verdict.is_bad() { Vec::new() } else { findings(&check.domains) };
        rows.push(RowCheck {
            line: row.line,
            subject: request.schema.clone(),
            name: request.name.trim().to_owned(),
            verdict,
            findings,
            request,
        });
    }
    Ok(ManyCheck { counts: RowCounts::of(&rows), findings: Vec::new(), rows })
}

fn look(
    fleet: &Fleet,
    held: &BTreeMap<String, Holder>,
    request: &CreateTenant,
    domains: Vec<ParsedDomain>,
    attributes: Vec<Problem>,
) -> Check {
    judge(request, &fleet.names_in_use(request), attributes, domains, held)
}

/// What would come of a row if it stood alone in its file.
fn verdict(fleet: &Fleet, request: &CreateTenant, check: &Check, differing: Vec<String>) -> RowVerdict {
    if !check.problems.is_empty() {
        return RowVerdict::Invalid { problems: check.problems.clone() };
    }
    if let Err(Error::DomainTaken { domain, owner }) = refuse_taken(request, &check.domains) {
        return RowVerdict::DomainTaken { domain, owner };
    }
    if let Some((existing, has_schema)) = fleet.tenant(&request.schema) {
        let mut differences = differences(request, &existing.name, has_schema, &check.domains);
        differences.extend(differing);
        return if differences.is_empty() {
            RowVerdict::Exists
        } else {
            RowVerdict::Differs { existing, differences }
        };
    }
    if fleet.names_in_use(request).schema_exists {
        return RowVerdict::SchemaTaken { schema: request.schema.clone() };
    }
    RowVerdict::New
}

fn ragged(cells: usize, columns: usize) -> Problem {
    let reason = format!("has {cells} cells, and the header has {columns}");
    Problem::new("row", "", Rule::File { reason })
}

/// For each request, the attributes in which the tenant that is there differs.
async fn differing_attributes(
    conn: &mut PgConnection,
    table: &TenantTable,
    fleet: &Fleet,
    requests: &[CreateTenant],
    problems: &[Vec<Problem>],
) -> Result<Vec<Vec<String>>> {
    let mut differing = vec![Vec::new(); requests.len()];
    let can_differ = |n: &usize| {
        problems[*n].is_empty()
            && !requests[*n].attributes.is_empty()
            && fleet.tenant(&requests[*n].schema).is_some()
    };
    let asked: Vec<usize> = (0..requests.len()).filter(can_differ).collect();
    if asked.is_empty() {
        return Ok(differing);
    }
    let schemas: Vec<_> = asked.iter().map(|&n| requests[n].schema.clone()).collect();
    let records = asked.iter().map(|&n| table.record(&requests[n].attributes)).collect();
    for (place, column) in tenant_store::differing_attributes(conn, &schemas, &records).await? {
        if let Some(&n) = asked.get(place) {
            differing[n].push(column);
        }
    }
    Ok(differing)
}

/// What the good rows of a file want for themselves. The first to name something has it.
#[derive(Default)]
struct Claims {
    lines: HashMap<(Kind, String), u32>,
}

#[derive(PartialEq, Eq, Hash)]
enum Kind {
    Name,
    Schema,
    Domain,
}

impl Claims {
    /// Claims what a row wants, or says which row has it already.
    fn of(&mut self, line: u32, request: &CreateTenant, check: &Check) -> Option<RowVerdict> {
        let names = [
            ("name".to_owned(), (Kind::Name, request.name.trim().to_owned())),
            ("schema".to_owned(), (Kind::Schema, request.schema.to_lowercase())),
        ];
        let domains = check.domains.iter().filter_map(|domain| {
            Some((domain.field.clone(), (Kind::Domain, domain.name.as_ref()?.stored.clone())))
        });
        let wanted: Vec<_> = names.into_iter().chain(domains).collect();
        let repeated = wanted.iter().find_map(|(field, claim)| Some((field, *self.lines.get(claim)?)));
        if let Some((field, line)) = repeated {
            return Some(RowVerdict::Repeats { line, field: field.clone() });
        }
        self.lines.extend(wanted.into_iter().map(|(_, claim)| (claim, line)));
        None
    }
}
