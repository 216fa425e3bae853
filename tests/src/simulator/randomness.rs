//! Random bytes from the seed, where the shipped program asks the operating system.

use super::chance::Chance;
use madoguchi_terminal::entropy::{Entropy, NoEntropy};
use std::sync::{Mutex, PoisonError};

/// The random bytes of one terminal.
pub struct SeededEntropy(Mutex<Chance>);

impl SeededEntropy {
    /// Bytes drawn from these choices.
    pub const fn from(chance: Chance) -> Self {
        Self(Mutex::new(chance))
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&chance.next().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}
