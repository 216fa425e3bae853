//! What is asked of tickets, and of a terminal's day.
//!
//! **On the request's hash.** Twelve digits that somebody typed or scanned may be a person's My Number. The
//! [`RequestHash`](super::RequestHash) of a request that names a ticket is therefore made over a hash of the
//! number under a key that never leaves the cloud, not over the number or its plain SHA-256: twelve digits
//! are tried out in minutes. The number itself stands in a row only where it is a ticket's.

use super::{Limits, Part, TakenTickets};
use crate::issuer::BookCode;
use crate::ledger::operation::IdentifiedBy;
use crate::person::PersonId;
use crate::site::SiteId;
use crate::ticket::TicketNumber;
use jiff::civil::Date;
use std::sync::Arc;

/// Points of one account become a ticket (row E1). It counts towards the limits like a use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssueTicket {
    /// Whose points.
    pub person: PersonId,
    /// The site of the desk.
    pub site: SiteId,
    /// Which points, and how many.
    pub part: Part,
    /// The last day it can be cleared, Japan date.
    pub last_day: Date,
    /// How the person was known.
    pub identified_by: IdentifiedBy,
    /// The limits that hold without a signature.
    pub limits: Limits,
}

/// An open ticket is printed anew under another number (row E2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReissueTicket {
    /// The number that dies.
    pub ticket: TicketNumber,
    /// The site of the desk, which must be the one that issued it.
    pub site: SiteId,
}

/// The terminal that issued a ticket takes it back on the same Japan date (row E7).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VoidTicket {
    /// The ticket.
    pub ticket: TicketNumber,
}

/// A used ticket is taken out of circulation (row E3).
///
/// What only the identity part knows is settled before, as a [`Barred`](super::Barred): a wrong tag, a site
/// that takes no tickets. Which points count there it says with the request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClearTicket {
    /// The ticket.
    pub ticket: TicketNumber,
    /// The site whose stamp it bears, and which is paid.
    pub site: SiteId,
    /// Whose tickets that site takes.
    pub taken: Arc<TakenTickets>,
    /// The Japan date of the scan: the cloud's clock, less the time the scan had waited. It decides nothing; it
    /// only tells a ticket that lapsed while its scan waited from one that had lapsed before.
    pub scanned_on: Date,
}

/// The same terminal takes a clearing back on the same Japan date (row E3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnclearTicket {
    /// The clearing's number in the terminal's home book.
    pub target_seq: i64,
}

/// Book what an open ticket holds after its last day (row E4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LapseTicket {
    /// The book it stands in.
    pub book: BookCode,
    /// The ticket.
    pub ticket: TicketNumber,
}

/// Close the day of the terminal that asks (row K7): what it did before can no longer be undone there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CloseDay {
    /// Its site.
    pub site: SiteId,
}
