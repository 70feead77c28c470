//! The folder that the data lies in: where it may be, and what is refused rather than harmed.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tenantry_engine::embedded::EmbeddedError;

use super::fixture::{Folder, OtherProcess, Outcome, connect, text};

/// Every file below a folder with its mode, time and contents.
type Contents = BTreeMap<PathBuf, (u32, i64, Vec<u8>)>;

fn everything(folder: &Path) -> Outcome<Contents> {
    let mut all = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let metadata = fs::metadata(&path)?;
        let contents = if metadata.is_dir() { Vec::new() } else { fs::read(&path)? };
        all.insert(path.clone(), (metadata.mode(), metadata.mtime_nsec(), contents));
        if metadata.is_dir() {
            all.extend(everything(&path)?);
        }
    }
    Ok(all)
}

#[tokio::test]
async fn data_of_another_major_version_is_refused_and_untouched() -> Outcome {
    let folder = Folder::used().await?;
    fs::write(folder.cluster().join("PG_VERSION"), "15\n")?;
    fs::set_permissions(folder.cluster(), fs::Permissions::from_mode(0o755))?;
    let before = everything(&folder.cluster())?;

    let refusal = folder.refusal().await?;
    assert!(matches!(refusal, EmbeddedError::OtherMajor { found: 15, expected: 18, .. }), "{refusal:?}");
    assert!(everything(&folder.cluster())? == before, "nothing in it has changed");
    assert_eq!(fs::metadata(folder.cluster())?.mode() & 0o777, 0o755, "nor the folder itself");
    Ok(())
}

#[tokio::test]
async fn a_folder_with_somebody_elses_files_is_refused_and_untouched() -> Outcome {
    let folder = Folder::new()?;
    fs::create_dir_all(folder.cluster())?;
    fs::write(folder.cluster().join("letter.txt"), "dear")?;
    let before = everything(folder.path())?;

    let refusal = folder.refusal().await?;
    assert!(matches!(refusal, EmbeddedError::NotADataFolder { .. }), "{refusal:?}");
    let mut after = everything(folder.path())?;
    after.remove(&folder.path().canonicalize()?.join("owner.lock"));
    after.remove(&folder.path().join("owner.lock"));
    assert!(after == before, "nothing in it has changed");
    Ok(())
}

#[tokio::test]
async fn the_data_of_another_server_is_not_taken_for_a_place_to_put_ours() -> Outcome {
    let other = Folder::used().await?;
    let refusal = Folder::at(other.cluster()).refusal().await?;
    assert!(matches!(refusal, EmbeddedError::NotADataFolder { .. }), "{refusal:?}");
    assert!(!other.cluster().join("postgres").exists());
    other.start().await?.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_path_may_hold_spaces_quotes_and_any_letter() -> Outcome {
    let folder = Folder::named("Müllers \"Daten\", it's 100% $HOME \\ 名前")?;
    let server = folder.start().await?;
    assert_eq!(text(&mut connect(&server).await?, "SELECT 'hello'").await?, "hello");
    server.stop().await?;
    folder.start().await?.stop().await?;
    Ok(())
}

#[tokio::test]
async fn data_that_others_could_read_is_closed_to_them() -> Outcome {
    let folder = Folder::used().await?;
    fs::set_permissions(folder.cluster(), fs::Permissions::from_mode(0o755))?;
    let server = folder.start().await?;
    assert_eq!(fs::metadata(folder.cluster())?.mode() & 0o777, 0o700);
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn the_socket_is_in_the_users_runtime_folder_if_its_path_fits() -> Outcome {
    let folder = Folder::used().await?;
    let short = folder.folder_of_server("run, 1")?;
    let long = folder.folder_of_server(&"l".repeat(90))?;

    let there = OtherProcess::start(&folder, &[("XDG_RUNTIME_DIR", &short)])?;
    assert!(there.socket_folder.starts_with(&short), "{}", there.socket_folder.display());
    there.end()?;
    let elsewhere = OtherProcess::start(&folder, &[("XDG_RUNTIME_DIR", &long)])?;
    assert!(!elsewhere.socket_folder.starts_with(&long), "{}", elsewhere.socket_folder.display());
    elsewhere.end()
}

#[tokio::test]
async fn damaged_data_is_called_damaged() -> Outcome {
    let folder = Folder::used().await?;
    let control = folder.cluster().join("global/pg_control");
    let mut bytes = fs::read(&control)?;
    bytes[64..128].fill(0);
    fs::write(&control, &bytes)?;

    let refusal = folder.refusal().await?;
    let EmbeddedError::Corrupt { log_tail, .. } = &refusal else { return Err(format!("{refusal:?}").into()) };
    assert!(log_tail.contains("control file"), "it says what: {log_tail}");
    assert!(fs::read(&control)? == bytes, "and is left as it is");
    Ok(())
}

#[tokio::test]
async fn a_folder_that_the_servers_account_cannot_get_to_is_named() -> Outcome {
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only root runs the server under another account");
        return Ok(());
    }
    let closed = tempfile::tempdir()?;
    fs::set_permissions(closed.path(), fs::Permissions::from_mode(0o700))?;
    let refusal = Folder::at(closed.path().join("data")).refusal().await?;
    let EmbeddedError::Permission { path, .. } = &refusal else { return Err(format!("{refusal:?}").into()) };
    assert_eq!(path, closed.path());
    Ok(())
}
