//! The SQL that changes whose domains are. Each statement takes all rows of its kind, and says whether it met them all.

use sqlx::PgConnection;
use sqlx::postgres::PgQueryResult;

use crate::names::SchemaName;

pub(super) struct Added<'a> {
    pub domain: &'a str,
    pub schema: &'a SchemaName,
    pub primary: bool,
}

pub(super) struct Moved<'a> {
    pub domain: &'a str,
    pub from: &'a SchemaName,
    pub to: &'a SchemaName,
    pub primary: bool,
}

pub(super) async fn remove(conn: &mut PgConnection, rows: &[(&SchemaName, &str)]) -> sqlx::Result<bool> {
    if rows.is_empty() {
        return Ok(true);
    }
    let (schemas, domains) = texts(rows);
    let removed = sqlx::query_scalar!(
        r#"WITH gone AS (
               DELETE FROM tenantry.domain d
               USING unnest($1::text[], $2::text[]) AS r (schema_name, domain), tenantry.tenant t
               WHERE t.schema_name = r.schema_name AND d.tenant_id = t.id AND d.domain = r.domain
               RETURNING d.domain
           ), forgotten AS (
               DELETE FROM tenantry.assignment a USING gone WHERE a.domain = gone.domain
           )
           SELECT count(*) AS "removed!" FROM gone"#,
        &schemas,
        &domains,
    )
    .fetch_one(conn)
    .await?;
    Ok(all(removed, rows.len()))
}

pub(super) async fn demote(conn: &mut PgConnection, domains: &[&str]) -> sqlx::Result<bool> {
    if domains.is_empty() {
        return Ok(true);
    }
    let domains: Vec<_> = domains.iter().map(ToString::to_string).collect();
    let demoted = sqlx::query!(
        "UPDATE tenantry.domain SET is_primary = false WHERE domain = ANY ($1::text[]) AND is_primary",
        &domains,
    )
    .execute(conn)
    .await?;
    Ok(met(&demoted, domains.len()))
}

pub(super) async fn move_all(conn: &mut PgConnection, rows: &[Moved<'_>]) -> sqlx::Result<bool> {
    if rows.is_empty() {
        return Ok(true);
    }
    let domains: Vec<_> = rows.iter().map(|row| row.domain.to_owned()).collect();
    let from: Vec<_> = rows.iter().map(|row| row.from.to_string()).collect();
    let to: Vec<_> = rows.iter().map(|row| row.to.to_string()).collect();
    let primary: Vec<_> = rows.iter().map(|row| row.primary).collect();
    let moved = sqlx::query_scalar!(
        r#"WITH moved AS (
               UPDATE tenantry.domain d SET tenant_id = receiver.id, is_primary = m.is_primary
               FROM unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) AS m (domain, giver, receiver, is_primary)
               JOIN tenantry.tenant giver ON giver.schema_name = m.giver
               JOIN tenantry.tenant receiver ON receiver.schema_name = m.receiver
               WHERE d.domain = m.domain AND d.tenant_id = giver.id
               RETURNING d.domain, receiver.id::text AS tenant
           ), noted AS (
               INSERT INTO tenantry.assignment (domain, tenant) SELECT domain, tenant FROM moved
               ON CONFLICT (domain) DO UPDATE SET tenant = EXCLUDED.tenant, since = now(), assigned_by = session_user
           )
           SELECT count(*) AS "moved!" FROM moved"#,
        &domains,
        &from,
        &to,
        &primary,
    )
    .fetch_one(conn)
    .await?;
    Ok(all(moved, rows.len()))
}

/// Rows as they were before they were removed: the tenant's schema, the row, and whether it is primary now.
pub(super) async fn put_back(
    conn: &mut PgConnection,
    rows: &[(&SchemaName, &str, bool)],
) -> sqlx::Result<bool> {
    if rows.is_empty() {
        return Ok(true);
    }
    let schemas: Vec<_> = rows.iter().map(|(schema, ..)| schema.to_string()).collect();
    let records: Vec<_> = rows.iter().map(|(_, row, _)| (*row).to_owned()).collect();
    let primary: Vec<_> = rows.iter().map(|(.., primary)| *primary).collect();
    let back = sqlx::query_scalar!(
        r#"WITH back AS (
               INSERT INTO tenantry.domain OVERRIDING SYSTEM VALUE
               SELECT whole.*
               FROM unnest($1::text[], $2::text[], $3::boolean[]) AS r (schema_name, record, is_primary)
               JOIN tenantry.tenant t ON t.schema_name = r.schema_name
               CROSS JOIN LATERAL jsonb_populate_record(NULL::tenantry.domain,
                   r.record::jsonb || jsonb_build_object('tenant_id', t.id, 'is_primary', r.is_primary)) AS whole
               ON CONFLICT DO NOTHING
               RETURNING domain, tenant_id
           ), noted AS (
               INSERT INTO tenantry.assignment (domain, tenant) SELECT domain, tenant_id::text FROM back
               ON CONFLICT (domain) DO UPDATE SET tenant = EXCLUDED.tenant, since = now(), assigned_by = session_user
           )
           SELECT count(*) AS "back!" FROM back"#,
        &schemas,
        &records,
        &primary,
    )
    .fetch_one(conn)
    .await?;
    Ok(all(back, rows.len()))
}

/// The primary ones among them of which the platform's own copy says something else. `None` where somebody has one of the
/// domains already; neither outcome ends the transaction.
pub(super) async fn insert(conn: &mut PgConnection, rows: &[Added<'_>]) -> sqlx::Result<Option<Vec<String>>> {
    if rows.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let domains: Vec<_> = rows.iter().map(|row| row.domain.to_owned()).collect();
    let schemas: Vec<_> = rows.iter().map(|row| row.schema.to_string()).collect();
    let primary: Vec<_> = rows.iter().map(|row| row.primary).collect();
    let inserted = sqlx::query!(
        r#"WITH new AS (
               INSERT INTO tenantry.domain (domain, is_primary, tenant_id)
               SELECT a.domain, a.is_primary, t.id
               FROM unnest($1::text[], $2::text[], $3::boolean[]) WITH ORDINALITY AS a (domain, schema_name, is_primary, place)
               JOIN tenantry.tenant t ON t.schema_name = a.schema_name
               ORDER BY a.place
               ON CONFLICT (domain) DO NOTHING
               RETURNING domain, is_primary, tenant_id
           ), noted AS (
               INSERT INTO tenantry.assignment (domain, tenant) SELECT domain, tenant_id::text FROM new
               ON CONFLICT (domain) DO UPDATE SET tenant = EXCLUDED.tenant, since = now(), assigned_by = session_user
           )
           SELECT new.domain AS "domain!", new.is_primary AND t.primary_domain IS DISTINCT FROM new.domain AS "differs!"
           FROM new JOIN tenantry.tenant t ON t.id = new.tenant_id"#,
        &domains,
        &schemas,
        &primary,
    )
    .fetch_all(conn)
    .await?;
    if inserted.len() != rows.len() {
        return Ok(None);
    }
    Ok(Some(inserted.into_iter().filter(|row| row.differs).map(|row| row.domain).collect()))
}

pub(super) async fn promote(conn: &mut PgConnection, rows: &[(&SchemaName, &str)]) -> sqlx::Result<bool> {
    if rows.is_empty() {
        return Ok(true);
    }
    let (schemas, domains) = texts(rows);
    let promoted = sqlx::query!(
        "UPDATE tenantry.domain d SET is_primary = true
         FROM unnest($1::text[], $2::text[]) AS p (schema_name, domain)
         JOIN tenantry.tenant t ON t.schema_name = p.schema_name
         WHERE d.domain = p.domain AND d.tenant_id = t.id",
        &schemas,
        &domains,
    )
    .execute(conn)
    .await?;
    Ok(met(&promoted, rows.len()))
}

fn texts(rows: &[(&SchemaName, &str)]) -> (Vec<String>, Vec<String>) {
    rows.iter().map(|(schema, domain)| (schema.to_string(), (*domain).to_owned())).unzip()
}

fn met(result: &PgQueryResult, wanted: usize) -> bool {
    usize::try_from(result.rows_affected()) == Ok(wanted)
}

fn all(met: i64, wanted: usize) -> bool {
    usize::try_from(met) == Ok(wanted)
}
