//! The operating system's credential store: the only place where a key of this PC lies.

use zeroize::Zeroizing;

/// Why the credential store could not be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VaultFault {
    /// There is none in this session (no Secret Service, locked, no default collection).
    #[error("no credential store is available")]
    Absent,
    /// It answered with an error of its own. The text is the store's, without the secret.
    #[error("the credential store failed: {0}")]
    Failed(String),
}

/// A place for secrets, by name. Values are bytes and are wiped from memory after use.
pub trait Vault: Send + Sync {
    /// Proves that secrets can be kept: writes, reads back and deletes a random one.
    fn probe(&self) -> Result<(), VaultFault>;
    /// Keeps a secret under a name, replacing what was there.
    fn put(&self, name: &str, secret: &[u8]) -> Result<(), VaultFault>;
    /// The secret under a name, or `None`.
    fn get(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, VaultFault>;
    /// Forgets a secret; nothing there is no error.
    fn delete(&self, name: &str) -> Result<(), VaultFault>;
}
