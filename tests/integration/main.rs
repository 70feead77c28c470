//! The engine on a real PostgreSQL.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test says what it expects by failing")]

mod catalog;
mod domains;
mod meanwhile;
mod platform;
mod scenario;
mod support;
