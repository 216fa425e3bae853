//! A text as the keys that are pressed for it on Windows.
//!
//! Belongs here: which key events, in which order. Does not belong here: sending them.
//! A character goes as itself (`KEYEVENTF_UNICODE`) and not as a key of the layout: what arrives is the character,
//! whatever the layout, Caps Lock or an input method make of keys.

use madoguchi_port::keyboard::{EndKey, KeyboardFault, Typing};

/// One key, pressed and let go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stroke {
    /// A character, as its one UTF-16 unit.
    Character(u16),
    /// A key of the keyboard's own.
    Key(EndKey),
}

/// The strokes of a text, in their order. A text other than visible ASCII is nobody's number.
pub(crate) fn strokes(typing: &Typing<'_>) -> Result<Vec<Stroke>, KeyboardFault> {
    let mut strokes = Vec::with_capacity(typing.text.len() + 1);
    for byte in typing.text.bytes() {
        if !byte.is_ascii_graphic() {
            return Err(KeyboardFault("a character that has no key".into()));
        }
        strokes.push(Stroke::Character(byte.into()));
    }
    strokes.extend(typing.end.map(Stroke::Key));
    Ok(strokes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn of(text: &str, end: Option<EndKey>) -> Result<Vec<Stroke>, KeyboardFault> {
        strokes(&Typing { text, end, pause: Duration::ZERO })
    }

    #[test]
    fn each_character_is_a_stroke_of_its_own_and_the_end_key_comes_last() {
        let expected = [Stroke::Character(0x41), Stroke::Character(0x30), Stroke::Key(EndKey::Enter)];
        assert_eq!(of("A0", Some(EndKey::Enter)), Ok(expected.to_vec()));
        assert_eq!(of("-", Some(EndKey::Tab)), Ok(vec![Stroke::Character(0x2d), Stroke::Key(EndKey::Tab)]));
        assert_eq!(of("", None), Ok(Vec::new()));
    }

    #[test]
    fn what_no_number_has_is_not_typed_not_even_in_part() {
        for text in ["12 34", "１２３", "12\n", "\u{7f}", "𠮷"] {
            assert!(of(text, None).is_err(), "{text:?}");
        }
    }
}
