//! Ticket void: the terminal that issued a ticket takes it back on the same Japan date, until its day
//! close (row E7). The mirror of the issue, also where the ticket has been printed anew meanwhile.

use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::operation::OperationKind;
use super::request::{Request, VoidTicket};
use super::ticket_change::TicketChange;
use super::{give_back, undo};
use crate::ticket::TicketEvent;

pub(super) fn judge(batch: &Batch<'_>, request: &Request, void: VoidTicket) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::TicketVoid, refusal));
    let Some(ticket) = batch.books.ticket(void.ticket)? else {
        return refuse(Refusal::TicketUnknown);
    };
    if ticket.issued_by != request.actor || ticket.issue.book != request.home {
        return refuse(Refusal::NotThisTerminal);
    }
    let state = match ticket.after(TicketEvent::Void) {
        Ok(state) => state,
        Err(fate) => return refuse(fate),
    };
    let target = batch.books.target(ticket.issue.book, ticket.issue.seq)?;
    let Some(target) = target.filter(|target| undo::is_posted(target, OperationKind::TicketIssue)) else {
        return refuse(Refusal::UnknownTarget);
    };
    if let Some(refusal) = undo::refusal(batch, request, target)? {
        return refuse(refusal);
    }
    let change = TicketChange::Become { ticket: ticket.face.number, state };
    match give_back::plan(batch, OperationKind::TicketVoid, target)? {
        Some(plan) => Ok(Verdict::Post(Box::new(Plan { ticket: Some(change), ..plan }))),
        None => refuse(Refusal::UnknownTarget),
    }
}
