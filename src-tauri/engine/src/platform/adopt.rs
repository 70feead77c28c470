//! Adopting somebody's platform: the statements that add our schema are shown first, and run as they were shown.

use serde::{Deserialize, Serialize};
use serde_json::json;
use specta::Type;
use sqlx::{Connection as _, PgConnection};

use super::inspect::{Found, found};
use super::migrations::{self, Version};
use super::shape::{self, Shape};
use super::{Engine, engine, mapping, server, store};
use crate::connection::Connection;
use crate::error::{NotAPlatform, sqlstate};
use crate::operations::OperationId;
use crate::{Error, Result, blueprint, digest, sql};

/// Which tables to adopt, where there are several that could be it: `table` or `schema.table`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TableChoice {
    pub tenant_table: Option<String>,
    pub domain_table: Option<String>,
}

/// What would be done to a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AdoptionPlan {
    pub action: Action,
    /// The tables that play the parts of tenants and domains.
    pub shape: Option<Shape>,
    /// Everything that would run, in one transaction.
    pub statements: String,
    /// SHA-256 over the statements, in hexadecimal.
    pub hash: String,
}

/// What the statements come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Our schema is added.
    Adopt,
    /// Our schema gets what newer versions have added to it.
    Upgrade,
    /// The views are made again, as the tables are now.
    Map,
    /// It is a platform already, and up to date.
    Nothing,
}

impl Action {
    fn kind(self) -> &'static str {
        match self {
            Self::Adopt => "platform.adopt",
            Self::Upgrade => "platform.upgrade",
            Self::Map | Self::Nothing => "platform.map",
        }
    }
}

/// Plans what would make a database a platform of ours. Nothing is written.
///
/// # Errors
/// [`Error::NotAPlatform`] where there is nothing to adopt, or where `choice` leaves several tables.
pub async fn plan(connection: &Connection, program: &str, choice: &TableChoice) -> Result<AdoptionPlan> {
    let mut server = server::reach(connection, program).await?;
    let mut tx = server.conn.begin().await?;
    let plan = plan_on(&mut tx, choice).await?;
    server::end(tx).await?;
    server.conn.close().await?;
    Ok(plan)
}

/// Runs the statements of the plan with that hash in one transaction, and opens the platform. New tenants will be made
/// like one of those that are there, until somebody chooses another blueprint.
///
/// # Errors
/// [`Error::StaleAdoption`] if the plan would be another one by now; [`Error::ReadOnly`], [`Error::NotPermitted`].
pub async fn adopt(
    connection: &Connection,
    program: &str,
    choice: &TableChoice,
    hash: &str,
) -> Result<Engine> {
    let mut server = server::reach(connection, program).await?;
    if let Some(reason) = server.read_only {
        return Err(Error::ReadOnly { reason });
    }
    let mut tx = server.conn.begin().await?;
    let fresh = plan_on(&mut tx, choice).await?;
    if fresh.hash != hash {
        return Err(Error::StaleAdoption { fresh: Box::new(fresh) });
    }
    match carry_out(&mut tx, &fresh, &engine::origin(program)).await {
        // Somebody else was faster: duplicate_schema, duplicate_table, unique_violation.
        Err(Error::Database(error))
            if matches!(sqlstate(&error).as_deref(), Some("42P06" | "42P07" | "23505")) =>
        {
            tx.rollback().await?;
            let fresh = plan_on(&mut server.conn, choice).await?;
            return Err(Error::StaleAdoption { fresh: Box::new(fresh) });
        }
        other => other?,
    }
    tx.commit().await?;
    let engine = Engine::of(server, connection, program).await?;
    if fresh.action == Action::Adopt {
        blueprint::choose_first(&engine).await?;
    }
    Ok(engine)
}

/// Drops the two views and the guard of the primary domains, and leaves everything else, so that the platform's application can change the type of a column
/// that they show: PostgreSQL refuses that as long as there is a view of it. The next adoption makes them again.
pub async fn release(connection: &Connection, program: &str) -> Result<()> {
    let mut server = server::reach(connection, program).await?;
    if let Some(reason) = server.read_only {
        return Err(Error::ReadOnly { reason });
    }
    let mut tx = server.conn.begin().await?;
    match found(&mut tx).await? {
        Found::Unmapped { .. } => return Ok(()),
        other => {
            if let Some(problem) = other.problem() {
                return Err(problem.into());
            }
        }
    }
    // PostgreSQL refuses to change the type of a column that a trigger asks about, too.
    let statements = format!("{DROP_VIEWS}SELECT tenantry.release_primary_domain();\n");
    sqlx::raw_sql(sql::adoption(&statements)).execute(&mut *tx).await?;
    let plan = json!({ "statements": statements });
    store::record(&mut tx, OperationId::new(), "platform.release", &engine::origin(program), plan).await?;
    tx.commit().await?;
    server.conn.close().await?;
    Ok(())
}

/// Brings the bookkeeping of a private server's platform up to date; it is ours, and nobody has to be asked.
pub(super) async fn upgrade(engine: &Engine) -> Result<()> {
    let mut tx = engine.begin().await?;
    // First what newer versions have added, then what the tables have become.
    for _ in 0..2 {
        let is_due = match found(&mut tx).await? {
            Found::Older { .. } | Found::Unmapped { .. } => true,
            Found::Platform => store::new_columns(&mut tx).await?.is_some(),
            _ => false,
        };
        if is_due {
            let plan = plan_on(&mut tx, &TableChoice::default()).await?;
            carry_out(&mut tx, &plan, &engine.origin).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// The rule about primary domains follows to whatever table the domains are in.
const GUARD: &str = "SELECT tenantry.guard_primary_domain();\n";

const DROP_VIEWS: &str = "DROP VIEW IF EXISTS tenantry.tenant, tenantry.domain;\n";

async fn plan_on(conn: &mut PgConnection, choice: &TableChoice) -> Result<AdoptionPlan> {
    match found(conn).await? {
        Found::Adoptable { shape } => Ok(adoption(choose(conn, vec![*shape], choice).await?)),
        Found::Several { shapes } => Ok(adoption(choose(conn, shapes, choice).await?)),
        Found::Older { .. } => match migrations::version(conn).await? {
            Version::Older(missing) => {
                Ok(AdoptionPlan::new(Action::Upgrade, None, migrations::upgrade(&missing)))
            }
            Version::Current | Version::Other => Err(NotAPlatform::OtherVersion.into()),
        },
        Found::Unmapped { shapes } => {
            let mapped = mapped(conn, shapes, choice).await?;
            Ok(remapping(choose(conn, mapped, choice).await?))
        }
        Found::Platform => {
            let shapes = shape::read(conn).await?;
            let mapped = mapped(conn, shapes, choice).await?;
            let shape = choose(conn, mapped, choice).await?;
            if is_mapped(conn, &shape).await? {
                Ok(AdoptionPlan::new(Action::Nothing, Some(shape), String::new()))
            } else {
                Ok(remapping(shape))
            }
        }
        other => Err(other.problem().unwrap_or(NotAPlatform::OtherVersion).into()),
    }
}

fn adoption(shape: Shape) -> AdoptionPlan {
    let statements = migrations::adoption(&mapping::statements(&shape));
    AdoptionPlan::new(Action::Adopt, Some(shape), statements)
}

fn remapping(shape: Shape) -> AdoptionPlan {
    let statements =
        format!("{DROP_VIEWS}DELETE FROM tenantry.mapping;\n\n{}\n{GUARD}", mapping::statements(&shape));
    AdoptionPlan::new(Action::Map, Some(shape), statements)
}

/// The one shape that is meant.
async fn choose(conn: &mut PgConnection, mut shapes: Vec<Shape>, choice: &TableChoice) -> Result<Shape> {
    let all: Vec<_> = shapes.iter().map(Shape::label).collect();
    shapes.retain(|shape| {
        is_meant(choice.tenant_table.as_deref(), &shape.tenant_table)
            && is_meant(choice.domain_table.as_deref(), &shape.domain_table)
    });
    match (shapes.pop(), shapes.len()) {
        (Some(shape), 0) => Ok(shape),
        (None, _) if all.is_empty() => {
            let tables = u32::try_from(store::public_tables(conn).await?).unwrap_or(u32::MAX);
            Err(NotAPlatform::Foreign { tables }.into())
        }
        _ => Err(NotAPlatform::Several { tables: all }.into()),
    }
}

/// Where the platform was adopted before, its tables are known; only if they are gone, others are looked for.
async fn mapped(conn: &mut PgConnection, shapes: Vec<Shape>, choice: &TableChoice) -> Result<Vec<Shape>> {
    if *choice != TableChoice::default() {
        return Ok(shapes);
    }
    let tables = store::mapped_tables(conn).await?;
    let is_known = |shape: &&Shape| {
        tables.contains(&shape.tenant_table.to_string()) && tables.contains(&shape.domain_table.to_string())
    };
    let known: Vec<_> = shapes.iter().filter(is_known).cloned().collect();
    Ok(if known.is_empty() { shapes } else { known })
}

fn is_meant(named: Option<&str>, table: &shape::TableName) -> bool {
    named.is_none_or(|name| name == table.table || name == table.to_string())
}

/// Whether the views show what the tables have now.
async fn is_mapped(conn: &mut PgConnection, shape: &Shape) -> Result<bool> {
    for (view, columns) in [("tenant", &shape.tenant_columns), ("domain", &shape.domain_columns)] {
        let mut wanted: Vec<_> = columns
            .iter()
            .map(|c| (c.column.clone(), c.data_type.clone(), c.start.expression().is_some()))
            .collect();
        wanted.sort();
        if store::view_columns(conn, view).await? != wanted {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn carry_out(conn: &mut PgConnection, plan: &AdoptionPlan, origin: &str) -> Result<()> {
    if plan.action == Action::Nothing {
        return Ok(());
    }
    if plan.action == Action::Adopt {
        let server = store::server(conn).await?;
        if !server.may_create_schema {
            let (user, database) = (server.user, server.database);
            let message = format!("the role {user} may not create a schema in the database {database}");
            return Err(Error::NotPermitted { message });
        }
    }
    sqlx::raw_sql(sql::adoption(&plan.statements)).execute(&mut *conn).await?;
    let record = json!({ "statements": plan.statements, "hash": plan.hash });
    store::record(conn, OperationId::new(), plan.action.kind(), origin, record).await?;
    Ok(())
}

impl AdoptionPlan {
    fn new(action: Action, shape: Option<Shape>, statements: String) -> Self {
        let hash = digest::of(&statements);
        Self { action, shape, statements, hash }
    }
}
