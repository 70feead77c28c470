//! The one private server of all tests of this process.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use tenantry_engine::Engine;
use tenantry_engine::connection::{Connection, Tls};
use tenantry_engine::embedded::{Binaries, DataDir, PrivateServer};
use tokio::sync::OnceCell;

/// A database with an empty platform, of which every test gets a copy.
pub const TEMPLATE: &str = "template_platform";

struct Shared {
    server: PrivateServer,
    _cleaner: Child,
}

static SHARED: OnceCell<Shared> = OnceCell::const_new();

/// The server, with the template in it.
pub async fn server() -> &'static PrivateServer {
    &SHARED.get_or_init(start).await.server
}

async fn start() -> Shared {
    let folder = folder();
    let data = DataDir::at(folder.path().join("data"));
    let server = PrivateServer::start(data, Binaries::locate().unwrap()).await.unwrap();
    let cleaner = clean_up_after_us(&folder.keep(), server.socket_dir());
    administer(&server, format!("CREATE DATABASE {TEMPLATE}")).await.unwrap();
    let (engine, made) = Engine::create(&connection(&server, TEMPLATE), "tests").await.unwrap();
    assert!(made, "an empty database becomes a platform");
    engine.close().await.unwrap();
    Shared { server, _cleaner: cleaner }
}

/// A folder for a server. It runs under another account when the tests run as root.
pub fn folder() -> TempDir {
    let folder = tempfile::Builder::new().prefix("tenantry-tests-").tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o755)).unwrap();
    folder
}

/// Nothing in Rust runs when a test process ends. This program does: its input closes then, the server stops
/// because its owner is gone, and its folders are removed.
fn clean_up_after_us(folder: &Path, socket_folder: &Path) -> Child {
    let script = "trap '' HUP INT TERM; cat; n=0
        while [ -e \"$1/data/postgres/postmaster.pid\" ] && [ $n -lt 100 ]; do sleep 0.1; n=$((n + 1)); done
        rm -rf -- \"$1\"; rmdir -- \"$2\"";
    let mut sh = Command::new("sh");
    sh.args(["-c", script, "sh"]).args([folder, socket_folder]).current_dir("/");
    sh.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Executes a statement outside every test's database.
pub async fn administer(server: &PrivateServer, statement: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect_with(&server.connect_options("postgres")).await?;
    execute(&mut connection, &statement).await?;
    connection.close().await
}

/// Executes statements as they stand.
#[expect(clippy::disallowed_methods, reason = "tests write their own statements, with names of their own")]
pub async fn execute(connection: &mut PgConnection, statements: &str) -> sqlx::Result<()> {
    sqlx::raw_sql(AssertSqlSafe(statements.to_owned())).execute(connection).await.map(drop)
}

/// The lines that a query of one text column answers.
#[expect(clippy::disallowed_methods, reason = "tests write their own queries, with names of their own")]
pub async fn lines(connection: &mut PgConnection, query: &str) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar(AssertSqlSafe(query.to_owned())).persistent(false).fetch_all(connection).await
}

/// A database of a private server, in the fields that a user fills in.
pub fn connection(server: &PrivateServer, database: &str) -> Connection {
    Connection {
        host: server.socket_dir().display().to_string(),
        port: 5432,
        database: database.to_owned(),
        user: "tenantry".into(),
        password: None,
        tls: Tls::Disable,
        weaker_reason: None,
        root_certificate: None,
    }
}
