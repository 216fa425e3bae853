//! Amounts: whole points, one point worth one yen.
//!
//! `Points` is what a person can use, get or hold; never zero, never negative. A signed movement
//! is a plain `i64` inside the ledger, where every sum is checked.

use crate::digits::to_ascii_digits;
use serde::{Deserialize, Serialize};

/// The largest amount one operation may move: ten digits, the width of a bank file's amount field
/// (docs/ledger.md, rule 4; 全銀 総合振込, 振込金額 N10).
pub const MOST_POINTS: i64 = 9_999_999_999;

/// A whole number of points, 1 to [`MOST_POINTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Points(i64);

/// Why a number is not an amount of points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotPoints {
    /// Nothing was typed.
    #[error("no amount")]
    Empty,
    /// It is not a whole number written in digits.
    #[error("not a whole number")]
    NotWhole,
    /// It is zero, negative or above [`MOST_POINTS`].
    #[error("outside 1 to {MOST_POINTS}")]
    OutOfRange,
}

impl Points {
    /// Checks a number. Zero and negative numbers are no amount.
    pub const fn new(points: i64) -> Result<Self, NotPoints> {
        if points >= 1 && points <= MOST_POINTS { Ok(Self(points)) } else { Err(NotPoints::OutOfRange) }
    }

    /// Reads what a clerk typed; full-width digits and separators are understood.
    pub fn typed(text: &str) -> Result<Self, NotPoints> {
        let digits = to_ascii_digits(text);
        if digits.is_empty() {
            return Err(NotPoints::Empty);
        }
        let unsigned = digits.strip_prefix('-').unwrap_or(&digits);
        if unsigned.is_empty() || !unsigned.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NotPoints::NotWhole);
        }
        digits.parse::<i64>().map_err(|_| NotPoints::OutOfRange).and_then(Self::new)
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum, if it still is an amount.
    pub const fn checked_add(self, other: Self) -> Option<Self> {
        match Self::new(self.0 + other.0) {
            Ok(sum) => Some(sum),
            Err(_) => None,
        }
    }
}

impl TryFrom<i64> for Points {
    type Error = NotPoints;
    fn try_from(points: i64) -> Result<Self, NotPoints> {
        Self::new(points)
    }
}

impl From<Points> for i64 {
    fn from(points: Points) -> i64 {
        points.0
    }
}

/// A number with thousands separators, as it stands on screens and papers: `-1,500`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_amount_is_one_to_ten_digits_of_points() {
        for (typed, expected) in [
            ("1", Ok(1)),
            ("１００", Ok(100)),
            ("1,500", Ok(1_500)),
            ("9999999999", Ok(MOST_POINTS)),
            ("", Err(NotPoints::Empty)),
            ("0", Err(NotPoints::OutOfRange)),
            ("-1", Err(NotPoints::OutOfRange)),
            ("1.5", Err(NotPoints::NotWhole)),
            ("abc", Err(NotPoints::NotWhole)),
            ("-", Err(NotPoints::NotWhole)),
            ("10000000000", Err(NotPoints::OutOfRange)),
            ("9223372036854775808", Err(NotPoints::OutOfRange)),
        ] {
            assert_eq!(Points::typed(typed).map(Points::get), expected, "{typed}");
        }
    }

    #[test]
    fn numbers_are_grouped_by_three() {
        for (number, text) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (-1_500, "-1,500"), (MOST_POINTS, "9,999,999,999")]
        {
            assert_eq!(grouped(number), text);
        }
    }

    proptest! {
        #[test]
        fn what_a_screen_shows_can_be_typed_again(points in 1..=MOST_POINTS) {
            let full_width: String =
                grouped(points).chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
            for text in [points.to_string(), grouped(points), full_width] {
                prop_assert_eq!(Points::typed(&text), Points::new(points), "{}", text);
            }
        }

        #[test]
        fn grouping_only_adds_commas(number in any::<i64>()) {
            let text = grouped(number);
            prop_assert_eq!(text.replace(',', ""), number.to_string());
            let groups: Vec<_> = text.trim_start_matches('-').split(',').collect();
            prop_assert!((1..=3).contains(&groups[0].len()));
            prop_assert!(groups[1..].iter().all(|group| group.len() == 3));
        }

        #[test]
        fn no_typed_text_becomes_an_amount_it_does_not_show(text in "[-0-9０-９,.、 a]{0,14}") {
            if let Ok(points) = Points::typed(&text) {
                prop_assert!((1..=MOST_POINTS).contains(&points.get()));
                prop_assert!(!text.contains(['-', '.', 'a']));
            }
        }

        #[test]
        fn a_sum_is_an_amount_or_nothing(a in 1..=MOST_POINTS, b in 1..=MOST_POINTS) {
            let (left, right) = (Points::new(a).unwrap(), Points::new(b).unwrap());
            prop_assert_eq!(left.checked_add(right), Points::new(a + b).ok());
        }
    }

    #[test]
    fn zero_and_negative_numbers_do_not_come_in_from_a_border() {
        for json in ["0", "-1", "10000000000", "1.5", "\"100\"", "9223372036854775808"] {
            assert!(serde_json::from_str::<Points>(json).is_err(), "{json}");
        }
        assert_eq!(serde_json::from_str::<Points>("1500").unwrap().get(), 1_500);
    }
}
