//! Findings in words, for the command line and the report.

use std::fmt;

use super::findings::{Capacity, Orphan, PartKind, SequencesRead, Severity, Symptom};

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Grave => "grave",
            Self::Wrong => "wrong",
            Self::Notice => "notice",
        })
    }
}

impl fmt::Display for PartKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Type => "type",
            Self::Table => "table",
            Self::Column => "column",
            Self::Sequence => "sequence",
            Self::Function => "function",
            Self::View => "view",
            Self::Constraint => "constraint",
            Self::Index => "index",
            Self::Trigger => "trigger",
            Self::Policy => "policy",
        })
    }
}

impl fmt::Display for Symptom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SchemaMissing => write!(f, "the schema is not there"),
            Self::FallsThrough { tables } => write!(
                f,
                "reads and writes of {} go to the tables in public, and share their rows: the tenant has none of its own",
                list(tables)
            ),
            Self::KeyToAnotherTenant { table, constraint, other } => {
                write!(f, "the key {constraint} of {table} points to a table of the tenant schema {other}")
            }
            Self::DependsOnAnotherTenant { kind, name, other, on } => {
                write!(f, "the {kind} {name} depends on {on} of the tenant schema {other}")
            }
            Self::KeyFromOutside { from, table, constraint } => {
                write!(f, "the key {constraint} of {from}.{table} points to a table of this tenant")
            }
            Self::HalfBuilt { has, of, lacks } => {
                write!(f, "half-built: it has {has} of {of} tables and lacks {}", list(lacks))
            }
            Self::LedgerAhead { app, tables } => {
                write!(f, "its ledger says that {app} is applied, yet {} are missing", list(tables))
            }
            Self::LedgerUnrecorded { app, tables } => {
                write!(f, "{} are there, yet its ledger has nothing of {app}", list(tables))
            }
            Self::LedgerBehind { migrations } => write!(f, "its ledger lacks {}", list(migrations)),
            Self::LedgerHasMore { migrations } => write!(f, "only its ledger has {}", list(migrations)),
            Self::ObjectMissing { kind, name, .. } => write!(f, "the {kind} {name} is missing"),
            Self::ObjectDiffers { kind, name, wanted, found } => {
                write!(f, "the {kind} {name} is {found} instead of {wanted}")
            }
            Self::ObjectExtra { kind, name, .. } => write!(f, "only it has the {kind} {name}"),
            Self::SequenceBehind { table, column, next, max } => write!(
                f,
                "the sequence of {table}.{column} gives out {next} next, while numbers up to {max} are in use"
            ),
            Self::InvalidIndex { table, index } => write!(f, "the index {index} of {table} is not valid"),
            Self::UnvalidatedConstraint { table, constraint } => {
                write!(f, "the constraint {constraint} of {table} was never validated")
            }
            Self::PrimaryMissing => write!(f, "it has no primary domain"),
            Self::PrimarySeveral { domains } => {
                write!(f, "it has several primary domains: {}", list(domains))
            }
            Self::MoreDifferences { count } => write!(f, "and {count} differences more"),
        }
    }
}

impl fmt::Display for Orphan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schema, tables, looks_like_tenant } = self;
        let looks = if *looks_like_tenant { "; it looks like a tenant" } else { "" };
        write!(f, "{schema}: {tables} tables, and no tenant{looks}")
    }
}

impl fmt::Display for SequencesRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} sequences were compared with their tables", self.read)?;
        match self.left_out {
            0 => Ok(()),
            more => write!(f, "; {more} more were left out, and are read when one tenant is asked about"),
        }
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} tenants, {} tables, {} relations ({} a tenant). ",
            self.tenants, self.tables, self.relations, self.relations_per_tenant
        )?;
        write!(
            f,
            "The system catalogs take {} of {}. ",
            bytes(self.catalog_bytes),
            bytes(self.database_bytes)
        )?;
        write!(f, "The server has room for {} locks. ", self.lock_slots)?;
        match self.tenants_until_dump_fails {
            None => {}
            Some(more) if more < 0 => {
                write!(f, "A dump of the whole database locks every table, and no longer fits. ")?;
            }
            Some(more) => {
                write!(f, "A dump of the whole database fits until there are about {more} tenants more. ")?;
            }
        }
        if let Some(advice) = &self.advice {
            write!(
                f,
                "Set {} to {} (it is {}) and start the server anew.",
                advice.setting, advice.needed, advice.now
            )?;
        }
        Ok(())
    }
}

fn list(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let text = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(SHOWN) {
        0 => text,
        more => format!("{text} and {more} more"),
    }
}

fn bytes(number: i64) -> String {
    format!("{} MB", number / 1_000_000)
}
