//! The catalog's part of the command line.

use clap::{Subcommand, ValueEnum};
use tenantry_engine::catalog;

#[derive(Subcommand)]
pub enum CatalogCommand {
    /// Import atoms into the master catalog: from a folder, a JSON or a CSV file, or from a schema's copy
    Import {
        #[arg(required_unless_present = "schema")]
        path: Option<String>,
        /// The copy of a tenant, or that of public
        #[arg(long, conflicts_with = "path")]
        schema: Option<String>,
        #[arg(long)]
        plan: bool,
    },
    /// Write the master catalog into a file that can be imported again: CSV by its ending, or else JSON. `-` prints JSON
    Export {
        file: String,
        /// A release instead of the master catalog as it is
        #[arg(long)]
        release: Option<i32>,
    },
    /// Publish the master catalog as it is, under the next number, for good
    Release {
        #[arg(long, default_value = "")]
        notes: String,
        #[arg(long)]
        plan: bool,
    },
    /// List the releases
    Releases,
    /// Choose the release that new tenants start at; without a number, always the newest
    Start {
        release: Option<i32>,
        #[arg(long)]
        plan: bool,
    },
    /// Show in what one release differs from another; 0 is the master catalog as it is
    Diff { before: i32, after: i32 },
    /// Show how far every tenant's copy is, or row by row in what one tenant's differs
    Status {
        schema: Option<String>,
        /// Seen from this release instead of the newest
        #[arg(long)]
        release: Option<i32>,
        /// Compare every row of every copy first, instead of trusting the receipts
        #[arg(long)]
        deep: bool,
    },
    /// Bring tenants to a release
    Sync(SyncArgs),
    /// Show which tenants have an atom, and what in them refers to it
    Usage { slug: String },
    /// Take an atom out of the master catalog, and retire it in the tenants that have it
    Retire(RetireArgs),
}

#[derive(clap::Args)]
pub struct RetireArgs {
    pub slug: String,
    /// Let whatever refers to it refer to this atom instead, and delete it
    #[arg(long, value_name = "SLUG", conflicts_with = "delete")]
    pub repoint: Option<String>,
    /// Delete it where nothing refers to it, instead of switching its versions off
    #[arg(long)]
    pub delete: bool,
    /// Only in this tenant; may be given several times
    #[arg(long, value_name = "SCHEMA")]
    pub tenant: Vec<String>,
    #[arg(long)]
    pub plan: bool,
}

impl RetireArgs {
    pub fn how(&self) -> catalog::Retirement {
        match &self.repoint {
            Some(to) => catalog::Retirement::Repoint { to: to.clone() },
            None if self.delete => catalog::Retirement::Delete,
            None => catalog::Retirement::Deactivate,
        }
    }
}

#[derive(clap::Args)]
pub struct SyncArgs {
    /// The newest unless it is given
    #[arg(long)]
    pub release: Option<i32>,
    /// Only this tenant; may be given several times
    #[arg(long, value_name = "SCHEMA")]
    pub tenant: Vec<String>,
    /// What becomes of rows that the tenant and the release have both changed
    #[arg(long, value_enum, default_value = "stop")]
    pub on_conflict: OnConflict,
    /// Believe tenants that are at the release by their receipts, and compare the others only
    #[arg(long)]
    pub by_receipts: bool,
    #[arg(long)]
    pub plan: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum OnConflict {
    /// Keep the tenant's
    Keep,
    /// Take the release's
    Take,
    /// Leave such tenants as they are
    Stop,
}

impl From<OnConflict> for catalog::OnConflict {
    fn from(given: OnConflict) -> Self {
        match given {
            OnConflict::Keep => Self::Keep,
            OnConflict::Take => Self::Take,
            OnConflict::Stop => Self::Stop,
        }
    }
}
