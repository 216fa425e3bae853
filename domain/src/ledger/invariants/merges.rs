//! I12: the merges of one book. Each has the record of one file, and the street is owed what it says until the
//! merge is refunded on the street's word.

use crate::ledger::account::{AccountId, AccountKind, AccountTitle, StreetId};
use crate::ledger::answer::{Answer, Done};
use crate::ledger::changes::PostedMerge;
use crate::ledger::operation::{OperationKind, Outcome, PostedOperation};
use crate::merge_file::{TakenBack, TransactionNumber};
use std::collections::{HashMap, HashSet};

/// The merges of one book.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// As they are kept, by the operation's number, and not met yet.
    kept: HashMap<i64, PostedMerge>,
    numbers: HashSet<(StreetId, TransactionNumber)>,
    /// Those that were met, by the operation's number.
    met: HashMap<i64, (StreetId, TransactionNumber)>,
    /// The streets' bookings back on which merges were refunded.
    booked_back: HashSet<(StreetId, i64)>,
}

impl Merges {
    /// A merge as it is kept; whether its street has no other file of that number.
    pub(super) fn keep(&mut self, merge: PostedMerge) -> bool {
        let is_new = self.numbers.insert((merge.street, merge.record.number));
        self.kept.insert(merge.seq, merge).is_none() && is_new
    }

    /// What is wrong with an operation in its home book, if anything is.
    pub(super) fn fault(
        &mut self,
        posted: &PostedOperation,
        title: impl Fn(AccountId) -> Option<AccountTitle>,
    ) -> Option<&'static str> {
        let done = match &posted.answer {
            Some(Answer::Done(done)) => Some(done),
            _ => None,
        };
        match (posted.operation.kind, posted.operation.outcome) {
            (OperationKind::Merge, Outcome::Done) => self.merge_fault(posted, done, title),
            (OperationKind::MergeRefund, Outcome::Done) => self.refund_fault(posted, done),
            _ => None,
        }
    }

    fn merge_fault(
        &mut self,
        posted: &PostedOperation,
        done: Option<&Done>,
        title: impl Fn(AccountId) -> Option<AccountTitle>,
    ) -> Option<&'static str> {
        let Some(merge) = self.kept.remove(&posted.operation.seq) else {
            return Some("has no record for its file");
        };
        self.met.insert(merge.seq, (merge.street, merge.record.number));
        if done.and_then(|done| done.merge) != Some(merge.record.number) {
            return Some("was answered with another number than its file's");
        }
        let owed = |kind| kind == Some(AccountKind::Street(merge.street));
        let credited =
            posted.entries.iter().filter(|entry| owed(title(entry.account).map(|title| title.kind)));
        let credited: i64 = credited.map(|entry| entry.amount).sum();
        (credited != merge.record.points.get()).then_some("owes the street something else than its file says")
    }

    /// That it mirrors the merge is the reversal's part; here it is tied to the file and the street's word.
    fn refund_fault(&mut self, posted: &PostedOperation, done: Option<&Done>) -> Option<&'static str> {
        let merge = posted.operation.reverses.and_then(|of| self.met.get(&of));
        let Some((street, number)) = merge else { return Some("refunds what no file was made of") };
        if done.and_then(|done| done.merge) != Some(*number) {
            return Some("names another file than that of its merge");
        }
        match done.and_then(|done| done.taken_back) {
            None => Some("refunds without the street's word"),
            Some(TakenBack::Declined) => None,
            Some(TakenBack::BookedBack { posting }) => {
                let is_new = self.booked_back.insert((*street, posting));
                (!is_new).then_some("names a booking back that another refund names")
            }
        }
    }

    /// How many are kept that nobody made.
    pub(super) fn strays(&self) -> usize {
        self.kept.len()
    }
}
