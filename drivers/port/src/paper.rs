//! Papers: what is printed, and where it went.

use madoguchi_domain::receipt::PaperLine;
use std::path::PathBuf;

/// Why a paper could not be made or printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// The font has no such characters; nothing was printed.
    #[error("the font lacks {0:?}")]
    MissingCharacters(Vec<char>),
    /// None of the fonts looked for is on this PC.
    #[error("no Japanese font found")]
    NoFont,
    /// The paper could not be written there.
    #[error("cannot write {0}")]
    NotWritten(PathBuf),
    /// The printer's queue refused it or is not there.
    #[error("the printer {0} does not take it")]
    PrinterRefused(String),
    /// The page could not be made.
    #[error("the page could not be made: {0}")]
    NotMade(String),
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
}
