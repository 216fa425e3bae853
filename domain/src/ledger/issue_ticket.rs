//! Issue: lots of a resident → held, under a new random number (row E1).
//!
//! A hold has left its lots: their last days touch only what remains in them, the ticket's own last day
//! rules what it holds.

use super::account::AccountTitle;
use super::answer::Refusal;
use super::batch::Batch;
use super::decide::{Plan, PlannedPart, Verdict};
use super::fault::Fault;
use super::lot::{draw, usable};
use super::operation::{OperationKind, Outcome};
use super::posting::{Draft, Leg};
use super::request::IssueTicket;
use super::ticket::TicketFace;
use super::ticket_change::TicketChange;
use super::use_points::{Taking, counts_towards_the_day, over_limit};
use crate::issuer::BookCode;
use crate::ticket::last_days;

pub(super) fn judge(batch: &mut Batch<'_>, home: BookCode, issue: &IssueTicket) -> Result<Verdict, Fault> {
    let today = batch.at.date;
    let refuse = |refusal| Ok(Verdict::Refuse(OperationKind::TicketIssue, refusal));
    let days = last_days(today);
    if !days.contains(&issue.last_day) {
        return refuse(Refusal::LastDayOutOfRange { first: *days.start(), last: *days.end() });
    }
    let (currency, points) = (issue.part.currency, issue.part.points);
    let account = AccountTitle::resident(currency, issue.person);
    let lots = batch.books.lots(&account)?;
    let before = usable(lots, today);
    let Some(drawn) = draw(lots, points.get(), today) else {
        return refuse(Refusal::Insufficient { currency, usable: before });
    };
    let taking = Taking {
        person: issue.person,
        total: points.get(),
        identified_by: issue.identified_by,
        limits: issue.limits,
    };
    if let Some(refusal) = over_limit(batch, home, &taking)? {
        return refuse(refusal);
    }
    let mut legs: Vec<Leg> =
        drawn.into_iter().map(|(lot, taken)| Leg::of_lot(account, lot, -taken)).collect();
    legs.push(Leg::plain(AccountTitle::held(currency), points.get()));
    let draft = Draft {
        kind: OperationKind::TicketIssue,
        outcome: Outcome::Done,
        site: Some(issue.site),
        identified_by: Some(issue.identified_by),
        reverses: Vec::new(),
        touches: None,
        legs,
    };
    let face = TicketFace {
        number: batch.books.take_free_number()?,
        currency,
        points,
        issued_on: today,
        last_day: issue.last_day,
        issued_at: issue.site,
    };
    Ok(Verdict::Post(Box::new(Plan {
        person: Some(issue.person),
        parts: vec![PlannedPart { account, points, before }],
        day_change: if counts_towards_the_day(issue.identified_by) { points.get() } else { 0 },
        ticket: Some(TicketChange::Issue { face, person: issue.person }),
        ..Plan::of(draft)
    })))
}
