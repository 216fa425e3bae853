//! How often one may ask.
//!
//! What a card costs, the terminal counts; here only how much of this PC a program may take.

use crate::admission::Caller;
use crate::problem::Refused;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultDirectRateLimiter, DefaultKeyedRateLimiter, Quota, RateLimiter};
use madoguchi_terminal::PairingId;
use std::num::NonZeroU32;
use std::time::Duration;

/// Requests of one program a second, and so many at once: far more than a counter has residents.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(10).unwrap();
const AT_ONCE: NonZeroU32 = NonZeroU32::new(150).unwrap();
/// How long a refusal waits, so that a program that asks again at once is slowed.
const SLOWED: Duration = Duration::from_millis(250);

/// What has been asked lately.
pub(crate) struct Limits {
    paired: DefaultKeyedRateLimiter<PairingId>,
    /// Those that are not paired (yet), together.
    others: DefaultDirectRateLimiter,
}

impl Default for Limits {
    fn default() -> Self {
        let quota = Quota::per_second(PER_SECOND).allow_burst(AT_ONCE);
        Self { paired: RateLimiter::keyed(quota), others: RateLimiter::direct(quota) }
    }
}

impl Limits {
    /// Counts a request.
    pub(crate) async fn ask(&self, caller: Option<Caller>) -> Result<(), Refused> {
        let checked = match caller {
            Some(Caller(pairing)) => self.paired.check_key(&pairing),
            None => self.others.check(),
        };
        let Err(not_until) = checked else { return Ok(()) };
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        tokio::time::sleep(SLOWED).await;
        Err(Refused::for_now(wait.as_secs() + 1))
    }
}
