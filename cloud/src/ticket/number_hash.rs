//! The keyed hash of a number that may be somebody's My Number: HMAC-SHA-256 under a key only the cloud
//! has, so the twelve digits stand in no table, no request hash and no log (row "Always").

use crate::keys::wrapped::OpenKey;
use hmac::{Hmac, KeyInit, Mac};
use madoguchi_domain::ticket::TicketNumber;
use sha2::Sha256;

/// A number's keyed hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberHash(pub [u8; 32]);

impl NumberHash {
    /// Of these twelve digits.
    pub fn of(key: &OpenKey, number: TicketNumber) -> Self {
        let mut hash = [0; 32];
        // A key of any length is taken by HMAC.
        if let Ok(mac) = Hmac::<Sha256>::new_from_slice(&key.0) {
            let mac = mac.chain_update(b"madoguchi/number/1").chain_update(number.to_string());
            hash = mac.finalize().into_bytes().into();
        }
        Self(hash)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_hash_under_a_key_and_none_that_shows_it() {
        let number = |text: &str| TicketNumber::parse(text).unwrap();
        let (one, other) = (OpenKey([1; 32]), OpenKey([2; 32]));
        let hash = NumberHash::of(&one, number("987654321012"));
        assert_eq!(hash, NumberHash::of(&one, number("987654321012")));
        assert_ne!(hash, NumberHash::of(&one, number("987654321013")));
        assert_ne!(hash, NumberHash::of(&other, number("987654321012")));
    }
}
