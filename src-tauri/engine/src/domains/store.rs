//! The SQL of domains.

use idna::domain_to_unicode;
use sqlx::PgConnection;

use super::Domain;
use crate::names::{DomainKind, Problem, Rule, SchemaName, normalise};
use crate::operations::Basis;
use crate::platform;
use crate::tenants::{Owner, TenantId};

/// A domain that is taken, by whom, and the version of its row.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    pub domain: String,
    pub owner: Owner,
    pub primary: bool,
    pub version: String,
}

impl Holder {
    pub(crate) fn basis(&self) -> Basis {
        Basis { row: format!("domain {}", self.domain), version: self.version.clone() }
    }
}

struct DomainRow {
    domain: String,
    primary: bool,
    schema: SchemaName,
    name: String,
}

impl From<DomainRow> for Domain {
    fn from(row: DomainRow) -> Self {
        let normal = normalise("domain", &row.domain);
        let kind = normal.as_ref().map_or(DomainKind::Public, |name| name.kind);
        let unreachable = match normal {
            Ok(name) if name.stored == row.domain => None,
            // The row would be found under its normal form only, and that is not what stands there.
            Ok(name) => {
                Some(Problem::new("domain", &row.domain, Rule::DomainNotNormal).suggest(Some(name.stored)))
            }
            Err(problem) => Some(problem),
        };
        let unicode = domain_to_unicode(&row.domain).0;
        Self {
            unicode,
            kind,
            unreachable,
            primary: row.primary,
            owner: Owner { schema: row.schema, name: row.name },
            domain: row.domain,
        }
    }
}

pub(super) async fn all(conn: &mut PgConnection) -> sqlx::Result<Vec<Domain>> {
    let rows = sqlx::query_as!(
        DomainRow,
        r#"SELECT d.domain AS "domain!", d.is_primary AS "primary!", t.schema_name AS "schema!: SchemaName", t.name AS "name!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           ORDER BY lower(t.name), t.id, d.is_primary DESC, d.domain"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Domain::from).collect())
}

pub(crate) async fn of_tenant(conn: &mut PgConnection, tenant: TenantId) -> sqlx::Result<Vec<Domain>> {
    let rows = sqlx::query_as!(
        DomainRow,
        r#"SELECT d.domain AS "domain!", d.is_primary AS "primary!", t.schema_name AS "schema!: SchemaName", t.name AS "name!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE d.tenant_id = $1
           ORDER BY d.is_primary DESC, d.domain"#,
        tenant.0,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Domain::from).collect())
}

pub(super) async fn holders(conn: &mut PgConnection, domains: &[String]) -> sqlx::Result<Vec<Holder>> {
    let rows = sqlx::query!(
        r#"SELECT d.domain AS "domain!", d.is_primary AS "primary!", t.schema_name AS "schema!: SchemaName", t.name AS "name!",
                  md5(d::text) AS "version!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE d.domain = ANY ($1::text[])"#,
        domains,
    )
    .fetch_all(conn)
    .await?;
    let holders = rows.into_iter().map(|row| Holder {
        domain: row.domain,
        owner: Owner { schema: row.schema, name: row.name },
        primary: row.primary,
        version: row.version,
    });
    Ok(holders.collect())
}

pub(super) async fn version_of_tenants_domains(
    conn: &mut PgConnection,
    tenant: TenantId,
) -> sqlx::Result<String> {
    sqlx::query_scalar!(
        r#"SELECT md5(COALESCE(string_agg(d::text, '|' ORDER BY d.id), '')) AS "version!"
           FROM tenantry.domain d
           WHERE d.tenant_id = $1"#,
        tenant.0,
    )
    .fetch_one(conn)
    .await
}

pub(super) async fn lock_tenant(
    conn: &mut PgConnection,
    schema: &SchemaName,
) -> sqlx::Result<Option<TenantId>> {
    sqlx::query_scalar!(
        r#"SELECT id AS "id!: TenantId" FROM tenantry.tenant WHERE schema_name = $1 FOR NO KEY UPDATE"#,
        schema.as_str(),
    )
    .fetch_optional(conn)
    .await
}

/// `false` where the domain is somebody's already. Neither outcome ends the transaction.
pub(super) async fn insert(
    conn: &mut PgConnection,
    tenant: TenantId,
    domain: &str,
    primary: bool,
) -> sqlx::Result<bool> {
    let inserted = sqlx::query_scalar!(
        r#"INSERT INTO tenantry.domain (domain, is_primary, tenant_id) VALUES ($1, $2, $3)
           ON CONFLICT (domain) DO NOTHING
           RETURNING id AS "id!""#,
        domain,
        primary,
        tenant.0,
    )
    .fetch_optional(conn)
    .await?;
    Ok(inserted.is_some())
}

pub(super) async fn delete_alias(
    conn: &mut PgConnection,
    tenant: TenantId,
    domain: &str,
) -> sqlx::Result<bool> {
    let deleted = sqlx::query!(
        "DELETE FROM tenantry.domain WHERE tenant_id = $1 AND domain = $2 AND NOT is_primary",
        tenant.0,
        domain
    )
    .execute(conn)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Clears first and sets then: one statement for both would break a unique index on the primary row.
pub(super) async fn set_primary(
    conn: &mut PgConnection,
    tenant: TenantId,
    domain: &str,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "UPDATE tenantry.domain SET is_primary = false WHERE tenant_id = $1 AND is_primary",
        tenant.0
    )
    .execute(&mut *conn)
    .await?;
    let set = sqlx::query!(
        "UPDATE tenantry.domain SET is_primary = true WHERE tenant_id = $1 AND domain = $2",
        tenant.0,
        domain
    )
    .execute(conn)
    .await?;
    Ok(set.rows_affected() == 1)
}

/// The platform's own copy of the primary domain, where it has one, follows; routing never reads it.
pub(super) async fn copy_primary(
    conn: &mut PgConnection,
    tenant: TenantId,
    domain: &str,
) -> sqlx::Result<()> {
    if !platform::writable_columns(conn).await?.iter().any(|column| column == "primary_domain") {
        return Ok(());
    }
    sqlx::query!(
        "UPDATE tenantry.tenant SET primary_domain = $2 WHERE id = $1 AND primary_domain <> $2",
        tenant.0,
        domain
    )
    .execute(conn)
    .await?;
    Ok(())
}
