//! The program's log: to standard error, and to a file beside the store.
//!
//! What is logged is codes, counts and names of devices. Nothing that names a resident, no PIN and no
//! body of an APDU has a `Debug` or a `Display` it could get here by.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::sync::Mutex;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// A log that grew beyond this is kept once as `.old` and begun anew.
const BIGGEST_BYTES: u64 = 4 * 1024 * 1024;
/// What is logged is chosen with this variable: a level, or levels by target (`warn,madoguchi=debug`).
const VARIABLE: &str = "MADOGUCHI_LOG";

/// Starts logging into `<folder>/madoguchi.log`. Without the file, to standard error alone: a counter
/// works without a log.
pub(crate) fn start(folder: &Path) {
    let usual = || Targets::new().with_default(LevelFilter::WARN).with_target("madoguchi", LevelFilter::INFO);
    let chosen = std::env::var(VARIABLE).ok().and_then(|words| words.parse().ok());
    let filter: Targets = chosen.unwrap_or_else(usual);
    let to_person = tracing_subscriber::fmt::layer().with_writer(io::stderr).with_ansi(false);
    let (to_file, failed) = match open(folder) {
        Ok(file) => {
            (Some(tracing_subscriber::fmt::layer().with_writer(Mutex::new(file)).with_ansi(false)), None)
        }
        Err(error) => (None, Some(error)),
    };
    // Only a second start in one process could fail here, and that one has a log already.
    let _ = tracing_subscriber::registry().with(filter).with(to_person).with(to_file).try_init();
    if let Some(error) = failed {
        tracing::warn!(%error, "no log file");
    }
}

fn open(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = folder.join("madoguchi.log");
    if fs::metadata(&file).is_ok_and(|log| log.len() > BIGGEST_BYTES) {
        fs::rename(&file, folder.join("madoguchi.log.old"))?;
    }
    File::options().create(true).append(true).open(file)
}
