//! A ticket's paper: from the cloud's words to the printer's, the preview on the screen, the test paper.
//!
//! Belongs here: what of a ticket goes to the printer, and a drawing on its way to the window. Does not:
//! when a ticket is printed (a number goes to a printer at most once), where papers go (`printer`).

use crate::printer::{ticket_place, ticket_target};
use crate::running::{Running, lock};
use madoguchi_desk::printing::not_printed;
use madoguchi_domain::ticket::{TicketFace, test_ticket};
use madoguchi_port::paper::{Area, Drawing, DrawnMark};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::terminal_api::Ticket;
use madoguchi_wire::window::{PaperMark, TestTicket, TicketPreview};
use std::sync::Arc;

/// The name of the test ticket's file or job.
const TEST_TITLE: &str = "test-ticket";

/// What a ticket's paper says.
pub(crate) fn face(ticket: &Ticket, training: bool) -> TicketFace {
    TicketFace {
        points: ticket.points,
        issuer_name: ticket.issuer_name.clone(),
        event_name: ticket.event_name.clone(),
        issued_on: ticket.issued_on,
        last_day: ticket.last_day,
        issued_at: ticket.issued_at.clone(),
        training,
    }
}

impl Running {
    /// A ticket as its paper will be, where the settings say. Blocks.
    pub(crate) fn draw_ticket(&self, face: &TicketFace) -> Result<TicketPreview, Failure> {
        let settings = lock(&self.preferences).settings.clone();
        let target = ticket_target(&settings.printer, &settings.ticket_printer)?;
        let drawing = self.parts.drivers.printer.draw_ticket(face, settings.language, &target);
        let printer = ticket_place(&settings.printer, &settings.ticket_printer);
        drawing.map(shown).map_err(|fault| not_printed(&fault, &printer))
    }

    /// Prints the test ticket where tickets need not go yet.
    pub(crate) async fn print_test_ticket(self: &Arc<Self>, test: TestTicket) -> Result<(), Failure> {
        let target = ticket_target(&test.printer, &test.ticket_printer)?;
        let printer = ticket_place(&test.printer, &test.ticket_printer);
        let language = self.language();
        self.blocking(move |running| {
            let put =
                running.parts.drivers.printer.print_tickets(TEST_TITLE, &[test_ticket()], language, &target);
            let in_force = lock(&running.preferences).settings.printer == printer;
            if in_force {
                running.printer_did(&put, &printer);
            }
            put.map(drop).map_err(|fault| not_printed(&fault, &printer))
        })
        .await
    }
}

fn shown(drawing: Drawing) -> TicketPreview {
    TicketPreview {
        width: drawing.width,
        height: drawing.height,
        marks: drawing.marks.into_iter().map(shown_mark).collect(),
    }
}

fn shown_mark(mark: DrawnMark) -> PaperMark {
    match mark {
        DrawnMark::Words { x, baseline, size, length, bold, words } => {
            PaperMark::Words { x, baseline, size, length, bold, words }
        }
        DrawnMark::Bar(Area { x, y, width, height }) => PaperMark::Bar { x, y, width, height },
        DrawnMark::Frame { area: Area { x, y, width, height }, thickness } => {
            PaperMark::Frame { x, y, width, height, thickness }
        }
        DrawnMark::Dashes(Area { x, y, width, height }) => PaperMark::Dashes { x, y, width, height },
    }
}
