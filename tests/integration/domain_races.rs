//! Two administrators in two windows take the same name at the same moment.

use tenantry_engine::domains::{AddDomains, IfTaken, MoveDomains};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Finding, Intent, Plan};
use tenantry_engine::{Engine, Error};

use crate::console::Platform;
use crate::meanwhile::Work;

const ROUNDS: usize = 200;

fn add(schema: &str, domain: &str, on_taken: IfTaken) -> Intent {
    let (schema, domains) = (SchemaName::existing(schema), vec![domain.to_owned()]);
    Intent::AddDomains(AddDomains { schema, domains, on_taken, approval: None })
}

fn take(schema: &str, domain: &str) -> Intent {
    let (to, domains) = (SchemaName::existing(schema), vec![domain.to_owned()]);
    Intent::MoveDomains(MoveDomains { domains, to, approval: None })
}

/// Who has it by now, as the one who came too late is told.
fn told(plan: &Plan, domain: &str) -> Option<String> {
    let by_finding = plan.findings.iter().find_map(|finding| match finding {
        Finding::DomainTaken { domain: taken, owner, .. } if taken == domain => {
            Some(owner.schema.to_string())
        }
        _ => None,
    });
    by_finding.or_else(|| {
        plan.changes.iter().find_map(|change| match change {
            tenantry_engine::operations::Change::MoveDomain { domain: moved, from, .. }
                if moved == domain =>
            {
                Some(from.to_string())
            }
            _ => None,
        })
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_a_name_at_the_same_moment_one_has_it_and_the_other_is_told_by_whom() {
    let platform = Platform::new().await;
    for schema in ["acme", "globex", "initech"] {
        platform.add_tenant(schema, schema, &format!("{schema}.example")).await;
    }
    let other = Engine::open(&platform.connection, "another window").await.unwrap();
    let mut won = [0, 0];
    for round in 0..ROUNDS {
        let domain = format!("round-{round}.example");
        let new = round % 4 == 0;
        if !new {
            platform.apply(add("initech", &domain, IfTaken::Fail)).await.unwrap();
        }
        let intents = match round % 4 {
            0 => [add("acme", &domain, IfTaken::Fail), add("globex", &domain, IfTaken::Skip)],
            1 => [add("acme", &domain, IfTaken::Move), take("globex", &domain)],
            2 => [take("acme", &domain), take("globex", &domain)],
            _ => [add("acme", &domain, IfTaken::Move), add("globex", &domain, IfTaken::Move)],
        };
        let [first, second] = intents;
        let first = platform.plan(first).await.unwrap();
        let second = tenantry_engine::operations::plan(&other, second).await.unwrap();
        // Now the one begins first, now the other.
        let (first, second) = if round / 4 % 2 == 0 {
            let first = Work::start(&platform.engine, first);
            (first, Work::start(&other, second))
        } else {
            let second = Work::start(&other, second);
            (Work::start(&platform.engine, first), second)
        };
        let (winner, loser) = match (first.outcome().await, second.outcome().await) {
            (Ok(_), Err(loser)) => (0, loser),
            (Err(loser), Ok(_)) => (1, loser),
            neither => panic!("round {round}: {neither:?}"),
        };
        won[winner] += 1;
        let owner = ["acme", "globex"][winner];
        let by = match &loser {
            Error::Stale { fresh } => told(fresh, &domain),
            Error::DomainTaken { owner, .. } => Some(owner.schema.to_string()),
            other => panic!("round {round}: {other:?}"),
        };
        assert_eq!(by.as_deref(), Some(owner), "round {round}: {loser:?}");
        let rows = format!(
            "SELECT t.schema_name::text FROM public.tenants_domain d JOIN public.tenants_tenant t ON t.id = d.tenant_id
             WHERE d.domain = '{domain}'"
        );
        assert_eq!(platform.lines(&rows).await, [owner], "round {round}");
    }
    assert!(won.iter().all(|rounds| *rounds > 0), "only one of them ever won: {won:?}");
    other.close().await.unwrap();
}
