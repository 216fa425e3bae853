//! The transaction number (取引済番号): date and time in Japan and a sequence, twenty digits.

use crate::digits::is_digits;
use jiff::civil::{Date, DateTime, Time};
use serde::{Deserialize, Serialize};
use std::fmt;

/// How many sequence numbers there are.
const SEQUENCES: u32 = 1_000_000;

/// A transaction number: `YYYYMMDDhhmmss` in Japan, then six digits of sequence. Unique per street.
///
/// What makes it unique is the cloud's table of numbers, not its clock, which may be set back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TransactionNumber {
    at: DateTime,
    sequence: u32,
}

/// The text is not twenty digits that begin with a date and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a transaction number is a date, a time and six digits")]
pub struct NotATransactionNumber;

impl TransactionNumber {
    /// The number of a merge at this second in Japan; of the sequence the last six digits count.
    pub fn new(at: DateTime, sequence: u64) -> Result<Self, NotATransactionNumber> {
        if !(1000..=9999).contains(&at.year()) {
            return Err(NotATransactionNumber);
        }
        let sequence = u32::try_from(sequence % u64::from(SEQUENCES)).unwrap_or_default();
        let whole_seconds =
            Time::new(at.hour(), at.minute(), at.second(), 0).map_err(|_| NotATransactionNumber)?;
        Ok(Self { at: at.date().to_datetime(whole_seconds), sequence })
    }

    /// Reads twenty ASCII digits; the date and time must exist.
    pub fn parse(text: &str) -> Result<Self, NotATransactionNumber> {
        if !is_digits(text, 20) {
            return Err(NotATransactionNumber);
        }
        let two = |from: usize| text[from..from + 2].parse::<i8>().map_err(|_| NotATransactionNumber);
        let year = text[..4].parse().map_err(|_| NotATransactionNumber)?;
        let date = Date::new(year, two(4)?, two(6)?).map_err(|_| NotATransactionNumber)?;
        let time = Time::new(two(8)?, two(10)?, two(12)?, 0).map_err(|_| NotATransactionNumber)?;
        let sequence = text[14..].parse::<u64>().map_err(|_| NotATransactionNumber)?;
        Self::new(date.to_datetime(time), sequence)
    }
}

impl fmt::Display for TransactionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{:06}", self.at.strftime("%Y%m%d%H%M%S"), self.sequence)
    }
}

impl TryFrom<String> for TransactionNumber {
    type Error = NotATransactionNumber;

    fn try_from(text: String) -> Result<Self, NotATransactionNumber> {
        Self::parse(&text)
    }
}

impl From<TransactionNumber> for String {
    fn from(number: TransactionNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::datetime;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_the_second_in_japan_and_six_digits() {
        let number = TransactionNumber::new(datetime(2026, 11, 21, 9, 30, 15, 999_000_000), 42).unwrap();
        assert_eq!(number.to_string(), "20261121093015000042");
        assert_eq!(TransactionNumber::parse("20261121093015000042"), Ok(number));
    }

    #[test]
    fn a_sequence_beyond_six_digits_begins_again() {
        let at = datetime(2026, 11, 21, 9, 30, 15, 0);
        assert_eq!(TransactionNumber::new(at, 1_000_042), TransactionNumber::new(at, 42));
    }

    #[test]
    fn a_day_or_second_that_does_not_exist_is_no_number() {
        for text in [
            "20260230093015000042",
            "20261321093015000042",
            "20261121243015000042",
            "20261121093060000042",
            "00001121093015000042",
            "2026112109301500004",
            "202611210930150000420",
            "２０２６1121093015000042",
            "",
        ] {
            assert_eq!(TransactionNumber::parse(text), Err(NotATransactionNumber), "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_read_is_written_the_same(text in "[0-9]{20}") {
            if let Ok(number) = TransactionNumber::parse(&text) {
                prop_assert_eq!(number.to_string(), text);
            }
        }
    }
}
