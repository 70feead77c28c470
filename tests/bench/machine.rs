//! What the figures were measured on.

use std::fs::{self, File};
use std::io::Write as _;

use crate::Outcome;
use crate::place::Place;
use crate::sample::Sample;

/// How often a block is written to tell how long the disk takes.
const WRITES: usize = 50;

pub fn facts(place: &Place) -> Outcome<String> {
    let system = rustix::system::uname();
    let memory = kilobytes("/proc/meminfo", "MemTotal:")? / 1024 / 1024;
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let cores = std::thread::available_parallelism()?;
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').take(3).collect::<Vec<_>>().join(" ");
    Ok(format!(
        "{processor}, {cores} cores, {memory} GiB; {} {}; load {load}\nPostgreSQL {}; a block of 8 KiB is on its disk after {} ms",
        system.sysname().to_string_lossy(),
        system.release().to_string_lossy(),
        place.server().version(),
        disk(place)?,
    ))
}

/// What a commit waits for.
fn disk(place: &Place) -> Outcome<Sample> {
    let mut file = File::create(place.folder().join("block"))?;
    let mut sample = Sample::default();
    for _ in 0..WRITES {
        let start = std::time::Instant::now();
        file.write_all(&[0; 8192])?;
        file.sync_data()?;
        sample.add_time(start.elapsed());
    }
    Ok(sample)
}

/// A value of one of the kernel's tables of `name: value`.
fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim_start_matches([':', ' ', '\t']).to_owned())
}

pub fn kilobytes(path: &str, name: &str) -> Outcome<u64> {
    let value = field(path, name).ok_or_else(|| format!("{path} has no {name}"))?;
    Ok(value.trim_end_matches(" kB").trim().parse()?)
}

/// What this program holds, in megabytes, as one of the kernel's counts.
pub fn own_memory(which: &str) -> Outcome<f64> {
    Ok(f64::from(u32::try_from(kilobytes("/proc/self/status", which)?)?) / 1024.0)
}
