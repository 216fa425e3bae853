//! Challenges for opening a session: good once, for 60 seconds, for one terminal ID.
//!
//! A challenge is not stored when it is given out, so asking for challenges costs the database nothing:
//! `issued at (8) ‖ random (8) ‖ HMAC-SHA-256/128 (16)` over both and the terminal ID, under a key only
//! the cloud has. That it is answered only once is kept in `used_challenge`, in the same commit as the
//! session, so it holds over all processes and restarts.

use crate::database::{self, Connection, params};
use hmac::{Hmac, KeyInit, Mac};
use madoguchi_domain::terminal::TerminalId;
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::ZeroizeOnDrop;

/// How long a challenge can be answered, in milliseconds.
pub const LIFETIME_MS: i64 = 60_000;

/// The cloud's key for its own challenges. No `Debug`.
#[derive(Clone, ZeroizeOnDrop)]
pub struct ChallengeKey([u8; 32]);

impl ChallengeKey {
    /// From a key derived for this purpose.
    pub const fn new(key: [u8; 32]) -> Self {
        Self(key)
    }

    /// A new challenge. `random` is fresh for each.
    pub fn issue(&self, terminal: TerminalId, now_ms: i64, random: [u8; 8]) -> [u8; 32] {
        let mut challenge = [0; 32];
        challenge[..8].copy_from_slice(&now_ms.to_be_bytes());
        challenge[8..16].copy_from_slice(&random);
        let tag = self.tag(terminal, &challenge[..16]);
        challenge[16..].copy_from_slice(&tag);
        challenge
    }

    /// Whether this cloud issued the challenge for this terminal, and when it ends. Old, foreign and
    /// made-up ones are `None`.
    pub fn ends_at_ms(&self, challenge: &[u8; 32], terminal: TerminalId, now_ms: i64) -> Option<i64> {
        let tag = self.tag(terminal, &challenge[..16]);
        if !bool::from(tag.ct_eq(&challenge[16..])) {
            return None;
        }
        let issued_ms = i64::from_be_bytes(*challenge.first_chunk()?);
        let ends_at_ms = issued_ms.checked_add(LIFETIME_MS)?;
        (now_ms < ends_at_ms).then_some(ends_at_ms)
    }

    fn tag(&self, terminal: TerminalId, head: &[u8]) -> [u8; 16] {
        let mut tag = [0; 16];
        // A key of any length is taken by HMAC.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) {
            mac.update(head);
            mac.update(&terminal.number().to_be_bytes());
            tag.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        }
        tag
    }
}

/// Notes that a challenge was answered. `false`: it was answered before.
pub fn answer_once(
    write: &Connection,
    challenge: &[u8; 32],
    ends_at_ms: i64,
    now_ms: i64,
) -> database::Result<bool> {
    write.execute("delete from used_challenge where expires_at_ms <= $1", params![now_ms])?;
    let added = write.execute(
        "insert into used_challenge (challenge, expires_at_ms) values ($1, $2)
         on conflict (challenge) do nothing",
        params![challenge, ends_at_ms],
    )?;
    Ok(added == 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_challenge_serves_its_terminal_for_sixty_seconds() {
        let key = ChallengeKey::new([1; 32]);
        let terminal = TerminalId::from_number(14_130_001).unwrap();
        let challenge = key.issue(terminal, 1_000, [5; 8]);
        assert_eq!(key.ends_at_ms(&challenge, terminal, 1_000), Some(61_000));
        assert_eq!(key.ends_at_ms(&challenge, terminal, 60_999), Some(61_000));
        assert_eq!(key.ends_at_ms(&challenge, terminal, 61_000), None);
        assert_eq!(key.ends_at_ms(&challenge, TerminalId::from_number(1).unwrap(), 1_000), None);
    }

    #[test]
    fn a_changed_or_foreign_challenge_is_none() {
        let key = ChallengeKey::new([1; 32]);
        let terminal = TerminalId::from_number(14_130_001).unwrap();
        let challenge = key.issue(terminal, 1_000, [5; 8]);
        for position in 0..32 {
            let mut changed = challenge;
            changed[position] ^= 1;
            assert_eq!(key.ends_at_ms(&changed, terminal, 1_000), None, "byte {position}");
        }
        assert_eq!(ChallengeKey::new([2; 32]).ends_at_ms(&challenge, terminal, 1_000), None);
    }
}
