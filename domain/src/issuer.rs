//! Municipalities and prefectures by their national code, and the books they own.
//!
//! Source: 全国地方公共団体コード (JIS X 0401 + JIS X 0402): five digits and a check digit. Text,
//! never a number: the leading zero counts. A right check digit does not prove that the code
//! exists; which codes exist is the cloud's knowledge.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A municipality's or prefecture's 6-digit code (団体コード), its check digit verified.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IssuerCode([u8; 6]);

/// Why a text is not an issuer's code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotAnIssuerCode {
    /// Not six digits.
    #[error("not six digits")]
    NotSixDigits,
    /// The last digit does not match the other five.
    #[error("the check digit is wrong")]
    WrongCheckDigit,
}

impl IssuerCode {
    /// Reads six ASCII digits and verifies the check digit:
    /// (11 − (6·d1 + 5·d2 + 4·d3 + 3·d4 + 2·d5) mod 11) mod 10.
    pub fn parse(text: &str) -> Result<Self, NotAnIssuerCode> {
        let bytes: [u8; 6] = text.as_bytes().try_into().map_err(|_| NotAnIssuerCode::NotSixDigits)?;
        if !bytes.iter().all(u8::is_ascii_digit) {
            return Err(NotAnIssuerCode::NotSixDigits);
        }
        let weighted: u32 = bytes[..5]
            .iter()
            .zip([6, 5, 4, 3, 2])
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        if u32::from(bytes[5] - b'0') == (11 - weighted % 11) % 10 {
            Ok(Self(bytes))
        } else {
            Err(NotAnIssuerCode::WrongCheckDigit)
        }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for IssuerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for IssuerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IssuerCode({self})")
    }
}

impl TryFrom<String> for IssuerCode {
    type Error = NotAnIssuerCode;
    fn try_from(text: String) -> Result<Self, NotAnIssuerCode> {
        Self::parse(&text)
    }
}

impl From<IssuerCode> for String {
    fn from(code: IssuerCode) -> String {
        code.to_string()
    }
}

/// A ledger's book: an issuer's, or the one of reserved points (留保ポイント), `000000`.
///
/// Ordered by its six digits: the order in which heads are locked. No issuer has the code `000000`,
/// whose check digit would be wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BookCode(Option<IssuerCode>);

const RESERVED_DIGITS: &str = "000000";

impl BookCode {
    /// The book of reserved points, which belongs to no issuer.
    pub const RESERVED: Self = Self(None);

    /// Reads six digits: `000000` or an issuer's code.
    pub fn parse(text: &str) -> Result<Self, NotAnIssuerCode> {
        if text == RESERVED_DIGITS { Ok(Self::RESERVED) } else { IssuerCode::parse(text).map(Self::from) }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        self.0.as_ref().map_or(RESERVED_DIGITS, IssuerCode::as_str)
    }
}

impl From<IssuerCode> for BookCode {
    fn from(issuer: IssuerCode) -> Self {
        Self(Some(issuer))
    }
}

impl fmt::Display for BookCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for BookCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BookCode({self})")
    }
}

impl TryFrom<String> for BookCode {
    type Error = NotAnIssuerCode;
    fn try_from(text: String) -> Result<Self, NotAnIssuerCode> {
        Self::parse(&text)
    }
}

impl From<BookCode> for String {
    fn from(book: BookCode) -> String {
        book.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_codes_pass_their_check_digit() {
        for code in [
            "141305", "131016", "272108", "072028", "070009", "132021", "072010", "011002", "010006",
            "140007",
        ] {
            assert!(IssuerCode::parse(code).is_ok(), "{code}");
        }
    }

    #[test]
    fn a_wrong_check_digit_is_refused() {
        for check in (0..=9).filter(|&digit| digit != 5) {
            let text = format!("14130{check}");
            assert_eq!(IssuerCode::parse(&text), Err(NotAnIssuerCode::WrongCheckDigit), "{text}");
        }
    }

    #[test]
    fn other_lengths_and_letters_are_not_a_code() {
        for text in ["", "14130", "1413050", "14130５", "14l305"] {
            assert_eq!(IssuerCode::parse(text), Err(NotAnIssuerCode::NotSixDigits), "{text}");
        }
    }

    #[test]
    fn reserved_points_have_a_book_of_their_own() {
        assert_eq!(BookCode::parse("000000"), Ok(BookCode::RESERVED));
        assert_eq!(BookCode::RESERVED.as_str(), "000000");
        assert!(IssuerCode::parse("000000").is_err());
        assert!(BookCode::parse("141306").is_err());
    }

    proptest! {
        #[test]
        fn five_digits_have_exactly_one_check_digit(number in 0..100_000_u32) {
            let codes = (0..10).filter(|check| IssuerCode::parse(&format!("{number:05}{check}")).is_ok());
            prop_assert_eq!(codes.count(), 1);
        }

        #[test]
        fn no_text_is_read_as_anything_but_itself(text in "[0-9]{6}|\\PC{0,8}") {
            if let Ok(code) = IssuerCode::parse(&text) {
                prop_assert_eq!(code.as_str(), text);
            }
        }

        #[test]
        fn books_stand_in_the_order_of_their_digits(a in a_book(), b in a_book()) {
            prop_assert_eq!(a.cmp(&b), a.as_str().cmp(b.as_str()));
        }
    }

    fn a_book() -> impl Strategy<Value = BookCode> {
        (0..100_000_u32).prop_map(|number| {
            let check = |check| BookCode::parse(&format!("{number:05}{check}")).ok();
            (0..10).find_map(check).unwrap()
        })
    }
}
