//! What is wrong with an input, as a value that the window and the command line put into words.

use std::fmt;

use serde::{Deserialize, Serialize};
use specta::Type;

/// One thing that is wrong: where, with what, which rule it breaks, and what would do instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Problem {
    /// The field of the request (`schema`, `domains[2]`, `attributes.seats_allowed`), or the place in a file.
    pub field: String,
    /// The input as it was given, shortened.
    pub value: String,
    pub rule: Rule,
    /// An input that would be accepted, where one can be guessed.
    pub suggestion: Option<String>,
}

/// The rules of every input. Names are PostgreSQL's and django-tenants' common ground; domains follow UTS 46, RFC 1035
/// and what django-tenants' middleware can match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(tag = "code", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum Rule {
    Required,
    TooShort {
        min: u32,
    },
    TooLong {
        max: u32,
    },
    ControlCharacters,
    DirectionCharacters,
    /// The name is used already, by the tenant of that schema.
    NameTaken {
        schema: String,
    },
    SchemaCharacters,
    SchemaStart,
    SchemaReserved,
    SchemaKeyword,
    /// Another schema's name differs in case only.
    SchemaCollides {
        existing: String,
    },
    Email,
    DomainUrl,
    DomainPort,
    DomainPath,
    DomainUser,
    DomainWildcard,
    DomainUnderscore,
    DomainIpv6,
    DomainNumeric,
    DomainSingleLabel,
    DomainPublicSuffix,
    DomainEmptyLabel,
    DomainLabelTooLong,
    DomainTooLong,
    DomainHyphens,
    DomainCharacters,
    DomainInvisible,
    DomainMixedScripts,
    /// A stored row that is not in the form that requests are matched with.
    DomainNotNormal,
    /// The same domain stands twice in one request.
    DomainRepeated,
    /// An earlier row of the same file gives the tenant its primary domain.
    SecondPrimary {
        line: u32,
    },
    NoSuchTenant,
    /// An IPv4 or IPv6 address.
    Address,
    Port,
    AttributeUnknown {
        known: Vec<String>,
    },
    AttributeReserved,
    /// The same column stands twice in one request.
    AttributeRepeated,
    AttributeType {
        wanted: String,
    },
    AttributeCheck {
        rule: String,
    },
    /// A catalog file: what, in words, as the parser or a rule of the format found it.
    File {
        reason: String,
    },
    Connection {
        reason: String,
    },
}

impl Problem {
    pub fn new(field: impl Into<String>, value: &str, rule: Rule) -> Self {
        Self { field: field.into(), value: shorten(value), rule, suggestion: None }
    }

    #[must_use]
    pub fn suggest(mut self, suggestion: Option<String>) -> Self {
        self.suggestion = suggestion;
        self
    }

    /// The same problem, found in another field.
    #[must_use]
    pub fn at(mut self, field: impl Into<String>) -> Self {
        self.field = field.into();
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.field)?;
        if !self.value.is_empty() {
            write!(f, "`{}` ", self.value.escape_debug())?;
        }
        write!(f, "{}", self.rule)?;
        match &self.suggestion {
            Some(suggestion) => write!(f, "; `{suggestion}` would do"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is required"),
            Self::TooShort { min } => write!(f, "is shorter than {min} characters"),
            Self::TooLong { max } => write!(f, "is longer than {max} characters"),
            Self::ControlCharacters => {
                f.write_str("contains control characters such as a line break or a tab")
            }
            Self::DirectionCharacters => {
                f.write_str("contains invisible characters that reverse the direction of text")
            }
            Self::NameTaken { schema } => {
                write!(f, "is the name of another tenant already (schema {schema})")
            }
            Self::SchemaCharacters => f.write_str("may hold letters a to z, digits and _ only"),
            Self::SchemaStart => f.write_str("must begin with a letter"),
            Self::SchemaReserved => f.write_str("is reserved for PostgreSQL or Tenantry"),
            Self::SchemaKeyword => f.write_str("is a word of SQL"),
            Self::SchemaCollides { existing } => {
                write!(f, "differs from the existing schema {existing} in case only")
            }
            Self::Email => f.write_str("is not an e-mail address"),
            Self::DomainUrl => f.write_str("is a URL, not a host name"),
            Self::DomainPort => f.write_str("has a port; requests are matched without one"),
            Self::DomainPath => f.write_str("has a path or a query"),
            Self::DomainUser => f.write_str("has a user name before the @"),
            Self::DomainWildcard => f.write_str("is a wildcard; requests are matched exactly"),
            Self::DomainUnderscore => f.write_str("has an underscore, which Django refuses in host names"),
            Self::DomainIpv6 => f.write_str("is an IPv6 address, which the platform's router cannot match"),
            Self::DomainNumeric => f.write_str("is not an IPv4 address of four numbers from 0 to 255"),
            Self::DomainSingleLabel => f.write_str("has one label only"),
            Self::DomainPublicSuffix => {
                f.write_str("is a public suffix, under which others register their names")
            }
            Self::DomainEmptyLabel => f.write_str("has an empty label: a dot too many"),
            Self::DomainLabelTooLong => {
                f.write_str("has a label longer than 63 characters in its ASCII form")
            }
            Self::DomainTooLong => f.write_str("is longer than 253 characters in its ASCII form"),
            Self::DomainHyphens => {
                f.write_str("has a hyphen where DNS allows none (first, last, or third and fourth)")
            }
            Self::DomainCharacters => f.write_str("has characters that host names may not hold"),
            Self::DomainInvisible => f.write_str("has invisible characters"),
            Self::DomainMixedScripts => {
                f.write_str("mixes letters of several alphabets, as look-alike names do")
            }
            Self::DomainNotNormal => {
                f.write_str("is not in the form that requests are matched with, so none can reach it")
            }
            Self::SecondPrimary { line } => {
                write!(f, "would be a second primary domain: line {line} gives the tenant one")
            }
            Self::NoSuchTenant => f.write_str("is neither the schema nor the name of a tenant"),
            Self::Address => f.write_str("is not an IPv4 or IPv6 address"),
            Self::Port => f.write_str("is not a port from 1 to 65535"),
            Self::DomainRepeated | Self::AttributeRepeated => f.write_str("stands twice in this request"),
            Self::AttributeUnknown { known } => {
                write!(f, "is not a column of the tenant table; it has {}", known.join(", "))
            }
            Self::AttributeReserved => f.write_str("is set by Tenantry itself"),
            Self::AttributeType { wanted } => write!(f, "is not a value of the type {wanted}"),
            Self::AttributeCheck { rule } => write!(f, "breaks the table's rule {rule}"),
            Self::File { reason } | Self::Connection { reason } => f.write_str(reason),
        }
    }
}

/// Long or hostile input is repeated only as far as it helps to recognise it.
fn shorten(value: &str) -> String {
    const SHOWN: usize = 120;
    match value.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
