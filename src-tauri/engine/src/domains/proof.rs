//! Proof that whoever asks for a domain for a tenant rules over the domain: a token in its zone.
//!
//! The token is made from a key that only the platform's database holds, the domain and the tenant. So it needs no row of its
//! own, cannot be guessed, and proves nothing for another tenant.

use std::collections::{BTreeSet, HashMap};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::PgConnection;

use super::policy_store as store;
use crate::names::SchemaName;
use crate::world::Challenge;
use crate::{Error, Result};

/// The label under the domain at which the record is looked for (RFC 8552 asks for an underscored name).
const LABEL: &str = "_tenantry-challenge";

/// The record that proves a domain, in its stored form, for a tenant.
///
/// # Errors
/// [`Error::TenantNotFound`].
pub(super) async fn challenge_of(
    conn: &mut PgConnection,
    domain: &str,
    schema: &SchemaName,
) -> Result<Challenge> {
    let pair = (schema.clone(), domain.to_owned());
    let mut found = challenges(conn, std::slice::from_ref(&pair)).await?;
    found.remove(&pair).ok_or_else(|| Error::TenantNotFound { schema: schema.to_string() })
}

/// The records for many tenants and domains. There is none for a tenant that is not there.
pub(super) async fn challenges(
    conn: &mut PgConnection,
    pairs: &[(SchemaName, String)],
) -> Result<HashMap<(SchemaName, String), Challenge>> {
    if pairs.is_empty() {
        return Ok(HashMap::new());
    }
    let schemas: BTreeSet<_> = pairs.iter().map(|(schema, _)| schema.to_string()).collect();
    let (secret, keys) = store::proof_keys(conn, &schemas.into_iter().collect::<Vec<_>>()).await?;
    let made = pairs.iter().filter_map(|pair| {
        let (schema, domain) = pair;
        Some((pair.clone(), challenge(&secret, domain, keys.get(schema)?)))
    });
    Ok(made.collect())
}

/// The same from the platform's key and the tenant's own.
pub(super) fn challenge(secret: &[u8], domain: &str, tenant: &str) -> Challenge {
    let value = format!("tenantry-proof={}", token(secret, domain, tenant));
    Challenge { record: format!("{LABEL}.{domain}"), value }
}

/// 160 bits of an HMAC: more than anybody can try, and short enough to be copied by hand.
fn token(secret: &[u8], domain: &str, tenant: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret) else { return String::new() };
    mac.update(domain.as_bytes());
    mac.update(&[0]);
    mac.update(tenant.as_bytes());
    hex::encode(&mac.finalize().into_bytes()[..20])
}

#[cfg(test)]
mod tests {
    use super::token;

    #[test]
    fn a_token_is_of_one_domain_one_tenant_and_one_platform() {
        let own = token(b"key", "shop.example.com", "1");
        assert_eq!(own, token(b"key", "shop.example.com", "1"));
        for other in [
            token(b"key", "shop.example.com", "2"),
            token(b"key", "shop.example.org", "1"),
            token(b"yek", "shop.example.com", "1"),
        ] {
            assert_ne!(own, other);
        }
        assert_eq!(own.len(), 40);
    }
}
