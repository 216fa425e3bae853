//! What is asked of a merge (row F2), and of its refund (rows F8, K8).

use super::{Limits, Part};
use crate::ledger::account::StreetId;
use crate::ledger::operation::IdentifiedBy;
use crate::merge_file::{StreetPointId, TakenBack, TransactionNumber};
use crate::person::PersonId;
use crate::site::SiteId;

/// Points of one account become a shopping street's own points. It counts towards the limits like a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergePoints {
    /// Whose points.
    pub person: PersonId,
    /// Where the clerk stands.
    pub site: SiteId,
    /// Which points, and how many.
    pub part: Part,
    /// The street that is owed them.
    pub street: StreetId,
    /// Who they are for in the street's own books.
    pub point_id: StreetPointId,
    /// How the person was known.
    pub identified_by: IdentifiedBy,
    /// The limits that hold without a signature.
    pub limits: Limits,
}

/// The municipality gives a merge's points back, once its street has said that they are not in its books and
/// never will be (rows F8, K8).
///
/// Whether the street has said so is settled before: its answer is proven and kept by the identity part, and
/// neither word can be taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundMerge {
    /// The merge's number in its home book.
    pub target_seq: i64,
    /// The number of its file.
    pub number: TransactionNumber,
    /// What the street said.
    pub taken_back: TakenBack,
}
