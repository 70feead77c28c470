//! Random tenants: what a retirement does to them is what a slow model says, and taken back it is as before, byte by byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestError, TestRunner};
use tenantry_engine::Error;
use tenantry_engine::catalog::{Retirement, compare_fleet};
use tenantry_engine::error::Refusal;
use tenantry_engine::operations::{Intent, Run, UndoOperation};
use tokio::runtime::Runtime;

use super::{platform, repoint, retire};
use crate::console::Platform;

/// Fails a case, so that a smaller one is looked for.
macro_rules! ensure {
    ($holds:expr, $($why:tt)+) => {
        if !$holds {
            return Err(format!($($why)+));
        }
    };
}

const ATOMS: [&str; 3] = ["mail", "post", "pdf"];
const VERSIONS: [&str; 3] = ["1.0", "1.1", "2.0"];

/// Tables that refer to atoms and versions: by numbers, by slugs, by several columns, in their keys.
const TABLES: &str = "
    CREATE TABLE acme.pins (id int PRIMARY KEY, place int, version_id bigint REFERENCES acme.atoms_atomversion ON DELETE CASCADE,
                            UNIQUE (version_id, place));
    CREATE TABLE acme.pairs (one bigint REFERENCES acme.atoms_atom DEFERRABLE INITIALLY DEFERRED, two bigint REFERENCES acme.atoms_atom,
                             PRIMARY KEY (one, two));
    CREATE TABLE acme.exact (id int, atom_id bigint REFERENCES acme.atoms_atom, version varchar(50),
                             FOREIGN KEY (atom_id, version) REFERENCES acme.atoms_atomversion (atom_id, version),
                             PRIMARY KEY (id, atom_id)) PARTITION BY HASH (id);
    CREATE TABLE acme.exact_0 PARTITION OF acme.exact FOR VALUES WITH (MODULUS 2, REMAINDER 0);
    CREATE TABLE acme.exact_1 PARTITION OF acme.exact FOR VALUES WITH (MODULUS 2, REMAINDER 1);
    CREATE TABLE acme.named (id int PRIMARY KEY, slug varchar(150) REFERENCES acme.atoms_atom (slug), place int,
                             UNIQUE NULLS NOT DISTINCT (slug, place));
    ALTER TABLE acme.atoms_atom ADD note json, ADD parent_id bigint REFERENCES acme.atoms_atom;";

/// Every reference: `@slug;` or `@slug version;` is what it refers to, and what may be there only once stands in brackets.
const REFERENCES: &str = "
    SELECT format('config %s %s', c.id, CASE WHEN user_id IS NULL THEN format('%s @%s;', project_id, slug)
                                             ELSE format('[config %s %s @%s;]', project_id, user_id, slug) END)
    FROM acme.atom_configs_atomconfig c JOIN acme.atoms_atom a ON a.id = c.atom_id
    UNION ALL SELECT format('step %s @%s;', s.id, slug) FROM acme.workflows_workflowatom s JOIN acme.atoms_atom a ON a.id = s.atom_id
    UNION ALL SELECT format('pin %s %s', p.id, CASE WHEN place IS NULL THEN format('@%s %s;', slug, version)
                                                    ELSE format('[pin %s @%s %s;]', place, slug, version) END)
    FROM acme.pins p JOIN acme.atoms_atomversion v ON v.id = p.version_id JOIN acme.atoms_atom a ON a.id = v.atom_id
    UNION ALL SELECT format('[pair @%s; @%s;]', a.slug, b.slug)
    FROM acme.pairs p JOIN acme.atoms_atom a ON a.id = p.one JOIN acme.atoms_atom b ON b.id = p.two
    UNION ALL SELECT format('exact %s @%s;', e.id, a.slug) || COALESCE(format(' @%s %s;', a.slug, version), '')
    FROM acme.exact e JOIN acme.atoms_atom a ON a.id = e.atom_id
    UNION ALL SELECT format('named %s [named %s @%s;]', id, place, slug) FROM acme.named
    UNION ALL SELECT format('child %s @%s;', c.slug, p.slug)
    FROM acme.atoms_atom c JOIN acme.atoms_atom p ON p.id = c.parent_id AND p.id <> c.id
    ORDER BY 1";

/// Every row of the tenant's that a retirement could touch, and what is known of its copy.
const CONTENT: &str = "
    SELECT 'atom ' || t::text FROM acme.atoms_atom t UNION ALL SELECT 'version ' || t::text FROM acme.atoms_atomversion t
    UNION ALL SELECT 'config ' || t::text FROM acme.atom_configs_atomconfig t
    UNION ALL SELECT 'step ' || t::text FROM acme.workflows_workflowatom t UNION ALL SELECT 'pin ' || t::text FROM acme.pins t
    UNION ALL SELECT 'pair ' || t::text FROM acme.pairs t UNION ALL SELECT 'exact ' || t::text FROM acme.exact t
    UNION ALL SELECT 'named ' || t::text FROM acme.named t UNION ALL SELECT t::text FROM tenantry.catalog_deviation t
    ORDER BY 1";

#[derive(Debug, Clone, Copy)]
struct Row {
    table: usize,
    atom: usize,
    other: usize,
    version: usize,
    place: Option<u8>,
}

#[derive(Debug, Clone)]
struct Case {
    /// Those that each atom has.
    versions: Vec<Vec<Option<bool>>>,
    rows: Vec<Row>,
    how: usize,
}

fn case() -> impl Strategy<Value = Case> {
    let row = (
        0..7_usize,
        prop_oneof![2 => Just(0_usize), 1 => 1..3_usize],
        0..3_usize,
        0..3_usize,
        proptest::option::of(1..4_u8),
    );
    let row = row.prop_map(|(table, atom, other, version, place)| Row { table, atom, other, version, place });
    let versions = proptest::collection::vec(proptest::option::weighted(0.8, any::<bool>()), 3);
    (proptest::collection::vec(versions, 3), proptest::collection::vec(row, 0..8), 0..5_usize)
        .prop_map(|(versions, rows, how)| Case { versions, rows, how })
}

fn statements(case: &Case) -> String {
    let mut sql = String::from(
        "TRUNCATE acme.pins, acme.pairs, acme.exact, acme.named, acme.workflows_workflowatom, acme.atom_configs_atomconfig;
         DELETE FROM acme.atoms_atomversion; DELETE FROM acme.atoms_atom;",
    );
    for (slug, versions) in ATOMS.iter().zip(&case.versions) {
        write!(
            sql,
            "INSERT INTO acme.atoms_atom (name, slug, description, created_at, updated_at, category_id, note)
             SELECT initcap('{slug}'), '{slug}', '', clock_timestamp(), clock_timestamp(), id, '{{\"a\" : 1, \"a\":2}}'
             FROM acme.atoms_atomcategory;"
        )
        .unwrap();
        for (version, active) in VERSIONS.iter().zip(versions) {
            let Some(active) = active else { continue };
            write!(
                sql,
                "INSERT INTO acme.atoms_atomversion (version, release_date, release_notes, config_schema, is_active, created_at, atom_id)
                 SELECT '{version}', '2024-02-29', '', 'null', {active}, clock_timestamp(), id FROM acme.atoms_atom WHERE slug = '{slug}';"
            )
            .unwrap();
        }
    }
    for (n, row) in case.rows.iter().enumerate() {
        let (slug, other, version) = (ATOMS[row.atom], ATOMS[row.other], VERSIONS[row.version]);
        let place = row.place.map_or_else(|| "NULL".to_owned(), |place| place.to_string());
        let atom = format!("FROM acme.atoms_atom a WHERE a.slug = '{slug}' ON CONFLICT DO NOTHING;");
        let insert = match row.table {
            0 => format!(
                "atom_configs_atomconfig (config, created_at, updated_at, atom_id, project_id, user_id)
                 SELECT '{{}}', now(), now(), id, 1 + {n} % 2, {place} {atom}"
            ),
            1 => format!("workflows_workflowatom (\"order\", atom_id, workflow_id) SELECT {n}, id, 1 {atom}"),
            2 => format!(
                "pins SELECT {n}, {place}, v.id FROM acme.atoms_atomversion v JOIN acme.atoms_atom a ON a.id = v.atom_id
                 WHERE (a.slug, v.version) = ('{slug}', '{version}') ON CONFLICT DO NOTHING;"
            ),
            3 => format!(
                "pairs SELECT a.id, b.id FROM acme.atoms_atom a, acme.atoms_atom b
                 WHERE (a.slug, b.slug) = ('{slug}', '{other}') ON CONFLICT DO NOTHING;"
            ),
            4 => format!(
                "exact SELECT {n}, a.id, v.version FROM acme.atoms_atom a
                 LEFT JOIN acme.atoms_atomversion v ON v.atom_id = a.id AND v.version = '{version}' WHERE a.slug = '{slug}';"
            ),
            5 => format!("named SELECT {n}, slug, {place} {atom}"),
            _ => {
                write!(
                    sql,
                    "UPDATE acme.atoms_atom SET parent_id = (SELECT id FROM acme.atoms_atom WHERE slug = '{slug}') WHERE slug = '{other}';"
                )
                .unwrap();
                continue;
            }
        };
        write!(sql, "INSERT INTO acme.{insert}").unwrap();
    }
    sql
}

/// The references after `mail` was re-pointed to `post`; `None` where that cannot be.
fn repointed(case: &Case, before: &[String]) -> Option<Vec<String>> {
    let mut after = Vec::new();
    let mut once = BTreeSet::new();
    for line in before.iter().filter(|line| !line.starts_with("child mail ")) {
        for (version, there) in VERSIONS.iter().zip(&case.versions[1]) {
            if there.is_none() && line.contains(&format!("@mail {version};")) {
                return None;
            }
        }
        let line = line.replace("@mail", "@post");
        if let Some((_, key)) = line.split_once('[')
            && !once.insert(key.to_owned())
        {
            return None;
        }
        // Nobody is told of atoms that stand for their own parents.
        if line != "child post @post;" {
            after.push(line);
        }
    }
    after.sort();
    Some(after)
}

#[test]
fn what_a_retirement_does_is_what_the_model_says_and_taken_back_it_is_as_before() {
    let runtime = Runtime::new().unwrap();
    let platform = runtime.block_on(async {
        let platform = platform().await;
        platform.execute(TABLES).await;
        platform
    });
    let config = Config { cases: 150, failure_persistence: None, max_shrink_iters: 400, ..Config::default() };
    let outcome = TestRunner::new(config)
        .run(&case(), |case| runtime.block_on(there_and_back(&platform, &case)).map_err(TestCaseError::fail));
    match outcome {
        Ok(()) => {}
        Err(TestError::Fail(why, case)) => panic!("{why}\n{case:?}"),
        Err(abort) => panic!("{abort}"),
    }
}

async fn there_and_back(platform: &Platform, case: &Case) -> Result<(), String> {
    platform.execute(&statements(case)).await;
    compare_fleet(&platform.engine, None, None, &Run::silent()).await.map_err(|error| error.to_string())?;
    let before = platform.lines(CONTENT).await;
    let references = platform.lines(REFERENCES).await;
    let in_use = references.iter().any(|line| line.contains("@mail") && !line.starts_with("child mail "));
    let (how, expected) = match case.how {
        0 => (Retirement::Deactivate, Some(references.clone())),
        1 => {
            let rest = references.iter().filter(|line| !line.starts_with("child mail ")).cloned().collect();
            (Retirement::Delete, (!in_use).then_some(rest))
        }
        _ => (repoint("post"), repointed(case, &references)),
    };
    let operation = match (platform.apply(retire("acme", "mail", how.clone())).await, expected) {
        (Err(Error::Refused { why, .. }), None) => {
            ensure!(
                !matches!(why, Refusal::ConstraintBroken { .. }),
                "the plan for {how:?} did not foresee: {why}"
            );
            ensure!(
                platform.lines(CONTENT).await == before,
                "{how:?} was refused, and something was written"
            );
            return Ok(());
        }
        (Ok(applied), Some(expected)) => {
            let now = platform.lines(REFERENCES).await;
            ensure!(now == expected, "{how:?} left\n{now:?} and not\n{expected:?}");
            applied.operation
        }
        (answer, expected) => return Err(format!("{how:?} came to {answer:?} and not to {expected:?}")),
    };
    let there = platform.lines("SELECT slug::text FROM acme.atoms_atom WHERE slug = 'mail'").await;
    ensure!(there.is_empty() == (how != Retirement::Deactivate), "{there:?} after {how:?}");
    let Some(operation) = operation else { return Ok(()) };
    let undo = Intent::Undo(UndoOperation { operation });
    platform.apply(undo).await.map_err(|error| format!("{how:?} was not taken back: {error:?}"))?;
    let after = platform.lines(CONTENT).await;
    ensure!(after == before, "taken back, {how:?} left\n{after:?} and not\n{before:?}");
    Ok(())
}
