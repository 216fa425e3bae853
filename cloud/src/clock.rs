//! The cloud's clock: the only one that decides dates (terminals may be wrong by a day).
//!
//! Belongs here: where "now" comes from. Does not: what a time means.
//! Why it exists: a test sets the clock instead of waiting for midnight.

use jiff::{Timestamp, civil};
use madoguchi_domain::day;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where "now" comes from.
#[derive(Debug, Clone, Default)]
pub enum Clock {
    /// The computer's clock.
    #[default]
    System,
    /// A clock that somebody sets: milliseconds since 1970 (UTC).
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands until it is set.
    pub fn set_to(at_ms: i64) -> Self {
        Self::Set(Arc::new(AtomicI64::new(at_ms)))
    }

    /// Milliseconds since 1970 (UTC).
    pub fn now_ms(&self) -> i64 {
        match self {
            Self::System => Timestamp::now().as_millisecond(),
            Self::Set(at_ms) => at_ms.load(Ordering::SeqCst),
        }
    }

    /// Today in Japan.
    pub fn today(&self) -> civil::Date {
        japan_date(self.now_ms())
    }
}

/// The Japan date of an instant of this clock; both clocks stay within the calendar.
pub fn japan_date(at_ms: i64) -> civil::Date {
    day::business_date(day::from_millis(at_ms).unwrap_or(Timestamp::UNIX_EPOCH))
}
