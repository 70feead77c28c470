//! The private server, with the PostgreSQL that Tenantry carries: `tenantry_engine::embedded`.
//!
//! The tests look at processes through `/proc`.
#![cfg(target_os = "linux")]

mod disk;
mod fixture;
mod folder;
mod leftovers;
mod ownership;
mod serving;
