//! The SQL of domains.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::find::unicode_of;
use super::inspect::Held;
use super::{Domain, NearMiss, RouterOutcome, assignment::next_primary};
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
        Self {
            unicode: unicode_of(&row.domain),
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

/// Locks these tenants and whoever has one of these domains, by name, so that no two can wait for each other.
pub(super) async fn lock_tenants(
    conn: &mut PgConnection,
    domains: &[String],
    schemas: &[String],
) -> sqlx::Result<()> {
    sqlx::query!(
        "SELECT t.schema_name FROM tenantry.tenant t
         WHERE t.schema_name = ANY ($2::text[])
            OR t.id IN (SELECT d.tenant_id FROM tenantry.domain d WHERE d.domain = ANY ($1::text[]))
         ORDER BY t.schema_name
         FOR NO KEY UPDATE",
        domains,
        schemas,
    )
    .fetch_all(conn)
    .await?;
    Ok(())
}

/// A tenant concerned, with one of its domains; with none where it has none.
pub(super) struct AssignmentRow {
    pub schema: SchemaName,
    pub name: String,
    /// The tenant's key in the platform's table, which stays when the schema gets another name.
    pub key: String,
    pub domain: Option<String>,
    pub primary: Option<bool>,
    pub version: String,
}

/// All domains of these tenants and of whoever has one of these domains, in the order in which the platform has them.
pub(super) async fn assignments(
    conn: &mut PgConnection,
    domains: &[String],
    schemas: &[String],
) -> sqlx::Result<Vec<AssignmentRow>> {
    sqlx::query_as!(
        AssignmentRow,
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!", t.id::text AS "key!", d.domain, d.is_primary AS "primary",
                  COALESCE(md5(d::text), '') AS "version!"
           FROM tenantry.tenant t
           LEFT JOIN tenantry.domain d ON d.tenant_id = t.id
           WHERE t.schema_name = ANY ($2::text[])
              OR t.id IN (SELECT h.tenant_id FROM tenantry.domain h WHERE h.domain = ANY ($1::text[]))
           ORDER BY t.schema_name, d.id"#,
        domains,
        schemas,
    )
    .fetch_all(conn)
    .await
}

/// These rows as they are, as JSON.
pub(super) async fn whole_rows(
    conn: &mut PgConnection,
    domains: &[String],
) -> sqlx::Result<HashMap<String, String>> {
    if domains.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = sqlx::query!(
        r#"SELECT d.domain AS "domain!", to_jsonb(d)::text AS "row!" FROM tenantry.domain d WHERE d.domain = ANY ($1::text[])"#,
        domains,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.domain, row.row)).collect())
}

/// Tenants by schema or by name, whatever its case.
pub(super) async fn tenants_called(conn: &mut PgConnection, asked: &[String]) -> sqlx::Result<Vec<Owner>> {
    sqlx::query_as!(
        Owner,
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.name AS "name!" FROM tenantry.tenant t
           WHERE t.schema_name = ANY ($1::text[]) OR lower(t.name) IN (SELECT lower(a) FROM unnest($1::text[]) AS a)"#,
        asked,
    )
    .fetch_all(conn)
    .await
}

/// Whom a look-up reaches.
pub(super) async fn reached(conn: &mut PgConnection, domain: &str) -> sqlx::Result<Option<RouterOutcome>> {
    let row = sqlx::query!(
        r#"SELECT d.domain AS "domain!", d.is_primary AS "primary!", t.schema_name AS "schema!: SchemaName", t.name AS "name!",
                  t.is_active AS "active!", to_regnamespace(quote_ident(t.schema_name)) IS NOT NULL AS "has_schema!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE d.domain = $1"#,
        domain,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| RouterOutcome::Reached {
        domain: row.domain,
        owner: Owner { schema: row.schema, name: row.name },
        primary: row.primary,
        active: row.active,
        has_schema: row.has_schema,
    }))
}

/// Rows that a person would take for this one: other case, a port, `www.`, a dot at the end.
pub(super) async fn near_misses(conn: &mut PgConnection, sought: &str) -> sqlx::Result<Vec<NearMiss>> {
    let rows = sqlx::query!(
        r#"SELECT d.domain AS "domain!", t.schema_name AS "schema!: SchemaName", t.name AS "name!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE regexp_replace(regexp_replace(lower(d.domain), '^(www\.)+', ''), '(:.*|\.)$', '')
               = regexp_replace(regexp_replace(lower($1), '^(www\.)+', ''), '(:.*|\.)$', '')
           ORDER BY d.domain
           LIMIT 5"#,
        sought,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| NearMiss { domain: row.domain, owner: Owner { schema: row.schema, name: row.name } })
        .collect())
}

pub(super) async fn database(conn: &mut PgConnection) -> sqlx::Result<String> {
    sqlx::query_scalar!(r#"SELECT current_database()::text AS "database!""#).fetch_one(conn).await
}

/// Whose these domains are, since when and by whom, and what else their owners have.
pub(super) async fn held(conn: &mut PgConnection, domains: &[String]) -> sqlx::Result<HashMap<String, Held>> {
    let rows = sqlx::query!(
        r#"SELECT d.domain AS "domain!", d.is_primary AS "primary!", t.schema_name AS "schema!: SchemaName", t.name AS "name!",
                  a.since AS "since?", a.assigned_by AS "by?",
                  (SELECT count(*) FROM tenantry.domain o WHERE o.tenant_id = d.tenant_id) AS "domains!",
                  CASE WHEN d.is_primary THEN
                      (SELECT array_agg(o.domain ORDER BY o.id) FROM tenantry.domain o
                       WHERE o.tenant_id = d.tenant_id AND o.domain <> d.domain) END AS others
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           LEFT JOIN tenantry.assignment a ON a.domain = d.domain AND a.tenant = t.id::text
           WHERE d.domain = ANY ($1::text[])"#,
        domains,
    )
    .fetch_all(conn)
    .await?;
    let held = rows.into_iter().map(|row| {
        let held = Held {
            owner: Owner { schema: row.schema, name: row.name },
            primary: row.primary,
            since: row.since,
            by: row.by,
            domains: u32::try_from(row.domains).unwrap_or(u32::MAX),
            next_primary: next_primary(row.others.unwrap_or_default()),
        };
        (row.domain, held)
    });
    Ok(held.collect())
}

pub(super) struct NameRow {
    pub domain: String,
    pub schema: SchemaName,
    pub name: String,
}

/// Domains about as long as this one; international ones in any case, since their stored form is longer than what is read.
pub(super) async fn names_of_length(
    conn: &mut PgConnection,
    stored: &str,
    characters: usize,
) -> sqlx::Result<Vec<NameRow>> {
    let characters = i32::try_from(characters).unwrap_or(i32::MAX);
    sqlx::query_as!(
        NameRow,
        r#"SELECT d.domain AS "domain!", t.schema_name AS "schema!: SchemaName", t.name AS "name!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           WHERE (length(d.domain) BETWEEN $2::integer - 2 AND $2::integer + 2 OR d.domain LIKE '%xn--%') AND d.domain <> $1
           ORDER BY d.domain"#,
        stored,
        characters,
    )
    .fetch_all(conn)
    .await
}
