//! From the counter into training and back: the program ends and starts itself anew.
//!
//! Belongs here: that other start, after this one has let go of everything. Does not belong here: when it may
//! be (`terminal/src/start_training.rs`), what differs in training (`parts.rs`).
//! Why a new start: a process is in training for its whole life or never. Nothing in it can be switched, so
//! nothing can be switched half.

use crate::command_line::TRAINING;
use std::ffi::OsString;
use std::io;
use std::process::Command;
use std::sync::{Mutex, PoisonError};
use tauri::{AppHandle, Manager, RunEvent};

/// What the points of a start of the program are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// What they say.
    Real,
    /// Nothing: people learn the counter with them.
    Training,
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

/// As the program ends, starts it anew where that was asked for, with the same folders.
pub(crate) fn where_asked(program: &AppHandle, event: RunEvent) {
    let (RunEvent::Exit, Some(next)) = (event, program.try_state::<NextStart>()) else { return };
    let Some(mode) = *next.0.lock().unwrap_or_else(PoisonError::into_inner) else { return };
    // The next start is the only one, not a second one that shows this one's window.
    tauri_plugin_single_instance::destroy(program);
    let error = start(mode);
    tracing::error!(%error, "the program could not start itself anew");
    eprintln!("窓口を開き直せませんでした。もう一度お始めください。");
    eprintln!("The window could not be opened again. Please start it once more. ({error})");
}

/// Returns only where that fails.
fn start(mode: Mode) -> io::Error {
    let program = match std::env::current_exe() {
        Ok(program) => program,
        Err(error) => return error,
    };
    let mut next = Command::new(program);
    next.args(arguments(std::env::args_os().skip(1), mode));
    replace_by(&mut next)
}

/// The arguments of this start, in training or not.
fn arguments(told: impl Iterator<Item = OsString>, mode: Mode) -> Vec<OsString> {
    let word = OsString::from(format!("--{TRAINING}"));
    let others = told.filter(|argument| *argument != word);
    let training = (mode == Mode::Training).then(|| word.clone());
    others.chain(training).collect()
}

/// The next start takes this process's place: whoever waits for the program goes on waiting.
#[cfg(unix)]
fn replace_by(next: &mut Command) -> io::Error {
    use std::os::unix::process::CommandExt;
    next.exec()
}

/// Windows has no way to take a process's place.
#[cfg(not(unix))]
fn replace_by(next: &mut Command) -> io::Error {
    match next.spawn() {
        Ok(_) => std::process::exit(0),
        Err(error) => error,
    }
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
}
