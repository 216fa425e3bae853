//! A reversal against its target, line by line.

use crate::ledger::account::{AccountId, AccountKind, AccountTitle};
use crate::ledger::actor::Actor;
use crate::ledger::operation::{Entry, OperationKind, Outcome, PostedOperation};

/// What is wrong with a reversal, if anything.
pub(super) fn faults(
    reversal: &PostedOperation,
    target: Option<&PostedOperation>,
    title_of: impl Fn(AccountId) -> Option<AccountTitle>,
) -> Vec<&'static str> {
    let Some(target) = target else { return vec!["undoes what is not there"] };
    let mut faults = Vec::new();
    if target.operation.outcome != Outcome::Done || target.operation.reverses.is_some() {
        faults.push("undoes what cannot be undone");
    }
    let by_whom_it_may = match reversal.operation.kind {
        // The municipality's, whenever; no terminal's.
        OperationKind::MergeRefund => !matches!(reversal.operation.actor, Actor::Terminal(_)),
        _ => {
            target.operation.actor == reversal.operation.actor
                && target.operation.business_date == reversal.operation.business_date
        }
    };
    if undone_by(reversal.operation.kind) != Some(target.operation.kind) || !by_whom_it_may {
        faults.push("undoes what it may not");
    }
    let mirrored = target.entries.len().min(reversal.entries.len());
    let (mirror, rest) = reversal.entries.split_at(mirrored);
    let undoes = |(back, there): (&Entry, &Entry)| {
        (back.account, back.lot, back.amount) == (there.account, there.lot, -there.amount)
    };
    if mirror.len() != target.entries.len() || !mirror.iter().zip(&target.entries).all(undoes) {
        faults.push("is not the mirror of its target");
    }
    if !rest.is_empty() && !rest.chunks(2).all(|pair| is_lapse(pair, &title_of)) {
        faults.push("has lines beyond its target's");
    }
    faults
}

/// What this kind of reversal undoes.
const fn undone_by(reversal: OperationKind) -> Option<OperationKind> {
    match reversal {
        OperationKind::Void => Some(OperationKind::Use),
        OperationKind::TicketVoid => Some(OperationKind::TicketIssue),
        OperationKind::Unclear => Some(OperationKind::Clear),
        OperationKind::MergeRefund => Some(OperationKind::Merge),
        _ => None,
    }
}

/// Beyond the mirror only this is allowed: what was refilled after its last day lapses at once.
fn is_lapse(pair: &[Entry], title_of: impl Fn(AccountId) -> Option<AccountTitle>) -> bool {
    let [from, to] = pair else { return false };
    let kind = |entry: &Entry| title_of(entry.account).map(|title| title.kind);
    from.lot.is_some()
        && from.amount == -to.amount
        && from.amount < 0
        && kind(to) == Some(AccountKind::Lapsed)
}
