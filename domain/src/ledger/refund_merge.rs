//! Refund of a merge: street → the lots that it took, with their dates (rows F8, K8).
//!
//! The mirror of the merge, by the municipality and not by a terminal, on whatever day. Only once the street has
//! said that the points are not in its books and never will be; who asks has settled that.

use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, Verdict};
use super::fault::Fault;
use super::operation::OperationKind;
use super::request::{RefundMerge, Request};
use super::{give_back, undo};

pub(super) fn judge(batch: &Batch<'_>, request: &Request, refund: RefundMerge) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::MergeRefund, refusal));
    let target = match batch.books.target(request.home, refund.target_seq)? {
        Some(target) if undo::is_posted(target, OperationKind::Merge) => target,
        _ => return refuse(Refusal::UnknownTarget),
    };
    if let Some(by) = target.reversed_by {
        return refuse(Refusal::AlreadyVoided { by });
    }
    match give_back::plan(batch, OperationKind::MergeRefund, target)? {
        Some(plan) => Ok(Verdict::Post(Box::new(Plan { refund: Some(refund), ..plan }))),
        None => refuse(Refusal::UnknownTarget),
    }
}
