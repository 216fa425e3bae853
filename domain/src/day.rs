//! Business dates: Japan's, from an instant in UTC.
//!
//! Japan has kept UTC+9 without summer time since 1952, so a fixed offset is the zone; no time
//! zone database is needed, on no system.

use jiff::{Timestamp, civil, tz};

/// Japan's offset from UTC.
pub const JAPAN: tz::Offset = tz::offset(9);

/// The Japan date of an instant.
pub fn business_date(at: Timestamp) -> civil::Date {
    JAPAN.to_datetime(at).date()
}

/// The Japan date and time of an instant, for screens and papers.
pub fn japan_time(at: Timestamp) -> civil::DateTime {
    JAPAN.to_datetime(at)
}

/// An instant from whole milliseconds since 1970, as stored and sent.
///
/// Out of range (a hostile or broken number) gives `None`.
pub fn from_millis(at_ms: i64) -> Option<Timestamp> {
    Timestamp::from_millisecond(at_ms).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_turns_at_midnight_in_japan() -> Result<(), jiff::Error> {
        let before: Timestamp = "2026-11-20T14:59:59.999Z".parse()?;
        let after: Timestamp = "2026-11-20T15:00:00Z".parse()?;
        assert_eq!(business_date(before), civil::date(2026, 11, 20));
        assert_eq!(business_date(after), civil::date(2026, 11, 21));
        Ok(())
    }

    #[test]
    fn a_broken_clock_gives_no_instant_rather_than_a_wrong_one() {
        assert_eq!(from_millis(i64::MAX), None);
        assert_eq!(from_millis(i64::MIN), None);
        assert_eq!(from_millis(0).map(business_date), Some(civil::date(1970, 1, 1)));
    }
}
