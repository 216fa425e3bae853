//! The program's log: to standard error, and to a file beside the store.
//!
//! What is logged is codes, counts and names of devices. Nothing that names a resident, no PIN and no
//! body of an APDU has a `Debug` or a `Display` it could get here by.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// In the folder of the store.
const NAME: &str = "madoguchi.log";
/// What was in it before it was begun anew.
const OLD: &str = "madoguchi.log.old";
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
    let (to_file, failed) = match LogFile::open(folder, BIGGEST_BYTES) {
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

/// The file, which is begun anew whenever it has grown big: a counter's program may run for months.
struct LogFile {
    folder: PathBuf,
    biggest: u64,
    file: File,
    bytes: u64,
}

impl LogFile {
    fn open(folder: &Path, biggest: u64) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        let file = File::options().create(true).append(true).open(folder.join(NAME))?;
        let bytes = file.metadata()?.len();
        Ok(Self { folder: folder.to_owned(), biggest, file, bytes })
    }

    /// Keeps what there is as `.old`, where that can be done, and begins anew.
    fn begin_anew(&mut self) -> io::Result<()> {
        if fs::rename(self.folder.join(NAME), self.folder.join(OLD)).is_ok() {
            self.file = File::options().create(true).append(true).open(self.folder.join(NAME))?;
        } else {
            // Windows cuts no file that is open to be appended to.
            File::options().write(true).truncate(true).open(self.folder.join(NAME))?;
        }
        self.bytes = 0;
        Ok(())
    }
}

/// Each event is written at once.
impl Write for LogFile {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        if self.bytes > self.biggest
            && let Err(error) = self.begin_anew()
        {
            // It grows until the next try; an event is worth more than a small file.
            eprintln!("the log could not be begun anew: {error}");
            self.bytes = 0;
        }
        let written = self.file.write(event)?;
        self.bytes += u64::try_from(written).unwrap_or_default();
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIGGEST: u64 = 1000;

    fn size(file: &Path) -> u64 {
        fs::metadata(file).map_or(0, |file| file.len())
    }

    /// What is in the log after so many events of eleven bytes.
    fn written(folder: &Path, events: std::ops::Range<u32>) -> String {
        let mut log = LogFile::open(folder, BIGGEST).unwrap();
        for number in events {
            log.write_all(format!("{number:010}\n").as_bytes()).unwrap();
        }
        fs::read_to_string(folder.join(NAME)).unwrap()
    }

    #[test]
    fn a_log_that_grew_while_the_program_ran_is_kept_once_and_begun_anew() {
        let folder = tempfile::tempdir().unwrap();
        assert!(written(folder.path(), 0..500).ends_with("0000000499\n"));
        let (log, old) = (size(&folder.path().join(NAME)), size(&folder.path().join(OLD)));
        assert!(log < BIGGEST + 20 && old > BIGGEST && old < BIGGEST + 20, "{log} and {old}");
        let last = fs::read_to_string(folder.path().join(OLD)).unwrap();
        let first = fs::read_to_string(folder.path().join(NAME)).unwrap();
        let number = |line: Option<&str>| line.and_then(|line| line.parse::<u32>().ok());
        assert_eq!(
            number(last.lines().last()).map(|last| last + 1),
            number(first.lines().next()),
            "no event is lost"
        );
    }

    #[test]
    fn a_start_goes_on_where_the_last_one_ended() {
        let folder = tempfile::tempdir().unwrap();
        written(folder.path(), 0..90);
        assert_eq!(written(folder.path(), 90..92).lines().count(), 1);
        assert!(size(&folder.path().join(OLD)) > BIGGEST);
    }

    #[test]
    fn a_log_that_cannot_be_kept_aside_stays_bounded() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(OLD)).unwrap();
        assert!(written(folder.path(), 0..500).ends_with("0000000499\n"));
        assert!(size(&folder.path().join(NAME)) < BIGGEST + 20);
    }
}
