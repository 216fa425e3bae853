//! The printer: where the settings lead papers, how it is, and what is said when it fails (row D3).
//!
//! Belongs here: the printer's state in the head of every screen, the test paper, where tickets go. Does not: the way from
//! the setting to the driver (`desk`), receipts (`receipt`), the settings file (`settings`).

use crate::running::{Running, lock};
use crate::words::setting_wrong;
use madoguchi_desk::printing::{not_printed, target};
use madoguchi_domain::receipt::{marked_as_training, test_paper};
use madoguchi_port::paper::{PaperFault, Printed, Sheet, SheetTarget, TicketTarget};
use madoguchi_wire::failure::Failure;
use madoguchi_wire::window::{DeviceState, Printer, SheetPrinter, TicketPrinter, TicketSheet};
use std::sync::Arc;
use std::time::Duration;

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
