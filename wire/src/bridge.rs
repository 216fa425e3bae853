//! What other programs on this PC ask of it for a card, over the loopback API `/v1` (row C4, docs/bridge.md).
//!
//! A paired program learns the number of its own provider, or the MyKey ID where it was paired for that, and
//! nothing else of the person. The types whose
//! content is secret or personal have no `Debug` that shows it.

use crate::failure::{Bilingual, ErrorCode, Failure};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The one port of the loopback API. Below the ports that systems give away by themselves, so that nobody
/// sits there by chance.
pub const PORT: u16 = 24_725;

/// The longest wait for a card, in seconds.
pub const LONGEST_WAIT_S: u16 = 120;

/// What a paired program learns of a card's owner. Fixed when it is paired (seed 001, §17 ②).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum Learns {
    /// The number by which this terminal's ID provider knows the owner.
    #[default]
    CustomerNumber,
    /// The MyKey ID; only for an ID provider that keeps MyKey IDs itself.
    MykeyId,
}

/// The code that Madoguchi's window shows.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PairRequest {
    /// Six digits, good for one pairing within two minutes.
    pub code: String,
}

impl fmt::Debug for PairRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairRequest(..)")
    }
}

/// The program is paired.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PairAnswer {
    /// What every later request shows as `Authorization: Bearer`. Told this once; Madoguchi keeps a hash.
    pub token: String,
    /// Under which name the clerk paired the program.
    pub name: String,
    /// What it learns of a card, as long as it is paired.
    pub learns: Learns,
    /// Whether it may ask for cards of the ID provider's own, too (`own_cards` of `read_card`).
    #[serde(default)]
    pub own_cards: bool,
}

impl fmt::Debug for PairAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PairAnswer(..)")
    }
}

/// A card is to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadCardRequest {
    /// How long to wait for a card, 1 to 120 seconds.
    pub wait_s: u16,
    /// Whether a card of the ID provider's own will do, too: one that the terminal's card descriptions read. Only for a
    /// program that was paired for it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_cards: bool,
}

/// What became of a reading.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "result", rename_all = "snake_case")]
pub enum ReadCardAnswer {
    /// The card's owner is known to this terminal's ID provider by this number.
    CustomerNumber {
        /// 顧客ID, 1 to 64 visible ASCII characters.
        number: String,
        /// The owner wished that the provider be told when their address is to be checked, and it is: their
        /// signing certificate has lapsed (row C6). Left out where there is nothing to check.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        check_address: bool,
    },
    /// The card's owner has this MyKey ID. For programs that were paired for it.
    MykeyId {
        /// マイキーID, 8 characters A–Z and 0–9.
        mykey_id: String,
    },
    /// The number that stands on a card of the provider's own. Only where that was asked for.
    CardNumber {
        /// 1 to 64 visible ASCII characters.
        number: String,
    },
    /// The card's owner has no number at this terminal's ID provider.
    NotRegistered,
    /// No card was put on in time, or others were served first.
    NoCardInTime,
    /// The card was taken away before it was read.
    CardRemoved,
    /// The program, or the clerk who unpaired it, no longer wants an answer.
    Cancelled,
}

impl fmt::Debug for ReadCardAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CustomerNumber { .. } => "CustomerNumber(..)",
            Self::MykeyId { .. } => "MykeyId(..)",
            Self::CardNumber { .. } => "CardNumber(..)",
            Self::NotRegistered => "NotRegistered",
            Self::NoCardInTime => "NoCardInTime",
            Self::CardRemoved => "CardRemoved",
            Self::Cancelled => "Cancelled",
        })
    }
}

/// How many waits were ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CancelReadsAnswer {
    /// Those of this program; each of them answers `cancelled`.
    pub cancelled: usize,
}

/// What an event of the stream carries, and all it carries: whose card it is, a reading says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CardsLying {
    /// How many cards lie on the readers now.
    pub cards: usize,
}

/// Why there is no answer: every status but 200 carries one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BridgeProblem {
    /// The stable code; what a program decides by.
    pub code: ErrorCode,
    /// Its number, for the telephone.
    pub number: String,
    /// What happened, for a person.
    pub what: Bilingual,
    /// What to do now, for a person.
    pub now: Bilingual,
}

impl From<Failure> for BridgeProblem {
    fn from(failure: Failure) -> Self {
        let Failure { code, number, what, now, .. } = failure;
        Self { code, number, what, now }
    }
}
