//! The figures: `cargo xtask bench`, or a part of them with `create`, `peer`, `large`, `domains`, `catalog`, `window`.
//!
//! Every figure is a median beside its quartiles. What is compared is measured in turns, on one server, so that a busy
//! machine slows both sides. Nothing fails here when a figure is missed: the table says so.

mod catalog;
mod create;
mod domains;
#[expect(dead_code, clippy::unwrap_used, reason = "shared with the tests, which use more of it")]
#[path = "../integration/world/endpoints.rs"]
mod endpoints;
mod floor;
mod large;
mod machine;
mod pair;
mod peer;
mod place;
mod sample;
#[expect(dead_code, reason = "shared with the end-to-end tests, which use more of it")]
#[path = "../e2e/support/mod.rs"]
mod support;
mod table;
mod window;
#[expect(dead_code, clippy::unwrap_used, reason = "shared with the tests, which use more of it")]
#[path = "../integration/world/zone.rs"]
mod zone;

use std::error::Error;

use place::Place;
use table::Table;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome {
    // Cargo adds options of its own.
    let parts: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let wanted = |part: &str| parts.is_empty() || parts.iter().any(|wanted| wanted == part);
    let place = Place::new().await?;
    let mut table = Table::default();
    if wanted("create") {
        create::measure(&place, &mut table).await?;
    }
    if wanted("peer") {
        peer::measure(&place, &mut table).await?;
    }
    if wanted("large") {
        large::measure(&place, &mut table).await?;
    }
    if wanted("domains") {
        domains::measure(&place, &mut table).await?;
    }
    if wanted("catalog") {
        catalog::measure(&place, &mut table).await?;
    }
    if wanted("window") {
        window::measure(&mut table).await?;
    }
    println!("\n{table}\n{}", machine::facts(&place)?);
    place.leave().await
}
