//! How many cards other programs may have looked up.
//!
//! The cloud counts the look-ups of a terminal, the clerk's and everybody's (60 a minute). All programs
//! together get two thirds, so that none of them can take the counter from the clerk; one of them gets half of these,
//! so that none that asks all the time can take it from another.

use super::pairing::PairingId;
use madoguchi_wire::failure::{ErrorCode, Failure};
use std::collections::HashMap;
use std::time::Duration;

/// Look-ups of all programs that may come at once, and so many more each minute.
const OF_ALL: u32 = 40;
/// The same of one program.
const OF_ONE: u32 = 20;

/// What is left.
#[derive(Default)]
pub(crate) struct Allowances {
    of_all: Allowance,
    of_each: HashMap<PairingId, Allowance>,
}

impl Allowances {
    /// Takes a look-up for a program, or says in how many seconds there is one.
    pub(crate) fn take(&mut self, pairing: PairingId, now: Duration) -> Result<(), Failure> {
        // One that has all of it is as good as unknown.
        self.of_each.retain(|_, allowance| allowance.whole_at > now);
        let of_one = self.of_each.entry(pairing).or_default();
        let (one, all) = (of_one.one_less(OF_ONE, now), self.of_all.one_less(OF_ALL, now));
        match (one, all) {
            (Ok(one), Ok(all)) => {
                *of_one = one;
                self.of_all = all;
                Ok(())
            }
            (one, all) => {
                let missing = one.err().max(all.err()).unwrap_or_default();
                let seconds = (missing.as_secs() + 1).to_string();
                Err(Failure::with(ErrorCode::TooManyRequests, &[("seconds", seconds.into())]))
            }
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Allowance {
    /// When, on the running clock, all that was taken will be there again.
    whole_at: Duration,
}

impl Allowance {
    /// What it is once one more is taken, or how long until there is one.
    fn one_less(self, a_minute: u32, now: Duration) -> Result<Self, Duration> {
        let one_more_every = Duration::from_mins(1) / a_minute;
        let whole_at = self.whole_at.max(now) + one_more_every;
        let missing = whole_at.saturating_sub(now).saturating_sub(one_more_every * a_minute);
        if missing.is_zero() { Ok(Self { whole_at }) } else { Err(missing) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Duration = Duration::from_secs(500);

    fn taken(allowances: &mut Allowances, pairing: u32, now: Duration) -> usize {
        (0..100).filter(|_| allowances.take(PairingId(pairing), now).is_ok()).count()
    }

    #[test]
    fn one_program_gets_twenty_at_once_and_then_one_every_three_seconds() {
        let mut allowances = Allowances::default();
        assert_eq!(taken(&mut allowances, 1, START), 20);
        let refused = allowances.take(PairingId(1), START).err();
        assert_eq!(refused.and_then(|failure| failure.retry_after_s), Some(4));
        assert_eq!(taken(&mut allowances, 1, START + Duration::from_secs(6)), 2);
        assert_eq!(taken(&mut allowances, 1, START + Duration::from_secs(6)), 0);
        let later = START + Duration::from_mins(5);
        assert_eq!(taken(&mut allowances, 1, later), 20, "not more for having waited");
    }

    #[test]
    fn one_that_takes_all_it_gets_leaves_as_much_to_another_and_all_get_forty() {
        let mut allowances = Allowances::default();
        let of_each: Vec<_> = (1..=4).map(|pairing| taken(&mut allowances, pairing, START)).collect();
        assert_eq!(of_each, [20, 20, 0, 0]);
        assert_eq!(taken(&mut allowances, 3, START + Duration::from_secs(3)), 2);
    }
}
