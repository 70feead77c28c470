//! The structure of schemas, read from the catalog in a form that does not depend on the schema's own name.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;

use super::store::enter;
use crate::names::SchemaName;
use crate::{Engine, Error, Result, digest};

/// One object of a tenant schema, with its definition as PostgreSQL prints it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Object {
    pub kind: ObjectKind,
    /// `table`, or `table.object`; for comments, owners and grants, what they are about: `column table.column`.
    pub name: String,
    pub definition: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Type, sqlx::Type)]
#[serde(rename_all = "snake_case")]
#[sqlx(rename_all = "snake_case", type_name = "text")]
pub enum ObjectKind {
    Table,
    Column,
    Constraint,
    Index,
    Sequence,
    View,
    MaterializedView,
    Function,
    Trigger,
    Rule,
    Type,
    Policy,
    Statistics,
    Comment,
    Owner,
    Grant,
    /// What a template cannot hold, such as an operator. It counts, so that it is not overlooked.
    Other,
}

impl ObjectKind {
    /// In one word or two, as SQL calls it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Column => "column",
            Self::Constraint => "constraint",
            Self::Index => "index",
            Self::Sequence => "sequence",
            Self::View => "view",
            Self::MaterializedView => "materialized view",
            Self::Function => "function",
            Self::Trigger => "trigger",
            Self::Rule => "rule",
            Self::Type => "type",
            Self::Policy => "policy",
            Self::Statistics => "statistics",
            Self::Comment => "comment on",
            Self::Owner => "owner of",
            Self::Grant => "grants on",
            Self::Other => "object",
        }
    }

    /// Says who may do what, rather than what is there.
    pub(super) fn is_access(self) -> bool {
        matches!(self, Self::Owner | Self::Grant)
    }
}

/// A digest of everything that a schema is made of, but its rows. Equal schemas have equal fingerprints, whatever they are
/// called, in whatever order they came to be, and whatever their sequences count.
///
/// # Errors
/// [`Error::TenantNotFound`] if there is no such schema.
pub async fn fingerprint(engine: &Engine, schema: &SchemaName) -> Result<String> {
    let mut tx = engine.begin().await?;
    let objects = read_all(&mut tx, schema).await?;
    tx.rollback().await?;
    // The schema's own owner is there even when nothing else is.
    if objects.is_empty() {
        return Err(Error::TenantNotFound { schema: schema.to_string() });
    }
    Ok(fingerprint_of(&objects))
}

/// The fingerprint of a structure that [`read_all`] has read.
pub(crate) fn fingerprint_of(objects: &[Object]) -> String {
    digest::of(&objects)
}

/// Reads everything that a schema is made of, in an order that is the same for equal schemas: columns as they stand in their
/// table, everything else by name. The search path is that schema afterwards: so names of its own are printed bare, and
/// names of `public` stay qualified.
pub(crate) async fn read_all(conn: &mut PgConnection, schema: &SchemaName) -> Result<Vec<Object>> {
    enter(conn, schema).await?;
    let objects = sqlx::query_file_as!(Object, "src/blueprint/structure.sql", schema.as_str());
    Ok(objects.fetch_all(conn).await?)
}

/// Reads what a schema is made of, without who may do what: tenants that were made by different roles have the same structure.
pub(crate) async fn read(conn: &mut PgConnection, schema: &SchemaName) -> Result<BTreeSet<Object>> {
    let objects = read_all(conn, schema).await?;
    Ok(objects.into_iter().filter(|object| !object.kind.is_access()).collect())
}

/// How a structure differs from the wanted one.
pub(crate) struct Difference {
    pub missing: Vec<Object>,
    pub extra: Vec<Object>,
    /// Wanted first, found second.
    pub changed: Vec<(Object, Object)>,
}

pub(crate) fn compare<'a>(
    wanted: impl IntoIterator<Item = &'a Object>,
    found: impl IntoIterator<Item = &'a Object>,
) -> Difference {
    let (wanted, mut found) = (by_name(wanted), by_name(found));
    let mut difference = Difference { missing: Vec::new(), extra: Vec::new(), changed: Vec::new() };
    for (key, object) in wanted {
        match found.remove(&key) {
            None => difference.missing.push(object),
            Some(other) if other.definition != object.definition => difference.changed.push((object, other)),
            Some(_) => {}
        }
    }
    difference.extra = found.into_values().collect();
    difference
}

fn by_name<'a>(objects: impl IntoIterator<Item = &'a Object>) -> BTreeMap<(ObjectKind, String), Object> {
    objects.into_iter().map(|object| ((object.kind, object.name.clone()), object.clone())).collect()
}
