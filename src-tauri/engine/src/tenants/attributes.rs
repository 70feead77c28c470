//! The columns that a platform's tenant table has beyond those that every platform has.

use std::collections::{HashMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use specta::Type;
use sqlx::PgConnection;

use super::store;
use super::table::{TenantCheck, TenantTable};
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
    Ok(TenantTable::of(&mut conn).await?.attribute_columns())
}

pub(super) fn is_own(column: &str) -> bool {
    OWN.contains(&column)
}

pub(super) fn own() -> Vec<String> {
    OWN.iter().map(|&column| column.to_owned()).collect()
}

/// Checks attributes against the table: unknown columns, values that are not of the column's type, and the table's
/// check constraints; and what is not given though nobody can guess it.
pub(super) async fn check(
    conn: &mut PgConnection,
    table: &TenantTable,
    attributes: &[Attribute],
) -> Result<Vec<Problem>> {
    Ok(check_many(conn, table, &[attributes]).await?.pop().unwrap_or_default())
}

/// The same for many requests in a few statements: the problems of each.
pub(super) async fn check_many(
    conn: &mut PgConnection,
    table: &TenantTable,
    requests: &[&[Attribute]],
) -> Result<Vec<Vec<Problem>>> {
    let mut problems: Vec<_> = requests.iter().map(|attributes| check_forms(table, attributes)).collect();
    check_types(conn, table, requests, &mut problems).await?;
    check_rules(conn, table, requests, &mut problems).await?;
    for (problems, attributes) in problems.iter_mut().zip(requests) {
        problems.extend(ungiven(table, attributes));
    }
    Ok(problems)
}

/// What can be said about the attributes of one request without asking PostgreSQL.
fn check_forms(table: &TenantTable, attributes: &[Attribute]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (n, attribute) in attributes.iter().enumerate() {
        if attributes[..n].iter().any(|other| other.column == attribute.column) {
            let value = attribute.value.as_deref().unwrap_or_default();
            problems.push(Problem::new(attribute.field(), value, Rule::AttributeRepeated));
        } else {
            problems.extend(check_form(table, attribute));
        }
    }
    let is_not_null = |column: &str| table.column(column).is_some_and(|column| column.is_not_null);
    let missing = attributes.iter().filter(|a| a.value.is_none() && is_not_null(&a.column));
    problems.extend(missing.map(|attribute| Problem::new(attribute.field(), "", Rule::Required)));
    problems
}

/// What can be said about an attribute without asking PostgreSQL.
fn check_form(table: &TenantTable, given: &Attribute) -> Option<Problem> {
    let field = given.field();
    let value = given.value.as_deref().unwrap_or_default();
    if is_own(&given.column) {
        return Some(Problem::new(field, value, Rule::AttributeReserved));
    }
    let Some(column) = table.column(&given.column) else {
        let known = table.attributes().map(|column| column.name.clone()).collect();
        return Some(Problem::new(field, value, Rule::AttributeUnknown { known }));
    };
    given.value.as_ref()?;
    if value.contains('\0') {
        return Some(Problem::new(field, value, Rule::ControlCharacters));
    }
    if column.is_json() && serde_json::from_str::<Value>(value).is_err() {
        return Some(not_of_its_type(given, table));
    }
    if column.name == "admin_email" { parse_email(&field, value).err() } else { None }
}

/// Columns that no value can be guessed for, and that the request does not give.
fn ungiven(table: &TenantTable, attributes: &[Attribute]) -> Vec<Problem> {
    let is_given = |column: &&str| attributes.iter().any(|given| given.column == *column);
    let ungiven = table.to_give().filter(|column| !is_given(column));
    ungiven.map(|column| Problem::new(format!("attributes.{column}"), "", Rule::Required)).collect()
}

fn not_of_its_type(given: &Attribute, table: &TenantTable) -> Problem {
    let wanted = table.column(&given.column).map(|column| column.data_type.clone()).unwrap_or_default();
    Problem::new(given.field(), given.value.as_deref().unwrap_or_default(), Rule::AttributeType { wanted })
}

/// Has PostgreSQL read each value as its column's type, equal ones once.
async fn check_types(
    conn: &mut PgConnection,
    table: &TenantTable,
    requests: &[&[Attribute]],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    let well_formed = || requests.iter().enumerate().filter(|(n, _)| problems[*n].is_empty());
    let given = well_formed().flat_map(|(_, attributes)| attributes.iter());
    let distinct: HashSet<&Attribute> = given.filter(|attribute| attribute.value.is_some()).collect();
    let distinct: Vec<_> = distinct.into_iter().collect();
    let mut unreadable = HashSet::new();
    for some in distinct.chunks(VALUES_AT_ONCE) {
        let record = |attribute: &&Attribute| table.record(std::slice::from_ref(*attribute));
        let records: Vec<_> = some.iter().map(|attribute| record(attribute).to_string()).collect();
        let bad = store::unreadable(conn, &records).await?;
        unreadable.extend(bad.into_iter().filter_map(|n| some.get(usize::try_from(n).ok()?).copied()));
    }
    let found: Vec<_> = well_formed()
        .map(|(n, attributes)| {
            let bad = attributes.iter().filter(|attribute| unreadable.contains(attribute));
            (n, bad.map(|attribute| not_of_its_type(attribute, table)).collect::<Vec<_>>())
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
    table: &TenantTable,
    requests: &[&[Attribute]],
    problems: &mut [Vec<Problem>],
) -> Result<()> {
    // A column that came to the table after the view was made is not in the row that is asked.
    let known = |column: &String| table.column(column).is_some();
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
        let records = some.iter().map(|(attributes, _)| table.record(attributes));
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
