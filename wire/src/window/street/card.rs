//! Cards on the reader, asked of Madoguchi on the same PC (seed 001 §16, row C4): its pairing, and what a card led to.

use super::{MemberId, StreetMember};
use crate::bridge::Learns;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The street's software is paired with Madoguchi on this PC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetPairing {
    /// What the clerk called it in Madoguchi's window.
    pub name: String,
    /// What it learns of a My Number card.
    pub learns: Learns,
    /// Whether it may have the number on the street's own card, too.
    pub own_cards: bool,
    /// Since when, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub paired_at_ms: i64,
}

/// The six digits that Madoguchi's window shows, as typed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct TypedPairingCode {
    /// They; full-width digits and blanks are understood.
    pub code: String,
}

impl fmt::Debug for TypedPairingCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedPairingCode(..)")
    }
}

/// A card is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardAwaited {
    /// How long to wait for it, 1 to 120 seconds; the screen counts them.
    pub wait_s: u16,
}

/// Whose card it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum CardOnReader {
    /// A member's.
    Member {
        /// Whose.
        member: StreetMember,
    },
    /// Nobody in these books has what was read. It is kept until the next card, for joining with it.
    Nobodys {
        /// It; of a MyKey ID only the end.
        id: MemberId,
    },
    /// The clerk no longer waits.
    Cancelled,
}
