//! Looking at a database before anything is done to it.

use serde::Serialize;
use specta::Type;
use sqlx::{Connection as _, PgConnection};

use super::migrations::{self, Version};
use super::shape::{self, Shape};
use super::{server, store};
use crate::Result;
use crate::connection::Connection;
use crate::error::{NotAPlatform, ReadOnly};

/// What a server and its database are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    /// As the server gives it: `18.4`.
    pub server_version: String,
    pub database: String,
    pub user: String,
    /// Why nothing can be written, where nothing can.
    pub read_only: Option<ReadOnly>,
    /// Whether the role may make our schema.
    pub may_create_schema: bool,
    pub found: Found,
}

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "found", rename_all = "snake_case")]
pub enum Found {
    /// Nothing: a platform can be made.
    Empty,
    /// A platform that can be opened.
    Platform,
    /// A platform whose bookkeeping lacks these migrations.
    Older { missing: Vec<String> },
    /// A platform whose bookkeeping another version has made.
    OtherVersion,
    /// A platform whose views are gone.
    Unmapped { shapes: Vec<Shape> },
    /// Somebody's tenants, which can be adopted.
    Adoptable { shape: Box<Shape> },
    /// Several tables that could be the tenant table.
    Several { shapes: Vec<Shape> },
    /// A schema of our name that is not ours.
    Occupied,
    /// Tables, and none of tenants.
    Foreign { tables: u32 },
}

/// Looks at a server and its database. Nothing is written.
///
/// # Errors
/// [`NoDatabase`](crate::Error::NoDatabase) if PostgreSQL does not answer, [`NotAPlatform::OldServer`].
pub async fn inspect(connection: &Connection, program: &str) -> Result<Inspection> {
    let mut server = server::reach(connection, program).await?;
    let mut tx = server.conn.begin().await?;
    let row = store::server(&mut tx).await?;
    let found = found(&mut tx).await?;
    server::end(tx).await?;
    server.conn.close().await?;
    Ok(Inspection {
        server_version: row.server_version,
        database: row.database,
        user: row.user,
        read_only: server.read_only,
        may_create_schema: row.may_create_schema,
        found,
    })
}

pub(super) async fn found(conn: &mut PgConnection) -> Result<Found> {
    if store::has_console(conn).await? {
        return match migrations::version(conn).await? {
            Version::Other => Ok(Found::OtherVersion),
            Version::Older(missing) => {
                Ok(Found::Older { missing: missing.iter().map(|m| m.description.to_string()).collect() })
            }
            Version::Current if store::has_views(conn).await? => Ok(Found::Platform),
            Version::Current => Ok(Found::Unmapped { shapes: shape::read(conn).await? }),
        };
    }
    if store::has_schema(conn).await? {
        return Ok(Found::Occupied);
    }
    let mut shapes = shape::read(conn).await?;
    match (shapes.pop(), shapes.len()) {
        (Some(shape), 0) => Ok(Found::Adoptable { shape: Box::new(shape) }),
        (Some(shape), _) => {
            shapes.push(shape);
            Ok(Found::Several { shapes })
        }
        (None, _) => match store::public_tables(conn).await? {
            0 => Ok(Found::Empty),
            tables => Ok(Found::Foreign { tables: u32::try_from(tables).unwrap_or(u32::MAX) }),
        },
    }
}

impl Found {
    /// The answer to whoever wants to open it as it is; `None` if they can.
    pub fn problem(&self) -> Option<NotAPlatform> {
        Some(match self {
            Self::Platform => return None,
            Self::Empty => NotAPlatform::Empty,
            Self::Older { missing } => NotAPlatform::Older { missing: missing.clone() },
            Self::OtherVersion => NotAPlatform::OtherVersion,
            Self::Unmapped { .. } => NotAPlatform::Unmapped,
            Self::Adoptable { shape } => NotAPlatform::Adoptable { table: shape.tenant_table.to_string() },
            Self::Several { shapes } => {
                NotAPlatform::Several { tables: shapes.iter().map(Shape::label).collect() }
            }
            Self::Occupied => NotAPlatform::Occupied,
            Self::Foreign { tables } => NotAPlatform::Foreign { tables: *tables },
        })
    }
}
