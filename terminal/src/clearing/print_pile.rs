//! `print_pile`: the list of a finished pile for one site, as often as it is wanted; every further one says so
//! (row E3).

use super::journal::FinishedRows;
use super::row::{ScanRow, Stands};
use crate::printer::{ticket_place, ticket_target};
use crate::running::{Running, lock};
use madoguchi_desk::printing::{came_out, not_printed};
use madoguchi_domain::ticket::{ClearedPile, ClearedTicket};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{PileOfSite, PrintedPaper};
use std::sync::Arc;

impl Running {
    /// Prints the list of one site, on the papers tickets are printed on. It is counted before it is printed
    /// and the count taken back where surely no paper came out, as for a receipt.
    pub(crate) async fn print_pile(self: &Arc<Self>, of: PileOfSite) -> Result<PrintedPaper, Failure> {
        let scans = self.terminal()?.scans.clone();
        let (_, cleared_at) = self.terminal_and_site()?;
        let settings = lock(&self.preferences).settings.clone();
        let target = ticket_target(&settings.printer, &settings.ticket_printer)?;
        let place = ticket_place(&settings.printer, &settings.ticket_printer);
        self.blocking(move |running| {
            let read = || -> Result<FinishedRows, Failure> {
                scans.finished(of)?.ok_or_else(|| Failure::of(ErrorCode::UnknownOperation))
            };
            read()?;
            // Counted before it is read: what is answered from now on is told, what was answered before is on it.
            let (count, revised) = scans.count_print(of, 1)?;
            let finished = read()?;
            let training = running.parts.training;
            let list =
                ClearedPile { training, revised, ..list(&finished, cleared_at, count.saturating_sub(1)) };
            let title = format!("cleared-{}-{}", of.pile, of.site.0);
            let put = running.parts.drivers.printer.print_pile(&title, &list, settings.language, &target);
            if place == settings.printer {
                running.printer_did(&put, &place);
            }
            match put {
                Ok(paper) => Ok(came_out(paper, &place, count)),
                Err(fault) => {
                    if !fault.leaves_paper_in_doubt() {
                        scans.count_print(of, -1)?;
                    }
                    Err(not_printed(&fault, &place))
                }
            }
        })
        .await
    }
}

/// What was cleared for the site, in the order in which it was scanned.
fn list(finished: &FinishedRows, cleared_at: String, printed_before: u32) -> ClearedPile {
    let cleared = finished.scans.iter().filter(|scan| scan.stands() == Stands::Cleared);
    let unconfirmed = finished.scans.iter().filter(|scan| scan.is_unanswered()).count();
    ClearedPile {
        site: finished.site.name.clone(),
        cleared_at,
        at_ms: finished.at_ms,
        tickets: cleared.filter_map(ticket).collect(),
        unconfirmed: u32::try_from(unconfirmed).unwrap_or(u32::MAX),
        printed_before,
        revised: false,
        training: false,
    }
}

fn ticket(scan: &ScanRow) -> Option<ClearedTicket> {
    Some(ClearedTicket { number: scan.number()?, points: scan.points()? })
}
