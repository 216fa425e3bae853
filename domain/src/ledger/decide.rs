//! The one decision: a known key's first answer, else what the operation's own rules say.

use super::account::{AccountTitle, StreetId};
use super::answer::{Answer, Done, Moved, Refusal};
use super::batch::{Batch, Decision};
use super::fault::Fault;
use super::lot::{next_lapse, usable};
use super::operation::{OperationKind, OperationNumber, Outcome};
use super::posting::{Draft, post};
use super::request::{Asked, RefundMerge, Request};
use super::state::{DayUse, Remembered};
use super::ticket::DayClose;
use super::ticket_change::{DoneBy, TicketChange};
use super::{
    clear_ticket, close_day, grant, issue_ticket, lapse, lapse_ticket, merge_points, refund_merge,
    reissue_ticket, unclear_ticket, use_points, void, void_ticket,
};
use crate::merge_file::StreetPointId;
use crate::person::PersonId;
use crate::points::Points;

/// What an operation's rules make of a request.
pub(super) enum Verdict {
    /// Post this.
    Post(Box<Plan>),
    /// Refuse, and remember it.
    Refuse(OperationKind, Refusal),
}

/// What is to be posted, and what the answer says of it.
pub(super) struct Plan {
    pub(super) draft: Draft,
    /// Whose points move, if the answer says so.
    pub(super) person: Option<PersonId>,
    pub(super) parts: Vec<PlannedPart>,
    /// The number of what is undone.
    pub(super) reverses: Option<OperationNumber>,
    /// What it adds to the person's uses of the day.
    pub(super) day_change: i64,
    /// What becomes of a ticket.
    pub(super) ticket: Option<TicketChange>,
    /// The number of the day close that it is.
    pub(super) close: Option<u32>,
    /// What its merge file is to say.
    pub(super) merge: Option<PlannedMerge>,
    /// Which merge it gives back, and on what word.
    pub(super) refund: Option<RefundMerge>,
}

/// A merge before it has its number.
pub(super) struct PlannedMerge {
    pub(super) street: StreetId,
    pub(super) point_id: StreetPointId,
    pub(super) points: Points,
}

impl Plan {
    /// A plan that moves nobody's points, to be filled in.
    pub(super) const fn of(draft: Draft) -> Self {
        Self {
            draft,
            person: None,
            parts: Vec::new(),
            reverses: None,
            day_change: 0,
            ticket: None,
            close: None,
            merge: None,
            refund: None,
        }
    }
}

/// One of the resident's accounts before the posting.
pub(super) struct PlannedPart {
    pub(super) account: AccountTitle,
    pub(super) points: Points,
    pub(super) before: i64,
}

pub(super) fn decide(batch: &mut Batch<'_>, request: &Request) -> Result<Decision, Fault> {
    if let Some(remembered) = batch.books.remembered(request)? {
        return Ok(Decision { answer: remembered.answer_to(request), first: false });
    }
    let verdict = match &request.asked {
        Asked::Grant(grant) => grant::judge(batch, grant)?,
        Asked::Use(used) => use_points::judge(batch, request.home, used)?,
        Asked::Void(void) => void::judge(batch, request, *void)?,
        Asked::Lapse(lapse) => lapse::judge(batch, lapse)?,
        Asked::IssueTicket(issue) => issue_ticket::judge(batch, request.home, issue)?,
        Asked::ReissueTicket(reissue) => reissue_ticket::judge(batch, reissue)?,
        Asked::VoidTicket(void) => void_ticket::judge(batch, request, *void)?,
        Asked::ClearTicket(clear) => clear_ticket::judge(batch, clear)?,
        Asked::UnclearTicket(unclear) => unclear_ticket::judge(batch, request, *unclear)?,
        Asked::LapseTicket(lapse) => lapse_ticket::judge(batch, lapse)?,
        Asked::Merge(merge) => merge_points::judge(batch, request.home, merge)?,
        Asked::RefundMerge(refund) => refund_merge::judge(batch, request, *refund)?,
        Asked::CloseDay(close) => close_day::judge(batch, request, *close)?,
        Asked::Resolve => return abandon(batch, request),
        Asked::Barred(barred) => Verdict::Refuse(barred.kind, barred.refusal.clone()),
    };
    match verdict {
        Verdict::Post(plan) => carry_out(batch, request, &plan),
        Verdict::Refuse(_, refusal) if !refusal.is_remembered() => {
            Ok(Decision { answer: Answer::Refused(refusal), first: false })
        }
        Verdict::Refuse(kind, refusal) => {
            let draft = Draft::empty(kind, Outcome::Refused);
            post(batch.books, request, &draft, batch.at, batch.randoms)?;
            Ok(remember(batch, request, Outcome::Refused, Answer::Refused(refusal)))
        }
    }
}

/// A key nobody has answered: it is dead from now on, whatever arrives under it.
fn abandon(batch: &mut Batch<'_>, request: &Request) -> Result<Decision, Fault> {
    let draft = Draft::empty(OperationKind::Abandon, Outcome::Abandoned);
    post(batch.books, request, &draft, batch.at, batch.randoms)?;
    Ok(remember(batch, request, Outcome::Abandoned, Answer::Abandoned))
}

fn carry_out(batch: &mut Batch<'_>, request: &Request, plan: &Plan) -> Result<Decision, Fault> {
    let date = batch.at.date;
    let used = match (plan.day_change, plan.person) {
        (0, _) | (_, None) => None,
        (change, Some(person)) => {
            let before = batch.books.used_on(request.home, person, date)?;
            let used = before.checked_add(change).filter(|used| *used >= 0).ok_or(Fault::OutOfRange)?;
            Some((person, used))
        }
    };
    let seq = post(batch.books, request, &plan.draft, batch.at, batch.randoms)?;
    if let Some((person, used)) = used {
        batch.books.set_used_on(request.home, person, DayUse { date, used })?;
    }
    let number = OperationNumber { book: request.home, business_date: date, seq };
    let by = DoneBy { number, at: batch.at, actor: request.actor, site: plan.draft.site };
    let merge = plan.merge.as_ref().map(|merge| merge_points::keep(batch, number, merge)).transpose()?;
    let ticket = plan.ticket.map(|change| change.apply(batch.books, by)).transpose()?;
    let done = Done {
        number,
        at_ms: batch.at.at_ms,
        kind: plan.draft.kind,
        person: plan.person,
        site: plan.draft.site,
        parts: moved(batch, &plan.parts)?,
        reverses: plan.reverses,
        ticket,
        replaces: plan.ticket.as_ref().and_then(TicketChange::replaces),
        close: plan.close,
        merge: merge.or(plan.refund.map(|refund| refund.number)),
        taken_back: plan.refund.map(|refund| refund.taken_back),
    };
    if let Some(target) = plan.reverses {
        batch.books.mark_reversed(target.book, target.seq, done.number);
    }
    if let Some(number) = plan.close {
        let (book, actor, at_ms) = (request.home, request.actor, batch.at.at_ms);
        batch.books.add_close(DayClose { book, actor, number, seq, at_ms, date });
    }
    Ok(remember(batch, request, Outcome::Done, Answer::Done(done)))
}

/// What the answer says of the resident's accounts.
fn moved(batch: &Batch<'_>, parts: &[PlannedPart]) -> Result<Vec<Moved>, Fault> {
    let date = batch.at.date;
    let moved = |part: &PlannedPart| {
        let lots = batch.books.lots(&part.account)?;
        Ok(Moved {
            currency: part.account.currency,
            points: part.points,
            before: part.before,
            after: usable(lots, date),
            next_lapse: next_lapse(lots, date),
        })
    };
    parts.iter().map(moved).collect()
}

/// Keeps the answer with its operation, for the store and for the next request of this batch.
fn remember(batch: &mut Batch<'_>, request: &Request, outcome: Outcome, answer: Answer) -> Decision {
    let of_this_act = |key| key == Some(request.key);
    if let Some(home) = batch.books.posted.iter_mut().rev().find(|posted| of_this_act(posted.operation.key)) {
        home.answer = Some(answer.clone());
    }
    let hash = (outcome != Outcome::Abandoned).then_some(request.hash);
    batch.books.remember(request, Remembered { hash, outcome, answer: answer.clone() });
    Decision { answer, first: true }
}
