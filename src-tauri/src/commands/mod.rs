//! The commands: parse, call the engine, convert. No rules here.

pub mod blueprint;
pub mod catalog;
pub mod domains;
pub mod health;
pub mod jobs;
pub mod many;
#[cfg(test)]
mod names;
pub mod operations;
pub mod platform;
pub mod tenants;
pub mod verify;

#[cfg(test)]
pub use names::COMMANDS;
