use std::io;
use std::path::PathBuf;

/// Why the private server cannot be used. Each is something that a caller can tell a person how to mend.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No PostgreSQL was found to run.
    #[error("PostgreSQL was not found; looked in {}", list(.looked_in))]
    BinariesMissing { looked_in: Vec<PathBuf> },
    /// PostgreSQL was found, but does not run here.
    #[error("{} does not run: {output}", program.display())]
    BinariesBroken {
        program: PathBuf,
        output: String,
        #[source]
        source: Option<io::Error>,
    },
    /// The data was written by another major version; it was left as it is.
    #[error("{} holds data of PostgreSQL {found}, and this is PostgreSQL {expected}", folder.display())]
    OtherMajor { folder: PathBuf, found: u32, expected: u32 },
    /// There is something in the data's place that Tenantry did not make; it was left as it is.
    #[error("{} is not a data folder of Tenantry: {reason}", folder.display())]
    NotADataFolder { folder: PathBuf, reason: &'static str },
    /// Too little space is left to start safely.
    #[error(
        "the disk of {} is full: {} MB are free, and {} MB are needed",
        folder.display(), free >> 20, needed >> 20
    )]
    DiskFull { folder: PathBuf, needed: u64, free: u64 },
    /// The server runs with a setting under which a commit may be lost; it was stopped.
    #[error("the server would lose commits: {setting} is {value}")]
    NotDurable { setting: String, value: String },
    /// The server did not come up; here is what it said.
    #[error("PostgreSQL did not start: {log_tail}")]
    StartFailed {
        log_tail: String,
        #[source]
        source: Option<sqlx::Error>,
    },
    /// The data folder could not be made; nothing is left of it.
    #[error("a new data folder could not be made: {output}")]
    InitFailed { output: String },
    /// The data on the disk is damaged; it was left as it is.
    #[error("the data in {} is damaged: {log_tail}", folder.display())]
    Corrupt { folder: PathBuf, log_tail: String },
    /// Processes of an earlier server are still finishing their work on the data. It helps to wait.
    #[error("processes of an earlier server are still at work on {}", folder.display())]
    StillInUse { folder: PathBuf },
    /// The operating system does not allow what is needed.
    #[error("{}: {reason}", path.display())]
    Permission {
        path: PathBuf,
        reason: String,
        #[source]
        source: Option<io::Error>,
    },
    /// The name of a socket in this folder is longer than the operating system takes.
    #[error(
        "the path of the server's socket is too long: {} has {} bytes, and {limit} are possible",
        path.display(), path.as_os_str().len()
    )]
    SocketPathTooLong { path: PathBuf, limit: usize },
    /// The server was told to stop, twice, and is still there.
    #[error("the server, process {pid}, does not stop")]
    WouldNotStop { pid: u32 },
    /// The operating system failed at something that has no better name.
    #[error("cannot {action} {}", path.display())]
    Io {
        action: &'static str,
        path: PathBuf,
        #[source]
        source: io::Error,
    },
    /// There is no private server for this operating system.
    #[error("there is no private server on this system; connect to a PostgreSQL server instead")]
    Unsupported,
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

/// Says what was being done to which file, for an error of the operating system.
#[cfg(unix)]
pub(super) fn cannot(
    action: &'static str,
    path: impl Into<PathBuf>,
) -> impl FnOnce(io::Error) -> EmbeddedError {
    let path = path.into();
    move |source| match source.kind() {
        io::ErrorKind::PermissionDenied => {
            let reason = format!("not allowed to {action} it");
            EmbeddedError::Permission { path, reason, source: Some(source) }
        }
        _ => EmbeddedError::Io { action, path, source },
    }
}
