//! Tenantry's rules and SQL, without a window.
//!
//! One folder for each area: [`platform`] (what database is this), [`embedded`] (the private server), [`tenants`],
//! [`blueprint`] (how a tenant's schema is made), [`domains`], [`catalog`], [`verify`], [`health`] (the whole fleet at once),
//! and [`operations`], through which every write goes: plan, apply, journal, undo; [`jobs`] do so for many tenants.
//! [`world`] asks what DNS and TLS answer about a domain; it reads no database and writes nothing.
//!
//! Inside an area, `mod.rs` has the rules and `store.rs` the SQL; a store never begins or commits a transaction.

pub mod blueprint;
pub mod catalog;
pub mod connection;
mod digest;
pub mod domains;
pub mod embedded;
pub mod error;
pub mod example;
pub mod health;
pub mod jobs;
pub mod names;
pub mod operations;
pub mod platform;
mod sql;
pub mod table;
pub mod tenants;
pub mod verify;
pub mod world;

pub use error::{Error, Result};
pub use platform::Engine;
