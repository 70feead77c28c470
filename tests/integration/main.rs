//! The engine on a real PostgreSQL.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod bad_input;
mod catalog;
mod commit;
mod console;
mod domains;
mod embedded;
mod interop;
mod jobs;
mod life;
mod many;
mod meanwhile;
mod operations;
mod platform;
mod scenario;
mod support;
mod undo;
mod verify;
mod waiting;
mod wire;
