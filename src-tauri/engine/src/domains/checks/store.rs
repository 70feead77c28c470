//! The SQL of what the world answered.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sqlx::PgConnection;

use super::{Approval, Axis, Look, Ownership, is_trouble};
use crate::domains::proof;
use crate::names::SchemaName;
use crate::world::{
    CertificateState, Challenge, DnsEvidence, Observation, ProofEvidence, RoutingState, TlsEvidence, Vantage,
};

/// A domain to look at, with what its proof is made from.
pub(super) struct Asked {
    pub domain: String,
    pub tenant: String,
    pub secret: Vec<u8>,
    /// The platform asks for a proof, or one was looked for before.
    pub proof_required: bool,
}

impl Asked {
    pub fn proof(&self) -> Challenge {
        proof::challenge(&self.secret, &self.domain, &self.tenant)
    }

    pub fn challenge(&self) -> Option<Challenge> {
        self.proof_required.then(|| self.proof())
    }
}

/// Public domains: these, or all, or those that a look is due for.
pub(super) async fn asked(
    conn: &mut PgConnection,
    domains: Option<&[String]>,
    only_due: bool,
) -> sqlx::Result<Vec<Asked>> {
    sqlx::query_as!(
        Asked,
        r#"SELECT d.domain AS "domain!", t.id::text AS "tenant!", p.secret,
                  p.proof_required OR o.domain IS NOT NULL AS "proof_required!"
           FROM tenantry.domain d
           JOIN tenantry.tenant t ON t.id = d.tenant_id
           CROSS JOIN tenantry.domain_policy p
           LEFT JOIN tenantry.domain_axis r ON r.domain = d.domain AND r.axis = 'routing' AND r.tenant = ''
           LEFT JOIN tenantry.domain_axis o ON o.domain = d.domain AND o.axis = 'ownership' AND o.tenant = t.id::text
           WHERE ($1::text[] IS NULL OR d.domain = ANY ($1::text[]))
             AND d.domain !~ '(^|\.)localhost$|^[0-9]{1,3}(\.[0-9]{1,3}){3}$'
             AND (NOT $2 OR r.domain IS NULL OR r.next_check <= now())
           ORDER BY r.checked_at NULLS FIRST, d.domain"#,
        domains,
        only_due,
    )
    .fetch_all(conn)
    .await
}

/// A domain that a tenant has not got yet.
pub(super) async fn asked_for(
    conn: &mut PgConnection,
    domain: &str,
    schema: &SchemaName,
) -> sqlx::Result<Option<Asked>> {
    sqlx::query_as!(
        Asked,
        r#"SELECT $1::text AS "domain!", t.id::text AS "tenant!", p.secret, true AS "proof_required!"
           FROM tenantry.tenant t CROSS JOIN tenantry.domain_policy p
           WHERE t.schema_name = $2"#,
        domain,
        schema.as_str(),
    )
    .fetch_optional(conn)
    .await
}

/// One axis of one look, as it is kept.
#[derive(Serialize)]
struct KeptAxis {
    domain: String,
    axis: &'static str,
    tenant: String,
    state: Value,
    evidence: Value,
    vantage: String,
    checked_at: DateTime<Utc>,
    trouble: bool,
    /// The look learnt nothing.
    failure: Option<String>,
}

/// Keeps looks. One that learnt nothing leaves state and evidence as they are. A proof that is gone holds for three looks, of
/// which those that learnt nothing are none; an approval until there is a proof.
pub(super) async fn keep(conn: &mut PgConnection, looks: &[Look]) -> sqlx::Result<()> {
    let rows: Vec<_> = looks.iter().flat_map(axes).collect();
    let rows = json(&rows)?;
    sqlx::query!(
        r#"INSERT INTO tenantry.domain_axis AS known
               (domain, axis, tenant, state, since, evidence, vantage, seen_at, checked_at, next_check, troubles, failure)
           SELECT r.domain, r.axis, r.tenant, r.state, r.checked_at, r.evidence, r.vantage, r.checked_at, r.checked_at,
                  r.checked_at + CASE WHEN r.trouble THEN interval '1 minute' ELSE interval '24 hours' END, r.trouble::integer, r.failure
           FROM jsonb_to_recordset($1) AS r (domain text, axis text, tenant text, state text, evidence jsonb, vantage text,
                                             checked_at timestamptz, trouble boolean, failure text)
           -- In everybody's order, so that no two can wait for each other.
           ORDER BY r.domain, r.axis, r.tenant
           ON CONFLICT (domain, axis, tenant) DO UPDATE SET
               state = CASE
                   WHEN EXCLUDED.failure IS NOT NULL OR (known.state = 'approved' AND EXCLUDED.state <> 'proven') THEN known.state
                   WHEN known.state IN ('proven', 'expired') AND EXCLUDED.axis = 'ownership' AND EXCLUDED.state <> 'proven'
                       THEN CASE WHEN known.state = 'expired' OR known.troubles >= 2 THEN 'expired' ELSE 'proven' END
                   ELSE EXCLUDED.state END,
               since = CASE
                   WHEN EXCLUDED.failure IS NOT NULL OR known.state = EXCLUDED.state
                        OR (known.state = 'approved' AND EXCLUDED.state <> 'proven')
                        OR (known.state IN ('proven', 'expired') AND EXCLUDED.axis = 'ownership' AND EXCLUDED.state <> 'proven'
                            AND (known.state = 'expired' OR known.troubles < 2)) THEN known.since
                   ELSE EXCLUDED.checked_at END,
               evidence = CASE WHEN EXCLUDED.failure IS NOT NULL OR known.state = 'approved' AND EXCLUDED.state <> 'proven'
                               THEN known.evidence ELSE EXCLUDED.evidence END,
               vantage = CASE WHEN EXCLUDED.failure IS NULL THEN EXCLUDED.vantage ELSE known.vantage END,
               seen_at = CASE WHEN EXCLUDED.failure IS NULL THEN EXCLUDED.checked_at ELSE known.seen_at END,
               checked_at = EXCLUDED.checked_at,
               next_check = EXCLUDED.checked_at + CASE WHEN EXCLUDED.troubles = 0 THEN interval '24 hours'
                   ELSE LEAST(interval '4 hours', interval '1 minute' * power(1.15, LEAST(GREATEST(known.troubles - 9, 0), 100))) END,
               troubles = CASE WHEN EXCLUDED.troubles = 0 THEN 0
                   WHEN EXCLUDED.failure IS NOT NULL AND EXCLUDED.axis = 'ownership' THEN known.troubles
                   ELSE known.troubles + 1 END,
               failure = EXCLUDED.failure"#,
        rows,
    )
    .execute(conn)
    .await?;
    Ok(())
}

fn axes(look: &Look) -> impl Iterator<Item = KeptAxis> {
    let Look { asked, observation, diagnosis } = look;
    let vantage = serde_json::to_string(&observation.vantage).unwrap_or_default();
    let row = |axis, tenant: &str, state: Value, evidence: Value, trouble| {
        let failed = state == "lookup_failed";
        KeptAxis {
            domain: asked.domain.clone(),
            axis,
            tenant: tenant.to_owned(),
            failure: failed.then(|| failure_of(&evidence)),
            state,
            evidence,
            vantage: vantage.clone(),
            checked_at: observation.at,
            trouble,
        }
    };
    let value = |part: &dyn Fn() -> serde_json::Result<Value>| part().unwrap_or_default();
    let trouble = is_trouble(diagnosis);
    let ownership = Ownership::from(diagnosis.ownership);
    let proof = observation.proof.as_ref().map(|proof| {
        let unproven = ownership != Ownership::Proven;
        row(
            "ownership",
            &asked.tenant,
            value(&|| serde_json::to_value(ownership)),
            value(&|| serde_json::to_value(proof)),
            unproven,
        )
    });
    let routing = row(
        "routing",
        "",
        value(&|| serde_json::to_value(diagnosis.routing)),
        value(&|| serde_json::to_value(&observation.dns)),
        trouble,
    );
    let certificate = row(
        "certificate",
        "",
        value(&|| serde_json::to_value(diagnosis.certificate)),
        value(&|| serde_json::to_value(&observation.tls)),
        trouble,
    );
    [Some(routing), Some(certificate), proof].into_iter().flatten()
}

/// The first reason that the evidence gives for having learnt nothing.
fn failure_of(evidence: &Value) -> String {
    fn find(value: &Value) -> Option<String> {
        match value {
            Value::Object(object) => {
                let why = object.get("why");
                let failure = why.and_then(|why| why.get("failure")).or(why).and_then(Value::as_str);
                failure.map(str::to_owned).or_else(|| object.values().find_map(find))
            }
            Value::Array(items) => items.iter().find_map(find),
            _ => None,
        }
    }
    find(evidence).unwrap_or_else(|| "unknown".to_owned())
}

/// What is kept about one domain.
#[derive(Default)]
pub(super) struct Kept {
    pub ownership: Option<AxisRow>,
    pub routing: Option<AxisRow>,
    pub certificate: Option<AxisRow>,
}

pub(super) struct AxisRow {
    axis: String,
    state: String,
    since: DateTime<Utc>,
    evidence: Value,
    vantage: String,
    seen_at: DateTime<Utc>,
    checked_at: DateTime<Utc>,
    next_check: Option<DateTime<Utc>>,
    troubles: i32,
    failure: Option<String>,
}

pub(super) async fn kept(conn: &mut PgConnection, domain: &str, schema: &SchemaName) -> sqlx::Result<Kept> {
    let rows = sqlx::query_as!(
        AxisRow,
        "SELECT x.axis, x.state, x.since, x.evidence, x.vantage, x.seen_at, x.checked_at, x.next_check, x.troubles, x.failure
         FROM tenantry.domain_axis x
         WHERE x.domain = $1
           AND x.tenant IN ('', (SELECT t.id::text FROM tenantry.tenant t WHERE t.schema_name = $2))",
        domain,
        schema.as_str(),
    )
    .fetch_all(conn)
    .await?;
    let mut kept = Kept::default();
    for row in rows {
        match row.axis.as_str() {
            "ownership" => kept.ownership = Some(row),
            "routing" => kept.routing = Some(row),
            _ => kept.certificate = Some(row),
        }
    }
    Ok(kept)
}

impl Kept {
    /// An axis as it is told; `None` where a newer version has kept it in words of its own.
    pub fn axis<S: DeserializeOwned>(row: Option<&AxisRow>) -> Option<Axis<S>> {
        let row = row?;
        Some(Axis {
            state: serde_json::from_value(Value::String(row.state.clone())).ok()?,
            since: row.since,
            seen_at: row.seen_at,
            checked_at: row.checked_at,
            next_check: row.next_check,
            troubles: u32::try_from(row.troubles).unwrap_or(0),
            failure: row.failure.clone(),
        })
    }

    pub fn routing(&self) -> Option<Axis<RoutingState>> {
        Self::axis(self.routing.as_ref())
    }

    pub fn certificate(&self) -> Option<Axis<CertificateState>> {
        Self::axis(self.certificate.as_ref())
    }

    pub fn ownership(&self) -> Option<Axis<Ownership>> {
        Self::axis(self.ownership.as_ref())
    }

    /// Who answers for the domain, and why, where somebody does.
    pub fn approval(&self) -> Option<Approval> {
        let row = self.ownership.as_ref().filter(|row| row.state == "approved")?;
        let text = |key: &str| row.evidence.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Approval { by: text("by"), reason: text("reason") })
    }

    /// The last look that answered, put together again.
    pub fn observation(&self, domain: &str) -> Option<Observation> {
        let routing = self.routing.as_ref()?;
        let vantage: Vantage = serde_json::from_str(&routing.vantage).ok()?;
        let dns: DnsEvidence = serde_json::from_value(routing.evidence.clone()).ok()?;
        let tls =
            self.certificate.as_ref().map(|row| serde_json::from_value::<TlsEvidence>(row.evidence.clone()));
        let proof =
            self.ownership.as_ref().map(|row| serde_json::from_value::<ProofEvidence>(row.evidence.clone()));
        Some(Observation {
            domain: domain.to_owned(),
            at: routing.seen_at,
            vantage,
            dns,
            tls: tls.and_then(Result::ok).unwrap_or_default(),
            proof: proof.and_then(Result::ok),
        })
    }
}

fn json(value: &impl Serialize) -> sqlx::Result<Value> {
    serde_json::to_value(value).map_err(|error| sqlx::Error::Encode(error.into()))
}
