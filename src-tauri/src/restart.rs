//! From the counter into training or to the street's software, and back: the program ends and starts itself anew.
//!
//! Belongs here: that other start, after this one has let go of everything. Does not belong here: when it may
//! be (`terminal/src/start_training.rs`), what differs in training (`parts.rs`).
//! Why a new start: a process is one of them for its whole life. Nothing in it can be switched, so nothing can be
//! switched half.

use crate::command_line::{BACKGROUND, STREET, TRAINING, WITH_PC};
use crate::own_file::own_file;
use std::ffi::OsString;
use std::io;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager};

/// What a start of the program is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The municipal counter.
    Real,
    /// The same, with points that are worth nothing: people learn with them.
    Training,
    /// A shopping street's own software.
    Street,
}

impl Mode {
    /// The word for it on the command line, where it has one.
    const fn word(self) -> Option<&'static str> {
        match self {
            Self::Real => None,
            Self::Training => Some(TRAINING),
            Self::Street => Some(STREET),
        }
    }
}

/// The start that follows when this one ends, if any.
#[derive(Default)]
pub(crate) struct NextStart(Mutex<Option<Mode>>);

/// Ends the program; [`where_asked`] starts the next one.
pub(crate) fn into(program: &AppHandle, mode: Mode) {
    let next = program.state::<NextStart>();
    *next.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(mode);
    program.exit(0);
}

/// As the program ends, starts it anew where that was asked for, with the same folders. Says with which exit code this
/// start ends, where another one does not take its place.
pub(crate) fn where_asked(program: &AppHandle) -> u8 {
    let Some(next) = program.try_state::<NextStart>() else { return 0 };
    let Some(mode) = *next.0.lock().unwrap_or_else(PoisonError::into_inner) else { return 0 };
    // The next start is the only one, not a second one that shows this one's window.
    tauri_plugin_single_instance::destroy(program);
    let Err(error) = start(mode) else { return 0 };
    tracing::error!(%error, "the program could not start itself anew");
    eprintln!("窓口を開き直せませんでした。もう一度お始めください。");
    eprintln!("The window could not be opened again. Please start it once more. ({error})");
    1
}

fn start(mode: Mode) -> io::Result<()> {
    let mut next = Command::new(own_file()?);
    next.args(arguments(std::env::args_os().skip(1), mode));
    replace_by(&mut next)
}

/// The arguments of this start, with the word for what comes next and for nothing else: whoever asks for another
/// start sits at the window, so that the next one has a window, too, however this one began.
fn arguments(told: impl Iterator<Item = OsString>, mode: Mode) -> Vec<OsString> {
    let as_argument = |word: &str| OsString::from(format!("--{word}"));
    let words = [TRAINING, STREET, BACKGROUND, WITH_PC].map(as_argument);
    let others = told.filter(|argument| !words.contains(argument));
    others.chain(mode.word().map(as_argument)).collect()
}

/// The next start takes this process's place: whoever waits for the program goes on waiting.
#[cfg(unix)]
fn replace_by(next: &mut Command) -> io::Result<()> {
    use std::os::unix::process::CommandExt;
    Err(next.exec())
}

/// Windows has no way to take a process's place: this one ends beside the next, and takes its icon from the tray.
#[cfg(not(unix))]
fn replace_by(next: &mut Command) -> io::Result<()> {
    next.spawn().map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(told: &[&str], mode: Mode) -> Vec<OsString> {
        arguments(told.iter().map(OsString::from), mode)
    }

    #[test]
    fn the_next_start_has_the_same_folders_and_the_word_for_training_only_there() {
        let folders = ["--data-dir", "/a", "--papers-dir", "/b"];
        let training = [&folders[..], &["--training"]].concat();
        assert_eq!(after(&folders, Mode::Training), training);
        assert_eq!(after(&training, Mode::Real), folders);
        assert_eq!(after(&training, Mode::Training), training, "once, not twice");
        assert_eq!(after(&folders, Mode::Real), folders);
    }

    #[test]
    fn what_began_with_the_pc_goes_on_with_a_window() {
        let background = ["--data-dir", "/a", "--background", "--with-pc"];
        assert_eq!(after(&background, Mode::Training), ["--data-dir", "/a", "--training"]);
        assert_eq!(after(&background, Mode::Street), ["--data-dir", "/a", "--street"]);
    }

    #[test]
    fn the_street_and_training_take_each_others_place() {
        let street = ["--data-dir", "/a", "--street"];
        assert_eq!(after(&["--data-dir", "/a"], Mode::Street), street);
        assert_eq!(after(&street, Mode::Real), ["--data-dir", "/a"]);
        assert_eq!(after(&["--training"], Mode::Street), ["--street"]);
    }
}
