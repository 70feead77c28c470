//! All domains of a platform, a page at a time: what is searched for, in which order, and how much there is of it.

use chrono::{DateTime, Utc};
use idna::domain_to_unicode;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::find_store::{self, Sought};
use crate::names::DomainKind;
use crate::tenants::Owner;
use crate::{Engine, Error, Result};

/// What is searched for. Words are looked for in names of domains and tenants; a word with a `*` is a pattern for the whole
/// domain; `tenant:`, `state:` and `kind:` narrow, several of one kind widen. `state:taken` is about names that a deleted tenant
/// left and cannot have back while somebody has them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", default)]
pub struct DomainQuery {
    pub text: String,
    pub sort: DomainSort,
    pub descending: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum DomainSort {
    #[default]
    Tenant,
    Domain,
    Kind,
    State,
    Checked,
}

impl DomainSort {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Tenant => "tenant",
            Self::Domain => "domain",
            Self::Kind => "kind",
            Self::State => "state",
            Self::Checked => "checked",
        }
    }
}

/// A part of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainPage {
    /// All domains of the platform.
    pub total: u32,
    /// Those that were searched for.
    pub matching: u32,
    pub offset: u32,
    pub rows: Vec<ListedDomain>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListedDomain {
    pub domain: String,
    /// The form for people; equal to `domain` except for international names.
    pub unicode: String,
    pub primary: bool,
    pub kind: DomainKind,
    pub owner: Owner,
    pub state: DomainState,
    /// When the world was last asked.
    pub checked_at: Option<DateTime<Utc>>,
}

/// The one word for how a domain is, by what matters most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case")]
pub enum DomainState {
    /// As it is stored, no request can ever match it.
    Unreachable,
    /// The platform asks for a proof, and there is none.
    Unproven,
    /// DNS leads elsewhere, nowhere, or two ways.
    Misdirected,
    /// No browser would accept what answers.
    Insecure,
    /// The certificate ends within three weeks.
    Expiring,
    /// Nobody has looked yet, or nothing could be learnt.
    Unchecked,
    Live,
    /// Reached on a developer's machine only.
    Local,
}

/// How many domains there are of each kind and state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainCounts {
    pub total: u32,
    pub states: Vec<StateCount>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct StateCount {
    pub state: DomainState,
    pub count: u32,
}

/// A page of what is searched for. How much there is of it is counted on a connection of its own meanwhile.
pub async fn find(engine: &Engine, query: &DomainQuery, offset: u32, limit: u32) -> Result<DomainPage> {
    let mut conn = engine.acquire().await?;
    let sought = Sought::of(&mut conn, &query.text).await?;
    let counted = async {
        let mut conn = engine.acquire().await?;
        let total = find_store::total(&mut conn).await?;
        Ok::<_, Error>((total, find_store::matching(&mut conn, &sought).await?))
    };
    let listed = async { Ok(find_store::page(&mut conn, &sought, query, offset, limit).await?) };
    let ((total, matching), rows) = tokio::try_join!(counted, listed)?;
    Ok(DomainPage { total: count(total), matching: count(matching), offset, rows })
}

/// The names of all that is searched for, by tenant.
pub async fn names(engine: &Engine, query: &DomainQuery) -> Result<Vec<String>> {
    let mut tx = engine.begin().await?;
    let sought = Sought::of(&mut tx, &query.text).await?;
    let names = find_store::names(&mut tx, &sought).await?;
    tx.rollback().await?;
    Ok(names)
}

/// How many domains are in each state.
pub async fn counts(engine: &Engine) -> Result<DomainCounts> {
    let mut conn = engine.acquire().await?;
    let states = find_store::counts(&mut conn).await?;
    let states: Vec<_> =
        states.into_iter().map(|(state, number)| StateCount { state, count: count(number) }).collect();
    Ok(DomainCounts { total: states.iter().map(|state| state.count).sum(), states })
}

pub(super) fn unicode_of(domain: &str) -> String {
    // Nearly all names are ASCII through and through.
    if domain.contains("xn--") { domain_to_unicode(domain).0 } else { domain.to_owned() }
}

fn count(number: i64) -> u32 {
    u32::try_from(number.max(0)).unwrap_or(u32::MAX)
}
