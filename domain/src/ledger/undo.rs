//! What every undoing at a terminal has in common: by whom, once, until when.

use super::answer::Refusal;
use super::batch::Batch;
use super::fault::Fault;
use super::operation::{OperationKind, OperationNumber, Outcome};
use super::request::Request;
use super::state::Target;

/// Why the one who asks may not undo this operation now, if there is a reason: it is another terminal's, it
/// has been undone, its Japan date is over, or the terminal has closed its day since.
pub(super) fn refusal(
    batch: &Batch<'_>,
    request: &Request,
    target: &Target,
) -> Result<Option<Refusal>, Fault> {
    if target.operation.actor != request.actor {
        return Ok(Some(Refusal::NotThisTerminal));
    }
    if let Some(by) = target.reversed_by {
        return Ok(Some(Refusal::AlreadyVoided { by }));
    }
    let used_on = target.operation.business_date;
    if used_on != batch.at.date {
        return Ok(Some(Refusal::TooLateToVoid { used_on }));
    }
    let close = batch.books.last_close(request.home, request.actor)?;
    let closed = close.filter(|close| close.seq > target.operation.seq);
    Ok(closed.map(|close| Refusal::DayClosed { close: close.number }))
}

/// Whether the target is a posted operation of this kind.
pub(super) fn is_posted(target: &Target, kind: OperationKind) -> bool {
    target.operation.kind == kind && target.operation.outcome == Outcome::Done
}

/// The target's number in its home book, as people read it.
pub(super) const fn number_of(target: &Target) -> OperationNumber {
    let operation = &target.operation;
    OperationNumber { book: operation.book, business_date: operation.business_date, seq: operation.seq }
}

/// The target's numbers in all books of its act.
pub(super) fn numbers_in_all_books(target: &Target) -> Vec<(crate::issuer::BookCode, i64)> {
    let mut reverses = vec![(target.operation.book, target.operation.seq)];
    reverses.extend(&target.others);
    reverses
}
