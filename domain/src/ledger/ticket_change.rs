//! What an operation does to tickets: applied once the operation is posted and has its number.

use super::actor::Actor;
use super::batch::At;
use super::fault::Fault;
use super::operation::OperationNumber;
use super::state::Books;
use super::ticket::{Closing, Ticket, TicketFace};
use crate::person::PersonId;
use crate::site::SiteId;
use crate::ticket::{TicketNumber, TicketState};

/// What becomes of a ticket. The judges have asked [`Ticket::after`] whether it may.
#[derive(Debug, Clone, Copy)]
pub(super) enum TicketChange {
    /// It is there from now on.
    Issue { face: TicketFace, person: PersonId },
    /// The old number is dead, in this state; the new face holds what it held.
    Reissue { old: TicketNumber, state: TicketState, face: TicketFace },
    /// It is in this state from now on.
    Become { ticket: TicketNumber, state: TicketState },
}

/// The operation that does it.
#[derive(Debug, Clone, Copy)]
pub(super) struct DoneBy {
    pub(super) number: OperationNumber,
    pub(super) at: At,
    pub(super) actor: Actor,
    pub(super) site: Option<SiteId>,
}

impl TicketChange {
    /// The number that is dead because it was printed anew.
    pub(super) const fn replaces(&self) -> Option<TicketNumber> {
        match self {
            Self::Reissue { old, .. } => Some(*old),
            Self::Issue { .. } | Self::Become { .. } => None,
        }
    }

    /// Changes the tickets; answers the face the operation is about.
    pub(super) fn apply(self, books: &mut Books, by: DoneBy) -> Result<TicketFace, Fault> {
        let DoneBy { number, at, actor, .. } = by;
        match self {
            Self::Issue { face, person } => {
                books.add_ticket(Ticket {
                    face,
                    person,
                    issue: number,
                    issued_by: actor,
                    made_at_ms: at.at_ms,
                    made_on: at.date,
                    replaces: None,
                    state: TicketState::Open,
                    closing: None,
                });
                Ok(face)
            }
            Self::Reissue { old, state, face } => {
                let dead = become_so(books, old, state, by)?;
                books.add_ticket(Ticket {
                    face,
                    made_at_ms: at.at_ms,
                    made_on: at.date,
                    replaces: Some(old),
                    state: TicketState::Open,
                    closing: None,
                    ..dead
                });
                Ok(face)
            }
            Self::Become { ticket, state } => become_so(books, ticket, state, by).map(|ticket| ticket.face),
        }
    }
}

fn become_so(
    books: &mut Books,
    number: TicketNumber,
    state: TicketState,
    by: DoneBy,
) -> Result<Ticket, Fault> {
    let ticket = books.ticket_to_change(number)?;
    let closing = Closing { number: by.number, at_ms: by.at.at_ms, by: by.actor, site: by.site };
    ticket.state = state;
    ticket.closing = (state != TicketState::Open).then_some(closing);
    Ok(*ticket)
}
