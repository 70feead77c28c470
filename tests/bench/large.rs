//! Life on a platform with 51 tables a tenant that Django made: a tenant by clone, beside `pg_dump`'s batch and beside
//! django-tenants; the same while the fleet grows to a thousand; deletion and restoration; the health of all of them.

use std::time::Instant;

use sqlx::Connection as _;
use sqlx::postgres::PgConnection;
use tenantry_engine::Engine;
use tenantry_engine::blueprint::{UseBlueprint, fingerprint};
use tenantry_engine::health::health;
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Intent, Run};
use tenantry_engine::platform::{self, TableChoice};
use tenantry_engine::tenants::{Attribute, RestoreTenant, TenantRef};

use crate::create::{carry_out, request};
use crate::machine;
use crate::pair::Pair;
use crate::peer::milliseconds;
use crate::place::{Place, batch};
use crate::sample::{Sample, timed};
use crate::table::{Asked, Table};
use crate::{Outcome, floor};

const DATABASE: &str = "large";
const TEMPLATE: &str = "t_1";
const PAIRS: usize = 20;
/// Pairs in one platform that has no tenants but the template at first.
const ROUND: usize = 4;
/// Each `save()` takes seconds, so blocks are small.
const BLOCKS: usize = 8;
const BLOCK: usize = 2;
const LIVES: usize = 10;
const LOOKS: usize = 5;
const FEW: usize = 10;
const MANY: usize = 500;
const FLEET: usize = 1000;

/// What of a tenant's tables is left out to have forty: leaves, without keys to shared tables, which are slow to drop.
const LEFT_OUT: [&str; 11] = [
    "audit_entry",
    "billing_discount",
    "billing_payment",
    "crm_contact_tags",
    "crm_tag",
    "documents_revision",
    "helpdesk_article",
    "helpdesk_article_tickets",
    "inventory_product_substitutes",
    "projects_task_depends_on",
    "projects_taskhistory",
];

pub async fn measure(place: &Place, table: &mut Table) -> Outcome {
    adopt(place).await?;
    beside_dump(place, table).await?;
    beside_django(place, table).await?;
    while_it_grows(place, table).await
}

/// Django's platform with one tenant, which becomes the template.
async fn adopt(place: &Place) -> Outcome {
    place.execute("postgres", &format!("CREATE DATABASE {DATABASE}")).await?;
    place.django(DATABASE, &["-m", "large.make_platform", "--tenants", "1", "--prefix", "t_"])?;
    let (to, tables) = (place.address(DATABASE), TableChoice::default());
    let plan = platform::adoption_plan(&to, "Tenantry's figures", &tables).await?;
    let engine = platform::adopt(&to, "Tenantry's figures", &tables, &plan.hash).await?;
    let blueprint = UseBlueprint { template: Some(schema(TEMPLATE)), reference: None };
    carry_out(&engine, Intent::UseBlueprint(blueprint)).await?;
    Ok(engine.close().await?)
}

/// Fresh copies of the platform, each for a few pairs only.
async fn beside_dump(place: &Place, table: &mut Table) -> Outcome {
    let mut pair = Pair::default();
    for round in 0..PAIRS / ROUND {
        let mut sides = Sides::open(place, &format!("{DATABASE}_{round}")).await?;
        sides.measure(ROUND, &mut pair).await?;
        sides.leave(place).await?;
    }
    let what = "51 tables: create by clone, 0 present";
    table.compare(what, &Asked::AtMost(1.2), &pair.ours, &pair.floor, "ms");
    Ok(())
}

/// Blocks of each in turns, on one platform. Each side's first tenant of a block is left out: a process has to start.
async fn beside_django(place: &Place, table: &mut Table) -> Outcome {
    let database = format!("{DATABASE}_peer");
    let engine = place.copy(DATABASE, &database).await?;
    let [mut ours, mut saved, mut cloned] = [(); 3].map(|()| Sample::default());
    let count = (BLOCK + 1).to_string();
    for block in 0..BLOCKS {
        for number in 0..=BLOCK {
            let time = timed(tenant(&engine, &format!("ours{block}n{number}"))).await?;
            if number > 0 {
                ours.add_time(time);
            }
        }
        let prefix = format!("saved{block}n");
        let script = ["-m", "large.peer_create", "--count", &count, "--prefix", &prefix];
        milliseconds(&place.django(&database, &script)?).into_iter().skip(1).for_each(|time| saved.add(time));
        let prefix = format!("cloned{block}n");
        let script =
            ["-m", "large.peer_create", "--count", &count, "--prefix", &prefix, "--clone-of", "p_template"];
        milliseconds(&place.django(&database, &script)?)
            .into_iter()
            .skip(1)
            .for_each(|time| cloned.add(time));
    }
    engine.close().await?;
    place.execute("postgres", &format!("DROP DATABASE {database}")).await?;
    table.compare("51 tables: create, beside save()", &Asked::AtLeast(10.0), &ours, &saved, "ms");
    table.compare("51 tables: create, beside their clone", &Asked::AtLeast(3.0), &ours, &cloned, "ms");
    Ok(())
}

/// One platform with ten tenants at first, then five hundred, then a thousand.
async fn while_it_grows(place: &Place, table: &mut Table) -> Outcome {
    let mut sides = Sides::open(place, &format!("{DATABASE}_grown")).await?;
    sides.grow(place, FEW).await?;
    let (mut few, mut pair, mut fleet) = (Pair::default(), Pair::default(), Pair::default());
    sides.measure(PAIRS, &mut few).await?;
    sides.lives(table).await?;
    sides.grow(place, MANY).await?;
    sides.measure(PAIRS, &mut pair).await?;
    let what = format!("51 tables: create by clone, {MANY} present");
    table.compare(&what, &Asked::AtMost(1.5), &pair.ours, &pair.floor, "ms");
    sides.grow(place, FLEET).await?;
    sides.measure(PAIRS, &mut fleet).await?;
    let what = format!("51 tables: create by clone, {FLEET} present, beside {FEW} present");
    table.compare(&what, &Asked::AtMost(1.5), &fleet.ours, &few.ours, "ms");
    let what = format!("51 tables: the batch, {FLEET} present, beside {FEW} present");
    table.compare(&what, &Asked::Nothing, &fleet.floor, &few.floor, "ms");
    sides.look(51, &Asked::Nothing, table).await?;
    sides.thin(place).await?;
    sides.look(51 - LEFT_OUT.len(), &Asked::AtMost(5000.0), table).await?;
    sides.leave(place).await
}

/// One tenant a transaction: a transaction can lock only so many tables.
const THIN: &str = "DO $$
    DECLARE tenant record;
    BEGIN
        SET client_min_messages = error;
        FOR tenant IN SELECT id, schema_name, row_number() OVER (ORDER BY id) > FLEET AS surplus
                      FROM public.customers_client WHERE schema_name <> 'public' LOOP
            IF tenant.surplus THEN
                EXECUTE format('DROP SCHEMA %I CASCADE', tenant.schema_name);
                DELETE FROM public.customers_domain WHERE tenant_id = tenant.id;
                DELETE FROM public.customers_client WHERE id = tenant.id;
            ELSE
                EXECUTE format('DROP TABLE LEFT_OUT CASCADE', tenant.schema_name);
            END IF;
            COMMIT;
        END LOOP;
    END $$";

/// A copy of the platform, and the two ways into it.
struct Sides {
    engine: Engine,
    conn: PgConnection,
    database: String,
    made: usize,
}

impl Sides {
    async fn open(place: &Place, database: &str) -> Outcome<Self> {
        let engine = place.copy(DATABASE, database).await?;
        Ok(Self { engine, conn: place.connect(database).await?, database: database.to_owned(), made: 0 })
    }

    /// One of each first: a connection has to learn the catalog, and both sides must make the same tenant.
    async fn measure(&mut self, pairs: usize, pair: &mut Pair) -> Outcome {
        let (ours, floor) = (self.name("ours"), self.name("floor"));
        tenant(&self.engine, &ours).await?;
        floor::make_large(&mut self.conn, &floor).await?;
        if fingerprint(&self.engine, &schema(&ours)).await?
            != fingerprint(&self.engine, &schema(&floor)).await?
        {
            return Err("the two tenants differ".into());
        }
        let made = self.made;
        self.made += pairs;
        let Self { engine, conn, .. } = self;
        let ours = async |number| tenant(engine, &format!("ours{}", made + number)).await;
        let floor = async |number| floor::make_large(conn, &format!("floor{}", made + number)).await;
        pair.measure(pairs, ours, floor).await
    }

    fn name(&mut self, side: &str) -> String {
        self.made += 1;
        format!("{side}_{}", self.made)
    }

    async fn grow(&mut self, place: &Place, to: usize) -> Outcome {
        while self.made < to {
            let name = self.name("present");
            tenant(&self.engine, &name).await?;
        }
        place.execute(&self.database, "VACUUM ANALYZE").await?;
        place.execute(&self.database, "CHECKPOINT").await
    }

    /// Tenants with all their tables go and come back.
    async fn lives(&mut self, table: &mut Table) -> Outcome {
        let (mut deleted, mut restored) = (Sample::default(), Sample::default());
        for _ in 0..LIVES {
            let name = self.name("mortal");
            tenant(&self.engine, &name).await?;
            let delete = Intent::DeleteTenant(TenantRef { schema: schema(&name) });
            deleted.add_time(timed(carry_out(&self.engine, delete)).await?);
            let restore = Intent::RestoreTenant(RestoreTenant { schema: schema(&name), new_schema: None });
            restored.add_time(timed(carry_out(&self.engine, restore)).await?);
        }
        table.single("51 tables: delete a tenant", &Asked::AtMost(1000.0), &deleted, "ms");
        table.single("51 tables: restore it", &Asked::AtMost(1000.0), &restored, "ms");
        Ok(())
    }

    /// Leaves a thousand tenants of forty tables, and nothing more.
    async fn thin(&mut self, place: &Place) -> Outcome {
        let tables: Vec<_> = LEFT_OUT.iter().map(|table| format!("%1$I.{table}")).collect();
        let sql = THIN.replace("LEFT_OUT", &tables.join(", ")).replace("FLEET", &FLEET.to_string());
        batch(&mut self.conn, &sql).await?;
        place.execute(&self.database, "VACUUM ANALYZE").await?;
        place.execute(&self.database, "CHECKPOINT").await
    }

    /// All tenants are looked at, and what this program holds is told before and at its most.
    async fn look(&mut self, tables: usize, asked: &Asked, table: &mut Table) -> Outcome {
        let (mut times, mut held) = (Sample::default(), Sample::default());
        let before = machine::own_memory("VmRSS:")?;
        let mut tenants = 0;
        for _ in 0..LOOKS {
            let start = Instant::now();
            tenants = health(&self.engine, None, None, &Run::silent()).await?.tenants.len();
            times.add_time(start.elapsed());
            held.add(machine::own_memory("VmRSS:")?);
        }
        let what = format!("health of {tenants} tenants of {tables} tables");
        table.single(&what, asked, &times, "ms");
        let what = format!("{what}: memory of the program, {before:.0} MB before");
        table.single(&what, &Asked::Nothing, &held, "MB");
        Ok(())
    }

    async fn leave(self, place: &Place) -> Outcome {
        self.engine.close().await?;
        self.conn.close().await?;
        place.execute("postgres", &format!("DROP DATABASE {}", self.database)).await
    }
}

async fn tenant(engine: &Engine, name: &str) -> Outcome {
    let attribute =
        |column: &str, value: &str| Attribute { column: column.into(), value: Some(value.into()) };
    let attributes = vec![attribute("plan", "team"), attribute("seats", "25")];
    carry_out(engine, Intent::CreateTenant(request(name, attributes))).await
}

fn schema(name: &str) -> SchemaName {
    SchemaName::existing(name)
}
