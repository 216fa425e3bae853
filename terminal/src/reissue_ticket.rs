//! `reissue_ticket`: a new number takes a ticket's place, and the old one is dead (row E2, 画面 34). Every
//! second paper is one: a number goes to a printer at most once.

use crate::carry_out::Request;
use crate::journal::Intent;
use crate::operation::shown;
use crate::running::Running;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::{IssuedTicketRequest, OperationAnswer, OperationKind};
use madoguchi_wire::window::{LastOperation, TicketNamed};
use std::sync::Arc;

impl Running {
    /// Reissues a ticket. Asked for twice it is one reissue: the second time its first answer is said again.
    pub(crate) async fn reissue_ticket(
        self: &Arc<Self>,
        TicketNamed { ticket }: TicketNamed,
    ) -> Result<LastOperation, Failure> {
        self.signed_in()?;
        if let Some(before) = self.reissue_of(ticket).await? {
            return Ok(shown(&before));
        }
        let known = self.known_ticket(ticket).await?;
        self.ticket_printer_ready().await?;
        self.token().await?;
        let key = self.new_key()?;
        let intent = known.intent(self.begun(key, OperationKind::ReissueTicket, known.points), ticket);
        self.carry_out(intent, Request::ReissueTicket(IssuedTicketRequest { key, ticket })).await
    }

    /// The reissue of this number that took place at this terminal.
    async fn reissue_of(self: &Arc<Self>, ticket: TicketNumber) -> Result<Option<Intent>, Failure> {
        let journal = self.journal()?;
        let intents = self.blocking(move |_| Ok(journal.about_tickets()?)).await?;
        let reissues = |intent: &Intent| {
            intent.kind == OperationKind::ReissueTicket
                && intent.ticket == Some(ticket)
                && matches!(intent.answer, Some(OperationAnswer::Done(_)))
        };
        Ok(intents.into_iter().find(reissues))
    }
}
