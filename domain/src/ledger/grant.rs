//! Grant: issued (or a partner's account) → resident, as one new lot.

use super::account::{AccountKind, AccountTitle};
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, PlannedPart, Verdict};
use super::fault::Fault;
use super::lot::usable;
use super::operation::{OperationKind, Outcome};
use super::posting::{Draft, Leg, LegLot};
use super::request::GrantPoints;

pub(super) fn judge(batch: &Batch<'_>, grant: &GrantPoints) -> Result<Verdict, Fault> {
    let today = batch.at.date;
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::Grant, refusal));
    // A currency exists once its account of issued points does.
    let Some(issued) = batch.books.account(&AccountTitle::issued(grant.currency))? else {
        return refuse(Refusal::UnknownCurrency { currency: grant.currency });
    };
    if let Some(last_day) = grant.last_day.filter(|last_day| *last_day < today) {
        return refuse(Refusal::LastDayPast { last_day });
    }
    let (giver, giver_balance) = match grant.partner {
        None => (AccountTitle::issued(grant.currency), issued.balance),
        Some(partner) => {
            let title = AccountTitle { currency: grant.currency, kind: AccountKind::Partner(partner) };
            (title, batch.books.account(&title)?.map_or(0, |account| account.balance))
        }
    };
    let taker = AccountTitle::resident(grant.currency, grant.person);
    let taker_balance = batch.books.account(&taker)?.map_or(0, |account| account.balance);
    let points = grant.points.get();
    if giver_balance.checked_sub(points).is_none() || taker_balance.checked_add(points).is_none() {
        return refuse(Refusal::OutOfRange);
    }
    let lot = LegLot::New { last_day: grant.last_day, origin: grant.origin.clone() };
    let draft = Draft {
        kind: OperationKind::Grant,
        outcome: Outcome::Done,
        site: grant.site,
        identified_by: grant.identified_by,
        reverses: Vec::new(),
        touches: None,
        legs: vec![Leg::plain(giver, -points), Leg { title: taker, lot, amount: points }],
    };
    let before = usable(batch.books.lots(&taker)?, today);
    Ok(Verdict::Post(Box::new(Plan {
        person: Some(grant.person),
        parts: vec![PlannedPart { account: taker, points: grant.points, before }],
        ..Plan::of(draft)
    })))
}
