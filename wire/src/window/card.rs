//! What the card on the reader is doing.

use super::service_id::ServiceIdFound;
use super::visit::Visit;
use crate::failure::Failure;
use serde::{Deserialize, Serialize};

/// The state of the card, as the screens show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum CardState {
    /// No card on any reader.
    Absent,
    /// A card lies on the reader; nothing asked it to be read.
    Lying,
    /// The institution's own card lies there, whose number was read: it is to be taken off, and the
    /// resident's put on.
    LibraryCardLies,
    /// 読んでいます: it must stay.
    Reading,
    /// 読み取りました: the balances are here; the card may be given back.
    Read {
        /// What it led to.
        visit: Visit,
    },
    /// 読み取りました: what the card leads to at this terminal's ID provider.
    ServiceIdRead {
        /// What it led to.
        found: ServiceIdFound,
    },
    /// A phone: the PIN comes before anything can be read.
    WantsPin {
        /// How often it can still be tried, 1 to 3.
        tries_left: u8,
        /// What was wrong with the PIN typed before, if one was.
        failure: Option<Failure>,
    },
    /// It could not be read; also when it left too early.
    Failed {
        /// Why, and what to do now.
        failure: Failure,
    },
}

/// What the window wants from the next card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum CardExpectation {
    /// Nothing: cards are seen but not read.
    None,
    /// The next card put on is looked up; one that already lies there is not (home screen).
    NextCard,
    /// A card is looked up now if one lies there, else the next one (the waiting screen).
    CardNow,
    /// The same for the service ID: a card that lies there now, else the next one (画面 23 and 25).
    ServiceIdNow,
    /// The next card put on is looked up for its service ID; one that already lies there is not (画面 26: the next
    /// customer). What is shown stays until then.
    NextServiceId,
    /// The same for a merge: the resident's card, or the card of the street that this terminal is of (画面 37).
    MergeCardNow,
}
