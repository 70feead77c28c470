//! Everything a developer runs: `cargo xtask` lists it.

mod bench;
mod bundle;
mod deny;
mod files;
mod platform;
mod postgres;
mod prerequisites;
mod python;
mod queries;
mod run;
mod shell;
mod test;
mod ui;
mod window;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

use crate::window::Profile;

const USAGE: &str = "\
cargo xtask run [--release] [-- ARGUMENT...]  install what is missing, build, and open the window
cargo xtask test [STEP]                       install what is missing, and run all tests, or one step of them
cargo xtask bench [ARGUMENT...]               print the figures
cargo xtask bundle [ARGUMENT...]              make the packages that users install
cargo xtask queries                           write .sqlx: what PostgreSQL says about the engine's queries
cargo xtask queries --check                   fail if .sqlx is out of date
cargo xtask queries --serve                   keep a server running to write queries against
cargo xtask bindings                          write the interface's bindings to the window's commands
cargo xtask stage                             unpack PostgreSQL, and print where it is";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let Some(outcome) = run(&arguments) else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Does what the arguments say, if they say anything.
fn run(arguments: &[&str]) -> Option<Result<()>> {
    let outcome = match arguments {
        ["run"] => run::run(Profile::Debug, &[]),
        ["run", "--release"] => run::run(Profile::Release, &[]),
        ["run", "--", rest @ ..] => run::run(Profile::Debug, rest),
        ["run", "--release", "--", rest @ ..] => run::run(Profile::Release, rest),
        ["test"] => test::all(),
        ["test", step] => test::one(step),
        ["bench", rest @ ..] => bench::run(rest),
        ["bundle", rest @ ..] => bundle::run(rest),
        ["queries"] => queries::write(),
        ["queries", "--check"] => queries::check(),
        ["queries", "--serve"] => queries::serve(),
        ["bindings"] => test::write_bindings(),
        ["stage"] => postgres::stage().map(|staged| println!("{}", staged.display())),
        _ => return None,
    };
    Some(outcome)
}
