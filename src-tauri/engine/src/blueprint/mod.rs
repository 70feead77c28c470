//! How a new tenant's schema gets its structure: the files of `migrations/tenant`, in order.
//!
//! What refers to shared tables stands in files of its own, because a foreign key to a table locks it until the
//! transaction ends; those run last.

mod behind;
mod choice;
pub(crate) mod clone;
mod definition;
mod definitions;
mod mend;
mod order;
mod reference;
mod source;
mod store;
pub(crate) mod structure;

pub(crate) use behind::behind;
pub use choice::{Choice, UseBlueprint, choice};
pub(crate) use choice::{choose_first, lock, make, plan_use, template};
pub use clone::{Rows, clone_schema};
pub use definition::{Definition, Obstacle, Piece, Table};
pub(crate) use definitions::Definitions;
pub use definitions::define;
pub(crate) use mend::{Repair, Script, repair};
pub use reference::{Reason, ReferenceRows, ReferenceTable, propose_reference_rows};
pub(crate) use source::{Source, shared_table_blockers};
pub(crate) use store::{OwnKey, enter, leave};
pub use structure::{Object, ObjectKind, fingerprint};
pub(crate) use structure::{compare as compare_structures, read as read_structure};

use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::error::Blocker;
use crate::names::SchemaName;
use crate::{Result, sql};

/// One file of `migrations/tenant`.
pub(crate) struct Part {
    pub version: i32,
    pub description: &'static str,
    pub sql: &'static str,
    /// Locks tables of `public`.
    pub shared: bool,
}

/// The structure that a fresh platform's tenants have.
pub(crate) const PARTS: &[Part] = &[
    Part {
        version: 1,
        description: "tables",
        sql: include_str!("../../../../migrations/tenant/0001_tables.sql"),
        shared: false,
    },
    Part {
        version: 2,
        description: "shared keys",
        sql: include_str!("../../../../migrations/tenant/0002_shared_keys.sql"),
        shared: true,
    },
];

/// The tables that a tenant's schema is made of, as the blueprint's text names them.
pub(crate) fn tables() -> Vec<String> {
    let creates =
        PARTS.iter().flat_map(|part| part.sql.lines()).filter_map(|line| line.strip_prefix("CREATE TABLE "));
    creates.filter_map(|rest| rest.split([' ', '(']).next()).map(str::to_owned).collect()
}

/// The tables whose foreign keys point to shared tables.
pub(crate) fn tables_with_shared_keys() -> Vec<String> {
    let shared = PARTS.iter().filter(|part| part.shared).flat_map(|part| part.sql.lines());
    let alters = shared.filter_map(|line| line.strip_prefix("ALTER TABLE "));
    alters.filter_map(|rest| rest.split([' ', '(']).next()).map(str::to_owned).collect()
}

/// Makes the schema and everything in it but the foreign keys to shared tables.
pub(crate) async fn build(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    sqlx::raw_sql(sql::build_schema(schema, &statements(false))).execute(&mut *conn).await?;
    let versions: Vec<_> = PARTS.iter().map(|part| part.version).collect();
    let descriptions: Vec<_> = PARTS.iter().map(|part| part.description.to_owned()).collect();
    let checksums: Vec<_> = PARTS.iter().map(|part| Sha256::digest(part.sql).to_vec()).collect();
    store::record_parts(conn, schema, &versions, &descriptions, &checksums).await?;
    Ok(())
}

/// Adds the foreign keys to shared tables. Everyone who wants to write to one of these waits until the transaction ends.
pub(crate) async fn connect_shared(conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
    sqlx::raw_sql(sql::in_schema(schema, &statements(true))).execute(conn).await?;
    Ok(())
}

fn statements(shared: bool) -> String {
    PARTS.iter().filter(|part| part.shared == shared).map(|part| part.sql).collect()
}

impl From<store::BlockerRow> for Blocker {
    fn from(row: store::BlockerRow) -> Self {
        let seconds = u32::try_from(row.seconds).unwrap_or(0);
        Self { pid: row.pid, user: row.user, application: row.application, seconds }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_blueprint_names_its_tables() {
        let tables = tables();
        for table in [
            "atoms_atom",
            "atoms_atomcategory",
            "atoms_atomversion",
            "django_migrations",
            "workflows_workflowrun",
        ] {
            assert!(tables.iter().any(|t| t == table), "{table} is missing in {tables:?}");
        }
        assert_eq!(tables.len(), 10);
    }

    #[test]
    fn only_the_shared_part_refers_to_public_tables() {
        for part in PARTS {
            let refers =
                part.sql.lines().any(|line| !line.trim_start().starts_with("--") && line.contains("public."));
            assert_eq!(refers, part.shared, "{}", part.description);
        }
    }
}
