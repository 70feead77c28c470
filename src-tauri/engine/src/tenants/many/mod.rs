//! Many tenants from a file: columns mapped to what they stand for, a verdict on every row before anything is written,
//! a job of the good ones, and the same rows back with what became of them.

mod check;
mod fleet;
mod mapping;
mod result;
mod store;

use std::fmt;
use std::path::Path;

use serde::Serialize;
use specta::Type;

pub use crate::table::{Row, Table, read};
pub use mapping::{ColumnField, ColumnMapping};

use super::{CreateTenant, Owner};
use crate::jobs::{self, JobId, NewItem};
use crate::names::Problem;
use crate::operations::{self, Finding, Intent};
use crate::{Engine, Result, blueprint};

/// So many rows are shown before the columns are mapped.
const PREVIEWED: usize = 20;

/// What a file looks like.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CsvPreview {
    pub headers: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    pub total: u32,
    /// What the headers seem to say.
    pub mapping: ColumnMapping,
}

/// What would become of every row of a file.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ManyCheck {
    pub counts: RowCounts,
    /// What whoever is about to make all of them should know.
    pub findings: Vec<Finding>,
    pub rows: Vec<RowCheck>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowCounts {
    pub total: u32,
    pub new: u32,
    pub exist: u32,
    pub bad: u32,
}

/// What would become of one row.
#[derive(Debug, Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RowCheck {
    /// Where it begins in the file, counted from 1.
    pub line: u32,
    /// The tenant's schema, as given or as suggested.
    pub subject: String,
    pub name: String,
    pub verdict: RowVerdict,
    /// What a good row should be known to do: domains that are stored in another form, or left out.
    pub findings: Vec<Finding>,
    #[serde(skip)]
    pub request: CreateTenant,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "verdict", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum RowVerdict {
    New,
    /// The same tenant is there: nothing is to be done.
    Exists,
    Invalid {
        problems: Vec<Problem>,
    },
    /// An earlier row has the same name, schema or domain.
    Repeats {
        line: u32,
        field: String,
    },
    /// The primary domain belongs to somebody.
    DomainTaken {
        domain: String,
        owner: Owner,
    },
    /// The schema is there, but no tenant owns it.
    SchemaTaken {
        schema: String,
    },
    /// A tenant of that schema is there, and is another one.
    Differs {
        existing: Owner,
        differences: Vec<String>,
    },
}

/// What a file looks like, with a mapping to begin with.
pub async fn preview(engine: &Engine, table: &Table) -> Result<CsvPreview> {
    let columns = super::attribute_columns(engine).await?;
    let first = table.rows.iter().take(PREVIEWED);
    Ok(CsvPreview {
        headers: table.headers.clone(),
        rows: first.map(|row| row.cells.iter().map(str::to_owned).collect()).collect(),
        total: u32::try_from(table.rows.len()).unwrap_or(u32::MAX),
        mapping: ColumnMapping::propose(&table.headers, &columns),
    })
}

/// A verdict on every row. Nothing is written.
///
/// # Errors
/// [`Error::Invalid`](crate::Error::Invalid) if no tenant can be made from the columns as they are mapped.
pub async fn check(engine: &Engine, table: &Table, mapping: &ColumnMapping) -> Result<ManyCheck> {
    let mut tx = engine.begin().await?;
    let mut check = check::check(&mut tx, table, mapping).await?;
    if check.counts.new > 0
        && let Some(template) = blueprint::template(&mut tx).await?
    {
        check.findings.extend(operations::on_template(&mut tx, &template).await);
    }
    tx.rollback().await?;
    Ok(check)
}

/// A job that creates the tenants of the new rows. `None` where there are none.
pub async fn create(engine: &Engine, check: &ManyCheck) -> Result<Option<JobId>> {
    let new = check.rows.iter().filter(|row| row.verdict == RowVerdict::New);
    let items: Vec<_> = new
        .map(|row| NewItem {
            subject: row.subject.clone(),
            intent: Intent::CreateTenant(row.request.clone()),
            plan_hash: None,
        })
        .collect();
    if items.is_empty() { Ok(None) } else { jobs::create(engine, &items).await.map(Some) }
}

/// Writes the same rows with their outcome. Such a file can be given again: what exists then is left alone.
pub async fn write_result(
    engine: &Engine,
    table: &Table,
    check: &ManyCheck,
    job: Option<JobId>,
    target: &Path,
) -> Result<()> {
    let items = match job {
        Some(job) => jobs::items(engine, job).await?,
        None => Vec::new(),
    };
    crate::table::write(target, &result::of(table, check, &items))
}

impl RowVerdict {
    /// Whether nothing can come of the row as it is.
    pub fn is_bad(&self) -> bool {
        !matches!(self, Self::New | Self::Exists)
    }

    /// As JSON and result files have it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Exists => "exists",
            Self::Invalid { .. } => "invalid",
            Self::Repeats { .. } => "repeats",
            Self::DomainTaken { .. } => "domain_taken",
            Self::SchemaTaken { .. } => "schema_taken",
            Self::Differs { .. } => "differs",
        }
    }
}

/// The reason, where there is one.
impl fmt::Display for RowVerdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::New | Self::Exists => Ok(()),
            Self::Invalid { problems } => {
                let problems: Vec<_> = problems.iter().map(ToString::to_string).collect();
                f.write_str(&problems.join("; "))
            }
            Self::Repeats { line, field } => write!(f, "{field}: line {line} has the same"),
            Self::DomainTaken { domain, owner } => write!(f, "{domain} belongs to {owner}"),
            Self::SchemaTaken { schema } => {
                write!(f, "the schema {schema} exists already, and no tenant owns it")
            }
            Self::Differs { existing, differences } => {
                write!(f, "{existing} exists already and differs in {}", differences.join(", "))
            }
        }
    }
}

impl RowCheck {
    /// What there is to say about the row beside its verdict.
    pub fn detail(&self) -> String {
        let left_out = self.findings.iter().filter_map(|finding| match finding {
            Finding::DomainTaken { domain, owner, .. } => {
                Some(format!("{domain} belongs to {owner} and is left out"))
            }
            _ => None,
        });
        let reason = Some(self.verdict.to_string()).filter(|reason| !reason.is_empty());
        reason.into_iter().chain(left_out).collect::<Vec<_>>().join("; ")
    }
}

impl RowCounts {
    fn of(rows: &[RowCheck]) -> Self {
        let mut counts = Self::default();
        for row in rows {
            counts.total += 1;
            match row.verdict {
                RowVerdict::New => counts.new += 1,
                RowVerdict::Exists => counts.exist += 1,
                _ => counts.bad += 1,
            }
        }
        counts
    }
}
