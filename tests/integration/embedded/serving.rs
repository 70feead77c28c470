//! A server that runs: it answers, keeps what was committed, and is nobody else's.

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

use tenantry_engine::embedded::{Binaries, EmbeddedError, PrivateServer};

use super::fixture::{Folder, Outcome, connect, eventually, postgres_folder, run, text};

#[tokio::test]
async fn a_new_folder_becomes_a_server_that_answers() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;

    assert!(server.is_owner(), "nobody else runs it");
    assert!(server.version().starts_with("18."), "it says which it is: {}", server.version());
    let mut connection = connect(&server).await?;
    assert_eq!(text(&mut connection, "SELECT current_user::text").await?, "tenantry");
    assert_eq!(text(&mut connection, "SHOW server_encoding").await?, "UTF8");
    assert_eq!(text(&mut connection, "SHOW data_checksums").await?, "on");
    let locale =
        "SELECT datlocprovider::text || ' ' || datlocale FROM pg_database WHERE datname = 'postgres'";
    assert_eq!(text(&mut connection, locale).await?, "b C.UTF-8");
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn what_was_committed_is_there_after_a_restart() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    run(&mut connection, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('here')").await?;
    server.stop().await?;

    let server = folder.start().await?;
    assert_eq!(text(&mut connect(&server).await?, "SELECT word FROM kept").await?, "here");
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_stopped_server_leaves_no_process_and_no_socket() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let (pid, socket) = (server.pid().ok_or("it runs")?, server.socket_dir().to_owned());
    assert_eq!(folder.servers()?, [pid]);

    // An open session does not hold it up.
    let _session = connect(&server).await?;
    server.stop().await?;
    assert!(folder.servers()?.is_empty(), "the process is gone");
    assert!(!socket.exists() && !folder.pid_file().exists());
    assert!(
        folder.log().contains("received fast shutdown request"),
        "it stopped in good order: {}",
        folder.log()
    );
    Ok(())
}

#[tokio::test]
async fn a_handle_that_is_dropped_stops_its_server() -> Outcome {
    let folder = Folder::new()?;
    drop(folder.start().await?);
    eventually("no server runs", || folder.servers().is_ok_and(|servers| servers.is_empty())).await
}

#[tokio::test]
async fn a_start_that_is_given_up_leaves_no_server() -> Outcome {
    let folder = Folder::used().await?;
    let pid_file = folder.pid_file();
    tokio::select! {
        biased;
        started = folder.start() => { started?; return Err("it started before it could be given up".into()) }
        seen = eventually("the server begins to start", || pid_file.exists()) => seen?,
    }
    eventually("no server runs", || folder.servers().is_ok_and(|servers| servers.is_empty())).await
}

#[tokio::test]
async fn commits_are_safe_whatever_the_server_was_told() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    for statement in [
        "ALTER SYSTEM SET fsync = off",
        "ALTER SYSTEM SET full_page_writes = off",
        "ALTER SYSTEM SET synchronous_commit = off",
        "ALTER ROLE tenantry SET synchronous_commit = off",
        "ALTER DATABASE postgres SET synchronous_commit = off",
    ] {
        run(&mut connection, statement).await?;
    }
    server.stop().await?;

    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    for query in ["SHOW fsync", "SHOW full_page_writes", "SHOW synchronous_commit"] {
        assert_eq!(text(&mut connection, query).await?, "on", "{query}");
    }
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_server_that_could_lose_commits_is_refused_and_stopped() -> Outcome {
    let folder = Folder::used().await?;
    let real = postgres_folder()?;
    let fake = folder.path().with_file_name("careless");
    fs::create_dir_all(fake.join("bin"))?;
    symlink(real.join("bin/initdb"), fake.join("bin/initdb"))?;
    let script = format!("#!/bin/sh\nexec '{}/bin/postgres' \"$@\" -c fsync=off\n", real.display());
    fs::write(fake.join("bin/postgres"), script)?;
    fs::set_permissions(fake.join("bin/postgres"), fs::Permissions::from_mode(0o755))?;

    let answer = PrivateServer::start(folder.data(), Binaries::at(&fake)?).await;
    let Err(EmbeddedError::NotDurable { setting, value }) = answer else {
        return Err(format!("{answer:?} is not a refusal").into());
    };
    assert_eq!((setting.as_str(), value.as_str()), ("fsync", "off"));
    assert!(folder.servers()?.is_empty(), "it does not go on running");
    Ok(())
}

#[tokio::test]
async fn nobody_else_can_reach_the_server() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    assert_eq!(text(&mut connection, "SHOW listen_addresses").await?, "", "it listens on no network");
    assert_eq!(text(&mut connection, "SHOW ssl").await?, "off");
    assert_eq!(fs::metadata(server.socket_dir())?.mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(folder.cluster())?.mode() & 0o777, 0o700);
    assert_eq!(fs::metadata(folder.path().join("server.log"))?.mode() & 0o777, 0o600);
    let rules = "SELECT string_agg(concat_ws(' ', type, auth_method, options), ', ') FROM pg_hba_file_rules";
    assert_eq!(
        text(&mut connection, rules).await?,
        "local peer {map=tenantry}",
        "and only its own user gets in"
    );
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_terminals_interrupt_does_not_reach_the_server() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let pid = server.pid().and_then(|pid| rustix::process::Pid::from_raw(pid.cast_signed()));
    assert_eq!(rustix::process::getpgid(pid)?, pid.ok_or("it runs")?, "it is in a group of its own");
    server.stop().await?;
    Ok(())
}
