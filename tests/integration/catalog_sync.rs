//! Synchronisation as it meets tables with more in them, triggers, other programs and the rest of a tenant's life.

mod life;
mod releases;
mod tables;

use tenantry_engine::Result;
use tenantry_engine::catalog::{MakeRelease, OnConflict, SyncCatalog};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Applied, Intent};

use crate::console::Platform;

/// A platform with a tenant that has nothing of the catalog, and a release of two atoms.
async fn acme() -> Platform {
    let platform = Platform::new().await;
    platform.add_tenant("Acme", "acme", "acme.example").await;
    platform.execute(TWO_ATOMS).await;
    release(&platform).await;
    platform
}

const TWO_ATOMS: &str = r#"
    INSERT INTO tenantry.catalog_category (name, description) VALUES ('Mail', 'All about mail');
    INSERT INTO tenantry.catalog_atom (slug, name, description, category)
    VALUES ('inbox', 'Inbox', 'Reads mail', 'Mail'), ('outbox', 'Outbox', 'Sends mail', 'Mail');
    INSERT INTO tenantry.catalog_version (slug, version, release_date, release_notes, config_schema, is_active)
    VALUES ('inbox', '1.0', '2026-01-01', 'First', '{"type": "object"}', true),
           ('inbox', '2.0', '2026-02-01', 'Second', '{}', true),
           ('outbox', '1.0', '2026-01-01', 'First', '{}', true)"#;

/// The master catalog goes on: something of each kind is changed, something added, and something is gone.
async fn next_release(platform: &Platform) {
    platform
        .execute(
            "UPDATE tenantry.catalog_category SET description = 'Mail and more' WHERE release = 0;
             UPDATE tenantry.catalog_atom SET description = 'Reads your mail' WHERE release = 0 AND slug = 'inbox';
             UPDATE tenantry.catalog_version SET is_active = false WHERE release = 0 AND (slug, version) = ('inbox', '1.0');
             DELETE FROM tenantry.catalog_version WHERE release = 0 AND slug = 'outbox';
             INSERT INTO tenantry.catalog_category (name, description) VALUES ('Web', '');
             INSERT INTO tenantry.catalog_atom (slug, name, description, category) VALUES ('hook', 'Hook', '', 'Web');
             INSERT INTO tenantry.catalog_version (slug, version, release_date, release_notes, config_schema, is_active)
             VALUES ('hook', '1.0', '2026-03-01', '', '{}', true)",
        )
        .await;
    release(platform).await;
}

async fn release(platform: &Platform) {
    platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
}

fn sync(schema: &str) -> Intent {
    to_newest(schema, OnConflict::Stop)
}

/// Where both have changed something, the tenant's stays.
fn keeping(schema: &str) -> Intent {
    to_newest(schema, OnConflict::Keep)
}

fn to_newest(schema: &str, on_conflict: OnConflict) -> Intent {
    let schema = SchemaName::existing(schema);
    Intent::SyncCatalog(SyncCatalog { schema, release: None, on_conflict, decisions: Vec::new() })
}

async fn synchronise(platform: &Platform, schema: &str) -> Result<Applied> {
    platform.apply(sync(schema)).await
}

/// What a copy holds, without its keys and times.
async fn copy(platform: &Platform, schema: &str) -> Vec<String> {
    let query = format!(
        "SELECT concat_ws('; ', name, description) FROM {schema}.atoms_atomcategory
         UNION ALL
         SELECT concat_ws('; ', a.slug, a.name, a.description, c.name)
         FROM {schema}.atoms_atom a JOIN {schema}.atoms_atomcategory c ON c.id = a.category_id
         UNION ALL
         SELECT concat_ws('; ', a.slug, v.version, v.release_date, v.release_notes, v.config_schema, v.is_active)
         FROM {schema}.atoms_atomversion v JOIN {schema}.atoms_atom a ON a.id = v.atom_id ORDER BY 1"
    );
    platform.lines(&query).await
}

const FIRST: [&str; 6] = [
    "inbox; 1.0; 2026-01-01; First; {\"type\": \"object\"}; t",
    "inbox; 2.0; 2026-02-01; Second; {}; t",
    "inbox; Inbox; Reads mail; Mail",
    "Mail; All about mail",
    "outbox; 1.0; 2026-01-01; First; {}; t",
    "outbox; Outbox; Sends mail; Mail",
];

const SECOND: [&str; 9] = [
    "hook; 1.0; 2026-03-01; ; {}; t",
    "hook; Hook; ; Web",
    "inbox; 1.0; 2026-01-01; First; {\"type\": \"object\"}; f",
    "inbox; 2.0; 2026-02-01; Second; {}; t",
    "inbox; Inbox; Reads your mail; Mail",
    "Mail; Mail and more",
    "outbox; 1.0; 2026-01-01; First; {}; f",
    "outbox; Outbox; Sends mail; Mail",
    "Web; ",
];

fn sorted(lines: &[&str]) -> Vec<String> {
    let mut lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
    lines.sort();
    lines
}

/// The rows of a copy, in the order of their bytes.
async fn rows(platform: &Platform, schema: &str) -> Vec<String> {
    let mut rows = copy(platform, schema).await;
    rows.sort();
    rows
}
