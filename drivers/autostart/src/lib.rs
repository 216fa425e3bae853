//! Starting with the PC: what a desktop is told, so that it starts a program when its user signs in.
//!
//! Belongs here: the desktop's own place for such programs (freedesktop.org's autostart folder; Windows' key
//! `Run` of the user). Does not belong here: which program, and whether the clerk wants it.
//! Why it exists: other programs on the PC want an answer on a day on which nobody has opened a window.

#[cfg(any(windows, test))]
mod command_line;
#[cfg(not(windows))]
mod desktop_entry;
#[cfg(windows)]
mod run_key;

#[cfg(not(windows))]
pub use desktop_entry::{end, is_kept, keep};
#[cfg(windows)]
pub use run_key::{end, is_kept, keep};

use std::path::PathBuf;

/// What is started.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartedProgram {
    /// The program's file.
    pub program: PathBuf,
    /// What it is told.
    pub arguments: Vec<String>,
}
