//! Unclear: the terminal that cleared a ticket takes that back on the same Japan date, until its day close
//! (row E3). The mirror of the clearing; the ticket is open again.

use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::mirror::mirror;
use super::operation::{OperationKind, Outcome};
use super::posting::Draft;
use super::request::{Request, UnclearTicket};
use super::ticket_change::TicketChange;
use super::undo;
use crate::ticket::TicketEvent;

pub(super) fn judge(batch: &Batch<'_>, request: &Request, unclear: UnclearTicket) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Unclear, refusal));
    let target = batch.books.target(request.home, unclear.target_seq)?;
    let Some(target) = target.filter(|target| undo::is_posted(target, OperationKind::Clear)) else {
        return refuse(Refusal::UnknownTarget);
    };
    if let Some(refusal) = undo::refusal(batch, request, target)? {
        return refuse(refusal);
    }
    let Some(number) = target.ticket else {
        return refuse(Refusal::UnknownTarget);
    };
    let ticket = batch.books.ticket(number)?.ok_or(Fault::NotLoaded("ticket"))?;
    let state = match ticket.after(TicketEvent::Unclear) {
        Ok(state) => state,
        Err(fate) => return refuse(fate),
    };
    let draft = Draft {
        site: target.operation.site,
        reverses: undo::numbers_in_all_books(target),
        legs: mirror(batch.books, target, batch.at.date)?,
        ..Draft::empty(OperationKind::Unclear, Outcome::Done)
    };
    Ok(Verdict::Post(Box::new(Plan {
        reverses: Some(undo::number_of(target)),
        ticket: Some(TicketChange::Become { ticket: number, state }),
        ..Plan::of(draft)
    })))
}
