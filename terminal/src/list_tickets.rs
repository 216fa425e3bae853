//! `list_tickets`: the tickets of this terminal's site, and what this terminal knows of one of them.

use crate::journal::{Intent, NamedCurrency};
use crate::running::{Running, lock};
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{
    ListTicketsAnswer, ListTicketsRequest, OperationAnswer, Ticket, TicketsListed,
};
use madoguchi_wire::window::{TicketsOfTheDesk, TicketsSought};
use std::sync::Arc;

/// What an operation on a ticket is written down with.
#[derive(Clone)]
pub(crate) struct KnownTicket {
    /// Its points.
    pub(crate) points: i64,
    currency: NamedCurrency,
    masked_mykey_id: String,
}

impl KnownTicket {
    pub(crate) fn new(ticket: &Ticket, masked_mykey_id: &str) -> Self {
        Self {
            points: ticket.points,
            currency: NamedCurrency { currency: ticket.currency, name: ticket.currency_name.clone() },
            masked_mykey_id: masked_mykey_id.to_owned(),
        }
    }

    /// An operation that has just begun, about this ticket.
    pub(crate) fn intent(&self, begun: Intent, ticket: TicketNumber) -> Intent {
        Intent {
            ticket: Some(ticket),
            masked_mykey_id: self.masked_mykey_id.clone(),
            currencies: vec![self.currency.clone()],
            ..begun
        }
    }
}

impl Running {
    /// A list of the desk, by the cloud's clock.
    pub(crate) async fn list_tickets(
        self: &Arc<Self>,
        which: TicketsListed,
    ) -> Result<TicketsOfTheDesk, Failure> {
        self.ask_for_tickets(ListTicketsRequest { which, digits: None, order: None }).await
    }

    /// Those that come first in an order, or whose number or points hold some digits: the cloud looks through all, where
    /// a list ends at its thousandth.
    pub(crate) async fn find_tickets(
        self: &Arc<Self>,
        TicketsSought { which, digits, order }: TicketsSought,
    ) -> Result<TicketsOfTheDesk, Failure> {
        self.ask_for_tickets(ListTicketsRequest { which, digits, order: Some(order) }).await
    }

    async fn ask_for_tickets(
        self: &Arc<Self>,
        request: ListTicketsRequest,
    ) -> Result<TicketsOfTheDesk, Failure> {
        self.signed_in()?;
        let answer: ListTicketsAnswer = self.ask("list_tickets", &request).await?;
        let ListTicketsAnswer { date, tickets, count } = answer;
        lock(&self.listed_tickets).extend(
            tickets.iter().map(|listed| {
                (listed.ticket.number, KnownTicket::new(&listed.ticket, &listed.masked_mykey_id))
            }),
        );
        Ok(TicketsOfTheDesk { date, tickets, count })
    }

    /// A ticket that was made here, or stood in a list. Nobody can name another one.
    pub(crate) async fn known_ticket(self: &Arc<Self>, number: TicketNumber) -> Result<KnownTicket, Failure> {
        if let Some(listed) = lock(&self.listed_tickets).get(&number).cloned() {
            return Ok(listed);
        }
        let journal = self.journal()?;
        let intents = self.blocking(move |_| Ok(journal.about_tickets()?)).await?;
        let made = intents.iter().find_map(|intent| match &intent.answer {
            Some(OperationAnswer::Done(done)) => {
                let ticket = &done.ticket.as_ref().filter(|made| made.ticket.number == number)?.ticket;
                Some(KnownTicket::new(ticket, &intent.masked_mykey_id))
            }
            _ => None,
        });
        made.ok_or_else(|| Failure::of(ErrorCode::TicketUnknown))
    }
}
