//! The real window, driven through WebDriver as a user's hands would, on a private server of its own. `cargo xtask test
//! e2e` builds what it needs and gives it a display.

mod catalog;
mod catalog_fleet;
mod conflict;
mod domains;
mod first_start;
mod fleet;
mod hostile;
mod life;
mod scenario;
mod support;
mod verify;
mod waiting;
