//! The program, as a script would call it.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tenantry_engine::connection::Connection;

/// `tenantry`, told where the platform is.
pub struct Tool {
    place: Vec<String>,
}

/// What it answered.
pub struct Answer {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Tool {
    pub fn on(connection: &Connection) -> Self {
        let Connection { host, database, user, .. } = connection;
        Self {
            place: vec![
                "--database-url".into(),
                format!("postgres://{user}@localhost/{database}?host={host}"),
            ],
        }
    }

    pub fn in_folder(folder: &Path) -> Self {
        Self { place: vec!["--data-dir".into(), folder.display().to_string()] }
    }

    /// Only its environment can tell it more.
    pub fn told_nothing() -> Self {
        Self { place: Vec::new() }
    }

    /// The command, not started yet. What the caller's environment says of a place does not count.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tenantry"));
        command.args(&self.place).args(arguments);
        command
            .env_remove("TENANTRY_DATABASE_URL")
            .env_remove("TENANTRY_DATA_DIR")
            .env_remove("TENANTRY_LOG");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command(arguments))
    }

    /// Runs it for JSON, which has to be one object and nothing else.
    pub fn json(&self, arguments: &[&str]) -> (i32, Value) {
        let answer = self.run(&[&["--json"], arguments].concat());
        (answer.code, answer.json())
    }

    /// Runs it for JSON, and expects it to be done.
    pub fn done(&self, arguments: &[&str]) -> Value {
        let (code, value) = self.json(arguments);
        assert_eq!(code, 0, "{arguments:?}: {value:#}");
        value
    }

    /// Runs it for JSON, and expects an error: the exit code, and what the error says.
    pub fn error(&self, arguments: &[&str]) -> (i32, Value) {
        let (code, mut value) = self.json(arguments);
        assert_eq!(value.as_object().map(serde_json::Map::len), Some(1), "{value:#}");
        (code, value["error"].take())
    }
}

impl Answer {
    pub fn of(mut command: Command) -> Self {
        Self::from(command.output().unwrap())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {} {}", self.stdout, self.stderr))
    }
}

impl From<std::process::Output> for Answer {
    fn from(output: std::process::Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
