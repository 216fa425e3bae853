//! Who gave a resident a customer number: a library, a museum, a shopping street (ID付与事業者).
//!
//! Belongs here: the provider's ID. Does not: what it is called, its service IDs, its keys.

use crate::digits::is_digits;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An ID provider's ID (ID付与事業者ID), six digits (docs/glossary.md).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdProviderId([u8; 6]);

/// A text is no ID provider's ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an ID provider's ID is six digits")]
pub struct NotAnIdProviderId;

impl IdProviderId {
    /// Reads six ASCII digits.
    pub fn parse(text: &str) -> Result<Self, NotAnIdProviderId> {
        if !is_digits(text, 6) {
            return Err(NotAnIdProviderId);
        }
        text.as_bytes().try_into().map(Self).map_err(|_| NotAnIdProviderId)
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for IdProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for IdProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl TryFrom<String> for IdProviderId {
    type Error = NotAnIdProviderId;

    fn try_from(text: String) -> Result<Self, NotAnIdProviderId> {
        Self::parse(&text)
    }
}

impl From<IdProviderId> for String {
    fn from(id: IdProviderId) -> Self {
        id.as_str().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn six_digits_and_nothing_else() {
        assert_eq!(IdProviderId::parse("300101").map(|id| id.to_string()), Ok("300101".to_owned()));
        for text in ["", "30010", "3001010", "30010a", "３００１０１", " 300101"] {
            assert_eq!(IdProviderId::parse(text), Err(NotAnIdProviderId), "{text}");
        }
    }
}
