//! Papers: what is printed, and where it went.
//!
//! Belongs here: what a printer can be asked for and what can go wrong. Does not: what a paper
//! says (the domain), fonts and pages (the driver).

use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_domain::ticket::{ClearedPile, TicketFace, TicketPaper};
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
    /// The printing system does not know this queue: it was removed or renamed.
    #[error("there is no queue {0}")]
    QueueGone(String),
    /// The queue is paused or turns papers away, by somebody's hand or after a failed job. Nothing was
    /// handed over.
    #[error("the queue {0} stands still")]
    QueuePaused(String),
    /// The queue is there and did not take the paper.
    #[error("the queue {0} does not take it")]
    QueueRefused(String),
    /// The printing system did not answer in time. The paper may still come out: look before
    /// printing again.
    #[error("the queue {0} did not answer in time")]
    QueueSilent(String),
    /// Nothing answers at the printer's address: switched off, unplugged, somewhere else. Nothing was
    /// printed.
    #[error("no printer answers at {0}")]
    PrinterGone(String),
    /// The printer has no paper. Nothing was printed.
    #[error("the printer is out of paper")]
    PaperOut,
    /// The printer's cover is open. Nothing was printed.
    #[error("the printer's cover is open")]
    CoverOpen,
    /// The printer stands still for a reason of its own: a jammed cutter, a hot head, taken off line
    /// by hand. Nothing was printed.
    #[error("the printer stands still")]
    PrinterStopped,
    /// The printer took a beginning and did not say that it printed all of it. A part of the paper,
    /// or all, may have come out: look before printing again.
    #[error("cut short: the paper may be incomplete")]
    CutShort,
}

impl PaperFault {
    /// Whether paper may have come out all the same.
    pub const fn leaves_paper_in_doubt(&self) -> bool {
        matches!(self, Self::QueueSilent(_) | Self::CutShort)
    }
}

/// Where a paper goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintTarget {
    /// As a PDF file into this folder.
    Folder(PathBuf),
    /// To a queue of the system's printing service (CUPS), by its name.
    Queue(String),
    /// To a receipt printer, in its own language (ESC/POS).
    Receipt(ReceiptPrinter),
}

/// Where tickets go, and what they are printed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TicketTarget {
    /// On sheets, as PDF.
    Sheets(Sheet, SheetTarget),
    /// On the receipts' roll, wherever receipts go.
    Roll(PrintTarget),
}

impl TicketTarget {
    /// The printer, file or queue alone.
    pub fn place(&self) -> PrintTarget {
        match self {
            Self::Sheets(_, SheetTarget::Folder(folder)) => PrintTarget::Folder(folder.clone()),
            Self::Sheets(_, SheetTarget::Queue(queue)) => PrintTarget::Queue(queue.clone()),
            Self::Roll(target) => target.clone(),
        }
    }
}

/// The sheets tickets are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// 105 × 148 mm: one ticket.
    A6,
    /// 210 × 297 mm: up to four tickets of A6, to be cut.
    A4,
}

/// Where sheets go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SheetTarget {
    /// As a PDF file into this folder.
    Folder(PathBuf),
    /// To a queue of the system's printing service (CUPS), by its name.
    Queue(String),
}

/// A receipt printer, as far as one must know it to print on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptPrinter {
    /// The way to it.
    pub connection: Connection,
    /// The paper in it.
    pub roll: PaperRoll,
    /// Whether it has kanji of its own. One without gets every line as a picture.
    pub kanji: bool,
}

/// The way to a receipt printer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// Over the network, raw, mostly at port 9100.
    Network {
        /// Its name or IP address.
        host: String,
        /// Its TCP port.
        port: u16,
    },
    /// Through a device file, `/dev/usb/lp0`.
    Device(PathBuf),
    /// Through a queue of the printing service, which passes the bytes on as they are. It says
    /// nothing about the printer.
    Queue(String),
}

/// The two widths receipts are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperRoll {
    /// 80 mm: 576 dots, 48 half-width columns.
    Mm80,
    /// 58 mm: 384 dots, 32 half-width columns.
    Mm58,
}

/// Where a paper went, for the person who looks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// This file was written.
    File(PathBuf),
    /// The queue took it as this job.
    Job(String),
    /// It came out of the receipt printer.
    Paper,
}

/// A paper as it will be, for a screen. Every length is in hundredths of a millimetre, from the paper's
/// top left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The paper's width.
    pub width: u32,
    /// The paper's height.
    pub height: u32,
    /// What is black on it.
    pub marks: Vec<DrawnMark>,
}

/// Something black on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DrawnMark {
    /// Words in the papers' face, BIZ UDPGothic.
    Words {
        /// Where they begin.
        x: u32,
        /// The line they stand on.
        baseline: u32,
        /// The em.
        size: u32,
        /// How far they reach.
        length: u32,
        /// Bold or regular.
        bold: bool,
        /// The words.
        words: String,
    },
    /// A filled rectangle.
    Bar(Area),
    /// The outline of a rectangle.
    Frame {
        /// The rectangle in the middle of its line.
        area: Area,
        /// How thick its line is.
        thickness: u32,
    },
    /// A dashed rule.
    Dashes(Area),
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// Its left edge.
    pub x: u32,
    /// Its upper edge.
    pub y: u32,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// A printer of a counter's papers: receipts and other narrow papers, and tickets.
pub trait PaperPrinter: Send + Sync {
    /// Prints one paper. `title` names the file or the job; it holds no personal data.
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault>;

    /// Prints tickets, all in one job. `title` holds no ticket's number: files and queues show it.
    fn print_tickets(
        &self,
        title: &str,
        tickets: &[TicketPaper],
        language: Language,
        target: &TicketTarget,
    ) -> Result<Printed, PaperFault>;

    /// Prints the list of a cleared pile on the papers tickets are printed on: on sheets as many pages as it
    /// needs, on a roll one strip. `title` holds no ticket's number.
    fn print_pile(
        &self,
        title: &str,
        pile: &ClearedPile,
        language: Language,
        target: &TicketTarget,
    ) -> Result<Printed, PaperFault>;

    /// Draws a ticket that is not issued yet as its paper will be, with empty places for its number and
    /// its code. Prints nothing.
    fn draw_ticket(
        &self,
        face: &TicketFace,
        language: Language,
        target: &TicketTarget,
    ) -> Result<Drawing, PaperFault>;

    /// Reads what every paper needs, if it has not been read, so that the next one waits for nothing. May take
    /// as long as making several papers, and memory until the program ends.
    fn prepare(&self);

    /// Whether papers can go there now, as far as can be told without printing one.
    fn ready(&self, target: &PrintTarget) -> Result<(), PaperFault>;

    /// The queues papers can go to, the system's default first. Empty if there is none.
    fn queues(&self) -> Result<Vec<String>, PaperFault>;
}
