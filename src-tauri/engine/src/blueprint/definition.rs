//! A template, read: the statements that make a schema like it, in an order in which they can run.

use std::collections::HashMap;

use serde::Serialize;
use specta::Type;
use sqlx::PgConnection;
use sqlx::postgres::types::Oid;

use super::order::{Node, in_order};
use super::store::{self, OwnKey};
use super::structure::{Object, ObjectKind, fingerprint_of, read_all};
use crate::names::SchemaName;
use crate::{Error, Result, sql};

/// In a statement, the schema that is being made, where PostgreSQL wants its name.
const SCHEMA: &str = "{tenantry:schema}";
/// The rows come when the tables are there, and before whatever would act on them: triggers, foreign keys, row security.
pub(super) const LAST_STAGE_BEFORE_ROWS: i32 = 50;

/// How schemas like one template are made.
#[derive(Debug)]
pub struct Definition {
    pub template: SchemaName,
    /// In an order in which they can run.
    pub pieces: Vec<Piece>,
    pub tables: Vec<Table>,
    /// The foreign keys inside the schema.
    pub(super) own_keys: Vec<OwnKey>,
    pub sequences: Vec<String>,
    /// The tables with foreign keys to other schemas.
    pub shared_tables: Vec<String>,
    /// The tables of `public` that these point to.
    pub shared_targets: Vec<String>,
    pub structure: Vec<Object>,
    pub fingerprint: String,
}

/// One statement, or a few that belong together. It names no schema: it makes its object in the first one of the search path.
#[derive(Debug)]
pub struct Piece {
    /// Several pieces may be about one object: a table and its row security.
    pub kind: ObjectKind,
    pub name: String,
    /// Locks tables outside the schema.
    pub shared: bool,
    pub(super) stage: i32,
    /// The statement's beginning, where others with the same beginning can be joined to it with a comma.
    head: Option<String>,
    text: String,
}

/// A table that holds rows of its own.
#[derive(Debug)]
pub struct Table {
    pub name: String,
    /// Those that rows are copied by: the generated ones make themselves.
    pub columns: Vec<String>,
    /// What to select for each of them.
    pub values: Vec<String>,
    pub sequences: Vec<String>,
    /// The columns of the primary key, if there is one.
    pub key: Vec<String>,
    pub part_of: Vec<String>,
}

/// Why a schema cannot be a template: an object of a kind that cannot be made again, or that needs something of another tenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Obstacle {
    /// `view report`
    pub object: String,
    /// `other_tenant.table`
    pub needs: Option<String>,
}

/// Reads a template. The search path is the template afterwards.
///
/// # Errors
/// [`Error::TenantNotFound`] if there is no such schema; [`Error::NotATemplate`] if it cannot be cloned.
pub(crate) async fn read(conn: &mut PgConnection, template: &SchemaName) -> Result<Definition> {
    store::enter(conn, template).await?;
    let mut obstacles = store::obstacles(conn, template).await?;
    let structure = read_all(conn, template).await?;
    if structure.is_empty() {
        return Err(Error::TenantNotFound { schema: template.to_string() });
    }
    let rows = store::pieces(conn, template).await?;
    obstacles.extend(rows.iter().filter(|row| names_itself(row, template)).map(|row| Obstacle {
        object: format!("{} {}", row.kind.word(), row.name),
        needs: Some(template.to_string()),
    }));
    if !obstacles.is_empty() {
        return Err(Error::NotATemplate { schema: template.to_string(), obstacles });
    }
    let pieces = ordered(rows, store::dependencies(conn, template).await?, template)?;
    let shared = store::shared_keys(conn, template).await?;
    Ok(Definition {
        template: template.clone(),
        pieces,
        tables: store::stored_tables(conn, template).await?,
        own_keys: store::own_keys(conn, template).await?,
        sequences: of_kind(&structure, ObjectKind::Sequence),
        shared_tables: shared.tables,
        shared_targets: shared.targets,
        fingerprint: fingerprint_of(&structure),
        structure,
    })
}

fn of_kind(structure: &[Object], kind: ObjectKind) -> Vec<String> {
    structure.iter().filter(|object| object.kind == kind).map(|object| object.name.clone()).collect()
}

/// A name inside a text, such as `nextval('template.numbers'::text)`, would go on meaning the template.
fn names_itself(row: &store::PieceRow, template: &SchemaName) -> bool {
    let names = [format!("'{template}."), format!("'{}.", template.ident())];
    !matches!(row.kind, ObjectKind::Function | ObjectKind::Comment)
        && names.iter().any(|name| row.statement.contains(name))
}

fn ordered(rows: Vec<store::PieceRow>, needs: Vec<store::Need>, template: &SchemaName) -> Result<Vec<Piece>> {
    let mut needed: HashMap<(Oid, Oid), Vec<(Oid, Oid)>> = HashMap::new();
    for need in needs {
        needed.entry((need.catalog, need.id)).or_default().push((need.needs_catalog, need.needs_id));
    }
    let nodes = rows.into_iter().map(|row| {
        let key = row.catalog.zip(row.id);
        let needs = key.and_then(|key| needed.remove(&key)).unwrap_or_default();
        Node { stage: row.stage, key, needs, value: Piece::from(row) }
    });
    in_order(nodes.collect()).map_err(|circle| Error::NotATemplate {
        schema: template.to_string(),
        obstacles: circle
            .iter()
            .map(|piece| Obstacle {
                object: format!("{} {}", piece.kind.word(), piece.name),
                needs: Some("itself, through the other objects named here".into()),
            })
            .collect(),
    })
}

impl Definition {
    /// What makes the tables; what makes the rest, when the rows are there; and what locks tables outside the schema.
    pub fn scripts(&self) -> (String, String, String) {
        let (shared, own): (Vec<_>, Vec<_>) = self.pieces.iter().partition(|piece| piece.shared);
        let last =
            own.iter().rposition(|piece| piece.stage < LAST_STAGE_BEFORE_ROWS).map_or(0, |last| last + 1);
        let (before, after) = own.split_at(last);
        (joined(before), joined(after), joined(&shared))
    }

    /// Everything inside the schema, and what locks tables outside of it.
    pub fn script(&self) -> (String, String) {
        let (before, after, shared) = self.scripts();
        (before + &after, shared)
    }

    /// Whether the object comes with what locks tables outside the schema: a foreign key to one of them, also where a
    /// partition has inherited it, or a comment on it.
    pub fn is_shared(&self, object: &Object) -> bool {
        match object.kind {
            ObjectKind::Constraint => refers_elsewhere(&object.definition),
            kind => self
                .pieces
                .iter()
                .any(|piece| piece.shared && piece.kind == kind && piece.name == object.name),
        }
    }

    /// The pieces of one object, in the order in which they mend it.
    pub fn pieces_of(&self, kind: ObjectKind, name: &str) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |piece| piece.kind == kind && piece.name == name)
    }
}

impl Piece {
    /// The whole statement, as it runs alone.
    pub fn statement(&self) -> String {
        joined(&[self])
    }
}

impl From<store::PieceRow> for Piece {
    fn from(row: store::PieceRow) -> Self {
        let text = if row.statement.contains(SCHEMA) {
            sql::with_current_schema(&row.statement, SCHEMA)
        } else {
            row.statement
        };
        Self { kind: row.kind, name: row.name, shared: row.shared, stage: row.stage, head: row.joins, text }
    }
}

/// A foreign key's target is printed with its schema only where that is another one.
fn refers_elsewhere(constraint: &str) -> bool {
    let Some(target) =
        constraint.strip_prefix("FOREIGN KEY").and_then(|rest| rest.split(" REFERENCES ").nth(1))
    else {
        return false;
    };
    let mut quoted = false;
    let bare = target.chars().take_while(|&c| {
        quoted ^= c == '"';
        quoted || c != '('
    });
    let mut quoted = false;
    bare.into_iter().any(|c| {
        quoted ^= c == '"';
        !quoted && c == '.'
    })
}

/// Neighbours that change one table become one statement, since every statement has its price.
pub(super) fn joined(pieces: &[&Piece]) -> String {
    let mut script = String::new();
    let mut head: Option<&str> = None;
    for piece in pieces {
        match (&piece.head, head) {
            (Some(new), Some(old)) if new == old => script.push_str(", "),
            (new, _) => {
                if !script.is_empty() {
                    script.push_str(";\n");
                }
                if let Some(new) = new {
                    script.push_str(new);
                    script.push(' ');
                }
            }
        }
        script.push_str(piece.text.trim_end());
        head = piece.head.as_deref();
    }
    if !script.is_empty() {
        script.push_str(";\n");
    }
    script
}
