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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_key_is_a_version_7_uuid_that_sorts_by_its_callers_clock(
            earlier in 0..1_u64 << 48,
            later in 0..1_u64 << 48,
            random in any::<([u8; 10], [u8; 10])>(),
        ) {
            prop_assume!(earlier < later);
            let (first, second) = (OperationKey::new(earlier, &random.0), OperationKey::new(later, &random.1));
            prop_assert_eq!(first.0.get_version_num(), 7);
            prop_assert!(first < second);
        }

        #[test]
        fn keys_of_one_millisecond_differ_in_their_random_bytes(random in any::<[u8; 10]>(), place in 2..10_usize) {
            let mut other = random;
            other[place] = !other[place];
            prop_assert_ne!(OperationKey::new(1, &random), OperationKey::new(1, &other));
        }
    }

    #[test]
    fn on_a_border_a_key_is_its_uuids_text() {
        let key = OperationKey::new(1_795_152_720_000, &[7; 10]);
        let json = serde_json::to_string(&key).unwrap();
        assert_eq!(json, format!("\"{key}\""));
        assert_eq!(serde_json::from_str::<OperationKey>(&json).unwrap(), key);
    }
}
