//! Domains: which host name reaches which tenant.

mod assign;
mod assign_store;
mod assignment;
mod checks;
mod find;
mod find_store;
mod handover;
pub mod import;
mod inspect;
mod plans;
mod policy;
mod policy_store;
mod proof;
mod store;
mod who;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

pub(crate) use assign::{assign, lock_tenant, lock_tenants};
pub(crate) use assignment::next_primary;
pub use assignment::{Assignment, Reassignment};
pub use checks::{
    Approval, AssignmentAxis, Axis, CheckDomains, DomainDetail, DomainLook, Ownership, WELL_AGAIN, Which,
    check, check_job, detail, prove,
};
pub(crate) use checks::{no_plan as no_plan_to_check, work as check_item};
pub use find::{
    DomainCounts, DomainPage, DomainQuery, DomainSort, DomainState, ListedDomain, StateCount, counts, find,
    names,
};
pub use handover::{HandoverFormat, ask, hand_over};
pub(crate) use import::plan as plan_import;
pub use import::{ImportDomains, ImportRow};
pub use inspect::{Held, Inspected, Lookalike, NamePlace, inspect};
pub use plans::{AddDomains, IfTaken, MoveDomains};
pub(crate) use plans::{
    as_called_now, claim, plan_add, plan_make_primary, plan_move, plan_remove, plan_restore,
};
pub use policy::{DomainPolicy, policy};
pub(crate) use policy::{lock_policy, make, plan_policy};
pub(crate) use store::{Holder, of_tenant};
pub use who::{NearMiss, RequestAnswer, RouterOutcome, RouterStep, sought, who};

use crate::names::{DomainKind, Problem, SchemaName, normalise};
use crate::operations::Basis;
use crate::tenants::{self, Owner};
use crate::{Engine, Error, Result};

/// A domain of a tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Domain {
    pub domain: String,
    /// The form for people; equal to `domain` except for international names.
    pub unicode: String,
    pub primary: bool,
    pub kind: DomainKind,
    /// Why no request can reach it as it is stored, if none can.
    pub unreachable: Option<Problem>,
    pub owner: Owner,
}

/// A domain that somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DomainRef {
    pub domain: String,
}

/// All domains, or those of one tenant; primary ones first within a tenant.
pub async fn list(engine: &Engine, schema: Option<&SchemaName>) -> Result<Vec<Domain>> {
    let mut conn = engine.acquire().await?;
    match schema {
        Some(schema) => {
            let tenant = tenants::require(&mut conn, schema).await?;
            Ok(store::of_tenant(&mut conn, &tenant.schema).await?)
        }
        None => Ok(store::all(&mut conn).await?),
    }
}

/// Who has these domains, by domain. Those that nobody has are not in the answer.
pub(crate) async fn holders(conn: &mut PgConnection, domains: &[String]) -> Result<BTreeMap<String, Holder>> {
    let rows = store::holders(conn, domains).await?;
    Ok(rows.into_iter().map(|holder| (holder.domain.clone(), holder)).collect())
}

/// The domains of one tenant, as a plan rests on them.
pub(crate) async fn tenant_basis(conn: &mut PgConnection, schema: &SchemaName) -> Result<Basis> {
    let assignments = assignment::Assignments::read(conn, &[], std::slice::from_ref(schema)).await?;
    Ok(assignments.basis())
}

/// The domain as it is stored: exactly as given if such a row exists, else in its normal form.
async fn require(conn: &mut PgConnection, input: &str) -> Result<Holder> {
    let forms = forms(input);
    let mut held = holders(conn, &forms).await?;
    let found = forms.iter().find_map(|form| held.remove(form));
    found.ok_or_else(|| Error::DomainNotFound { domain: input.trim().to_owned() })
}

/// The forms in which a domain may be stored, the one that was given first.
fn forms(input: &str) -> Vec<String> {
    let mut forms = vec![input.trim().to_owned()];
    forms.extend(normalise("domain", input).ok().map(|name| name.stored));
    // PostgreSQL can hold no such text, nor be asked about it.
    forms.retain(|form| !form.contains('\0'));
    forms.dedup();
    forms
}
