//! I11: the day closes of one book, numbered without gaps per actor, and nothing undone behind them.

use crate::ledger::actor::Actor;
use crate::ledger::answer::Answer;
use crate::ledger::operation::{Operation, OperationKind, Outcome, PostedOperation};
use crate::ledger::ticket::DayClose;
use std::collections::{HashMap, HashSet};

/// The day closes of one book.
#[derive(Debug, Default)]
pub(super) struct DayCloses {
    /// As they are kept, and not met yet.
    kept: HashSet<DayClose>,
    /// Each actor's last one so far.
    last: HashMap<Actor, DayClose>,
}

impl DayCloses {
    /// A close as it is kept.
    pub(super) fn keep(&mut self, close: DayClose) {
        self.kept.insert(close);
    }

    /// What is wrong with an operation in its home book, if anything is.
    pub(super) fn fault(&mut self, posted: &PostedOperation) -> Option<&'static str> {
        let Operation { book, seq, actor, at_ms, .. } = posted.operation;
        if let Some(target) = posted.operation.reverses {
            let behind = self.last.get(&actor).is_some_and(|close| close.seq > target);
            return behind.then_some("undoes what lies before a day close");
        }
        let is_close = posted.operation.kind == OperationKind::DayClose;
        if !is_close || posted.operation.outcome != Outcome::Done {
            return None;
        }
        let number = self.last.get(&actor).map_or(0, |close| close.number) + 1;
        let date = posted.operation.business_date;
        let close = DayClose { book, actor, number, seq, at_ms, date };
        self.last.insert(actor, close);
        let answered = match &posted.answer {
            Some(Answer::Done(done)) => done.close,
            _ => None,
        };
        match (answered == Some(number), self.kept.remove(&close)) {
            (true, true) => None,
            (false, _) => Some("is not the next day close of its terminal"),
            (true, false) => Some("is a day close that is not kept so"),
        }
    }

    /// How many are kept that nobody made.
    pub(super) fn strays(&self) -> usize {
        self.kept.len()
    }
}
