//! The checks of one tenant.

use std::collections::BTreeMap;

use sqlx::PgConnection;

use super::dry_run::Model;
use super::{CheckKind, CheckResult, Evidence, store};
use crate::blueprint::{self, ObjectKind, compare_structures, read_structure};
use crate::tenants::Tenant;
use crate::{Result, catalog, domains};

/// All checks of one tenant, in a transaction that its caller rolls back. Without a model, the checks that compare with
/// it are left out: the dry run's failure stands in the report already.
pub(super) async fn of_tenant(
    conn: &mut PgConnection,
    tenant: &Tenant,
    model: Option<&Model>,
) -> Result<Vec<CheckResult>> {
    let schema = tenant.schema.clone();
    let mut results = Vec::new();
    if tenant.has_schema {
        results.push(CheckResult::of(CheckKind::Schema, vec![Evidence::SchemaFound { schema }]));
        if let Some(model) = model {
            results.push(structure(conn, tenant, model).await?);
            results.push(ledger(conn, tenant, model).await?);
        }
        results.push(foreign_keys(conn, tenant).await?);
        results.push(atoms(conn, tenant).await?);
    } else {
        results.push(CheckResult::of(CheckKind::Schema, vec![Evidence::SchemaMissing { schema }]));
    }
    results.extend(domains(conn, tenant).await?);
    Ok(results)
}

async fn structure(conn: &mut PgConnection, tenant: &Tenant, model: &Model) -> Result<CheckResult> {
    let found = read_structure(conn, &tenant.schema).await?;
    let difference = compare_structures(&model.structure, &found);
    let mut evidence = Vec::new();
    for object in difference.missing {
        evidence.push(Evidence::ObjectMissing {
            kind: object.kind,
            name: object.name,
            definition: object.definition,
        });
    }
    for (wanted, found) in difference.changed {
        let (kind, name) = (wanted.kind, wanted.name);
        evidence.push(Evidence::ObjectDiffers {
            kind,
            name,
            wanted: wanted.definition,
            found: found.definition,
        });
    }
    for object in difference.extra {
        evidence.push(Evidence::ObjectExtra {
            kind: object.kind,
            name: object.name,
            definition: object.definition,
        });
    }
    let mut matching: BTreeMap<ObjectKind, u32> = BTreeMap::new();
    for object in found.intersection(&model.structure) {
        *matching.entry(object.kind).or_default() += 1;
    }
    evidence.extend(matching.into_iter().map(|(kind, count)| Evidence::ObjectsMatch { kind, count }));
    Ok(CheckResult::of(CheckKind::Structure, evidence))
}

async fn ledger(conn: &mut PgConnection, tenant: &Tenant, model: &Model) -> Result<CheckResult> {
    if !store::has_table(conn, &tenant.schema, "django_migrations").await? {
        let lacks =
            |(app, name): &(String, String)| Evidence::LedgerLacks { app: app.clone(), name: name.clone() };
        return Ok(CheckResult::of(CheckKind::Ledger, model.ledger.iter().map(lacks).collect()));
    }
    blueprint::enter(conn, &tenant.schema).await?;
    let found: std::collections::BTreeSet<_> = store::ledger(conn).await?.into_iter().collect();
    let mut evidence: Vec<_> = model
        .ledger
        .difference(&found)
        .map(|(app, name)| Evidence::LedgerLacks { app: app.clone(), name: name.clone() })
        .collect();
    evidence.extend(
        found
            .difference(&model.ledger)
            .map(|(app, name)| Evidence::LedgerHasMore { app: app.clone(), name: name.clone() }),
    );
    let rows = u32::try_from(found.intersection(&model.ledger).count()).unwrap_or(u32::MAX);
    evidence.push(Evidence::LedgerMatches { rows });
    Ok(CheckResult::of(CheckKind::Ledger, evidence))
}

async fn foreign_keys(conn: &mut PgConnection, tenant: &Tenant) -> Result<CheckResult> {
    let mut evidence = Vec::new();
    for probe in store::probe_foreign_keys(conn, &tenant.schema).await? {
        let (table, constraint) = (probe.table, probe.constraint);
        if probe.orphans > 0 {
            evidence.push(Evidence::KeyOrphans {
                table: table.clone(),
                constraint: constraint.clone(),
                rows: probe.orphans,
            });
        }
        if !probe.validated {
            evidence.push(Evidence::KeyNotValidated { table: table.clone(), constraint: constraint.clone() });
        }
        evidence.push(match probe.refused {
            Some(true) => Evidence::KeyEnforced { table, constraint, answer: probe.answer },
            Some(false) => Evidence::KeyNotEnforced { table, constraint },
            None => Evidence::KeyNotTried { table, constraint, answer: probe.answer },
        });
    }
    Ok(CheckResult::of(CheckKind::ForeignKeys, evidence))
}

async fn atoms(conn: &mut PgConnection, tenant: &Tenant) -> Result<CheckResult> {
    if !catalog::has_tables(conn, &tenant.schema).await? {
        return Ok(CheckResult::of(CheckKind::Catalog, vec![Evidence::AtomTablesMissing]));
    }
    blueprint::enter(conn, &tenant.schema).await?;
    let catalog = catalog::of_tenant(conn, &tenant.schema).await?;
    let evidence = if catalog.lacking_atoms == 0 && catalog.lacking_versions == 0 {
        Evidence::CatalogComplete { atoms: u32::try_from(catalog.atoms.len()).unwrap_or(u32::MAX) }
    } else {
        Evidence::CatalogLacks { atoms: catalog.lacking_atoms, versions: catalog.lacking_versions }
    };
    Ok(CheckResult::of(CheckKind::Catalog, vec![evidence]))
}

async fn domains(conn: &mut PgConnection, tenant: &Tenant) -> Result<[CheckResult; 2]> {
    let domains = domains::of_tenant(conn, &tenant.schema).await?;
    let primaries: Vec<_> =
        domains.iter().filter(|domain| domain.primary).map(|domain| domain.domain.clone()).collect();
    let primary = match primaries.as_slice() {
        [] => Evidence::PrimaryMissing,
        [domain] => Evidence::PrimaryIs { domain: domain.clone() },
        _ => Evidence::PrimarySeveral { domains: primaries },
    };
    let reachable = domains.into_iter().map(|domain| match domain.unreachable {
        None => Evidence::DomainReachable { domain: domain.domain },
        Some(problem) => Evidence::DomainUnreachable { domain: domain.domain, problem },
    });
    Ok([
        CheckResult::of(CheckKind::PrimaryDomain, vec![primary]),
        CheckResult::of(CheckKind::Domains, reachable.collect()),
    ])
}
