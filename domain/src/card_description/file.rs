//! A description file: TOML, one card a file, and what is wrong with one, by line and column.
//!
//! Any bytes may come: somebody's spreadsheet saved under the wrong name is said to be one, not a crash.
//! `docs/cards.md` has the words of the file.

mod source;
mod table;

use super::{CardDescription, CheckDigit, NumberShape, NumberSource, Symbology};
use crate::customer_number::LONGEST;
use std::ops::{Range, RangeInclusive};
use table::{Choices, Place, Table};

/// The largest file that is read, in bytes.
pub const LARGEST: usize = 16 * 1024;
/// The longest name of a card, in characters.
const LONGEST_NAME: usize = 60;

/// What is wrong with a file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DescriptionFault {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in characters, counted from 1.
    pub column: usize,
    /// What it is.
    pub what: WhatIsWrong,
}

/// One variant per sentence a person is told; a `word` is one of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhatIsWrong {
    /// Larger than [`LARGEST`].
    TooLarge,
    /// Not a text in UTF-8.
    NoText,
    /// Not TOML: a missing quotation mark, a word twice.
    NoToml,
    /// A word that no description has.
    UnknownWord {
        /// The word.
        word: String,
        /// Those it might be.
        known: &'static [&'static str],
    },
    /// A word that has to stand here does not.
    MissingWord {
        /// The word.
        word: &'static str,
    },
    /// None of `[felica]`, `[idm]` and `[wedge]`, or more than one.
    NotOneSource,
    /// A value of another sort: a text, a whole number, a table, true or false.
    OtherSort {
        /// Whose value.
        word: String,
        /// What belongs there.
        wanted: Sort,
    },
    /// None of the values that may stand here.
    UnknownChoice {
        /// Whose value.
        word: String,
        /// Those there are.
        known: &'static [&'static str],
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
        least: u64,
        /// The largest.
        most: u64,
    },
    /// A text that is empty or too long.
    TextLength {
        /// Whose value.
        word: String,
        /// The most characters.
        most: usize,
    },
    /// A check that this sort of number cannot have.
    CheckDoesNotFit,
}

/// A sort of value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A text between quotation marks.
    Text,
    /// A whole number.
    Number,
    /// `true` or `false`.
    YesOrNo,
    /// A part that begins with its word between brackets.
    Part,
    /// A whole number, or the smallest and the largest between brackets.
    NumberOrRange,
}

/// Reads one file.
pub fn parse(bytes: &[u8]) -> Result<CardDescription, DescriptionFault> {
    let at_start = |what| DescriptionFault { line: 1, column: 1, what };
    if bytes.len() > LARGEST {
        return Err(at_start(WhatIsWrong::TooLarge));
    }
    // A text editor may have put a byte order mark before the first word.
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
        located(&good, good.len(), WhatIsWrong::NoText)
    })?;
    description(text).map_err(|Fault { at, what }| located(text, at, what))
}

/// What is wrong, by its place in the text's bytes.
struct Fault {
    at: usize,
    what: WhatIsWrong,
}

fn located(text: &str, at: usize, what: WhatIsWrong) -> DescriptionFault {
    let at = (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    DescriptionFault {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        what,
    }
}

fn description(text: &str) -> Result<CardDescription, Fault> {
    let whole = toml::de::DeTable::parse(text).map_err(|error| Fault {
        at: error.span().map_or(0, |span: Range<usize>| span.start),
        what: WhatIsWrong::NoToml,
    })?;
    let whole = Table::whole(&whole);
    whole.has_only(&["name", "felica", "idm", "wedge", "number"])?;
    let name = whole.text("name", LONGEST_NAME)?;
    let source = source::source(&whole)?;
    let shape = shape(whole.part("number")?, &source)?;
    Ok(CardDescription { name: name.value.trim().to_owned(), source, shape })
}

/// `[number]`: all of it may be left out.
fn shape(part: Option<Table<'_>>, source: &NumberSource) -> Result<NumberShape, Fault> {
    let any = NumberShape {
        length: 1..=usize::from(super::MOST_BYTES) * 2,
        prefix: String::new(),
        drop_prefix: false,
        check: None,
        drop_check: false,
    };
    let Some(part) = part else { return Ok(any) };
    part.has_only(&["length", "prefix", "drop_prefix", "check", "drop_check"])?;
    let check = part.choice("check", &CHECKS)?;
    if let Some(Place { value, at }) = check
        && !fits(value, source)
    {
        return Err(Fault { at, what: WhatIsWrong::CheckDoesNotFit });
    }
    Ok(NumberShape {
        length: length(&part)?.unwrap_or(any.length),
        prefix: part
            .text_if_any("prefix", LONGEST)?
            .map(|prefix| prefix.value.to_owned())
            .unwrap_or_default(),
        drop_prefix: part.yes_or_no("drop_prefix")?,
        drop_check: part.yes_or_no("drop_check")?,
        check: check.map(|check| check.value),
    })
}

const CHECKS: Choices<CheckDigit> = Choices {
    names: &[
        "modulus10_weight3",
        "modulus10_weight2",
        "modulus11_weight2to7",
        "seven_check",
        "nw7_modulus16",
        "code39_modulus43",
    ],
    meanings: &[
        CheckDigit::Modulus10Weight3,
        CheckDigit::Modulus10Weight2,
        CheckDigit::Modulus11Weight2To7,
        CheckDigit::SevenCheck,
        CheckDigit::Nw7Modulus16,
        CheckDigit::Code39Modulus43,
    ],
};

/// A bar code's own check belongs to that bar code.
fn fits(check: CheckDigit, source: &NumberSource) -> bool {
    match check {
        CheckDigit::Nw7Modulus16 => matches!(source, NumberSource::Wedge(Symbology::Nw7)),
        CheckDigit::Code39Modulus43 => {
            matches!(source, NumberSource::Wedge(Symbology::Code39 | Symbology::Any))
        }
        CheckDigit::Modulus10Weight3
        | CheckDigit::Modulus10Weight2
        | CheckDigit::Modulus11Weight2To7
        | CheckDigit::SevenCheck => *source != NumberSource::Idm,
    }
}

fn length(part: &Table<'_>) -> Result<Option<RangeInclusive<usize>>, Fault> {
    let most = u64::from(super::MOST_BYTES) * 2;
    let Some(Place { value: (least, largest), at }) = part.range("length", 1, most)? else { return Ok(None) };
    if least > largest {
        return Err(Fault { at, what: WhatIsWrong::OutOfRange { word: "length".into(), least, most } });
    }
    Ok(Some(usize::try_from(least).unwrap_or(1)..=usize::try_from(largest).unwrap_or(1)))
}

#[cfg(test)]
mod tests;
