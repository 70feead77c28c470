//! Domains.

use std::io::Read as _;
use std::path::Path;

use serde_json::json;
use tenantry_engine::domains::import::{self, ImportSource};
use tenantry_engine::domains::{
    self, AddDomains, DomainPolicy, DomainQuery, DomainRef, HandoverFormat, ImportDomains, MoveDomains, Which,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Intent};
use tenantry_engine::world::{OwnershipState, WorldOptions};
use tenantry_engine::{Engine, Error, Result};

use super::Session;
use crate::domain_args::{DomainCommand, Import, Policy, Vantage};
use crate::output::Answer;
use crate::progress::Bar;
use crate::words;

impl Session {
    pub(super) async fn domain(&self, command: DomainCommand) -> Result<Answer> {
        let (intent, only_plan) = match command {
            DomainCommand::List { search, tenant } => return self.domains(&search.join(" "), tenant).await,
            DomainCommand::Import(args) => return self.import_domains(args).await,
            DomainCommand::Export { format, search } => {
                return self.export_domains(&search.join(" "), format.into()).await;
            }
            DomainCommand::Who { host } => return self.who(&host).await,
            DomainCommand::Ask { host } => return self.ask(&host).await,
            DomainCommand::Policy(args) => return self.policy(args).await,
            DomainCommand::Check { domains, due, from } => {
                return self.check_domains(domains, due, from).await;
            }
            DomainCommand::Prove { domain, tenant, from } => return self.prove(&domain, tenant, from).await,
            DomainCommand::Add { schema, domains, on_taken, write } => {
                let schema = SchemaName::existing(schema);
                let request =
                    AddDomains { schema, domains, on_taken: on_taken.into(), approval: write.approve };
                (Intent::AddDomains(request), write.plan)
            }
            DomainCommand::Move { mut domains_and_schema, write } => {
                // There are two at least.
                let to = SchemaName::existing(domains_and_schema.pop().unwrap_or_default());
                let request = MoveDomains { domains: domains_and_schema, to, approval: write.approve };
                (Intent::MoveDomains(request), write.plan)
            }
            DomainCommand::Remove { domain, plan } => (Intent::RemoveDomain(DomainRef { domain }), plan),
            DomainCommand::Primary { domain, plan } => (Intent::MakePrimary(DomainRef { domain }), plan),
        };
        self.write(intent, only_plan).await
    }

    async fn domains(&self, search: &str, tenant: Option<String>) -> Result<Answer> {
        if search.trim().is_empty() {
            let schema = tenant.map(SchemaName::existing);
            let domains = domains::list(&self.engine, schema.as_ref()).await?;
            let words = words::domains(&domains);
            return Ok(Answer::done(json!({ "domains": domains }), words));
        }
        let mut text = search.to_owned();
        if let Some(tenant) = tenant {
            text = format!("{text} tenant:{tenant}");
        }
        let query = DomainQuery { text, ..DomainQuery::default() };
        let found = domains::find(&self.engine, &query, 0, u32::MAX).await?;
        let words = words::domains::found(&found);
        Ok(Answer::done(
            json!({ "domains": found.rows, "matching": found.matching, "total": found.total }),
            words,
        ))
    }

    async fn import_domains(&self, args: Import) -> Result<Answer> {
        let source = if args.file == Path::new("-") {
            let mut text = String::new();
            let failed = |source| Error::File { path: "-".into(), source };
            std::io::stdin().read_to_string(&mut text).map_err(failed)?;
            ImportSource::Text(text)
        } else {
            ImportSource::File(args.file)
        };
        let table = import::read(&source, None, &args.tenant)?;
        let request = ImportDomains {
            rows: table.rows,
            on_taken: args.on_taken.into(),
            only_valid: args.only_valid,
            approval: args.write.approve,
        };
        let check = import::check(&self.engine, &request).await?;
        // Before anything else is done: then it is known that the file can be written.
        if let Some(path) = &args.result {
            import::write(path, &request, &check)?;
        }
        let bad = check.counts.bad > 0;
        let words = words::domains::checked(&check);
        if args.write.plan {
            let plan = operations::plan(&self.engine, Intent::ImportDomains(request)).await;
            // A plan that cannot be made is told by the verdicts already.
            let plan = plan.ok();
            return Ok(Answer { value: json!({ "check": check, "plan": plan }), words, refused: bad });
        }
        let plan = operations::plan(&self.engine, Intent::ImportDomains(request)).await?;
        let applied = self.apply(plan).await?;
        let value =
            json!({ "operation": applied.operation, "check": check, "changes": applied.plan.changes.len() });
        Ok(Answer { value, words, refused: bad })
    }

    async fn export_domains(&self, search: &str, format: HandoverFormat) -> Result<Answer> {
        let query = DomainQuery { text: search.to_owned(), ..DomainQuery::default() };
        let text = domains::hand_over(&self.engine, &query, format).await?;
        Ok(Answer::done(json!({ "format": format, "text": text }), text.trim_end().to_owned()))
    }

    async fn who(&self, host: &str) -> Result<Answer> {
        let answer = domains::who(&self.engine, host).await?;
        let words = words::domains::who(&answer);
        let refused = !answer.is_reached();
        Ok(Answer { value: json!(answer), words, refused })
    }

    async fn ask(&self, host: &str) -> Result<Answer> {
        let yes = domains::ask(&self.engine, host).await?;
        let words = if yes { "yes" } else { "no" };
        Ok(Answer { value: json!({ "host": host, "answer": yes }), words: words.into(), refused: !yes })
    }

    async fn check_domains(&self, domains: Vec<String>, due: bool, from: Vantage) -> Result<Answer> {
        let which = match (domains.is_empty(), due) {
            (false, _) => Which::Named(domains),
            (true, true) => Which::Due,
            (true, false) => Which::All,
        };
        let bar = Bar::new();
        let looks = domains::check(&self.seen_from(from), &which, &bar.run(&self.cancel)).await?;
        let troubled = looks.iter().filter(|look| look.is_trouble()).count();
        let words = words::domains::looks(&looks);
        Ok(Answer { value: json!({ "looks": looks, "troubled": troubled }), words, refused: troubled > 0 })
    }

    async fn prove(&self, domain: &str, tenant: Option<String>, from: Vantage) -> Result<Answer> {
        let schema = tenant.map(SchemaName::existing);
        let (challenge, look) = domains::prove(&self.seen_from(from), domain, schema.as_ref()).await?;
        let proven = look.diagnosis.ownership == OwnershipState::Proven;
        let words = words::domains::proof(&challenge, &look);
        let value =
            json!({ "challenge": challenge, "proven": proven, "ownership": look.diagnosis.ownership });
        Ok(Answer { value, words, refused: !proven })
    }

    fn seen_from(&self, from: Vantage) -> Engine {
        let options = WorldOptions { resolvers: from.resolver, ..WorldOptions::default() };
        self.engine.clone().with_world(options)
    }

    async fn policy(&self, args: Policy) -> Result<Answer> {
        let before = domains::policy(&self.engine).await?;
        let after = DomainPolicy {
            addresses: args.address.unwrap_or_else(|| before.addresses.clone()),
            names: args.name.unwrap_or_else(|| before.names.clone()),
            authorities: args.authority.unwrap_or_else(|| before.authorities.clone()),
            https_port: args.https_port.unwrap_or(before.https_port),
            proof_required: args.proof_required.unwrap_or(before.proof_required),
        };
        if after == before {
            let words = words::domains::policy(&before);
            return Ok(Answer::done(json!({ "policy": before }), words));
        }
        self.write(Intent::SetDomainPolicy(after), args.plan).await
    }
}
