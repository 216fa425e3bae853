//! Card descriptions: where on a card a library or a shopping street keeps its customer number (row C5).
//!
//! Belongs here: what a description file may say ([`file`]), and what a description makes of bytes that
//! were read, of a scanned text, or of a card's own number ([`CardDescription::in_blocks`],
//! [`CardDescription::in_scan`], [`CardDescription::in_idm`]); which description a card meets ([`meet`]).
//! Does not belong here: reading folders and cards, the number's owner.
//! Why it exists: a new card is a new file, not a new release. `docs/cards.md` has the file's form.

mod check_digit;
mod encoding;
pub mod file;
mod number;

pub use check_digit::CheckDigit;
pub use encoding::Encoding;
pub use file::{DescriptionFault, WhatIsWrong, parse};
pub use number::NoNumber;

use crate::customer_number::CustomerNumber;
use std::ops::RangeInclusive;

/// Bytes of one FeliCa block.
pub const BLOCK: u16 = 16;
/// The most blocks a description may span: what every FeliCa card hands over in one answer.
pub const MOST_BLOCKS: u16 = 4;
/// The most bytes a description may take.
pub const MOST_BYTES: u16 = BLOCK * MOST_BLOCKS;

/// What one file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardDescription {
    /// What the card is called, for the clerk.
    pub name: String,
    /// Where its number comes from.
    pub source: NumberSource,
    /// What its number looks like.
    pub shape: NumberShape,
}

/// Where a number comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberSource {
    /// Blocks of a FeliCa card that are free to read.
    Felica(FelicaPlace),
    /// The FeliCa card's own number. It identifies, it proves nothing, and a phone gets another one with
    /// the next phone.
    Idm,
    /// A scanner that types.
    Wedge(Symbology),
}

/// Where on a FeliCa card a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FelicaPlace {
    /// The system, and the service whose blocks are read.
    pub area: FelicaArea,
    /// Where the number begins, in bytes from the area's first one; 0 to 15.
    pub offset: u16,
    /// How many bytes it takes, 1 to [`MOST_BYTES`] less the offset.
    pub length: u16,
    /// How it is written there.
    pub encoding: Encoding,
}

/// Neighbouring blocks of one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FelicaArea {
    /// System code, such as `FE00`, the common area.
    pub system: u16,
    /// Service code; its last bits say that no key is needed.
    pub service: u16,
    /// The first block.
    pub first_block: u16,
    /// How many blocks, 1 to [`MOST_BLOCKS`].
    pub blocks: u16,
}

/// What a bar code is printed in, as far as the typed characters show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Symbology {
    /// NW-7 (Codabar): digits and `-$:/.+` between a start and a stop letter A to D, which a scanner may
    /// leave out.
    Nw7,
    /// Code 39: capitals, digits and `-. $/+%`, which a scanner may put between asterisks.
    Code39,
    /// JAN-13 or JAN-8, whose last digit is always checked.
    Jan,
    /// Whatever is typed, such as the text of a two-dimensional code.
    Any,
}

/// What a number has to look like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberShape {
    /// How many characters, check character and prefix included.
    pub length: RangeInclusive<usize>,
    /// What it begins with; may be empty.
    pub prefix: String,
    /// Whether the prefix is no part of the customer number.
    pub drop_prefix: bool,
    /// How its last character is checked.
    pub check: Option<CheckDigit>,
    /// Whether the check character is no part of the customer number.
    pub drop_check: bool,
}

/// Which descriptions a card meets: the first in the files' order counts, the others claim the same card.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Met {
    /// The place of the description that counts.
    pub first: Option<usize>,
    /// The places of those that claim the card as well.
    pub others: Vec<usize>,
}

/// Which of these outcomes, in the order of the files' names, counts.
pub fn meet(outcomes: &[Result<CustomerNumber, NoNumber>]) -> Met {
    let mut places = outcomes.iter().enumerate().filter(|(_, made)| made.is_ok()).map(|(place, _)| place);
    Met { first: places.next(), others: places.collect() }
}
