//! The Python that runs the Django platform in `tests/django`.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context as _, Result};

use crate::{platform, shell, workspace};

/// The interpreter of a virtual environment with what `tests/django/requirements.txt` asks for, made if
/// needed.
pub fn environment() -> Result<PathBuf> {
    let list = workspace::root().join("tests/django/requirements.txt");
    let requirements = fs::read(&list).with_context(|| format!("cannot read {}", list.display()))?;
    let folder = workspace::cache()?.join(format!("django-{:016x}", fingerprint(&requirements)));
    let python = folder.join(platform::VENV_PYTHON);
    // Written last. The interpreter may be gone all the same: it belongs to the machine.
    let complete = folder.join("complete");
    if complete.exists() && shell::succeeds(Command::new(&python).args(["-c", "import django"])) {
        return Ok(python);
    }
    println!("making a Python environment in {}", folder.display());
    let mut make = Command::new(platform::PYTHON);
    shell::run(make.args(["-m", "venv", "--clear"]).arg(&folder))
        .context("Python 3 cannot make a virtual environment")?;
    let mut install = Command::new(&python);
    install
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(&list);
    shell::run(&mut install).context("the packages in tests/django/requirements.txt cannot be installed")?;
    fs::write(&complete, "").with_context(|| format!("cannot write {}", complete.display()))?;
    Ok(python)
}

/// FNV-1a: the same for the same bytes, today and with the next compiler.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}
