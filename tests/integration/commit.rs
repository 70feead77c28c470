//! The connection breaks while COMMIT is under way, and the answer is right all the same.

use tenantry_engine::domains::{AddDomains, IfTaken};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, Run, apply, plan};
use tenantry_engine::{Engine, Error};

use crate::console::Platform;
use crate::support::tenant;
use crate::wire::{Fate, Wire};

const TIMES: usize = 20;

struct Frail {
    platform: Platform,
    wire: Wire,
    engine: Engine,
}

async fn frail() -> Frail {
    let platform = Platform::new().await;
    platform.add_tenant("Globex", "globex", "globex.example").await;
    let wire = Wire::to(&platform.connection);
    let engine = Engine::open(&wire.connection(&platform.connection), "tests").await.unwrap();
    Frail { platform, wire, engine }
}

impl Frail {
    /// Adds a domain while the next COMMIT meets its fate. Answers what was said, and what is true.
    async fn add(&self, domain: &str, fate: Fate) -> (Result<String, Error>, Vec<String>) {
        let request = AddDomains {
            schema: SchemaName::existing("globex"),
            domains: vec![domain.into()],
            on_taken: IfTaken::Skip,
            approval: None,
        };
        let plan = plan(&self.engine, Intent::AddDomains(request)).await.unwrap();
        self.wire.next_commit(fate);
        let answer = apply(&self.engine, &plan, &Run::silent()).await;
        assert!(self.wire.has_broken(), "the connection broke");
        let said = answer.map(|applied| applied.operation.unwrap().to_string());
        let truth = format!(
            "SELECT o.id::text FROM tenantry.operation o, public.tenants_domain d
             WHERE d.domain = '{domain}' AND o.plan -> 'changes' -> 0 ->> 'domain' = d.domain"
        );
        (said, self.platform.lines(&truth).await)
    }
}

#[tokio::test]
async fn a_commit_that_arrived_is_found_out_and_answered_as_done() {
    let frail = frail().await;
    for n in 0..TIMES {
        let (said, truth) = frail.add(&format!("arrived-{n}.example"), Fate::Arrives).await;
        assert_eq!([said.unwrap()][..], truth, "round {n}");
    }
}

#[tokio::test]
async fn a_commit_that_got_lost_is_answered_as_not_done() {
    let frail = frail().await;
    for n in 0..TIMES {
        let (said, truth) = frail.add(&format!("lost-{n}.example"), Fate::Lost).await;
        assert!(matches!(said, Err(Error::NoDatabase { .. })), "round {n}: {said:?}");
        assert_eq!(truth, Vec::<String>::new(), "round {n}");
    }
}

#[tokio::test]
async fn a_tenant_whose_commit_got_no_answer_is_there_and_said_to_be() {
    let frail = frail().await;
    let plan =
        plan(&frail.engine, Intent::CreateTenant(tenant("Acme", "acme", "acme.example"))).await.unwrap();
    frail.wire.next_commit(Fate::Arrives);
    let applied = apply(&frail.engine, &plan, &Run::silent()).await.unwrap();
    let known = "SELECT id::text FROM tenantry.operation
                 WHERE subject = 'acme' AND to_regclass('acme.atoms_atom') IS NOT NULL";
    assert_eq!(frail.platform.lines(known).await, [applied.operation.unwrap().to_string()]);
}
