//! Midnight in Japan: terminals want their password again, and nothing of yesterday can be taken back.
//!
//! Belongs here: keeping a journey on one day. Does not belong here: what happens at midnight, which the cloud's
//! and the terminal's own tests bring about with a clock that is set; programs go by the computer's.

use jiff::{Timestamp, ToSpan};
use madoguchi_domain::day::japan_time;
use std::time::Duration;

/// More than a journey takes, also on a busy machine.
const A_JOURNEY: Duration = Duration::from_mins(3);

/// Waits, if midnight is near, until it has passed.
pub fn is_far() {
    std::thread::sleep(wait(Timestamp::now()));
}

/// How long to wait so that midnight is further away than a journey takes.
fn wait(now: Timestamp) -> Duration {
    let now = japan_time(now);
    let midnight = now.date().saturating_add(1.day()).at(0, 0, 0, 0);
    let left = Duration::try_from(now.duration_until(midnight)).unwrap_or_default();
    if left > A_JOURNEY { Duration::ZERO } else { left }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_cross_midnight_waits_until_it_has_passed() {
        let waits = |at: &str| wait(at.parse().expect("a time")).as_secs();
        assert_eq!(waits("2026-11-21T14:56:59+00:00"), 0);
        assert_eq!(waits("2026-11-21T14:57:00Z"), 180);
        assert_eq!(waits("2026-11-21T14:59:59Z"), 1);
        assert_eq!(waits("2026-11-21T15:00:00Z"), 0);
    }
}
