//! Creating one tenant, beside django-tenants saving a Tenant and a Domain.

use serde_json::Value;

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
    let (count, prefix) = ((BLOCK + 1).to_string(), format!("django_{block}_"));
    let answer = place.django(DATABASE, &["peer_create.py", "--count", &count, "--prefix", &prefix])?;
    Ok(milliseconds(&answer))
}

/// What the scripts that make tenants Django's way say of each of them.
pub fn milliseconds(answer: &Value) -> Vec<f64> {
    answer["milliseconds"].as_array().into_iter().flatten().filter_map(Value::as_f64).collect()
}
