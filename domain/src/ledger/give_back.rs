//! Giving points back to the lots of a resident: what undoing a use, undoing a ticket's issue and refunding a
//! merge share.

use super::account::{AccountKind, AccountTitle};
use super::batch::Batch;
use super::decide::{Plan, PlannedPart};
use super::fault::Fault;
use super::lot::usable;
use super::mirror::mirror;
use super::operation::{OperationKind, Outcome};
use super::posting::Draft;
use super::state::Target;
use super::undo::{number_of, numbers_in_all_books};
use super::use_points::counts_towards_the_day;
use crate::person::PersonId;
use crate::points::Points;

/// The plan that undoes what took points from a resident; none if the target took nothing from anybody.
pub(super) fn plan(batch: &Batch<'_>, kind: OperationKind, target: &Target) -> Result<Option<Plan>, Fault> {
    let parts = parts_of(batch, target)?;
    let Some((person, _)) = parts.first() else { return Ok(None) };
    let person = *person;
    let total: i64 = parts.iter().map(|(_, part)| part.points.get()).sum();
    // An earlier day's sum is nobody's any more: a refund does not give today's limit back.
    let counted = target.operation.business_date == batch.at.date
        && target.operation.identified_by.is_some_and(counts_towards_the_day);
    let draft = Draft {
        kind,
        outcome: Outcome::Done,
        site: target.operation.site,
        identified_by: None,
        reverses: numbers_in_all_books(target),
        touches: None,
        legs: mirror(batch.books, target, batch.at.date)?,
    };
    Ok(Some(Plan {
        person: Some(person),
        parts: parts.into_iter().map(|(_, part)| part).collect(),
        reverses: Some(number_of(target)),
        day_change: if counted { -total } else { 0 },
        ..Plan::of(draft)
    }))
}

/// What goes back, per account of the resident, in the order in which it was taken.
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
