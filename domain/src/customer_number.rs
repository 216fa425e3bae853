//! 顧客ID: the number by which an ID provider (a library, a shopping street) knows a person.
//!
//! Belongs here: which texts are such a number, and which texts are the same one. Does not: which card it
//! was read from (card descriptions), whose it is.
//! It names a person at a provider, so it is personal: neither `Debug` nor a log shows it.

use crate::digits::to_half_width;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The longest number, in characters.
pub const LONGEST: usize = 64;

/// A customer number: 1 to [`LONGEST`] visible ASCII characters without a comma, as a merge file carries it
/// (docs/merge-file.md). Blanks are dropped, full-width letters and digits turned into half-width ones, so
/// that what is typed, scanned and read from a card is one number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CustomerNumber(String);

/// Why a text is no customer number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotACustomerNumber {
    /// Nothing but blanks.
    #[error("the number is blank")]
    Blank,
    /// More than [`LONGEST`] characters.
    #[error("the number has more than {LONGEST} characters")]
    TooLong,
    /// A comma, or a character that is not printed in ASCII.
    #[error("the number has a character other than letters, digits and signs of ASCII without the comma")]
    Unprintable,
}

impl CustomerNumber {
    /// Reads a text as a person types it or a card holds it.
    pub fn parse(text: &str) -> Result<Self, NotACustomerNumber> {
        let mut number = String::new();
        for (place, character) in
            text.chars().filter(|character| !character.is_whitespace()).map(to_half_width).enumerate()
        {
            if place >= LONGEST {
                return Err(NotACustomerNumber::TooLong);
            }
            if !character.is_ascii_graphic() || character == ',' {
                return Err(NotACustomerNumber::Unprintable);
            }
            number.push(character);
        }
        if number.is_empty() { Err(NotACustomerNumber::Blank) } else { Ok(Self(number)) }
    }

    /// The number, for those who may see it: its own provider.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for CustomerNumber {
    type Error = NotACustomerNumber;

    fn try_from(text: String) -> Result<Self, NotACustomerNumber> {
        Self::parse(&text)
    }
}

impl From<CustomerNumber> for String {
    fn from(number: CustomerNumber) -> Self {
        number.0
    }
}

impl fmt::Debug for CustomerNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CustomerNumber(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_number_is_one_number_however_it_is_written() {
        for written in ["0012345678", " 0012345678 ", "００１２３４５６７８", "0012 3456 78", "0012　345678"]
        {
            let number = CustomerNumber::parse(written).unwrap();
            assert_eq!(number.expose(), "0012345678", "{written}");
        }
        assert_eq!(CustomerNumber::parse("Ａ－１２").unwrap().expose(), "A-12");
    }

    #[test]
    fn sixty_four_characters_are_a_number_and_one_more_are_none() {
        let longest = "９".repeat(LONGEST);
        assert_eq!(CustomerNumber::parse(&longest).unwrap().expose(), "9".repeat(LONGEST));
        assert_eq!(CustomerNumber::parse(&(longest + "9")), Err(NotACustomerNumber::TooLong));
    }

    #[test]
    fn blanks_and_what_cannot_be_seen_are_no_number() {
        for blank in ["", " ", "\u{3000}\u{3000}", "\t\r\n"] {
            assert_eq!(CustomerNumber::parse(blank), Err(NotACustomerNumber::Blank), "{blank:?}");
        }
        for hidden in ["12\u{0}34", "12\u{202E}34", "\u{FEFF}12", "12\u{1B}", "1\u{FFFD}"] {
            assert_eq!(CustomerNumber::parse(hidden), Err(NotACustomerNumber::Unprintable), "{hidden:?}");
        }
    }

    #[test]
    fn what_no_merge_file_carries_is_no_number() {
        for text in ["12,34", "12，34", "図書-1", "12é"] {
            assert_eq!(CustomerNumber::parse(text), Err(NotACustomerNumber::Unprintable), "{text}");
        }
        assert_eq!(CustomerNumber::parse("aB-1/2_#").unwrap().expose(), "aB-1/2_#", "the case is kept");
    }

    #[test]
    fn debug_output_shows_nothing_of_it() {
        assert_eq!(format!("{:?}", CustomerNumber::parse("12345")), "Ok(CustomerNumber(..))");
    }

    proptest! {
        #[test]
        fn a_number_read_again_is_itself(text in any::<String>()) {
            if let Ok(number) = CustomerNumber::parse(&text) {
                prop_assert_eq!(CustomerNumber::parse(number.expose()), Ok(number));
            }
        }
    }
}
