//! When the process that started the server dies, however it dies, the server is to stop.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};

use rustix::process::Pid;

/// Has the kernel interrupt the child when the thread that spawns it ends.
///
/// The *thread*: who calls this keeps that thread for as long as the child is to live.
#[cfg(target_os = "linux")]
pub(super) fn die_with_parent(command: &mut tokio::process::Command) {
    use rustix::process::{Signal, getppid, set_parent_process_death_signal};

    let parent = std::process::id().cast_signed();
    let tie = move || {
        set_parent_process_death_signal(Some(Signal::INT))?;
        // The parent may have died before the call: then nobody will signal any more.
        if getppid().map(Pid::as_raw_pid) == Some(parent) {
            Ok(())
        } else {
            Err(io::Error::from_raw_os_error(rustix::io::Errno::CHILD.raw_os_error()))
        }
    };
    #[expect(unsafe_code, reason = "between fork and exec is the only place to set this")]
    // SAFETY: `tie` makes two system calls. It neither allocates nor takes a lock, which is all that is asked
    // of code that runs after the fork of a process with several threads.
    unsafe {
        command.pre_exec(tie);
    }
}

/// Other systems have no such signal; there a [`Watchdog`] stands in.
#[cfg(not(target_os = "linux"))]
pub(super) fn die_with_parent(_command: &mut tokio::process::Command) {}

/// A process that waits at a pipe whose other end only we hold. The pipe closes when we die, and it
/// interrupts the server. For servers that the kernel does not tie to us: see above, and those that somebody
/// else has started.
#[derive(Debug)]
pub(super) struct Watchdog(Child);

impl Watchdog {
    pub(super) fn over(server: Pid) -> io::Result<Self> {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "read _; kill -INT \"$0\"", &server.as_raw_pid().to_string()]);
        // A Ctrl-C in our terminal is not meant for it.
        shell.process_group(0).current_dir("/").env_clear();
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().map(Self)
    }
}

impl Drop for Watchdog {
    /// Called off: the server has ended, and its number may soon be somebody else's.
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
