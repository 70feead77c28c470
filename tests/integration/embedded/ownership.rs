//! Who runs the server: one process at a time, and always one that is alive.

use std::time::Duration;

use rustix::process::Signal;
use sqlx::{Connection as _, PgConnection};

use super::fixture::{
    Folder, OtherProcess, Outcome, answers, connect, eventually, is_running, run, signal, text,
};

#[tokio::test]
async fn a_second_start_is_a_guest_of_the_same_server() -> Outcome {
    let folder = Folder::new()?;
    let owner = folder.start().await?;
    let guest = folder.start().await?;

    assert!(owner.is_owner() && !guest.is_owner());
    assert_eq!(guest.pid(), owner.pid());
    assert_eq!(guest.socket_dir(), owner.socket_dir());
    assert_eq!(folder.servers()?.len(), 1, "there is one server");
    assert_eq!(text(&mut connect(&guest).await?, "SELECT 'hello'").await?, "hello");

    guest.stop().await?;
    assert_eq!(text(&mut connect(&owner).await?, "SELECT 'still here'").await?, "still here");
    owner.stop().await?;
    Ok(())
}

#[tokio::test]
async fn of_many_that_start_at_once_on_a_new_folder_one_is_the_owner() -> Outcome {
    let folder = Folder::new()?;
    let (a, b, c, d) = tokio::join!(folder.start(), folder.start(), folder.start(), folder.start());
    let servers = [a?, b?, c?, d?];
    assert_eq!(servers.iter().filter(|server| server.is_owner()).count(), 1);
    assert_eq!(folder.servers()?.len(), 1, "there is one server");
    Ok(())
}

#[tokio::test]
async fn a_guest_takes_over_when_the_owner_stops() -> Outcome {
    let folder = Folder::new()?;
    let owner = folder.start().await?;
    let guest = folder.start().await?;
    let before = guest.connect_options("postgres");
    run(&mut connect(&owner).await?, "CREATE TABLE kept AS SELECT 'here'::text AS word").await?;

    owner.stop().await?;
    eventually("the guest is the owner", || guest.is_owner()).await?;
    assert_eq!(answers(&guest, "SELECT word FROM kept").await?, "here");
    let mut connection = PgConnection::connect_with(&before).await?;
    assert_eq!(
        text(&mut connection, "SELECT word FROM kept").await?,
        "here",
        "where callers were told it is"
    );
    assert_eq!(folder.servers()?, [guest.pid().ok_or("it runs")?]);
    guest.stop().await?;
    assert!(folder.servers()?.is_empty(), "the new owner stops it");
    Ok(())
}

#[tokio::test]
async fn a_guest_takes_over_when_the_owner_is_killed() -> Outcome {
    let folder = Folder::used().await?;
    // The owner keeps sockets where the guest by itself would not.
    let runtime = folder.folder_of_server("run")?;
    let owner = OtherProcess::start(&folder, &[("XDG_RUNTIME_DIR", &runtime)])?;
    assert!(owner.is_owner);
    let guest = folder.start().await?;
    assert!(!guest.is_owner() && guest.socket_dir().starts_with(&runtime));
    run(&mut connect(&guest).await?, "CREATE TABLE kept AS SELECT 'here'::text AS word").await?;

    owner.kill()?;
    eventually("the guest is the owner", || guest.is_owner()).await?;
    assert_eq!(answers(&guest, "SELECT word FROM kept").await?, "here");
    guest.stop().await?;
    assert!(folder.servers()?.is_empty());
    Ok(())
}

#[tokio::test]
async fn a_window_outlives_the_command_that_started_its_server() -> Outcome {
    let folder = Folder::new()?;
    let command = OtherProcess::start(&folder, &[])?;
    let window = folder.start().await?;
    command.end()?;
    assert_eq!(answers(&window, "SELECT 'hello'").await?, "hello");
    eventually("the window is the owner", || window.is_owner()).await?;
    window.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_server_dies_with_its_owner() -> Outcome {
    let folder = Folder::new()?;
    let owner = OtherProcess::start(&folder, &[])?;
    let servers = folder.servers()?;
    assert_eq!(servers.len(), 1);

    owner.kill()?;
    eventually("the server has stopped", || !is_running(servers[0])).await?;
    assert!(folder.log().contains("received fast shutdown request"), "in good order: {}", folder.log());
    Ok(())
}

#[tokio::test]
async fn whenever_its_owner_is_killed_the_next_start_finds_everything_committed() -> Outcome {
    let folder = Folder::new()?;
    for round in 1..=12 {
        let mut owner = OtherProcess::spawn(&folder, &[])?;
        // Another moment every time: in the making, the start, the serving.
        tokio::time::sleep(Duration::from_millis(round * 67 % 300)).await;
        owner.kill()?;
        owner.wait()?;

        let server = folder.start().await?;
        let mut connection = connect(&server).await?;
        run(&mut connection, "CREATE TABLE IF NOT EXISTS kept (n int); INSERT INTO kept VALUES (1)").await?;
        let rows = text(&mut connection, "SELECT count(*)::text FROM kept").await?;
        assert_eq!(rows, round.to_string());
        assert_eq!(folder.servers()?.len(), 1, "there is one server");
        server.stop().await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_killed_comes_back_with_everything_committed() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let killed = server.pid().ok_or("it runs")?;
    run(&mut connect(&server).await?, "CREATE TABLE kept AS SELECT 'here'::text AS word").await?;

    signal(killed, Signal::KILL)?;
    assert_eq!(answers(&server, "SELECT word FROM kept").await?, "here");
    assert_ne!(server.pid(), Some(killed));
    assert!(
        folder.log().contains("automatic recovery in progress"),
        "it really was killed: {}",
        folder.log()
    );
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn a_server_comes_back_from_the_death_of_a_session() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    run(&mut connection, "CREATE TABLE kept AS SELECT 'here'::text AS word").await?;
    let session = text(&mut connection, "SELECT pg_backend_pid()::text").await?;

    signal(session.parse()?, Signal::KILL)?;
    // All sessions end with it: its memory is theirs.
    while run(&mut connection, "SELECT 1").await.is_ok() {}
    assert_eq!(answers(&server, "SELECT word FROM kept").await?, "here");
    server.stop().await?;
    Ok(())
}

#[tokio::test]
async fn the_last_statement_of_a_killed_server_is_waited_for() -> Outcome {
    let folder = Folder::new()?;
    let server = folder.start().await?;
    let mut connection = connect(&server).await?;
    run(&mut connection, "CREATE TABLE kept (n bigint)").await?;
    let busy = tokio::spawn(async move {
        run(&mut connection, "INSERT INTO kept SELECT count(*) FROM generate_series(1, 5000000)").await
    });
    let active = "SELECT count(*)::text FROM pg_stat_activity
                  WHERE query LIKE 'INSERT INTO kept%' AND state = 'active'";
    while answers(&server, active).await? != "1" {}

    signal(server.pid().ok_or("it runs")?, Signal::KILL)?;
    drop(server);
    // The statement's process does not know yet that the server is gone.
    let server = folder.start().await?;
    assert!(busy.is_finished(), "there are not two servers at work on the data");
    let rows = text(&mut connect(&server).await?, "SELECT count(*)::text FROM kept").await?;
    assert_eq!(rows, "1", "what it committed without its server is there");
    assert!(
        folder.log().contains("is still in use"),
        "the next server did not start beside it: {}",
        folder.log()
    );
    server.stop().await?;
    Ok(())
}
