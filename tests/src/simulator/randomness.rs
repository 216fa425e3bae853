//! Random bytes from the seed, where the shipped program asks the operating system.
//!
//! What is sealed draws on the thread that writes to the disk, keys on the run's own. Which of the two is a
//! moment earlier is up to this computer, so each has a stream of its own.

use super::chance::Chance;
use madoguchi_terminal::entropy::{Entropy, NoEntropy};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::{self, ThreadId};

/// The random bytes of one terminal.
pub struct SeededEntropy {
    run: ThreadId,
    here: Mutex<Chance>,
    elsewhere: Mutex<Chance>,
}

impl SeededEntropy {
    /// Bytes drawn from these choices, for a terminal of the run on this thread.
    pub fn from(mut chance: Chance) -> Self {
        let elsewhere = Mutex::new(chance.apart(1));
        Self { run: thread::current().id(), here: Mutex::new(chance), elsewhere }
    }

    fn stream(&self) -> MutexGuard<'_, Chance> {
        let stream = if thread::current().id() == self.run { &self.here } else { &self.elsewhere };
        stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        let mut chance = self.stream();
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&chance.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}
