//! The power supply of a terminal: it may go at any write of the store.

use super::stillness;
use madoguchi_terminal::store::{Moment, PowerSupply};
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::thread::{self, ThreadId};

/// Power that goes when it is told to, and stays away.
pub struct Power {
    run: ThreadId,
    gone: AtomicBool,
    /// How many moments it still holds; negative = it is not about to go.
    moments_left: AtomicI64,
}

impl Default for Power {
    fn default() -> Self {
        Self { run: thread::current().id(), gone: AtomicBool::new(false), moments_left: AtomicI64::new(-1) }
    }
}

impl Power {
    /// It goes after so many moments before or after a write.
    pub fn goes_after(&self, moments: i64) {
        self.moments_left.store(moments, Ordering::SeqCst);
    }

    /// It goes now.
    pub fn goes(&self) {
        self.gone.store(true, Ordering::SeqCst);
    }

    /// It will not go after all.
    pub fn stays(&self) {
        self.moments_left.store(-1, Ordering::SeqCst);
    }

    /// Whether it has gone.
    pub fn is_gone(&self) -> bool {
        self.gone.load(Ordering::SeqCst)
    }
}

impl PowerSupply for Power {
    fn holds(&self, _moment: Moment) -> bool {
        let left = self.moments_left.load(Ordering::SeqCst);
        if left == 0 {
            // What else goes on by itself has gone on until then, however fast this computer's threads are.
            if thread::current().id() != self.run {
                stillness::but_for_this_write();
            }
            self.goes();
        }
        if left > 0 {
            self.moments_left.store(left - 1, Ordering::SeqCst);
        }
        !self.is_gone()
    }
}
