//! What kind of machine this is: enough to judge a figure, nothing that names the machine.

use std::fs;
use std::thread::available_parallelism;

/// One line: operating system, processors, memory.
pub(crate) fn kind() -> String {
    let parts = [operating_system(), processors(), memory()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
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
