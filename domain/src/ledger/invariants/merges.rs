//! I12: the merges of one book. Each has the record of one file, and the street is owed what it says.

use crate::ledger::account::{AccountId, AccountKind, AccountTitle, StreetId};
use crate::ledger::answer::Answer;
use crate::ledger::changes::PostedMerge;
use crate::ledger::operation::{OperationKind, Outcome, PostedOperation};
use crate::merge_file::TransactionNumber;
use std::collections::{HashMap, HashSet};

/// The merges of one book.
#[derive(Debug, Default)]
pub(super) struct Merges {
    /// As they are kept, by the operation's number, and not met yet.
    kept: HashMap<i64, PostedMerge>,
    numbers: HashSet<(StreetId, TransactionNumber)>,
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
        let operation = &posted.operation;
        if operation.kind != OperationKind::Merge || operation.outcome != Outcome::Done {
            return None;
        }
        let Some(merge) = self.kept.remove(&operation.seq) else {
            return Some("has no record for its file");
        };
        let answered = match &posted.answer {
            Some(Answer::Done(done)) => done.merge,
            _ => None,
        };
        if answered != Some(merge.record.number) {
            return Some("was answered with another number than its file's");
        }
        let owed = |kind| kind == Some(AccountKind::Street(merge.street));
        let credited =
            posted.entries.iter().filter(|entry| owed(title(entry.account).map(|title| title.kind)));
        let credited: i64 = credited.map(|entry| entry.amount).sum();
        (credited != merge.record.points.get()).then_some("owes the street something else than its file says")
    }

    /// How many are kept that nobody made.
    pub(super) fn strays(&self) -> usize {
        self.kept.len()
    }
}
