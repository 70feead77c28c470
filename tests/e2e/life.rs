use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::support::{in_the_window, setting};

/// The process that runs the server on a data folder.
fn postmaster(data_dir: &Path) -> Option<u32> {
    let file = std::fs::read_to_string(data_dir.join("postgres/postmaster.pid")).ok()?;
    let pid = file.lines().next()?.trim().parse().ok()?;
    Path::new("/proc").join(format!("{pid}")).exists().then_some(pid)
}

#[test]
fn a_second_start_shows_the_first_window_and_ends() {
    in_the_window("second-start", |app| async move {
        app.find("start-create").await;
        let before = postmaster(&app.data_dir());
        assert!(before.is_some(), "the private server runs");
        let second = Command::new(setting("TENANTRY_DESKTOP_BIN"))
            .env("TENANTRY_DATA_DIR", app.data_dir())
            .status()
            .expect("the second window starts");
        assert!(second.success(), "it ends by itself: {second}");
        assert_eq!(postmaster(&app.data_dir()), before, "and there is one server");
    });
}

#[test]
fn the_server_stops_with_a_window_that_is_killed() {
    in_the_window("killed", |app| async move {
        app.find("start-create").await;
        let server = postmaster(&app.data_dir()).expect("the private server runs");
        let killed =
            Command::new("kill").args(["-KILL", &app.window_pid().to_string()]).status().expect("kill runs");
        assert!(killed.success());
        let deadline = Instant::now() + Duration::from_secs(10);
        while Path::new("/proc").join(format!("{server}/exe")).exists() {
            assert!(Instant::now() < deadline, "the server outlives the window");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    });
}
