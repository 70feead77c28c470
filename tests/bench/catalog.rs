//! Synchronising the catalog, beside statements written by hand and beside Django's bulk upserts.

use std::path::PathBuf;
use std::time::Instant;

use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use tenantry_engine::catalog::{
    self, CatalogSource, MakeRelease, SyncFleet, SyncOutcome, compare_fleet, fleet, preview,
};
use tenantry_engine::jobs;
use tenantry_engine::operations::{Intent, Run};
use tenantry_engine::{Engine, names::SchemaName};

use crate::Outcome;
use crate::create::{carry_out, tenant};
use crate::peer::milliseconds;
use crate::place::{Place, batch};
use crate::sample::{Sample, timed};
use crate::table::{Asked, Table};

const TENANTS: usize = 200;
const ATOMS: usize = 200;
/// One in a hundred of the atoms.
const CHANGED: usize = 2;
const ROUNDS: usize = 3;
const FLEET: usize = 1000;
const EMPTY: &str = "catalog_empty";

/// Everything of the catalog goes out of every tenant, and out of our own notes.
const FORGET: &str = "
    DO $$
    DECLARE tenant record;
    BEGIN
        FOR tenant IN SELECT schema_name FROM public.tenants_tenant WHERE schema_name <> 'public' LOOP
            EXECUTE format('DELETE FROM %1$I.atoms_atomversion; DELETE FROM %1$I.atoms_atom; DELETE FROM %1$I.atoms_atomcategory', tenant.schema_name);
        END LOOP;
        DELETE FROM tenantry.catalog_copy;
    END $$";

/// What somebody would write who knows PostgreSQL well: one statement a table.
const BY_HAND: &str = "
    BEGIN;
    SET LOCAL search_path TO SCHEMA;
    INSERT INTO atoms_atomcategory AS t (name, description)
    SELECT name, description FROM tenantry.catalog_category WHERE release = RELEASE
    ON CONFLICT (name) DO UPDATE SET description = EXCLUDED.description
    WHERE t.description IS DISTINCT FROM EXCLUDED.description;
    INSERT INTO atoms_atom AS t (name, slug, description, created_at, updated_at, category_id)
    SELECT m.name, m.slug, m.description, now(), now(), c.id
    FROM tenantry.catalog_atom m JOIN atoms_atomcategory c ON c.name = m.category WHERE m.release = RELEASE
    ON CONFLICT (slug) DO UPDATE SET name = EXCLUDED.name, description = EXCLUDED.description,
                                     category_id = EXCLUDED.category_id, updated_at = now()
    WHERE (t.name, t.description, t.category_id) IS DISTINCT FROM (EXCLUDED.name, EXCLUDED.description, EXCLUDED.category_id);
    INSERT INTO atoms_atomversion AS t (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
    SELECT m.version, m.release_date, m.release_notes, m.config_schema, m.is_active, now(), a.id
    FROM tenantry.catalog_version m JOIN atoms_atom a ON a.slug = m.slug WHERE m.release = RELEASE
    ON CONFLICT (atom_id, version) DO UPDATE
    SET release_date = EXCLUDED.release_date, release_notes = EXCLUDED.release_notes,
        config_schema = EXCLUDED.config_schema, is_active = EXCLUDED.is_active
    WHERE (t.release_date, t.release_notes, t.config_schema, t.is_active)
          IS DISTINCT FROM (EXCLUDED.release_date, EXCLUDED.release_notes, EXCLUDED.config_schema, EXCLUDED.is_active);
    COMMIT";

pub async fn measure(place: &Place, table: &mut Table) -> Outcome {
    let files = [catalog_file(place, false)?, catalog_file(place, true)?];
    let engine = place.platform(EMPTY).await?;
    for number in 0..TENANTS {
        tenant(&engine, &format!("tenant_{number}")).await?;
    }
    // Two releases that differ in one atom of a hundred.
    for file in &files {
        let path = file.display().to_string();
        carry_out(&engine, Intent::ImportCatalog(CatalogSource::Path { path })).await?;
        carry_out(&engine, Intent::ReleaseCatalog(MakeRelease::default())).await?;
    }
    engine.close().await?;
    place.execute(EMPTY, "VACUUM ANALYZE").await?;
    let mut sides = Sides::open(place, &files).await?;
    let mut measured = Measured::default();
    for _ in 0..ROUNDS {
        sides.first(&mut measured).await?;
        sides.nothing(&mut measured).await?;
        sides.changed(&mut measured).await?;
    }
    measured.tell(table);
    sides.engine.close().await?;
    large(place, &files, table).await
}

#[derive(Default)]
struct Measured {
    first: [Sample; 3],
    nothing: [Sample; 2],
    by_receipts: Sample,
    changed: [Sample; 2],
    /// Of the first synchronisation, and of the changed atoms.
    ahead: [Sample; 2],
}

impl Measured {
    fn tell(&self, table: &mut Table) {
        let [ours, hand, django] = &self.first;
        let what = format!("first synchronisation of {TENANTS} tenants, beside Django");
        table.compare(&what, &Asked::AtLeast(4.0), ours, django, "ms");
        table.compare("the same, beside statements by hand", &Asked::AtMost(1.3), ours, hand, "ms");
        let [ours, django] = &self.nothing;
        table.compare("nothing to do, every row compared", &Asked::AtLeast(8.0), ours, django, "ms");
        table.compare("nothing to do, by receipts", &Asked::AtLeast(200.0), &self.by_receipts, django, "ms");
        let [ours, django] = &self.changed;
        table.compare("1 % of the atoms changed", &Asked::AtLeast(8.0), ours, django, "ms");
        let [first, changed] = &self.ahead;
        table.single("preview of the first synchronisation", &Asked::Nothing, first, "ms");
        table.single("preview of the changed atoms", &Asked::Nothing, changed, "ms");
    }
}

/// Three copies of one platform: ours, by hand, Django's.
struct Sides<'a> {
    place: &'a Place,
    files: &'a [PathBuf; 2],
    engine: Engine,
    hand: PgConnection,
}

impl<'a> Sides<'a> {
    async fn open(place: &'a Place, files: &'a [PathBuf; 2]) -> Outcome<Self> {
        let engine = place.copy(EMPTY, "catalog_ours").await?;
        for database in ["catalog_hand", "catalog_django"] {
            place.execute("postgres", &format!("CREATE DATABASE {database} TEMPLATE {EMPTY}")).await?;
        }
        Ok(Self { place, files, engine, hand: place.connect("catalog_hand").await? })
    }

    /// Everything goes into empty tables.
    async fn first(&mut self, measured: &mut Measured) -> Outcome {
        for database in ["catalog_ours", "catalog_hand", "catalog_django"] {
            empty(self.place, database, TENANTS).await?;
        }
        measured.ahead[0].add_time(timed(look_ahead(&self.engine, 1)).await?);
        measured.first[0].add_time(timed(synchronise(&self.engine, 1)).await?);
        let start = Instant::now();
        for number in 0..TENANTS {
            let sql = BY_HAND.replace("SCHEMA", &format!("tenant_{number}")).replace("RELEASE", "1");
            batch(&mut self.hand, &sql).await?;
        }
        measured.first[1].add_time(start.elapsed());
        measured.first[2].add(self.django(0)?);
        let same = "SELECT md5(string_agg(concat_ws(' ', c.name, c.description, a.slug, a.name, a.description, v.version, v.release_date,
                        v.release_notes, v.config_schema, v.is_active), E'\\n' ORDER BY a.slug, v.version))
                    FROM tenant_7.atoms_atom a JOIN tenant_7.atoms_atomcategory c ON c.id = a.category_id
                    JOIN tenant_7.atoms_atomversion v ON v.atom_id = a.id";
        let mut contents = Vec::new();
        for database in ["catalog_ours", "catalog_hand", "catalog_django"] {
            let mut conn = self.place.connect(database).await?;
            contents.push(sqlx::query_scalar::<_, String>(same).fetch_one(&mut conn).await?);
            conn.close().await?;
        }
        if contents.iter().any(|content| *content != contents[0]) {
            return Err("the sides did not do the same work".into());
        }
        Ok(())
    }

    /// Everything is as it should be.
    async fn nothing(&mut self, measured: &mut Measured) -> Outcome {
        let compared = to_release(1);
        let believed = SyncFleet { by_receipts: true, ..compared.clone() };
        measured.nothing[0].add_time(timed(self.in_step(&compared)).await?);
        for _ in 0..5 {
            measured.by_receipts.add_time(timed(self.in_step(&believed)).await?);
        }
        measured.nothing[1].add(self.django(0)?);
        Ok(())
    }

    async fn in_step(&self, request: &SyncFleet) -> Outcome {
        let preview = preview(&self.engine, request, &Run::silent()).await?;
        let in_step =
            |t: &catalog::TenantSync| matches!(t.outcome, SyncOutcome::InStep | SyncOutcome::InStepByReceipt);
        if preview.tenants.len() == TENANTS && preview.tenants.iter().all(in_step) {
            Ok(())
        } else {
            Err("there was something to do".into())
        }
    }

    /// There and back again.
    async fn changed(&mut self, measured: &mut Measured) -> Outcome {
        for (release, file) in [(2, 1), (1, 0)] {
            measured.ahead[1].add_time(timed(look_ahead(&self.engine, release)).await?);
            measured.changed[0].add_time(timed(synchronise(&self.engine, release)).await?);
            measured.changed[1].add(self.django(file)?);
        }
        Ok(())
    }

    fn django(&self, file: usize) -> Outcome<f64> {
        let path = self.files[file].display().to_string();
        let answer = self.place.django("catalog_django", &["peer_sync.py", "--file", &path])?;
        if answer["tenants"] != json!(TENANTS) {
            return Err(format!("Django synchronised {}", answer["tenants"]).into());
        }
        milliseconds(&answer).first().copied().ok_or_else(|| "Django says no time".into())
    }
}

/// Every tenant without a catalog, and no trace of the one before.
async fn empty(place: &Place, database: &str, tenants: usize) -> Outcome {
    place.execute(database, FORGET).await?;
    let tables =
        |n| format!("tenant_{n}.atoms_atomcategory, tenant_{n}.atoms_atom, tenant_{n}.atoms_atomversion");
    let tables: Vec<_> = (0..tenants).map(tables).collect();
    place.execute(database, &format!("VACUUM ANALYZE {}", tables.join(", "))).await?;
    place
        .execute(
            database,
            "VACUUM ANALYZE tenantry.catalog_category, tenantry.catalog_atom, tenantry.catalog_version",
        )
        .await?;
    place.execute("postgres", "CHECKPOINT").await
}

/// As `tenantry catalog sync` does: a job, in which every tenant is compared, planned, written and recorded when its turn comes.
async fn synchronise(engine: &Engine, release: i32) -> Outcome {
    let items = catalog::sync_items(engine, &to_release(release)).await?;
    let wanted = items.len();
    let job = jobs::create(engine, &items).await?;
    let job = jobs::work(engine, job, &Run::silent()).await?;
    if usize::try_from(job.done)? == wanted { Ok(()) } else { Err(format!("{job:?}").into()) }
}

/// What the window shows first: a plan for every tenant, which somebody reads.
async fn look_ahead(engine: &Engine, release: i32) -> Outcome {
    let preview = preview(engine, &to_release(release), &Run::silent()).await?;
    let is_ready = |t: &catalog::TenantSync| matches!(t.outcome, SyncOutcome::Ready { .. });
    if preview.tenants.iter().all(is_ready) { Ok(()) } else { Err("not every tenant is ready".into()) }
}

fn to_release(release: i32) -> SyncFleet {
    SyncFleet { release: Some(release), ..SyncFleet::default() }
}

/// A fleet that grows from a hundred tenants to a thousand.
async fn large(place: &Place, files: &[PathBuf; 2], table: &mut Table) -> Outcome {
    let engine = place.platform("catalog_large").await?;
    let (mut few, mut many) = (Sample::default(), Sample::default());
    let mut made = 0;
    for (fleet, per_tenant) in [(FLEET / 10, &mut few), (FLEET, &mut many)] {
        for number in made..fleet {
            tenant(&engine, &format!("tenant_{number}")).await?;
        }
        if made == 0 {
            let path = files[0].display().to_string();
            carry_out(&engine, Intent::ImportCatalog(CatalogSource::Path { path })).await?;
            carry_out(&engine, Intent::ReleaseCatalog(MakeRelease::default())).await?;
        }
        made = fleet;
        empty(place, "catalog_large", fleet).await?;
        let before = crate::machine::own_memory("VmRSS:")?;
        let time = timed(synchronise(&engine, 1)).await?;
        let tenants = u32::try_from(fleet)?;
        per_tenant.add(time.as_secs_f64() * 1000.0 / f64::from(tenants));
        let mut grown = Sample::default();
        grown.add(crate::machine::own_memory("VmRSS:")? - before);
        let what = format!("first synchronisation of {fleet} tenants: growth of memory");
        table.single(&what, &Asked::Nothing, &grown, "MB");
    }
    table.compare("a tenant of 1,000, beside one of 100", &Asked::AtMost(1.2), &many, &few, "ms");
    let (mut receipts, mut deep) = (Sample::default(), Sample::default());
    for _ in 0..ROUNDS {
        receipts.add_time(timed(fleet(&engine, None)).await?);
        deep.add_time(timed(compare_fleet(&engine, None::<Vec<SchemaName>>, None, &Run::silent())).await?);
    }
    table.single("state of 1,000 tenants, by receipts", &Asked::AtMost(1000.0), &receipts, "ms");
    table.single("state of 1,000 tenants, every row compared", &Asked::AtMost(10_000.0), &deep, "ms");
    Ok(engine.close().await?)
}

/// 200 atoms of 2 versions each, in ten categories.
fn catalog_file(place: &Place, changed: bool) -> Outcome<PathBuf> {
    let schema = json!({"type": "object", "properties": {"limit": {"type": "integer", "minimum": 1},
                        "target": {"type": "string", "title": "Where to"}}, "required": ["target"]});
    let atom = |n: usize| {
        let version = |version: &str| {
            json!({"version": version, "release_date": "2026-03-01", "release_notes": format!("Notes of {version} of atom {n}"),
                   "config_schema": schema, "is_active": true})
        };
        let description =
            if changed && n < CHANGED { "Says it better" } else { "What it does, in a sentence" };
        json!({"slug": format!("atom-{n}"), "name": format!("Atom {n}"), "description": description,
               "category": format!("Category {}", n % 10), "versions": [version("1.0"), version("1.1")]})
    };
    let categories: Vec<Value> = (0..10)
        .map(|n| json!({"name": format!("Category {n}"), "description": format!("The category of number {n}")}))
        .collect();
    let whole = json!({"categories": categories, "atoms": (0..ATOMS).map(atom).collect::<Vec<_>>()});
    let path = place.folder().join(format!("catalog_{changed}.json"));
    std::fs::write(&path, whole.to_string())?;
    Ok(path)
}
