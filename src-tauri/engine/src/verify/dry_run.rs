//! A tenant is made in full, read, and rolled back: the proof that the next creation would succeed, and the model that
//! every tenant is compared with.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::{CheckKind, CheckResult, Evidence, store};
use crate::blueprint::{self, Object, ObjectKind};
use crate::names::SchemaName;
use crate::operations::{Applying, Intent, OperationId, Run, execute, plan_on};
use crate::tenants::{CreateTenant, OnTaken};
use crate::{Engine, Error, Result};

/// What a tenant made now looks like.
pub(super) struct Model {
    pub structure: BTreeSet<Object>,
    pub ledger: BTreeSet<(String, String)>,
}

/// How long the rehearsal asks for its locks; it must not keep anybody waiting.
const PATIENCE: Duration = Duration::from_secs(5);

pub(super) async fn rehearse(engine: &Engine) -> Result<(CheckResult, Option<Model>)> {
    let started = Instant::now();
    match make(engine).await {
        Ok(model) => {
            let count = model.structure.iter().filter(|object| object.kind == ObjectKind::Table).count();
            let tables = u32::try_from(count).unwrap_or(u32::MAX);
            let milliseconds = u32::try_from(started.elapsed().as_millis()).unwrap_or(u32::MAX);
            let evidence = vec![Evidence::DryRunDone { tables, milliseconds }];
            Ok((CheckResult::of(CheckKind::DryRun, evidence), Some(model)))
        }
        Err(error @ (Error::NoDatabase { .. } | Error::Cancelled)) => Err(error),
        Err(error) => {
            let evidence = vec![Evidence::DryRunFailed { reason: reason(&error) }];
            Ok((CheckResult::of(CheckKind::DryRun, evidence), None))
        }
    }
}

async fn make(engine: &Engine) -> Result<Model> {
    engine.require_writable()?;
    let unique = OperationId::new().0.simple();
    let request = CreateTenant {
        name: format!("Dry run {unique}"),
        schema: format!("dry_run_{unique}"),
        primary_domain: format!("dry-run-{unique}.example"),
        aliases: Vec::new(),
        attributes: Vec::new(),
        on_taken_alias: OnTaken::Fail,
    };
    let schema = SchemaName::existing(request.schema.clone());
    let mut tx = engine.begin().await?;
    let plan = plan_on(engine, &mut tx, Intent::CreateTenant(request)).await?;
    let with = Applying { engine, run: &Run::silent(), shared_budget: PATIENCE };
    if !execute(&mut tx, OperationId::new(), &plan, &with).await? {
        return Err(Error::Stale { fresh: Box::new(plan) });
    }
    let structure = blueprint::read_structure(&mut tx, &schema).await?;
    let ledger = store::ledger(&mut tx).await?.into_iter().collect();
    tx.rollback().await?;
    Ok(Model { structure, ledger })
}

fn reason(error: &Error) -> String {
    match error {
        Error::Database(source) => source.to_string(),
        other => other.to_string(),
    }
}
