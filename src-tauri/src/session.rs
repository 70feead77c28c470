//! The platform that the window looks at: one at a time, opened in the background.

use std::sync::Arc;
use std::time::Duration;

use tenantry_engine::connection::Connection;
use tenantry_engine::embedded::{Binaries, DataDir};
use tenantry_engine::platform::{self, LeavePlan, TableChoice};
use tenantry_engine::{Engine, Error, Result, jobs};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use tenantry_engine::error::AppError;

pub const PROGRAM: &str = "Tenantry window";
/// Closing must not keep the user waiting; the private server stops with the process in any case.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

pub struct Session {
    data_dir: DataDir,
    current: watch::Sender<State>,
}

#[derive(Clone)]
enum State {
    Opening,
    /// With how it was reached, where that is a server of somebody's; nothing of it is kept elsewhere.
    Open(Engine, Worker, Option<Box<Connection>>),
    Failed(Arc<Error>),
}

impl Session {
    /// Starts opening the private server's platform, and returns at once.
    pub fn opening_private(data_dir: DataDir) -> Self {
        let session = Self { data_dir: data_dir.clone(), current: watch::Sender::new(State::Opening) };
        let current = session.current.clone();
        tauri::async_runtime::spawn(async move {
            let opened = open_private(data_dir).await;
            current.send_replace(State::of(opened));
        });
        session
    }

    /// The open platform; waits while it is being opened.
    pub async fn engine(&self) -> Result<Engine, AppError> {
        let mut current = self.current.subscribe();
        let state = current.wait_for(|state| !matches!(state, State::Opening)).await;
        match state.as_deref() {
            Ok(State::Open(engine, ..)) => Ok(engine.clone()),
            Ok(State::Failed(error)) => Err(AppError::of(error)),
            Ok(State::Opening) | Err(_) => Err(AppError::Cancelled),
        }
    }

    /// Opens the private server's platform, if it is not open already.
    pub async fn use_private(&self) -> Result<(), AppError> {
        if self.engine().await.is_ok_and(|engine| engine.private_server().is_some()) {
            return Ok(());
        }
        let engine = open_private(self.data_dir.clone()).await?;
        self.switch(engine, None).await;
        Ok(())
    }

    /// Opens the platform on a server; the present one stays open if that fails.
    pub async fn connect(&self, connection: &Connection) -> Result<(), AppError> {
        self.switch(Engine::open(connection, PROGRAM).await?, Some(connection)).await;
        Ok(())
    }

    /// Runs the statements of an adoption that was shown, and opens the platform.
    pub async fn adopt(
        &self,
        connection: &Connection,
        choice: &TableChoice,
        hash: &str,
    ) -> Result<(), AppError> {
        self.switch(platform::adopt(connection, PROGRAM, choice, hash).await?, Some(connection)).await;
        Ok(())
    }

    /// What leaving the open platform comes to.
    pub async fn plan_leaving(&self) -> Result<LeavePlan, AppError> {
        Ok(platform::leave_plan(&self.connection()?, PROGRAM).await?)
    }

    /// Leaves the open platform, and opens the private server's.
    pub async fn leave(&self) -> Result<(), AppError> {
        platform::leave(&self.connection()?, PROGRAM).await?;
        self.use_private().await
    }

    /// How the open platform was reached.
    fn connection(&self) -> Result<Connection, AppError> {
        match &*self.current.borrow() {
            State::Open(_, _, Some(connection)) => Ok((**connection).clone()),
            _ => Err(AppError::of(&Error::NotPermitted {
                message: "the private server is Tenantry's own, and cannot be left".into(),
            })),
        }
    }

    /// Makes a platform in an empty database of a server, and opens it.
    pub async fn create(&self, connection: &Connection) -> Result<(), AppError> {
        let (engine, _) = Engine::create(connection, PROGRAM).await?;
        self.switch(engine, Some(connection)).await;
        Ok(())
    }

    /// Closes what is open. The session cannot be used afterwards.
    pub async fn close(&self) {
        close(self.current.send_replace(State::Opening)).await;
    }

    async fn switch(&self, engine: Engine, connection: Option<&Connection>) {
        close(self.current.send_replace(State::opened(engine, connection))).await;
    }
}

impl State {
    fn of(opened: Result<Engine>) -> Self {
        opened.map_or_else(|error| Self::Failed(Arc::new(error)), |engine| Self::opened(engine, None))
    }

    fn opened(engine: Engine, connection: Option<&Connection>) -> Self {
        let worker = Worker::start(engine.clone());
        Self::Open(engine, worker, connection.cloned().map(Box::new))
    }
}

async fn attend(engine: Engine, stop: CancellationToken) {
    jobs::attend(&engine, stop).await;
}

/// Works on the platform's jobs for as long as it is open here.
#[derive(Clone)]
struct Worker {
    stop: CancellationToken,
    tasks: TaskTracker,
}

impl Worker {
    fn start(engine: Engine) -> Self {
        let (stop, tasks) = (CancellationToken::new(), TaskTracker::new());
        tauri::async_runtime::spawn(tasks.track_future(attend(engine, stop.clone())));
        tasks.close();
        Self { stop, tasks }
    }

    /// Waits for the items that are under way.
    async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
    }
}

async fn open_private(data_dir: DataDir) -> Result<Engine> {
    Engine::open_private(data_dir, Binaries::locate()?, PROGRAM).await
}

async fn close(state: State) {
    let State::Open(engine, worker, _) = state else { return };
    let closed = async {
        worker.stop().await;
        engine.close().await
    };
    match tokio::time::timeout(CLOSE_TIMEOUT, closed).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "the platform was not closed in order"),
        Err(_) => tracing::warn!("the platform took too long to close"),
    }
}
