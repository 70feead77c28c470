//! What one new schema is made from: the files of `migrations/tenant`, or another schema.

use std::sync::Arc;

use sqlx::PgConnection;

use super::clone::{self, Rows};
use super::definition::Definition;
use super::{ReferenceRows, store};
use crate::error::{Blocker, Refusal};
use crate::names::SchemaName;
use crate::operations::{Basis, Plan};
use crate::{Engine, Error, Result, digest};

/// The tables that a catalog's own rows fill, where there is a master catalog.
const ATOM_TABLES: [&str; 3] = ["atoms_atomcategory", "atoms_atom", "atoms_atomversion"];

pub(crate) enum Source {
    Files,
    Template { definition: Arc<Definition>, rows: Rows },
}

impl Source {
    /// The blueprint in use.
    ///
    /// # Errors
    /// [`Refusal::NoBlueprint`] on an adopted platform whose operator has not chosen one yet.
    pub async fn in_use(engine: &Engine, conn: &mut PgConnection) -> Result<Self> {
        let choice = store::choice(conn).await?;
        match choice.template {
            Some(template) => {
                let rows = Rows::Reference(choice.reference);
                let definition = engine.definitions.of(conn, &template).await?;
                Ok(Self::Template { definition, rows })
            }
            None if choice.has_files => Ok(Self::Files),
            None => Err(Error::Refused { subject: "blueprint".into(), why: Refusal::NoBlueprint }),
        }
    }

    /// A schema that is to be made again, with everything in it or with the blueprint's rows only.
    pub async fn like(
        engine: &Engine,
        conn: &mut PgConnection,
        template: &SchemaName,
        with_data: bool,
    ) -> Result<Self> {
        let definition = engine.definitions.of(conn, template).await?;
        Ok(Self::Template { definition, rows: rows(conn, template, with_data).await? })
    }

    /// What a plan is carried out with that was made in the same transaction. Whether the template has changed since is not
    /// asked again: what is made from it is compared with what the plan saw.
    pub async fn planned(
        engine: &Engine,
        conn: &mut PgConnection,
        plan: &Plan,
        template: Option<&SchemaName>,
        with_data: bool,
    ) -> Result<Self> {
        let Some(template) = template else { return Ok(Self::Files) };
        let seen = plan.version_of(&structure_of(template));
        let definition = match seen.and_then(|seen| engine.definitions.with_fingerprint(template, seen)) {
            Some(definition) => definition,
            None => engine.definitions.of(conn, template).await?,
        };
        Ok(Self::Template { definition, rows: rows(conn, template, with_data).await? })
    }

    pub fn template(&self) -> Option<&SchemaName> {
        match self {
            Self::Files => None,
            Self::Template { definition, .. } => Some(&definition.template),
        }
    }

    pub fn tables(&self) -> Vec<String> {
        match self {
            Self::Files => super::tables(),
            Self::Template { definition, .. } => {
                definition.tables.iter().map(|table| table.name.clone()).collect()
            }
        }
    }

    /// The tables whose foreign keys point to shared tables.
    pub fn shared_tables(&self) -> Vec<String> {
        match self {
            Self::Files => super::tables_with_shared_keys(),
            Self::Template { definition, .. } => definition.shared_tables.clone(),
        }
    }

    /// Whether the master catalog is to be copied into what is made.
    pub fn takes_master(&self) -> bool {
        match self {
            Self::Files => true,
            Self::Template { rows: Rows::All, .. } => false,
            Self::Template { .. } => {
                let tables = self.tables();
                ATOM_TABLES.iter().all(|atoms| tables.iter().any(|table| table == atoms))
            }
        }
    }

    /// The same without the template's atoms, whose place the master catalog takes.
    #[must_use]
    pub fn without_atoms(self) -> Self {
        match self {
            Self::Template { definition, rows: Rows::Reference(mut rows) } => {
                rows.retain(|rows| !ATOM_TABLES.contains(&rows.table.as_str()));
                Self::Template { definition, rows: Rows::Reference(rows) }
            }
            other => other,
        }
    }

    /// A plan rests on the template as it is, and on the choice of its rows.
    pub fn basis(&self) -> Vec<Basis> {
        let Self::Template { definition, rows } = self else { return Vec::new() };
        let template = &definition.template;
        let structure = Basis { row: structure_of(template), version: definition.fingerprint.clone() };
        let reference = match rows {
            Rows::All => None,
            Rows::Reference(rows) => {
                Some(Basis { row: format!("reference rows of {template}"), version: digest::of(rows) })
            }
        };
        [structure].into_iter().chain(reference).collect()
    }

    /// Makes the schema and everything in it but what locks shared tables, and compares it with the template.
    pub async fn build(&self, conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
        match self {
            Self::Files => super::build(conn, schema).await,
            Self::Template { definition, rows } => {
                clone::build_from(conn, definition, schema, rows).await?;
                clone::prove_own(conn, definition, schema).await
            }
        }
    }

    /// Adds what locks shared tables. Everyone who wants to write to one of these waits until the transaction ends.
    pub async fn connect_shared(&self, conn: &mut PgConnection, schema: &SchemaName) -> Result<()> {
        match self {
            Self::Files => super::connect_shared(conn, schema).await,
            Self::Template { definition, .. } => {
                clone::connect_shared(conn, definition, schema).await?;
                clone::prove_shared(conn, definition, schema).await
            }
        }
    }
}

fn structure_of(template: &SchemaName) -> String {
    format!("structure of {template}")
}

/// Everything, or the rows that come with the structure of a schema: those that were chosen, if it is the blueprint in use.
async fn rows(conn: &mut PgConnection, template: &SchemaName, with_data: bool) -> Result<Rows> {
    if with_data {
        return Ok(Rows::All);
    }
    let choice = store::choice(conn).await?;
    if choice.template.as_ref() == Some(template) {
        return Ok(Rows::Reference(choice.reference));
    }
    let proposed = super::reference::propose(conn, template).await?;
    Ok(Rows::Reference(proposed.into_iter().map(ReferenceRows::from).collect()))
}

/// Whoever holds a lock on a shared table that a new foreign key would have to wait for.
pub(crate) async fn shared_table_blockers(conn: &mut PgConnection) -> Result<Vec<Blocker>> {
    Ok(store::blockers_of_shared(conn).await?)
}
