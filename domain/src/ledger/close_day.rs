//! Day close: an operation without entries, numbered 1, 2, 3 … per terminal (row K7). What the terminal did
//! before it can no longer be undone there.

use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::operation::{OperationKind, Outcome};
use super::posting::Draft;
use super::request::{CloseDay, Request};

pub(super) fn judge(batch: &Batch<'_>, request: &Request, close: CloseDay) -> Result<Verdict, Fault> {
    let before = batch.books.last_close(request.home, request.actor)?.map_or(0, |close| close.number);
    let number = before.checked_add(1).ok_or(Fault::OutOfRange)?;
    let draft = Draft { site: Some(close.site), ..Draft::empty(OperationKind::DayClose, Outcome::Done) };
    Ok(Verdict::Post(Box::new(Plan { close: Some(number), ..Plan::of(draft) })))
}
