//! The platform from outside of the window: through the command line, which is a guest on the window's server, and
//! through a connection of one's own.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};

use super::setting;

pub struct Platform {
    data_dir: PathBuf,
}

impl Platform {
    pub fn new(data_dir: PathBuf) -> Self {
        Self { data_dir }
    }

    fn command(&self) -> Command {
        let mut command = Command::new(setting("TENANTRY_CLI_BIN"));
        command.arg("--data-dir").arg(&self.data_dir).arg("--json");
        command
    }

    /// What the command line answers, whatever its exit code.
    pub fn ask(&self, arguments: &[&str]) -> Value {
        let output = self.command().args(arguments).output().expect("the command line runs");
        let text = String::from_utf8_lossy(&output.stdout);
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?} answered {text:?}: {error}"))
    }

    /// A connection as the server's own role.
    pub async fn connect(&self) -> PgConnection {
        let place = self.place();
        let text =
            |key: &str| place[key].as_str().unwrap_or_else(|| panic!("no {key} in {place}")).to_owned();
        let options = PgConnectOptions::new_without_pgpass()
            .socket(text("socketDir"))
            .username(&text("user"))
            .database(&text("database"));
        options.connect().await.expect("the private server lets us in")
    }

    fn place(&self) -> Value {
        let mut child = self
            .command()
            .arg("server")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut line = String::new();
        let read = child.stdout.take().map(|out| BufReader::new(out).read_line(&mut line));
        child.kill().expect("it can be ended");
        child.wait().expect("it has ended");
        read.expect("it has an output").expect("which can be read");
        serde_json::from_str(&line).expect("one JSON object")
    }
}
