//! Mending a tenant: a schema that lacks objects of its blueprint gets them, and a row without a schema gets one.

use serde::{Deserialize, Serialize};
use specta::Type;
use sqlx::PgConnection;

use super::life::{require_own, row_basis};
use super::store::{self, Numbered};
use crate::blueprint::{Repair, Script, Source, enter, repair};
use crate::error::Refusal;
use crate::names::SchemaName;
use crate::operations::{Basis, Change, Finding, Intent, Parts, Plan};
use crate::{Engine, Result, catalog, digest, sql};

/// A request to give a tenant what it lacks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MendTenant {
    pub schema: SchemaName,
    /// The schema whose structure is the right one; `None` stands for the blueprint in use.
    pub like: Option<SchemaName>,
}

pub(crate) async fn plan_mend(engine: &Engine, conn: &mut PgConnection, request: MendTenant) -> Result<Plan> {
    let tenant = require_own(conn, &request.schema).await?;
    let source = source(engine, conn, request.like.as_ref()).await?;
    let mut parts = Parts { basis: vec![row_basis(conn, &tenant.schema).await?], ..Parts::default() };
    parts.basis.extend(source.basis());
    if tenant.has_schema {
        complete(conn, &tenant.schema, &source, &mut parts).await?;
    } else {
        build(conn, &tenant.schema, &source, &mut parts).await?;
    }
    Ok(Plan::new(Intent::MendTenant(request), tenant.schema.to_string(), parts))
}

async fn source(engine: &Engine, conn: &mut PgConnection, like: Option<&SchemaName>) -> Result<Source> {
    match like {
        Some(template) => Source::like(engine, conn, template, false).await,
        None => Source::in_use(engine, conn).await,
    }
}

/// The row is there: what is missing is what creating a tenant makes after it.
async fn build(
    conn: &mut PgConnection,
    schema: &SchemaName,
    source: &Source,
    parts: &mut Parts,
) -> Result<()> {
    let start = catalog::Start::of(conn).await?;
    parts.changes.push(Change::CreateSchema {
        schema: schema.clone(),
        template: source.template().cloned(),
        with_data: false,
        tables: source.tables(),
    });
    parts.changes.extend(start.seed(schema).filter(|_| source.takes_master()));
    parts.basis.push(start.basis());
    parts
        .changes
        .push(Change::ConnectSharedTables { schema: schema.clone(), tables: source.shared_tables() });
    Ok(())
}

async fn complete(
    conn: &mut PgConnection,
    schema: &SchemaName,
    source: &Source,
    parts: &mut Parts,
) -> Result<()> {
    let Source::Template { definition, .. } = source else {
        // Only a schema can say which of its objects another one lacks.
        return Err(Refusal::NoTemplate.of(schema));
    };
    let like = definition.template.clone();
    let repair = repair(conn, definition, schema).await?;
    if !repair.left.is_empty() {
        parts.findings.push(Finding::LeftDifferent { objects: repair.left.clone() });
    }
    let statements = digest::of(&(&repair.own.tables, &repair.own.rest, &repair.shared));
    parts.basis.push(Basis { row: format!("what {schema} lacks"), version: statements });
    let Repair { made, repointed, fell_through, shared, .. } = repair;
    if !made.is_empty() {
        let (schema, like) = (schema.clone(), like.clone());
        parts.changes.push(Change::MakeObjects { schema, like, objects: made, copied: fell_through });
    }
    let migrations = store::lacking_migrations(conn, schema, &like).await?;
    if !migrations.is_empty() {
        let (schema, like) = (schema.clone(), like.clone());
        parts.changes.push(Change::RecordMigrations { schema, like, migrations });
    }
    if !shared.is_empty() {
        let schema = schema.clone();
        parts.changes.push(Change::ConnectObjects { schema, like, repointed });
    }
    Ok(())
}

/// Makes one change. `false` where the schema is not what the plan saw.
pub(super) async fn make(engine: &Engine, conn: &mut PgConnection, change: &Change) -> Result<bool> {
    match change {
        Change::MakeObjects { schema, like, copied, objects } => {
            let definition = engine.definitions.of(conn, like).await?;
            let repair = repair(conn, &definition, schema).await?;
            let public = SchemaName::existing("public");
            let tables = definition.tables.iter().filter(|table| copied.contains(&table.name));
            let rows: String = tables
                .map(|table| {
                    sql::copy_rows(&public, schema, &table.name, (&table.columns, &table.values), None)
                })
                .collect();
            let Script { tables, rest } = &repair.own;
            sqlx::raw_sql(sql::mend(schema, tables, &rows, rest)).execute(&mut *conn).await?;
            for Numbered { table, column, sequence } in store::numbered(conn, schema, copied).await? {
                let statement = sql::continue_numbers(schema, &table, &column, &sequence);
                sqlx::query(statement).execute(&mut *conn).await?;
            }
            if objects.iter().any(|object| object.starts_with("table atoms_atom")) {
                // An empty copy is not one whose rows the tenant has removed.
                catalog::forget(conn, schema).await?;
            }
            Ok(true)
        }
        Change::RecordMigrations { schema, like, migrations } => {
            enter(conn, schema).await?;
            let recorded = sqlx::query(sql::record_migrations(schema, like)).execute(conn).await?;
            Ok(usize::try_from(recorded.rows_affected()).is_ok_and(|rows| rows == migrations.len()))
        }
        Change::ConnectObjects { schema, like, .. } => {
            let definition = engine.definitions.of(conn, like).await?;
            let repair = repair(conn, &definition, schema).await?;
            sqlx::raw_sql(sql::in_schema(schema, &repair.shared)).execute(&mut *conn).await?;
            Ok(true)
        }
        _ => Ok(true),
    }
}
