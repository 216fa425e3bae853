//! A receipt on the screen, and where its paper went.

use serde::{Deserialize, Serialize};

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
