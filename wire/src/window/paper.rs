//! Papers on the screen, and where they went.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The receipt of an operation, line by line, as the paper will have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ReceiptPreview {
    /// Top to bottom.
    pub lines: Vec<PaperLine>,
    /// How often it was printed; above 0 the next paper is a 再発行.
    pub printed: u32,
}

/// One line of paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PaperLine {
    /// How it is set.
    pub kind: PaperLineKind,
    /// The text, or the label of a pair. Empty for a rule.
    pub text: String,
    /// The number at the right edge, for pairs.
    pub value: Option<String>,
}

/// How a line of paper is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum PaperLineKind {
    /// Large and centred.
    Title,
    /// Centred.
    Centred,
    /// In a box over the whole width.
    Boxed,
    /// Left.
    Text,
    /// Left, strong.
    Strong,
    /// Label and number.
    Pair,
    /// Label and large number.
    LargePair,
    /// Label and number under a rule.
    SumPair,
    /// Label and number, small.
    SmallPair,
    /// Left, small, may take several lines.
    Note,
    /// A dashed rule.
    Rule,
}

/// A paper that was printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum PrintedPaper {
    /// A PDF file.
    File {
        /// Its path, to be shown.
        path: String,
        /// How often this receipt was printed now.
        printed: u32,
    },
    /// A printer's queue.
    Queue {
        /// The printer's name.
        printer: String,
        /// How often this receipt was printed now.
        printed: u32,
    },
    /// The paper that came out of a receipt printer.
    Paper {
        /// Where the printer is.
        printer: String,
        /// How often this receipt was printed now.
        printed: u32,
    },
}

/// A ticket before it is issued, as its paper will be: what to draw, with empty places for number and code.
/// Every length is in hundredths of a millimetre, from the paper's top left corner.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TicketPreview {
    /// The paper's width.
    pub width: u32,
    /// The paper's height.
    pub height: u32,
    /// What is black on it.
    pub marks: Vec<PaperMark>,
}

impl fmt::Debug for TicketPreview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TicketPreview({} marks)", self.marks.len())
    }
}

/// Something black on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "mark", rename_all = "snake_case")]
pub enum PaperMark {
    /// Words in the papers' face.
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
    Bar {
        /// Its left edge.
        x: u32,
        /// Its upper edge.
        y: u32,
        /// How wide it is.
        width: u32,
        /// How high it is.
        height: u32,
    },
    /// The outline of a rectangle, in the middle of its line.
    Frame {
        /// Its left edge.
        x: u32,
        /// Its upper edge.
        y: u32,
        /// How wide it is.
        width: u32,
        /// How high it is.
        height: u32,
        /// How thick its line is.
        thickness: u32,
    },
    /// A dashed rule.
    Dashes {
        /// Its left end.
        x: u32,
        /// Its upper edge.
        y: u32,
        /// How long it is.
        width: u32,
        /// How thick it is.
        height: u32,
    },
}
