//! A part of a ticket's number, as somebody reads it off a torn or smeared paper.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits that stand next to each other somewhere in a ticket's number: 1 to 12.
///
/// Twelve of them are a number, so it has no `Debug` that a log could show.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TicketNumberPart(String);

/// The text is not one to twelve digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a part of a ticket number has 1 to 12 digits")]
pub struct NotATicketNumberPart;

impl TicketNumberPart {
    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for TicketNumberPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketNumberPart(..)")
    }
}

impl TryFrom<String> for TicketNumberPart {
    type Error = NotATicketNumberPart;
    fn try_from(text: String) -> Result<Self, NotATicketNumberPart> {
        let are_digits = text.bytes().all(|byte| byte.is_ascii_digit());
        if are_digits && (1..=12).contains(&text.len()) { Ok(Self(text)) } else { Err(NotATicketNumberPart) }
    }
}

impl From<TicketNumberPart> for String {
    fn from(part: TicketNumberPart) -> Self {
        part.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_to_twelve_digits_are_a_part_and_nothing_else() {
        for text in ["0", "0042", "987654321012"] {
            assert_eq!(TicketNumberPart::try_from(text.to_owned()).map(String::from), Ok(text.into()));
        }
        for text in ["", "1234567890123", "12a", "%", "_", "-1", "１２"] {
            assert_eq!(TicketNumberPart::try_from(text.to_owned()), Err(NotATicketNumberPart), "{text}");
        }
    }
}
