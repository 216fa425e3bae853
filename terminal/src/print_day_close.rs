//! `print_day_close`: the paper of a close, as often as it is wanted; every further one says so (row K7).

use crate::running::{Running, lock};
use madoguchi_desk::printing::{came_out, not_printed, target};
use madoguchi_domain::day_close::{DayCloseCount, DayCloseKind, DayClosePaper, DayCloseTickets};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::terminal_api::{self, DayClose, DayCloseLine, OperationKind};
use madoguchi_wire::window::{DayCloseNamed, PrintedPaper};
use std::sync::Arc;

impl Running {
    /// Prints a close. It is counted before it is printed and the count taken back where surely no paper
    /// came out, as for a receipt.
    pub(crate) async fn print_day_close(
        self: &Arc<Self>,
        DayCloseNamed { number }: DayCloseNamed,
    ) -> Result<PrintedPaper, Failure> {
        let close = self.close_of(number).await?;
        let (terminal, site) = self.terminal_and_site()?;
        let journal = self.journal()?;
        let settings = lock(&self.preferences).settings.clone();
        let (printer, language) = (settings.printer, settings.language);
        let target = target(&printer)?;
        self.blocking(move |running| {
            let count = journal.count_close_print(number, 1)?;
            let paper = DayClosePaper {
                number,
                site,
                terminal,
                at_ms: close.at_ms,
                since_ms: close.since_ms,
                counts: close.lines.iter().filter_map(counted).collect(),
                tickets: close.tickets.into_iter().map(by_state).collect(),
                head: close.head,
                printed_before: count.saturating_sub(1),
                training: running.parts.training,
            };
            let title = format!("day-close-{number}");
            let put = running.parts.drivers.printer.print(&title, &paper.lines(language), &target);
            running.printer_did(&put, &printer);
            match put {
                Ok(paper) => Ok(came_out(paper, &printer, count)),
                Err(fault) => {
                    if !fault.leaves_paper_in_doubt() {
                        journal.count_close_print(number, -1)?;
                    }
                    Err(not_printed(&fault, &printer))
                }
            }
        })
        .await
    }

    /// A close never changes: what was heard of it once is still so.
    async fn close_of(self: &Arc<Self>, number: u32) -> Result<DayClose, Failure> {
        if let Some(close) = lock(&self.closes).get(&number).cloned() {
            return Ok(close);
        }
        let shown = self.list_day_closes().await?;
        let found = shown.into_iter().map(|shown| shown.close).find(|close| close.number == number);
        found.ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))
    }
}

fn counted(line: &DayCloseLine) -> Option<DayCloseCount> {
    let kind = match line.kind {
        OperationKind::Use => DayCloseKind::Use,
        OperationKind::Void => DayCloseKind::Void,
        OperationKind::IssueTicket => DayCloseKind::IssueTicket,
        OperationKind::ReissueTicket => DayCloseKind::ReissueTicket,
        OperationKind::VoidTicket => DayCloseKind::VoidTicket,
        OperationKind::ClearTicket => DayCloseKind::ClearTicket,
        OperationKind::UnclearTicket => DayCloseKind::UnclearTicket,
        OperationKind::MergePoints => DayCloseKind::MergePoints,
        // A close counts what lies between two of them.
        OperationKind::CloseDay => return None,
    };
    Some(DayCloseCount { kind, currency: line.currency.clone(), count: line.count, points: line.points })
}

fn by_state(tickets: terminal_api::DayCloseTickets) -> DayCloseTickets {
    let terminal_api::DayCloseTickets { currency, state, count, points } = tickets;
    DayCloseTickets { currency, state, count, points }
}
