//! The engine on a real PostgreSQL.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod bad_input;
mod catalog;
mod commit;
mod console;
mod domains;
mod embedded;
mod health;
mod interop;
mod meanwhile;
mod operations;
mod platform;
mod scenario;
mod support;
mod verify;
mod waiting;
mod wire;
