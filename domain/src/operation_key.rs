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
}

impl fmt::Display for OperationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
