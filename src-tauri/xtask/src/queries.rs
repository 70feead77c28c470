//! `.sqlx`: what PostgreSQL says about every query in the engine, so that it compiles without a server.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context as _, Result, bail};
use serde_json::Value;

use crate::platform::{self, Address, Background};
use crate::{postgres, shell, workspace};

const DATABASE: &str = "tenantry_queries";

/// The folders of migrations in the order that a platform gets them; the schema that each needs to be there;
/// and where its tables are made.
const MIGRATIONS: [(&str, &str, &str); 3] = [
    ("platform", "public", "public"),
    ("console", "tenantry", "public"),
    ("tenant", "tenant_template", "tenant_template"),
];

/// Writes `.sqlx` anew.
pub fn write() -> Result<()> {
    let scratch = Scratch::new()?;
    let queries = describe(&scratch)?;
    let folder = workspace::root().join(".sqlx");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for (name, query) in &queries {
        fs::write(folder.join(name), query).with_context(|| format!("cannot write .sqlx/{name}"))?;
    }
    println!("{} queries in .sqlx", queries.len());
    Ok(())
}

/// Fails if `.sqlx` is not what `write` would make of it.
pub fn check() -> Result<()> {
    let scratch = Scratch::new()?;
    let queries = describe(&scratch)?;
    let written = read(&workspace::root().join(".sqlx"))?;
    let missing = queries.keys().filter(|name| !written.contains_key(*name)).map(|name| ("missing", name));
    let unused =
        written.keys().filter(|name| !queries.contains_key(*name)).map(|name| ("no longer used", name));
    let differs = |name: &&String| written.get(*name).is_some_and(|query| *query != queries[*name]);
    let different = queries.keys().filter(differs).map(|name| ("different", name));
    let wrong: Vec<_> = missing.chain(unused).chain(different).collect();
    if wrong.is_empty() {
        println!("{} queries in .sqlx are up to date", queries.len());
        return Ok(());
    }
    for (what, name) in &wrong {
        println!("{what}: .sqlx/{name}");
    }
    bail!(
        "{} of the queries in .sqlx are out of date: run `cargo xtask queries`, and commit .sqlx",
        wrong.len()
    );
}

/// Keeps a server with the migrations running, to compile queries against while they are being written.
pub fn serve() -> Result<()> {
    let scratch = Scratch::new()?;
    let (server, url) = start(&scratch)?;
    println!("Compile against this with:\n\nexport DATABASE_URL='{url}'\n");
    println!("Ctrl-C ends it. Start it again when migrations change.");
    server.wait()
}

/// A folder for one server, gone when this is.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self> {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |now| now.as_millis());
        let folder = platform::temporary().join(format!("tenantry-{}-{now}", std::process::id()));
        platform::private_folder(&folder)?;
        Ok(Self(folder))
    }

    fn name(&self) -> Cow<'_, str> {
        self.0.file_name().unwrap_or_default().to_string_lossy()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The watchdog may have been here already; what is left is in the folder for temporary files.
        let _left = fs::remove_dir_all(&self.0);
    }
}

/// Has the compiler ask PostgreSQL about every query: sqlx's macros write down what they are told.
fn describe(scratch: &Scratch) -> Result<BTreeMap<String, Vec<u8>>> {
    let (_server, url) = start(scratch)?;
    let target = workspace::target()?;
    let folder = target.join(format!("queries-{}", scratch.name()));
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let mut cargo = workspace::cargo();
    cargo.args(["rustc", "--package", "tenantry-engine", "--lib", "--profile", "check"]);
    // Macros are only expanded when the crate is compiled, and it only is when something about it is new.
    cargo.args(["--message-format", "json-render-diagnostics", "--", "--cfg"]);
    cargo.arg(format!("described=\"{}\"", scratch.name())).env("CARGO_INCREMENTAL", "0");
    cargo.env("DATABASE_URL", url).env("SQLX_OFFLINE", "false").env("SQLX_OFFLINE_DIR", &folder);
    let described = shell::lines(&mut cargo).context("the engine does not compile against its migrations");
    let queries = read(&folder);
    // Nothing of this is ever used again.
    let _left = fs::remove_dir_all(&folder);
    described?.iter().for_each(|message| forget(message));
    queries
}

/// Removes what cargo has just made, if this message is about the engine.
fn forget(message: &str) {
    let message: Value = serde_json::from_str(message).unwrap_or_default();
    if message["target"]["name"] != "tenantry_engine" {
        return;
    }
    for made in message["filenames"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let made = Path::new(made);
        let (Some(name), Some(folder)) = (made.file_stem().and_then(OsStr::to_str), made.parent()) else {
            continue;
        };
        let Some((_, hash)) = name.rsplit_once('-') else { continue };
        let fingerprint = folder.with_file_name(".fingerprint").join(format!("tenantry-engine-{hash}"));
        // What stays is a few files too many.
        let _left = (
            fs::remove_file(made),
            fs::remove_file(folder.join(format!("tenantry_engine-{hash}.d"))),
            fs::remove_dir_all(fingerprint),
        );
    }
}

fn read(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut queries = BTreeMap::new();
    for path in files(folder, "json")? {
        let query = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        queries.insert(path.file_name().unwrap_or_default().to_string_lossy().into_owned(), query);
    }
    Ok(queries)
}

/// The files with this ending, by name; none if there is no such folder.
fn files(folder: &Path, ending: &str) -> Result<Vec<PathBuf>> {
    if !folder.exists() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(folder).and_then(Iterator::collect::<std::io::Result<Vec<_>>>);
    let entries = entries.with_context(|| format!("cannot read {}", folder.display()))?;
    let mut files: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    files.sort();
    Ok(files)
}

/// A server that nobody will miss, with all migrations in one database; and its URL.
fn start(scratch: &Scratch) -> Result<(Background, String)> {
    let programs = postgres::stage()?.join("bin");
    let data = scratch.0.join("data");
    let mut initdb = Command::new(programs.join(platform::program("initdb")));
    initdb.current_dir(&scratch.0).arg("--pgdata").arg(&data);
    initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]);
    shell::output(platform::unprivileged(&mut initdb))
        .context("PostgreSQL cannot make a database cluster")?;

    let cluster = Cluster { postgres: programs.join(platform::program("postgres")), data };
    cluster.execute("postgres", &format!("CREATE DATABASE {DATABASE}"))?;
    for (area, schema, path) in MIGRATIONS {
        cluster.execute(DATABASE, &format!("CREATE SCHEMA IF NOT EXISTS {schema}"))?;
        for file in files(&workspace::root().join("migrations").join(area), "sql")? {
            let sql = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
            let sql = format!("SET search_path = {path}; {sql}");
            cluster.execute(DATABASE, &sql).with_context(|| format!("{} fails", file.display()))?;
        }
    }
    cluster.execute(
        "postgres",
        &format!("ALTER DATABASE {DATABASE} SET search_path = tenant_template, public"),
    )?;
    cluster.serve(&scratch.0)
}

struct Cluster {
    postgres: PathBuf,
    data: PathBuf,
}

impl Cluster {
    /// Nothing here has to outlive a power cut.
    const CARELESS: [&str; 6] =
        ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];

    /// Runs SQL in a server of its own, in one transaction, as sqlx runs a migration.
    fn execute(&self, database: &str, sql: &str) -> Result<()> {
        let mut command = Command::new(&self.postgres);
        command.args(["--single", "-j", "-D"]).arg(&self.data).args(Self::CARELESS);
        command.args(["-c", "exit_on_error=true", "-c", "log_min_messages=fatal", "-c", "log_line_prefix="]);
        command.args(["-c", "log_min_error_statement=panic", database]);
        command.current_dir(&self.data).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let server = platform::unprivileged(&mut command).spawn();
        let mut server = server.map_err(|error| shell::not_started(&command, &error))?;
        let sql = as_one_command(sql);
        // A server that gave up early says why when it is waited for.
        let _given_up = server.stdin.take().map(|mut stdin| stdin.write_all(sql.as_bytes()));
        let output = server.wait_with_output().context("PostgreSQL got lost")?;
        if !output.status.success() {
            bail!(with_line(String::from_utf8_lossy(&output.stderr).trim(), &sql));
        }
        Ok(())
    }

    fn serve(&self, folder: &Path) -> Result<(Background, String)> {
        let address = Address::new(folder)?;
        let mut command = Command::new(&self.postgres);
        command.arg("-D").arg(&self.data).args(Self::CARELESS);
        command.args(address.settings().iter().flat_map(|setting| ["-c", setting]));
        command.args(["-c", "log_min_messages=fatal"]);
        let mut watched = platform::watched(&command, "QUIT", Some(folder));
        let mut server = Background::start(platform::unprivileged(&mut watched))?;
        let patience = Instant::now() + Duration::from_secs(30);
        while !address.answers() {
            if !server.runs() || Instant::now() > patience {
                bail!("PostgreSQL does not start: `{}`", shell::words(&command));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok((server, address.url(DATABASE)))
    }
}

/// The server without a client ends a command at a semicolon, a line's end, and an empty line. Function
/// bodies have these too; with a space between, they do not count.
fn as_one_command(sql: &str) -> String {
    format!("{}\n;\n\n", sql.replace('\r', "").replace(";\n", "; \n"))
}

/// PostgreSQL counts characters; an editor counts lines.
fn with_line(complaint: &str, sql: &str) -> String {
    let counted =
        complaint.split_once(" at character ").and_then(|(_, rest)| rest.split('\n').next()?.parse().ok());
    counted.map_or_else(
        || complaint.to_owned(),
        |characters| {
            let before = sql.chars().take(characters);
            format!("line {}: {complaint}", 1 + before.filter(|letter| *letter == '\n').count())
        },
    )
}

#[cfg(test)]
mod tests {
    use super::{as_one_command, with_line};

    #[test]
    fn a_function_body_does_not_end_the_command() {
        let command = as_one_command("BEGIN\n  x;\r\n\nEND;\n\nSELECT 1");
        assert_eq!(command.find(";\n\n"), Some(command.len() - 3), "only the end ends it: {command:?}");
    }

    #[test]
    fn a_complaint_gets_its_line() {
        let complaint = "FATAL:  syntax error at or near \"TABEL\" at character 18\nHINT: none";
        assert_eq!(with_line(complaint, "SELECT 1;\nCREATE TABEL;"), format!("line 2: {complaint}"));
        assert_eq!(with_line("FATAL:  no", "SELECT 1;\n"), "FATAL:  no");
    }
}
