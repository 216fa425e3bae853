//! `print_ticket`: hands a ticket to the printer, once and never again (row E2).
//!
//! That its number goes to a printer now is on the disk before the printer has it. Whatever happens from
//! then on, even a power cut before the first dot, the next paper is a reissue.

use crate::journal::Intent;
use crate::printer::{ticket_place, ticket_target};
use crate::running::{Running, lock};
use crate::ticket_paper::face;
use madoguchi_desk::printing::{came_out, not_printed};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketPaper;
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{OperationAnswer, PrintableTicket};
use madoguchi_wire::window::{OperationNamed, PrintedTicket};
use std::sync::Arc;

/// Tickets that go to the printer together.
struct Papers {
    /// Of the first of them.
    title: String,
    keys: Vec<OperationKey>,
    tickets: Vec<TicketPaper>,
}

impl Running {
    /// Prints the ticket of an issue or a reissue, and with it those that were issued before it in one go. A
    /// failure says that nothing was handed over.
    pub(crate) async fn print_ticket(
        self: &Arc<Self>,
        OperationNamed { key }: OperationNamed,
    ) -> Result<PrintedTicket, Failure> {
        let intent = self.intent_of(key).await?;
        let journal = self.journal()?;
        self.blocking(move |running| {
            let Papers { title, keys, tickets } = running.papers(&journal.up_to(&intent)?)?;
            running.check_ticket_printer()?;
            // What cannot be set in type is found before the number is spent.
            tickets.iter().try_for_each(|paper| running.draw_ticket(&paper.face).map(drop))?;
            let settings = lock(&running.preferences).settings.clone();
            let target = ticket_target(&settings.printer, &settings.ticket_printer)?;
            if !journal.hand_to_printer(&keys)? {
                return Err(Failure::of(ErrorCode::TicketHandedOver));
            }
            running.operation.handed_to_printer(key);
            let printer = &running.parts.drivers.printer;
            let put = printer.print_tickets(&title, &tickets, settings.language, &target);
            let place = ticket_place(&settings.printer, &settings.ticket_printer);
            if place == settings.printer {
                running.printer_did(&put, &place);
            }
            Ok(match put {
                Ok(paper) => PrintedTicket::Printed { paper: came_out(paper, &place, 1) },
                Err(fault) => PrintedTicket::NotPrinted { failure: not_printed(&fault, &place) },
            })
        })
        .await
    }

    /// What of these issues was never handed to a printer.
    fn papers(&self, issues: &[Intent]) -> Result<Papers, Failure> {
        let mut made = issues.iter().filter_map(|issue| match &issue.answer {
            Some(OperationAnswer::Done(done)) => Some((issue, done, done.ticket.as_ref()?)),
            Some(OperationAnswer::Refused(_)) | None => None,
        });
        let (_, first, _) = made.clone().next().ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))?;
        let mut all =
            Papers { title: format!("ticket-{}", first.number), keys: Vec::new(), tickets: Vec::new() };
        for (issue, _, PrintableTicket { ticket, code }) in
            made.by_ref().filter(|(issue, ..)| issue.printed == 0)
        {
            all.keys.push(issue.key);
            let face = face(ticket, self.parts.training);
            all.tickets.push(TicketPaper { face, number: ticket.number, code: code.clone() });
        }
        if all.keys.is_empty() { Err(Failure::of(ErrorCode::TicketHandedOver)) } else { Ok(all) }
    }

    /// Whether a ticket can be printed now, as far as can be told without printing one.
    pub(crate) async fn ticket_printer_ready(self: &Arc<Self>) -> Result<(), Failure> {
        self.blocking(Self::check_ticket_printer).await
    }

    /// Blocks as long as the printer does.
    fn check_ticket_printer(&self) -> Result<(), Failure> {
        let settings = lock(&self.preferences).settings.clone();
        let target = ticket_target(&settings.printer, &settings.ticket_printer)?;
        let place = ticket_place(&settings.printer, &settings.ticket_printer);
        self.parts.drivers.printer.ready(&target.place()).map_err(|fault| not_printed(&fault, &place))
    }
}
