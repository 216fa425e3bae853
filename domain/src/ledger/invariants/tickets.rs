//! I4: every ticket's history in the answers of all books, against the ticket as it is kept.

use super::{Invariant, Violation};
use crate::issuer::BookCode;
use crate::ledger::answer::{Answer, Done};
use crate::ledger::operation::{OperationKind, OperationNumber, PostedOperation};
use crate::ledger::ticket::{Closing, Ticket, TicketFace};
use crate::person::PersonId;
use crate::ticket::{TicketNumber, TicketState};
use std::collections::{BTreeMap, BTreeSet};

/// What was done with tickets, and the tickets as they are kept, over all books.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    kept: BTreeMap<TicketNumber, Ticket>,
    /// Per number, what was done with it.
    acts: BTreeMap<TicketNumber, Vec<TicketAct>>,
    /// The clearings that were taken back.
    taken_back: BTreeSet<OperationNumber>,
    strays: Vec<Violation>,
}

#[derive(Debug, Clone, Copy)]
struct TicketAct {
    face: TicketFace,
    /// What it makes of the number: open for an issue and for the new number of a reissue.
    state: TicketState,
    /// For an issue: whose points were taken.
    person: Option<PersonId>,
    /// For the new number of a reissue: the old one.
    replaces: Option<TicketNumber>,
    /// The operation; where it closes the ticket, as the ticket names it.
    closing: Closing,
}

impl Tickets {
    /// A ticket as it is kept.
    pub(super) fn keep(&mut self, ticket: &Ticket) {
        if self.kept.insert(ticket.face.number, *ticket).is_some() {
            self.stray(ticket.book(), ticket.issue, "has its number twice");
        }
    }

    /// A number that all books know, and no ticket has; or a ticket whose number they do not know.
    pub(super) fn stray_number(&mut self, book: BookCode) {
        let row = "a ticket and its number do not belong together".into();
        self.strays.push(Violation { invariant: Invariant::Held, book, row });
    }

    fn stray(&mut self, book: BookCode, of: OperationNumber, what: &str) {
        let row = format!("the ticket of {}/{of}: {what}", of.book);
        self.strays.push(Violation { invariant: Invariant::Held, book, row });
    }

    /// What an operation's answer says of a ticket.
    pub(super) fn hear(&mut self, posted: &PostedOperation) {
        let Some(Answer::Done(done)) = &posted.answer else { return };
        let closing =
            Closing { number: done.number, at_ms: done.at_ms, by: posted.operation.actor, site: done.site };
        let Some(face) = done.ticket else { return };
        if let (OperationKind::Unclear, Some(clearing)) = (done.kind, done.reverses) {
            self.taken_back.insert(clearing);
            return;
        }
        let Some(state) = state_after(done) else { return };
        let (person, replaces) = (done.person, done.replaces);
        let act = TicketAct { face, state, person, replaces, closing };
        self.acts.entry(face.number).or_default().push(act);
        if let Some(old) = done.replaces {
            let face = TicketFace { number: old, ..face };
            let dead = TicketAct { face, state: TicketState::Reissued, replaces: None, ..act };
            self.acts.entry(old).or_default().push(dead);
        }
    }

    /// Adds what was found in another book.
    pub(super) fn join(&mut self, other: Self) {
        for ticket in other.kept.values() {
            self.keep(ticket);
        }
        for (number, acts) in other.acts {
            self.acts.entry(number).or_default().extend(acts);
        }
        self.taken_back.extend(other.taken_back);
        self.strays.extend(other.strays);
    }

    /// Everything that does not agree.
    pub(super) fn violations(mut self) -> Vec<Violation> {
        let mut found = Vec::new();
        for (number, acts) in &self.acts {
            let act = &acts[0];
            match self.kept.get(number) {
                None => found.push((act.face.currency.book, act.closing.number, "is not kept")),
                Some(ticket) => {
                    let fault = self.fault(ticket, acts);
                    found.extend(fault.map(|what| (ticket.book(), ticket.issue, what)));
                }
            }
        }
        for (number, ticket) in &self.kept {
            if !self.acts.contains_key(number) {
                found.push((ticket.book(), ticket.issue, "is kept, but nobody made it"));
            }
        }
        for (book, of, what) in found {
            self.stray(book, of, what);
        }
        self.strays
    }

    /// What is wrong with a kept ticket, if anything is.
    fn fault(&self, ticket: &Ticket, acts: &[TicketAct]) -> Option<&'static str> {
        let standing = |act: &&TicketAct| {
            act.state != TicketState::Open && !self.taken_back.contains(&act.closing.number)
        };
        let closings: Vec<&TicketAct> = acts.iter().filter(standing).collect();
        if closings.len() > 1 {
            return Some("is closed more than once");
        }
        let state = closings.first().map_or(TicketState::Open, |act| act.state);
        let closing = closings.first().map(|act| act.closing);
        if (ticket.state, ticket.closing) != (state, closing) {
            return Some("is not what was done with it");
        }
        let mut makings = acts.iter().filter(|act| act.state == TicketState::Open);
        let (Some(made), None) = (makings.next(), makings.next()) else {
            return Some("was not made once");
        };
        let as_made = acts.iter().all(|act| act.face == ticket.face)
            && made.closing.at_ms == ticket.made_at_ms
            && made.replaces == ticket.replaces
            && self.is_of_its_issue(ticket, made);
        (!as_made).then_some("is not as it was made")
    }

    /// Whether it holds what its issue took, from whom it took it: for one that was printed anew, what the
    /// one before held.
    fn is_of_its_issue(&self, ticket: &Ticket, made: &TicketAct) -> bool {
        let of = |ticket: &Ticket| (ticket.issue, ticket.issued_by, Some(ticket.person));
        match ticket.replaces {
            None => of(ticket) == (made.closing.number, made.closing.by, made.person),
            Some(old) => self.kept.get(&old).is_some_and(|old| of(old) == of(ticket)),
        }
    }
}

/// What an operation makes of the ticket of its answer; nothing for one that is about no ticket.
const fn state_after(done: &Done) -> Option<TicketState> {
    match done.kind {
        OperationKind::TicketIssue | OperationKind::Reissue => Some(TicketState::Open),
        OperationKind::Clear => Some(TicketState::Cleared),
        OperationKind::TicketLapse => Some(TicketState::Lapsed),
        OperationKind::TicketVoid => Some(TicketState::Voided),
        OperationKind::Grant
        | OperationKind::Use
        | OperationKind::Void
        | OperationKind::Lapse
        | OperationKind::Unclear
        | OperationKind::Merge
        | OperationKind::MergeRefund
        | OperationKind::DayClose
        | OperationKind::Abandon => None,
    }
}
