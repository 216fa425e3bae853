//! Void: the same terminal takes a use back on the same Japan date, until its day close.

use super::answer::Refusal;
use super::batch::Batch;
use super::decide::Verdict;
use super::fault::Fault;
use super::operation::OperationKind;
use super::request::{Request, VoidUse};
use super::{give_back, undo};

pub(super) fn judge(batch: &Batch<'_>, request: &Request, void: VoidUse) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Void, refusal));
    let target = match batch.books.target(request.home, void.target_seq)? {
        Some(target) if undo::is_posted(target, OperationKind::Use) => target,
        _ => return refuse(Refusal::UnknownTarget),
    };
    if let Some(refusal) = undo::refusal(batch, request, target)? {
        return refuse(refusal);
    }
    match give_back::plan(batch, OperationKind::Void, target)? {
        Some(plan) => Ok(Verdict::Post(Box::new(plan))),
        None => refuse(Refusal::UnknownTarget),
    }
}
