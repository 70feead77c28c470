//! The program `tenantry` itself: what it answers, and what is left when it is killed.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod catalog_faults;
mod cli;
mod cli_retire;
mod cli_scenario;
mod faults;
mod job_faults;
mod support;
mod tool;
