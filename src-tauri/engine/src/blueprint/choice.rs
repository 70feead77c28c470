//! Which blueprint new tenants are made from.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::reference::propose;
use super::{ReferenceRows, behind, store};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{self, Basis, Change, Intent, Inverse, Parts, Plan, Run};
use crate::{Engine, Result};

/// A request to make new tenants from something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UseBlueprint {
    /// A schema whose structure is cloned; `None` stands for the files of migrations/tenant.
    pub template: Option<SchemaName>,
    /// Rows of the template that are cloned too. `None`: those that are proposed.
    pub reference: Option<Vec<ReferenceRows>>,
}

/// What new tenants are made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Choice {
    pub template: Option<SchemaName>,
    pub reference: Vec<ReferenceRows>,
    /// The platform was made from our files. Where it was not, no template means that nothing has been chosen yet.
    pub has_files: bool,
}

/// The blueprint in use.
pub async fn choice(engine: &Engine) -> Result<Choice> {
    Ok(store::choice(&mut *engine.acquire().await?).await?)
}

pub(crate) async fn template(conn: &mut PgConnection) -> Result<Option<SchemaName>> {
    Ok(store::choice(conn).await?.template)
}

pub(crate) async fn plan_use(conn: &mut PgConnection, request: UseBlueprint) -> Result<Plan> {
    let before = store::choice(conn).await?;
    let after = wanted(conn, &request, &before).await?;
    let mut parts = Parts {
        basis: vec![Basis { row: "blueprint".into(), version: crate::digest::of(&before) }],
        ..Parts::default()
    };
    if let Some(template) = &after.template {
        parts.findings.extend(behind(conn, template).await?);
    }
    if after != before {
        parts.inverse =
            Some(Inverse::UseBlueprint { template: before.template.clone(), reference: before.reference });
        parts.changes.push(Change::ChangeBlueprint {
            before: before.template,
            after: after.template,
            reference: after.reference,
        });
    }
    Ok(Plan::new(Intent::UseBlueprint(request), "blueprint", parts))
}

async fn wanted(conn: &mut PgConnection, request: &UseBlueprint, before: &Choice) -> Result<Choice> {
    let has_files = before.has_files;
    let Some(template) = &request.template else {
        return Ok(Choice { template: None, reference: Vec::new(), has_files });
    };
    if !store::schema_exists(conn, template).await? {
        return Err(Refusal::SchemaMissing.of(template));
    }
    let reference = match &request.reference {
        Some(rows) => named(conn, template, rows).await?,
        None => propose(conn, template).await?.into_iter().map(Into::into).collect(),
    };
    Ok(Choice { template: Some(template.clone()), reference, has_files })
}

/// Chooses a first blueprint on a platform that has just been adopted: the tenant with the most tables that can be a
/// template. Without any, the choice stays open.
pub(crate) async fn choose_first(engine: &Engine) -> Result<()> {
    for template in store::likely_templates(&mut *engine.acquire().await?).await? {
        let request = UseBlueprint { template: Some(template.clone()), reference: None };
        if let Err(error) = blueprint_of(engine, request).await {
            tracing::info!(%error, %template, "not a template");
            continue;
        }
        return Ok(());
    }
    Ok(())
}

async fn blueprint_of(engine: &Engine, request: UseBlueprint) -> Result<()> {
    if let Some(template) = &request.template {
        super::define(engine, template).await?;
    }
    let plan = operations::plan(engine, Intent::UseBlueprint(request)).await?;
    operations::apply(engine, &plan, &Run::silent()).await.map(drop)
}

/// The rows that were asked for, if their tables are there.
async fn named(
    conn: &mut PgConnection,
    template: &SchemaName,
    rows: &[ReferenceRows],
) -> Result<Vec<ReferenceRows>> {
    let tables: Vec<_> = rows.iter().map(|rows| rows.table.clone()).collect();
    match store::missing_tables(conn, template, &tables).await? {
        missing if missing.is_empty() => Ok(rows.to_vec()),
        tables => Err(Refusal::NoSuchTables { tables }.of(template)),
    }
}

/// Waits for whoever is changing the choice.
pub(crate) async fn lock(conn: &mut PgConnection) -> Result<()> {
    Ok(store::lock_choice(conn).await?)
}

pub(crate) async fn make(conn: &mut PgConnection, change: &Change) -> Result<bool> {
    let Change::ChangeBlueprint { after, reference, .. } = change else { return Ok(true) };
    store::choose(conn, after.as_ref(), reference).await?;
    Ok(true)
}
