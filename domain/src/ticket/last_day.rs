//! The days a ticket may be good until (row E1): today to the issue date + 30 days, Japan time, whatever
//! the last day of the points.

use jiff::ToSpan;
use jiff::civil::Date;
use std::ops::RangeInclusive;

/// How many days after its issue a ticket may still be good (seed 001 §11 ②: 30 日以内).
pub const MOST_DAYS: i64 = 30;

/// The last days that may be chosen for a ticket issued `today`.
pub fn last_days(today: Date) -> RangeInclusive<Date> {
    today..=today.saturating_add(MOST_DAYS.days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_ticket_is_good_for_thirty_days_at_most() {
        let days = last_days(date(2026, 11, 20));
        assert!(days.contains(&date(2026, 11, 20)));
        assert!(days.contains(&date(2026, 12, 20)));
        assert!(!days.contains(&date(2026, 12, 21)));
        assert!(!days.contains(&date(2026, 11, 19)));
    }

    #[test]
    fn months_and_leap_years_are_counted_by_the_calendar() {
        assert_eq!(*last_days(date(2028, 2, 1)).end(), date(2028, 3, 2));
        assert_eq!(*last_days(date(2027, 2, 1)).end(), date(2027, 3, 3));
    }
}
