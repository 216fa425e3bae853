//! `close_day` and `list_day_closes`: the day close of a terminal (日計, row K7): numbered, never changed,
//! reprintable. What lies before a close can no longer be voided or taken back at the terminal.

use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketState;
use serde::{Deserialize, Serialize};

/// Closes what this terminal did since its last close. The answer is an
/// [`OperationAnswer`](super::OperationAnswer) whose `day_close` is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CloseDayRequest {
    /// The close's own key.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub key: OperationKey,
}

/// `preview_day`: what a close would say now. `list_day_closes`: the last hundred closes, newest first.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DayCloseRequest {}

/// What `list_day_closes` says.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ListDayClosesAnswer {
    /// Newest first.
    pub closes: Vec<DayClose>,
}

/// One close.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayClose {
    /// 1, 2, 3 … per terminal; 0 = a preview.
    pub number: u32,
    /// The Japan date of the close.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "string"))]
    pub date: Date,
    /// When it was closed, milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// When the close before it was; none = this is the first.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub since_ms: Option<i64>,
    /// One per kind and currency, in the order of the paper; kinds that did not occur are left out.
    pub lines: Vec<DayCloseLine>,
    /// What had become, by the close, of the tickets this terminal issued or reissued since the one before: one per
    /// currency and state, those without a ticket left out. A close that was told before there were such lines has none.
    #[serde(default)]
    pub tickets: Vec<DayCloseTickets>,
    /// The head of the municipality's chain at the close: 64 hex digits.
    pub head: String,
}

/// How often, and how many points, of one kind and currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayCloseLine {
    /// Of what.
    pub kind: super::OperationKind,
    /// The currency's name.
    pub currency: String,
    /// How many operations.
    pub count: u32,
    /// Points over all of them, positive.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}

/// How many tickets of one currency are in one state, and how many points they hold or held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct DayCloseTickets {
    /// The currency's name.
    pub currency: String,
    /// What they are: `open`, `cleared`, `lapsed`, `reissued` or `voided`.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(test, ts(type = "'open' | 'cleared' | 'lapsed' | 'reissued' | 'voided'"))]
    pub state: TicketState,
    /// How many.
    pub count: u32,
    /// Points over all of them, positive.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}
