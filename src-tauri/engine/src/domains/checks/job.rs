//! Looks at many domains as a job: paused, resumed and shared between consoles like any other. They are no operations: nothing
//! of the platform's is written, so the journal has nothing of them.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::{Which, asked, look_at_all};
use crate::jobs::{self, JobId, NewItem};
use crate::operations::{Intent, Run};
use crate::{Engine, Error, Result};

/// So many domains are an item.
const PER_ITEM: usize = 100;

/// Domains to be looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CheckDomains {
    pub domains: Vec<String>,
}

/// A job that looks at all public domains, or at those that a look is due for. `None` where there are none.
pub async fn check_job(engine: &Engine, only_due: bool) -> Result<Option<JobId>> {
    engine.require_writable()?;
    let which = if only_due { Which::Due } else { Which::All };
    let asked = asked(&mut *engine.acquire().await?, &which).await?;
    let names: Vec<_> = asked.into_iter().map(|one| one.domain).collect();
    let items: Vec<_> = names.chunks(PER_ITEM).map(NewItem::from).collect();
    if items.is_empty() { Ok(None) } else { jobs::create(engine, &items).await.map(Some) }
}

impl From<&[String]> for NewItem {
    fn from(domains: &[String]) -> Self {
        let first = domains.first().cloned().unwrap_or_default();
        let subject = match domains.len() {
            0 | 1 => first,
            several => format!("{first} and {} more", several - 1),
        };
        let intent = Intent::CheckDomains(CheckDomains { domains: domains.to_vec() });
        Self { subject, intent, plan_hash: None }
    }
}

/// One item. Domains that are nobody's any more are left out.
pub(crate) async fn work(
    engine: &Engine,
    conn: &mut PgConnection,
    item: &CheckDomains,
    run: &Run<'_>,
) -> Result<()> {
    let asked = super::store::asked(conn, Some(&item.domains), false).await?;
    look_at_all(engine, conn, asked, run).await.map(drop)
}

/// A look is no write that could be planned.
pub(crate) fn no_plan(item: &CheckDomains) -> Error {
    let subject = item.domains.first().cloned().unwrap_or_default();
    Error::Refused { subject, why: crate::error::Refusal::OnlyInJobs }
}
