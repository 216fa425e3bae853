//! A member's IDs: one more, another in its place, one that ends, and what became of them.

use super::MemberId;
use serde::{Deserialize, Serialize};

/// One more ID for a member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct AddedMemberId {
    /// Whose.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// Which.
    pub id: MemberId,
}

/// One of a member's IDs, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MemberIdNamed {
    /// Whose.
    #[cfg_attr(test, ts(type = "number"))]
    pub member: i64,
    /// Which, exactly as it was shown: where another stands by now, nothing is changed.
    pub id: MemberId,
}

/// Another ID in the place of a wrong one.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct CorrectedMemberId {
    /// The wrong one.
    pub wrong: MemberIdNamed,
    /// The right one, as typed or scanned; it is of the same kind.
    pub right: String,
}

impl std::fmt::Debug for CorrectedMemberId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CorrectedMemberId(..)")
    }
}

/// What happened to an ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
pub enum MemberIdEvent {
    /// The member is known by it from then on.
    Added,
    /// No longer.
    Removed,
}

/// A change of a member's IDs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS))]
pub struct MemberIdChange {
    /// What happened.
    pub event: MemberIdEvent,
    /// To which ID, as it is shown.
    pub id: MemberId,
    /// When, milliseconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub at_ms: i64,
}
