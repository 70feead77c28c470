//! Random fleets and random intents: what is applied is what was previewed and what a slow model says, and applied and taken
//! back is what was there before, byte by byte.

mod cases;
mod model;

use std::fmt::Write as _;

use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use tenantry_engine::Error;
use tenantry_engine::operations::{Applied, Change, Intent, OperationId, UndoOperation};
use tokio::runtime::Runtime;

use crate::console::Platform;
use cases::{Case, MOST, Op, STORED, schema};
use model::{Changed, Model, Refused, Row};

/// Fails a case, so that a smaller one is looked for.
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+));
        }
    };
}

#[test]
fn what_is_applied_is_what_was_previewed_and_taken_back_it_is_as_before() {
    let runtime = Runtime::new().unwrap();
    let platform = runtime.block_on(Platform::new());
    let config =
        Config { cases: 200, failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    let outcome = TestRunner::new(config).run(&cases::case(), |case| {
        runtime.block_on(Fleet::put(&platform, &case)).map_err(TestCaseError::fail)
    });
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, case)) => panic!("{why}\n{case:?}"),
        Err(abort) => panic!("{abort}"),
    }
}

/// The platform under one case.
struct Fleet<'a> {
    platform: &'a Platform,
    tenants: usize,
    /// What was done, the oldest first, with what it changed.
    done: Vec<(OperationId, Vec<Changed>, bool)>,
}

impl<'a> Fleet<'a> {
    async fn put(platform: &'a Platform, case: &Case) -> Result<(), String> {
        platform.execute(&statements(case)).await;
        let mut fleet = Self { platform, tenants: case.tenants, done: Vec::new() };
        for (op, there_and_back) in &case.ops {
            fleet.carry_out(op, *there_and_back).await.map_err(|why| format!("{op:?}: {why}"))?;
        }
        Ok(())
    }

    async fn carry_out(&mut self, op: &Op, there_and_back: bool) -> Result<(), String> {
        let start = self.rows().await;
        let before = self.model().await;
        let open: Vec<_> = (0..self.done.len()).filter(|index| !self.done[*index].2).collect();
        let undone = match op {
            Op::Undo(which) if !open.is_empty() => Some(*which.get(&open)),
            _ => None,
        };
        let Some(intent) = op.intent(undone.map(|index| self.done[index].0)) else { return Ok(()) };
        let expected = match undone {
            Some(index) => before.undone(&self.done[index].1),
            None => before.after(op, self.tenants),
        };
        let applied = match (expected, self.apply(intent, &before).await?) {
            (Ok(changes), Ok(applied)) => {
                let wanted = before.with(&changes);
                let found = self.model().await;
                ensure!(
                    found.places() == wanted.places(),
                    "there is\n{:?}, and not\n{:?}",
                    found.places(),
                    wanted.places()
                );
                applied.operation.map(|id| (id, changes))
            }
            (Err(expected), Err(refused)) => {
                ensure!(is_kind(expected, &refused), "{refused:?} is not {expected:?}");
                ensure!(self.rows().await == start, "what was refused was written");
                None
            }
            (expected, found) => return Err(format!("{found:?}, and not {expected:?}")),
        };
        let Some((operation, changes)) = applied else {
            ensure!(self.rows().await == start, "nothing was to be done, and something was");
            return Ok(());
        };
        self.done.push((operation, changes.clone(), false));
        if let Some(index) = undone {
            self.done[index].2 = true;
        }
        if there_and_back { self.back_and_forth(operation, changes, &start).await } else { Ok(()) }
    }

    async fn back_and_forth(
        &mut self,
        operation: OperationId,
        changes: Vec<Changed>,
        start: &[String],
    ) -> Result<(), String> {
        let end = self.rows().await;
        let undo = |operation| Intent::Undo(UndoOperation { operation });
        let model = self.model().await;
        let back =
            self.apply(undo(operation), &model).await?.map_err(|why| format!("taken back: {why:?}"))?;
        ensure!(self.rows().await == start, "taken back:\n{:?}, and not\n{start:?}", self.rows().await);
        let back = back.operation.ok_or("nothing was taken back")?;
        let model = self.model().await;
        let forth = self.apply(undo(back), &model).await?.map_err(|why| format!("done again: {why:?}"))?;
        ensure!(self.rows().await == end, "done again:\n{:?}, and not\n{end:?}", self.rows().await);
        if let (Some(last), Some(forth)) = (self.done.last_mut(), forth.operation) {
            *last = (forth, changes, false);
        }
        Ok(())
    }

    /// Plans and applies, and holds the changes of the plan against the rows.
    async fn apply(
        &self,
        intent: Intent,
        before: &Model,
    ) -> Result<tenantry_engine::Result<Applied>, String> {
        let applied = match self.platform.apply(intent).await {
            Ok(applied) => applied,
            Err(refused) => return Ok(Err(refused)),
        };
        let (previewed, found) = (preview(before, &applied.plan.changes)?, self.model().await);
        ensure!(
            found.places() == previewed.places(),
            "{:?} was previewed, and there is {:?}",
            applied.plan.changes,
            found.places()
        );
        ensure!(found.is_sound(), "not one primary domain each: {found:?}");
        let copies = "SELECT schema_name || ' ' || primary_domain FROM public.tenants_tenant ORDER BY id";
        let copies = self.platform.lines(copies).await;
        ensure!(copies == found.copies(self.tenants), "the copies are {copies:?}");
        Ok(Ok(applied))
    }

    async fn model(&self) -> Model {
        let query = "SELECT concat_ws(' ', t.id - 1, d.is_primary, d.domain) FROM public.tenants_domain d
                     JOIN public.tenants_tenant t ON t.id = d.tenant_id ORDER BY t.id, d.id";
        let lines = self.platform.lines(query).await;
        let row = |line: &String| {
            let mut words = line.splitn(3, ' ');
            let mut next = || words.next().unwrap();
            Row { tenant: next().parse().unwrap(), primary: next() == "t", domain: next().to_owned() }
        };
        Model(lines.iter().map(row).collect())
    }

    /// Whole rows of both tables.
    async fn rows(&self) -> Vec<String> {
        let query = "SELECT t::text FROM public.tenants_tenant t UNION ALL SELECT d::text FROM public.tenants_domain d ORDER BY 1";
        self.platform.lines(query).await
    }
}

/// The rows that a plan promises, change by change.
fn preview(before: &Model, changes: &[Change]) -> Result<Model, String> {
    let mut rows = before.0.clone();
    for change in changes {
        let is = |row: &Row, name: &str, at: &str| row.domain == name && schema(row.tenant) == at;
        let tenant = |at: &str| at[1..].parse::<usize>().unwrap();
        let mut took = 0;
        match change {
            Change::RemoveDomain { schema, domain } => {
                took = rows.len();
                rows.retain(|row| !is(row, domain, schema.as_str()));
                took -= rows.len();
            }
            Change::AddDomain { schema, domain, primary }
            | Change::PutBackDomain { schema, domain, primary, .. } => {
                took = usize::from(!rows.iter().any(|row| row.domain == *domain));
                rows.push(Row { domain: domain.clone(), tenant: tenant(schema.as_str()), primary: *primary });
            }
            Change::MoveDomain { domain, from, to, was_primary, primary } => {
                for row in rows
                    .iter_mut()
                    .filter(|row| is(row, domain, from.as_str()) && row.primary == *was_primary)
                {
                    (row.tenant, row.primary) = (tenant(to.as_str()), *primary);
                    took += 1;
                }
            }
            Change::ChangePrimary { schema, before, after } => {
                for row in rows.iter_mut().filter(|row| row.tenant == tenant(schema.as_str())) {
                    took += usize::from(row.domain == *after && !row.primary);
                    row.primary =
                        row.domain == *after || row.primary && before.as_deref() != Some(row.domain.as_str());
                }
            }
            other => return Err(format!("{other:?} is not about domains")),
        }
        ensure!(took == 1, "{change:?} meets {took} rows of {rows:?}");
    }
    Ok(Model(rows))
}

fn is_kind(expected: Refused, found: &Error) -> bool {
    match expected {
        Refused::Invalid => matches!(found, Error::Invalid(_)),
        Refused::Taken => matches!(found, Error::DomainTaken { .. }),
        Refused::NotFound => matches!(found, Error::DomainNotFound { .. }),
        Refused::PrimaryNeeded => matches!(found, Error::PrimaryDomainNeeded { .. }),
    }
}

/// Statements that put a fleet in the place of the last one.
fn statements(case: &Case) -> String {
    let mut owned = vec![Vec::new(); case.tenants];
    for (domain, owner) in STORED.iter().zip(&case.owners) {
        if let Some(own) = owner.and_then(|owner| owned.get_mut(owner)).filter(|own| own.len() < MOST) {
            own.push(*domain);
        }
    }
    let mut sql = "DELETE FROM public.tenants_domain; DELETE FROM public.tenants_tenant; DELETE FROM tenantry.assignment;".to_owned();
    for (tenant, (own, primary)) in owned.iter().zip(&case.primaries).enumerate() {
        let primary = if own.is_empty() { "" } else { *primary.get(own) };
        let id = tenant + 1;
        let _ = write!(
            sql,
            "INSERT INTO public.tenants_tenant VALUES ({id}, '{}', 'Tenant {tenant}', '2026-01-01', '{primary}', '[]', 0, 0, 0, '[]', '', '', true);",
            schema(tenant)
        );
        for domain in own {
            let _ = write!(
                sql,
                "INSERT INTO public.tenants_domain (domain, is_primary, tenant_id) VALUES ('{domain}', {}, {id});",
                *domain == primary
            );
        }
    }
    sql
}
