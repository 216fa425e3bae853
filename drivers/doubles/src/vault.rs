//! A credential store in memory.

use madoguchi_port::vault::{Vault, VaultFault};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use zeroize::Zeroizing;

/// Keeps secrets as long as it lives. A second PC is a second one of these.
#[derive(Default)]
pub struct MemoryVault {
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    secrets: HashMap<String, Zeroizing<Vec<u8>>>,
    locked: bool,
}

impl MemoryVault {
    /// Locks the store, as a desktop does whose keyring was not opened, or unlocks it.
    pub fn lock(&self, locked: bool) {
        self.inside().locked = locked;
    }

    /// Forgets everything, as a keyring does that was made anew.
    pub fn clear(&self) {
        self.inside().secrets.clear();
    }

    /// The names under which secrets are kept, sorted.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<_> = self.inside().secrets.keys().cloned().collect();
        names.sort();
        names
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unlocked(&self) -> Result<MutexGuard<'_, Inside>, VaultFault> {
        let inside = self.inside();
        if inside.locked { Err(VaultFault::Absent) } else { Ok(inside) }
    }
}

impl Vault for MemoryVault {
    fn probe(&self) -> Result<(), VaultFault> {
        self.unlocked().map(|_| ())
    }

    fn put(&self, name: &str, secret: &[u8]) -> Result<(), VaultFault> {
        self.unlocked()?.secrets.insert(name.to_owned(), Zeroizing::new(secret.to_vec()));
        Ok(())
    }

    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultFault> {
        Ok(self.unlocked()?.secrets.get(name).cloned())
    }

    fn delete(&self, name: &str) -> Result<(), VaultFault> {
        self.unlocked()?.secrets.remove(name);
        Ok(())
    }
}
