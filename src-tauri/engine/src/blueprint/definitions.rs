//! The definitions of templates, kept as long as they are true.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use sqlx::PgConnection;

use super::definition::{self, Definition};
use super::store;
use crate::names::SchemaName;
use crate::{Engine, Result};

/// Templates are few.
const KEPT: usize = 8;

/// What a template is made of, and the statements that make another schema like it.
///
/// # Errors
/// [`Error::TenantNotFound`](crate::Error::TenantNotFound) if there is no such schema;
/// [`Error::NotATemplate`](crate::Error::NotATemplate) if it cannot be cloned.
pub async fn define(engine: &Engine, template: &SchemaName) -> Result<Arc<Definition>> {
    let mut tx = engine.begin().await?;
    let definition = engine.definitions.of(&mut tx, template).await?;
    tx.rollback().await?;
    Ok(definition)
}

/// Reading a template takes longer than asking whether it has changed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Definitions(Arc<Mutex<HashMap<SchemaName, Kept>>>);

#[derive(Debug)]
struct Kept {
    version: String,
    definition: Arc<Definition>,
}

impl Definitions {
    /// The definition of a template as it is now. The search path is the template afterwards, or what it was before.
    pub async fn of(&self, conn: &mut PgConnection, template: &SchemaName) -> Result<Arc<Definition>> {
        let version = store::catalog_version(conn, template).await?;
        if let Some(definition) = self.kept(template, &version) {
            return Ok(definition);
        }
        let definition = Arc::new(definition::read(conn, template).await?);
        self.keep(template, version, &definition);
        Ok(definition)
    }

    /// The definition that has a fingerprint, if it is still known. Nobody is asked whether the template is still like that.
    pub fn with_fingerprint(&self, template: &SchemaName, fingerprint: &str) -> Option<Arc<Definition>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let definition = &kept.get(template)?.definition;
        (definition.fingerprint == fingerprint).then(|| Arc::clone(definition))
    }

    fn kept(&self, template: &SchemaName, version: &str) -> Option<Arc<Definition>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(template).filter(|kept| kept.version == version).map(|kept| Arc::clone(&kept.definition))
    }

    fn keep(&self, template: &SchemaName, version: String, definition: &Arc<Definition>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(template.clone(), Kept { version, definition: Arc::clone(definition) });
    }
}
