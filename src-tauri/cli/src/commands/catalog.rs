//! The catalog: imported and exported, released, brought to tenants.

use std::path::Path;

use serde_json::json;
use tenantry_engine::Result;
use tenantry_engine::catalog::{
    self, CatalogEdit, CatalogSource, ExportFormat, MASTER, MakeRelease, RetireAtom, SetStartRelease,
    SyncFleet, TenantRetirement,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Intent};

use super::Session;
use crate::catalog_args::{CatalogCommand, RetireArgs, SyncArgs};
use crate::output::Answer;
use crate::progress::Bar;
use crate::words;

impl Session {
    pub(super) async fn catalog(&self, command: CatalogCommand) -> Result<Answer> {
        match command {
            CatalogCommand::Import { path, schema, plan } => {
                let source = match schema {
                    Some(schema) => CatalogSource::Schema { schema: SchemaName::existing(schema) },
                    None => CatalogSource::Path { path: path.unwrap_or_default() },
                };
                self.write(Intent::ImportCatalog(source), plan).await
            }
            CatalogCommand::Export { file, release } => self.export(&file, release.unwrap_or(MASTER)).await,
            CatalogCommand::Release { notes, plan } => {
                self.write(Intent::ReleaseCatalog(MakeRelease { notes }), plan).await
            }
            CatalogCommand::Releases => {
                let releases = catalog::releases(&self.engine).await?;
                let words = words::catalog::releases(&releases);
                Ok(Answer::done(json!(releases), words))
            }
            CatalogCommand::Start { release, plan } => {
                self.write(Intent::SetStartRelease(SetStartRelease { release }), plan).await
            }
            CatalogCommand::Diff { before, after } => {
                let rows = catalog::difference(&self.engine, before, after).await?;
                let words = words::catalog::difference(&rows);
                Ok(Answer::done(json!({ "rows": rows }), words))
            }
            CatalogCommand::Status { schema: Some(schema), release, .. } => {
                let schema = SchemaName::existing(schema);
                let rows = catalog::copy_difference(&self.engine, &schema, release).await?;
                let receipts = catalog::receipts(&self.engine, &schema).await?;
                let words = words::catalog::copy(&rows, &receipts);
                Ok(Answer::done(json!({ "rows": rows, "receipts": receipts }), words))
            }
            CatalogCommand::Status { schema: None, release, deep } => {
                let bar = Bar::new();
                let fleet = if deep {
                    catalog::compare_fleet(&self.engine, None, release, &bar.run(&self.cancel)).await?
                } else {
                    catalog::fleet(&self.engine, release).await?
                };
                let words = words::catalog::fleet(&fleet);
                Ok(Answer::done(json!(fleet), words))
            }
            CatalogCommand::Sync(args) => self.sync(args).await,
            CatalogCommand::Usage { slug } => {
                let bar = Bar::new();
                let usage = catalog::usage(&self.engine, &slug, &bar.run(&self.cancel)).await?;
                let words = words::catalog::usage(&usage);
                Ok(Answer::done(json!(usage), words))
            }
            CatalogCommand::Retire(args) => self.retire(args).await,
        }
    }

    async fn export(&self, file: &str, release: i32) -> Result<Answer> {
        if file == "-" {
            let text = catalog::export(&self.engine, release, ExportFormat::Json).await?;
            let words = text.trim_end().to_owned();
            return Ok(Answer::done(json!({ "release": release, "text": text }), words));
        }
        catalog::export_into(&self.engine, release, Path::new(file)).await?;
        let words = words::catalog::exported(release, file);
        Ok(Answer::done(json!({ "release": release, "file": file }), words))
    }

    /// A job over the tenants that are meant, or what it would come to.
    async fn sync(&self, args: SyncArgs) -> Result<Answer> {
        let schemas =
            (!args.tenant.is_empty()).then(|| args.tenant.into_iter().map(SchemaName::existing).collect());
        let request = SyncFleet {
            schemas,
            release: args.release,
            on_conflict: args.on_conflict.into(),
            decisions: Vec::new(),
            by_receipts: args.by_receipts,
        };
        if args.plan {
            let bar = Bar::new();
            let preview = catalog::preview(&self.engine, &request, &bar.run(&self.cancel)).await?;
            let words = words::catalog::preview(&preview);
            return Ok(Answer::done(json!({ "preview": preview }), words));
        }
        let items = catalog::sync_items(&self.engine, &request).await?;
        if items.is_empty() {
            let words = "Every tenant that is meant is in step, by its receipt.";
            return Ok(Answer::done(json!({ "job": null }), words.into()));
        }
        self.do_job(&items).await
    }

    /// Out of the master catalog first, so that no synchronisation brings it back; then a job for the tenants that have it.
    async fn retire(&self, args: RetireArgs) -> Result<Answer> {
        let tenants = self.retirements(&args).await?;
        let master = self.take_out_of_master(&args).await?;
        let planned = words::catalog::retirement(&tenants);
        let items: Vec<_> = tenants.iter().filter_map(|line| line.item.as_deref().cloned()).collect();
        let mut answer = if args.plan || items.is_empty() {
            Answer::done(json!({}), planned)
        } else {
            let done = self.do_job(&items).await?;
            Answer { words: format!("{planned}\n{}", done.words), ..done }
        };
        answer.value["preview"] = json!({ "tenants": tenants });
        if let Some(master) = master {
            answer.words = format!("{}\n{}", master.words, answer.words);
            answer.value["master"] = master.value;
        }
        answer.refused |= !args.plan && tenants.iter().any(|line| line.refused.is_some());
        Ok(answer)
    }

    /// A line for each tenant that is meant. One that is named and does not have the atom is an error.
    async fn retirements(&self, args: &RetireArgs) -> Result<Vec<TenantRetirement>> {
        let (how, bar) = (args.how(), Bar::new());
        let mut tenants = catalog::preview_retirement(&self.engine, &args.slug, &how, &bar.run(&self.cancel))
            .await?
            .tenants;
        for schema in args.tenant.iter().map(SchemaName::existing) {
            if !tenants.iter().any(|line| line.schema == schema) {
                let request = RetireAtom { schema, slug: args.slug.clone(), how: how.clone() };
                operations::plan(&self.engine, Intent::RetireAtom(request)).await?;
            }
        }
        if !args.tenant.is_empty() {
            tenants.retain(|line| args.tenant.iter().any(|schema| schema == line.schema.as_str()));
        }
        Ok(tenants)
    }

    /// `None` where the master catalog has it no longer.
    async fn take_out_of_master(&self, args: &RetireArgs) -> Result<Option<Answer>> {
        let master = catalog::master(&self.engine).await?;
        if !master.atoms.iter().any(|atom| atom.slug == args.slug) {
            return Ok(None);
        }
        let edit = CatalogEdit { remove_atoms: vec![args.slug.clone()], ..CatalogEdit::default() };
        self.write(Intent::EditCatalog(edit), args.plan).await.map(Some)
    }
}
