//! How an answer leaves the program.

use std::io::Write as _;
use std::process::ExitCode;

use serde_json::{Value, json};
use tenantry_engine::error::AppError;
use tenantry_engine::operations::{Item, Plan};
use tenantry_engine::{Error, Result};

use crate::words;

/// What a command has to say, as JSON and in words.
pub struct Answer {
    pub value: Value,
    pub words: String,
    /// Carried out, and what was asked is answered with no.
    pub refused: bool,
}

impl Answer {
    pub fn done(value: Value, words: String) -> Self {
        Self { value, words, refused: false }
    }

    pub fn plan(plan: &Plan) -> Self {
        Self::done(json!({ "plan": plan }), words::plan(plan))
    }

    pub fn items(items: &[Item], words: String) -> Self {
        let failed = items.iter().filter(|item| item.failure.is_some()).count();
        Self { value: json!({ "items": items, "failed": failed }), words, refused: failed > 0 }
    }

    pub fn silent() -> Self {
        Self::done(Value::Null, String::new())
    }
}

const REFUSED: u8 = 1;
const BAD_INPUT: u8 = 2;
const NO_DATABASE: u8 = 3;

/// Prints an answer or an error, and says which code to exit with.
pub fn finish(result: Result<Answer>, json: bool) -> ExitCode {
    match result {
        Ok(answer) => {
            if json && !answer.value.is_null() {
                say(&answer.value);
            } else if !json && !answer.words.is_empty() {
                say(&answer.words);
            }
            if answer.refused { REFUSED.into() } else { ExitCode::SUCCESS }
        }
        Err(error) => {
            if json {
                say(&error_value(&error));
            }
            eprintln!("tenantry: {}", with_causes(&error));
            code(&error).into()
        }
    }
}

/// What was typed cannot be understood, or asks for help. Whether an answer in JSON was asked for has to be seen in the
/// arguments themselves.
pub fn usage(error: &clap::Error) -> ExitCode {
    let code = u8::try_from(error.exit_code()).unwrap_or(BAD_INPUT);
    if error.use_stderr() && std::env::args_os().any(|argument| argument == "--json") {
        println!("{}", json!({ "error": { "code": "usage", "message": error.to_string() } }));
    }
    // Whoever has closed the output does not want to read it.
    drop(error.print());
    code.into()
}

/// Whoever has closed the output does not want to read it; what was done is done.
fn say(answer: &impl std::fmt::Display) {
    drop(writeln!(std::io::stdout(), "{answer}"));
}

/// `{"error": {"code", "message", …}}`.
fn error_value(error: &Error) -> Value {
    let mut value =
        serde_json::to_value(AppError::of(error)).unwrap_or_else(|_| json!({ "code": "internal" }));
    value["message"] = Value::String(error.to_string());
    json!({ "error": value })
}

/// The cause stands behind what failed where the cause is what the user can act on.
fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut source = match error {
        Error::NoDatabase { .. } => None,
        other => std::error::Error::source(other),
    };
    while let Some(cause) = source {
        text = format!("{text}: {cause}");
        source = cause.source();
    }
    text
}

fn code(error: &Error) -> u8 {
    match error {
        Error::Invalid(_) | Error::File { .. } => BAD_INPUT,
        Error::NoDatabase { .. }
        | Error::Embedded(_)
        | Error::NotAPlatform(_)
        | Error::OutcomeUnknown { .. } => NO_DATABASE,
        Error::DomainTaken { .. }
        | Error::TenantDiffers { .. }
        | Error::SchemaTaken { .. }
        | Error::NotATemplate { .. }
        | Error::CloneDiffers { .. }
        | Error::TenantNotFound { .. }
        | Error::NoAtomTables { .. }
        | Error::DomainNotFound { .. }
        | Error::PrimaryDomainNeeded { .. }
        | Error::Refused { .. }
        | Error::Stale { .. }
        | Error::StaleAdoption { .. }
        | Error::ReadOnly { .. }
        | Error::NotPermitted { .. }
        | Error::DependedOn { .. }
        | Error::Busy { .. }
        | Error::Cancelled
        | Error::Database(_) => REFUSED,
    }
}
