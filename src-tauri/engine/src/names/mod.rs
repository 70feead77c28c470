//! Names that people type: what is accepted, what is stored, and what is wrong with the rest.

mod domain;
mod identifier;
mod problem;
mod schema;
mod text;

pub use domain::{DomainKind, DomainName, Rewrite, host_in_url, is_accepted_host, normalise};
pub use identifier::{Ident, SchemaName};
pub use problem::{Problem, Rule};
pub use schema::{parse_new_schema, suggest_schema};
pub(crate) use text::{is_control, turns_direction};
pub use text::{parse_email, parse_tenant_name};
