//! Creating one tenant, beside the same tenant as `pg_dump` writes it.

use std::fs;

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tenantry_engine::Engine;
use tenantry_engine::catalog::CatalogSource;
use tenantry_engine::operations::{self, Intent, Run};
use tenantry_engine::tenants::{Attribute, CreateTenant, OnTaken};
use tenantry_engine::verify::{self, Verdict};

use crate::pair::Pair;
use crate::place::Place;
use crate::table::{Asked, Table};
use crate::{Outcome, floor};

const PAIRS: usize = 40;
/// Pairs in one platform that has no tenants at first.
const ROUND: usize = 4;
const MANY: usize = 300;

/// A platform, and the two ways into it.
struct Sides {
    engine: Engine,
    conn: PgConnection,
    with_atoms: bool,
}

pub async fn measure(place: &Place, table: &mut Table) -> Outcome {
    for with_atoms in [false, true] {
        let (suffix, asked) =
            if with_atoms { (", with ten atoms", Asked::Nothing) } else { ("", Asked::AtMost(1.2)) };
        let empty = format!("empty_{with_atoms}");
        let engine = place.platform(&empty).await?;
        if with_atoms {
            import_ten_atoms(&engine, place).await?;
        }
        engine.close().await?;
        let none = with_none(place, &empty, with_atoms).await?;
        table.compare(&format!("create a tenant, 0 present{suffix}"), &asked, &none.ours, &none.floor, "ms");
        let many = with_many(place, &empty, with_atoms).await?;
        table.compare(
            &format!("create a tenant, {MANY} present{suffix}"),
            &asked,
            &many.ours,
            &many.floor,
            "ms",
        );
    }
    Ok(())
}

/// Fresh platforms, each for a few pairs only.
async fn with_none(place: &Place, empty: &str, with_atoms: bool) -> Outcome<Pair> {
    let mut pair = Pair::default();
    for round in 0..PAIRS / ROUND {
        let database = format!("{empty}_{round}");
        let mut sides = Sides::open(place, empty, &database, with_atoms).await?;
        sides.measure(ROUND, &mut pair).await?;
        sides.leave().await?;
        place.execute("postgres", &format!("DROP DATABASE {database}")).await?;
    }
    Ok(pair)
}

async fn with_many(place: &Place, empty: &str, with_atoms: bool) -> Outcome<Pair> {
    let database = format!("{empty}_many");
    let mut sides = Sides::open(place, empty, &database, with_atoms).await?;
    for number in 0..MANY {
        tenant(&sides.engine, &format!("present{number}")).await?;
    }
    place.execute(&database, "VACUUM ANALYZE").await?;
    place.execute(&database, "CHECKPOINT").await?;
    let mut pair = Pair::default();
    sides.measure(PAIRS, &mut pair).await?;
    sides.leave().await?;
    Ok(pair)
}

impl Sides {
    async fn open(place: &Place, empty: &str, database: &str, with_atoms: bool) -> Outcome<Self> {
        let engine = place.copy(empty, database).await?;
        Ok(Self { engine, conn: place.connect(database).await?, with_atoms })
    }

    /// One of each first: a connection has to learn the catalog, and both sides must make the same tenant.
    async fn measure(&mut self, pairs: usize, pair: &mut Pair) -> Outcome {
        tenant(&self.engine, "ours").await?;
        floor::make(&mut self.conn, "floor", self.with_atoms).await?;
        self.verify().await?;
        let Self { engine, conn, with_atoms } = self;
        let ours = async |number| tenant(engine, &format!("ours{number}")).await;
        let floor = async |number| floor::make(conn, &format!("floor{number}"), *with_atoms).await;
        pair.measure(pairs, ours, floor).await
    }

    /// The floor's tenant must pass for one of ours, else the two are not the same work.
    async fn verify(&self) -> Outcome {
        let report = verify::verify(&self.engine, None, &Run::silent()).await?;
        let failed = report
            .tenants
            .iter()
            .flat_map(|tenant| &tenant.checks)
            .find(|check| check.verdict == Verdict::Failed);
        failed.map_or(Ok(()), |check| Err(format!("the tenants differ: {check:?}").into()))
    }

    async fn leave(self) -> Outcome {
        self.engine.close().await?;
        Ok(self.conn.close().await?)
    }
}

/// Makes a tenant as a user does.
pub async fn tenant(engine: &Engine, name: &str) -> Outcome {
    let attribute =
        |column: &str, value: &str| Attribute { column: column.into(), value: Some(value.into()) };
    let attributes = vec![attribute("seats_allowed", "20"), attribute("project_cap", "5")];
    carry_out(engine, Intent::CreateTenant(request(name, attributes))).await
}

pub fn request(name: &str, attributes: Vec<Attribute>) -> CreateTenant {
    CreateTenant {
        name: name.to_owned(),
        schema: name.to_owned(),
        primary_domain: format!("{}.example", name.replace('_', "-")),
        aliases: Vec::new(),
        attributes,
        on_taken_alias: OnTaken::Skip,
    }
}

/// The plan first, which is then applied.
pub async fn carry_out(engine: &Engine, intent: Intent) -> Outcome {
    let plan = operations::plan(engine, intent).await?;
    operations::apply(engine, &plan, &Run::silent()).await?;
    Ok(())
}

async fn import_ten_atoms(engine: &Engine, place: &Place) -> Outcome {
    let folder = place.folder().join("atoms");
    for number in 1..=10 {
        fs::create_dir_all(folder.join(format!("atom_{number}")))?;
    }
    let source = CatalogSource::Path { path: folder.display().to_string() };
    carry_out(engine, Intent::ImportCatalog(source)).await
}
