//! The MyKey ID (マイキーID): 8 characters A–Z and 0–9 that name a resident on the platform.
//!
//! Source: seed 001 (manual), §8 on creation: chosen or generated, unique among all that ever were.
//! It stands on papers, so it is no secret, but it is personal: neither `Debug` nor a log shows it.

use std::fmt;

/// A MyKey ID. Deliberately without `Display`: say [`MyKeyId::masked`] or [`MyKeyId::expose`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MyKeyId([u8; 8]);

/// The text is not eight characters of A–Z and 0–9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a MyKey ID has 8 characters, A to Z and 0 to 9")]
pub struct NotAMyKeyId;

impl MyKeyId {
    /// Reads eight characters; small letters are taken as capitals.
    pub fn parse(text: &str) -> Result<Self, NotAMyKeyId> {
        let bytes: [u8; 8] = text.to_ascii_uppercase().into_bytes().try_into().map_err(|_| NotAMyKeyId)?;
        if bytes.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
            Ok(Self(bytes))
        } else {
            Err(NotAMyKeyId)
        }
    }

    /// What a shop may see: the first two and the last two characters, `MY****56`.
    pub fn masked(&self) -> String {
        let text = self.expose();
        format!("{}****{}", &text[..2], &text[6..])
    }

    /// The whole id, for those who may see it: the resident, the resident's municipality.
    pub fn expose(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Debug for MyKeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MyKeyId(..)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_shop_sees_four_of_eight_characters() {
        let id = MyKeyId::parse("mykey456").map(|id| id.masked());
        assert_eq!(id.as_deref(), Ok("MY****56"));
    }

    #[test]
    fn debug_output_shows_nothing_of_it() {
        let id = MyKeyId::parse("MYKEY456");
        assert_eq!(format!("{id:?}"), "Ok(MyKeyId(..))");
    }

    #[test]
    fn other_texts_are_no_mykey_id() {
        for text in ["", "MYKEY45", "MYKEY4567", "MYKEY-56", "ＭＹＫＥＹ４５６"] {
            assert!(MyKeyId::parse(text).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn an_id_is_the_eight_characters_it_was_read_from(text in "[A-Za-z0-9]{8}") {
            let id = MyKeyId::parse(&text).unwrap();
            prop_assert_eq!(id.expose(), text.to_ascii_uppercase());
            prop_assert_eq!(MyKeyId::parse(id.expose()), Ok(id));
        }

        #[test]
        fn no_text_of_another_length_or_alphabet_is_read(text in any::<String>()) {
            let right = text.len() == 8 && text.bytes().all(|b| b.is_ascii_alphanumeric());
            prop_assert_eq!(MyKeyId::parse(&text).is_ok(), right);
        }

        #[test]
        fn the_middle_four_are_never_shown(text in "[A-Z0-9]{8}") {
            let masked = MyKeyId::parse(&text).unwrap().masked();
            prop_assert_eq!(masked.len(), 8);
            prop_assert_eq!(&masked[2..6], "****");
        }
    }
}
