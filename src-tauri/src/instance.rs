//! One window for each data folder. A second start asks the first to come to the front.

use std::collections::hash_map::DefaultHasher;
use std::fs::{File, TryLockError};
use std::hash::{Hash, Hasher};
use std::io::{self, Read, Write};
use std::path::Path;

use interprocess::local_socket::{GenericNamespaced, ListenerOptions, Name, Stream, ToNsName, prelude::*};

const LOCK: &str = "window.lock";
const SHOW: &[u8] = b"show";

/// The right to be the window of a folder, held until the process ends.
pub struct Instance {
    lock: File,
    name: String,
}

impl Instance {
    /// `None` where another process is the window already; it has been asked to show itself.
    pub fn claim(folder: &Path) -> io::Result<Option<Self>> {
        std::fs::create_dir_all(folder)?;
        let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK))?;
        let name = socket_name(&folder.canonicalize()?);
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self { lock, name })),
            Err(TryLockError::WouldBlock) => {
                if let Err(error) = ask_to_show(&name) {
                    tracing::warn!(%error, "Tenantry is open already, but its window could not be reached");
                }
                Ok(None)
            }
            Err(TryLockError::Error(error)) => Err(error),
        }
    }

    /// Calls back whenever somebody starts the program again.
    pub fn on_second_start(self, show: impl Fn() + Send + 'static) {
        std::thread::spawn(move || {
            if let Err(error) = self.listen(show) {
                tracing::warn!(%error, "a second start will not bring this window to the front");
            }
            // The lock is held for as long as the process lives, also without a listener.
            std::mem::forget(self.lock);
        });
    }

    fn listen(&self, show: impl Fn()) -> io::Result<()> {
        let listener = ListenerOptions::new().name(resolve(&self.name)?).create_sync()?;
        for connection in listener.incoming() {
            let mut message = [0; SHOW.len()];
            if connection.and_then(|mut c| c.read_exact(&mut message)).is_ok() && message == SHOW {
                show();
            }
        }
        Ok(())
    }
}

fn ask_to_show(name: &str) -> io::Result<()> {
    Stream::connect(resolve(name)?)?.write_all(SHOW)
}

fn resolve(name: &str) -> io::Result<Name<'_>> {
    name.to_ns_name::<GenericNamespaced>()
}

fn socket_name(folder: &Path) -> String {
    let mut hasher = DefaultHasher::new();
    folder.hash(&mut hasher);
    format!("tenantry-window-{:016x}", hasher.finish())
}
