//! The last operation (最後の操作): what it was and whether it took place (row K4).

use super::{MergeOfOperation, TicketOfOperation, TicketSeries};
use crate::failure::Failure;
use crate::terminal_api::{DayClose, OperationKind, PointsByLastDay};
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};

/// An operation of this terminal and its fate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct LastOperation {
    /// Its key; a receipt or a void names it.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// What it was.
    pub kind: OperationKind,
    /// Points over all accounts; 0 for a day close.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// When it was booked by the cloud's clock; before that is known, when the button was pressed by
    /// this PC's. Milliseconds since 1970 (UTC).
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// Its fate.
    pub state: OperationState,
    /// Whether the clerk has seen its fate and gone on.
    pub acknowledged: bool,
    /// For an issue that is one of several in one go: the others.
    pub series: Option<TicketSeries>,
}

/// Whether it took place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OperationState {
    /// △ 確かめています: not known yet. It is asked for again by itself.
    Checking,
    /// 〇 成立しています.
    Done {
        /// 取引番号.
        number: String,
        /// The accounts it moved.
        accounts: Vec<MovedHere>,
        /// For a void: the number of the use it undid.
        voided_number: Option<String>,
        /// For an issue or a reissue: the ticket.
        ticket: Option<TicketOfOperation>,
        /// For a day close: what it says.
        day_close: Option<DayClose>,
        /// For a merge: its file.
        merge: Option<MergeOfOperation>,
    },
    /// × 成立していません, refused with a reason.
    Refused {
        /// Why, and what to do now.
        failure: Failure,
    },
    /// × 成立していません: it never reached the books and never will.
    NotDone,
}

/// One account after the operation, with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MovedHere {
    /// The currency's name.
    pub currency: String,
    /// What was used or given back, positive.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
    /// Balance before.
    #[cfg_attr(test, ts(type = "number"))]
    pub before: i64,
    /// Balance after.
    #[cfg_attr(test, ts(type = "number"))]
    pub after: i64,
    /// What lapses first among the rest.
    pub next_lapse: Option<PointsByLastDay>,
}
