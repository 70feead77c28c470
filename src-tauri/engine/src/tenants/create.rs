//! Creating a tenant: row, schema, tables, catalog and domains in one transaction.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;
use sqlx::PgConnection;

use super::check::{Look, look};
use super::table::TenantTable;
use super::{Attribute, DomainVerdict, Outcome, Tenant, store};
use crate::blueprint::Source;
use crate::domains::Holder;
use crate::names::{Ident, SchemaName, parse_tenant_name};
use crate::operations::{Change, Finding, Intent, Inverse, OperationId, Parts, Plan};
use crate::{Engine, Error, Result, catalog, domains, sql};

/// A request for a tenant, as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CreateTenant {
    pub name: String,
    pub schema: String,
    pub primary_domain: String,
    pub aliases: Vec<String>,
    pub attributes: Vec<Attribute>,
    pub on_taken_alias: OnTaken,
}

/// What to do about a domain that belongs to another tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum OnTaken {
    /// Leave it out and say so.
    #[default]
    Skip,
    /// Refuse the whole request.
    Fail,
}

impl CreateTenant {
    pub(super) fn schema_name(&self) -> SchemaName {
        SchemaName::existing(self.schema.clone())
    }

    /// Every domain with the field it stands in, the primary first; blank aliases are left out.
    pub(super) fn domain_inputs(&self) -> Vec<(String, String)> {
        let primary = Some(("primary_domain".to_owned(), self.primary_domain.clone()));
        let aliases =
            self.aliases.iter().enumerate().map(|(n, alias)| (format!("aliases[{n}]"), alias.clone()));
        primary.into_iter().chain(aliases).filter(|(_, input)| !input.trim().is_empty()).collect()
    }
}

pub(crate) async fn plan_create(
    engine: &Engine,
    conn: &mut PgConnection,
    request: CreateTenant,
) -> Result<Plan> {
    let look = look(conn, &request).await?;
    let parts = plan_parts(engine, conn, &request, look, None).await?;
    let subject = request.schema.clone();
    Ok(Plan::new(Intent::CreateTenant(request), subject, parts))
}

/// A new tenant's plan, made from the blueprint, or from what `like` names.
pub(super) async fn plan_parts(
    engine: &Engine,
    conn: &mut PgConnection,
    request: &CreateTenant,
    look: Look,
    like: Option<(&SchemaName, bool)>,
) -> Result<Parts> {
    let schema = request.schema_name();
    let Look { check, names, table, held } = look;
    if !check.problems.is_empty() {
        return Err(Error::Invalid(check.problems));
    }
    refuse_taken(request, &check.domains)?;
    let mut parts = Parts {
        findings: findings(&check.domains),
        basis: held.values().map(Holder::basis).collect(),
        ..Parts::default()
    };
    if names.is_tenant {
        let tenant = super::require(conn, &schema).await?;
        refuse_differences(conn, request, &table, &tenant, &check.domains).await?;
        parts.findings.insert(0, Finding::TenantExists { tenant: tenant.owner() });
        return Ok(parts);
    }
    if names.schema_exists {
        return Err(Error::SchemaTaken { schema: schema.to_string() });
    }
    let source = match like {
        None => Source::in_use(engine, conn).await?,
        Some((template, with_data)) => Source::like(engine, conn, template, with_data).await?,
    };
    let start = catalog::Start::of(conn).await?;
    let with_data = like.is_some_and(|(_, with_data)| with_data);
    parts.changes = changes(request, &schema, &check.domains, &source, with_data, &start)?;
    parts.basis.push(start.basis());
    parts.basis.extend(source.basis());
    parts.inverse = Some(Inverse::DeleteTenant { schema });
    Ok(parts)
}

/// A tenant cannot be without its primary domain; aliases are left out or not, as the request says.
pub(super) fn refuse_taken(request: &CreateTenant, domains: &[DomainVerdict]) -> Result<()> {
    for verdict in domains {
        if let (Outcome::Taken { owner, .. }, Some(name)) = (&verdict.outcome, &verdict.name)
            && (verdict.field == "primary_domain" || request.on_taken_alias == OnTaken::Fail)
        {
            return Err(Error::DomainTaken { domain: name.stored.clone(), owner: owner.clone() });
        }
    }
    Ok(())
}

/// A tenant of that schema is there. The same request again changes nothing; another one is refused, since nobody can
/// want both.
async fn refuse_differences(
    conn: &mut PgConnection,
    request: &CreateTenant,
    table: &TenantTable,
    tenant: &Tenant,
    domains: &[DomainVerdict],
) -> Result<()> {
    let mut differences = differences(request, &tenant.name, tenant.has_schema, domains);
    let record = table.record(&request.attributes);
    let differing =
        store::differing_attributes(conn, &[tenant.schema.to_string()], &Value::Array(vec![record])).await?;
    differences.extend(differing.into_iter().map(|(_, column)| column));
    if differences.is_empty() {
        Ok(())
    } else {
        Err(Error::TenantDiffers { existing: tenant.owner(), differences })
    }
}

/// In what a request differs from the tenant that is there, its attributes aside.
pub(super) fn differences(
    request: &CreateTenant,
    name: &str,
    has_schema: bool,
    domains: &[DomainVerdict],
) -> Vec<String> {
    let mut differences = Vec::new();
    if !has_schema {
        differences.push("schema, which is missing".to_owned());
    }
    if parse_tenant_name(&request.name).as_deref() != Ok(name) {
        differences.push("name".to_owned());
    }
    for verdict in domains {
        let is_primary_field = verdict.field == "primary_domain";
        match verdict.outcome {
            Outcome::YoursAlready { primary } if primary == is_primary_field => {}
            Outcome::Taken { .. } => {}
            _ => differences.push(verdict.field.clone()),
        }
    }
    differences
}

pub(super) fn findings(domains: &[DomainVerdict]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for DomainVerdict { input, name, outcome, .. } in domains {
        let Some(name) = name else { continue };
        if !name.rewrites.is_empty() {
            findings.push(Finding::DomainRewritten {
                input: input.clone(),
                stored: name.stored.clone(),
                rewrites: name.rewrites.clone(),
            });
        }
        match outcome {
            Outcome::Taken { owner, primary } => {
                findings.push(Finding::DomainTaken {
                    domain: name.stored.clone(),
                    owner: owner.clone(),
                    primary: *primary,
                });
            }
            Outcome::YoursAlready { primary } => {
                findings.push(Finding::DomainYours { domain: name.stored.clone(), primary: *primary });
            }
            Outcome::Free | Outcome::Invalid { .. } => {}
        }
    }
    findings
}

fn changes(
    request: &CreateTenant,
    schema: &SchemaName,
    domains: &[DomainVerdict],
    source: &Source,
    with_data: bool,
    start: &catalog::Start,
) -> Result<Vec<Change>> {
    let name = parse_tenant_name(&request.name).map_err(Error::invalid)?;
    let free: Vec<_> = domains.iter().filter(|v| v.outcome == Outcome::Free).collect();
    let stored =
        |verdict: &DomainVerdict| verdict.name.as_ref().map(|n| n.stored.clone()).unwrap_or_default();
    let primary_domain =
        free.iter().find(|v| v.field == "primary_domain").map(|v| stored(v)).unwrap_or_default();
    let mut changes = vec![
        Change::CreateTenant {
            schema: schema.clone(),
            name,
            primary_domain,
            attributes: request.attributes.clone(),
        },
        Change::CreateSchema {
            schema: schema.clone(),
            template: source.template().cloned(),
            with_data,
            tables: source.tables(),
        },
    ];
    changes.extend(start.seed(schema).filter(|_| source.takes_master()));
    changes.extend(free.iter().map(|verdict| Change::AddDomain {
        schema: schema.clone(),
        domain: stored(verdict),
        primary: verdict.field == "primary_domain",
    }));
    changes.push(Change::ConnectSharedTables { schema: schema.clone(), tables: source.shared_tables() });
    Ok(changes)
}

/// Makes one change. `false` where a row that the plan counts on is another's by now.
pub(super) async fn make(
    engine: &Engine,
    conn: &mut PgConnection,
    change: &Change,
    plan: &Plan,
    operation: OperationId,
) -> Result<bool> {
    match change {
        Change::CreateTenant { schema, name, primary_domain, attributes } => {
            insert_row(conn, schema, name, primary_domain, attributes).await
        }
        Change::CreateSchema { schema, template, with_data, .. } => {
            let source = Source::planned(engine, conn, plan, template.as_ref(), *with_data).await?;
            let has_catalog = plan.changes.iter().any(|change| matches!(change, Change::SeedCatalog { .. }));
            let source = if has_catalog { source.without_atoms() } else { source };
            if let (true, Some(template)) = (with_data, template) {
                // What is copied table by table must not be synchronised meanwhile.
                domains::lock_tenants(conn, &[], std::slice::from_ref(template)).await?;
            }
            source.build(conn, schema).await?;
            // What is known of an earlier schema of that name, which others have dropped, gives way.
            catalog::forget(conn, schema).await?;
            if let (true, Some(template)) = (with_data, template) {
                catalog::inherit(conn, template, schema, operation).await?;
            }
            Ok(true)
        }
        Change::ConnectSharedTables { schema, .. } => {
            let from = plan.changes.iter().find_map(|change| match change {
                Change::CreateSchema { template, with_data, .. } => Some((template.as_ref(), *with_data)),
                _ => None,
            });
            let (template, with_data) = from.unwrap_or_default();
            let source = Source::planned(engine, conn, plan, template, with_data).await?;
            source.connect_shared(conn, schema).await?;
            Ok(true)
        }
        _ => Ok(true),
    }
}

async fn insert_row(
    conn: &mut PgConnection,
    schema: &SchemaName,
    name: &str,
    primary: &str,
    given: &[Attribute],
) -> Result<bool> {
    let table = TenantTable::of(conn).await?;
    let idents: Vec<_> = given.iter().map(|attribute| Ident::new(attribute.column.clone())).collect();
    let own: Vec<_> = ["name", "primary_domain"].into_iter().filter(|own| table.is_writable(own)).collect();
    let inserted = sqlx::query(sql::insert_tenant(&own, &idents))
        .bind(schema.as_str())
        .bind(name)
        .bind(primary)
        .bind(table.record(given))
        .execute(conn)
        .await?;
    Ok(inserted.rows_affected() == 1)
}
