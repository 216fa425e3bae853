//! Ticket lapse: held → lapsed, once its last day is over and it was not cleared (row E4).

use super::account::AccountTitle;
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::operation::{OperationKind, Outcome};
use super::posting::{Draft, Leg};
use super::request::LapseTicket;
use super::ticket::Ticket;
use super::ticket_change::TicketChange;
use crate::ticket::TicketEvent;

pub(super) fn judge(batch: &Batch<'_>, lapse: &LapseTicket) -> Result<Verdict, Fault> {
    let is_due = |ticket: &&Ticket| ticket.book() == lapse.book && ticket.is_past_on(batch.at.date);
    let due = batch.books.ticket(lapse.ticket)?.filter(is_due);
    let Some((ticket, state)) = due.and_then(|ticket| Some((ticket, ticket.after(TicketEvent::Lapse).ok()?)))
    else {
        return Ok(Verdict::Refuse(OperationKind::TicketLapse, Refusal::NothingToLapse));
    };
    let (currency, points) = (ticket.face.currency, ticket.face.points.get());
    let draft = Draft {
        legs: vec![
            Leg::plain(AccountTitle::held(currency), -points),
            Leg::plain(AccountTitle::lapsed(currency), points),
        ],
        ..Draft::empty(OperationKind::TicketLapse, Outcome::Done)
    };
    Ok(Verdict::Post(Box::new(Plan {
        ticket: Some(TicketChange::Become { ticket: lapse.ticket, state }),
        ..Plan::of(draft)
    })))
}
