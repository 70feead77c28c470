//! The thread that looks after the server: it waits for its turn, starts the server, starts it again when it
//! dies, and stops it.
//!
//! It is one thread from beginning to end, since on Linux the server ends with the thread that has spawned
//! it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

use super::connection::Address;
use super::error::cannot;
use super::lock::{self, Held, Lock};
use super::postmaster::Postmaster;
use super::start::{self, Start};
use super::{EmbeddedError, socket};

/// A server that has died is tried to be started so often.
const ATTEMPTS: u32 = 5;
/// Two starts are at least so far apart, and more so with every failure.
const BREATH: Duration = Duration::from_millis(200);

pub(super) struct Keeper {
    pub(super) start: Start,
    /// Tells, once, how the first attempt to have a server went.
    pub(super) announce: Option<oneshot::Sender<Result<Address, EmbeddedError>>>,
    pub(super) is_owner: Arc<AtomicBool>,
    pub(super) stop: CancellationToken,
}

impl Keeper {
    /// Keeps a server until it is told to stop. Problems of the first attempt are announced, later ones are
    /// logged.
    pub(super) fn run(mut self) -> Result<(), EmbeddedError> {
        match tokio::runtime::Builder::new_current_thread().enable_all().build() {
            Ok(runtime) => runtime.block_on(self.keep()),
            Err(error) => {
                self.announce(Err(cannot("look after", self.start.dir.path())(error)));
                Ok(())
            }
        }
    }

    async fn keep(mut self) -> Result<(), EmbeddedError> {
        match self.wait_for_turn().await {
            Ok(None) => Ok(()),
            Ok(Some(_held)) => {
                let outcome = self.own().await;
                self.is_owner.store(false, Ordering::Release);
                outcome
            }
            Err(error) => {
                self.announce(Err(error));
                Ok(())
            }
        }
    }

    /// Takes the lock. Until it is free we are a guest, who only has to find the owner's server. `None`: told
    /// to stop.
    async fn wait_for_turn(&mut self) -> Result<Option<Held>, EmbeddedError> {
        let mut turn = match lock::take(&self.start.dir, self.start.account)? {
            Lock::Free(held) => return Ok(Some(held)),
            Lock::Taken(turn) => turn,
        };
        tokio::select! {
            () = self.stop.cancelled() => return Ok(None),
            Some(held) = turn.recv() => return Ok(Some(held)),
            found = start::find_server(&self.start.dir) => self.announce(Ok(found?)),
        }
        tokio::select! {
            () = self.stop.cancelled() => Ok(None),
            Some(held) = turn.recv() => Ok(Some(held)),
        }
    }

    /// Has a server run for as long as we hold the lock.
    async fn own(&mut self) -> Result<(), EmbeddedError> {
        let mut failures = 0;
        while failures < ATTEMPTS && !self.stop.is_cancelled() {
            let pause = match self.start.bring_up(&self.stop).await {
                Ok((mut server, address)) => {
                    let begin = Instant::now();
                    failures = 0;
                    self.is_owner.store(true, Ordering::Release);
                    self.announce(Ok(address));
                    tokio::select! {
                        () = self.stop.cancelled() => return self.stop(server).await,
                        how = server.exited() => tracing::warn!(how, "the server died and is started again"),
                    }
                    BREATH.saturating_sub(begin.elapsed())
                }
                Err(error) if self.announce.is_some() => {
                    self.announce(Err(error));
                    return Ok(());
                }
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "the server does not come up");
                    failures += 1;
                    BREATH * 2_u32.pow(failures)
                }
            };
            tokio::select! { () = sleep(pause) => {}, () = self.stop.cancelled() => {} }
        }
        if !self.stop.is_cancelled() {
            tracing::error!("the server is given up");
        }
        Ok(())
    }

    async fn stop(&self, mut server: Postmaster) -> Result<(), EmbeddedError> {
        server.stop().await?;
        if let Some(folder) = &self.start.socket_folder {
            socket::leave(folder);
        }
        Ok(())
    }

    fn announce(&mut self, outcome: Result<Address, EmbeddedError>) {
        if let Ok(address) = &outcome {
            self.start.socket_folder = Some(address.socket_folder.clone());
        }
        if let Some(announce) = self.announce.take() {
            // Whoever asked may have lost interest; then we are told to stop as well.
            drop(announce.send(outcome));
        }
    }
}
