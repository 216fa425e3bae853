//! How often one may ask: look-ups and nonces per terminal, unproven requests per source.
//!
//! Counted per terminal and not per address, since the shops of a street may share one; kept per
//! process, since it only bounds harvesting and load.

use super::caller::Source;
use super::problem::Declined;
use governor::clock::{Clock as _, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_wire::failure::ErrorCode;
use std::hash::Hash;
use std::num::NonZeroU32;

/// Requests per minute, all of which may come at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PerMinute {
    /// Look-ups of one terminal, and beside them as many nonces for signed uses and as many registrations.
    pub look_ups: NonZeroU32,
    /// Unproven requests (registration, challenges, sessions) of one source.
    pub unproven: NonZeroU32,
}

impl Default for PerMinute {
    fn default() -> Self {
        const PER_MINUTE: fn(u32) -> NonZeroU32 = |n| NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN);
        // A clerk serves a few residents a minute; a city hall's terminals share one address and may
        // all be switched on at nine.
        Self { look_ups: PER_MINUTE(60), unproven: PER_MINUTE(3_000) }
    }
}

/// What has been asked lately.
pub struct Rates {
    look_ups: DefaultKeyedRateLimiter<TerminalId>,
    use_nonces: DefaultKeyedRateLimiter<TerminalId>,
    registrations: DefaultKeyedRateLimiter<TerminalId>,
    unproven: DefaultKeyedRateLimiter<Source>,
}

impl Rates {
    /// Nothing asked yet.
    pub fn new(per_minute: PerMinute) -> Self {
        Self {
            look_ups: RateLimiter::keyed(Quota::per_minute(per_minute.look_ups)),
            use_nonces: RateLimiter::keyed(Quota::per_minute(per_minute.look_ups)),
            registrations: RateLimiter::keyed(Quota::per_minute(per_minute.look_ups)),
            unproven: RateLimiter::keyed(Quota::per_minute(per_minute.unproven)),
        }
    }

    /// Counts a look-up.
    pub fn look_up(&self, terminal: TerminalId) -> Result<(), Declined> {
        check(&self.look_ups, &terminal)
    }

    /// Counts a nonce.
    pub fn use_nonce(&self, terminal: TerminalId) -> Result<(), Declined> {
        check(&self.use_nonces, &terminal)
    }

    /// Counts a registration of a service ID.
    pub fn registration(&self, terminal: TerminalId) -> Result<(), Declined> {
        check(&self.registrations, &terminal)
    }

    /// Counts an unproven request.
    pub fn unproven(&self, source: &Source) -> Result<(), Declined> {
        check(&self.unproven, source)
    }

    /// Forgets those who have been quiet, so that the tables do not grow for ever.
    pub fn forget_quiet_ones(&self) {
        self.look_ups.retain_recent();
        self.use_nonces.retain_recent();
        self.registrations.retain_recent();
        self.unproven.retain_recent();
    }
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<(), Declined> {
    limiter.check_key(key).map_err(|not_until| {
        let wait = not_until.wait_time_from(DefaultClock::default().now());
        let whole_seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX).saturating_add(1);
        Declined::for_now(ErrorCode::TooManyRequests, whole_seconds)
    })
}
