//! Running the receiver that is examined: any command, with places put in for what stands in braces.

use crate::profile::Profile;
use crate::street::{write_members, write_sheets};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How often a running receiver is asked whether it has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// The receiver to examine.
#[derive(Debug, Clone)]
pub struct Receiver {
    /// Its program and words. `{folder}`, `{keys}`, `{members}` and `{data}` become places.
    pub command: Vec<String>,
    /// What takes a received merge back, if that shall be examined: `{number}` becomes its number, too.
    pub book_back: Option<Vec<String>>,
    /// What declines a number that was not received, if that shall be examined; likewise.
    pub decline: Option<Vec<String>>,
    /// Which files it takes.
    pub profile: Profile,
    /// How long one run may take.
    pub patience: Duration,
}

/// The examination could not go on.
#[derive(Debug, thiserror::Error)]
pub enum ReceiverFault {
    /// The kit's own files could not be written or read.
    #[error("the kit's folder: {0}")]
    Place(#[from] io::Error),
    /// There is no such command, or it may not be run.
    #[error("the receiver does not start: {0}")]
    NotStarted(io::Error),
    /// It was still running.
    #[error("the receiver did not end within {} s", .0.as_secs())]
    DidNotEnd(Duration),
}

/// A PC at which a receiver runs: the agreed folder, the street's sheets, a folder for its own things.
pub(crate) struct Stage {
    place: PathBuf,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) said: String,
    pub(crate) complained: String,
}

impl Stage {
    pub(crate) fn set(profile: Profile, place: &Path) -> io::Result<Self> {
        for folder in ["folder", "data"] {
            fs::create_dir_all(place.join(folder))?;
        }
        write_sheets(profile, &place.join("keys.toml"), &place.join("members.txt"))?;
        Ok(Self { place: place.to_owned() })
    }

    /// The street's list of members becomes another one.
    pub(crate) fn has_members(&self, members: &[&str]) -> io::Result<()> {
        write_members(&self.place.join("members.txt"), members)
    }

    pub(crate) fn folder(&self) -> PathBuf {
        self.place.join("folder")
    }

    pub(crate) fn run(&self, receiver: &Receiver) -> Result<Run, ReceiverFault> {
        self.run_words(&receiver.command, "", receiver.patience)
    }

    /// Runs one of a receiver's commands about a number.
    pub(crate) fn run_words(
        &self,
        words: &[String],
        number: &str,
        patience: Duration,
    ) -> Result<Run, ReceiverFault> {
        let words: Vec<String> =
            words.iter().map(|word| self.put_places(word).replace("{number}", number)).collect();
        let (program, arguments) = words.split_first().ok_or_else(nothing_to_run)?;
        let (said, complained) = (self.place.join("stdout.txt"), self.place.join("stderr.txt"));
        let mut child = Command::new(program)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(File::create(&said)?)
            .stderr(File::create(&complained)?)
            .spawn()
            .map_err(ReceiverFault::NotStarted)?;
        let started = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break status;
            }
            if started.elapsed() > patience {
                child.kill()?;
                child.wait()?;
                return Err(ReceiverFault::DidNotEnd(patience));
            }
            thread::sleep(GLANCE);
        };
        let text = |file| fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        Ok(Run { code: status.code(), said: text(said)?, complained: text(complained)? })
    }

    fn put_places(&self, word: &str) -> String {
        [("{folder}", "folder"), ("{keys}", "keys.toml"), ("{members}", "members.txt"), ("{data}", "data")]
            .into_iter()
            .fold(word.to_owned(), |word, (mark, name)| {
                word.replace(mark, &self.place.join(name).to_string_lossy())
            })
    }
}

fn nothing_to_run() -> ReceiverFault {
    ReceiverFault::NotStarted(io::ErrorKind::InvalidInput.into())
}
