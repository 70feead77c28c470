//! The release window: how soon it can be used, what it weighs, and a list of 10,000 tenants.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;
use sqlx::Connection as _;
use tempfile::TempDir;

use crate::Outcome;
use crate::machine::kilobytes;
use crate::sample::Sample;
use crate::support::App;
use crate::table::{Asked, Table};

const STARTS: usize = 10;
const LISTS: usize = 5;
const SCROLLS: usize = 5;

/// Tenants without schemas: the list reads rows only.
const TENANTS: [&str; 2] = [
    "INSERT INTO tenantry.tenant (schema_name, name, primary_domain)
     SELECT format('tenant_%s', n), format('Tenant number %s', n), format('t%s.example', n) FROM generate_series(10001, 20000) n",
    "INSERT INTO tenantry.domain (domain, is_primary, tenant_id)
     SELECT primary_domain, true, id FROM tenantry.tenant WHERE schema_name ~ '^tenant_1|^tenant_2'",
];

/// Four aliases for each of them.
const DOMAINS: &str = "INSERT INTO tenantry.domain (domain, is_primary, tenant_id)
     SELECT format('%s.%s', (ARRAY['shop', 'app', 'blog', 'mail'])[k], primary_domain), false, id
     FROM tenantry.tenant CROSS JOIN generate_series(1, 4) k WHERE schema_name ~ '^tenant_1|^tenant_2'";

/// Chooses all domains that are found, and answers how long it took until the window said so.
const CHOOSE: &str = "
    const all = document.querySelector('[data-testid=choose-all]');
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return (async () => {
        const start = performance.now();
        all.click();
        do { await painted() } while (!all.checked || !document.querySelector('[data-testid=choice-bar]'));
        return performance.now() - start;
    })()";

/// Types into the search, a letter after the other, and answers how long each took until its rows were painted.
const FILTER: &str = "
    const input = document.querySelector('[data-testid=search]');
    const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
    const count = () => document.querySelector('.grid').getAttribute('aria-rowcount');
    const painted = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)));
    return (async () => {
        const times = [];
        for (const text of ['7', '77', '777', '']) {
            const before = count();
            const start = performance.now();
            set.call(input, text);
            input.dispatchEvent(new Event('input', { bubbles: true }));
            do { await painted() } while (count() === before);
            times.push(performance.now() - start);
        }
        return times;
    })()";

/// Scrolls the list, and a plain one of as many rows in its place, and answers the frames per second of both.
const SCROLL: &str = "
    const grid = document.querySelector('.grid');
    const plain = document.createElement('div');
    plain.style.cssText = `position:fixed; overflow:auto; background:#fff; z-index:9; left:${grid.getBoundingClientRect().left}px; top:${grid.getBoundingClientRect().top}px; width:${grid.clientWidth}px; height:${grid.clientHeight}px`;
    for (let n = 0; n < 10000; n += 1) {
        const row = document.createElement('div');
        row.style.height = '32px';
        row.textContent = `Tenant number ${n} tenant_${n} t${n}.example`;
        plain.append(row);
    }
    const rate = async list => {
        const frames = 60;
        list.scrollTop = 0;
        await new Promise(requestAnimationFrame);
        const start = performance.now();
        for (let n = 0; n < frames; n += 1) { list.scrollTop += 200; await new Promise(requestAnimationFrame) }
        return frames * 1000 / (performance.now() - start);
    };
    return (async () => {
        const ours = await rate(grid);
        document.body.append(plain);
        const theirs = await rate(plain);
        plain.remove();
        return [ours, theirs];
    })()";

pub async fn measure(table: &mut Table) -> Outcome {
    let folder = Arc::new(tempfile::tempdir()?);
    // The first start makes the data folder, which is another matter.
    let first = App::launch_in(Arc::clone(&folder)).await;
    first.find("start-create").await;
    first.close().await;
    starts(&folder, table).await?;
    fill(&folder).await?;
    list(&folder, table).await?;
    domains(&folder, table).await
}

async fn domains(folder: &Arc<TempDir>, table: &mut Table) -> Outcome {
    let (mut answered, mut rows) = (Sample::default(), Sample::default());
    let (mut filter, mut choose) = (Sample::default(), Sample::default());
    for round in 0..LISTS {
        let app = App::launch_in(Arc::clone(folder)).await;
        app.css("[role=row][data-testid^=tenant-row]").await;
        if round == 0 {
            let mut connection = app.platform().connect().await;
            sqlx::query(DOMAINS).execute(&mut connection).await?;
            sqlx::query("ANALYZE").execute(&mut connection).await?;
            connection.close().await?;
        }
        app.evaluate("location.hash = '/domains'").await;
        let since = "entry.startTime - performance.getEntriesByName('domains-asked')[0].startTime";
        answered.add(mark(&app, "domains-answered", since).await?);
        rows.add(mark(&app, "domains-first-rows", since).await?);
        app.find("choose-all").await;
        for time in numbers(&app.evaluate(FILTER).await) {
            filter.add(time);
        }
        choose.add(app.evaluate(CHOOSE).await.as_f64().ok_or("nothing was chosen")?);
        app.close().await;
    }
    table.single("50,000 domains in the window: answered", &Asked::Nothing, &answered, "ms");
    table.single("50,000 domains in the window: first rows", &Asked::AtMost(300.0), &rows, "ms");
    table.single("50,000 domains in the window: filter, a key", &Asked::AtMost(150.0), &filter, "ms");
    table.single("50,000 domains in the window: choose all", &Asked::AtMost(100.0), &choose, "ms");
    Ok(())
}

/// From asking for the program until the first screen is painted and can be used.
async fn starts(folder: &Arc<TempDir>, table: &mut Table) -> Outcome {
    let mut times = Sample::default();
    let mut weights: BTreeMap<&str, Sample> = BTreeMap::new();
    for _ in 0..STARTS {
        let asked = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64() * 1000.0;
        let app = App::launch_in(Arc::clone(folder)).await;
        app.find("start-create").await;
        let usable = mark(&app, "usable", "performance.timeOrigin + entry.startTime").await?;
        times.add(usable - asked);
        for (part, megabytes) in weigh(app.window_pid())? {
            weights.entry(part).or_default().add(megabytes);
        }
        app.close().await;
    }
    table.single("window: start to first usable screen", &Asked::AtMost(1500.0), &times, "ms");
    for (part, sample) in weights {
        table.single(&format!("window: memory of {part} (PSS)"), &Asked::Nothing, &sample, "MB");
    }
    Ok(())
}

async fn fill(folder: &Arc<TempDir>) -> Outcome {
    let app = App::launch_in(Arc::clone(folder)).await;
    app.find("start-create").await;
    let mut connection = app.platform().connect().await;
    for statement in TENANTS {
        sqlx::query(statement).execute(&mut connection).await?;
    }
    connection.close().await?;
    app.close().await;
    Ok(())
}

async fn list(folder: &Arc<TempDir>, table: &mut Table) -> Outcome {
    let (mut answered, mut rows, mut filter) = (Sample::default(), Sample::default(), Sample::default());
    let (mut ours, mut plain) = (Sample::default(), Sample::default());
    for _ in 0..LISTS {
        let app = App::launch_in(Arc::clone(folder)).await;
        app.css("[role=row][data-testid^=tenant-row]").await;
        let since = "entry.startTime - performance.getEntriesByName('tenants-asked')[0].startTime";
        answered.add(mark(&app, "tenants-answered", since).await?);
        rows.add(mark(&app, "first-rows", since).await?);
        for time in numbers(&app.evaluate(FILTER).await) {
            filter.add(time);
        }
        for _ in 0..SCROLLS {
            if let [with_grid, with_plain] = numbers(&app.evaluate(SCROLL).await)[..] {
                ours.add(with_grid);
                plain.add(with_plain);
            }
        }
        app.close().await;
    }
    table.single("10,000 tenants: answered", &Asked::Nothing, &answered, "ms");
    table.single("10,000 tenants: first rows", &Asked::AtMost(300.0), &rows, "ms");
    table.single("10,000 tenants: filter, a key", &Asked::AtMost(100.0), &filter, "ms");
    table.share("10,000 tenants: scroll, beside a plain list", 0.7, &ours, &plain, "frames/s");
    Ok(())
}

/// Something about a mark that the page has set.
async fn mark(app: &App, name: &str, what: &str) -> Outcome<f64> {
    let script = format!(
        "return new Promise(done => {{ const look = () => {{ const entry = performance.getEntriesByName('{name}')[0]; \
         entry ? done({what}) : setTimeout(look, 5) }}; look() }})"
    );
    app.evaluate(&script).await.as_f64().ok_or_else(|| format!("the page has no mark {name}").into())
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}

/// What a window's processes hold, in megabytes: shared pages in equal parts.
fn weigh(window: u32) -> Outcome<BTreeMap<&'static str, f64>> {
    let mut weights = BTreeMap::new();
    let mut pids = vec![window];
    while let Some(pid) = pids.pop() {
        let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
        let part = match name.trim() {
            "postgres" => "the server",
            webkit if webkit.starts_with("WebKit") => "the webview",
            _ => "the application",
        };
        // A process may have gone in between.
        let held = kilobytes(&format!("/proc/{pid}/smaps_rollup"), "Pss:").unwrap_or_default();
        *weights.entry(part).or_default() += f64::from(u32::try_from(held)?) / 1024.0;
        for task in fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten().flatten() {
            let children = fs::read_to_string(task.path().join("children")).unwrap_or_default();
            pids.extend(children.split_whitespace().filter_map(|child| child.parse::<u32>().ok()));
        }
    }
    Ok(weights)
}
