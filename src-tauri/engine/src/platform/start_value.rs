//! What a new row's columns begin with. Django's tables have no defaults: whoever inserts a row gives every column that
//! cannot be NULL. So our views give what an INSERT of ours leaves out.

use serde::Serialize;
use specta::Type;
use sqlx::{Connection as _, PgConnection};

use super::shape::TableName;
use super::store::{self, Column, Key};
use crate::names::Ident;
use crate::{Result, sql};

/// What a column of a new row begins with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "start", rename_all = "snake_case")]
pub enum StartValue {
    /// The table gives it itself: by a default, an identity, or because it is computed.
    Table,
    /// The column may be empty.
    Null,
    /// A plain value of the column's type.
    Plain { expression: String },
    /// The value that most rows have, since a plain one would break a rule of the table.
    MostFrequent { expression: String, rows: u32 },
    /// No value can be guessed: whoever creates a tenant gives one.
    Given,
}

impl StartValue {
    pub(super) fn expression(&self) -> Option<&str> {
        match self {
            Self::Plain { expression } | Self::MostFrequent { expression, .. } => Some(expression),
            Self::Table | Self::Null | Self::Given => None,
        }
    }
}

/// A table's columns with what each begins with.
pub(super) async fn columns(conn: &mut PgConnection, table: &TableName) -> Result<Vec<(Column, StartValue)>> {
    let mut columns = Vec::new();
    for column in store::columns(conn, &table.schema, &table.table).await? {
        let start = propose(conn, table, &column).await?;
        columns.push((column, start));
    }
    Ok(columns)
}

async fn propose(conn: &mut PgConnection, table: &TableName, column: &Column) -> Result<StartValue> {
    if column.given_by_table {
        return Ok(StartValue::Table);
    }
    if column.nullable {
        return Ok(StartValue::Null);
    }
    let plain = if column.base_type.starts_with("json") {
        Some(json(conn, table, column).await?)
    } else {
        plain(column)
    };
    let alone = column.is_in(Key::Unique) && column.base_type != "uuid";
    if let Some(expression) = plain.filter(|_| !column.is_in(Key::Foreign) && !alone)
        && holds(conn, column, &expression).await?
    {
        return Ok(StartValue::Plain { expression });
    }
    if alone {
        return Ok(StartValue::Given);
    }
    let frequent: Option<(String, i64)> =
        sqlx::query_as(sql::most_frequent(&table.quoted(), &ident(column))).fetch_optional(conn).await?;
    Ok(frequent.map_or(StartValue::Given, |(expression, rows)| StartValue::MostFrequent {
        expression,
        rows: u32::try_from(rows).unwrap_or(u32::MAX),
    }))
}

fn plain(column: &Column) -> Option<String> {
    plain_value(&column.category, &column.base_type, column.first_label.as_deref())
}

/// An SQL expression for a plain value of a type: its category and name in `pg_type`, and the first label of an
/// enumeration.
pub(crate) fn plain_value(category: &str, base_type: &str, first_label: Option<&str>) -> Option<String> {
    let text = match (category, base_type) {
        ("N", _) => "0",
        ("B", _) => "false",
        ("S", _) | (_, "bytea") => "''",
        ("D", "date") => "CURRENT_DATE",
        ("D", "timestamp" | "timestamptz") => "now()",
        ("D", _) => "LOCALTIME",
        ("T", _) => "'0'",
        ("A", _) => "'{}'",
        ("R", _) => "'empty'",
        (_, "uuid") => "gen_random_uuid()",
        _ => return first_label.map(|label| format!("'{}'", label.replace('\'', "''"))),
    };
    Some(text.to_owned())
}

/// An empty list or an empty object, as most rows have one.
async fn json(conn: &mut PgConnection, table: &TableName, column: &Column) -> Result<String> {
    let kind: Option<String> = sqlx::query_scalar(sql::most_frequent_json(&table.quoted(), &ident(column)))
        .fetch_optional(conn)
        .await?;
    Ok(if kind.as_deref() == Some("object") { "'{}'" } else { "'[]'" }.to_owned())
}

/// Whether the table's rules about this column alone let the value in. Asked in a savepoint: a value that is not of the
/// type would end the transaction.
async fn holds(conn: &mut PgConnection, column: &Column, expression: &str) -> Result<bool> {
    if column.checks.is_empty() && !column.is_domain {
        return Ok(true);
    }
    let mut savepoint = conn.begin().await?;
    let question = sql::value_holds(&ident(column), &column.data_type, expression, &column.checks);
    let answer: sqlx::Result<bool> = sqlx::query_scalar(question).fetch_one(&mut *savepoint).await;
    savepoint.rollback().await?;
    match answer {
        Ok(holds) => Ok(holds),
        Err(sqlx::Error::Database(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

fn ident(column: &Column) -> Ident {
    Ident::new(&column.name)
}
