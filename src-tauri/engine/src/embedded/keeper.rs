//! The thread that looks after the server: waits for its turn, starts it, starts it again when it dies, and stops it.
//!
//! It is one thread from beginning to end, since on Linux the server ends with the thread that has spawned it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::connection::{self, Address, Answer};
use super::lock::{self, Held, Lock};
use super::pidfile::{self, PidFile};
use super::postmaster::Postmaster;
use super::server_log::ServerLog;
use super::{Binaries, DataDir, EmbeddedError, cluster, disk, socket};

/// A server that shows no sign of life for so long will not come up. A recovery does: it writes to the log.
const TOO_LONG: Duration = Duration::from_secs(60);
const ASK_EVERY: Duration = Duration::from_millis(5);
/// Processes of a killed server finish the statement that they are at.
const LEFTOVERS: Duration = Duration::from_secs(10);
/// A server that dies so often in a row is not started again.
const LIVES: u32 = 6;
/// One that has run for so long died of something new.
const STEADY: Duration = Duration::from_secs(60);

pub(super) struct Keeper {
    pub(super) dir: DataDir,
    pub(super) account: Account,
    pub(super) binaries: Binaries,
    /// Tells, once, how the first attempt to have a server went.
    pub(super) announce: Option<oneshot::Sender<Result<Address, EmbeddedError>>>,
    pub(super) is_owner: Arc<AtomicBool>,
    pub(super) stop: CancellationToken,
    /// Where callers were told that the server is; it stays there.
    pub(super) socket_folder: Option<PathBuf>,
}

impl Keeper {
    pub(super) async fn keep(mut self) -> Result<(), EmbeddedError> {
        let held = match self.wait_for_turn().await {
            Ok(Some(held)) => held,
            Ok(None) => return Ok(()),
            Err(error) => {
                self.announce(Err(error));
                return Ok(());
            }
        };
        let outcome = self.own().await;
        self.is_owner.store(false, Ordering::Release);
        drop(held);
        outcome
    }

    /// Takes the lock. Until it is free we are a guest, who only has to find the owner's server. `None`: told to stop.
    async fn wait_for_turn(&mut self) -> Result<Option<Held>, EmbeddedError> {
        let mut turn = match lock::take(&self.dir, self.account)? {
            Lock::Free(held) => return Ok(Some(held)),
            Lock::Taken(turn) => turn,
        };
        let stop = self.stop.clone();
        tokio::select! {
            biased;
            () = stop.cancelled() => return Ok(None),
            Some(held) = turn.recv() => return Ok(Some(held)),
            found = find_server(&self.dir) => self.announce(Ok(found?)),
        }
        tokio::select! {
            () = stop.cancelled() => Ok(None),
            Some(held) = turn.recv() => Ok(Some(held)),
        }
    }

    async fn own(&mut self) -> Result<(), EmbeddedError> {
        let stop = self.stop.clone();
        let mut deaths = 0;
        while deaths < LIVES && !stop.is_cancelled() {
            let begin = Instant::now();
            match self.bring_up().await {
                Ok((mut server, address)) => {
                    self.is_owner.store(true, Ordering::Release);
                    self.announce(Ok(address));
                    tokio::select! {
                        () = stop.cancelled() => return self.stop(server).await,
                        how = server.exited() => tracing::warn!(how, "the server died and is started again"),
                    }
                }
                Err(error) if self.announce.is_some() => {
                    self.announce(Err(error));
                    return Ok(());
                }
                Err(_) if stop.is_cancelled() => return Ok(()),
                Err(error) => tracing::error!(error = &error as &dyn std::error::Error, "the server does not come up"),
            }
            deaths = if begin.elapsed() > STEADY { 0 } else { deaths + 1 };
            if deaths > 1 {
                let pause = Duration::from_millis(100) * 2_u32.pow(deaths);
                tokio::select! { () = sleep(pause) => {}, () = stop.cancelled() => {} }
            }
        }
        if !stop.is_cancelled() {
            tracing::error!("the server died {LIVES} times in a row and is given up");
        }
        Ok(())
    }

    async fn stop(&self, mut server: Postmaster) -> Result<(), EmbeddedError> {
        server.stop().await?;
        if let Some(folder) = &self.socket_folder {
            socket::leave(folder);
        }
        Ok(())
    }

    fn announce(&mut self, outcome: Result<Address, EmbeddedError>) {
        if let Ok(address) = &outcome {
            self.socket_folder = Some(address.socket_folder.clone());
        }
        if let Some(announce) = self.announce.take() {
            // Whoever asked may have lost interest; then we are told to stop as well.
            drop(announce.send(outcome));
        }
    }

    /// Makes a server run, on data that is ready for it. We hold the lock.
    async fn bring_up(&mut self) -> Result<(Postmaster, Address), EmbeddedError> {
        let fresh = !cluster::exists(&self.dir, self.binaries.major())?;
        if fresh {
            disk::ensure_room(&self.dir, true)?;
            cluster::make(&self.dir, self.account, &self.binaries, &self.stop).await?;
        }
        let until = Instant::now() + LEFTOVERS;
        let mut pause = Duration::from_millis(20);
        loop {
            match self.adopt_or_start().await {
                Err(EmbeddedError::DiskFull { .. }) if disk::spend_ballast(&self.dir) => {}
                Err(EmbeddedError::StillInUse { .. }) if Instant::now() < until && !self.stop.is_cancelled() => {
                    sleep(pause).await;
                    pause = (pause * 2).min(Duration::from_secs(1));
                }
                outcome => return outcome,
            }
        }
    }

    async fn adopt_or_start(&mut self) -> Result<(Postmaster, Address), EmbeddedError> {
        if let Some(file) = pidfile::living_server(&self.dir)?
            && let Some(adopted) = self.adopt(file).await?
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
        let address = self.until_ready(&mut server, &socket_folder, &log).await?;
        disk::load_ballast(&self.dir, self.account);
        Ok((server, address))
    }

    /// Takes over a server that its owner left behind, if it is as we would have started it; stops it otherwise.
    async fn adopt(&self, file: PidFile) -> Result<Option<(Postmaster, Address)>, EmbeddedError> {
        let socket_folder = file.socket_folder.clone();
        let fits = match &self.socket_folder {
            Some(known) => *known == socket_folder,
            None => socket::is_ours(&socket_folder),
        };
        tracing::info!(pid = file.pid.as_raw_pid(), "a server was left behind on the data folder");
        let mut server = Postmaster::adopt(&self.dir, file);
        if !fits {
            server.stop().await?;
            return Ok(None);
        }
        match self.until_ready(&mut server, &socket_folder, &ServerLog::watch(&self.dir)).await {
            Ok(address) => Ok(Some((server, address))),
            // On its way down already, mostly: it was told to stop when its owner died.
            Err(error) => {
                tracing::info!(error = &error as &dyn std::error::Error, "it is replaced by one of our own");
                Ok(None)
            }
        }
    }

    /// Waits until the server answers as it should. It does not run any more if this fails.
    async fn until_ready(
        &self,
        server: &mut Postmaster,
        socket_folder: &Path,
        log: &ServerLog,
    ) -> Result<Address, EmbeddedError> {
        let mut silence = Silence::of(log);
        let failure = loop {
            if server.has_exited() {
                return Err(log.explain(&self.dir));
            }
            match connection::ask(socket_folder).await {
                Ok(Answer::Ready(address)) => return Ok(address),
                Ok(Answer::NotYet) => {}
                Err(error) => break error,
            }
            if self.stop.is_cancelled() || silence.lasts() {
                break EmbeddedError::StartFailed { log_tail: log.tail(), source: None };
            }
            sleep(ASK_EVERY).await;
        };
        server.stop().await?;
        Err(failure)
    }
}

/// Waits for the server that somebody else runs on the folder.
async fn find_server(dir: &DataDir) -> Result<Address, EmbeddedError> {
    let log = ServerLog::watch(dir);
    let mut silence = Silence::of(&log);
    loop {
        let server = PidFile::read(&dir.cluster()).filter(|file| file.is_ready);
        if let Some(file) = server
            && let Answer::Ready(address) = connection::ask(&file.socket_folder).await?
        {
            return Ok(address);
        }
        if silence.lasts() {
            return Err(EmbeddedError::StartFailed { log_tail: log.tail(), source: None });
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

    fn lasts(&mut self) -> bool {
        let written = self.log.length();
        if written != self.written {
            (self.written, self.since) = (written, Instant::now());
        }
        self.since.elapsed() > TOO_LONG
    }
}
