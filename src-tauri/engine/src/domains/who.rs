//! Who would answer a request: the rules of the platform's router, step by step.
//!
//! django-tenants takes the Host header as it came, once Django has accepted its letters, cuts everything from the first colon
//! and one leading `www.`, and looks the rest up exactly (django-tenants: `hostname_from_request`, `remove_www`; Django:
//! `HttpRequest.get_host`, `split_domain_port`).

use serde::Serialize;
use specta::Type;

use super::store;
use crate::names::{host_in_url, is_accepted_host};
use crate::tenants::Owner;
use crate::{Engine, Result};

/// What becomes of a request with some Host header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RequestAnswer {
    /// The header, taken out of what was given.
    pub host: String,
    /// What is looked up.
    pub sought: String,
    pub steps: Vec<RouterStep>,
    #[serde(flatten)]
    pub outcome: RouterOutcome,
}

/// What the router does on its way from the header to the look-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum RouterStep {
    /// It was an address: browsers send only its host and port, in lower case.
    TakenFromUrl,
    /// Everything from the first colon.
    PortCut,
    WwwCut,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "outcome", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum RouterOutcome {
    Reached {
        domain: String,
        owner: Owner,
        primary: bool,
        /// Routing does not ask; the platform may.
        active: bool,
        has_schema: bool,
    },
    /// Django refuses the header before anything is looked up.
    Refused,
    /// No row is exactly so.
    Nobody {
        /// Rows that look the same to people, and that this request does not match.
        near: Vec<NearMiss>,
    },
}

/// A stored domain that somebody may have meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NearMiss {
    pub domain: String,
    pub owner: Owner,
}

impl RequestAnswer {
    pub fn is_reached(&self) -> bool {
        matches!(self.outcome, RouterOutcome::Reached { .. })
    }
}

/// Who would answer a request with this Host header; an address is taken for what a browser makes of it.
pub async fn who(engine: &Engine, input: &str) -> Result<RequestAnswer> {
    let mut steps = Vec::new();
    let mut host = input.trim().to_owned();
    if let Some(found) = host_in_url(&host) {
        steps.push(RouterStep::TakenFromUrl);
        host = found;
    }
    let (sought, cut) = sought(&host);
    steps.extend(cut);
    if !is_accepted_host(&host) {
        return Ok(RequestAnswer { host, sought, steps, outcome: RouterOutcome::Refused });
    }
    let mut conn = engine.acquire().await?;
    let outcome = match store::reached(&mut conn, &sought).await? {
        Some(reached) => reached,
        None => RouterOutcome::Nobody { near: store::near_misses(&mut conn, &sought).await? },
    };
    Ok(RequestAnswer { host, sought, steps, outcome })
}

/// What the router looks up for a header.
pub fn sought(host: &str) -> (String, Vec<RouterStep>) {
    let mut steps = Vec::new();
    let mut sought = host;
    if let Some((before, _)) = host.split_once(':') {
        steps.push(RouterStep::PortCut);
        sought = before;
    }
    if let Some(bare) = sought.strip_prefix("www.") {
        steps.push(RouterStep::WwwCut);
        sought = bare;
    }
    (sought.to_owned(), steps)
}
