//! Tickets, numbers that are free, and the last day close of whoever undoes something.

use super::{Books, Tracked};
use crate::issuer::BookCode;
use crate::ledger::actor::Actor;
use crate::ledger::changes::{Changes, Mark, StoredTicket};
use crate::ledger::fault::Fault;
use crate::ledger::ticket::{DayClose, Ticket};
use crate::ticket::TicketNumber;
use std::collections::HashMap;

/// What the batch knows of tickets; nothing of it is kept for the next.
#[derive(Debug, Default)]
pub(super) struct Tickets {
    by_number: HashMap<TicketNumber, Option<Tracked<Ticket>>>,
    touched: Vec<TicketNumber>,
    /// Numbers that were drawn and that no ticket of any book has.
    free: Vec<TicketNumber>,
    closes: HashMap<(BookCode, Actor), Option<DayClose>>,
    closed: Vec<DayClose>,
}

/// Loading.
impl Books {
    /// Whether this ticket has been put in, also as unknown.
    pub fn has_ticket(&self, number: TicketNumber) -> bool {
        self.tickets.by_number.contains_key(&number)
    }

    /// A ticket as it stands under the lock of its book, or that no book has this number.
    pub fn put_ticket(&mut self, number: TicketNumber, ticket: Option<Ticket>) {
        self.tickets.by_number.insert(number, ticket.map(Tracked::stored));
    }

    /// A random number that no ticket of any book has; one for each issue and each reissue.
    pub fn put_free_number(&mut self, number: TicketNumber) {
        self.tickets.free.push(number);
    }

    /// Whether the last day close of this actor has been put in, also as none.
    pub fn has_close(&self, home: BookCode, actor: Actor) -> bool {
        self.tickets.closes.contains_key(&(home, actor))
    }

    /// The actor's last day close, or that there is none yet.
    pub fn put_close(&mut self, home: BookCode, actor: Actor, close: Option<DayClose>) {
        self.tickets.closes.insert((home, actor), close);
    }
}

/// Deciding.
impl Books {
    pub(in crate::ledger) fn ticket(&self, number: TicketNumber) -> Result<Option<&Ticket>, Fault> {
        let slot = self.tickets.by_number.get(&number).ok_or(Fault::NotLoaded("ticket"))?;
        Ok(slot.as_ref().map(|tracked| &tracked.value))
    }

    /// A number for a new ticket. One that somebody in this batch asks about as unknown is passed over:
    /// what was looked up for it would no longer be true.
    pub(in crate::ledger) fn take_free_number(&mut self) -> Result<TicketNumber, Fault> {
        let Tickets { free, by_number, .. } = &mut self.tickets;
        std::iter::from_fn(|| free.pop())
            .find(|number| !by_number.contains_key(number))
            .ok_or(Fault::NotLoaded("free ticket number"))
    }

    pub(in crate::ledger) fn add_ticket(&mut self, ticket: Ticket) {
        let number = ticket.face.number;
        self.tickets.by_number.insert(number, Some(Tracked { value: ticket, mark: Some(Mark::New) }));
        self.tickets.touched.push(number);
    }

    pub(in crate::ledger) fn ticket_to_change(&mut self, number: TicketNumber) -> Result<&mut Ticket, Fault> {
        let tracked = self.tickets.by_number.get_mut(&number).and_then(Option::as_mut);
        let tracked = tracked.ok_or(Fault::NotLoaded("ticket"))?;
        if tracked.touch(Mark::Changed) {
            self.tickets.touched.push(number);
        }
        Ok(&mut tracked.value)
    }

    pub(in crate::ledger) fn last_close(
        &self,
        home: BookCode,
        actor: Actor,
    ) -> Result<Option<&DayClose>, Fault> {
        self.tickets.closes.get(&(home, actor)).map(Option::as_ref).ok_or(Fault::NotLoaded("day close"))
    }

    pub(in crate::ledger) fn add_close(&mut self, close: DayClose) {
        self.tickets.closes.insert((close.book, close.actor), Some(close));
        self.tickets.closed.push(close);
    }

    pub(super) fn take_ticket_changes(&mut self, changes: &mut Changes) {
        changes.closes = std::mem::take(&mut self.tickets.closed);
        for number in std::mem::take(&mut self.tickets.touched) {
            if let Some(Some(Tracked { value, mark: Some(mark) })) = self.tickets.by_number.remove(&number) {
                changes.tickets.push(StoredTicket { mark, ticket: value });
            }
        }
    }
}
