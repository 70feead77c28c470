//! What can be typed about domains.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use tenantry_engine::domains::{HandoverFormat, IfTaken};

#[derive(Subcommand)]
pub enum DomainCommand {
    /// All domains, or what a search finds: words, patterns such as *.example, tenant:acme, state:live, kind:dev
    List {
        search: Vec<String>,
        #[arg(long, value_name = "SCHEMA")]
        tenant: Option<String>,
    },
    /// Give domains to a tenant
    Add {
        schema: String,
        #[arg(required = true)]
        domains: Vec<String>,
        /// What to do about a domain that belongs to another tenant
        #[arg(long, alias = "on-conflict", value_enum, default_value_t)]
        on_taken: OnTaken,
        #[command(flatten)]
        write: Write,
    },
    /// Move domains to a tenant, from whoever has them
    Move {
        /// The domains, and then the schema of the tenant that gets them
        #[arg(required = true, num_args = 2.., value_name = "DOMAIN... SCHEMA")]
        domains_and_schema: Vec<String>,
        #[command(flatten)]
        write: Write,
    },
    /// Take an alias away
    Remove {
        domain: String,
        #[arg(long)]
        plan: bool,
    },
    /// Make a domain its tenant's primary one
    Primary {
        domain: String,
        #[arg(long)]
        plan: bool,
    },
    /// Give domains to tenants from a file: CSV with columns domain, tenant, primary; JSON; or a list. `-` reads what is piped in
    Import(Import),
    /// Hand domains over to servers and applications
    Export {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
        search: Vec<String>,
    },
    /// Which tenant a request with this Host header reaches, and why
    Who { host: String },
    /// Whether a certificate may be ordered for a host: exit code 0 or 1, as Caddy's on-demand TLS wants to know
    Ask { host: String },
    /// Ask the world: where domains lead, and whether a browser would accept what answers
    Check {
        /// All public ones, if none is named
        domains: Vec<String>,
        /// Only those that a look is due for
        #[arg(long, conflicts_with = "domains")]
        due: bool,
        #[command(flatten)]
        from: Vantage,
    },
    /// Show the TXT record that proves a domain for its tenant, and look for it
    Prove {
        domain: String,
        /// For this tenant, which has not got it yet
        #[arg(long, value_name = "SCHEMA")]
        tenant: Option<String>,
        #[command(flatten)]
        from: Vantage,
    },
    /// Where this platform's domains should lead, and whether a proof is asked for
    Policy(Policy),
}

#[derive(clap::Args)]
pub struct Import {
    pub file: PathBuf,
    /// The tenant of rows that name none
    #[arg(long, value_name = "SCHEMA", default_value = "", hide_default_value = true)]
    pub tenant: String,
    #[arg(long, value_enum, default_value_t = OnTaken::Fail)]
    pub on_taken: OnTaken,
    /// Leave bad rows out, instead of refusing all for one
    #[arg(long)]
    pub only_valid: bool,
    /// Write the same rows with what became of each into a file
    #[arg(long, value_name = "FILE")]
    pub result: Option<PathBuf>,
    #[command(flatten)]
    pub write: Write,
}

#[derive(clap::Args)]
pub struct Policy {
    /// An address of A and AAAA records; may be given several times, and replaces those that are set
    #[arg(long, value_name = "IP")]
    pub address: Option<Vec<String>>,
    /// A name of CNAME records
    #[arg(long, value_name = "NAME")]
    pub name: Option<Vec<String>>,
    /// A certificate authority by its CAA name, such as letsencrypt.org
    #[arg(long, value_name = "CA")]
    pub authority: Option<Vec<String>>,
    #[arg(long, value_name = "PORT")]
    pub https_port: Option<u16>,
    /// Give a public domain to a tenant only after its owner has proven it
    #[arg(long, value_name = "YES|NO")]
    pub proof_required: Option<bool>,
    #[arg(long)]
    pub plan: bool,
}

/// Where the world is looked at from.
#[derive(clap::Args)]
pub struct Vantage {
    /// Ask this DNS server, instead of the computer's own; may be given several times
    #[arg(long, value_name = "IP:PORT")]
    pub resolver: Vec<std::net::SocketAddr>,
}

/// What every command that gives domains takes.
#[derive(clap::Args)]
pub struct Write {
    /// Why domains are given whose owner has not been proven
    #[arg(long, value_name = "REASON")]
    pub approve: Option<String>,
    /// Show what would be done, and do nothing
    #[arg(long)]
    pub plan: bool,
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum OnTaken {
    #[default]
    Skip,
    Fail,
    Move,
}

impl From<OnTaken> for IfTaken {
    fn from(choice: OnTaken) -> Self {
        match choice {
            OnTaken::Skip => Self::Skip,
            OnTaken::Fail => Self::Fail,
            OnTaken::Move => Self::Move,
        }
    }
}

#[derive(Clone, Copy, Default, ValueEnum)]
pub enum Format {
    #[default]
    Json,
    Csv,
    AllowedHosts,
    Nginx,
    Caddy,
}

impl From<Format> for HandoverFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Json => Self::Json,
            Format::Csv => Self::Csv,
            Format::AllowedHosts => Self::AllowedHosts,
            Format::Nginx => Self::Nginx,
            Format::Caddy => Self::Caddy,
        }
    }
}
