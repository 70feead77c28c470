use std::fmt::Write as _;
use std::fs::DirBuilder;
use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt, chown, symlink};
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Context as _, Result};

use crate::shell;

/// Whether a watchdog ends a program in the background.
pub const WATCHED: bool = true;

/// A virtual environment's interpreter.
pub const VENV_PYTHON: &str = "bin/python";

pub const PYTHON: &str = "python3";

/// The unprivileged user and group (*nobody* on Debian) that PostgreSQL runs as when we are root.
const NOBODY: u32 = 65534;

pub fn npm() -> Command {
    Command::new("npm")
}

pub fn is_root() -> bool {
    static ROOT: OnceLock<bool> = OnceLock::new();
    *ROOT.get_or_init(|| shell::output(Command::new("id").arg("-u")).is_ok_and(|id| id == "0"))
}

/// Where caches are kept. Root's own would not let the user in who runs PostgreSQL.
pub fn cache() -> Result<PathBuf> {
    if is_root() {
        return Ok("/var/cache".into());
    }
    let absolute = |name| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || absolute("HOME").map(|home| home.join(".cache"));
    absolute("XDG_CACHE_HOME").or_else(home).context("HOME is not set: there is no place for the cache")
}

/// Where temporary files go. Root's own place may not let the user in who runs PostgreSQL.
pub fn temporary() -> PathBuf {
    if is_root() { "/tmp".into() } else { std::env::temp_dir() }
}

/// Readable by everyone, and executable if the owner may execute it.
pub fn open_to_all(path: &Path) -> Result<()> {
    let about = || format!("cannot make {} readable", path.display());
    let mode = path.metadata().with_context(about)?.permissions().mode();
    let open = if mode & 0o100 == 0 { 0o644 } else { 0o755 };
    if mode & open == open {
        return Ok(());
    }
    std::fs::set_permissions(path, PermissionsExt::from_mode(open)).with_context(about)
}

/// Makes a symbolic link.
pub fn link(to: &Path, at: &Path) -> Result<()> {
    symlink(to, at).with_context(|| format!("cannot make the link {}", at.display()))
}

/// PostgreSQL refuses to run as root.
pub fn unprivileged(command: &mut Command) -> &mut Command {
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command
}

/// Makes a folder that only the unprivileged user gets into (and root, who gets in everywhere).
pub fn private_folder(path: &Path) -> Result<()> {
    let about = || format!("cannot make the folder {}", path.display());
    DirBuilder::new().mode(0o700).create(path).with_context(about)?;
    if is_root() {
        chown(path, Some(NOBODY), Some(NOBODY)).with_context(about)?;
    }
    Ok(())
}

/// The program under a watchdog: when our end of its standard input closes, because we are done or because we
/// were killed, it is ended by that signal, and what it left behind is removed. Its own process group keeps
/// Ctrl-C from reaching it before us.
pub fn watched(command: &Command, signal: &str, leftover: Option<&Path>) -> Command {
    const WATCHDOG: &str = r#"signal=$1 leftover=$2; shift 2
exec 3<&0
"$@" 3<&- & program=$!
{ cat <&3 >/dev/null; kill -s "$signal" $program; } 2>/dev/null & watch=$!
wait $program; status=$?
kill $watch 2>/dev/null
[ -z "$leftover" ] || rm -rf -- "$leftover"
exit $status"#;
    let mut watchdog = Command::new("/bin/sh");
    watchdog.args(["-c", WATCHDOG, "watchdog", signal]).arg(leftover.unwrap_or(Path::new("")));
    watchdog.arg(command.get_program()).args(command.get_args());
    watchdog.current_dir("/").process_group(0);
    watchdog
}

/// Where a throw-away server listens: a socket in its own folder, which nobody else gets into, needs no
/// password.
pub struct Address {
    folder: String,
}

impl Address {
    pub fn new(folder: &Path) -> Result<Self> {
        let folder = folder.to_str().context("the folder for temporary files has a name that is not text")?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The server's settings.
    pub fn settings(&self) -> Vec<String> {
        let folder = self.folder.replace('"', "\"\"");
        vec![
            "listen_addresses=".to_owned(),
            "port=5432".to_owned(),
            format!("unix_socket_directories=\"{folder}\""),
        ]
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost:5432/{database}?host={}", percent_encoded(&self.folder))
    }

    pub fn answers(&self) -> bool {
        UnixStream::connect(format!("{}/.s.PGSQL.5432", self.folder)).is_ok()
    }
}

fn percent_encoded(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, byte| {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ok = write!(encoded, "%{byte:02X}");
        }
        encoded
    })
}
