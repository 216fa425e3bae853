//! The key under which an operation has the effect of one, however often it is asked for.
//!
//! A UUIDv7 that the caller writes to its own journal before it sends anything.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

/// An operation's key, chosen by its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct OperationKey(pub Uuid);

impl OperationKey {
    /// A key from the caller's clock and ten random bytes (UUID version 7).
    pub fn new(at_ms: u64, random: &[u8; 10]) -> Self {
        Self(uuid::Builder::from_unix_timestamp_millis(at_ms, random).into_uuid())
    }

    /// A job's key, derived from what it is about (`lapse:141305:7`), so that the same work done
    /// late, twice or on two servers is one operation: UUID version 8 of the text's SHA-256.
    pub fn derived(text: &str) -> Self {
        use sha2::{Digest, Sha256};
        let digest: [u8; 32] = Sha256::digest(text.as_bytes()).into();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
