//! One release after the other, and what is told of them.

use tenantry_engine::catalog::{self, Conflict, CopyState, RowKey, RowState, SyncCatalog};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Applied, Finding, Intent, Run, UndoOperation};
use tenantry_engine::tenants::{CloneTenant, PurgeTenant, TenantRef, trash};

use super::life::standing;
use super::{FIRST, SECOND, acme, next_release, rows, sorted, synchronise};
use crate::console::Platform;
use crate::support::tenant;

/// Brings a tenant to one release after the other; where somebody has to decide, nothing is done.
async fn bring(platform: &Platform, schema: &str, releases: &[i32]) -> Applied {
    let mut applied = None;
    for release in releases {
        let schema = SchemaName::existing(schema);
        let request = SyncCatalog { release: Some(*release), ..SyncCatalog::to_newest(schema) };
        applied = Some(platform.apply(Intent::SyncCatalog(request)).await.unwrap());
    }
    applied.unwrap()
}

#[tokio::test]
async fn back_to_a_release_and_forward_again_nobody_is_asked_but_about_a_tenants_own_work() {
    let platform = acme().await;
    next_release(&platform).await;
    bring(&platform, "acme", &[1, 2, 1]).await;
    let back = ["hook; 1.0; 2026-03-01; ; {}; f", "hook; Hook; ; Web", "Web; "];
    assert_eq!(rows(&platform, "acme").await, sorted(&[&FIRST[..], &back].concat()));
    assert_eq!(standing(&platform, "acme").await, (Some(1), CopyState::InStep, 0));
    catalog::compare_fleet(&platform.engine, None, None, &Run::silent()).await.unwrap();
    bring(&platform, "acme", &[2]).await;
    assert_eq!(rows(&platform, "acme").await, sorted(&SECOND));

    bring(&platform, "acme", &[1]).await;
    platform.execute("UPDATE acme.atoms_atom SET description = 'Ours' WHERE slug = 'hook'").await;
    let asked = bring(&platform, "acme", &[2]).await;
    assert_eq!(asked.operation, None);
    let [Finding::CatalogConflicts { conflicts, .. }] = asked.plan.findings.as_slice() else {
        panic!("{:?}", asked.plan.findings)
    };
    let hook = Conflict { row: RowKey::atom("hook"), state: RowState::AddedTwice, choice: None };
    assert_eq!(conflicts, &[hook]);
}

#[tokio::test]
async fn every_synchronisation_leaves_a_receipt_and_the_days_count_the_tenants() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    platform.execute("UPDATE acme.atoms_atom SET description = 'ours' WHERE slug = 'outbox'").await;
    next_release(&platform).await;
    let second = synchronise(&platform, "acme").await.unwrap().operation.unwrap();
    platform.apply(Intent::Undo(UndoOperation { operation: second })).await.unwrap();

    let receipts = catalog::receipts(&platform.engine, &SchemaName::existing("acme")).await.unwrap();
    let told: Vec<_> = receipts
        .iter()
        .map(|r| (r.release_before, r.release, [r.inserted, r.updated, r.deactivated, r.kept]))
        .collect();
    let expected = [
        // Back: the four that were overwritten.
        (Some(2), Some(1), [0, 4, 0, 0]),
        (Some(1), Some(2), [3, 3, 1, 1]),
        (None, Some(1), [6, 0, 0, 0]),
    ];
    assert_eq!(told, expected);
    assert_eq!(receipts[1].operation, second);
    assert_eq!(today(&platform).await, [(1, 1)], "at the end of the day it was back at the first");
}

#[tokio::test]
async fn a_day_counts_the_clones_and_not_those_who_were_deleted_in_it() {
    let platform = acme().await;
    synchronise(&platform, "acme").await.unwrap();
    for name in ["bolt", "cog"] {
        let tenant = tenant(name, name, &format!("{name}.example"));
        let request = CloneTenant { source: SchemaName::existing("acme"), with_data: true, tenant };
        platform.apply(Intent::CloneTenant(request)).await.unwrap();
    }
    assert_eq!(today(&platform).await, [(1, 3)]);
    for name in ["bolt", "cog"] {
        let schema = SchemaName::existing(name);
        platform.apply(Intent::DeleteTenant(TenantRef { schema })).await.unwrap();
    }
    assert_eq!(today(&platform).await, [(1, 1)], "what is in the trash is at no release");
    let schema = trash(&platform.engine).await.unwrap()[0].schema.clone();
    platform.apply(Intent::PurgeTenant(PurgeTenant { schema })).await.unwrap();
    assert_eq!(today(&platform).await, [(1, 1)]);
}

/// Releases, and how many tenants are at each.
async fn today(platform: &Platform) -> Vec<(i32, i32)> {
    let days = catalog::history(&platform.engine).await.unwrap();
    days.last().map(|day| day.tenants.clone().into_iter().collect()).unwrap_or_default()
}
