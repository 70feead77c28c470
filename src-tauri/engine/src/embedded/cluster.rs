//! The data itself: is it there, of which version, how it is made, and who may connect to it.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use tokio_util::sync::CancellationToken;

use super::account::Account;
use super::connection::ROLE;
use super::error::cannot;
use super::postmaster::{command, spawn_error};
use super::server_log::{Trouble, last_lines};
use super::{Binaries, DataDir, EmbeddedError, disk};

/// Prefix of the folders in which a cluster is being made; it gets its name when it is whole.
const UNFINISHED: &str = "postgres.new";

/// Is there data that this major version can open? Looks and touches nothing.
pub(super) fn exists(dir: &DataDir, major: u32) -> Result<bool, EmbeddedError> {
    let not_ours = |reason| Err(EmbeddedError::NotADataFolder { folder: dir.path().to_owned(), reason });
    if dir.path().join("PG_VERSION").exists() {
        return not_ours("it is itself the data of a PostgreSQL server");
    }
    let cluster = dir.cluster();
    let entries = match fs::read_dir(&cluster) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return not_ours("`postgres` is not a folder");
        }
        entries => entries.map_err(cannot("read", &cluster))?,
    };
    let version = fs::read_to_string(cluster.join("PG_VERSION")).unwrap_or_default();
    match version.split(['.', '\n']).next().map(str::parse) {
        Some(Ok(found)) if found == major => Ok(true),
        Some(Ok(found)) => Err(EmbeddedError::OtherMajor { folder: cluster, found, expected: major }),
        _ if entries.count() == 0 => Ok(false),
        _ => not_ours("`postgres` holds files, and no PG_VERSION that can be read"),
    }
}

/// Makes the data. It appears under its name when it is whole and on the disk, so that a crash leaves no half
/// of it.
pub(super) async fn make(
    dir: &DataDir,
    account: Account,
    binaries: &Binaries,
    stop: &CancellationToken,
) -> Result<(), EmbeddedError> {
    clear_unfinished(dir);
    let new = dir.path().join(format!("{UNFINISHED}-{}", std::process::id()));
    account.private_folder(&new)?;
    let made = initdb(dir, &new, account, binaries, stop).await;
    let made = made.and_then(|()| fs::rename(&new, dir.cluster()).map_err(cannot("name", &new)));
    if made.is_err() {
        clear_unfinished(dir);
    }
    made?;
    File::open(dir.path()).and_then(|folder| folder.sync_all()).map_err(cannot("write", dir.path()))
}

async fn initdb(
    dir: &DataDir,
    new: &Path,
    account: Account,
    binaries: &Binaries,
    stop: &CancellationToken,
) -> Result<(), EmbeddedError> {
    let mut initdb = command(&binaries.initdb(), dir, account);
    initdb.arg("--pgdata").arg(new).args([
        "--username",
        ROLE,
        "--encoding=UTF8",
        "--locale=C",
        "--data-checksums",
    ]);
    initdb.args(["--auth-local=peer", "--auth-host=reject", "--no-instructions"]);
    if binaries.major() >= 17 {
        // Sorts by code point as C does, and knows upper and lower case of all letters.
        initdb.args(["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]);
    }
    initdb.stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    let output = tokio::select! {
        output = initdb.output() => output.map_err(|e| spawn_error(e, &binaries.initdb(), dir, account))?,
        () = stop.cancelled() => return Err(EmbeddedError::InitFailed { output: "it was called off".into() }),
    };
    let said =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    match Trouble::in_words(&said) {
        _ if output.status.success() => Ok(()),
        Some(Trouble::NoSpace) => Err(disk::full_at_start(dir)),
        _ => Err(EmbeddedError::InitFailed { output: last_lines(&said) }),
    }
}

/// Removes what an interrupted [`make`] left. The name is never the one that a running `initdb` of another
/// start uses.
fn clear_unfinished(dir: &DataDir) {
    for entry in fs::read_dir(dir.path()).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED)
            && let Err(error) = fs::remove_dir_all(entry.path())
        {
            tracing::warn!(folder = %entry.path().display(), %error, "an unfinished folder stays behind");
        }
    }
}

/// Sees to it that the server can open the data, and that this user may connect.
pub(super) fn prepare(dir: &DataDir, account: Account) -> Result<(), EmbeddedError> {
    let cluster = dir.cluster();
    let folder = File::open(&cluster).map_err(cannot("open", &cluster))?;
    account.close_to_others(&folder, &cluster)?;
    let map: Vec<_> =
        user_names(account).iter().map(|name| format!("tenantry {} {ROLE}\n", quoted(name))).collect();
    let files =
        [("pg_hba.conf", "local all all peer map=tenantry\n".to_owned()), ("pg_ident.conf", map.concat())];
    for (name, rules) in files {
        let path = cluster.join(name);
        let contents = format!("# Tenantry writes this file whenever it starts the server.\n{rules}");
        if fs::read_to_string(&path).is_ok_and(|present| present == contents) {
            continue;
        }
        account.write(&path, &contents).map_err(cannot("write", &path))?;
    }
    Ok(())
}

/// The users who may be the server's owner: of the server's account, and of this process. Root could be
/// either anyway.
fn user_names(account: Account) -> BTreeSet<String> {
    let users = BTreeSet::from([account.uid(), rustix::process::geteuid().as_raw(), 0]);
    users.into_iter().filter_map(user_name).collect()
}

/// Asks the system, as the server will: names can come from a directory service. A user without a name cannot
/// connect, and the server's log says so.
fn user_name(uid: u32) -> Option<String> {
    let answer = Command::new("id").arg("-nu").arg(uid.to_string()).output().ok()?;
    let name = String::from_utf8(answer.stdout).ok()?.trim().to_owned();
    (answer.status.success() && !name.is_empty()).then_some(name)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
