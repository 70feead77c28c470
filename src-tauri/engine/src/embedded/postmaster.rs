//! One running server: started by us, or taken over from a process that died without it.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::process::{Child, Command};
use tokio::time::{sleep, timeout};

use super::account::Account;
use super::error::cannot;
use super::parent::{Watchdog, die_with_parent};
use super::pidfile::PidFile;
use super::{Binaries, DataDir, EmbeddedError, socket};

/// What the server runs with. Given as arguments these win over every file in the data folder, `ALTER SYSTEM`
/// included.
const SETTINGS: [&str; 18] = [
    // A commit that was answered is on the disk, after a power cut too.
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    // Nobody outside this machine, and on it nobody but this user.
    "listen_addresses=",
    "ssl=off",
    "unix_socket_permissions=0700",
    // A schema per tenant: one transaction locks thousands of tables.
    "max_locks_per_transaction=1024",
    // Compiling a query costs more than any of ours takes.
    "jit=off",
    // A statement whose client has gone is stopped, rather than finished for nobody.
    "client_connection_check_interval=1s",
    "idle_in_transaction_session_timeout=10min",
    // After a crash the start is ours to make: on a full disk, say, the server would crash again and again.
    "restart_after_crash=off",
    // The log goes to our file, in words that we recognise, and holds no statements: they carry people's
    // data.
    "logging_collector=off",
    "log_destination=stderr",
    "lc_messages=C",
    "log_min_messages=warning",
    "log_min_error_statement=panic",
    "log_checkpoints=off",
    "log_line_prefix=%m [%p] ",
];

/// A fast stop ends every session; a quick one leaves the tidying to the next start.
const STOP: [(Signal, Duration); 2] =
    [(Signal::INT, Duration::from_secs(10)), (Signal::QUIT, Duration::from_secs(10))];

/// How often a server that is not our child is looked at; the kernel reports only children.
const LOOK_EVERY: Duration = Duration::from_millis(50);

#[derive(Debug)]
pub(super) struct Postmaster {
    pid: Pid,
    cluster: PathBuf,
    bond: Bond,
}

#[derive(Debug)]
enum Bond {
    Child(Child, #[expect(dead_code, reason = "it works by being there")] Option<Watchdog>),
    Adopted(PidFile, #[expect(dead_code, reason = "it works by being there")] Option<Watchdog>),
}

impl Postmaster {
    /// Starts the server. It ends with the calling thread at the latest.
    pub(super) fn spawn(
        dir: &DataDir,
        account: Account,
        binaries: &Binaries,
        socket_folder: &Path,
        log: File,
    ) -> Result<Self, EmbeddedError> {
        let cluster = dir.cluster();
        let errors = log.try_clone().map_err(cannot("open", dir.log()))?;
        let mut command = command(&binaries.postgres(), dir, account);
        command.arg("-D").arg(&cluster);
        let port = format!("port={}", socket::PORT);
        let settings = SETTINGS.into_iter().chain([port.as_str()]).map(OsString::from);
        for setting in settings.chain([socket::setting(socket_folder)]) {
            command.arg("-c").arg(setting);
        }
        command.stdout(log).stderr(errors);
        let child = command.spawn().map_err(|e| spawn_error(e, &binaries.postgres(), dir, account))?;
        let Some(pid) = child.id().and_then(|id| Pid::from_raw(id.cast_signed())) else {
            return Err(EmbeddedError::StartFailed { log_tail: "it ended at once".into(), source: None });
        };
        let watchdog = if cfg!(target_os = "linux") { None } else { watch(pid) };
        Ok(Self { pid, cluster, bond: Bond::Child(child, watchdog) })
    }

    /// Takes over a server that lives on the folder, though nobody holds its lock.
    pub(super) fn adopt(dir: &DataDir, file: PidFile) -> Self {
        let watchdog = watch(file.pid);
        Self { pid: file.pid, cluster: dir.cluster(), bond: Bond::Adopted(file, watchdog) }
    }

    pub(super) fn has_exited(&mut self) -> bool {
        match &mut self.bond {
            Bond::Child(child, _) => !matches!(child.try_wait(), Ok(None)),
            Bond::Adopted(file, _) => !file.is_alive(&self.cluster),
        }
    }

    /// Waits until the server has ended. Says how, if the kernel told us.
    pub(super) async fn exited(&mut self) -> String {
        match &mut self.bond {
            Bond::Child(child, _) => match child.wait().await {
                Ok(status) => status.to_string(),
                Err(error) => error.to_string(),
            },
            Bond::Adopted(file, _) => {
                while file.is_alive(&self.cluster) {
                    sleep(LOOK_EVERY).await;
                }
                "it was not our child".into()
            }
        }
    }

    pub(super) async fn stop(&mut self) -> Result<(), EmbeddedError> {
        for (signal, patience) in STOP {
            // Once it has exited, the number may be another process's.
            if self.has_exited() {
                return Ok(());
            }
            kill_process(self.pid, signal)
                .map_err(|e| cannot("stop the server of", &self.cluster)(e.into()))?;
            if timeout(patience, self.exited()).await.is_ok() {
                return Ok(());
            }
            tracing::warn!(pid = self.pid.as_raw_pid(), ?signal, "the server does not stop");
        }
        Err(EmbeddedError::WouldNotStop { pid: self.pid.as_raw_pid().cast_unsigned() })
    }
}

/// A program of PostgreSQL's, under the server's account, away from our terminal, and ending when we do.
pub(super) fn command(program: &Path, dir: &DataDir, account: Account) -> Command {
    let mut command = Command::new(program);
    // Nothing of our environment concerns the server, and some of it (PG*, a library path) would change it.
    // On macOS it does not start without a locale.
    command.env_clear().env("LC_ALL", "C").current_dir(dir.path()).stdin(Stdio::null()).process_group(0);
    account.run(&mut command);
    die_with_parent(&mut command);
    command
}

/// Says why a program could not be run: mostly because the account may not get to it, or to the data.
pub(super) fn spawn_error(
    error: io::Error,
    program: &Path,
    dir: &DataDir,
    account: Account,
) -> EmbeddedError {
    let barrier = account.barrier(program).or_else(|| account.barrier(dir.path()));
    match (error.kind(), barrier) {
        (io::ErrorKind::PermissionDenied, Some(path)) => {
            let reason = format!("the server runs as user {}, who may not enter it", account.uid());
            EmbeddedError::Permission { path, reason, source: Some(error) }
        }
        _ => cannot("run", program)(error),
    }
}

fn watch(pid: Pid) -> Option<Watchdog> {
    let watchdog = Watchdog::over(pid);
    watchdog.inspect_err(|error| tracing::warn!(%error, "the server will outlive us if we are killed")).ok()
}
