//! What a street's counter does to points, and what stands in the books of it.

use jiff::civil::Date;
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One act on a member's points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetAct {
    /// The key that came with the member.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// Whose.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// What.
    pub act: ActAsked,
}

/// What is asked for; numbers as typed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ActAsked {
    /// ポイント利用.
    Use {
        /// How many points.
        points: String,
    },
    /// 買上ポイント.
    Purchase {
        /// What was paid, without what was paid in points.
        yen: String,
    },
    /// ポイント券の加算 (row F1).
    Ticket {
        /// The ticket's number or its code, typed or scanned.
        ticket: String,
        /// What stands on the ticket.
        points: String,
    },
}

impl fmt::Debug for ActAsked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Use { .. } => "Use(..)",
            Self::Purchase { .. } => "Purchase(..)",
            // Whoever holds the number may have the points.
            Self::Ticket { .. } => "Ticket(..)",
        })
    }
}

/// A posting by its number in the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PostingNamed {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub posting: i64,
}

/// What a posting was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum StreetPostingKind {
    /// Municipal points became the street's.
    Merge,
    /// A paper ticket's points.
    Ticket,
    /// Points for a purchase.
    Purchase,
    /// Points were used.
    Use,
    /// Points went onto a stored-value card.
    Charge,
    /// One of the others was taken back.
    Void,
}

/// One thing that happened to a member's points.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetPosting {
    /// Its number in the books.
    #[cfg_attr(test, ts(type = "number"))]
    pub posting: i64,
    /// What it was.
    pub kind: StreetPostingKind,
    /// Whose.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// The member's first ID.
    pub member_id: String,
    /// By how much the balance changed.
    #[cfg_attr(test, ts(type = "number"))]
    pub change: i64,
    /// The balance after it.
    #[cfg_attr(test, ts(type = "number"))]
    pub balance: i64,
    /// When, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
    /// What it took back.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub voids: Option<i64>,
    /// What took it back.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub voided_by: Option<i64>,
    /// 取引済番号 of a merge and of its booking back: by it the municipality knows both.
    pub merge: Option<String>,
    /// Whether it can be taken back now: a use, a purchase or a ticket of today; a merge always, which is booked
    /// back and refunded by the municipality (row F8).
    pub can_be_voided: bool,
}

impl fmt::Debug for StreetPosting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StreetPosting({}, {:?})", self.posting, self.kind)
    }
}

/// What was paid for a purchase, as typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PurchaseSought {
    /// Yen.
    pub yen: String,
}

/// What a purchase gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct PurchaseWorth {
    /// What was understood.
    #[cfg_attr(test, ts(type = "number"))]
    pub yen: i64,
    /// How many points; 0 = none.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}

/// Points onto the stored-value card on the reader.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardCharge {
    /// The key that came with the member, or that of an open charge.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// Whose points.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// How many, as typed; those of an open charge again.
    pub points: String,
}

/// What became of a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum ChargeFate {
    /// The amount is on the card.
    OnTheCard,
    /// It is not, and the points are back.
    Undone,
    /// The card did not answer: the same charge with the same card tells later.
    Unclear,
}

/// A charge and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardCharged {
    /// What became of it.
    pub fate: ChargeFate,
    /// What stands in the books.
    pub posting: StreetPosting,
}

/// A charge of which the card has not said what became.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CardChargeOpen {
    /// Under which it is asked for again.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// How many points left.
    #[cfg_attr(test, ts(type = "number"))]
    pub points: i64,
}

/// 本日の一覧.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetDay {
    /// The Japan date, by this PC's clock.
    #[cfg_attr(test, ts(type = "string"))]
    pub date: Date,
    /// Newest first.
    pub postings: Vec<StreetPosting>,
    /// Points that came, less what of them was taken back.
    #[cfg_attr(test, ts(type = "number"))]
    pub came: i64,
    /// Points that were used or charged, less what of them was taken back.
    #[cfg_attr(test, ts(type = "number"))]
    pub went: i64,
}
