//! Many tenants from a file.

use serde_json::json;
use tenantry_engine::jobs::{self, Job, JobItem};
use tenantry_engine::tenants::many::{self, ColumnField, ColumnMapping, ManyCheck, Table};
use tenantry_engine::{Result, tenants};

use super::Session;
use crate::args::CreateManyArgs;
use crate::output::Answer;
use crate::words;

impl Session {
    pub(super) async fn create_many(&self, args: CreateManyArgs) -> Result<Answer> {
        let table = many::read(&args.file)?;
        let mapping = self.mapping(&table, &args.map).await?;
        let check = many::check(&self.engine, &table, &mapping).await?;
        // Before anything else is done: then it is known that the file can be written.
        if let Some(path) = &args.result {
            many::write_result(&self.engine, &table, &check, None, path).await?;
        }
        let job = if args.plan { None } else { self.create_new(&check).await? };
        if let (Some(path), Some((job, _))) = (&args.result, &job) {
            many::write_result(&self.engine, &table, &check, Some(job.id), path).await?;
        }
        Ok(answer(&table, &mapping, &check, job.as_ref()))
    }

    async fn mapping(&self, table: &Table, given: &[(String, String)]) -> Result<ColumnMapping> {
        let columns = tenants::attribute_columns(&self.engine).await?;
        let mut mapping = ColumnMapping::propose(&table.headers, &columns);
        for (column, field) in given {
            mapping.set(&table.headers, column, ColumnField::named(field))?;
        }
        Ok(mapping)
    }

    async fn create_new(&self, check: &ManyCheck) -> Result<Option<(Job, Vec<JobItem>)>> {
        let Some(id) = many::create(&self.engine, check).await? else { return Ok(None) };
        let job = self.work_on(id).await?;
        let items = jobs::items(&self.engine, id).await?;
        Ok(Some((job, items)))
    }
}

/// Refused where a row is bad or has failed; the others are done all the same.
fn answer(
    table: &Table,
    mapping: &ColumnMapping,
    check: &ManyCheck,
    job: Option<&(Job, Vec<JobItem>)>,
) -> Answer {
    let columns = table.headers.iter().zip(&mapping.0);
    let columns: Vec<_> =
        columns.map(|(column, stands_for)| json!({ "column": column, "for": stands_for })).collect();
    let (job, items) = job.map(|(job, items)| (job, items)).unzip();
    let value = json!({ "columns": columns, "check": check, "job": job, "items": items });
    let words = words::many::checked(table, mapping, check, job.zip(items.map(Vec::as_slice)));
    Answer { value, words, refused: check.counts.bad > 0 || job.is_some_and(|job| job.failed > 0) }
}
