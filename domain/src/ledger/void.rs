//! Void: the same terminal takes a use back on the same Japan date.

use super::account::{AccountKind, AccountTitle};
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, PlannedPart, Verdict};
use super::fault::Fault;
use super::lot::usable;
use super::mirror::mirror;
use super::operation::{OperationKind, OperationNumber, Outcome};
use super::posting::Draft;
use super::request::{Request, VoidUse};
use super::state::Target;
use super::use_points::counts_towards_the_day;
use crate::person::PersonId;
use crate::points::Points;

pub(super) fn judge(batch: &Batch<'_>, request: &Request, void: VoidUse) -> Result<Verdict, Fault> {
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Void, refusal));
    let target = match batch.books.target(request.home, void.target_seq)? {
        Some(target) if is_a_use(target) => target,
        _ => return refuse(Refusal::UnknownTarget),
    };
    if target.operation.actor != request.actor {
        return refuse(Refusal::NotThisTerminal);
    }
    if let Some(by) = target.reversed_by {
        return refuse(Refusal::AlreadyVoided { by });
    }
    let used_on = target.operation.business_date;
    if used_on != batch.at.date {
        return refuse(Refusal::TooLateToVoid { used_on });
    }
    let parts = parts_of(batch, target)?;
    let Some((person, _)) = parts.first() else {
        return refuse(Refusal::UnknownTarget);
    };
    let person = *person;
    let total: i64 = parts.iter().map(|(_, part)| part.points.get()).sum();
    let counted = target.operation.identified_by.is_some_and(counts_towards_the_day);
    let mut reverses = vec![(target.operation.book, target.operation.seq)];
    reverses.extend(&target.others);
    let draft = Draft {
        kind: OperationKind::Void,
        outcome: Outcome::Done,
        site: target.operation.site,
        identified_by: None,
        reverses,
        legs: mirror(batch.books, target, batch.at.date)?,
    };
    let number =
        OperationNumber { book: target.operation.book, business_date: used_on, seq: target.operation.seq };
    Ok(Verdict::Post(Box::new(Plan {
        draft,
        person,
        parts: parts.into_iter().map(|(_, part)| part).collect(),
        reverses: Some(number),
        day_change: if counted { -total } else { 0 },
    })))
}

fn is_a_use(target: &Target) -> bool {
    target.operation.kind == OperationKind::Use && target.operation.outcome == Outcome::Done
}

/// What goes back, per account of the resident, in the order of the use.
fn parts_of(batch: &Batch<'_>, target: &Target) -> Result<Vec<(PersonId, PlannedPart)>, Fault> {
    let mut sums: Vec<(PersonId, AccountTitle, i64)> = Vec::new();
    for (title, _, amount) in &target.lines {
        let AccountKind::Resident(person) = title.kind else { continue };
        match sums.iter_mut().find(|(_, account, _)| account == title) {
            Some((_, _, sum)) => *sum -= amount,
            None => sums.push((person, *title, -amount)),
        }
    }
    sums.into_iter()
        .map(|(person, account, sum)| {
            let points = Points::new(sum).map_err(|_| Fault::OutOfRange)?;
            let before = usable(batch.books.lots(&account)?, batch.at.date);
            Ok((person, PlannedPart { account, points, before }))
        })
        .collect()
}
