//! The auth PIN (暗証番号) and the signing password (署名用パスワード) on their way to the card.

use madoguchi_port::fault::CardFault;
use secrecy::{ExposeSecret, SecretString};
use std::ops::RangeInclusive;
use zeroize::Zeroizing;

/// Digits of the auth PIN.
const DIGITS: usize = 4;
/// Characters of the signing password.
const LENGTHS: RangeInclusive<usize> = 6..=16;

/// Four ASCII digits, wiped from memory after use. Has no `Debug`.
pub(crate) struct Pin(Zeroizing<[u8; DIGITS]>);

impl Pin {
    /// Checks the form here, so that a slip of the keyboard costs no try on the card.
    pub(crate) fn parse(typed: &SecretString) -> Result<Self, CardFault> {
        let typed = typed.expose_secret().as_bytes();
        let digits: [u8; DIGITS] = typed.try_into().map_err(|_| CardFault::MalformedPin)?;
        let digits = Zeroizing::new(digits);
        if digits.iter().all(u8::is_ascii_digit) { Ok(Self(digits)) } else { Err(CardFault::MalformedPin) }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

/// 6 to 16 upper-case letters and digits, wiped from memory after use. Has no `Debug`.
pub(crate) struct Password(Zeroizing<Vec<u8>>);

impl Password {
    /// Checks the form here, as for a PIN. Small letters mean capitals: a card knows no others.
    pub(crate) fn parse(typed: &SecretString) -> Result<Self, CardFault> {
        let characters = Zeroizing::new(typed.expose_secret().as_bytes().to_ascii_uppercase());
        let is_one = LENGTHS.contains(&characters.len()) && characters.iter().all(u8::is_ascii_alphanumeric);
        if is_one { Ok(Self(characters)) } else { Err(CardFault::MalformedPassword) }
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_four_digits_are_a_pin() {
        let table = [
            ("0000", true),
            ("1234", true),
            ("", false),
            ("123", false),
            ("12345", false),
            ("12 4", false),
            ("-123", false),
            ("12a4", false),
            ("１２３４", false),
        ];
        for (typed, good) in table {
            let pin = Pin::parse(&SecretString::from(typed));
            assert_eq!(pin.is_ok(), good, "{typed}");
            if let Ok(pin) = pin {
                assert_eq!(pin.as_bytes(), typed.as_bytes());
            }
        }
    }

    #[test]
    fn six_to_sixteen_letters_and_digits_are_a_password_and_small_letters_mean_capitals() {
        let table = [
            ("ABC123", Some("ABC123")),
            ("abc123", Some("ABC123")),
            ("A1B2C3D4E5F6G7H8", Some("A1B2C3D4E5F6G7H8")),
            ("ABC12", None),
            ("A1B2C3D4E5F6G7H89", None),
            ("ABC 123", None),
            ("ABC-123", None),
            ("ＡＢＣ１２３", None),
            ("", None),
        ];
        for (typed, understood) in table {
            let password = Password::parse(&SecretString::from(typed)).ok();
            let bytes = password.as_ref().map(Password::as_bytes);
            assert_eq!(bytes, understood.map(str::as_bytes), "{typed}");
        }
    }
}
