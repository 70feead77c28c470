use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::EmbeddedError;

/// Names a folder with PostgreSQL's `bin`, `lib` and `share`, to be used before any other.
const OVERRIDE: &str = "TENANTRY_POSTGRES_DIR";

/// A PostgreSQL that can be run: the programs `postgres` and `initdb` and what they need.
#[derive(Debug, Clone)]
pub struct Binaries {
    #[cfg_attr(not(unix), expect(dead_code, reason = "there is no private server that it could run"))]
    bin: PathBuf,
    version: String,
    major: u32,
}

impl Binaries {
    /// Finds PostgreSQL: where `TENANTRY_POSTGRES_DIR` points, else beside this program, as an installed
    /// Tenantry has it, else in the user's cache, where the development tools put it.
    pub fn locate() -> Result<Self, EmbeddedError> {
        let places = match env::var_os(OVERRIDE).filter(|named| !named.is_empty()) {
            // Who names a place wants that one, not another that happens to be there.
            Some(named) => vec![PathBuf::from(named)],
            None => usual_places(),
        };
        match places.iter().find(|place| holds_postgres(place)) {
            Some(found) => Self::at(found),
            None => Err(EmbeddedError::BinariesMissing { looked_in: places }),
        }
    }

    /// The PostgreSQL in a folder of the caller's choice.
    pub fn at(folder: impl AsRef<Path>) -> Result<Self, EmbeddedError> {
        let folder = folder.as_ref();
        if !holds_postgres(folder) {
            return Err(EmbeddedError::BinariesMissing { looked_in: vec![folder.to_owned()] });
        }
        // The programs are run from another working folder, where a relative path would lead astray.
        let bin = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned()).join("bin");
        let (version, major) = ask_version(&program(&bin, "postgres"))?;
        Ok(Self { bin, version, major })
    }

    /// The version as PostgreSQL writes it, `18.4` say.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The major version, which decides whether data can be opened.
    pub fn major(&self) -> u32 {
        self.major
    }
}

#[cfg(unix)]
impl Binaries {
    pub(super) fn postgres(&self) -> PathBuf {
        program(&self.bin, "postgres")
    }

    pub(super) fn initdb(&self) -> PathBuf {
        program(&self.bin, "initdb")
    }
}

fn program(bin: &Path, name: &str) -> PathBuf {
    bin.join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

fn holds_postgres(folder: &Path) -> bool {
    ["postgres", "initdb"].iter().all(|name| program(&folder.join("bin"), name).is_file())
}

fn usual_places() -> Vec<PathBuf> {
    let beside = env::current_exe().ok().and_then(|program| Some(program.parent()?.to_owned()));
    // The folders in which the bundles for Linux and macOS keep what they carry.
    let bundled = ["postgres", "../lib/Tenantry/postgres", "../Resources/postgres"];
    let mut places: Vec<_> =
        beside.iter().flat_map(|folder| bundled.iter().map(|path| folder.join(path))).collect();
    if let Some(cache) = cache() {
        places.push(newest_staged(&cache).unwrap_or_else(|| cache.join("postgres-<version>")));
    }
    places
}

fn cache() -> Option<PathBuf> {
    #[cfg(unix)]
    if rustix::process::geteuid().is_root() {
        // The server does not run as root, and nobody else may look into root's home.
        return Some(PathBuf::from("/var/cache/tenantry"));
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    Some(cache.or_else(|| Some(env::home_dir()?.join(".cache")))?.join("tenantry"))
}

fn newest_staged(cache: &Path) -> Option<PathBuf> {
    let staged = fs::read_dir(cache).ok()?.flatten();
    let versions = staged.filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        Some((numbers(name.strip_prefix("postgres-")?), entry.path()))
    });
    versions.filter(|(_, path)| holds_postgres(path)).max().map(|(_, path)| path)
}

/// `18.4.0-beta.17` as 18, 4, 0, 17: so that 18.10 comes after 18.9.
fn numbers(version: &str) -> Vec<u32> {
    version.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect()
}

fn ask_version(postgres: &Path) -> Result<(String, u32), EmbeddedError> {
    let broken =
        |output, source| EmbeddedError::BinariesBroken { program: postgres.to_owned(), output, source };
    // Without the caller's environment: a library path meant for the application can break other programs.
    let answer = Command::new(postgres).arg("--version").env_clear().output();
    let Output { status, stdout, stderr } =
        answer.map_err(|e| broken("it cannot be executed".into(), Some(e)))?;
    let text = String::from_utf8_lossy(&stdout);
    // "postgres (PostgreSQL) 18.4", and distributions add words of their own after it.
    let version = text.split_whitespace().nth(2).unwrap_or_default();
    match numbers(version).first() {
        Some(&major) if status.success() => Ok((version.to_owned(), major)),
        _ => Err(broken(format!("{text}{}", String::from_utf8_lossy(&stderr)).trim().to_owned(), None)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(numbers("18.10.0") > numbers("18.9.1"));
        assert!(numbers("18.4.0-beta.17") > numbers("18.4.0-beta.9"));
    }

    #[test]
    fn a_place_without_postgresql_is_named() {
        let Err(EmbeddedError::BinariesMissing { looked_in }) = Binaries::at("/nowhere/at/all") else {
            panic!("there is no PostgreSQL there");
        };
        assert_eq!(looked_in, [PathBuf::from("/nowhere/at/all")]);
    }
}
