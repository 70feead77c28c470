//! `tenantry`: the engine on the command line.
//!
//! One JSON object on standard output with `--json`, words without. Exit code 0: done; 1: refused, with the reason;
//! 2: bad input; 3: no database.

mod adoption;
mod args;
mod catalog_args;
mod commands;
mod domain_args;
mod output;
mod progress;
mod words;

use std::process::ExitCode;

use tokio_util::sync::CancellationToken;

use crate::args::Args;

/// As shells have it: 128 and the number of SIGINT.
const INTERRUPTED: u8 = 130;

#[tokio::main]
async fn main() -> ExitCode {
    let args = match Args::read() {
        Ok(args) => args,
        Err(error) => return output::usage(&error),
    };
    let filter = tracing_subscriber::EnvFilter::try_from_env("TENANTRY_LOG").unwrap_or_else(|_| "off".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let cancel = CancellationToken::new();
    let interrupted = cancel.clone();
    let json = args.json;
    let work = commands::run(args, cancel);
    tokio::select! {
        result = work => output::finish(result, json),
        () = twice_interrupted(interrupted) => ExitCode::from(INTERRUPTED),
    }
}

/// Asks the work to stop at the first Ctrl-C. Returns at the second, for work that does not.
async fn twice_interrupted(cancel: CancellationToken) {
    for _ in 0..2 {
        if tokio::signal::ctrl_c().await.is_err() {
            return std::future::pending().await;
        }
        cancel.cancel();
    }
}
