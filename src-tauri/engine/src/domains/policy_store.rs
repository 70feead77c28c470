//! The SQL of the policy, and of what proves domains.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use super::DomainPolicy;
use crate::names::SchemaName;

pub(super) async fn policy(conn: &mut PgConnection) -> sqlx::Result<DomainPolicy> {
    let row = sqlx::query!(
        "SELECT addresses, names, authorities, https_port, proof_required FROM tenantry.domain_policy"
    )
    .fetch_one(conn)
    .await?;
    let https_port = u16::try_from(row.https_port).unwrap_or(443);
    let (addresses, names, authorities) = (row.addresses, row.names, row.authorities);
    Ok(DomainPolicy { addresses, names, authorities, https_port, proof_required: row.proof_required })
}

pub(super) async fn lock_policy(conn: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query!("SELECT one FROM tenantry.domain_policy FOR UPDATE").fetch_one(conn).await?;
    Ok(())
}

pub(super) async fn set_policy(conn: &mut PgConnection, policy: &DomainPolicy) -> sqlx::Result<()> {
    sqlx::query!(
        "UPDATE tenantry.domain_policy SET addresses = $1, names = $2, authorities = $3, https_port = $4, proof_required = $5",
        &policy.addresses,
        &policy.names,
        &policy.authorities,
        i32::from(policy.https_port),
        policy.proof_required,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The platform's key, and these tenants' own in the platform's table.
pub(super) async fn proof_keys(
    conn: &mut PgConnection,
    schemas: &[String],
) -> sqlx::Result<(Vec<u8>, HashMap<SchemaName, String>)> {
    let secret =
        sqlx::query_scalar!("SELECT secret FROM tenantry.domain_policy").fetch_one(&mut *conn).await?;
    let rows = sqlx::query!(
        r#"SELECT t.schema_name AS "schema!: SchemaName", t.id::text AS "tenant!"
           FROM tenantry.tenant t WHERE t.schema_name = ANY ($1::text[])"#,
        schemas,
    )
    .fetch_all(conn)
    .await?;
    Ok((secret, rows.into_iter().map(|row| (row.schema, row.tenant)).collect()))
}

/// Those pairs of a tenant and a domain for which a proof was seen lately. What was proven for a tenant once, or approved, says
/// nothing once the domain has gone elsewhere.
pub(super) async fn proven(
    conn: &mut PgConnection,
    pairs: &[(SchemaName, String)],
) -> sqlx::Result<HashSet<(SchemaName, String)>> {
    let (schemas, domains): (Vec<_>, Vec<_>) =
        pairs.iter().map(|(schema, domain)| (schema.to_string(), domain.clone())).unzip();
    let rows = sqlx::query!(
        r#"SELECT asked.schema_name AS "schema!: SchemaName", asked.domain AS "domain!"
           FROM unnest($1::text[], $2::text[]) AS asked (schema_name, domain)
           JOIN tenantry.tenant t ON t.schema_name = asked.schema_name
           JOIN tenantry.domain_axis x ON x.domain = asked.domain AND x.axis = 'ownership' AND x.tenant = t.id::text
           WHERE x.state = 'proven' AND x.seen_at > now() - interval '7 days'"#,
        &schemas,
        &domains,
    )
    .fetch_all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.schema, row.domain)).collect())
}

pub(super) async fn approve(
    conn: &mut PgConnection,
    schema: &SchemaName,
    domain: &str,
    reason: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "INSERT INTO tenantry.domain_axis (domain, axis, tenant, state, evidence, vantage)
         SELECT $2, 'ownership', t.id::text, 'approved', jsonb_build_object('reason', $3::text, 'by', session_user), ''
         FROM tenantry.tenant t WHERE t.schema_name = $1
         ON CONFLICT (domain, axis, tenant) DO UPDATE
         SET state = EXCLUDED.state, evidence = EXCLUDED.evidence, since = now(), checked_at = now(), failure = NULL",
        schema.as_str(),
        domain,
        reason,
    )
    .execute(conn)
    .await?;
    Ok(())
}

pub(super) async fn withdraw_approval(
    conn: &mut PgConnection,
    schema: &SchemaName,
    domain: &str,
) -> sqlx::Result<()> {
    sqlx::query!(
        "DELETE FROM tenantry.domain_axis x USING tenantry.tenant t
         WHERE t.schema_name = $1 AND x.tenant = t.id::text AND x.domain = $2 AND x.axis = 'ownership' AND x.state = 'approved'",
        schema.as_str(),
        domain,
    )
    .execute(conn)
    .await?;
    Ok(())
}
