//! Many domains at once, from a file or from what was pasted: a verdict on every row before anything is written, one
//! operation for the good ones, and the same rows back with what became of them.

mod judge;
mod read;
mod result;

use std::fmt;

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

pub use read::{ImportField, ImportSource, ImportTable, read};
pub use result::{print, write};

use super::assignment::Assignments;
use super::plans::{self, IfTaken};
use crate::error::Refusal;
use crate::names::{DomainName, Problem, Rule, SchemaName};
use crate::operations::{Finding, Intent, Plan};
use crate::tenants::Owner;
use crate::{Engine, Error, Result};
use judge::Judged;

/// Rows to be imported, as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportDomains {
    pub rows: Vec<ImportRow>,
    pub on_taken: IfTaken,
    /// Leave bad rows out, instead of refusing all for one.
    pub only_valid: bool,
    #[serde(default)]
    pub approval: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    /// Where it stands in its source, counted from 1.
    pub line: u32,
    pub domain: String,
    /// The tenant's schema, or its name.
    pub tenant: String,
    pub primary: bool,
    /// For this row, instead of what goes for all.
    #[serde(default)]
    pub on_taken: Option<IfTaken>,
}

/// What would become of every row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportCheck {
    pub counts: ImportCounts,
    pub rows: Vec<ImportRowCheck>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    pub total: u32,
    /// Rows that change something.
    pub good: u32,
    /// Of these, those that take a domain from its owner.
    pub moved: u32,
    pub same: u32,
    pub skipped: u32,
    pub bad: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRowCheck {
    pub line: u32,
    pub input: String,
    /// The form that is stored, and how it came to it; `None` where the input is no host name.
    pub name: Option<DomainName>,
    /// `None` where there is no such tenant.
    pub tenant: Option<Owner>,
    pub verdict: ImportVerdict,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "verdict", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum ImportVerdict {
    New,
    /// The tenant has it already, as it is asked for.
    Same,
    /// The tenant has it, and it becomes the primary one.
    BecomesPrimary,
    /// Another tenant has it: it is moved, left out, or stops everything.
    Taken {
        owner: Owner,
        primary: bool,
        then: IfTaken,
    },
    Invalid {
        problem: Problem,
    },
    /// An earlier row has the same domain.
    Repeats {
        line: u32,
    },
    /// An earlier row gives the tenant its primary domain.
    SecondPrimary {
        line: u32,
    },
    NoSuchTenant,
    /// The platform asks for a proof, or for a reason to do without.
    Unproven {
        record: String,
        value: String,
    },
}

/// What would become of every row. Nothing is written.
pub async fn check(engine: &Engine, request: &ImportDomains) -> Result<ImportCheck> {
    let mut tx = engine.begin().await?;
    let (judged, _) = judge::judge(&mut tx, request).await?;
    tx.rollback().await?;
    let rows: Vec<_> = judged.into_iter().map(ImportRowCheck::from).collect();
    Ok(ImportCheck { counts: ImportCounts::of(&rows), rows })
}

pub(crate) async fn plan(conn: &mut PgConnection, request: ImportDomains) -> Result<Plan> {
    if request.rows.is_empty() {
        return Err(Error::invalid(Problem::new("rows", "", Rule::Required)));
    }
    let (judged, mut assignments) = judge::judge(conn, &request).await?;
    if !request.only_valid {
        refuse_bad(&judged)?;
    }
    let mut findings = Vec::new();
    let mut given = Vec::new();
    let left_out = judged.iter().filter(|row| row.verdict.is_bad()).count();
    for row in judged {
        findings.extend(assign(&mut assignments, row, &mut given));
    }
    if left_out > 0 {
        findings.push(Finding::RowsLeftOut { count: u32::try_from(left_out).unwrap_or(u32::MAX) });
    }
    let subject = match given.iter().map(|(schema, _)| schema).collect::<std::collections::BTreeSet<_>>() {
        tenants if tenants.len() == 1 => tenants.first().map(ToString::to_string).unwrap_or_default(),
        tenants => format!("{} tenants", tenants.len()),
    };
    let parts =
        plans::with_approval(conn, assignments, findings, &given, request.approval.as_deref()).await?;
    Ok(Plan::new(Intent::ImportDomains(request), subject, parts))
}

/// What a good row does to the assignments; what is to be said of one that does nothing.
fn assign(
    assignments: &mut Assignments,
    row: Judged,
    given: &mut Vec<(SchemaName, DomainName)>,
) -> Option<Finding> {
    let (Some(name), Some(tenant)) = (row.name, row.tenant) else { return None };
    let domain = name.stored.clone();
    match row.verdict {
        ImportVerdict::New | ImportVerdict::Taken { then: IfTaken::Move, .. } => {
            assignments.assign(&domain, &tenant.schema);
            given.push((tenant.schema, name));
        }
        ImportVerdict::BecomesPrimary => {}
        ImportVerdict::Taken { owner, primary, .. } => {
            return Some(Finding::DomainTaken { domain, owner, primary });
        }
        _ => return None,
    }
    if row.primary {
        assignments.make_primary(&domain);
    }
    None
}

/// # Errors
/// The first row that stops everything, or all that are wrong.
fn refuse_bad(judged: &[Judged]) -> Result<()> {
    let mut problems = Vec::new();
    for row in judged {
        let field = format!("line {}", row.line);
        match &row.verdict {
            ImportVerdict::Taken { owner, then: IfTaken::Fail, .. } => {
                let domain = row.name.as_ref().map(|name| name.stored.clone()).unwrap_or_default();
                return Err(Error::DomainTaken { domain, owner: owner.clone() });
            }
            ImportVerdict::Unproven { record, value } => {
                let why = Refusal::ProofNeeded { record: record.clone(), value: value.clone() };
                return Err(Error::Refused { subject: row.input.clone(), why });
            }
            ImportVerdict::Invalid { problem } => problems.push(problem.clone().at(field)),
            ImportVerdict::Repeats { .. } => {
                problems.push(Problem::new(field, &row.input, Rule::DomainRepeated));
            }
            ImportVerdict::SecondPrimary { line } => {
                problems.push(Problem::new(field, &row.input, Rule::SecondPrimary { line: *line }));
            }
            ImportVerdict::NoSuchTenant => {
                problems.push(Problem::new(field, &row.tenant_input, Rule::NoSuchTenant));
            }
            _ => {}
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}

impl ImportVerdict {
    /// Whether nothing can come of the row as it is.
    pub fn is_bad(&self) -> bool {
        !matches!(
            self,
            Self::New
                | Self::Same
                | Self::BecomesPrimary
                | Self::Taken { then: IfTaken::Move | IfTaken::Skip, .. }
        )
    }

    /// As JSON and result files have it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Same => "same",
            Self::BecomesPrimary => "becomes_primary",
            Self::Taken { then: IfTaken::Move, .. } => "moved",
            Self::Taken { then: IfTaken::Skip, .. } => "skipped",
            Self::Taken { then: IfTaken::Fail, .. } => "taken",
            Self::Invalid { .. } => "invalid",
            Self::Repeats { .. } => "repeats",
            Self::SecondPrimary { .. } => "second_primary",
            Self::NoSuchTenant => "no_such_tenant",
            Self::Unproven { .. } => "unproven",
        }
    }
}

/// The reason, where there is one.
impl fmt::Display for ImportVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New | Self::Same | Self::BecomesPrimary => Ok(()),
            Self::Taken { owner, .. } => write!(f, "belongs to {owner}"),
            Self::Invalid { problem } => problem.fmt(f),
            Self::Repeats { line } => write!(f, "line {line} has the same domain"),
            Self::SecondPrimary { line } => write!(f, "line {line} gives the tenant its primary domain"),
            Self::NoSuchTenant => f.write_str("there is no such tenant"),
            Self::Unproven { record, value } => write!(f, "not proven: TXT record {record} with {value}"),
        }
    }
}

impl ImportCounts {
    fn of(rows: &[ImportRowCheck]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            counts.total += 1;
            match row.verdict {
                ImportVerdict::New | ImportVerdict::BecomesPrimary => counts.good += 1,
                ImportVerdict::Taken { then: IfTaken::Move, .. } => {
                    counts.good += 1;
                    counts.moved += 1;
                }
                ImportVerdict::Taken { then: IfTaken::Skip, .. } => counts.skipped += 1,
                ImportVerdict::Same => counts.same += 1,
                _ => counts.bad += 1,
            }
        }
        counts
    }
}
