//! Lapse: what is left of a lot after its last day → lapsed. Booked, not deleted.

use super::account::AccountTitle;
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, PlannedPart, Verdict};
use super::fault::Fault;
use super::lot::usable;
use super::operation::{OperationKind, Outcome};
use super::posting::{Draft, Leg};
use super::request::LapseLot;
use crate::points::Points;

pub(super) fn judge(batch: &Batch<'_>, lapse: &LapseLot) -> Result<Verdict, Fault> {
    let today = batch.at.date;
    let account = AccountTitle::resident(lapse.currency, lapse.person);
    let lots = batch.books.lots(&account)?;
    let past = lots.iter().find(|lot| lot.id == lapse.lot && lot.is_past_on(today));
    let Some(points) = past.and_then(|lot| Points::new(lot.remaining).ok()) else {
        return Ok(Verdict::Refuse(OperationKind::Lapse, Refusal::NothingToLapse));
    };
    let draft = Draft {
        kind: OperationKind::Lapse,
        outcome: Outcome::Done,
        site: None,
        identified_by: None,
        reverses: Vec::new(),
        touches: None,
        legs: vec![
            Leg::of_lot(account, lapse.lot, -points.get()),
            Leg::plain(AccountTitle::lapsed(lapse.currency), points.get()),
        ],
    };
    let before = usable(lots, today);
    Ok(Verdict::Post(Box::new(Plan {
        person: Some(lapse.person),
        parts: vec![PlannedPart { account, points, before }],
        ..Plan::of(draft)
    })))
}
