//! Random catalogs, releases, tenants that go their own ways, and synchronisations: what is applied is what was previewed and
//! what a slow model says, no tenant's work is lost without a decision, and applied and taken back is what was there before.

mod cases;
mod model;
mod tables;

use std::collections::BTreeSet;

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use tenantry_engine::catalog::{
    self, CatalogRows, CopyState, Decision, MakeRelease, OnConflict, RowKey, SyncCatalog, SyncCounts,
    SyncFleet, SyncOutcome,
};
use tenantry_engine::names::SchemaName;
use tenantry_engine::operations::{Change, Finding, Intent, OperationId, Plan, Run, UndoOperation};
use tokio::runtime::Runtime;

use crate::console::Platform;
use cases::{Case, Edit, Op, TENANTS, Then};
use model::{Noted, Outcome, Releases, Rows, Said, Standing};
use tables::{Place, rows, statements, stored};

/// Fails a case, so that a smaller one is looked for.
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+));
        }
    };
}

/// Fails a case where two things are not alike.
macro_rules! ensure_eq {
    ($found:expr, $expected:expr, $what:expr) => {
        let (found, expected) = (&$found, &$expected);
        ensure!(found == expected, "{}:\n{found:?}, and not\n{expected:?}", $what);
    };
}

#[test]
fn every_tenant_holds_what_the_model_says_and_loses_nothing_without_a_decision() {
    let runtime = Runtime::new().unwrap();
    let platform = runtime.block_on(async {
        let platform = Platform::new().await;
        for tenant in 0..TENANTS {
            let schema = schema(tenant);
            platform
                .add_tenant(&format!("Tenant {tenant}"), schema.as_str(), &format!("{schema}.example"))
                .await;
        }
        platform
    });
    let config = Config { cases: 150, failure_persistence: None, max_shrink_iters: 0, ..Config::default() };
    let outcome = TestRunner::new(config).run(&cases::case(), |case| {
        runtime.block_on(Fleet::put(&platform, &case)).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, case)) => panic!("{why}\n{case:#?}"),
        Err(abort) => panic!("{abort}"),
    }
}

fn schema(tenant: usize) -> SchemaName {
    SchemaName::existing(format!("t{tenant}"))
}

/// The platform under one case.
struct Fleet<'a> {
    platform: &'a Platform,
    releases: Releases,
    master: Rows,
    noted: [Noted; TENANTS],
}

/// A synchronisation that somebody asks for.
struct Wish<'a> {
    tenant: usize,
    release: usize,
    policy: OnConflict,
    said: &'a Said,
}

impl Wish<'_> {
    fn decisions(&self) -> Vec<Decision> {
        self.said.iter().map(|(row, choice)| Decision { row: row.clone(), choice: *choice }).collect()
    }

    fn number(&self) -> i32 {
        i32::try_from(self.release).unwrap()
    }
}

impl<'a> Fleet<'a> {
    async fn put(platform: &'a Platform, case: &Case) -> Result<(), String> {
        platform.execute(&afresh()).await;
        let mut fleet =
            Self { platform, releases: Releases::default(), master: Rows::new(), noted: Default::default() };
        fleet.release(&case.master).await;
        for op in &case.ops {
            fleet.carry_out(op).await.map_err(|why| format!("{op:?}: {why}"))?;
        }
        Ok(())
    }

    async fn carry_out(&mut self, op: &Op) -> Result<(), String> {
        match op {
            Op::Release(edits) => self.release(edits).await,
            Op::Edit { tenant, edits } => drop(self.edit(*tenant, edits).await),
            Op::Compare => self.compare().await?,
            Op::Synchronise { tenant, release, policy, said, then } => {
                let all = self.releases.0.len();
                if all == 0 {
                    return Ok(());
                }
                let said = said.iter().cloned().collect();
                let release = release.map_or(all, |which| which.index(all) + 1);
                let wish = Wish { tenant: *tenant, release, policy: *policy, said: &said };
                self.synchronise(&wish, then).await?;
            }
        }
        self.look_at_the_fleet().await
    }

    /// Edits the master catalog, and releases it if there is anything new. What is published keeps its content.
    async fn release(&mut self, edits: &[Edit]) {
        let before = self.master.clone();
        for edit in edits {
            edit.make(&mut self.master);
        }
        for (row, content) in &mut self.master {
            let published = self.releases.0.iter().find_map(|release| release.get(row));
            if let Some(published) = published.filter(|content| content.len() == 4) {
                content[..3].clone_from_slice(&published[..3]);
            }
        }
        self.platform.execute(&statements(Place::Master, &before, &self.master)).await;
        if self.releases.0.last() != Some(&self.master) && !self.master.is_empty() {
            self.platform.apply(Intent::ReleaseCatalog(MakeRelease::default())).await.unwrap();
            self.releases.0.push(self.master.clone());
        }
    }

    /// What the tenant has before and after.
    async fn edit(&self, tenant: usize, edits: &[Edit]) -> (Rows, Rows) {
        let before = rows(self.platform, schema(tenant).as_str()).await;
        let mut after = before.clone();
        for edit in edits {
            edit.make(&mut after);
        }
        self.platform.execute(&statements(Place::Tenant(schema(tenant).as_str()), &before, &after)).await;
        (before, after)
    }

    async fn compare(&mut self) -> Result<(), String> {
        let run = Run::silent();
        catalog::compare_fleet(&self.platform.engine, None, None, &run).await.map_err(|e| e.to_string())?;
        for tenant in 0..TENANTS {
            let rows = rows(self.platform, schema(tenant).as_str()).await;
            self.noted[tenant] = self.releases.note_again(&rows, &self.noted[tenant]);
        }
        Ok(())
    }

    /// The fleet by its receipts, seen from each release.
    async fn look_at_the_fleet(&self) -> Result<(), String> {
        for release in 1..=self.releases.0.len() {
            let number = i32::try_from(release).unwrap();
            let fleet =
                catalog::fleet(&self.platform.engine, Some(number)).await.map_err(|e| e.to_string())?;
            for (copy, noted) in fleet.tenants.iter().zip(&self.noted) {
                let standing = self.releases.standing(noted, release);
                let found = Standing {
                    pending: copy.pending,
                    edited: copy.edited,
                    own: copy.own,
                    conflicts: copy.conflicts,
                };
                ensure_eq!(found, standing, format!("{} seen from release {release}", copy.schema));
                let state = match noted.base {
                    None => CopyState::Unknown,
                    Some(_) if standing.conflicts > 0 => CopyState::Conflicting,
                    Some(base) if base != release => CopyState::Behind,
                    Some(_) if standing.edited > 0 => CopyState::Edited,
                    Some(_) => CopyState::InStep,
                };
                ensure_eq!(copy.state, state, format!("{} seen from release {release}", copy.schema));
            }
        }
        Ok(())
    }

    async fn synchronise(&mut self, wish: &Wish<'_>, then: &Then) -> Result<(), String> {
        let schema = schema(wish.tenant);
        let before = rows(self.platform, schema.as_str()).await;
        let start = stored(self.platform, schema.as_str()).await;
        let noted = self.noted[wish.tenant].clone();
        let expected = self.releases.synchronise(&before, &noted, wish.release, wish.policy, wish.said);
        self.preview(wish, &noted, &expected).await?;
        let intent = Intent::SyncCatalog(SyncCatalog {
            schema: schema.clone(),
            release: Some(wish.number()),
            on_conflict: wish.policy,
            decisions: wish.decisions(),
        });
        let applied = self.platform.apply(intent).await.map_err(|e| format!("{e}: {e:?}"))?;
        let found = rows(self.platform, schema.as_str()).await;
        let Some(operation) = applied.operation else {
            let is_nothing =
                expected.is_undecided() || !expected.writes() && noted.base == Some(wish.release);
            ensure!(is_nothing, "nothing was done, and {expected:?} was to be");
            ensure!(found == before, "nothing was to be done, and something was");
            return Ok(());
        };
        ensure!(!expected.is_undecided(), "it was done, and {:?} is undecided", expected.conflicts);
        is_planned(&applied.plan, &expected)?;
        ensure_eq!(found, expected.rows, "there is");
        self.noted[wish.tenant] =
            self.releases.note(&found, wish.release, &expected.left_out, &expected.left_over);
        let edits = match then {
            Then::Stay => return Ok(()),
            Then::Back => &[][..],
            Then::EditAndBack(edits) => edits,
        };
        let (then, edited) = self.edit(wish.tenant, edits).await;
        self.take_back(operation).await?;
        let back = rows(self.platform, schema.as_str()).await;
        if then == edited {
            ensure_eq!(stored(self.platform, schema.as_str()).await, start, "taken back");
        }
        for row in before.keys().chain(then.keys()).chain(edited.keys()).collect::<BTreeSet<_>>() {
            let is = back.get(row);
            if then.get(row) == edited.get(row) {
                ensure!(
                    is == edited.get(row) || is == before.get(row),
                    "{row:?} is {is:?} after it was taken back"
                );
            } else {
                ensure!(is == edited.get(row), "{row:?} is {is:?}, and the tenant has changed it since");
            }
        }
        self.noted[wish.tenant] = match noted.base {
            Some(_) => self.releases.note_back(&back, &noted, &self.noted[wish.tenant]),
            None => noted,
        };
        Ok(())
    }

    async fn take_back(&self, operation: OperationId) -> Result<(), String> {
        let undo = Intent::Undo(UndoOperation { operation });
        let undone = self.platform.apply(undo).await.map_err(|e| format!("taken back: {e}: {e:?}"))?;
        ensure!(undone.operation.is_some(), "nothing was taken back");
        Ok(())
    }

    /// What is shown of it before.
    async fn preview(&self, wish: &Wish<'_>, noted: &Noted, expected: &Outcome) -> Result<(), String> {
        let request = SyncFleet {
            schemas: Some(vec![schema(wish.tenant)]),
            release: Some(wish.number()),
            on_conflict: wish.policy,
            decisions: wish.decisions(),
            by_receipts: false,
        };
        let preview = catalog::preview(&self.platform.engine, &request, &Run::silent()).await;
        let preview = preview.map_err(|e| e.to_string())?;
        let [tenant] = preview.tenants.as_slice() else { return Err(format!("{preview:?}")) };
        let is_there = !expected.is_undecided();
        let count = |n: usize| u32::try_from(n).unwrap();
        let written = |rows: &BTreeSet<RowKey>| if is_there { count(rows.len()) } else { 0 };
        let counts = SyncCounts {
            inserted: written(&expected.inserted),
            updated: written(&expected.updated),
            deactivated: written(&expected.deactivated),
            kept: count(expected.kept.len()),
            conflicts: count(expected.conflicts.len()),
            undecided: count(expected.conflicts.values().filter(|(_, choice)| choice.is_none()).count()),
            left_out: count(expected.name_taken.len()),
        };
        ensure_eq!(tenant.counts, counts, "previewed");
        let is_right = match tenant.outcome {
            SyncOutcome::Undecided => expected.is_undecided(),
            SyncOutcome::InStep => is_there && !expected.writes() && noted.base == Some(wish.release),
            SyncOutcome::Ready { .. } => is_there && (expected.writes() || noted.base != Some(wish.release)),
            SyncOutcome::InStepByReceipt | SyncOutcome::Refused { .. } => false,
        };
        ensure!(is_right, "{:?}, and {expected:?} is to come", tenant.outcome);
        Ok(())
    }
}

/// Whether a plan names the rows that the model says, and no others.
fn is_planned(plan: &Plan, expected: &Outcome) -> Result<(), String> {
    let keys = |rows: &CatalogRows| rows.keys().collect::<BTreeSet<_>>();
    let [Change::SyncCatalog { insert, update, deactivate, .. }] = plan.changes.as_slice() else {
        return Err(format!("{:?}", plan.changes));
    };
    ensure_eq!(keys(insert), expected.inserted, "inserted");
    ensure_eq!(keys(update), expected.updated, "updated");
    ensure_eq!(keys(deactivate), expected.deactivated, "deactivated");
    let (mut conflicts, mut taken, mut kept) = (Vec::new(), Vec::new(), BTreeSet::new());
    for finding in &plan.findings {
        match finding {
            Finding::CatalogConflicts { conflicts: told, .. } => {
                conflicts.extend(told.iter().map(|c| (c.row.clone(), (c.state, c.choice))));
            }
            Finding::AtomNameTaken { slug, holder, .. } => taken.push((slug.clone(), holder.clone())),
            Finding::CatalogKept { rows, .. } => kept.extend(rows.keys()),
            other => return Err(format!("{other:?} is not about a synchronisation")),
        }
    }
    ensure_eq!(
        conflicts.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        expected.conflicts,
        "conflicts"
    );
    ensure_eq!(
        taken.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        expected.name_taken,
        "names taken"
    );
    ensure_eq!(kept, expected.kept, "kept");
    Ok(())
}

/// Statements after which there is no catalog anywhere. Releases are let go of as nobody else can.
fn afresh() -> String {
    let tables = ["copy", "deviation", "receipt", "version", "atom", "category", "release"];
    let own: String = tables.iter().map(|table| format!("DELETE FROM tenantry.catalog_{table};")).collect();
    let of_tenant = |tenant| {
        let schema = schema(tenant);
        format!(
            "DELETE FROM {schema}.atoms_atomversion; DELETE FROM {schema}.atoms_atom; DELETE FROM {schema}.atoms_atomcategory;"
        )
    };
    let tenants: String = (0..TENANTS).map(of_tenant).collect();
    format!("SET session_replication_role = replica; {own} {tenants} SET session_replication_role = origin;")
}
