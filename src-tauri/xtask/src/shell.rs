//! Other programs: shown before they run, and quoted when they fail.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Result, anyhow, bail};

/// Runs a program with its output untouched.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", words(command));
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if !status.success() {
        bail!("`{}` {}", words(command), ending(status));
    }
    Ok(())
}

/// Runs a program with its complaints untouched, and answers the lines that it printed.
pub fn lines(command: &mut Command) -> Result<Vec<String>> {
    println!("$ {}", words(command));
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        bail!("`{}` {}", words(command), ending(output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
}

/// Runs a program without a word, and answers what it printed. When it fails, the error has what it said.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        let said = [output.stdout, output.stderr].concat();
        bail!(
            "`{}` {}:\n{}",
            words(command),
            ending(output.status),
            String::from_utf8_lossy(&said).trim_end()
        );
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Whether a program can be started and says that all is well.
pub fn succeeds(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

/// The command as one would type it.
pub fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(quoted).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=,@+%".contains(letter);
    if !word.is_empty() && word.chars().all(plain) {
        return word.into_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn ending(status: ExitStatus) -> String {
    status
        .code()
        .map_or_else(|| format!("was ended ({status})"), |code| format!("failed with exit code {code}"))
}

pub fn not_started(command: &Command, error: &std::io::Error) -> anyhow::Error {
    let program = command.get_program().to_string_lossy();
    if error.kind() == ErrorKind::NotFound {
        return anyhow!("`{program}` is not installed, or not on the PATH (wanted for `{}`)", words(command));
    }
    anyhow!("`{}` could not be started: {error}", words(command))
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::words;

    #[test]
    fn a_command_is_shown_as_one_would_type_it() {
        let mut command = Command::new("/usr/bin/cargo");
        command.args(["test", "--package=a b", "it's", ""]);
        assert_eq!(words(&command), r"cargo test '--package=a b' 'it'\''s' ''");
    }
}
