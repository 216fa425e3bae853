//! A ticket as its book keeps it, and the day closes of a terminal: kept state beside the entries.
//!
//! A ticket stands in the book of its currency. What an open one holds lies in that currency's `held`
//! account; the ticket says which operation put it there and, once it is closed, which one took it out.

use super::actor::Actor;
use super::answer::Refusal;
use super::operation::OperationNumber;
use crate::currency::CurrencyCode;
use crate::issuer::BookCode;
use crate::person::PersonId;
use crate::points::Points;
use crate::site::SiteId;
use crate::ticket::{TicketEvent, TicketNumber, TicketState};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is printed on a ticket (券面).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TicketFace {
    /// 発券番号.
    pub number: TicketNumber,
    /// Which points.
    pub currency: CurrencyCode,
    /// How many, whole only.
    pub points: Points,
    /// The Japan date on which the points were taken; a reissue keeps it.
    pub issued_on: Date,
    /// The last Japan date on which it can be cleared, until 24:00.
    pub last_day: Date,
    /// The site that issued it.
    pub issued_at: SiteId,
}

/// A ticket's number with all that its book knows of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ticket {
    /// What is printed on it.
    pub face: TicketFace,
    /// Whose points it holds.
    pub person: PersonId,
    /// The issue that took the points, in its actor's home book; a reissue keeps it.
    pub issue: OperationNumber,
    /// Who issued it; a reissue keeps it.
    pub issued_by: Actor,
    /// When this number was made, by an issue or a reissue: milliseconds since 1970 (UTC).
    pub made_at_ms: i64,
    /// The Japan date of that.
    pub made_on: Date,
    /// The number it was printed anew for; that one is dead.
    pub replaces: Option<TicketNumber>,
    /// What it is.
    pub state: TicketState,
    /// What closed it; none while it is open.
    pub closing: Option<Closing>,
}

/// The operation after which a ticket is open no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing {
    /// Its number, in its actor's home book.
    pub number: OperationNumber,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// Who closed it.
    pub by: Actor,
    /// For a clearing the site that is paid; for a reissue and a void the site of the desk.
    pub site: Option<SiteId>,
}

impl Ticket {
    /// The book it stands in.
    pub const fn book(&self) -> BookCode {
        self.face.currency.book
    }

    /// Whether its last day has passed.
    pub fn is_past_on(&self, today: Date) -> bool {
        self.face.last_day < today
    }

    /// What it becomes, or why it cannot: the words for what has become of it already.
    pub(super) fn after(&self, event: TicketEvent) -> Result<TicketState, Refusal> {
        self.state.after(event).map_err(|_| match (self.state, self.closing) {
            (TicketState::Cleared, Some(Closing { number, at_ms, by, site })) => {
                Refusal::TicketCleared { number, at_ms, by, site }
            }
            (TicketState::Lapsed, _) => self.lapsed(false),
            (TicketState::Reissued, _) => Refusal::TicketReissued,
            (TicketState::Voided, _) => Refusal::TicketVoided,
            // An open ticket has no clearing to take back.
            (TicketState::Open | TicketState::Cleared, _) => Refusal::UnknownTarget,
        })
    }

    /// That its last day is over. Whether the lapse has been booked is all the same to whoever holds it.
    pub(super) const fn lapsed(&self, waited: bool) -> Refusal {
        Refusal::TicketLapsed { last_day: self.face.last_day, waited }
    }
}

/// A day close (日計) of a terminal, or of whoever else acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayClose {
    /// The actor's home book.
    pub book: BookCode,
    /// Whose day.
    pub actor: Actor,
    /// 1, 2, 3 … per actor, dense.
    pub number: u32,
    /// The close's operation in the home book: what has a smaller number lies before it.
    pub seq: i64,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// The Japan date of that.
    pub date: Date,
}
