//! What becomes of tenants after their creation, and taking it back.

use serde_json::json;
use tenantry_engine::Result;
use tenantry_engine::blueprint::{self, ReferenceRows, UseBlueprint};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Intent, OperationId, UndoOperation};
use tenantry_engine::tenants::{
    self, Attribute, CloneTenant, CreateTenant, OnTaken, PurgeTenant, RenameTenant, RestoreTenant, SetActive,
    TenantRef,
};
use uuid::Uuid;

use super::Session;
use crate::args::{BlueprintCommand, CloneArgs, RenameArgs, Several};
use crate::output::Answer;
use crate::words;

impl Session {
    pub(super) async fn rename(&self, args: RenameArgs) -> Result<Answer> {
        let RenameArgs { schema, new_schema, name, plan } = args;
        let schema = SchemaName::existing(schema);
        let request = RenameTenant { schema, new_schema, new_name: name };
        self.write(Intent::RenameTenant(request), plan).await
    }

    pub(super) async fn clone_tenant(&self, args: CloneArgs) -> Result<Answer> {
        let attributes = args.set.into_iter().map(|(column, value)| Attribute { column, value: Some(value) });
        let tenant = CreateTenant {
            name: args.name.unwrap_or_else(|| args.new_schema.clone()),
            schema: args.new_schema,
            primary_domain: args.domain,
            aliases: Vec::new(),
            attributes: attributes.collect(),
            on_taken_alias: OnTaken::Fail,
        };
        let source = SchemaName::existing(args.schema);
        let request = CloneTenant { source, with_data: args.data, tenant };
        self.write(Intent::CloneTenant(request), args.plan).await
    }

    pub(super) async fn set_active(&self, several: Several, active: bool) -> Result<Answer> {
        self.each(several, |schema| Intent::SetActive(SetActive { schema, active })).await
    }

    pub(super) async fn delete(&self, several: Several) -> Result<Answer> {
        self.each(several, |schema| Intent::DeleteTenant(TenantRef { schema })).await
    }

    pub(super) async fn purge(&self, several: Several) -> Result<Answer> {
        self.each(several, |schema| Intent::PurgeTenant(PurgeTenant { schema })).await
    }

    pub(super) async fn restore(
        &self,
        schema: String,
        new_schema: Option<String>,
        plan: bool,
    ) -> Result<Answer> {
        let request = RestoreTenant { schema: SchemaName::existing(schema), new_schema };
        self.write(Intent::RestoreTenant(request), plan).await
    }

    pub(super) async fn trash(&self) -> Result<Answer> {
        let trash = tenants::trash(&self.engine).await?;
        let words = words::life::trash(&trash);
        Ok(Answer::done(json!({ "tenants": trash }), words))
    }

    pub(super) async fn undo(&self, operation: Uuid, plan: bool) -> Result<Answer> {
        let request = UndoOperation { operation: OperationId(operation) };
        self.write(Intent::Undo(request), plan).await
    }

    pub(super) async fn blueprint(&self, command: BlueprintCommand) -> Result<Answer> {
        match command {
            BlueprintCommand::List { propose } => {
                let choice = blueprint::choice(&self.engine).await?;
                let proposed = match propose.map(SchemaName::existing).or_else(|| choice.template.clone()) {
                    Some(template) => blueprint::propose_reference_rows(&self.engine, &template).await?,
                    None => Vec::new(),
                };
                let words = words::life::blueprint(&choice, &proposed);
                Ok(Answer::done(json!({ "blueprint": choice, "proposed": proposed }), words))
            }
            BlueprintCommand::Use { schema, files: _, reference_table, plan } => {
                let request = UseBlueprint {
                    template: schema.map(SchemaName::existing),
                    reference: (!reference_table.is_empty())
                        .then(|| reference_table.into_iter().map(ReferenceRows::all_of).collect()),
                };
                self.write(Intent::UseBlueprint(request), plan).await
            }
        }
    }

    /// One tenant at once; several as a job.
    async fn each(&self, several: Several, intent: impl Fn(SchemaName) -> Intent) -> Result<Answer> {
        let Several { mut schemas, plan } = several;
        if schemas.len() == 1 {
            let schema = SchemaName::existing(schemas.remove(0));
            return self.write(intent(schema), plan).await;
        }
        let mut plans = Vec::with_capacity(schemas.len());
        for schema in schemas {
            plans.push(operations::plan(&self.engine, intent(SchemaName::existing(schema))).await?);
        }
        if plan {
            let words = plans.iter().map(words::plan).collect::<Vec<_>>().join("\n");
            return Ok(Answer::done(json!({ "plans": plans }), words));
        }
        let items: Vec<_> = plans.iter().map(Into::into).collect();
        self.do_job(&items).await
    }
}
