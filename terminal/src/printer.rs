//! The printer: where the settings lead papers, how it is, and what is said when it fails (row D3).
//!
//! Belongs here: from the setting to the driver's target, the printer's state in the head of every
//! screen, the test paper. Does not: receipts (`receipt`), the settings file (`settings`).

use crate::running::{Running, lock};
use crate::words::setting_wrong;
use madoguchi_domain::receipt::{marked_as_training, test_paper};
use madoguchi_port::paper::{
    Connection, PaperFault, PaperRoll, PrintTarget, Printed, ReceiptPrinter, Sheet, SheetTarget, TicketTarget,
};
use madoguchi_wire::failure::{ErrorCode, Failure};
use madoguchi_wire::window::{
    self as window, DeviceState, PrintedPaper, Printer, PrinterConnection, SheetPrinter, TicketPrinter,
    TicketSheet,
};
use std::sync::Arc;
use std::time::Duration;

/// Where receipt printers listen.
const RAW_PORT: u16 = 9100;
/// How often a printer that is not ready is looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(10);
/// The name of the test paper's file or job.
const TEST_TITLE: &str = "test-print";

impl Running {
    /// The printers that can be chosen.
    pub(crate) async fn list_printers(self: &Arc<Self>) -> Result<Vec<String>, Failure> {
        self.blocking(|running| match running.parts.drivers.printer.queues() {
            Ok(queues) => Ok(queues),
            Err(PaperFault::NoPrintingSystem) => Ok(Vec::new()),
            Err(fault) => Err(not_printed(&fault, &lock(&running.preferences).settings.printer)),
        })
        .await
    }

    /// Prints the test paper on a printer that need not be the one in force.
    pub(crate) async fn print_test_paper(self: &Arc<Self>, printer: Printer) -> Result<(), Failure> {
        let target = target(&printer)?;
        let language = self.language();
        let lines = test_paper(language);
        let lines = if self.parts.training { marked_as_training(lines, language) } else { lines };
        self.blocking(move |running| {
            let put = running.parts.drivers.printer.print(TEST_TITLE, &lines, &target);
            let in_force = lock(&running.preferences).settings.printer == printer;
            if in_force {
                running.printer_did(&put, &printer);
            }
            put.map(drop).map_err(|fault| not_printed(&fault, &printer))
        })
        .await
    }

    /// Finds out whether papers can go where the settings say; while they cannot, looks again.
    pub(crate) fn start_looking_at_printer(self: &Arc<Self>) {
        let running = Arc::clone(self);
        tokio::task::spawn_blocking(move || running.look_at_printer());
    }

    /// A paper may follow: what it needs is read while the clerk types.
    pub(crate) fn prepare_printer(self: &Arc<Self>) {
        let running = Arc::clone(self);
        tokio::task::spawn_blocking(move || running.parts.drivers.printer.prepare());
    }

    /// Looks at a printer that is not ready until it is. Ends with the counter.
    pub(crate) async fn wait_for_printer(self: Arc<Self>) {
        loop {
            self.printer_missed.notified().await;
            while matches!(lock(&self.devices).printer, DeviceState::Missing { .. }) {
                self.parts.clock.sleep(LOOK_AGAIN).await;
                let running = Arc::clone(&self);
                // A look that did not end leaves the state as it was.
                let _ = tokio::task::spawn_blocking(move || running.look_at_printer()).await;
            }
        }
    }

    /// Blocks as long as the printer or the printing system does.
    fn look_at_printer(&self) {
        let printer = lock(&self.preferences).settings.printer.clone();
        let ready = target(&printer).and_then(|target| {
            self.parts.drivers.printer.ready(&target).map_err(|fault| not_printed(&fault, &printer))
        });
        let still_in_force = lock(&self.preferences).settings.printer == printer;
        if still_in_force {
            self.printer_is(ready, &printer);
        }
    }

    /// A print says as much about the printer as a look does.
    pub(crate) fn printer_did(&self, put: &Result<Printed, PaperFault>, printer: &Printer) {
        match put {
            Ok(_) => self.printer_is(Ok(()), printer),
            // These are the paper's fault.
            Err(PaperFault::MissingCharacters(_) | PaperFault::NoFont | PaperFault::NotMade(_)) => {}
            Err(fault) => self.printer_is(Err(not_printed(fault, printer)), printer),
        }
    }

    fn printer_is(&self, ready: Result<(), Failure>, printer: &Printer) {
        let state = match (ready, printer) {
            (Ok(()), Printer::Queue { name }) => DeviceState::Ready { name: Some(name.clone()) },
            (Ok(()), Printer::Folder { .. } | Printer::Receipt { .. }) => DeviceState::Ready { name: None },
            (Err(failure), _) => DeviceState::Missing { failure },
        };
        let is_missing = matches!(state, DeviceState::Missing { .. });
        self.change_devices(|devices| devices.printer = state);
        if is_missing {
            self.printer_missed.notify_one();
        }
    }
}

/// Where a setting leads; a setting that leads nowhere is named.
pub(crate) fn target(printer: &Printer) -> Result<PrintTarget, Failure> {
    let named = |text: &str| match text.trim() {
        "" => Err(setting_wrong("printer")),
        text => Ok(text.to_owned()),
    };
    Ok(match printer {
        Printer::Folder { path } => PrintTarget::Folder(named(path)?.into()),
        Printer::Queue { name } => PrintTarget::Queue(named(name)?),
        Printer::Receipt { connection, roll, kanji } => PrintTarget::Receipt(ReceiptPrinter {
            connection: match connection {
                PrinterConnection::Network { address } => network(&named(address)?)?,
                PrinterConnection::Device { path } => Connection::Device(named(path)?.into()),
                PrinterConnection::Queue { name } => Connection::Queue(named(name)?),
            },
            roll: match roll {
                window::PaperRoll::Mm80 => PaperRoll::Mm80,
                window::PaperRoll::Mm58 => PaperRoll::Mm58,
            },
            kanji: *kanji,
        }),
    })
}

/// Where tickets go: receipts' printer counts for those on its roll only.
pub(crate) fn ticket_target(printer: &Printer, tickets: &TicketPrinter) -> Result<TicketTarget, Failure> {
    let named = |text: &str| match text.trim() {
        "" => Err(setting_wrong("ticket_printer")),
        text => Ok(text.to_owned()),
    };
    Ok(match tickets {
        TicketPrinter::Roll => TicketTarget::Roll(target(printer)?),
        TicketPrinter::Sheets { sheet, printer } => TicketTarget::Sheets(
            match sheet {
                TicketSheet::A6 => Sheet::A6,
                TicketSheet::A4 => Sheet::A4,
            },
            match printer {
                SheetPrinter::Folder { path } => SheetTarget::Folder(named(path)?.into()),
                SheetPrinter::Queue { name } => SheetTarget::Queue(named(name)?),
            },
        ),
    })
}

/// The place where tickets go, named as a receipts' printer is.
pub(crate) fn ticket_place(printer: &Printer, tickets: &TicketPrinter) -> Printer {
    match tickets {
        TicketPrinter::Roll => printer.clone(),
        TicketPrinter::Sheets { printer: SheetPrinter::Folder { path }, .. } => {
            Printer::Folder { path: path.clone() }
        }
        TicketPrinter::Sheets { printer: SheetPrinter::Queue { name }, .. } => {
            Printer::Queue { name: name.clone() }
        }
    }
}

/// `host`, `host:port`, `[::1]:port`.
fn network(address: &str) -> Result<Connection, Failure> {
    let wrong = || setting_wrong("printer");
    let (host, port) = match address.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => {
            (host, port.parse().ok().filter(|&port| port != 0).ok_or_else(wrong)?)
        }
        _ => (address, RAW_PORT),
    };
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
    if host.is_empty() || !host.chars().all(is_name) {
        return Err(wrong());
    }
    Ok(Connection::Network { host: host.to_owned(), port })
}

/// What a person calls the place.
fn name(printer: &Printer) -> String {
    match printer {
        Printer::Folder { path: name }
        | Printer::Queue { name }
        | Printer::Receipt {
            connection:
                PrinterConnection::Network { address: name }
                | PrinterConnection::Device { path: name }
                | PrinterConnection::Queue { name },
            ..
        } => name.trim().to_owned(),
    }
}

/// What a person is told of a paper that came out; `printed` is how often it did by now.
pub(crate) fn came_out(paper: Printed, place: &Printer, printed: u32) -> PrintedPaper {
    match paper {
        Printed::File(path) => PrintedPaper::File { path: path.display().to_string(), printed },
        Printed::Job(_) => PrintedPaper::Queue { printer: name(place), printed },
        Printed::Paper => PrintedPaper::Paper { printer: name(place), printed },
    }
}

/// How a person is told that a paper did not come out.
pub(crate) fn not_printed(fault: &PaperFault, printer: &Printer) -> Failure {
    let named = |code| Failure::with(code, &[("printer", name(printer).into())]);
    match fault {
        PaperFault::MissingCharacters(characters) => {
            let listed = characters.iter().map(char::to_string).collect::<Vec<_>>().join(" ");
            Failure::with(ErrorCode::CharactersMissing, &[("characters", listed.into())])
        }
        PaperFault::NoFont => Failure::of(ErrorCode::FontMissing),
        PaperFault::NotWritten(place) => {
            Failure::with(ErrorCode::PaperNotWritten, &[("place", place.display().to_string().into())])
        }
        PaperFault::NotMade(reason) => {
            tracing::error!(reason, "a page could not be made");
            Failure::of(ErrorCode::Unforeseen)
        }
        PaperFault::NoPrintingSystem => Failure::of(ErrorCode::PrintingServiceStopped),
        PaperFault::QueueGone(_) => named(ErrorCode::PrinterUnknown),
        PaperFault::QueuePaused(_) => named(ErrorCode::PrinterPaused),
        PaperFault::QueueRefused(_) => named(ErrorCode::PrinterRefused),
        PaperFault::QueueSilent(_) => named(ErrorCode::PrinterSilent),
        PaperFault::PrinterGone(_) => named(ErrorCode::PrinterUnreachable),
        PaperFault::PaperOut => Failure::of(ErrorCode::PaperOut),
        PaperFault::CoverOpen => Failure::of(ErrorCode::PrinterCoverOpen),
        PaperFault::PrinterStopped => Failure::of(ErrorCode::PrinterStopped),
        PaperFault::CutShort => Failure::of(ErrorCode::PaperIncomplete),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Printer {
        Printer::Receipt {
            connection: PrinterConnection::Network { address: address.into() },
            roll: window::PaperRoll::Mm80,
            kanji: true,
        }
    }

    #[test]
    fn an_address_has_a_host_and_a_port_or_the_usual_one() {
        for (address, host, port) in [
            ("192.0.2.10", "192.0.2.10", 9100),
            (" printer.example.jp:9101 ", "printer.example.jp", 9101),
            ("[2001:db8::1]:9100", "2001:db8::1", 9100),
            ("2001:db8::1", "2001:db8::1", 9100),
        ] {
            let Ok(PrintTarget::Receipt(printer)) = target(&at(address)) else {
                unreachable!("{address} is an address")
            };
            assert_eq!(printer.connection, Connection::Network { host: host.into(), port });
        }
    }

    #[test]
    fn what_is_no_address_is_no_setting() {
        for address in [
            "",
            "  ",
            ":9100",
            "printer:",
            "printer:0",
            "printer:99999",
            "プリンター",
            "a b:9100",
            "http://x:9",
        ] {
            let failure = target(&at(address)).err();
            assert_eq!(failure.map(|failure| failure.code), Some(ErrorCode::SettingsInvalid), "{address}");
        }
    }
}
