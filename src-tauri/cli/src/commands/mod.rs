//! From arguments to the engine and back.

mod catalog;
mod domains;
mod jobs;
mod life;
mod many;

use serde_json::{Value, json};
use tenantry_engine::connection::Connection;
use tenantry_engine::embedded::{Binaries, DataDir};
use tenantry_engine::health;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Applied, Filter, Finding, Intent, Plan};
use tenantry_engine::tenants::{self, Attribute, CreateTenant, MendTenant, OnTaken};
use tenantry_engine::verify::{self, Verdict};
use tenantry_engine::{Engine, Error, Result, blueprint, example, platform};
use tokio_util::sync::CancellationToken;

use crate::adoption;
use crate::args::{Args, Command, CreateArgs, HealthArgs, OnConflict, PlatformCommand, TenantCommand};
use crate::output::Answer;
use crate::progress::{self, Bar};
use crate::words;

pub const PROGRAM: &str = "tenantry";
/// How often a plan is made again because the platform changed under it.
const ATTEMPTS: usize = 3;

pub async fn run(args: Args, cancel: CancellationToken) -> Result<Answer> {
    if let (Command::Platform(command), Some(connection)) = (&args.command, connection(&args)?)
        && let Some(answer) = adoption::run(&connection, command).await?
    {
        return Ok(answer);
    }
    let engine = open(&args).await?;
    let answer = Session { engine: engine.clone(), cancel }.run(args.command).await;
    close(engine).await;
    answer
}

/// What was done is answered also if the server is slow to stop.
pub async fn close(engine: Engine) {
    if let Err(error) = engine.close().await {
        tracing::warn!(%error, "the platform was not closed in order");
    }
}

/// The server that was named, if one was.
fn connection(args: &Args) -> Result<Option<Connection>> {
    let Some(url) = &args.database_url else { return Ok(None) };
    let connection = Connection::from_url(url)?;
    Ok(Some(Connection { weaker_reason: args.tls_reason.clone(), ..connection }))
}

async fn open(args: &Args) -> Result<Engine> {
    if let Some(connection) = connection(args)? {
        return Engine::open(&connection, PROGRAM).await;
    }
    let folder = args.data_dir.clone().map_or_else(DataDir::default_for_user, DataDir::at);
    Engine::open_private(folder, Binaries::locate()?, PROGRAM).await
}

pub async fn init_answer(engine: &Engine, made: bool) -> Result<Answer> {
    let status = platform::status(engine).await?;
    let words = if made {
        "The platform was made.".into()
    } else {
        "The platform is there already; nothing was changed.".into()
    };
    Ok(Answer::done(json!({ "created": made, "status": status }), words))
}

struct Session {
    engine: Engine,
    cancel: CancellationToken,
}

impl Session {
    async fn run(&self, command: Command) -> Result<Answer> {
        match command {
            Command::Status => self.status().await,
            // A private server's platform is made when it is first opened.
            Command::Platform(PlatformCommand::Init) => init_answer(&self.engine, self.engine.is_new()).await,
            Command::Platform(PlatformCommand::Example) => self.example().await,
            Command::Platform(PlatformCommand::Fingerprint { schema }) => self.fingerprint(schema).await,
            Command::Platform(_) => Err(Error::NotPermitted {
                message: "the private server is Tenantry's own; name the database of another one".into(),
            }),
            Command::Tenant(command) => self.tenant(command).await,
            Command::Domain(command) => self.domain(command).await,
            Command::Catalog(command) => self.catalog(command).await,
            Command::Verify { schema } => self.verify(schema).await,
            Command::Health(args) => self.health(args).await,
            Command::Blueprint(command) => self.blueprint(command).await,
            Command::Jobs => self.jobs().await,
            Command::Job(command) => self.job(command).await,
            Command::Undo { operation, plan } => self.undo(operation, plan).await,
            Command::Journal { search, limit } => self.journal(search, limit).await,
            Command::Server => self.server().await,
        }
    }

    async fn status(&self) -> Result<Answer> {
        let status = platform::status(&self.engine).await?;
        let words = words::status(&status);
        Ok(Answer::done(json!(status), words))
    }

    async fn example(&self) -> Result<Answer> {
        let bar = Bar::new();
        let items = example::load(&self.engine, &bar.run(&self.cancel)).await?;
        Ok(Answer::items(&items, words::items(&items)))
    }

    async fn fingerprint(&self, schema: String) -> Result<Answer> {
        let schema = SchemaName::existing(schema);
        let fingerprint = blueprint::fingerprint(&self.engine, &schema).await?;
        Ok(Answer::done(json!({ "schema": schema, "fingerprint": fingerprint }), fingerprint))
    }

    async fn tenant(&self, command: TenantCommand) -> Result<Answer> {
        match command {
            TenantCommand::Create(args) => self.create(args).await,
            TenantCommand::Clone(args) => self.clone_tenant(args).await,
            TenantCommand::CreateMany(args) => self.create_many(args).await,
            TenantCommand::Rename(args) => self.rename(args).await,
            TenantCommand::Mend { schema, like, plan } => {
                let (schema, like) = (SchemaName::existing(schema), like.map(SchemaName::existing));
                self.write(Intent::MendTenant(MendTenant { schema, like }), plan).await
            }
            TenantCommand::Suspend(several) => self.set_active(several, false).await,
            TenantCommand::Resume(several) => self.set_active(several, true).await,
            TenantCommand::Delete(several) => self.delete(several).await,
            TenantCommand::Trash => self.trash().await,
            TenantCommand::Restore { schema, new_schema, plan } => {
                self.restore(schema, new_schema, plan).await
            }
            TenantCommand::Purge(several) => self.purge(several).await,
            TenantCommand::List => {
                let tenants = tenants::list(&self.engine).await?;
                let words = words::tenants(&tenants);
                Ok(Answer::done(json!({ "tenants": tenants }), words))
            }
            TenantCommand::Show { schema } => {
                let page = tenants::page(&self.engine, &SchemaName::existing(schema)).await?;
                let words = words::page(&page);
                Ok(Answer::done(json!(page), words))
            }
        }
    }

    async fn create(&self, args: CreateArgs) -> Result<Answer> {
        let schema = match args.schema {
            Some(schema) => schema,
            None => tenants::suggest_schema(&self.engine, &args.name).await?,
        };
        let attributes = args.set.into_iter().map(|(column, value)| Attribute { column, value: Some(value) });
        let request = CreateTenant {
            name: args.name,
            schema: schema.clone(),
            primary_domain: args.domain,
            aliases: args.alias,
            attributes: attributes.collect(),
            on_taken_alias: args.on_alias_conflict.into(),
        };
        let plan = operations::plan(&self.engine, Intent::CreateTenant(request)).await?;
        if args.plan {
            return Ok(Answer::plan(&plan));
        }
        let applied = self.apply(plan).await?;
        // It is there, whether or not it can be read just now.
        let tenant = tenants::find(&self.engine, &SchemaName::existing(schema)).await.ok();
        let mut value = json!({
            "operation": applied.operation,
            "created": applied.operation.is_some(),
            "tenant": tenant.map(|t| json!({ "schema": t.schema, "name": t.name })),
            "domains": words::domain_outcomes(&applied.plan),
            "catalog": words::seeded(&applied.plan),
        });
        let advice = words::advice(&applied.plan);
        if !advice.is_empty() {
            value["findings"] = json!(advice);
        }
        Ok(Answer::done(value, words::applied(&applied)))
    }

    async fn verify(&self, schema: Option<String>) -> Result<Answer> {
        let schemas = schema.map(|schema| vec![SchemaName::existing(schema)]);
        let bar = Bar::new();
        let report = verify::verify(&self.engine, schemas.as_deref(), &bar.run(&self.cancel)).await?;
        let passed = report.verdict() != Verdict::Failed;
        let words = words::report(&report);
        Ok(Answer { value: json!({ "passed": passed, "report": report }), words, refused: !passed })
    }

    async fn health(&self, args: HealthArgs) -> Result<Answer> {
        let (schema, reference) =
            (args.schema.map(SchemaName::existing), args.reference.map(SchemaName::existing));
        let bar = Bar::new();
        let health =
            health::health(&self.engine, schema.as_ref(), reference.as_ref(), &bar.run(&self.cancel)).await?;
        if let Some(path) = args.html {
            let page = health::html(&health, &platform::status(&self.engine).await?.database);
            std::fs::write(&path, page)
                .map_err(|source| Error::File { path: path.display().to_string(), source })?;
        }
        if let (true, Some(schema), Some(reference)) = (args.sql, &schema, &health.reference) {
            let differences = health::difference(&self.engine, schema, reference).await?;
            let script = health::script(schema, &differences);
            return Ok(Answer::done(json!({ "differences": differences, "sql": script }), script));
        }
        let passed = health.verdict() != Verdict::Failed;
        let words = words::health(&health);
        Ok(Answer { value: json!({ "passed": passed, "health": health }), words, refused: !passed })
    }

    async fn journal(&self, text: String, limit: u32) -> Result<Answer> {
        let entries = operations::journal(&self.engine, &Filter { text, before: None, limit }).await?;
        let words = words::journal(&entries);
        Ok(Answer::done(json!({ "entries": entries }), words))
    }

    /// Says where the server is and keeps it running until interrupted.
    async fn server(&self) -> Result<Answer> {
        let Some(server) = self.engine.private_server() else {
            return Ok(Answer::done(json!({ "stopped": false }), "That server is not ours to run.".into()));
        };
        let folder = server.socket_dir().display().to_string();
        eprintln!("{}", words::server(&folder));
        println!("{}", json!({ "socketDir": folder, "user": "tenantry", "database": "platform" }));
        self.cancel.cancelled().await;
        Ok(Answer::silent())
    }

    async fn write(&self, intent: Intent, only_plan: bool) -> Result<Answer> {
        let plan = operations::plan(&self.engine, intent).await?;
        if only_plan {
            return Ok(Answer::plan(&plan));
        }
        let applied = self.apply(plan).await?;
        let value = json!({
            "operation": applied.operation,
            "domains": words::domain_outcomes(&applied.plan),
            "changes": applied.plan.changes,
            "findings": applied.plan.findings,
        });
        Ok(Answer::done(value, words::applied(&applied)))
    }

    /// Whoever types a command has seen no plan that could be out of date: if the platform changes under it, the fresh
    /// plan for the same words is taken.
    async fn apply(&self, mut plan: Plan) -> Result<Applied> {
        let bar = Bar::new();
        for _ in 1..ATTEMPTS {
            match operations::apply(&self.engine, &plan, &bar.run(&self.cancel)).await {
                Err(Error::Stale { fresh }) => plan = *fresh,
                other => return other,
            }
        }
        operations::apply(&self.engine, &plan, &progress::Bar::new().run(&self.cancel)).await
    }
}

impl From<OnConflict> for OnTaken {
    fn from(choice: OnConflict) -> Self {
        match choice {
            OnConflict::Skip => Self::Skip,
            OnConflict::Fail => Self::Fail,
        }
    }
}

/// Findings about domains in the words of the command line's contract.
pub fn outcome_of(finding: &Finding) -> Option<Value> {
    match finding {
        Finding::DomainTaken { domain, owner, .. } => {
            Some(json!({ "domain": domain, "outcome": "taken", "owner": owner }))
        }
        Finding::DomainYours { domain, .. } => {
            Some(json!({ "domain": domain, "outcome": "yours_already", "owner": null }))
        }
        _ => None,
    }
}
