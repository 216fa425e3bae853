//! What a ticket's paper (券面) says, in every language and for every size of paper.
//!
//! Belongs here: what stands on it and in which words. Does not: where on the page (the printer), when it
//! is printed (the terminal: a number goes to a printer at most once, so no paper says 再発行).
//! Source: row E1, 画面 32–34; E4 (消込期限), E5 (whole only).

mod test_ticket;
mod words;

pub use test_ticket::test_ticket;
pub use words::TicketWords;

use super::TicketNumber;
use jiff::civil::Date;
use std::fmt;

/// All that is known of a ticket's paper before it is issued: what a preview shows.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketFace {
    /// How many points, whole only.
    pub points: i64,
    /// The issuer's name (川崎市).
    pub issuer_name: String,
    /// For event points: the event's name. Only its sites may take the ticket.
    pub event_name: Option<String>,
    /// The issue date, Japan.
    pub issued_on: Date,
    /// The last day it can be cleared, Japan: until 24:00.
    pub last_day: Date,
    /// The site that issues it (みなみ商工会).
    pub issued_at: String,
    /// Whether it was made in training mode and is worth nothing.
    pub training: bool,
}

/// A ticket's paper: its face, and what only this one has.
#[derive(Clone, PartialEq, Eq)]
pub struct TicketPaper {
    /// What it says.
    pub face: TicketFace,
    /// 発券番号.
    pub number: TicketNumber,
    /// What stands in the QR, as the cloud made it (docs/tickets.md).
    pub code: String,
}

impl fmt::Debug for TicketFace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketFace(..)")
    }
}

impl fmt::Debug for TicketPaper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TicketPaper(..)")
    }
}
