//! Other programs on this PC as the window shows them (row C4): whether they can ask, which are paired,
//! the code of the one that is being paired.

use crate::bridge::Learns;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where the loopback API stands, and who may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct BridgeShown {
    /// Whether anybody can ask.
    pub standing: BridgeStanding,
    /// Where: `http://127.0.0.1:24725`.
    pub address: String,
    /// The pairing that was begun, while its code is good.
    pub offered: Option<OfferedPairing>,
    /// Those that may ask, in the order they were paired.
    pub pairings: Vec<PairingShown>,
}

/// Whether other programs can ask.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum BridgeStanding {
    /// The settings say no.
    #[default]
    Off,
    /// They can.
    Open,
    /// Another program, or another user's Madoguchi, sits at the port.
    PortTaken,
    /// The system gives no port.
    Failed,
}

/// What a clerk lets in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OfferPairingArguments {
    /// What the clerk calls it, 1 to 40 characters.
    pub name: String,
    /// A page's origin, `https://library.example.jp`; none = a program on this PC.
    pub origin: Option<String>,
    /// What it is to learn of a card.
    #[serde(default)]
    pub learns: Learns,
    /// Whether it may have the number on a card of the ID provider's own, too.
    #[serde(default)]
    pub own_cards: bool,
}

/// A pairing that was begun: whoever says its code is paired.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct OfferedPairing {
    /// Six digits.
    pub code: String,
    /// What the clerk calls it.
    pub name: String,
    /// A page's origin.
    pub origin: Option<String>,
    /// What it will learn of a card.
    pub learns: Learns,
    /// Whether it may have the number on a card of the ID provider's own, too.
    pub own_cards: bool,
    /// How long the code is still good, in seconds.
    pub for_s: u32,
    /// How often a wrong one may still be said.
    pub tries_left: u8,
}

impl fmt::Debug for OfferedPairing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OfferedPairing({})", self.name)
    }
}

/// A program or a page that may ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PairingShown {
    /// Which.
    pub pairing: u32,
    /// What the clerk calls it.
    pub name: String,
    /// A page's origin; none = a program on this PC.
    pub origin: Option<String>,
    /// What it learns of a card.
    pub learns: Learns,
    /// Whether it may have the number on a card of the ID provider's own, too.
    pub own_cards: bool,
    /// When it was paired, milliseconds since 1970 (UTC), by this PC's clock.
    #[cfg_attr(test, ts(type = "number"))]
    pub paired_at_ms: i64,
    /// When it last asked for a card, to the minute; none = never.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub last_asked_at_ms: Option<i64>,
    /// For how many cards it waits now.
    pub waiting: usize,
}

/// A pairing by its number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PairingNamed {
    /// Which.
    pub pairing: u32,
}
