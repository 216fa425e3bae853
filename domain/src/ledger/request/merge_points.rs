//! What is asked of a merge (row F2).

use super::{Limits, Part};
use crate::ledger::account::StreetId;
use crate::ledger::operation::IdentifiedBy;
use crate::merge_file::StreetPointId;
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
