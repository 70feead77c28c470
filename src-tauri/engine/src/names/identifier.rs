//! Identifiers that quote themselves. Whatever a name holds, it reaches PostgreSQL as one identifier.

use std::fmt;

use serde::{Deserialize, Serialize};
use specta::Type;

/// Any identifier of the database. `Display` quotes it for use inside a statement.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ident(String);

/// The name of a schema that a tenant has, or is to have. A name that exists already is taken as it is; a new one comes
/// from [`parse_new_schema`](super::parse_new_schema).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Type, sqlx::Type)]
#[serde(transparent)]
#[sqlx(transparent)]
pub struct SchemaName(String);

impl Ident {
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.replace('"', "\"\""))
    }
}

impl SchemaName {
    /// A name that the database holds already.
    pub fn existing(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn ident(&self) -> Ident {
        Ident(self.0.clone())
    }

    /// As a value of the setting `search_path`: this schema and no other.
    pub fn search_path(&self) -> String {
        self.ident().to_string()
    }
}

impl fmt::Display for SchemaName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_cannot_end_its_own_quotes() {
        assert_eq!(Ident::new(r#"a"; DROP SCHEMA b; --"#).to_string(), r#""a""; DROP SCHEMA b; --""#);
    }

    proptest::proptest! {
        #[test]
        fn every_quote_inside_a_quoted_identifier_is_doubled(name in ".{0,40}") {
            let quoted = Ident::new(&name).to_string();
            let inside = &quoted[1..quoted.len() - 1];
            proptest::prop_assert_eq!(inside.replace("\"\"", "").contains('"'), false);
            proptest::prop_assert_eq!(inside.replace("\"\"", "\""), name);
        }
    }
}
