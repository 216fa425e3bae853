//! What a merge file says: to whom, how much, under which number.
//!
//! One line of visible ASCII, `30010100000017,1500,20261121093015000042`: three fields between commas. No
//! field can hold a comma, no amount begins with a zero, and a number has one spelling only, so two
//! different records never have the same bytes ("1" and "23" are not "12" and "3").

use super::TransactionNumber;
use crate::points::Points;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Between the fields.
pub(super) const SEPARATOR: char = ',';

/// No ID is longer.
const LONGEST_ID: usize = 64;

/// The resident's ID in the street's own point system (商店街ポイントID), or the MyKey ID where the street
/// keeps those (row F4): 1 to 64 visible ASCII characters without a comma.
///
/// Personal: no `Debug` that a log could show.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StreetPointId(String);

/// The text is no ID that a merge file can carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an ID in a merge file is 1 to {LONGEST_ID} visible ASCII characters without a comma")]
pub struct NotAStreetPointId;

impl StreetPointId {
    /// Checks an ID as it stands in the street's system.
    pub fn parse(text: &str) -> Result<Self, NotAStreetPointId> {
        let carried = |byte: u8| byte.is_ascii_graphic() && char::from(byte) != SEPARATOR;
        if (1..=LONGEST_ID).contains(&text.len()) && text.bytes().all(carried) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NotAStreetPointId)
        }
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for StreetPointId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreetPointId(…)")
    }
}

impl TryFrom<String> for StreetPointId {
    type Error = NotAStreetPointId;

    fn try_from(text: String) -> Result<Self, NotAStreetPointId> {
        Self::parse(&text)
    }
}

impl From<StreetPointId> for String {
    fn from(id: StreetPointId) -> Self {
        id.0
    }
}

/// One merge as the street is told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeRecord {
    /// Who gets the points.
    pub point_id: StreetPointId,
    /// How many.
    pub points: Points,
    /// Under which number; the street adds each number once.
    pub number: TransactionNumber,
}

impl MergeRecord {
    /// Reads the three fields; only the one spelling that [`fmt::Display`] writes is a record.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut fields = text.split(SEPARATOR);
        let (point_id, points, number) = (fields.next()?, fields.next()?, fields.next()?);
        let digits = points.bytes().all(|byte| byte.is_ascii_digit()) && !points.starts_with('0');
        let record = Self {
            point_id: StreetPointId::parse(point_id).ok()?,
            points: digits.then(|| points.parse().ok())?.and_then(|points| Points::new(points).ok())?,
            number: TransactionNumber::parse(number).ok()?,
        };
        fields.next().is_none().then_some(record)
    }
}

impl fmt::Display for MergeRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { point_id, points, number } = self;
        write!(f, "{}{SEPARATOR}{}{SEPARATOR}{number}", point_id.as_str(), points.get())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn a_record() -> impl Strategy<Value = MergeRecord> {
        let number = (2000..=2099_i32, 1..=12_i32, 1..=28_i32, 0..86_400_i32, 0..1_000_000_u32);
        ("[!-+\\--~]{1,64}", 1..=crate::points::MOST_POINTS, number).prop_map(|(id, points, at)| {
            let (year, month, day, second, sequence) = at;
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let number = format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}{sequence:06}");
            MergeRecord {
                point_id: StreetPointId::parse(&id).unwrap(),
                points: Points::new(points).unwrap(),
                number: TransactionNumber::parse(&number).unwrap(),
            }
        })
    }

    #[test]
    fn a_record_has_one_spelling() {
        assert!(MergeRecord::parse("30010100000017,1500,20261121093015000042").is_some());
        for text in [
            "30010100000017,01500,20261121093015000042",
            "30010100000017,+1500,20261121093015000042",
            "30010100000017,0,20261121093015000042",
            "30010100000017,10000000000,20261121093015000042",
            "30010100000017,1500,20261121093015000042,",
            "30010100000017,1500,20261121093015000042\n",
            "30010100000017, 1500,20261121093015000042",
            "30010100000017,１５００,20261121093015000042",
            "3001 0100000017,1500,20261121093015000042",
            "商店街17,1500,20261121093015000042",
            ",1500,20261121093015000042",
            "30010100000017,1500",
            "",
        ] {
            assert_eq!(MergeRecord::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(record in a_record()) {
            prop_assert_eq!(MergeRecord::parse(&record.to_string()), Some(record));
        }

        #[test]
        fn what_is_read_is_written_the_same(text in "[0-9A-Z]{0,3},[0-9]{0,3},[0-9]{18,21}|.{0,60}") {
            if let Some(record) = MergeRecord::parse(&text) {
                prop_assert_eq!(record.to_string(), text);
            }
        }
    }
}
