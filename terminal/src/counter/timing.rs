//! How long a look-up took, from the card on the reader to the painted balance.

use std::time::{Duration, Instant};

/// One look-up, as spans since the PC/SC service said that a card was put on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookUpTiming {
    /// The visit it led to.
    pub visit: u32,
    /// The first APDU is about to be sent.
    pub card_begun: Duration,
    /// Issuer and serial are read.
    pub card_done: Duration,
    /// The look-up is about to be sent.
    pub cloud_begun: Duration,
    /// The balances are here.
    pub cloud_done: Duration,
    /// The window is being told.
    pub told: Duration,
    /// The window has painted them.
    pub painted: Duration,
}

impl LookUpTiming {
    /// Of a visit that no card was read for: nothing is measured.
    pub(super) const fn unmeasured(visit: u32) -> Self {
        let none = Duration::ZERO;
        Self {
            visit,
            card_begun: none,
            card_done: none,
            cloud_begun: none,
            cloud_done: none,
            told: none,
            painted: none,
        }
    }

    /// What this program and its window took: the whole without card and cloud.
    pub fn ours(&self) -> Duration {
        let card = self.card_done.saturating_sub(self.card_begun);
        let cloud = self.cloud_done.saturating_sub(self.cloud_begun);
        self.painted.saturating_sub(card + cloud)
    }
}

/// Is told of each look-up once its balances are painted.
pub trait LookUpObserver: Send + Sync {
    /// A look-up has been painted.
    fn painted(&self, timing: &LookUpTiming);
}

/// Measures one look-up.
#[derive(Debug, Clone, Copy)]
pub(super) struct LookUpClock {
    inserted: Instant,
}

impl LookUpClock {
    /// From the moment the card was put on.
    pub(super) const fn since(inserted: Instant) -> Self {
        Self { inserted }
    }

    /// Since then.
    pub(super) fn elapsed(&self) -> Duration {
        self.inserted.elapsed()
    }
}
