//! The auth PIN (暗証番号) on its way to the card.

use madoguchi_port::fault::CardFault;
use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// Digits of the auth PIN.
const DIGITS: usize = 4;

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
}
