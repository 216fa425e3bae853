//! The languages people are spoken to in: Japanese first, English by a switch.
//!
//! Belongs here: which languages there are. Does not: any sentence; each stands where it is said.

use serde::{Deserialize, Serialize};

/// A language of screens and papers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 日本語.
    #[default]
    Ja,
    /// English.
    En,
}

impl Language {
    /// Its tag in an address or a page (BCP 47).
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ja => "ja",
            Self::En => "en",
        }
    }
}
