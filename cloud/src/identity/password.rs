//! Terminal passwords (端末パスワード): made, hashed with argon2id, checked in equal time.
//!
//! Source: seed 001, 様式Ⅱ: nine characters of a–z and 0–9 without look-alikes; eight are accepted.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use zeroize::Zeroize;

/// Letters and digits without `0 o 1 l i`: 31 characters.
const ALPHABET: &[u8; 31] = b"23456789abcdefghjkmnpqrstuvwxyz";
const LENGTH: usize = 9;

/// A terminal password as it is handed out once. No `Debug`, wiped when dropped.
#[derive(Clone, Zeroize)]
#[zeroize(drop)]
pub struct TerminalPassword(String);

/// The text cannot be a terminal password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a terminal password has 8 or 9 characters of a–z and 0–9")]
pub struct NotATerminalPassword;

/// The computer gave no random bytes or the hash could not be computed.
#[derive(Debug, thiserror::Error)]
#[error("the password could not be hashed: {0}")]
pub struct HashFailed(String);

impl TerminalPassword {
    /// A new random password: nine of 31 characters, 44 bits.
    pub fn generate() -> Result<Self, HashFailed> {
        let mut password = String::with_capacity(LENGTH);
        while password.len() < LENGTH {
            let mut byte = [0_u8; 1];
            getrandom::fill(&mut byte).map_err(|e| HashFailed(e.to_string()))?;
            // 248 = 8 × 31: larger values would favour some characters.
            if byte[0] < 248 {
                password.push(char::from(ALPHABET[usize::from(byte[0]) % ALPHABET.len()]));
            }
        }
        Ok(Self(password))
    }

    /// A password that somebody chose: example data with passwords that can be printed in a manual.
    pub fn chosen(text: &str) -> Result<Self, NotATerminalPassword> {
        let fits = (8..=LENGTH).contains(&text.len())
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotATerminalPassword) }
    }

    /// The characters, for the paper that is handed out once.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// The argon2id hash with a new salt, as a PHC string.
    pub fn hash(&self) -> Result<String, HashFailed> {
        Argon2::default()
            .hash_password(self.0.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|e| HashFailed(e.to_string()))
    }
}

/// What is checked where there is no hash: the same work, for a password that is nobody's.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$5wz2SGqIO/fSOZWXzmu3kw$aU/xrxsnvVr+Bg7hVcz8OI2hR/3iCXE4jF6tM5ClAkY";

/// Whether the password typed is the one hashed. Without a hash (no such terminal) the same work is
/// done and the answer is no, so that time does not tell which IDs exist.
pub fn is_right(typed: &str, hash: Option<&str>) -> bool {
    let matches = PasswordHash::new(hash.unwrap_or(NOBODYS))
        .is_ok_and(|parsed| Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok());
    matches && hash.is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_password_has_nine_characters_without_look_alikes() {
        let password = TerminalPassword::generate().unwrap();
        assert_eq!(password.expose().len(), 9);
        assert!(password.expose().bytes().all(|b| ALPHABET.contains(&b)));
        for look_alike in b"0o1li" {
            assert!(!ALPHABET.contains(look_alike));
        }
    }

    #[test]
    fn only_the_right_password_matches_its_hash() {
        let hash = TerminalPassword::chosen("abcd23456").unwrap().hash().unwrap();
        assert!(hash.starts_with("$argon2id$"));
        assert!(is_right("abcd23456", Some(&hash)));
        assert!(!is_right("abcd23457", Some(&hash)));
        assert!(!is_right("abcd23456", None));
    }

    #[test]
    fn nobodys_password_costs_what_anybodys_does() {
        let hash = TerminalPassword::generate().unwrap().hash().unwrap();
        let cost = |phc: &str| phc.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(NOBODYS), cost(&hash));
        assert!(PasswordHash::new(NOBODYS).is_ok());
    }

    #[test]
    fn other_texts_are_no_password() {
        for text in ["", "short", "ABCD23456", "toolongtoo", "abcd 2345"] {
            assert!(TerminalPassword::chosen(text).is_err(), "{text}");
        }
    }
}
