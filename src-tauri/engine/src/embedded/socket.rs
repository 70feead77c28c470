//! The folder of the server's socket: short, since the operating system limits a socket's path, and private.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::account::Account;
use super::{DataDir, EmbeddedError};

/// The port is only a part of the socket's name: the server listens on no network.
pub(super) const PORT: u16 = 5432;

/// A socket's path, with the zero at its end, fits into 108 bytes on Linux and 104 elsewhere.
const LIMIT: usize = if cfg!(target_os = "linux") { 107 } else { 103 };

const PREFIX: &str = "tenantry-";

/// Makes the folder for the socket of a data folder's server.
pub(super) fn make_folder(dir: &DataDir, account: Account) -> Result<PathBuf, EmbeddedError> {
    let runtime = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|path| belongs_to(account, path));
    choose(runtime.as_deref(), Path::new("/tmp"), dir, account)
}

/// Prefers the user's folder for sockets; falls back to one that is always there and always short.
fn choose(
    runtime: Option<&Path>,
    temporary: &Path,
    dir: &DataDir,
    account: Account,
) -> Result<PathBuf, EmbeddedError> {
    let digest = Sha256::digest(dir.path().as_os_str().as_bytes());
    let name = hex::encode(&digest[..4]);
    let preferred = runtime.map(|folder| folder.join(format!("{PREFIX}{name}")));
    if let Some(folder) = preferred
        && claim(&folder, account).is_ok()
    {
        return Ok(folder);
    }
    let folder = temporary.join(format!("{PREFIX}{}-{name}", account.uid()));
    claim(&folder, account).map(|()| folder)
}

/// Takes possession of the folder, again if it is known from an earlier start.
pub(super) fn claim(folder: &Path, account: Account) -> Result<(), EmbeddedError> {
    if file(folder).as_os_str().len() >= LIMIT {
        return Err(EmbeddedError::SocketPathTooLong { path: file(folder), limit: LIMIT - 1 });
    }
    account.private_folder(folder)
}

/// Is this a folder that was made here, for a socket and nothing else?
pub(super) fn is_ours(folder: &Path) -> bool {
    folder.file_name().is_some_and(|name| name.as_bytes().starts_with(PREFIX.as_bytes()))
}

/// Removes what a killed server left: the lock beside its socket would stop the next one if its number is in
/// use again. Only for who knows that no server runs.
pub(super) fn sweep(folder: &Path) {
    for name in [file(folder), file(folder).with_extension(format!("{PORT}.lock"))] {
        // If it cannot be removed, the server says so itself.
        drop(fs::remove_file(name));
    }
}

/// Removes the folder after a server has stopped, so that none pile up. The next start makes it again.
pub(super) fn leave(folder: &Path) {
    // It stays if there is anything in it.
    drop(fs::remove_dir(folder));
}

/// The folder as the server's setting takes it, which is a list: quoted, a comma or a space does not end an
/// entry.
pub(super) fn setting(folder: &Path) -> OsString {
    let mut quoted = b"unix_socket_directories=\"".to_vec();
    for byte in folder.as_os_str().as_bytes() {
        quoted.extend(std::iter::repeat_n(*byte, if *byte == b'"' { 2 } else { 1 }));
    }
    quoted.push(b'"');
    OsString::from_vec(quoted)
}

fn file(folder: &Path) -> PathBuf {
    folder.join(format!(".s.PGSQL.{PORT}"))
}

fn belongs_to(account: Account, folder: &Path) -> bool {
    folder.is_absolute() && fs::metadata(folder).is_ok_and(|m| m.is_dir() && account.owns(&m))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_runtime_folder_with_too_long_a_name_is_passed_over() -> Result<(), Box<dyn std::error::Error>> {
        let short = tempfile::Builder::new().prefix("s").tempdir_in("/tmp")?;
        let long = short.path().join("l".repeat(90));
        fs::create_dir(&long)?;
        let dir = DataDir::at(short.path());
        let account = Account::of(&dir);
        assert_eq!(choose(Some(&long), short.path(), &dir, account)?.parent(), Some(short.path()));
        Ok(())
    }

    #[test]
    fn where_every_folder_is_too_long_the_path_is_named() -> Result<(), Box<dyn std::error::Error>> {
        let long = Path::new("/tmp").join("l".repeat(90));
        let dir = DataDir::at("/tmp");
        let answer = choose(None, &long, &dir, Account::of(&dir));
        let Err(EmbeddedError::SocketPathTooLong { path, limit }) = answer else {
            return Err(format!("{answer:?} is not about the length").into());
        };
        assert!(path.starts_with(&long) && path.as_os_str().len() > limit);
        Ok(())
    }

    #[test]
    fn the_setting_is_quoted() {
        assert_eq!(setting(Path::new("/run/a, \"b\"")), r#"unix_socket_directories="/run/a, ""b""""#);
    }
}
