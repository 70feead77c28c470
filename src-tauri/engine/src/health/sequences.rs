//! Sequences that would give out a number that is in use.

use sqlx::{Connection as _, PgConnection};

use super::findings::{SequencesRead, Symptom};
use super::store::{self, SequenceRow};
use super::{Symptoms, session};
use crate::operations::Run;
use crate::{Engine, Result};

/// So many tables are read in one transaction, which locks each of them and its indexes for a moment.
const AT_ONCE: usize = 100;
/// A session keeps what it learns of every table, so another one goes on after so many.
const PER_SESSION: usize = 2_000;
/// More tables are not read in one go.
const LIMIT: usize = 10_000;

pub(super) async fn read(
    engine: &Engine,
    conn: &mut PgConnection,
    schemas: &[String],
    run: &Run<'_>,
    symptoms: &mut Symptoms,
) -> Result<SequencesRead> {
    let mut tx = store::begin(conn).await?;
    let mut sequences = store::sequences(&mut tx, schemas).await?;
    tx.rollback().await?;
    let all = sequences.len();
    sequences.truncate(LIMIT);
    let mut read = 0;
    for portion in sequences.chunks(PER_SESSION) {
        let mut conn = session(engine).await?;
        for chunk in portion.chunks(AT_ONCE) {
            run.check()?;
            match behind(&mut conn, chunk, symptoms).await {
                Ok(()) => read += chunk.len(),
                Err(error) if error.stops_everything() => return Err(error),
                // A table went away, or somebody is altering one: these are left for another time.
                Err(error) => tracing::info!(%error, "some sequences were not read"),
            }
        }
        conn.close().await?;
    }
    Ok(SequencesRead { read: number(read), left_out: number(all - read) })
}

async fn behind(conn: &mut PgConnection, chunk: &[SequenceRow], symptoms: &mut Symptoms) -> Result<()> {
    let mut tx = store::begin(conn).await?;
    let rows = store::sequences_behind(&mut tx, chunk).await?;
    tx.rollback().await?;
    for (place, next, max) in rows {
        let Some(row) = usize::try_from(place).ok().and_then(|place| chunk.get(place)) else { continue };
        let (table, column) = (row.table_name.clone(), row.column_name.clone());
        let symptom = Symptom::SequenceBehind { table, column, next, max };
        symptoms.entry(row.schema.clone()).or_default().push(symptom);
    }
    Ok(())
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
