//! The private server, with the PostgreSQL that Tenantry carries: `tenantry_engine::embedded`.

mod disk;
mod fixture;
mod folder;
mod leftovers;
mod ownership;
mod serving;
