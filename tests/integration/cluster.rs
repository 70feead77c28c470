//! A PostgreSQL server that is somebody else's: on TCP, and with roles of its own.

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;
use tenantry_engine::connection::{Connection, Tls};

use crate::support::{execute, server, until};

/// PostgreSQL and PgBouncer refuse to run as root; then they run as nobody.
const NOBODY: u32 = 65_534;

pub struct Cluster {
    running: Running,
    pub port: u16,
    folder: TempDir,
}

/// A program that ends when this is dropped, and when the test process ends in whatever way.
struct Running(Child);

impl Cluster {
    /// A server of its own with an empty database `saas`; the role `tenantry` may do everything.
    pub async fn new() -> Self {
        let folder = folder();
        let data = folder.path().join("data");
        let mut initdb = unprivileged(&program("initdb"));
        initdb.args(["-U", "tenantry", "-A", "trust", "--no-sync", "-D"]).arg(&data);
        let output = initdb.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let cluster = Self::start(folder).await;
        cluster.execute("postgres", "CREATE DATABASE saas").await;
        cluster
    }

    /// A standby with everything that this server has now, which stops for it.
    pub async fn into_standby(self) -> Self {
        let Self { running, folder, .. } = self;
        drop(running);
        fs::write(folder.path().join("data/standby.signal"), "").unwrap();
        Self::start(folder).await
    }

    async fn start(folder: TempDir) -> Self {
        let port = free_port();
        let mut postgres = unprivileged(&program("postgres"));
        postgres.arg("-D").arg(folder.path().join("data")).args(["-p", &port.to_string()]);
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off"] {
            postgres.args(["-c", setting]);
        }
        let cluster = Self { running: Running::start(&postgres, "INT"), port, folder };
        until("the server answers", async || cluster.session("postgres").await.is_ok()).await;
        cluster
    }

    /// A database of this server, as somebody would connect to it.
    pub fn connection(&self, database: &str, user: &str) -> Connection {
        local(self.port, database, user)
    }

    pub async fn execute(&self, database: &str, statements: &str) {
        execute(&mut self.session(database).await.unwrap(), statements).await.unwrap();
    }

    async fn session(&self, database: &str) -> sqlx::Result<PgConnection> {
        let options = PgConnectOptions::new_without_pgpass().host("127.0.0.1").port(self.port);
        PgConnection::connect_with(&options.username("tenantry").database(database)).await
    }
}

/// PgBouncer in front of a server.
pub struct Pooler {
    _running: Running,
    _folder: TempDir,
    pub port: u16,
}

impl Pooler {
    pub async fn new(cluster: &Cluster, settings: &str) -> Self {
        let folder = folder();
        let port = free_port();
        let path = folder.path().join("pgbouncer.ini");
        let users = folder.path().join("users.txt");
        fs::write(&users, "\"tenantry\" \"\"\n").unwrap();
        let mut file = fs::File::create(&path).unwrap();
        writeln!(
            file,
            "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
             unix_socket_dir =\nauth_type = trust\nauth_file = {users}\ndefault_pool_size = 3\n{settings}",
            cluster.port,
            users = users.display(),
        )
        .unwrap();
        let mut pgbouncer = unprivileged(Path::new("/usr/sbin/pgbouncer"));
        pgbouncer.arg("-q").arg(&path);
        let running = Running::start(&pgbouncer, "TERM");
        until("the pooler answers", async || {
            tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok()
        })
        .await;
        Self { _running: running, _folder: folder, port }
    }
}

/// A database behind a port of this machine.
pub fn local(port: u16, database: &str, user: &str) -> Connection {
    Connection {
        host: "127.0.0.1".into(),
        port,
        database: database.into(),
        user: user.into(),
        password: None,
        tls: Tls::Disable,
        weaker_reason: None,
        root_certificate: None,
    }
}

impl Running {
    fn start(command: &Command, signal: &str) -> Self {
        let script = format!("\"$@\" <&- & cat; kill -{signal} $!; wait");
        let mut sh = unprivileged(Path::new("sh"));
        sh.args(["-c", &script, "sh"]).arg(command.get_program()).args(command.get_args());
        sh.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        // Ctrl-C is for the tests; this ends with them.
        Self(sh.process_group(0).spawn().unwrap())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().unwrap();
    }
}

fn folder() -> TempDir {
    let folder = server::folder();
    if rustix::process::geteuid().is_root() {
        chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

fn unprivileged(program: &Path) -> Command {
    let mut command = Command::new(program);
    if rustix::process::geteuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.current_dir("/");
    command
}

/// One of the programs that the private server is made of.
fn program(name: &str) -> PathBuf {
    let folder = std::env::var_os("TENANTRY_POSTGRES_DIR")
        .expect("`cargo xtask test` names the PostgreSQL to test with");
    Path::new(&folder).join("bin").join(name)
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
