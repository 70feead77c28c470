//! The tenant table of a platform, as its view shows it.

use serde::Deserialize;
use serde_json::{Map, Value};
use sqlx::PgConnection;
use sqlx::types::Json;

use super::attributes::is_own;
use super::{Attribute, AttributeColumn, store};
use crate::Result;

/// The columns of the view of tenants, and the rules of the table under it.
pub(super) struct TenantTable {
    pub columns: Json<Vec<TenantColumn>>,
    /// The check constraints of the platform's tenant table.
    pub checks: Json<Vec<TenantCheck>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TenantColumn {
    pub name: String,
    /// As PostgreSQL prints it.
    pub data_type: String,
    /// The expression that fills the column when it is left out.
    pub default: Option<String>,
    /// The platform itself has it. The others are read from what it has instead.
    pub is_writable: bool,
    pub is_not_null: bool,
    /// The table or the view gives a value that is left out.
    pub is_filled: bool,
}

#[derive(Deserialize)]
pub(super) struct TenantCheck {
    pub name: String,
    pub expression: String,
    pub columns: Vec<String>,
}

impl TenantTable {
    pub async fn of(conn: &mut PgConnection) -> Result<Self> {
        Ok(store::tenant_table(conn).await?)
    }

    pub fn column(&self, name: &str) -> Option<&TenantColumn> {
        self.columns.iter().find(|column| column.name == name)
    }

    pub fn is_writable(&self, name: &str) -> bool {
        self.column(name).is_some_and(|column| column.is_writable)
    }

    /// The columns that the platform's tenants have beyond those that every platform has.
    pub fn attributes(&self) -> impl Iterator<Item = &TenantColumn> {
        self.columns.iter().filter(|column| !is_own(&column.name))
    }

    /// The same as a form wants them.
    pub fn attribute_columns(&self) -> Vec<AttributeColumn> {
        self.attributes().map(AttributeColumn::from).collect()
    }

    /// The columns for which nothing is known to begin with, so that whoever creates a tenant has to give them.
    pub fn to_give(&self) -> impl Iterator<Item = &str> {
        let to_give = |column: &&TenantColumn| {
            column.is_not_null && !column.is_filled && !matches!(column.name.as_str(), "schema_name" | "name")
        };
        self.columns.iter().filter(to_give).map(|column| column.name.as_str())
    }

    /// Attributes as one JSON object, from which PostgreSQL fills a row of the tenant table.
    pub fn record(&self, attributes: &[Attribute]) -> Value {
        let is_json = |name: &str| self.column(name).is_some_and(TenantColumn::is_json);
        let pairs = attributes.iter().map(|Attribute { column, value }| {
            let text = value.clone().map_or(Value::Null, Value::String);
            let given = value.as_deref().filter(|_| is_json(column));
            (column.clone(), given.and_then(|value| serde_json::from_str(value).ok()).unwrap_or(text))
        });
        Value::Object(pairs.collect::<Map<_, _>>())
    }
}

impl TenantColumn {
    pub fn is_json(&self) -> bool {
        self.data_type.starts_with("json")
    }
}

impl From<&TenantColumn> for AttributeColumn {
    fn from(column: &TenantColumn) -> Self {
        let TenantColumn { name, data_type, default, .. } = column;
        Self { column: name.clone(), data_type: data_type.clone(), default: default.clone() }
    }
}
