//! A private server of its own, with as many platforms on it as are needed.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use serde_json::Value;
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;
use tenantry_engine::Engine;
use tenantry_engine::connection::{Connection, Tls};
use tenantry_engine::embedded::{Binaries, DataDir, PrivateServer};

use crate::Outcome;

const PROGRAM: &str = "Tenantry's figures";

pub struct Place {
    folder: TempDir,
    server: PrivateServer,
}

impl Place {
    pub async fn new() -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        // The server has another account where this is run as root.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let server =
            PrivateServer::start(DataDir::at(folder.path().join("data")), Binaries::locate()?).await?;
        Ok(Self { folder, server })
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn server(&self) -> &PrivateServer {
        &self.server
    }

    /// A fresh platform in a database of its own.
    pub async fn platform(&self, database: &str) -> Outcome<Engine> {
        self.execute("postgres", &format!("CREATE DATABASE {database}")).await?;
        Ok(Engine::create(&self.address(database), PROGRAM).await?.0)
    }

    /// A copy of a platform that nobody is connected to.
    pub async fn copy(&self, of: &str, database: &str) -> Outcome<Engine> {
        self.execute("postgres", &format!("CREATE DATABASE {database} TEMPLATE {of}")).await?;
        Ok(Engine::open(&self.address(database), PROGRAM).await?)
    }

    pub async fn connect(&self, database: &str) -> Outcome<PgConnection> {
        Ok(PgConnection::connect_with(&self.server.connect_options(database)).await?)
    }

    /// One batch of statements on a connection of its own.
    pub async fn execute(&self, database: &str, sql: &str) -> Outcome {
        let mut conn = self.connect(database).await?;
        batch(&mut conn, sql).await?;
        Ok(conn.close().await?)
    }

    pub async fn leave(self) -> Outcome {
        Ok(self.server.stop().await?)
    }

    /// What a script of tests/django answers. `arguments` are those of its Python.
    pub fn django(&self, database: &str, arguments: &[&str]) -> Outcome<Value> {
        let options = self.server.connect_options(database);
        let python = env::var_os("TENANTRY_DJANGO_PYTHON")
            .ok_or("TENANTRY_DJANGO_PYTHON names no Python with Django")?;
        let mut script = Command::new(python);
        script.arg("-B").args(arguments);
        script.current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/django"));
        script.env("PGHOST", self.server.socket_dir()).env("PGPORT", options.get_port().to_string());
        script.env("PGUSER", options.get_username()).env("PGDATABASE", database);
        let output = script.stderr(Stdio::inherit()).output()?;
        if !output.status.success() {
            return Err(format!("{} ended with {}", arguments.join(" "), output.status).into());
        }
        Ok(serde_json::from_slice(&output.stdout)?)
    }

    pub fn address(&self, database: &str) -> Connection {
        let options = self.server.connect_options(database);
        Connection {
            host: self.server.socket_dir().display().to_string(),
            port: options.get_port(),
            database: database.to_owned(),
            user: options.get_username().to_owned(),
            password: None,
            tls: Tls::Disable,
            weaker_reason: None,
            root_certificate: None,
        }
    }
}

/// Sends statements in one message, and waits for the last answer.
#[expect(clippy::disallowed_methods, reason = "the statements are made of names that are chosen here")]
pub async fn batch(conn: &mut PgConnection, sql: &str) -> Outcome {
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(conn).await?;
    Ok(())
}
