use std::error::Error;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process, test_kill_process};
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;
use tenantry_engine::embedded::{Binaries, DataDir, EmbeddedError, PrivateServer};

pub type Outcome<T = ()> = Result<T, Box<dyn Error>>;

/// A place for one private server, gone when the test ends.
pub struct Folder {
    _temporary: Option<TempDir>,
    path: PathBuf,
}

impl Folder {
    pub fn new() -> Outcome<Self> {
        Self::named("data")
    }

    pub fn named(name: &str) -> Outcome<Self> {
        let temporary = tempfile::tempdir()?;
        // The server runs under another account when the tests run as root.
        fs::set_permissions(temporary.path(), fs::Permissions::from_mode(0o755))?;
        let path = temporary.path().join(name);
        Ok(Self { _temporary: Some(temporary), path })
    }

    pub fn at(path: PathBuf) -> Self {
        Self { _temporary: None, path }
    }

    /// A folder in which a server has run and stopped.
    pub async fn used() -> Outcome<Self> {
        let folder = Self::new()?;
        folder.start().await?.stop().await?;
        Ok(folder)
    }

    pub async fn start(&self) -> Result<PrivateServer, EmbeddedError> {
        PrivateServer::start(self.data(), Binaries::locate()?).await
    }

    /// Why it does not start.
    pub async fn refusal(&self) -> Outcome<EmbeddedError> {
        match self.start().await {
            Ok(_) => Err("the server started".into()),
            Err(error) => Ok(error),
        }
    }

    pub fn data(&self) -> DataDir {
        DataDir::at(&self.path)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn cluster(&self) -> PathBuf {
        self.path.join("postgres")
    }

    pub fn pid_file(&self) -> PathBuf {
        self.cluster().join("postmaster.pid")
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path.join("server.log")).unwrap_or_default()
    }

    /// Has the command run under the account that the server runs under.
    pub fn as_server(&self, mut command: Command) -> Outcome<Command> {
        let owner = fs::metadata(self.cluster())?;
        if rustix::process::geteuid().is_root() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        Ok(command)
    }

    /// A folder beside this one that belongs to the server's account, and to it alone.
    pub fn folder_of_server(&self, name: &str) -> Outcome<PathBuf> {
        let folder = self.path.with_file_name(name);
        fs::create_dir(&folder)?;
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700))?;
        let owner = fs::metadata(self.cluster())?;
        chown(&folder, Some(owner.uid()), Some(owner.gid()))?;
        Ok(folder)
    }

    /// How many servers run on the folder: processes of PostgreSQL working in it whose parent is not one of
    /// them.
    pub fn servers(&self) -> Outcome<Vec<u32>> {
        let home = fs::metadata(self.cluster())?;
        let mut found = Vec::new();
        for entry in fs::read_dir("/proc")?.flatten() {
            let Some(pid) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            // A process may end while it is looked at.
            let Ok(cwd) = fs::metadata(entry.path().join("cwd")) else { continue };
            let Ok(status) = fs::read_to_string(entry.path().join("status")) else { continue };
            let field = |name| status.lines().find_map(|line: &str| line.strip_prefix(name)).map(str::trim);
            if (cwd.dev(), cwd.ino()) == (home.dev(), home.ino()) && field("Name:") == Some("postgres") {
                found.push((pid, field("PPid:").and_then(|p| p.parse::<u32>().ok())));
            }
        }
        let children = |parent: Option<u32>| found.iter().any(|(pid, _)| Some(*pid) == parent);
        Ok(found.iter().filter(|(_, parent)| !children(*parent)).map(|(pid, _)| *pid).collect())
    }

    /// Starts a server as somebody without Tenantry would: nobody holds the lock, and nobody ends it.
    pub async fn start_by_hand(&self, settings: &[&str]) -> Outcome<ByHand> {
        let program = postgres_folder()?.join("bin/postgres");
        let socket_folder = self.folder_of_server("tenantry-by-hand")?;
        let mut command = self.as_server(Command::new(program))?;
        command.arg("-D").arg(self.cluster()).current_dir("/").stdout(Stdio::null()).stderr(Stdio::null());
        command.arg("-c").arg(format!("unix_socket_directories={}", socket_folder.display()));
        for setting in ["listen_addresses="].iter().chain(settings) {
            command.args(["-c", setting]);
        }
        let by_hand = ByHand(command.spawn()?);
        let pid_file = self.pid_file();
        eventually("it is up", || fs::read_to_string(&pid_file).is_ok_and(|text| text.contains("ready")))
            .await?;
        Ok(by_hand)
    }
}

pub struct ByHand(Child);

impl ByHand {
    pub fn pid(&self) -> u32 {
        self.0.id()
    }

    pub fn has_ended(&mut self) -> bool {
        !matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for ByHand {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

/// Where the PostgreSQL is that the tests run: as [`Binaries::locate`] found it.
pub fn postgres_folder() -> Outcome<PathBuf> {
    let binaries = format!("{:?}", Binaries::locate()?);
    let bin = binaries.split('"').nth(1).ok_or("it has a path")?;
    Ok(Path::new(bin).parent().ok_or("it has a parent")?.to_owned())
}

pub async fn connect(server: &PrivateServer) -> sqlx::Result<PgConnection> {
    PgConnection::connect_with(&server.connect_options("postgres")).await
}

pub async fn text(connection: &mut PgConnection, query: &'static str) -> sqlx::Result<String> {
    sqlx::query_scalar(query).fetch_one(connection).await
}

pub async fn run(connection: &mut PgConnection, statement: &'static str) -> sqlx::Result<()> {
    sqlx::raw_sql(statement).execute(connection).await.map(drop)
}

/// A server that was just restarted answers after a moment; its old connections are gone.
pub async fn answers(server: &PrivateServer, query: &'static str) -> Outcome<String> {
    let limit = Instant::now() + Duration::from_secs(30);
    loop {
        let answer = async { text(&mut connect(server).await?, query).await };
        match answer.await {
            Ok(answer) => return Ok(answer),
            Err(error) if Instant::now() > limit => return Err(error.into()),
            Err(_) => tokio::time::sleep(Duration::from_millis(10)).await,
        }
    }
}

/// Waits for something to become true.
pub async fn eventually(what: &str, mut is_so: impl FnMut() -> bool) -> Outcome {
    let limit = Instant::now() + Duration::from_secs(30);
    while !is_so() {
        if Instant::now() > limit {
            return Err(format!("it never came true that {what}").into());
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

pub fn signal(pid: u32, signal: Signal) -> Outcome {
    let pid = Pid::from_raw(pid.cast_signed()).ok_or("there is no process 0")?;
    Ok(kill_process(pid, signal)?)
}

pub fn is_running(pid: u32) -> bool {
    Pid::from_raw(pid.cast_signed()).is_some_and(|pid| test_kill_process(pid).is_ok())
}

const FOLDER: &str = "TENANTRY_TEST_FOLDER";
const HELPER: &str = "embedded::fixture::a_process_of_its_own";

/// Another process that has started a server on a folder: this test program, called again.
pub struct OtherProcess {
    child: Child,
    /// It is kept, for whoever writes to a closed pipe fails.
    _output: BufReader<ChildStdout>,
    pub is_owner: bool,
    pub socket_folder: PathBuf,
}

impl OtherProcess {
    pub fn start(folder: &Folder, environment: &[(&str, &Path)]) -> Outcome<Self> {
        let mut child = Self::spawn(folder, environment)?;
        let mut output = BufReader::new(child.stdout.take().ok_or("it is piped")?);
        let mut line = String::new();
        while output.read_line(&mut line)? > 0 {
            if let Some((_, said)) = line.trim_end().split_once("started: ") {
                let (is_owner, socket_folder) = said.split_once(' ').ok_or("two words")?;
                let (is_owner, socket_folder) = (is_owner == "true", socket_folder.into());
                return Ok(Self { child, _output: output, is_owner, socket_folder });
            }
            line.clear();
        }
        Err("the other process ended".into())
    }

    /// Does not wait until its server runs.
    pub fn spawn(folder: &Folder, environment: &[(&str, &Path)]) -> Outcome<Child> {
        let mut command = Command::new(std::env::current_exe()?);
        command.args(["--exact", HELPER, "--ignored", "--nocapture"]).env(FOLDER, folder.path());
        command.envs(environment.iter().copied());
        Ok(command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?)
    }

    pub fn kill(mut self) -> Outcome {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Lets it stop its server and end.
    pub fn end(mut self) -> Outcome {
        drop(self.child.stdin.take());
        let status = self.child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the other process failed: {status}").into()) }
    }
}

#[tokio::test]
#[ignore = "is run by other tests, as a process of its own"]
async fn a_process_of_its_own() -> Outcome {
    let folder = Folder::at(std::env::var_os(FOLDER).ok_or("it is told its folder")?.into());
    let server = folder.start().await?;
    println!("\nstarted: {} {}", server.is_owner(), server.socket_dir().display());
    // Whoever started us closes this, or dies.
    tokio::task::spawn_blocking(|| std::io::stdin().lines().count()).await?;
    Ok(server.stop().await?)
}
