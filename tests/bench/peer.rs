//! Creating one tenant, beside django-tenants saving a Tenant and a Domain.

use std::env;
use std::process::{Command, Stdio};

use crate::Outcome;
use crate::create::tenant;
use crate::place::Place;
use crate::sample::{Sample, timed};
use crate::table::{Asked, Table};

const BLOCKS: usize = 8;
const BLOCK: usize = 5;
const DATABASE: &str = "peer";

/// Blocks of both in turns, on one platform. Each side's first tenant of a block is left out: a process has to start.
pub async fn measure(place: &Place, table: &mut Table) -> Outcome {
    let engine = place.platform(DATABASE).await?;
    let (mut ours, mut theirs) = (Sample::default(), Sample::default());
    for block in 0..BLOCKS {
        tenant(&engine, &format!("ours{block}n0")).await?;
        for number in 1..=BLOCK {
            ours.add_time(timed(tenant(&engine, &format!("ours{block}n{number}"))).await?);
        }
        for time in django_tenants(place, block)?.into_iter().skip(1) {
            theirs.add(time);
        }
    }
    engine.close().await?;
    table.compare("create a tenant, beside django-tenants", &Asked::AtLeast(3.0), &ours, &theirs, "ms");
    Ok(())
}

/// What each tenant of a block took, in milliseconds.
fn django_tenants(place: &Place, block: usize) -> Outcome<Vec<f64>> {
    let options = place.server().connect_options(DATABASE);
    let python =
        env::var_os("TENANTRY_DJANGO_PYTHON").ok_or("TENANTRY_DJANGO_PYTHON names no Python with Django")?;
    let mut peer = Command::new(python);
    peer.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/django"));
    peer.args([
        "peer_create.py",
        "--count",
        &(BLOCK + 1).to_string(),
        "--prefix",
        &format!("django_{block}_"),
    ]);
    peer.env("PGHOST", place.server().socket_dir()).env("PGPORT", options.get_port().to_string());
    peer.env("PGUSER", options.get_username()).env("PGDATABASE", DATABASE);
    let output = peer.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err(format!("peer_create.py ended with {}", output.status).into());
    }
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let times = answer["milliseconds"].as_array().ok_or("peer_create.py answered no milliseconds")?;
    Ok(times.iter().filter_map(serde_json::Value::as_f64).collect())
}
