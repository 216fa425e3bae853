//! A ticket's number (発券番号): 12 random digits, unique over all books and all time.

use crate::digits::{is_digits, to_ascii_digits};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many numbers there are.
const NUMBERS: u64 = 1_000_000_000_000;

/// A ticket's number: 12 digits, leading zeros included.
///
/// Whoever holds it may have the points, so it has no `Debug` that a log could show.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketNumber(u64);

/// The text is not twelve digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a ticket number has 12 digits")]
pub struct NotATicketNumber;

impl TicketNumber {
    /// All zeros: on papers that only show how tickets look.
    pub(crate) const ZERO: Self = Self(0);

    /// Draws a number from the operating system's random bits; `None` where they fall into the uneven
    /// rest, and others must be drawn: every number is as likely as every other.
    pub const fn drawn(random: u64) -> Option<Self> {
        let even = u64::MAX - u64::MAX % NUMBERS;
        if random < even { Some(Self(random % NUMBERS)) } else { None }
    }

    /// Reads twelve ASCII digits, as programs write them.
    pub fn parse(text: &str) -> Result<Self, NotATicketNumber> {
        if !is_digits(text, 12) {
            return Err(NotATicketNumber);
        }
        text.parse().map(Self).map_err(|_| NotATicketNumber)
    }

    /// Reads what a person typed: full-width digits, and the spaces or hyphens between groups of four.
    pub fn typed(text: &str) -> Result<Self, NotATicketNumber> {
        let digits: String = to_ascii_digits(text).chars().filter(|c| *c != '-').collect();
        Self::parse(&digits)
    }

    /// The number from a database column.
    pub fn from_number(number: u64) -> Result<Self, NotATicketNumber> {
        if number < NUMBERS { Ok(Self(number)) } else { Err(NotATicketNumber) }
    }

    /// The number for a database column.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// As printed on papers and screens: `9876 5432 1012`.
    pub fn spaced(self) -> String {
        let text = self.to_string();
        format!("{} {} {}", &text[..4], &text[4..8], &text[8..])
    }
}

impl fmt::Display for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

impl fmt::Debug for TicketNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketNumber(..)")
    }
}

impl TryFrom<String> for TicketNumber {
    type Error = NotATicketNumber;
    fn try_from(text: String) -> Result<Self, NotATicketNumber> {
        Self::parse(&text)
    }
}

impl From<TicketNumber> for String {
    fn from(number: TicketNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn people_may_write_it_in_fours_and_full_width() {
        let number = TicketNumber::parse("987654321012").unwrap();
        for text in [
            "9876 5432 1012",
            "9876-5432-1012",
            "９８７６　５４３２　１０１２",
            " 987654321012 ",
            "9876－5432－1012",
        ] {
            assert_eq!(TicketNumber::typed(text), Ok(number), "{text}");
        }
        assert_eq!(number.spaced(), "9876 5432 1012");
    }

    #[test]
    fn eleven_thirteen_and_letters_are_no_number() {
        for text in ["", "98765432101", "9876543210123", "98765432101a", "+98765432101"] {
            assert_eq!(TicketNumber::typed(text), Err(NotATicketNumber), "{text}");
        }
    }

    #[test]
    fn it_stands_in_no_log() {
        let number = TicketNumber::parse("987654321012").unwrap();
        assert!(!format!("{number:?}").contains("9876"));
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_as_it_is_written(number in 0..NUMBERS) {
            let number = TicketNumber::from_number(number).unwrap();
            prop_assert_eq!(TicketNumber::parse(&number.to_string()), Ok(number));
            prop_assert_eq!(TicketNumber::typed(&number.spaced()), Ok(number));
        }
    }

    #[test]
    fn the_uneven_rest_of_the_random_numbers_is_drawn_again() {
        let even = u64::MAX - u64::MAX % NUMBERS;
        assert_eq!(TicketNumber::drawn(even - 1).map(TicketNumber::number), Some(NUMBERS - 1));
        assert_eq!(TicketNumber::drawn(even), None);
        assert_eq!(TicketNumber::drawn(u64::MAX), None);
    }
}
