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

    /// What stands where a record should: near one, or nothing like it.
    pub(crate) fn a_text() -> impl Strategy<Value = Vec<u8>> {
        let field = prop_oneof![
            "[!-~]{0,70}",
            "[0-9]{0,21}",
            "[+-]?0{0,2}[0-9]{1,11}",
            "(19|20)[0-9]{2}[01][0-9][0-3][0-9][0-2][0-9][0-6][0-9][0-6][0-9]{7}",
            "\\PC{0,8}",
        ];
        let fields = prop::collection::vec(field, 0..5).prop_map(|fields| fields.join(",").into_bytes());
        let near = (a_record(), any::<prop::sample::Index>(), any::<u8>(), 0..4_u8).prop_map(
            |(record, at, byte, how)| {
                let mut text = record.to_string().into_bytes();
                let at = at.index(text.len());
                match how {
                    0 => text[at] = byte,
                    1 => text.insert(at, byte),
                    2 => drop(text.remove(at)),
                    _ => text.extend([byte; 2]),
                }
                text
            },
        );
        prop_oneof![fields, near, prop::collection::vec(any::<u8>(), 0..200)]
    }

    /// The grammar once more, read from docs/merge-file.md and not from the code.
    pub(crate) fn is_a_record(text: &[u8]) -> bool {
        let Ok(text) = std::str::from_utf8(text) else { return false };
        let fields: Vec<&str> = text.split(',').collect();
        let [id, points, number] = fields[..] else { return false };
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let date = || -> Option<bool> {
            let part = |from: usize, to: usize| number.get(from..to)?.parse::<u32>().ok();
            let (year, month, day) = (part(0, 4)?, part(4, 6)?, part(6, 8)?);
            let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
            let days = match month {
                2 if leap => 29,
                2 => 28,
                4 | 6 | 9 | 11 => 30,
                1..=12 => 31,
                _ => return None,
            };
            let is_time = part(8, 10)? < 24 && part(10, 12)? < 60 && part(12, 14)? < 60;
            Some(year >= 1000 && (1..=days).contains(&day) && is_time)
        };
        (1..=64).contains(&id.len())
            && id.chars().all(|c| ('!'..='~').contains(&c))
            && digits(points)
            && points.len() <= 10
            && !points.starts_with('0')
            && digits(number)
            && number.len() == 20
            && date() == Some(true)
    }

    proptest! {
        #[test]
        fn whatever_text_there_is_it_is_a_record_by_the_published_grammar_or_none(text in a_text()) {
            let parsed = std::str::from_utf8(&text).ok().and_then(MergeRecord::parse);
            prop_assert_eq!(parsed.is_some(), is_a_record(&text));
            if let Some(record) = parsed {
                prop_assert_eq!(record.to_string().into_bytes(), text, "one spelling of each");
            }
        }
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
