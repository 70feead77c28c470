//! The two views through which every statement of the engine sees a platform's tenants and domains. They begin with the
//! columns that every platform has, under the names that the engine uses; the platform's own follow under theirs.

use super::shape::{BaseColumn, Shape, Source, TableName};
use super::start_value::StartValue;
use super::store::{Column, Key};
use crate::names::Ident;

type Columns = [(Column, StartValue)];

/// The view's columns over a tenant table.
pub(super) fn tenant_columns(
    of: &Columns,
    key: &str,
    domains: &TableName,
    reference: &str,
) -> Vec<BaseColumn> {
    let of_text = |column: &Column| column.category == "S";
    let primary = format!(
        "COALESCE((SELECT min(d.domain) FROM {} AS d WHERE d.{} = t.{} AND d.is_primary), '')",
        domains.quoted(),
        Ident::new(reference),
        Ident::new(key),
    );
    let common = vec![
        taken(of, "id", key),
        taken(of, "schema_name", "schema_name"),
        found(of, "name", of_text).unwrap_or_else(|| read("name", "text", "t.schema_name::text")),
        found(of, "is_active", |column| column.base_type == "bool")
            .map_or_else(|| read("is_active", "boolean", "true"), |column| starting(column, "true")),
        created_on(of),
        found(of, "primary_domain", of_text)
            .map_or_else(|| read("primary_domain", "text", &primary), |column| starting(column, "''")),
    ];
    with_own(&common, of)
}

/// The view's columns over a domain table.
pub(super) fn domain_columns(of: &Columns, reference: &str) -> Vec<BaseColumn> {
    let key = of.iter().find(|(column, _)| column.is_in(Key::Primary));
    let key = key.map_or("domain", |(column, _)| column.name.as_str());
    let common = vec![
        taken(of, "id", key),
        taken(of, "domain", "domain"),
        taken(of, "is_primary", "is_primary"),
        taken(of, "tenant_id", reference),
    ];
    with_own(&common, of)
}

/// The statements that make both views and note which tables they cover.
pub(super) fn statements(shape: &Shape) -> String {
    let Shape { tenant_table, domain_table, tenant_columns, domain_columns, .. } = shape;
    let literal = |text: &str| format!("'{}'", text.replace('\'', "''"));
    format!(
        "-- The two views through which every statement of the engine sees tenants and domains. Where the platform's tables have\n\
         -- no defaults, the views give what an INSERT leaves out.\n\
         INSERT INTO tenantry.mapping (part, table_schema, table_name)\n\
         VALUES ('tenant', {}, {}), ('domain', {}, {});\n\n{}\n{}",
        literal(&tenant_table.schema),
        literal(&tenant_table.table),
        literal(&domain_table.schema),
        literal(&domain_table.table),
        view("tenant", tenant_table, tenant_columns),
        view("domain", domain_table, domain_columns),
    )
}

fn view(name: &str, table: &TableName, columns: &[BaseColumn]) -> String {
    let list: Vec<_> = columns
        .iter()
        .map(|column| {
            let alias = Ident::new(&column.column);
            match &column.source {
                Source::Column { name } if *name == column.column => format!("t.{alias}"),
                Source::Column { name } => format!("t.{} AS {alias}", Ident::new(name)),
                Source::Expression { expression } => format!("{expression} AS {alias}"),
            }
        })
        .collect();
    let defaults: String = columns
        .iter()
        .filter_map(|column| Some((&column.column, column.start.expression()?)))
        .map(|(column, start)| {
            format!("ALTER VIEW tenantry.{name} ALTER COLUMN {} SET DEFAULT {start};\n", Ident::new(column))
        })
        .collect();
    format!(
        "CREATE VIEW tenantry.{name} WITH (security_invoker = true) AS\nSELECT {}\nFROM {} AS t;\n\n{defaults}",
        list.join(",\n       "),
        table.quoted(),
    )
}

/// A column of the table under one of the engine's names.
fn taken(of: &Columns, alias: &str, name: &str) -> BaseColumn {
    found_as(of, alias, name, |_| true).unwrap_or_else(|| read(alias, "text", "NULL::text"))
}

fn found(of: &Columns, name: &str, fits: impl Fn(&Column) -> bool) -> Option<BaseColumn> {
    found_as(of, name, name, fits)
}

fn found_as(of: &Columns, alias: &str, name: &str, fits: impl Fn(&Column) -> bool) -> Option<BaseColumn> {
    let (column, start) = of.iter().find(|(column, _)| column.name == name && fits(column))?;
    Some(BaseColumn {
        column: alias.to_owned(),
        data_type: column.data_type.clone(),
        nullable: column.nullable,
        source: Source::Column { name: name.to_owned() },
        // The engine gives these itself, or the table does.
        start: if column.given_by_table { StartValue::Table } else { start_of(alias, start) },
        common: true,
    })
}

/// What the engine always gives needs no start.
fn start_of(alias: &str, start: &StartValue) -> StartValue {
    if matches!(alias, "schema_name" | "name" | "domain" | "is_primary" | "tenant_id") {
        StartValue::Given
    } else {
        start.clone()
    }
}

fn starting(mut column: BaseColumn, expression: &str) -> BaseColumn {
    if column.start != StartValue::Table {
        column.start = StartValue::Plain { expression: expression.to_owned() };
    }
    column
}

fn read(name: &str, data_type: &str, expression: &str) -> BaseColumn {
    BaseColumn {
        column: name.to_owned(),
        data_type: data_type.to_owned(),
        nullable: false,
        source: Source::Expression { expression: expression.to_owned() },
        start: StartValue::Null,
        common: true,
    }
}

/// The day of creation: a date, or a moment of which the day is read.
fn created_on(of: &Columns) -> BaseColumn {
    if let Some(column) = found(of, "created_on", |column| column.base_type == "date") {
        return starting(column, "CURRENT_DATE");
    }
    let is_moment =
        |column: &Column| matches!(column.base_type.as_str(), "date" | "timestamp" | "timestamptz");
    let moment = ["created_on", "created_at", "created", "date_created"]
        .iter()
        .find_map(|name| found(of, name, is_moment));
    let expression = match moment.map(|column| column.source) {
        Some(Source::Column { name }) => format!("t.{}::date", Ident::new(name)),
        _ => "NULL::date".to_owned(),
    };
    read("created_on", "date", &expression)
}

/// The platform's own columns after the common ones. One whose name a common column has already is `…_raw`.
fn with_own(common: &[BaseColumn], of: &Columns) -> Vec<BaseColumn> {
    let is_common = |name: &str| common.iter().any(|c| c.source == Source::Column { name: name.to_owned() });
    let mut columns = common.to_vec();
    for (column, start) in of.iter().filter(|(column, _)| !is_common(&column.name)) {
        let mut alias = column.name.clone();
        while columns.iter().any(|other| other.column == alias) {
            alias.push_str("_raw");
        }
        columns.push(BaseColumn {
            column: alias,
            data_type: column.data_type.clone(),
            nullable: column.nullable,
            source: Source::Column { name: column.name.clone() },
            start: start.clone(),
            common: false,
        });
    }
    columns
}
