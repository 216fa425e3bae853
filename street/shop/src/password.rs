//! The password of a street's counter: what can be one, its hash, whether a typed one is right.
//!
//! There is nobody to ask: the street's office gives it out, and this PC keeps what was typed when it was registered
//! (docs/street.md).

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use madoguchi_domain::digits::to_half_width;
use madoguchi_wire::failure::{ErrorCode, Failure};
use zeroize::Zeroizing;

/// Characters.
const SHORTEST: usize = 8;
const LONGEST: usize = 64;
/// Of a terminal ID.
const LONGEST_TERMINAL: usize = 20;

/// What was typed as a password: full-width characters as plain ones, no spaces around it.
pub(crate) fn typed(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.trim().chars().map(to_half_width).collect())
}

/// A new password; too short or too long is none.
pub(crate) fn chosen(text: &str) -> Result<Zeroizing<String>, Failure> {
    let password = typed(text);
    let fits =
        (SHORTEST..=LONGEST).contains(&password.chars().count()) && !password.chars().any(char::is_control);
    if fits { Ok(password) } else { Err(Failure::of(ErrorCode::StreetPasswordInvalid)) }
}

/// The street's terminal ID: letters, digits and hyphens, as the office writes them.
pub(crate) fn terminal(text: &str) -> Result<String, Failure> {
    let terminal: String = text.trim().chars().map(to_half_width).filter(|c| !c.is_whitespace()).collect();
    let fits = (1..=LONGEST_TERMINAL).contains(&terminal.len())
        && terminal.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if fits { Ok(terminal) } else { Err(Failure::of(ErrorCode::StreetPasswordInvalid)) }
}

/// The argon2id hash with a new salt, as a PHC string.
pub(crate) fn hash(password: &str) -> Result<String, Failure> {
    Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string()).map_err(|error| {
        tracing::error!(%error, "the password could not be hashed");
        Failure::of(ErrorCode::Unforeseen)
    })
}

/// Whether the password typed is the one hashed.
pub(crate) fn is_right(typed: &str, hash: &str) -> bool {
    PasswordHash::new(hash)
        .is_ok_and(|parsed| Argon2::default().verify_password(typed.as_bytes(), &parsed).is_ok())
}
