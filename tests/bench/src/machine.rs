//! What kind of machine this is: enough to judge a figure, nothing that names the machine.

use crate::Trouble;
use crate::load::median;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::thread::available_parallelism;
use std::time::Instant;

/// About what a commit of some sixty uses writes.
const FLUSHED_BYTES: usize = 256 * 1024;
const FLUSHES: usize = 60;

/// One line: operating system, processors, memory, and how long the disk of this folder takes to flush.
pub(crate) fn kind(folder: &Path) -> Result<String, Trouble> {
    let flush = format!("a flush of 256 KiB takes {:.2} ms (median)", flush_ms(folder)?);
    let parts = [operating_system(), processors(), memory(), Some(flush)];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// Every durable answer waits for it, so the figures of the uses follow it.
fn flush_ms(folder: &Path) -> Result<f64, Trouble> {
    let mut file = tempfile::tempfile_in(folder)?;
    let bytes = vec![0x5a; FLUSHED_BYTES];
    let mut times = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        file.seek(SeekFrom::Start(0))?;
        file.write_all(&bytes)?;
        let began = Instant::now();
        file.sync_data()?;
        times.push(began.elapsed().as_secs_f64() * 1e3);
    }
    Ok(median(times))
}

fn operating_system() -> Option<String> {
    let release = fs::read_to_string("/etc/os-release").ok()?;
    let name = release.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="))?;
    Some(name.trim_matches('"').to_owned())
}

fn processors() -> Option<String> {
    let count = available_parallelism().ok()?;
    let described = fs::read_to_string("/proc/cpuinfo").ok()?;
    let model = described.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or_else(String::new, |(_, name)| format!(" ({})", name.trim()));
    Some(format!("{count} CPUs{model}"))
}

fn memory() -> Option<String> {
    let meminfo = fs::read_to_string("/proc/meminfo").ok()?;
    let kib: u64 = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemTotal:"))?
        .trim()
        .split(' ')
        .next()?
        .parse()
        .ok()?;
    Some(format!("{} GiB of memory", kib.div_ceil(1024 * 1024)))
}
