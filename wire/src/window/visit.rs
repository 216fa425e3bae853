//! A card's visit as the clerk sees it.

use super::{MergeStreetShown, Period};
use crate::terminal_api::UsableAccount;
use madoguchi_domain::currency::CurrencyCode;
use serde::{Deserialize, Serialize};

/// Balances usable here, after a card was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct Visit {
    /// Which visit; counts up. A use names it, so that a card put on meanwhile cannot be charged.
    pub visit: u32,
    /// `MY****56`.
    pub masked_mykey_id: String,
    /// The accounts, in the screen's order. Never empty.
    pub accounts: Vec<UsableAccount>,
    /// Points that can still be used today without PIN.
    #[cfg_attr(test, ts(type = "number"))]
    pub left_today: i64,
    /// Points per use without PIN.
    #[cfg_attr(test, ts(type = "number"))]
    pub per_use: i64,
    /// Where the street's own card was shown: which street. Points can be merged into it and nothing else be
    /// done, within the limits without PIN (row F3).
    pub by_card_of: Option<MergeStreetShown>,
    /// The last days a ticket issued now may bear (row E1), by the cloud's clock.
    pub ticket_days: Period,
}

/// What the clerk typed for one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct VisitPart {
    /// Which currency.
    #[cfg_attr(test, ts(type = "{ book: string, number: number }"))]
    pub currency: CurrencyCode,
    /// As typed; full-width digits and separators are understood.
    pub typed: String,
}
