//! What earlier servers leave behind: processes, and files that claim there are some.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::Command;

use super::fixture::{Folder, OtherProcess, Outcome, connect, eventually, is_running, text};

#[tokio::test]
async fn a_server_that_was_left_behind_is_adopted() -> Outcome {
    let folder = Folder::used().await?;
    let mut left = folder.start_by_hand(&[]).await?;

    let server = folder.start().await?;
    assert!(server.is_owner(), "nobody else looks after it");
    assert_eq!(server.pid(), Some(left.pid()), "it is the same server");
    assert_eq!(text(&mut connect(&server).await?, "SELECT 'hello'").await?, "hello");

    server.stop().await?;
    assert!(left.has_ended(), "who adopts it also stops it");
    Ok(())
}

#[tokio::test]
async fn an_adopted_server_dies_with_its_new_owner() -> Outcome {
    let folder = Folder::used().await?;
    let mut left = folder.start_by_hand(&[]).await?;
    let owner = OtherProcess::start(&folder, &[])?;
    assert!(owner.is_owner && owner.socket_folder.ends_with("tenantry-by-hand"), "it was adopted");
    assert!(!left.has_ended());

    owner.kill()?;
    eventually("the server has stopped", || left.has_ended()).await
}

#[tokio::test]
async fn a_server_left_behind_that_could_lose_commits_is_replaced() -> Outcome {
    let folder = Folder::used().await?;
    let mut left = folder.start_by_hand(&["fsync=off"]).await?;

    let server = folder.start().await?;
    assert!(left.has_ended());
    assert_eq!(text(&mut connect(&server).await?, "SHOW fsync").await?, "on");
    assert_eq!(folder.servers()?, [server.pid().ok_or("it runs")?]);
    server.stop().await?;
    Ok(())
}

/// Claims that a process is the folder's server, as a killed server leaves it: beside the data and beside the
/// socket.
fn claim(folder: &Folder, socket: &Path, pid: u32) -> Outcome {
    let lines = format!("{pid}\n{}\n1700000000\n5432\n{}\n", folder.cluster().display(), socket.display());
    let files = [folder.pid_file(), socket.join(".s.PGSQL.5432.lock")];
    fs::create_dir(socket)?;
    for file in &files {
        fs::write(file, &lines)?;
    }
    let owner = fs::metadata(folder.cluster())?;
    for path in files.iter().map(PathBuf::as_path).chain([socket]) {
        chown(path, Some(owner.uid()), Some(owner.gid()))?;
    }
    Ok(())
}

/// A folder whose server was killed long ago, and the folder of its socket.
async fn abandoned() -> Outcome<(Folder, PathBuf)> {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let socket = server.socket_dir().to_owned();
    server.stop().await?;
    Ok((folder, socket))
}

#[tokio::test]
async fn the_number_of_a_dead_process_stops_nobody() -> Outcome {
    let (folder, socket) = abandoned().await?;
    let mut ended = Command::new("true").spawn()?;
    ended.wait()?;
    claim(&folder, &socket, ended.id())?;

    folder.start().await?.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_number_that_another_process_has_now_stops_nobody() -> Outcome {
    let (folder, socket) = abandoned().await?;
    let mut sleep = Command::new("sleep");
    sleep.arg("600");
    let mut stranger = folder.as_server(sleep)?.spawn()?;
    claim(&folder, &socket, stranger.id())?;

    let started = folder.start().await;
    let alive = is_running(stranger.id());
    stranger.kill()?;
    stranger.wait()?;
    started?.stop().await?;
    assert!(alive, "the stranger is left alone");
    assert!(folder.path().join("postmaster.pid.stale").exists(), "what was put aside can be looked at");
    Ok(())
}

#[tokio::test]
async fn a_number_that_somebody_elses_process_has_now_stops_nobody() -> Outcome {
    let (folder, socket) = abandoned().await?;
    claim(&folder, &socket, 1)?;
    folder.start().await?.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_pid_file_that_a_crash_left_empty_stops_nobody() -> Outcome {
    let (folder, _) = abandoned().await?;
    fs::write(folder.pid_file(), "")?;
    folder.start().await?.stop().await?;
    assert!(folder.path().join("postmaster.pid.stale").exists(), "what was put aside can be looked at");
    Ok(())
}

#[tokio::test]
async fn a_pid_file_that_was_emptied_under_a_running_server_is_not_believed() -> Outcome {
    let folder = Folder::used().await?;
    let left = folder.start_by_hand(&[]).await?;
    fs::write(folder.pid_file(), "")?;

    let refusal = folder.refusal().await?;
    assert!(matches!(refusal, tenantry_engine::embedded::EmbeddedError::StillInUse { .. }), "{refusal:?}");
    assert_eq!(folder.servers()?, [left.pid()], "there is no second one");
    assert!(folder.pid_file().exists(), "and what is the running server's is left to it");
    Ok(())
}

#[tokio::test]
async fn a_socket_folder_that_was_made_and_not_handed_over_stops_nobody() -> Outcome {
    if !rustix::process::geteuid().is_root() {
        println!("skipped: only root makes it for another account");
        return Ok(());
    }
    let (folder, socket) = abandoned().await?;
    fs::create_dir(&socket)?;
    folder.start().await?.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_folder_whose_making_was_interrupted_is_made_again() -> Outcome {
    let folder = Folder::new()?;
    let mut killed = OtherProcess::spawn(&folder, &[])?;
    let unfinished = || {
        let mut entries = fs::read_dir(folder.path()).into_iter().flatten().flatten();
        entries.find(|entry| entry.file_name().to_string_lossy().starts_with("postgres.new"))
    };
    eventually("the data is being made", || unfinished().is_some_and(|e| e.path().join("base").exists()))
        .await?;
    killed.kill()?;
    killed.wait()?;
    assert!(!folder.cluster().exists(), "half of it is not taken for the whole");

    folder.start().await?.stop().await?;
    assert!(unfinished().is_none(), "and the half is cleared away");
    Ok(())
}
