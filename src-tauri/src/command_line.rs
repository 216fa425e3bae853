//! What the program can be told when it is started.

use crate::restart::Mode;
use clap::Parser;
use std::path::PathBuf;

/// The word for training.
pub(crate) const TRAINING: &str = "training";

/// The word for a shopping street's own software.
pub(crate) const STREET: &str = "street";

/// The word for a start without a window.
pub(crate) const BACKGROUND: &str = "background";

/// The word for a start that whoever looks after the PC wants for all its users.
pub(crate) const WITH_PC: &str = "with-pc";

/// The word that ends the program.
pub(crate) const END: &str = "end";

/// The counter's window.
#[derive(Parser, Clone)]
#[command(name = "madoguchi", version)]
#[allow(clippy::struct_excessive_bools, reason = "each is a word of the command line, there or not")]
pub(crate) struct CommandLine {
    /// The folder of this terminal's store, instead of the user's own.
    #[arg(long = "data-dir", value_name = "FOLDER")]
    pub(crate) data: Option<PathBuf>,
    /// The folder of settings.toml, instead of the store's folder.
    #[arg(long = "settings-dir", value_name = "FOLDER")]
    pub(crate) settings: Option<PathBuf>,
    /// The folder for receipts as PDF until a clerk chooses otherwise.
    #[arg(long = "papers-dir", value_name = "FOLDER")]
    pub(crate) papers: Option<PathBuf>,
    /// Write down what the readers and the FeliCa card on one say, without its number and contents, and end.
    #[arg(long = "felica-transcript", value_name = "FILE")]
    pub(crate) felica_transcript: Option<PathBuf>,
    /// Start without a window, for other programs on this PC; a later start without this word shows it.
    #[arg(long = BACKGROUND, conflicts_with_all = [TRAINING, STREET])]
    pub(crate) background: bool,
    /// Begun by the PC for every user: ends again where this user's settings do not say so.
    #[arg(long = WITH_PC, requires = BACKGROUND)]
    pub(crate) with_pc: bool,
    /// End the program that runs, if one does, and start none: a setup asks for that before it replaces it.
    #[arg(long = END)]
    pub(crate) end: bool,
    /// Training: another cloud, store and keys; its folders lie in those named above.
    #[arg(long = TRAINING)]
    pub(crate) training: bool,
    /// A shopping street's own point software instead of the municipal counter; its folders lie in those named above.
    #[arg(long = STREET, conflicts_with = TRAINING)]
    pub(crate) street: bool,
}

impl CommandLine {
    /// What this start is.
    pub(crate) const fn mode(&self) -> Mode {
        match (self.training, self.street) {
            (true, _) => Mode::Training,
            (false, true) => Mode::Street,
            (false, false) => Mode::Real,
        }
    }
}
