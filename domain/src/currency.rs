//! Currencies (ポイントの種類): what kind of points, and which one within its issuer's book.
//!
//! A currency has one issuer, a municipality or a prefecture, which may differ from the
//! municipality of the terminal where it is used.

use crate::issuer::BookCode;
use serde::{Deserialize, Serialize};

/// What a currency is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CurrencyKind {
    /// Municipal points (自治体ポイント): one currency per municipality.
    Municipal,
    /// Event points (特定支援イベントポイント): usable at the terminals chosen for the event, within its
    /// service period.
    Event,
    /// A prefecture's common points (県共通ポイント).
    Common,
    /// Reserved points (留保ポイント), only in book `000000`.
    Reserved,
}

impl CurrencyKind {
    /// Whether points of this kind are marked by their name on a ticket's paper: those that do not count everywhere
    /// in the municipality whose ticket it is.
    pub const fn has_a_mark(self) -> bool {
        match self {
            Self::Event | Self::Common => true,
            Self::Municipal | Self::Reserved => false,
        }
    }
}

/// A currency's number within its book, given by the cloud.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CurrencyNumber(pub u32);

/// A currency among all: its book and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CurrencyCode {
    /// The issuer's book.
    pub book: BookCode,
    /// The number within the book.
    pub number: CurrencyNumber,
}
