//! Reissue: no entries; what a ticket holds moves to a new number, and the old one is dead (row E2).

use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::operation::{OperationKind, Outcome};
use super::posting::Draft;
use super::request::ReissueTicket;
use super::ticket::TicketFace;
use super::ticket_change::TicketChange;
use crate::ticket::TicketEvent;

pub(super) fn judge(batch: &mut Batch<'_>, reissue: &ReissueTicket) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Reissue, refusal));
    let Some(old) = batch.books.ticket(reissue.ticket)?.copied() else {
        return refuse(Refusal::TicketUnknown);
    };
    if old.face.issued_at != reissue.site {
        return refuse(Refusal::NotThisSite);
    }
    let state = match old.after(TicketEvent::Reissue) {
        Ok(_) if old.is_past_on(batch.at.date) => return refuse(old.lapsed(false)),
        Ok(state) => state,
        Err(fate) => return refuse(fate),
    };
    let draft = Draft {
        site: Some(reissue.site),
        touches: Some(old.book()),
        ..Draft::empty(OperationKind::Reissue, Outcome::Done)
    };
    let face = TicketFace { number: batch.books.take_free_number()?, ..old.face };
    Ok(Verdict::Post(Box::new(Plan {
        ticket: Some(TicketChange::Reissue { old: old.face.number, state, face }),
        ..Plan::of(draft)
    })))
}
