//! Papers: what is printed, and where it went.
//!
//! Belongs here: what a printer can be asked for and what can go wrong. Does not: what a paper
//! says (the domain), fonts and pages (the driver).

use madoguchi_domain::receipt::PaperLine;
use std::path::PathBuf;

/// Why a paper could not be made or printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// No font has these characters, each named once in the order of the text; nothing was printed.
    #[error("no font has {0:?}")]
    MissingCharacters(Vec<char>),
    /// None of the fonts looked for is on this PC.
    #[error("no Japanese font found")]
    NoFont,
    /// The page could not be made.
    #[error("the page could not be made: {0}")]
    NotMade(String),
    /// The paper could not be written there.
    #[error("cannot write {0}")]
    NotWritten(PathBuf),
    /// This PC has no printing system, or it does not say which queues there are.
    #[error("no printing system answers")]
    NoPrintingSystem,
    /// The printing system is not running, does not know this queue or takes no papers for it.
    #[error("the queue {0} does not take it")]
    QueueRefused(String),
    /// The printing system did not answer in time. The paper may still come out: look before
    /// printing again.
    #[error("the queue {0} did not answer in time")]
    QueueSilent(String),
}

/// Where a paper goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintTarget {
    /// As a PDF file into this folder.
    Folder(PathBuf),
    /// To a queue of the system's printing service (CUPS), by its name.
    Queue(String),
}

/// Where a paper went, for the person who looks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// This file was written.
    File(PathBuf),
    /// The queue took it as this job.
    Job(String),
}

/// A printer of narrow papers (receipts).
pub trait PaperPrinter: Send + Sync {
    /// Prints one paper. `title` names the file or the job; it holds no personal data.
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault>;

    /// The queues papers can go to, the system's default first. Empty if there is none.
    fn queues(&self) -> Result<Vec<String>, PaperFault>;
}
