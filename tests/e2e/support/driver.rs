//! The WebDriver of WebKitGTK, as a child process.

use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal};

pub struct Driver {
    child: Child,
    pub port: u16,
}

impl Driver {
    /// The driver hands its environment on to the window that it starts.
    pub fn start(data_dir: &Path, home: &Path) -> Self {
        let port = free_port();
        let child = Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("TENANTRY_DATA_DIR", data_dir)
            .env("HOME", home)
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .stdout(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver starts (Debian's package webkit2gtk-driver)");
        let driver = Self { child, port };
        let deadline = Instant::now() + Duration::from_secs(10);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < deadline, "WebKitWebDriver does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        driver
    }

    /// The window's process: the driver's only child that is our program.
    pub fn window_pid(&self) -> Option<u32> {
        let children = format!("/proc/{0}/task/{0}/children", self.child.id());
        let listed = std::fs::read_to_string(children).ok()?;
        listed.split_whitespace().find_map(|pid| pid.parse().ok())
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver leaves a window behind that did not close in time. Gone already is as good.
        if let Some(window) = self.window_pid().and_then(|pid| Pid::from_raw(pid.cast_signed())) {
            let _ = rustix::process::kill_process(window, Signal::KILL);
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").port()
}
