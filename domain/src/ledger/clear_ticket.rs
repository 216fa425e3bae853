//! Clear: held → the site of the stamp (row E3). A whole ticket or nothing, and only of points that count
//! there, whatever else has become of it.
//!
//! The moment the cloud has it counts: until 24:00 of the ticket's last day, Japan time.

use super::account::AccountTitle;
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::operation::{OperationKind, Outcome};
use super::posting::{Draft, Leg};
use super::request::ClearTicket;
use super::ticket_change::TicketChange;
use crate::ticket::TicketEvent;

pub(super) fn judge(batch: &Batch<'_>, clear: &ClearTicket) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Clear, refusal));
    let Some(ticket) = batch.books.ticket(clear.ticket)? else {
        return refuse(Refusal::TicketUnknown);
    };
    if let Some(refusal) = clear.taken.refusal(ticket.face.currency) {
        return refuse(refusal);
    }
    // Nobody scans a ticket before there is one: whoever says so has not waited but counted wrong.
    let good = ticket.face.issued_on..=ticket.face.last_day;
    let lapsed = || ticket.lapsed(good.contains(&clear.scanned_on));
    let state = match ticket.after(TicketEvent::Clear) {
        Ok(_) if ticket.is_past_on(batch.at.date) => return refuse(lapsed()),
        Ok(state) => state,
        Err(Refusal::TicketLapsed { .. }) => return refuse(lapsed()),
        Err(fate) => return refuse(fate),
    };
    let (currency, points) = (ticket.face.currency, ticket.face.points.get());
    let draft = Draft {
        site: Some(clear.site),
        legs: vec![
            Leg::plain(AccountTitle::held(currency), -points),
            Leg::plain(AccountTitle::site(currency, clear.site), points),
        ],
        ..Draft::empty(OperationKind::Clear, Outcome::Done)
    };
    Ok(Verdict::Post(Box::new(Plan {
        ticket: Some(TicketChange::Become { ticket: clear.ticket, state }),
        ..Plan::of(draft)
    })))
}
