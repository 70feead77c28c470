//! The columns that a platform's tenant table has beyond those that every platform has.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use specta::Type;
use sqlx::PgConnection;

use super::store::{self, AttributeTable, TenantCheck};
use crate::names::{Problem, Rule, parse_email};
use crate::{Engine, Result, sql};

/// A column and its value, as text in PostgreSQL's input format for the column's type.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
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

/// So many go to PostgreSQL in one message.
const VALUES_AT_ONCE: usize = 10_000;
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
    Ok(check_many(conn, &[attributes]).await?.pop().unwrap_or_default())
}

/// The same for many requests in a few statements: the problems of each.
pub(super) async fn check_many(
    conn: &mut PgConnection,
    requests: &[&[Attribute]],
) -> Result<Vec<Vec<Problem>>> {
    let mut problems = vec![Vec::new(); requests.len()];
    if requests.iter().all(|attributes| attributes.is_empty()) {
        return Ok(problems);
    }
    let table = store::attribute_table(conn).await?;
    for (problems, attributes) in problems.iter_mut().zip(requests) {
        problems.extend(check_forms(&table, attributes));
    }
    check_types(conn, &table, requests, &mut problems).await?;
    check_rules(conn, &table, requests, &mut problems).await?;
    Ok(problems)
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

/// What can be said about the attributes of one request without asking PostgreSQL.
fn check_forms(table: &AttributeTable, attributes: &[Attribute]) -> Vec<Problem> {
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
    problems
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

/// Has PostgreSQL read each value as its column's type, equal ones once.
async fn check_types(
    conn: &mut PgConnection,
    table: &AttributeTable,
    requests: &[&[Attribute]],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let well_formed = || requests.iter().enumerate().filter(|(n, _)| problems[*n].is_empty());
    let given = well_formed().flat_map(|(_, attributes)| attributes.iter());
    let distinct: HashSet<&Attribute> = given.filter(|attribute| attribute.value.is_some()).collect();
    let distinct: Vec<_> = distinct.into_iter().collect();
    let mut unreadable = HashSet::new();
    for some in distinct.chunks(VALUES_AT_ONCE) {
        let record = |attribute: &&Attribute| as_record(std::slice::from_ref(*attribute), &table.columns);
        let records: Vec<_> = some.iter().map(|attribute| record(attribute).to_string()).collect();
        let bad = store::unreadable(conn, &records).await?;
        unreadable.extend(bad.into_iter().filter_map(|n| some.get(usize::try_from(n).ok()?).copied()));
    }
    let found: Vec<_> = well_formed()
        .map(|(n, attributes)| {
            let bad = attributes.iter().filter(|attribute| unreadable.contains(attribute));
            (n, bad.map(|attribute| not_of_its_type(attribute, &table.columns)).collect::<Vec<_>>())
        })
        .collect();
    for (n, found) in found {
        problems[n] = found;
    }
    Ok(())
}

/// What the table's check constraints say of the rows as they would be, equal ones once.
async fn check_rules(
    conn: &mut PgConnection,
    table: &AttributeTable,
    requests: &[&[Attribute]],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    // A column that came to the table after the view was made is not in the row that is asked.
    let known =
        |column: &String| OWN.contains(&column.as_str()) || table.columns.iter().any(|c| c.column == *column);
    let checks: Vec<_> = table.checks.iter().filter(|check| check.columns.iter().all(known)).collect();
    if checks.is_empty() {
        return Ok(());
    }
    let expressions: Vec<_> = checks.iter().map(|check| check.expression.as_str()).collect();
    let mut alike: HashMap<&[Attribute], Vec<usize>> = HashMap::new();
    for (n, attributes) in requests.iter().enumerate().filter(|(n, _)| problems[*n].is_empty()) {
        alike.entry(attributes).or_default().push(n);
    }
    let alike: Vec<_> = alike.into_iter().collect();
    for some in alike.chunks(VALUES_AT_ONCE) {
        let records = some.iter().map(|(attributes, _)| as_record(attributes, &table.columns));
        let answers: Vec<Vec<Option<bool>>> = sqlx::query_scalar(sql::evaluate_checks(&expressions))
            .bind(Value::Array(records.collect()))
            .fetch_all(&mut *conn)
            .await?;
        for ((attributes, places), holds) in some.iter().zip(answers) {
            let broken = checks.iter().zip(holds).filter(|(_, holds)| *holds == Some(false));
            let broken: Vec<_> = broken.map(|(check, _)| broken_check(check, attributes)).collect();
            for &n in places {
                problems[n].clone_from(&broken);
            }
        }
    }
    Ok(())
}

fn broken_check(check: &TenantCheck, attributes: &[Attribute]) -> Problem {
    let given = attributes.iter().find(|attribute| check.columns.contains(&attribute.column));
    let field = given.map_or_else(|| check.name.clone(), Attribute::field);
    let value = given.and_then(|attribute| attribute.value.as_deref()).unwrap_or_default();
    Problem::new(field, value, Rule::AttributeCheck { rule: check.expression.clone() })
}
