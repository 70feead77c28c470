//! What has to be on the machine before anything else, installed where that is possible.

use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::{platform, shell};

const BUILD: [&str; 8] = [
    "build-essential",
    "file",
    "libayatana-appindicator3-dev",
    "librsvg2-dev",
    "libwebkit2gtk-4.1-dev",
    "libxdo-dev",
    "patchelf",
    "pkg-config",
];

const TEST: [&str; 5] = ["dbus", "pgbouncer", "webkit2gtk-driver", "xdotool", "xvfb"];

/// Everything that compiling, running and bundling the window needs.
pub fn for_building() -> Result<()> {
    install(&BUILD, "building the window")
}

/// What the tests need besides.
pub fn for_testing() -> Result<()> {
    let mut packages = [&BUILD[..], &TEST[..]].concat();
    // Debian ships Python without the part that fills virtual environments; other Pythons have it.
    if !shell::succeeds(Command::new(platform::PYTHON).args(["-c", "import ensurepip, venv"])) {
        packages.push("python3-venv");
    }
    install(&packages, "building the window and testing it")
}

fn install(packages: &[&str], purpose: &str) -> Result<()> {
    if !shell::succeeds(Command::new("apt-get").arg("--version")) {
        println!("{}", platform::to_install_by_hand());
        return Ok(());
    }
    let missing = missing(packages);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing what is missing for {purpose}: {}", missing.join(" "));
    // A new machine has no lists of packages yet, and an old one's may be out of date.
    let listed = shell::succeeds(Command::new("apt-cache").arg("show").args(&missing));
    if !listed {
        shell::run(&mut apt(&["update"]))?;
    }
    let mut install = apt(&["install", "-y", "--no-install-recommends"]);
    install.args(&missing);
    let installed = shell::run(&mut install).or_else(|error| {
        if !listed {
            return Err(error);
        }
        shell::run(&mut apt(&["update"]))?;
        shell::run(&mut install)
    });
    installed.with_context(|| by_hand(&missing))?;
    if let Some(package) = self::missing(packages).first() {
        bail!("{package} is still not installed. {}", by_hand(&missing));
    }
    Ok(())
}

fn by_hand(packages: &[&str]) -> String {
    format!("Debian packages are missing. Have them installed with `apt-get install {}`", packages.join(" "))
}

/// `apt-get` with the rights it needs. Without them, sudo asks.
fn apt(arguments: &[&str]) -> Command {
    let mut apt = if platform::is_root() {
        Command::new("apt-get")
    } else {
        let mut sudo = Command::new("sudo");
        sudo.arg("apt-get");
        sudo
    };
    apt.args(arguments);
    if platform::is_root() {
        // Nobody may be there to answer in a container.
        apt.env("DEBIAN_FRONTEND", "noninteractive");
    }
    apt
}

fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query fails when it does not know one of the packages, and answers for the others all the same.
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat=${Package} ${db:Status-Status}\n"]).args(packages);
    let answer = query.output().map(|output| output.stdout).unwrap_or_default();
    let answer = String::from_utf8_lossy(&answer);
    let installed: Vec<_> = answer.lines().filter_map(|line| line.strip_suffix(" installed")).collect();
    packages.iter().copied().filter(|package| !installed.contains(package)).collect()
}
