//! The engine on a real PostgreSQL.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod adopt;
mod bad_input;
mod blueprint;
mod catalog;
mod catalog_bad_input;
mod catalog_master;
mod catalog_model;
mod catalog_retire;
mod catalog_sync;
mod clone;
mod cluster;
mod commit;
mod console;
mod domain_checks;
mod domain_corpus;
mod domain_guard;
mod domain_import;
mod domain_model;
mod domain_moves;
mod domain_races;
mod domains;
mod embedded;
mod health;
mod interop;
mod job_undo;
mod jobs;
mod large;
mod life;
mod many;
mod meanwhile;
mod mend;
mod operations;
mod platform;
mod scenario;
mod servers;
mod support;
mod undo;
mod verify;
mod waiting;
mod wire;
mod world;
