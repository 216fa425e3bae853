//! What was cleared at this terminal today, for beside the menu.
//!
//! Belongs here: the sum over all piles of a day. Does not: what one pile comes to (`sums`).
//! The day is this PC's: what is in the books of which day, the day close says.

use super::row::ScanRow;
use crate::clock::Clock;
use madoguchi_domain::day::JAPAN;
use madoguchi_domain::site::SiteId;
use madoguchi_wire::window::ClearedToday;
use std::collections::BTreeSet;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// When today began in Japan, by this PC's clock.
pub(super) fn began_ms(clock: &dyn Clock) -> i64 {
    let offset_ms = i64::from(JAPAN.seconds()) * 1000;
    let here_ms = clock.now_ms().saturating_add(offset_ms);
    here_ms.div_euclid(DAY_MS).saturating_mul(DAY_MS).saturating_sub(offset_ms)
}

/// What cleared tickets come to.
pub(super) fn cleared_today(cleared: &[ScanRow]) -> ClearedToday {
    let sites: BTreeSet<SiteId> = cleared.iter().map(|scan| scan.stamp.site.site).collect();
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    ClearedToday {
        tickets: count(cleared.len()),
        points: cleared.iter().filter_map(ScanRow::points).fold(0, i64::saturating_add),
        sites: count(sites.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Pending;
    use std::time::Duration;

    struct Shows(i64);

    impl Clock for Shows {
        fn now_ms(&self) -> i64 {
            self.0
        }
        fn running(&self) -> Duration {
            Duration::ZERO
        }
        fn sleep(&self, _: Duration) -> Pending<'static, ()> {
            Box::pin(std::future::pending())
        }
    }

    #[test]
    fn the_day_begins_at_midnight_in_japan() {
        let midnight_ms = 15 * 60 * 60 * 1000;
        assert_eq!(began_ms(&Shows(midnight_ms - 1)), midnight_ms - DAY_MS);
        assert_eq!(began_ms(&Shows(midnight_ms)), midnight_ms);
        assert_eq!(began_ms(&Shows(midnight_ms + DAY_MS - 1)), midnight_ms);
    }
}
