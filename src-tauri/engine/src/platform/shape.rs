//! Finding the tables that play the parts of tenants and domains, by their shape: whatever they are called, a tenant table
//! has a unique text `schema_name`, and a domain table with a unique text `domain` and a boolean `is_primary` refers to it.

use std::fmt;

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;

use super::start_value::{self, StartValue};
use super::{mapping, store};
use crate::names::Ident;
use crate::{Result, sql};

/// A table of the platform.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TableName {
    pub schema: String,
    pub table: String,
}

impl TableName {
    /// For use inside a statement.
    pub(super) fn quoted(&self) -> String {
        format!("{}.{}", Ident::new(&self.schema), Ident::new(&self.table))
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.schema, self.table)
    }
}

/// Two tables that can be tenants and domains, and what is in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Shape {
    pub tenant_table: TableName,
    pub domain_table: TableName,
    pub tenant_columns: Vec<BaseColumn>,
    pub domain_columns: Vec<BaseColumn>,
    pub tenants: u32,
    pub domains: u32,
    /// Schemas that a tenant's row names and that are there.
    pub schemas: u32,
    /// Schemas that a tenant's row names and that are not there.
    pub missing_schemas: Vec<String>,
    /// Schemas without a tenant's row that have tables such as tenants' schemas have.
    pub orphaned_schemas: Vec<String>,
    /// How many migrations Django's ledger beside the tenant table names; `None` where there is no such ledger.
    pub django_migrations: Option<u32>,
}

/// A column as the mapping view has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BaseColumn {
    /// Its name in the view.
    pub column: String,
    /// As PostgreSQL prints it.
    pub data_type: String,
    pub nullable: bool,
    pub source: Source,
    /// What a new row gets where nothing is given.
    pub start: StartValue,
    /// Every platform has such a column; the others are this platform's own.
    pub common: bool,
}

/// Where a view's column comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "source", rename_all = "snake_case")]
pub enum Source {
    Column {
        name: String,
    },
    /// The platform has no such column, so that it is read from others and cannot be written.
    Expression {
        expression: String,
    },
}

impl Shape {
    /// Both tables, as the choices of an adoption are told apart.
    pub(super) fn label(&self) -> String {
        format!("{} with {}", self.tenant_table, self.domain_table)
    }
}

/// All shapes of the database, in a fixed order.
pub(super) async fn read(conn: &mut PgConnection) -> Result<Vec<Shape>> {
    let mut shapes = Vec::new();
    for candidate in store::candidates(conn).await? {
        shapes.push(describe(conn, candidate).await?);
    }
    Ok(shapes)
}

async fn describe(conn: &mut PgConnection, candidate: store::Candidate) -> Result<Shape> {
    let store::Candidate { tenant_schema, tenant_table, domain_schema, domain_table, key, reference } =
        candidate;
    let tenant_table = TableName { schema: tenant_schema, table: tenant_table };
    let domain_table = TableName { schema: domain_schema, table: domain_table };
    let of_tenants = start_value::columns(conn, &tenant_table).await?;
    let of_domains = start_value::columns(conn, &domain_table).await?;
    let tenant_columns = mapping::tenant_columns(&of_tenants, &key, &domain_table, &reference);
    let domain_columns = mapping::domain_columns(&of_domains, &reference);
    let django = store::django_ledger(conn, &tenant_table.schema).await?;
    let row: (i64, i64, i64, Vec<String>) =
        sqlx::query_as(sql::count_tenants(&tenant_table.quoted(), &domain_table.quoted()))
            .fetch_one(&mut *conn)
            .await?;
    let named: Vec<String> =
        sqlx::query_scalar(sql::tenant_schemas(&tenant_table.quoted())).fetch_all(&mut *conn).await?;
    let orphaned_schemas = store::orphaned_schemas(conn, &named).await?;
    let django_migrations = if django {
        let ledger = sql::count_ledger(&Ident::new(&tenant_table.schema));
        Some(number(sqlx::query_scalar(ledger).fetch_one(conn).await?))
    } else {
        None
    };
    Ok(Shape {
        tenant_table,
        domain_table,
        tenant_columns,
        domain_columns,
        tenants: number(row.0),
        domains: number(row.1),
        schemas: number(row.2),
        missing_schemas: row.3,
        orphaned_schemas,
        django_migrations,
    })
}

fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
