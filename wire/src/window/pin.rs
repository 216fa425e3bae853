//! The resident's PIN (暗証番号) and signing password (署名用パスワード) on their way from the window to the card.

use super::visit::VisitPart;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use zeroize::Zeroizing;

/// The digits of a PIN. Wiped from memory after use; shown nowhere.
pub struct PinDigits(pub Zeroizing<String>);

impl<'de> Deserialize<'de> for PinDigits {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|digits| Self(Zeroizing::new(digits)))
    }
}

impl fmt::Debug for PinDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PinDigits(..)")
    }
}

/// A PIN as it was typed.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypedPin {
    /// Four digits.
    #[cfg_attr(test, ts(type = "string"))]
    pub digits: PinDigits,
    /// Whether the resident has said yes to spending the last try.
    pub last_try_agreed: bool,
}

/// The characters of a signing password. Wiped from memory after use; shown nowhere.
pub struct PasswordCharacters(pub Zeroizing<String>);

impl<'de> Deserialize<'de> for PasswordCharacters {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|characters| Self(Zeroizing::new(characters)))
    }
}

impl fmt::Debug for PasswordCharacters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordCharacters(..)")
    }
}

/// A signing password as it was typed.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypedPassword {
    /// 6 to 16 letters and digits.
    #[cfg_attr(test, ts(type = "string"))]
    pub characters: PasswordCharacters,
    /// Whether the resident has said yes to spending the last try.
    pub last_try_agreed: bool,
}

/// How often the signing password can still be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SigningTries {
    /// 1 to 5; a locked one is a failure.
    pub left: u8,
}

/// How often the PIN can still be tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PinTries {
    /// 1 to 3; a locked PIN is a failure.
    pub left: u8,
}

/// What is used, with the PIN by which the card signs it.
#[derive(Debug, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct UsePointsWithPinArguments {
    /// The visit whose balances were on the screen.
    pub visit: u32,
    /// What was typed, one part per account with an amount.
    pub parts: Vec<VisitPart>,
    /// The resident's PIN.
    pub pin: TypedPin,
}
