//! カードの読み方: what each card description makes of the card on the reader or of a scan.

use crate::failure::Failure;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What is tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TryCardDescriptions {
    /// What the scanner typed; without it the card on the reader is read.
    pub scanned: Option<NumberShown>,
}

/// A number or a scan on its way to the screen. It is personal: `Debug` does not show it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[cfg_attr(test, ts(type = "string"))]
pub struct NumberShown(pub String);

impl fmt::Debug for NumberShown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NumberShown(..)")
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardDescriptionsTried {
    /// Where the files lie.
    pub folder: String,
    /// What was tried.
    pub tried: WhatWasTried,
    /// The files, in the order in which they are tried.
    pub files: Vec<DescriptionTried>,
}

/// What the descriptions were tried on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "tried", rename_all = "snake_case")]
pub enum WhatWasTried {
    /// Nothing: no card lies there.
    Nothing,
    /// The FeliCa card on a reader.
    Card,
    /// What the scanner typed.
    Scan,
    /// A card that could not be read.
    Unread {
        /// Why not.
        failure: Failure,
    },
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DescriptionTried {
    /// Its name.
    pub file: String,
    /// What it says.
    pub said: DescriptionSaid,
}

/// What a file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "said", rename_all = "snake_case")]
pub enum DescriptionSaid {
    /// It describes a card.
    Card {
        /// What the card is called.
        name: String,
        /// Where its number comes from.
        source: NumberSource,
        /// What it makes of what was tried.
        made: NumberMade,
    },
    /// It is no description.
    Wrong {
        /// The line, counted from 1.
        line: u32,
        /// The column, counted from 1.
        column: u32,
        /// What is wrong.
        wrong: DescriptionFault,
    },
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum NumberSource {
    /// Blocks of a FeliCa card.
    Felica,
    /// The FeliCa card's own number.
    Idm,
    /// A scanner that types.
    Wedge,
}

/// What a description makes of a card or a scan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "made", rename_all = "snake_case")]
pub enum NumberMade {
    /// It was not tried.
    NotTried,
    /// The number that counts.
    Number {
        /// The customer number.
        number: NumberShown,
    },
    /// A number as well, behind another description that counts.
    AlsoNumber {
        /// The customer number.
        number: NumberShown,
    },
    /// None.
    None {
        /// Why not.
        why: NoNumber,
    },
}

/// Why there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum NoNumber {
    /// The description is for another sort of card.
    OtherSource,
    /// The card has no such system or service, or does not hand it out.
    NotOnThisCard,
    /// Nothing is written there.
    Blank,
    /// The bytes are written otherwise.
    OtherEncoding,
    /// Another bar code.
    OtherSymbology,
    /// Another length.
    OtherLength {
        /// How many characters there are.
        found: u32,
    },
    /// Another beginning.
    OtherPrefix,
    /// The check character is wrong.
    WrongCheck,
    /// No customer number: it cannot be printed, or is too long.
    NoCustomerNumber,
}

/// What is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "wrong", rename_all = "snake_case")]
pub enum DescriptionFault {
    /// It cannot be read from the disk.
    Unreadable,
    /// There are more files than are read.
    TooMany {
        /// So many are read.
        most: u32,
    },
    /// Too large.
    TooLarge {
        /// The most bytes.
        most: u32,
    },
    /// Not a text in UTF-8.
    NoText,
    /// Not TOML.
    NoToml,
    /// A word that no description has.
    UnknownWord {
        /// The word.
        word: String,
        /// Those it might be.
        known: Vec<String>,
    },
    /// A word that has to stand here does not.
    MissingWord {
        /// The word.
        word: String,
    },
    /// None of `[felica]`, `[idm]` and `[wedge]`, or more than one.
    NotOneSource,
    /// A value of another sort.
    OtherSort {
        /// Whose value.
        word: String,
        /// What belongs there.
        wanted: SortOfValue,
    },
    /// None of the values that may stand here.
    UnknownChoice {
        /// Whose value.
        word: String,
        /// Those there are.
        known: Vec<String>,
    },
    /// Not four hexadecimal digits.
    NoCode {
        /// Whose value.
        word: String,
    },
    /// A service that is not read without a key.
    ServiceNeedsKey,
    /// A number too small or too large.
    OutOfRange {
        /// Whose value.
        word: String,
        /// The smallest.
        least: u32,
        /// The largest.
        most: u32,
    },
    /// A text that is empty or too long.
    TextLength {
        /// Whose value.
        word: String,
        /// The most characters.
        most: u32,
    },
    /// A check that this sort of number cannot have.
    CheckDoesNotFit,
}

/// A sort of value in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum SortOfValue {
    /// A text between quotation marks.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    YesOrNo,
    /// A part under its word between brackets.
    Part,
    /// A whole number, or two between brackets.
    NumberOrRange,
}
