//! Django's ledgers: what each tenant's says against the reference's, and against the tables that are there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use sqlx::PgConnection;

use super::findings::Symptom;
use super::fleet::Fleet;
use super::{Symptoms, most_common, store};
use crate::Result;
use crate::names::SchemaName;

/// So many ledgers are read in one statement.
const AT_ONCE: usize = 200;

/// App and migration.
type Rows = BTreeSet<(String, String)>;

/// The ledgers of a fleet. Most are equal, and each kind is kept once.
pub(super) struct Ledgers {
    digest_of: HashMap<SchemaName, String>,
    rows_of: HashMap<String, Rows>,
}

impl Ledgers {
    pub async fn read(conn: &mut PgConnection, schemas: &[SchemaName]) -> Result<Self> {
        let mut digest_of = HashMap::new();
        for chunk in schemas.chunks(AT_ONCE) {
            match digests(conn, chunk).await {
                Ok(digests) => digest_of.extend(digests),
                Err(error) if error.stops_everything() => return Err(error),
                // One that went away or is locked must not hide the others.
                Err(_) => digest_of.extend(one_by_one(conn, chunk).await?),
            }
        }
        let representative_of: BTreeMap<&String, &SchemaName> =
            digest_of.iter().map(|(schema, digest)| (digest, schema)).collect();
        let representatives: Vec<_> = representative_of.into_iter().collect();
        let mut rows_of: HashMap<String, Rows> = HashMap::new();
        for chunk in representatives.chunks(AT_ONCE) {
            let schemas: Vec<_> = chunk.iter().map(|(_, schema)| (*schema).clone()).collect();
            let mut tx = store::begin(conn).await?;
            for (place, app, name) in store::ledger_rows(&mut tx, &schemas).await? {
                if let Some((digest, _)) = usize::try_from(place).ok().and_then(|place| chunk.get(place)) {
                    rows_of.entry((*digest).clone()).or_default().insert((app, name));
                }
            }
            tx.rollback().await?;
        }
        Ok(Self { digest_of, rows_of })
    }

    /// The first of these schemas whose ledger is the one that most of them have.
    pub fn typical_of<'a>(&self, schemas: &'a [SchemaName]) -> Option<&'a SchemaName> {
        let common = most_common(schemas.iter().filter_map(|schema| self.digest_of.get(schema)))?;
        schemas.iter().find(|schema| self.digest_of.get(schema) == Some(common))
    }

    /// Where a ledger has fewer or more rows than the reference's.
    pub fn compare(&self, fleet: &Fleet, symptoms: &mut Symptoms) {
        let Some(wanted) = fleet.reference(self).and_then(|reference| self.wanted(&reference)) else {
            return;
        };
        for schema in &fleet.present {
            let Some(found) = self.rows(schema).filter(|found| *found != wanted) else { continue };
            let list = |rows: &Rows, without: &Rows| -> Vec<String> {
                rows.difference(without).map(|(app, name)| format!("{app}.{name}")).collect()
            };
            let (behind, more) = (list(wanted, found), list(found, wanted));
            let told = symptoms.entry(schema.clone()).or_default();
            if !behind.is_empty() {
                told.push(Symptom::LedgerBehind { migrations: behind });
            }
            if !more.is_empty() {
                told.push(Symptom::LedgerHasMore { migrations: more });
            }
        }
    }

    /// What a schema's ledger says of an app, against the app's tables. Which app a table is of is seen from its name,
    /// as Django makes it: a table that was given another name is of none.
    pub fn against_tables(
        &self,
        schema: &SchemaName,
        reference: &SchemaName,
        tables: &[String],
        missing: &HashSet<String>,
    ) -> Vec<Symptom> {
        let (Some(wanted), Some(found)) = (self.wanted(reference), self.rows(schema)) else {
            return Vec::new();
        };
        let (wanted, found) = (apps(wanted), apps(found));
        let mut of_app: BTreeMap<&str, (Vec<String>, Vec<String>)> = BTreeMap::new();
        for table in tables {
            let labels = wanted.iter().chain(&found).copied();
            let app = labels.filter(|label| is_of(table, label)).max_by_key(|label| label.len());
            let Some(app) = app else { continue };
            let (there, lacking) = of_app.entry(app).or_default();
            if missing.contains(table) { lacking } else { there }.push(table.clone());
        }
        let mut told = Vec::new();
        for (app, (there, lacking)) in of_app {
            if found.contains(app) && !lacking.is_empty() {
                told.push(Symptom::LedgerAhead { app: app.into(), tables: lacking });
            }
            if !found.contains(app) && !there.is_empty() {
                told.push(Symptom::LedgerUnrecorded { app: app.into(), tables: there });
            }
        }
        told
    }

    fn rows(&self, schema: &SchemaName) -> Option<&Rows> {
        static EMPTY: Rows = Rows::new();
        self.digest_of.get(schema).map(|digest| self.rows_of.get(digest).unwrap_or(&EMPTY))
    }

    /// The reference's rows; those that most of the fleet have where a template has none.
    fn wanted(&self, reference: &SchemaName) -> Option<&Rows> {
        self.rows(reference).filter(|rows| !rows.is_empty()).or_else(|| {
            let common = most_common(self.digest_of.values())?;
            self.rows_of.get(common)
        })
    }
}

async fn digests(conn: &mut PgConnection, schemas: &[SchemaName]) -> Result<Vec<(SchemaName, String)>> {
    let mut tx = store::begin(conn).await?;
    let rows = store::ledger_digests(&mut tx, schemas).await?;
    tx.rollback().await?;
    let schema = |place: i32| usize::try_from(place).ok().and_then(|place| schemas.get(place)).cloned();
    Ok(rows.into_iter().filter_map(|(place, digest)| Some((schema(place)?, digest))).collect())
}

async fn one_by_one(conn: &mut PgConnection, schemas: &[SchemaName]) -> Result<Vec<(SchemaName, String)>> {
    let mut found = Vec::new();
    for schema in schemas {
        match digests(conn, std::slice::from_ref(schema)).await {
            Ok(digests) => found.extend(digests),
            Err(error) if error.stops_everything() => return Err(error),
            Err(error) => tracing::warn!(%error, %schema, "the ledger could not be read"),
        }
    }
    Ok(found)
}

fn apps(rows: &Rows) -> BTreeSet<&str> {
    rows.iter().map(|(app, _)| app.as_str()).collect()
}

fn is_of(table: &str, app: &str) -> bool {
    table.strip_prefix(app).is_some_and(|rest| rest.starts_with('_'))
}
