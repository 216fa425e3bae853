//! Use: lots of a resident → what is owed to the site; several currencies and books at once, all
//! or nothing.

use super::account::AccountTitle;
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, PlannedPart, Verdict};
use super::fault::Fault;
use super::lot::{draw, usable};
use super::operation::{IdentifiedBy, OperationKind, Outcome};
use super::posting::{Draft, Leg};
use super::request::{Limits, UsePoints};
use crate::issuer::BookCode;
use crate::person::PersonId;

pub(super) fn judge(batch: &Batch<'_>, home: BookCode, used: &UsePoints) -> Result<Verdict, Fault> {
    let today = batch.at.date;
    let mut legs = Vec::with_capacity(used.parts().len() * 3);
    let mut parts = Vec::with_capacity(used.parts().len());
    for part in used.parts() {
        let account = AccountTitle::resident(part.currency, used.person());
        let lots = batch.books.lots(&account)?;
        let before = usable(lots, today);
        let Some(drawn) = draw(lots, part.points.get(), today) else {
            let refusal = Refusal::Insufficient { currency: part.currency, usable: before };
            return Ok(Verdict::Refuse(OperationKind::Use, refusal));
        };
        legs.extend(drawn.into_iter().map(|(lot, taken)| Leg::of_lot(account, lot, -taken)));
        legs.push(Leg::plain(AccountTitle::site(part.currency, used.site()), part.points.get()));
        parts.push(PlannedPart { account, points: part.points, before });
    }
    let taking = Taking {
        person: used.person(),
        total: used.total(),
        identified_by: used.identified_by(),
        limits: used.limits(),
    };
    if let Some(refusal) = over_limit(batch, home, &taking)? {
        return Ok(Verdict::Refuse(OperationKind::Use, refusal));
    }
    let draft = Draft {
        kind: OperationKind::Use,
        outcome: Outcome::Done,
        site: Some(used.site()),
        identified_by: Some(used.identified_by()),
        reverses: Vec::new(),
        touches: None,
        legs,
    };
    let day_change = if counts_towards_the_day(used.identified_by()) { used.total() } else { 0 };
    Ok(Verdict::Post(Box::new(Plan { person: Some(used.person()), parts, day_change, ..Plan::of(draft) })))
}

/// Whether a use counts towards the day's limit: every one the card did not sign (row D5).
pub(super) const fn counts_towards_the_day(identified_by: IdentifiedBy) -> bool {
    !matches!(identified_by, IdentifiedBy::Signature)
}

/// Points about to be taken from a resident at a counter.
pub(super) struct Taking {
    pub(super) person: PersonId,
    /// Over all parts.
    pub(super) total: i64,
    pub(super) identified_by: IdentifiedBy,
    pub(super) limits: Limits,
}

/// Why the limits without a signature forbid it, if they do.
pub(super) fn over_limit(
    batch: &Batch<'_>,
    home: BookCode,
    taking: &Taking,
) -> Result<Option<Refusal>, Fault> {
    let Taking { person, total, identified_by, limits } = *taking;
    if !counts_towards_the_day(identified_by) {
        return Ok(None);
    }
    if let Some(limit) = limits.per_use.filter(|limit| total > limit.get()) {
        return Ok(Some(Refusal::OverLimitPerUse { limit }));
    }
    let Some(limit) = limits.per_day else { return Ok(None) };
    let before = batch.books.used_on(home, person, batch.at.date)?;
    let left = limit.get().saturating_sub(before).max(0);
    Ok((total > left).then_some(Refusal::OverLimitPerDay { limit, left }))
}
