//! What retiring an atom would come to in every tenant that has it, one line a tenant.

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;

use super::{Reference, RetireAtom, Retirement, reference_store as store, sync, usage};
use crate::jobs::NewItem;
use crate::names::SchemaName;
use crate::operations::{Intent, Progress, Run, plan_on};
use crate::{Engine, Result};

/// What retiring an atom would come to, a line for each tenant that has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RetirePreview {
    pub tenants: Vec<TenantRetirement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TenantRetirement {
    pub schema: SchemaName,
    pub references: Vec<Reference>,
    /// For a job; `None` where it cannot be done, or there is nothing to do.
    pub item: Option<Box<NewItem>>,
    /// Why it cannot be done.
    pub refused: Option<String>,
}

/// Plans a retirement in every tenant. Tenants without atom tables are left to *Verify*.
///
/// # Errors
/// [`Error::Cancelled`](crate::Error::Cancelled).
pub async fn preview_retirement(
    engine: &Engine,
    slug: &str,
    how: &Retirement,
    run: &Run<'_>,
) -> Result<RetirePreview> {
    let copies = store::tenants_with_tables(&mut *engine.acquire().await?).await?;
    let total = u32::try_from(copies.len()).unwrap_or(u32::MAX);
    let mut tenants = Vec::new();
    let mut visits = engine.visits();
    for (index, (schema, _)) in (0..).zip(copies) {
        run.check()?;
        (run.report)(Progress::Checking { index, total, subject: schema.to_string() });
        let mut tx = visits.begin().await?;
        let line = line(engine, &mut tx, schema, slug, how).await;
        tx.rollback().await?;
        tenants.extend(line?);
    }
    Ok(RetirePreview { tenants })
}

/// `None` where the tenant has no such atom.
async fn line(
    engine: &Engine,
    conn: &mut PgConnection,
    schema: SchemaName,
    slug: &str,
    how: &Retirement,
) -> Result<Option<TenantRetirement>> {
    let mut line = TenantRetirement { schema, references: Vec::new(), item: None, refused: None };
    match look(engine, conn, &mut line, slug, how).await {
        Ok(has_it) => Ok(has_it.then_some(line)),
        Err(error) if error.stops_everything() => Err(error),
        Err(error) => Ok(Some(TenantRetirement { refused: Some(error.with_cause()), ..line })),
    }
}

async fn look(
    engine: &Engine,
    conn: &mut PgConnection,
    line: &mut TenantRetirement,
    slug: &str,
    how: &Retirement,
) -> Result<bool> {
    sync::enter(conn, &line.schema).await?;
    if store::versions(conn, slug).await?.is_none() {
        return Ok(false);
    }
    line.references = usage::references(conn, &line.schema, &[slug.to_owned()]).await?;
    let request = RetireAtom { schema: line.schema.clone(), slug: slug.to_owned(), how: how.clone() };
    let plan = plan_on(engine, conn, Intent::RetireAtom(request)).await?;
    line.item = (!plan.is_empty()).then(|| Box::new(NewItem::from(&plan)));
    Ok(true)
}
