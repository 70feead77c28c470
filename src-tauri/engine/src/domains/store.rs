//! The SQL of domains.

use idna::domain_to_unicode;
use sqlx::PgConnection;

use super::Domain;
use crate::names::{DomainKind, Problem, Rule, SchemaName, normalise};
use crate::operations::Basis;
use crate::tenants::Owner;

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
           ORDER BY lower(t.name), t.schema_name, d.is_primary DESC, d.domain"#
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(Domain::from).collect())
}

pub(crate) async fn of_tenant(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<Vec<Domain>> {
    let rows = sqlx::query_as!(
        DomainRow,
        r#"SELECT d.domain AS "domain!", d.is_primary AS "primary!", t.schema_name AS "schema!: SchemaName", t.name AS "name!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE t.schema_name = $1
           ORDER BY d.is_primary DESC, d.domain"#,
        schema.as_str(),
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
    schema: &SchemaName,
) -> sqlx::Result<String> {
    sqlx::query_scalar!(
        r#"SELECT md5(COALESCE(string_agg(d::text, '|' ORDER BY d.id), '')) AS "version!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE t.schema_name = $1"#,
        schema.as_str(),
    )
    .fetch_one(conn)
    .await
}

/// `false` where there is no such tenant.
pub(super) async fn lock_tenant(conn: &mut PgConnection, schema: &SchemaName) -> sqlx::Result<bool> {
    let locked = sqlx::query!(
        "SELECT schema_name FROM tenantry.tenant WHERE schema_name = $1 FOR NO KEY UPDATE",
        schema.as_str(),
    )
    .fetch_optional(conn)
    .await?;
    Ok(locked.is_some())
}

/// Whether the platform's own copy of the primary domain says something else; routing never reads it. `None` where the
/// domain is somebody's already; neither outcome ends the transaction.
pub(super) async fn insert(
    conn: &mut PgConnection,
    schema: &SchemaName,
    domain: &str,
    primary: bool,
) -> sqlx::Result<Option<bool>> {
    sqlx::query_scalar!(
        r#"INSERT INTO tenantry.domain (domain, is_primary, tenant_id)
           SELECT $2, $3, t.id FROM tenantry.tenant t WHERE t.schema_name = $1
           ON CONFLICT (domain) DO NOTHING
           RETURNING (SELECT t.primary_domain IS DISTINCT FROM $2 FROM tenantry.tenant t WHERE t.schema_name = $1) AS "differs!""#,
        schema.as_str(),
        domain,
        primary,
    )
    .fetch_optional(conn)
    .await
}

pub(super) async fn delete_alias(
    conn: &mut PgConnection,
    schema: &SchemaName,
    domain: &str,
) -> sqlx::Result<bool> {
    let deleted = sqlx::query!(
        "DELETE FROM tenantry.domain d
         USING tenantry.tenant t
         WHERE t.id = d.tenant_id AND t.schema_name = $1 AND d.domain = $2 AND NOT d.is_primary",
        schema.as_str(),
        domain
    )
    .execute(conn)
    .await?;
    Ok(deleted.rows_affected() == 1)
}

/// Clears first and sets then: one statement for both would break a unique index on the primary row.
pub(super) async fn set_primary(
    conn: &mut PgConnection,
    schema: &SchemaName,
    domain: &str,
) -> sqlx::Result<bool> {
    sqlx::query!(
        "UPDATE tenantry.domain d SET is_primary = false
         FROM tenantry.tenant t
         WHERE t.id = d.tenant_id AND t.schema_name = $1 AND d.is_primary",
        schema.as_str()
    )
    .execute(&mut *conn)
    .await?;
    let set = sqlx::query!(
        "UPDATE tenantry.domain d SET is_primary = true
         FROM tenantry.tenant t
         WHERE t.id = d.tenant_id AND t.schema_name = $1 AND d.domain = $2",
        schema.as_str(),
        domain
    )
    .execute(conn)
    .await?;
    Ok(set.rows_affected() == 1)
}
