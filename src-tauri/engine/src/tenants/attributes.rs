//! The columns that a platform's tenant table has beyond those that every platform has.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;
use sqlx::{Connection, PgConnection};

use super::store::{self, AttributeTable, TenantCheck};
use crate::error::sqlstate;
use crate::names::{Problem, Rule, parse_email};
use crate::{Engine, Result, sql};

/// A column and its value, as text in PostgreSQL's input format for the column's type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Attribute {
    pub column: String,
    pub value: Option<String>,
}

impl Attribute {
    fn field(&self) -> String {
        format!("attributes.{}", self.column)
    }
}

/// A column that a form can offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AttributeColumn {
    pub column: String,
    /// As PostgreSQL prints it: `integer`, `character varying(255)`, `jsonb`.
    pub data_type: String,
    /// The expression that fills the column when it is left out.
    pub default: Option<String>,
}

/// Columns that every platform has, or that Tenantry itself keeps right.
const OWN: &[&str] = &["id", "schema_name", "name", "primary_domain", "created_on", "is_active"];

/// The attributes that this platform's tenants have.
pub async fn columns(engine: &Engine) -> Result<Vec<AttributeColumn>> {
    let mut conn = engine.acquire().await?;
    Ok(store::attribute_table(&mut conn).await?.columns.0)
}

pub(super) fn own() -> Vec<String> {
    OWN.iter().map(|&column| column.to_owned()).collect()
}

/// Checks attributes against the table: unknown columns, values that are not of the column's type, and the table's
/// check constraints.
pub(super) async fn check(conn: &mut PgConnection, attributes: &[Attribute]) -> Result<Vec<Problem>> {
    if attributes.is_empty() {
        return Ok(Vec::new());
    }
    let table = store::attribute_table(conn).await?;
    let mut problems = Vec::new();
    for (n, attribute) in attributes.iter().enumerate() {
        if attributes[..n].iter().any(|other| other.column == attribute.column) {
            let value = attribute.value.as_deref().unwrap_or_default();
            problems.push(Problem::new(attribute.field(), value, Rule::AttributeRepeated));
        } else {
            problems.extend(check_form(&table.columns, attribute));
        }
    }
    let missing = attributes.iter().filter(|a| a.value.is_none() && table.required.contains(&a.column));
    problems.extend(missing.map(|attribute| Problem::new(attribute.field(), "", Rule::Required)));
    if problems.is_empty() { check_row(conn, attributes, &table).await } else { Ok(problems) }
}

/// The attributes as one JSON object, from which PostgreSQL fills a row of the tenant table.
pub(super) fn as_record(attributes: &[Attribute], columns: &[AttributeColumn]) -> Value {
    let is_json = |name: &str| columns.iter().any(|c| c.column == name && c.data_type.starts_with("json"));
    let pairs = attributes.iter().map(|Attribute { column, value }| {
        let text = value.clone().map_or(Value::Null, Value::String);
        let parsed = value.as_deref().filter(|_| is_json(column)).and_then(|v| serde_json::from_str(v).ok());
        (column.clone(), parsed.unwrap_or(text))
    });
    Value::Object(pairs.collect::<Map<_, _>>())
}

/// What can be said about an attribute without asking PostgreSQL.
fn check_form(columns: &[AttributeColumn], given: &Attribute) -> Option<Problem> {
    let field = given.field();
    let value = given.value.as_deref().unwrap_or_default();
    if OWN.contains(&given.column.as_str()) {
        return Some(Problem::new(field, value, Rule::AttributeReserved));
    }
    let Some(column) = columns.iter().find(|c| c.column == given.column) else {
        let known = columns.iter().map(|c| c.column.clone()).collect();
        return Some(Problem::new(field, value, Rule::AttributeUnknown { known }));
    };
    given.value.as_ref()?;
    if value.contains('\0') {
        return Some(Problem::new(field, value, Rule::ControlCharacters));
    }
    if column.data_type.starts_with("json") && serde_json::from_str::<Value>(value).is_err() {
        return Some(not_of_its_type(given, columns));
    }
    if column.column == "admin_email" { parse_email(&field, value).err() } else { None }
}

fn not_of_its_type(given: &Attribute, columns: &[AttributeColumn]) -> Problem {
    let wanted =
        columns.iter().find(|c| c.column == given.column).map(|c| c.data_type.clone()).unwrap_or_default();
    Problem::new(given.field(), given.value.as_deref().unwrap_or_default(), Rule::AttributeType { wanted })
}

/// What only PostgreSQL can judge, asked of the row as it would be: whether each value is of its column's type, and what
/// the table's check constraints say.
async fn check_row(
    conn: &mut PgConnection,
    attributes: &[Attribute],
    table: &AttributeTable,
) -> Result<Vec<Problem>> {
    // A column that came to the table after the view was made is not in the row that is asked.
    let known =
        |column: &String| OWN.contains(&column.as_str()) || table.columns.iter().any(|c| c.column == *column);
    let checks: Vec<_> = table.checks.iter().filter(|check| check.columns.iter().all(known)).collect();
    match evaluate(conn, attributes, table, &checks).await {
        Ok(holds) => {
            let broken = checks.iter().zip(holds).filter(|(_, holds)| *holds == Some(false));
            Ok(broken.map(|(check, _)| broken_check(check, attributes)).collect())
        }
        Err(error) if is_data_exception(&error) => {
            let unreadable = unreadable(conn, attributes, table).await?;
            // Each value for itself is good, so it was a check that failed over them.
            if unreadable.is_empty() { Err(error.into()) } else { Ok(unreadable) }
        }
        Err(error) => Err(error.into()),
    }
}

async fn unreadable(
    conn: &mut PgConnection,
    attributes: &[Attribute],
    table: &AttributeTable,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    for attribute in attributes {
        match evaluate(conn, std::slice::from_ref(attribute), table, &[]).await {
            Ok(_) => {}
            Err(error) if is_data_exception(&error) => {
                problems.push(not_of_its_type(attribute, &table.columns));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(problems)
}

/// Has PostgreSQL read the values as the columns' types, and evaluate checks on them: `None` where one says nothing. In a
/// savepoint, since a value that it cannot read would end the caller's transaction.
async fn evaluate(
    conn: &mut PgConnection,
    attributes: &[Attribute],
    table: &AttributeTable,
    checks: &[&TenantCheck],
) -> sqlx::Result<Vec<Option<bool>>> {
    let expressions: Vec<_> = checks.iter().map(|check| check.expression.as_str()).collect();
    let mut savepoint = conn.begin().await?;
    let holds = sqlx::query_scalar(sql::evaluate_checks(&expressions))
        .bind(as_record(attributes, &table.columns))
        .fetch_one(&mut *savepoint)
        .await;
    savepoint.rollback().await?;
    holds
}

/// Class 22: text that is no integer, or too long, say.
fn is_data_exception(error: &sqlx::Error) -> bool {
    sqlstate(error).is_some_and(|code| code.starts_with("22"))
}

fn broken_check(check: &TenantCheck, attributes: &[Attribute]) -> Problem {
    let given = attributes.iter().find(|attribute| check.columns.contains(&attribute.column));
    let field = given.map_or_else(|| check.name.clone(), Attribute::field);
    let value = given.and_then(|attribute| attribute.value.as_deref()).unwrap_or_default();
    Problem::new(field, value, Rule::AttributeCheck { rule: check.expression.clone() })
}
