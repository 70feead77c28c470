//! What can be typed.

use std::path::PathBuf;

use clap::error::ErrorKind;
use clap::{CommandFactory as _, Parser, Subcommand, ValueEnum};
use uuid::Uuid;

/// Create tenants whole or not at all, keep their domains and catalogs, and verify them.
#[derive(Parser)]
#[command(name = "tenantry", version, max_term_width = 100)]
pub struct Args {
    /// The platform's database: postgres://user:password@host:port/database. Without it, the private server is used
    #[arg(long, env = "TENANTRY_DATABASE_URL", hide_env_values = true, global = true, value_name = "URL")]
    pub database_url: Option<String>,
    /// Why another machine is reached with `sslmode` other than verify-full; three words or more, shown wherever it is open
    #[arg(long, env = "TENANTRY_TLS_REASON", global = true, value_name = "TEXT")]
    pub tls_reason: Option<String>,
    /// The folder of the private server
    #[arg(long, env = "TENANTRY_DATA_DIR", global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Answer with one JSON object
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

impl Args {
    /// Reads the arguments of this program. Two places at once are refused here: clap sees a conflict only between
    /// options that stand on the same side of the subcommand.
    pub fn read() -> Result<Self, clap::Error> {
        let args = Self::try_parse()?;
        if args.database_url.is_some() && args.data_dir.is_some() {
            let message = "a database URL and the folder of a private server name two places; give one";
            return Err(Self::command().error(ErrorKind::ArgumentConflict, message));
        }
        Ok(args)
    }
}

#[derive(Subcommand)]
pub enum Command {
    /// What is open: server, database, tenants
    Status,
    /// The platform itself
    #[command(subcommand)]
    Platform(PlatformCommand),
    /// Tenants
    #[command(subcommand)]
    Tenant(TenantCommand),
    /// Domains
    #[command(subcommand)]
    Domain(crate::domain_args::DomainCommand),
    /// The catalog of atoms
    #[command(subcommand)]
    Catalog(crate::catalog_args::CatalogCommand),
    /// Check one tenant, or all, with evidence
    Verify {
        /// The tenant's schema
        schema: Option<String>,
    },
    /// What new tenants are made from
    #[command(subcommand)]
    Blueprint(BlueprintCommand),
    /// Work on many tenants: what is under way, and what was
    Jobs,
    /// One job
    #[command(subcommand)]
    Job(JobCommand),
    /// Take an operation back
    Undo {
        operation: Uuid,
        #[arg(long)]
        plan: bool,
    },
    /// Look at all tenants at once: what differs, what falls through to public, how much more the server takes
    Health(HealthArgs),
    /// What was written, newest first
    Journal {
        /// Words that an entry must hold
        #[arg(default_value = "")]
        search: String,
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Run the private server until interrupted, and say how to reach it
    Server,
}

#[derive(Subcommand)]
pub enum PlatformCommand {
    /// Make a platform in an empty database
    Init,
    /// Fill the platform with an example: a dozen tenants, domains, a catalog
    Example,
    /// The hash of a schema's structure, in which its own name does not stand
    Fingerprint {
        #[arg(long)]
        schema: String,
    },
    /// Look at a database: server, rights, tenant tables by their shape
    Inspect,
    /// Make somebody's platform one of Tenantry's, or bring one up to date: adds or renews the schema `tenantry`
    Adopt {
        /// The tenant table, where several could be it: `table` or `schema.table`
        #[arg(long, value_name = "TABLE")]
        tenant_table: Option<String>,
        /// The domain table, where several could be it
        #[arg(long, value_name = "TABLE")]
        domain_table: Option<String>,
        /// Show the statements, and run none
        #[arg(long)]
        plan: bool,
    },
    /// Drop the two views of the platform's tables, until the next adoption: its application can change the types of
    /// their columns meanwhile
    Release,
    /// Drop the schema `tenantry`: nothing of Tenantry remains, and everything else stays
    Leave {
        #[arg(long)]
        plan: bool,
    },
}

#[derive(Subcommand)]
pub enum TenantCommand {
    /// Create a tenant: row, schema, tables, catalog and domains in one transaction
    Create(CreateArgs),
    /// Create tenants from a CSV file, whose columns are recognised by their names
    CreateMany(CreateManyArgs),
    List,
    Show {
        schema: String,
    },
    /// Create a tenant like another one
    Clone(CloneArgs),
    /// Give a tenant another schema name, or another name for people
    Rename(RenameArgs),
    /// Give a tenant what it lacks of its blueprint: its schema, or objects in it and rows of its ledger
    Mend {
        schema: String,
        /// The schema whose structure is the right one, if not the blueprint's
        #[arg(long, value_name = "SCHEMA")]
        like: Option<String>,
        #[arg(long)]
        plan: bool,
    },
    /// Have the platform serve tenants no longer
    Suspend(Several),
    /// Have the platform serve tenants again
    Resume(Several),
    /// Move tenants to the trash, from where they can be restored
    Delete(Several),
    /// The deleted tenants
    Trash,
    /// Bring a deleted tenant back
    Restore {
        /// The schema's former name, or its name in the trash
        schema: String,
        /// Another name for its schema
        #[arg(long = "as", value_name = "SCHEMA")]
        new_schema: Option<String>,
        #[arg(long)]
        plan: bool,
    },
    /// Remove deleted tenants for good
    Purge(Several),
}

#[derive(clap::Args)]
pub struct CloneArgs {
    /// The schema of the tenant to be cloned
    pub schema: String,
    /// The new schema
    pub new_schema: String,
    /// All rows come too, not only those that say what is installed
    #[arg(long)]
    pub data: bool,
    /// The new tenant's name; the new schema's, if left out
    #[arg(long)]
    pub name: Option<String>,
    /// Its primary domain
    #[arg(long, default_value = "", hide_default_value = true)]
    pub domain: String,
    /// A column of the tenant table; the source's value, if left out
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = column_and_value)]
    pub set: Vec<(String, String)>,
    #[arg(long)]
    pub plan: bool,
}

/// Tenants, by their schemas.
#[derive(clap::Args)]
pub struct Several {
    #[arg(required = true, value_name = "SCHEMA")]
    pub schemas: Vec<String>,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub plan: bool,
}

#[derive(clap::Args)]
pub struct RenameArgs {
    pub schema: String,
    /// The schema's new name
    #[arg(required_unless_present = "name")]
    pub new_schema: Option<String>,
    /// The new name for people
    #[arg(long)]
    pub name: Option<String>,
    #[arg(long)]
    pub plan: bool,
}

#[derive(Subcommand)]
pub enum BlueprintCommand {
    /// What new tenants are made from, and which rows are proposed for them
    List {
        /// For clones of this schema, instead of the template in use
        #[arg(long, value_name = "SCHEMA")]
        propose: Option<String>,
    },
    /// Make new tenants like a schema, or from the files of migrations/tenant
    Use {
        #[arg(required_unless_present = "files")]
        schema: Option<String>,
        /// The files of migrations/tenant
        #[arg(long, conflicts_with = "schema")]
        files: bool,
        /// A table of which all rows are cloned too; may be given several times. Without any, those that are proposed
        #[arg(long, value_name = "TABLE")]
        reference_table: Vec<String>,
        #[arg(long)]
        plan: bool,
    },
}

#[derive(Subcommand)]
pub enum JobCommand {
    Show {
        id: Uuid,
    },
    /// Go on at the items that are missing
    Resume {
        id: Uuid,
    },
    /// Try those items again that failed
    Retry {
        id: Uuid,
    },
    Pause {
        id: Uuid,
    },
    /// Stop between two items
    Cancel {
        id: Uuid,
    },
    /// Take back all that was done in it, as another job
    Undo {
        id: Uuid,
        /// Show what would come back and what would not, and do nothing
        #[arg(long)]
        plan: bool,
    },
}

#[derive(clap::Args)]
pub struct CreateArgs {
    #[arg(long)]
    pub name: String,
    /// Suggested from the name if left out
    #[arg(long)]
    pub schema: Option<String>,
    /// The primary domain
    #[arg(long)]
    pub domain: String,
    /// A further domain; may be given several times
    #[arg(long, value_name = "DOMAIN")]
    pub alias: Vec<String>,
    /// A column of the tenant table, such as `seats_allowed=20`; may be given several times
    #[arg(long, value_name = "COLUMN=VALUE", value_parser = column_and_value)]
    pub set: Vec<(String, String)>,
    /// What to do about an alias that belongs to another tenant
    #[arg(long, value_enum, default_value_t)]
    pub on_alias_conflict: OnConflict,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub plan: bool,
}

#[derive(clap::Args)]
pub struct CreateManyArgs {
    /// UTF-8, with a header; cells between commas, semicolons or tabs
    pub file: PathBuf,
    /// What a column stands for: name, schema, domain, aliases, ignore, or a column of the tenant table; may be given
    /// several times
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = column_and_value)]
    pub map: Vec<(String, String)>,
    /// Write the same rows with what became of each into a file
    #[arg(long, value_name = "FILE")]
    pub result: Option<PathBuf>,
    /// Say what would become of every row, and do nothing
    #[arg(long)]
    pub plan: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum OnConflict {
    #[default]
    Skip,
    Fail,
}

#[derive(clap::Args)]
pub struct HealthArgs {
    /// Answer for this tenant only
    pub schema: Option<String>,
    /// Compare with this schema, instead of with most tenants
    #[arg(long, value_name = "SCHEMA")]
    pub reference: Option<String>,
    /// Write the report as a page
    #[arg(long, value_name = "FILE")]
    pub html: Option<PathBuf>,
    /// Show how the tenant differs, as SQL
    #[arg(long, requires = "schema")]
    pub sql: bool,
}

fn column_and_value(text: &str) -> Result<(String, String), String> {
    let (column, value) = text.split_once('=').ok_or("write it as column=value")?;
    Ok((column.trim().to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_arguments_are_consistent() {
        super::Args::command().debug_assert();
    }
}
