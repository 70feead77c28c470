//! Ten thousand tenants with fifty thousand domains: found, chosen, imported, moved, looked at.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use tenantry_engine::Engine;
use tenantry_engine::domains::import::{self, ImportSource};
use tenantry_engine::domains::{self, DomainQuery, IfTaken, ImportDomains, MoveDomains, Which};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{self, Intent, Run, UndoOperation};
use tenantry_engine::world::WorldOptions;

use crate::Outcome;
use crate::endpoints::{Authorities, Endpoint};
use crate::machine;
use crate::place::Place;
use crate::sample::{Sample, timed};
use crate::table::{Asked, Table};
use crate::zone::Zone;

const TIMES: usize = 15;
const WRITES: usize = 5;
const PAGE: u32 = 200;
/// How long the DNS server takes for each answer.
const ANSWER: Duration = Duration::from_millis(10);

/// Tenants without schemas: domains are rows.
pub const FILL: [&str; 3] = [
    "INSERT INTO tenantry.tenant (schema_name, name, primary_domain)
     SELECT format('tenant_%s', n), format('Tenant number %s', n), format('t%s.example.com', n) FROM generate_series(10001, 20000) n",
    "INSERT INTO tenantry.domain (domain, is_primary, tenant_id)
     SELECT CASE k WHEN 0 THEN t.primary_domain ELSE format('%s.t%s.example.com', (ARRAY['shop', 'app', 'blog', 'mail'])[k], substr(t.schema_name, 8)) END, k = 0, t.id
     FROM tenantry.tenant t CROSS JOIN generate_series(0, 4) k WHERE t.schema_name ~ '^tenant_[12]' ORDER BY t.id, k",
    "ANALYZE",
];

pub async fn measure(place: &Place, table: &mut Table) -> Outcome {
    let engine = place.platform("domains").await?;
    for statement in FILL {
        place.execute("domains", statement).await?;
    }
    reading(&engine, table).await?;
    importing(&engine, table).await?;
    moving(&engine, table).await?;
    looking(engine.clone(), table).await?;
    Ok(engine.close().await?)
}

async fn reading(engine: &Engine, table: &mut Table) -> Outcome {
    let query = |text: &str| DomainQuery { text: text.into(), ..DomainQuery::default() };
    let everything = query("");
    let (mut first, mut filter, mut all, mut paste) = <(Sample, Sample, Sample, Sample)>::default();
    for _ in 0..TIMES {
        first.add_time(timed(domains::find(engine, &everything, 0, PAGE)).await?);
        for text in
            ["7", "77", "shop", "tenant:tenant_1777", "state:unchecked kind:alias", "*.t1500*.example.com"]
        {
            filter.add_time(timed(domains::find(engine, &query(text), 0, PAGE)).await?);
        }
        all.add_time(timed(domains::names(engine, &query("shop"))).await?);
        let address = "https://shop.t17171.example.com:8443/cart?x=1";
        paste.add_time(timed(domains::who(engine, address)).await?);
    }
    table.single("50,000 domains: first page, of the engine", &Asked::AtMost(300.0), &first, "ms");
    table.single("50,000 domains: filter, of the engine", &Asked::AtMost(150.0), &filter, "ms");
    table.single("50,000 domains: all 10,000 that match", &Asked::AtMost(100.0), &all, "ms");
    table.single("50,000 domains: a pasted address's tenant", &Asked::AtMost(100.0), &paste, "ms");
    Ok(())
}

async fn importing(engine: &Engine, table: &mut Table) -> Outcome {
    let (mut dry, mut apply) = <(Sample, Sample)>::default();
    for round in 0..WRITES {
        let mut text = String::from("domain,tenant,primary\n");
        for n in 0..5_000 {
            let _ = writeln!(text, "new-{round}-{n}.example.org,tenant_{},false", 10_001 + n);
        }
        let start = Instant::now();
        let read = import::read(&ImportSource::Text(text), None, "")?;
        let request =
            ImportDomains { rows: read.rows, on_taken: IfTaken::Fail, only_valid: false, approval: None };
        let check = import::check(engine, &request).await?;
        dry.add_time(start.elapsed());
        assert_eq!(check.counts.good, 5_000);
        let start = Instant::now();
        let plan = operations::plan(engine, Intent::ImportDomains(request)).await?;
        operations::apply(engine, &plan, &Run::silent()).await?;
        apply.add_time(start.elapsed());
    }
    table.single("import of 5,000 lines: dry run", &Asked::AtMost(1000.0), &dry, "ms");
    table.single("import of 5,000 lines: plan and apply", &Asked::AtMost(2000.0), &apply, "ms");
    Ok(())
}

async fn moving(engine: &Engine, table: &mut Table) -> Outcome {
    let (mut there, mut back) = <(Sample, Sample)>::default();
    let to = SchemaName::existing("tenant_20000");
    for round in 0..WRITES {
        // A thousand aliases of a thousand tenants.
        let from = 10_001 + round * 1_000;
        let domains = (from..from + 1_000).map(|n| format!("shop.t{n}.example.com")).collect();
        let request = MoveDomains { domains, to: to.clone(), approval: None };
        let start = Instant::now();
        let plan = operations::plan(engine, Intent::MoveDomains(request)).await?;
        let moved = operations::apply(engine, &plan, &Run::silent()).await?;
        there.add_time(start.elapsed());
        let operation = moved.operation.ok_or("nothing was moved")?;
        let start = Instant::now();
        let plan = operations::plan(engine, Intent::Undo(UndoOperation { operation })).await?;
        operations::apply(engine, &plan, &Run::silent()).await?;
        back.add_time(start.elapsed());
    }
    table.single("move 1,000 domains: plan and apply", &Asked::AtMost(1000.0), &there, "ms");
    table.single("move 1,000 domains: undo", &Asked::AtMost(1000.0), &back, "ms");
    Ok(())
}

async fn looking(engine: Engine, table: &mut Table) -> Outcome {
    let names: Vec<_> = (10_001..11_001).map(|n| format!("t{n}.example.com")).collect();
    let mut zone = Zone::new();
    for name in &names {
        zone = zone.with(&format!("{name} A 192.0.2.10"));
    }
    zone.delay = ANSWER;
    let server = zone.serve().await;
    let authorities = Authorities::new();
    let tls = authorities.serve(Endpoint::For("*.example.com")).await;
    let options = WorldOptions {
        resolvers: vec![server.address],
        authoritative_port: server.address.port(),
        extra_roots: vec![authorities.trusted_root()],
        tls_server: Some(tls.address),
        ..WorldOptions::default()
    };
    let engine = engine.with_world(options);
    let (mut time, mut grown) = <(Sample, Sample)>::default();
    let which = Which::Named(names);
    for _ in 0..WRITES {
        let before = machine::own_memory("VmRSS:")?;
        time.add_time(timed(domains::check(&engine, &which, &Run::silent())).await?);
        grown.add(machine::own_memory("VmRSS:")? - before);
    }
    table.single("check of 1,000 domains, 10 ms an answer", &Asked::AtMost(3000.0), &time, "ms");
    table.single("check of 1,000 domains: growth of memory", &Asked::Nothing, &grown, "MB");
    Ok(())
}
