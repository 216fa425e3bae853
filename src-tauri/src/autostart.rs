//! Starting with the PC, as the settings say.
//!
//! Belongs here: which program with which words. Does not belong here: how the desktop is told
//! (`drivers/autostart`).

use crate::command_line::{BACKGROUND, TRAINING, WITH_PC};
use crate::own_file::own_file;
use crate::restart::Mode;
use madoguchi_autostart::{StartedProgram, end, is_kept, keep};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::Settings;
use std::io;

/// Follows what was just chosen.
pub(crate) fn follow(settings: &Settings, mode: Mode) -> Result<(), Failure> {
    followed(settings, mode).map_err(|error| {
        tracing::error!(%error, "the desktop could not be told whether to start the program");
        Failure::of(ErrorCode::StoreNotWritable)
    })
}

/// Follows settings that were laid down, and a program that has moved.
pub(crate) fn follow_at_start(settings: &Settings, mode: Mode) {
    if let Err(error) = followed(settings, mode) {
        tracing::warn!(%error, "the desktop could not be told whether to start the program");
    }
}

/// Training has settings of its own and starts by the clerk's hand only.
fn followed(settings: &Settings, mode: Mode) -> io::Result<()> {
    match (mode, settings.start_with_pc) {
        (Mode::Real, true) => keep(&this_program()?),
        (Mode::Real, false) if is_kept() => end(),
        (Mode::Real, false) | (Mode::Training | Mode::Street, _) => Ok(()),
    }
}

/// This very program with the same folders, without a window.
fn this_program() -> io::Result<StartedProgram> {
    let words = [BACKGROUND, TRAINING, WITH_PC].map(|word| format!("--{word}"));
    let told = std::env::args().skip(1).filter(|word| !words.contains(word));
    let arguments = told.chain([format!("--{BACKGROUND}")]).collect();
    Ok(StartedProgram { program: own_file()?, arguments })
}
