//! What the columns of a file stand for.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::result;
use crate::names::{Problem, Rule};
use crate::table::{Row, Table};
use crate::tenants::{Attribute, AttributeColumn, CreateTenant, OnTaken};
use crate::{Error, Result};

/// What a column stands for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(tag = "field", rename_all = "snake_case")]
pub enum ColumnField {
    Name,
    /// Suggested from the name where there is no such column, or its cell is empty.
    Schema,
    PrimaryDomain,
    /// Several in one cell, between blanks, `,`, `;` or `|`; several columns are taken together.
    Aliases,
    /// A column of the platform's tenant table. It keeps its default where the cell is empty.
    Attribute {
        column: String,
    },
    Ignore,
}

/// One field for each column of a file, in their order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(transparent)]
pub struct ColumnMapping(pub Vec<ColumnField>);

const NAME: &[&str] =
    &["name", "tenant", "tenantname", "company", "customer", "client", "organisation", "organization"];
const SCHEMA: &[&str] = &["schema", "schemaname", "tenantschema"];
const PRIMARY: &[&str] = &["domain", "primarydomain", "maindomain", "domainname", "host", "hostname"];
const ALIASES: &[&str] = &["alias", "aliases", "domains", "otherdomains", "furtherdomains", "moredomains"];

impl ColumnMapping {
    /// What the headers seem to say.
    pub fn propose(headers: &[String], attributes: &[AttributeColumn]) -> Self {
        let mut proposed = Self(Vec::with_capacity(headers.len()));
        for header in headers {
            let field = ColumnField::of_header(header, attributes);
            let again = field.is_single() && proposed.0.contains(&field);
            proposed.0.push(if again { ColumnField::Ignore } else { field });
        }
        let of_ours = result::columns_at_end(headers);
        let theirs = headers.len() - of_ours;
        proposed.0[theirs..].fill(ColumnField::Ignore);
        proposed
    }

    /// Has a column stand for a field. No other column stands for it then, unless several may.
    pub fn set(&mut self, headers: &[String], column: &str, field: ColumnField) -> Result<()> {
        let same = |header: &&String| header.as_str() == column.trim() || plain(header) == plain(column);
        let Some(place) = headers.iter().position(|header| same(&header)) else {
            let reason = format!("is no column of the file; it has {}", headers.join(", "));
            return Err(Error::invalid(Problem::new("map", column, Rule::File { reason })));
        };
        if field.is_single() {
            self.0.iter_mut().filter(|other| **other == field).for_each(|other| *other = ColumnField::Ignore);
        }
        self.0[place] = field;
        Ok(())
    }

    /// Whether tenants can be made from it at all.
    pub fn check(&self, table: &Table, attributes: &[AttributeColumn]) -> Result<()> {
        let mut problems = Vec::new();
        if self.0.len() != table.headers.len() {
            let reason = format!("names {} columns, and the file has {}", self.0.len(), table.headers.len());
            problems.push(Problem::new("mapping", "", Rule::File { reason }));
        }
        for needed in [ColumnField::Name, ColumnField::PrimaryDomain] {
            if !self.0.contains(&needed) {
                problems.push(Problem::new(needed.to_string(), "", Rule::Required));
            }
        }
        let mut seen = HashSet::new();
        for field in self.0.iter().filter(|field| field.is_single()) {
            if !seen.insert(field) {
                problems.push(Problem::new(field.to_string(), "", Rule::AttributeRepeated));
            }
        }
        let known = || attributes.iter().map(|attribute| attribute.column.clone()).collect::<Vec<_>>();
        for field in &self.0 {
            if let ColumnField::Attribute { column } = field
                && !known().contains(column)
            {
                problems.push(Problem::new("mapping", column, Rule::AttributeUnknown { known: known() }));
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
    }

    /// The request that a row makes.
    pub(super) fn request(&self, row: &Row) -> CreateTenant {
        let mut request = CreateTenant {
            name: String::new(),
            schema: String::new(),
            primary_domain: String::new(),
            aliases: Vec::new(),
            attributes: Vec::new(),
            on_taken_alias: OnTaken::Skip,
        };
        for (field, cell) in self.0.iter().zip(&row.cells) {
            match field {
                ColumnField::Name => cell.clone_into(&mut request.name),
                ColumnField::Schema => cell.trim().clone_into(&mut request.schema),
                ColumnField::PrimaryDomain => cell.clone_into(&mut request.primary_domain),
                ColumnField::Aliases => request.aliases.extend(several(cell)),
                ColumnField::Attribute { .. } if cell.trim().is_empty() => {}
                ColumnField::Attribute { column } => request
                    .attributes
                    .push(Attribute { column: column.clone(), value: Some(cell.to_owned()) }),
                ColumnField::Ignore => {}
            }
        }
        request
    }
}

impl ColumnField {
    /// The field that somebody names: `name`, `schema`, `domain`, `aliases`, `ignore`, or a column of the tenant table.
    pub fn named(text: &str) -> Self {
        let text = text.trim();
        match plain(text).as_str() {
            "name" => Self::Name,
            "schema" => Self::Schema,
            "domain" | "primarydomain" => Self::PrimaryDomain,
            "alias" | "aliases" => Self::Aliases,
            "ignore" => Self::Ignore,
            _ => Self::Attribute { column: text.to_owned() },
        }
    }

    fn of_header(header: &str, attributes: &[AttributeColumn]) -> Self {
        let header = plain(header);
        let word = header.trim_end_matches(|c: char| c.is_ascii_digit());
        if let Some(attribute) = attributes.iter().find(|attribute| plain(&attribute.column) == header) {
            return Self::Attribute { column: attribute.column.clone() };
        }
        match word {
            _ if NAME.contains(&header.as_str()) => Self::Name,
            _ if SCHEMA.contains(&header.as_str()) => Self::Schema,
            _ if PRIMARY.contains(&header.as_str()) => Self::PrimaryDomain,
            _ if ALIASES.contains(&word) => Self::Aliases,
            _ => Self::Ignore,
        }
    }

    /// Whether one column at most can stand for it.
    fn is_single(&self) -> bool {
        !matches!(self, Self::Aliases | Self::Ignore)
    }
}

impl std::fmt::Display for ColumnField {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Name => f.write_str("name"),
            Self::Schema => f.write_str("schema"),
            Self::PrimaryDomain => f.write_str("primary_domain"),
            Self::Aliases => f.write_str("aliases"),
            Self::Attribute { column } => write!(f, "attributes.{column}"),
            Self::Ignore => f.write_str("ignore"),
        }
    }
}

/// A header without what people write differently: case, blanks, `_` and `-`.
fn plain(header: &str) -> String {
    header.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn several(cell: &str) -> impl Iterator<Item = String> {
    let between = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|');
    cell.split(between).filter(|alias| !alias.is_empty()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proposed(headers: &[&str]) -> Vec<ColumnField> {
        let seats =
            AttributeColumn { column: "seats_allowed".into(), data_type: "integer".into(), default: None };
        let headers: Vec<_> = headers.iter().map(|&header| header.to_owned()).collect();
        ColumnMapping::propose(&headers, &[seats]).0
    }

    #[test]
    fn headers_are_understood_however_they_are_written() {
        use ColumnField::{Aliases, Ignore, Name, PrimaryDomain, Schema};
        let seats = ColumnField::Attribute { column: "seats_allowed".into() };
        assert_eq!(
            proposed(&["name", "schema", "domain", "aliases"]),
            [Name, Schema, PrimaryDomain, Aliases]
        );
        assert_eq!(
            proposed(&[
                "Tenant Name",
                "SCHEMA_NAME",
                "Primary-Domain",
                "Alias 1",
                "alias 2",
                "Seats allowed"
            ]),
            [Name, Schema, PrimaryDomain, Aliases, Aliases, seats]
        );
        assert_eq!(proposed(&["name", "Company", "note", ""]), [Name, Ignore, Ignore, Ignore]);
        assert_eq!(
            proposed(&["name", "domain", "outcome", "detail", "operation"]),
            [Name, PrimaryDomain, Ignore, Ignore, Ignore]
        );
    }

    #[test]
    fn a_column_can_be_told_what_it_stands_for() {
        let headers = ["name".to_owned(), "Trade name".into(), "domain".into()];
        let mut mapping = ColumnMapping::propose(&headers, &[]);
        mapping.set(&headers, "trade_name", ColumnField::named("name")).expect("the column is known");
        assert_eq!(mapping.0, [ColumnField::Ignore, ColumnField::Name, ColumnField::PrimaryDomain]);
        assert!(mapping.set(&headers, "nobody", ColumnField::Name).is_err());
    }

    #[test]
    fn one_cell_may_hold_several_aliases() {
        let aliases: Vec<_> = several(" a.example, b.example;c.example | d.example\ne.example ").collect();
        assert_eq!(aliases, ["a.example", "b.example", "c.example", "d.example", "e.example"]);
    }
}
