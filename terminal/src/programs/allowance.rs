//! How many cards other programs may have looked up.
//!
//! The cloud counts the look-ups of a terminal, the clerk's and everybody's (60 a minute). All programs
//! together get two thirds, so that none of them can take the counter from the clerk.

use madoguchi_wire::failure::{ErrorCode, Failure};
use std::time::Duration;

/// Look-ups that may come at once, and so many more each minute.
const PER_MINUTE: u32 = 40;
/// How long until there is one more.
const ONE_MORE_EVERY: Duration = Duration::from_millis(60_000 / PER_MINUTE as u64);

/// What is left.
#[derive(Debug, Default)]
pub(crate) struct Allowance {
    /// When, on the running clock, all that was taken will be there again.
    whole_at: Duration,
}

impl Allowance {
    /// Takes one look-up, or says in how many seconds there is one.
    pub(crate) fn take(&mut self, now: Duration) -> Result<(), Failure> {
        let whole_at = self.whole_at.max(now) + ONE_MORE_EVERY;
        let ahead = whole_at.saturating_sub(now);
        let most = ONE_MORE_EVERY * PER_MINUTE;
        if let Some(missing) = ahead.checked_sub(most).filter(|missing| !missing.is_zero()) {
            let seconds = missing.as_secs() + 1;
            return Err(Failure::with(
                ErrorCode::TooManyRequests,
                &[("seconds", seconds.to_string().into())],
            ));
        }
        self.whole_at = whole_at;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(allowance: &mut Allowance, now: Duration) -> usize {
        (0..100).filter(|_| allowance.take(now).is_ok()).count()
    }

    #[test]
    fn forty_come_at_once_and_then_one_every_second_and_a_half() {
        let mut allowance = Allowance::default();
        let start = Duration::from_secs(500);
        assert_eq!(taken(&mut allowance, start), 40);
        assert_eq!(taken(&mut allowance, start + Duration::from_secs(3)), 2);
        assert_eq!(taken(&mut allowance, start + Duration::from_secs(3)), 0);
        assert_eq!(taken(&mut allowance, start + Duration::from_mins(5)), 40, "not more for having waited");
    }
}
