//! From a folder to a server that answers: everything between holding the lock and the first connection.

use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::connection::{self, Address, Answer};
use super::pidfile::{self, PidFile};
use super::postmaster::Postmaster;
use super::server_log::ServerLog;
use super::{Binaries, DataDir, EmbeddedError, cluster, disk, socket};

/// A server that shows no sign of life for so long will not come up. A long recovery does: it writes to the
/// log.
const TOO_LONG: Duration = Duration::from_mins(1);
const ASK_EVERY: Duration = Duration::from_millis(5);
/// For so long the processes of a killed server may finish the statement that they are at.
const LEFTOVERS: Duration = Duration::from_secs(10);

pub(super) struct Start {
    pub(super) dir: DataDir,
    pub(super) account: Account,
    pub(super) binaries: Binaries,
    /// Where callers were told that the server is: there it stays.
    pub(super) socket_folder: Option<PathBuf>,
}

impl Start {
    /// Makes a server run, on data that is made if there is none.
    pub(super) async fn bring_up(
        &self,
        stop: &CancellationToken,
    ) -> Result<(Postmaster, Address), EmbeddedError> {
        if !cluster::exists(&self.dir, self.binaries.major())? {
            disk::ensure_room(&self.dir, true)?;
            cluster::make(&self.dir, self.account, &self.binaries, stop).await?;
        }
        let until = Instant::now() + LEFTOVERS;
        let mut pause = Duration::from_millis(20);
        loop {
            match self.adopt_or_spawn(stop).await {
                Err(EmbeddedError::DiskFull { .. }) if disk::spend_ballast(&self.dir) => {}
                Err(EmbeddedError::StillInUse { .. }) if Instant::now() < until && !stop.is_cancelled() => {
                    sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(1));
                }
                outcome => return outcome,
            }
        }
    }

    async fn adopt_or_spawn(&self, stop: &CancellationToken) -> Result<(Postmaster, Address), EmbeddedError> {
        if let Some(file) = pidfile::living_server(&self.dir)?
            && let Some(adopted) = self.adopt(file, stop).await?
        {
            return Ok(adopted);
        }
        disk::ensure_room(&self.dir, false)?;
        cluster::prepare(&self.dir, self.account)?;
        let socket_folder = match &self.socket_folder {
            Some(known) => socket::claim(known, self.account).map(|()| known.clone()),
            None => socket::make_folder(&self.dir, self.account),
        }?;
        socket::sweep(&socket_folder);
        let (log, file) = ServerLog::open(&self.dir, self.account)?;
        let mut server = Postmaster::spawn(&self.dir, self.account, &self.binaries, &socket_folder, file)?;
        let address = self.until_ready(&mut server, &socket_folder, &log, stop).await?;
        disk::load_ballast(&self.dir, self.account);
        Ok((server, address))
    }

    /// Takes over a server that its owner left behind, if it is as we would have started it. Stops it
    /// otherwise.
    async fn adopt(
        &self,
        file: PidFile,
        stop: &CancellationToken,
    ) -> Result<Option<(Postmaster, Address)>, EmbeddedError> {
        tracing::info!(pid = file.pid.as_raw_pid(), "a server was left behind on the data folder");
        let socket_folder = file.socket_folder.clone();
        let fits = match &self.socket_folder {
            Some(known) => *known == socket_folder,
            None => socket::is_ours(&socket_folder),
        };
        let mut server = Postmaster::adopt(&self.dir, file);
        if !fits {
            return server.stop().await.map(|()| None);
        }
        match self.until_ready(&mut server, &socket_folder, &ServerLog::watch(&self.dir), stop).await {
            Ok(address) => Ok(Some((server, address))),
            Err(error @ EmbeddedError::WouldNotStop { .. }) => Err(error),
            // Mostly it is on its way down: it was told to stop when its owner died.
            Err(error) => {
                tracing::info!(error = &error as &dyn std::error::Error, "it is replaced by one of our own");
                Ok(None)
            }
        }
    }

    /// Waits until the server answers as it should. If it does not, it has been stopped when this returns.
    async fn until_ready(
        &self,
        server: &mut Postmaster,
        socket_folder: &Path,
        log: &ServerLog,
        stop: &CancellationToken,
    ) -> Result<Address, EmbeddedError> {
        let mut silence = Silence::of(log);
        let failure = loop {
            if server.has_exited() {
                return Err(log.explain(&self.dir));
            }
            match connection::ask(socket_folder).await {
                Ok(Answer::Ready(address)) => return Ok(address),
                Ok(Answer::Refused(error)) => break log.refused(error),
                Ok(Answer::NotYet) => {}
                Err(error) => break error,
            }
            if stop.is_cancelled() || silence.is_too_long() {
                break log.silent();
            }
            sleep(ASK_EVERY).await;
        };
        server.stop().await?;
        Err(failure)
    }
}

/// Waits for the server that somebody else runs on the folder.
pub(super) async fn find_server(dir: &DataDir) -> Result<Address, EmbeddedError> {
    let log = ServerLog::watch(dir);
    let mut silence = Silence::of(&log);
    loop {
        if let Some(file) = PidFile::read(&dir.cluster()).filter(|file| file.is_ready) {
            match connection::ask(&file.socket_folder).await? {
                Answer::Ready(address) => return Ok(address),
                Answer::Refused(error) => return Err(log.refused(error)),
                Answer::NotYet => {}
            }
        }
        if silence.is_too_long() {
            return Err(log.silent());
        }
        sleep(ASK_EVERY).await;
    }
}

/// How long the server has shown no sign of life.
struct Silence<'a> {
    log: &'a ServerLog,
    written: u64,
    since: Instant,
}

impl<'a> Silence<'a> {
    fn of(log: &'a ServerLog) -> Self {
        Self { log, written: log.length(), since: Instant::now() }
    }

    fn is_too_long(&mut self) -> bool {
        let written = self.log.length();
        if written != self.written {
            (self.written, self.since) = (written, Instant::now());
        }
        self.since.elapsed() > TOO_LONG
    }
}
