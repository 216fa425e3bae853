//! Members of a street, as its counter sees them. A street's own numbers: no name, no MyKey ID of anybody else's.

use super::{CardChargeOpen, MemberIdChange, StreetPosting};
use madoguchi_domain::operation_key::OperationKey;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An ID as typed, scanned, or read from a card.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SoughtMember {
    /// It.
    pub id: String,
}

impl fmt::Debug for SoughtMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SoughtMember(..)")
    }
}

/// A member by the number of the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MemberNamed {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
}

/// Which part of a member's history is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct HistorySought {
    /// Whose.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// What happened before this posting; otherwise the last.
    #[cfg_attr(test, ts(type = "number | null"))]
    pub before: Option<i64>,
}

/// What an ID is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MemberIdKind {
    /// 商店街ポイントID.
    PointId,
    /// The MyKey ID, where the street keeps those (seed 001 §17).
    MykeyId,
    /// What the street's own card says.
    Card,
}

/// One of a member's IDs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MemberId {
    /// What it is.
    pub kind: MemberIdKind,
    /// It, whole: the street gave it out. Of a MyKey ID only the end.
    pub id: String,
}

impl fmt::Debug for MemberId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemberId({:?})", self.kind)
    }
}

/// A member at the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct StreetMember {
    /// Its number in the books.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// By which it is known, the point ID first.
    pub ids: Vec<MemberId>,
    /// The points.
    #[cfg_attr(test, ts(type = "number"))]
    pub balance: i64,
    /// Since when, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub joined_at_ms: i64,
    /// The key of the next act on these points: sent twice it has the effect of one.
    #[cfg_attr(test, ts(type = "string"))]
    pub key: OperationKey,
    /// Charges of which the card has not said what became.
    pub open_charges: Vec<CardChargeOpen>,
}

/// Which members are listed.
#[derive(Clone, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MembersSought {
    /// A part of an ID; empty = all.
    pub part: String,
    /// In which order.
    pub order: MemberOrder,
}

impl fmt::Debug for MembersSought {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MembersSought({:?})", self.order)
    }
}

/// The order of a list of members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MemberOrder {
    /// Who joined last comes first.
    Newest,
    /// By the ID.
    Id,
    /// Who has most comes first.
    Balance,
}

/// The members that were sought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MembersListed {
    /// In the order asked for, as many as a list holds.
    pub members: Vec<ListedMember>,
    /// How many fit what was sought.
    pub found: u32,
    /// How many members there are.
    pub all: u32,
}

/// A member in a list.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct ListedMember {
    /// Its number in the books.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// Its first ID.
    pub id: String,
    /// The points.
    #[cfg_attr(test, ts(type = "number"))]
    pub balance: i64,
    /// Since when, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub joined_at_ms: i64,
}

impl fmt::Debug for ListedMember {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ListedMember({})", self.member)
    }
}

/// A member with what happened to the points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MemberHistory {
    /// Who.
    pub member: StreetMember,
    /// Newest first, as many as a screen holds.
    pub lines: Vec<StreetPosting>,
    /// Whether there are lines before these.
    pub has_earlier: bool,
    /// What became of the IDs since joining, newest first.
    pub id_changes: Vec<MemberIdChange>,
}

/// A history that was written as CSV.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct SavedHistory {
    /// Where, to be shown.
    pub path: String,
}
