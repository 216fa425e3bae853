//! The parts of the shipped counter, with what the window alone adds to them.

use crate::command_line::CommandLine;
use crate::look_up_log::LookUpLog;
use crate::restart::Mode;
use madoguchi_pc::{NoFolder, Told};
use madoguchi_terminal::{Folders, Parts};
use std::sync::Arc;

pub(crate) use madoguchi_pc::make_folder_of_papers;

/// Where this terminal keeps what it keeps: as told, else in the user's own folders.
pub(crate) fn folders(told: CommandLine) -> Result<Folders, NoFolder> {
    let CommandLine { data, settings, papers, training, .. } = told;
    madoguchi_pc::folders(Told { data, settings, papers, training })
}

/// The counter's parts on this PC; how long look-ups take is logged.
pub(crate) fn of_this_pc(folders: Folders, mode: Mode) -> Parts {
    let parts = madoguchi_pc::parts(folders, mode == Mode::Training);
    Parts { observer: Some(Arc::new(LookUpLog)), ..parts }
}
