//! How long look-ups took, in the log: what to read where a counter is called slow.
//!
//! One line for each card whose balances were painted, in milliseconds since the PC/SC service said
//! that it was put on. Nothing in it names a card or a person.

use madoguchi_terminal::{LookUpObserver, LookUpTiming};
use std::time::Duration;

/// Writes each look-up's times into the log.
pub(crate) struct LookUpLog;

impl LookUpObserver for LookUpLog {
    fn painted(&self, timing: &LookUpTiming) {
        let ms = |span: Duration| span.as_secs_f64() * 1e3;
        tracing::info!(
            card_begun = ms(timing.card_begun),
            card_done = ms(timing.card_done),
            cloud_begun = ms(timing.cloud_begun),
            cloud_done = ms(timing.cloud_done),
            told = ms(timing.told),
            painted = ms(timing.painted),
            "look-up painted"
        );
    }
}
