//! Receipts on paper: as PDF, and on receipt printers.
//!
//! Belongs here: fonts, line breaking, the page, PDF, ESC/POS, and the ways to a folder, a CUPS queue,
//! a network printer and a device file.
//! Does not belong here: what a receipt says (`madoguchi_domain::receipt`) and when one is printed
//! (the terminal).
//! Why it exists: every paper goes one way, lines → page or job → target, and each step can be
//! looked at alone.

mod bitmap;
mod breaking;
mod cups;
mod escpos;
mod folder;
mod font;
mod layout;
mod pdf;
mod text;

pub use font::system_font_folders;
pub use layout::Roll;

use cups::{Content, Cups};
use escpos::Patience;
use font::Fonts;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{Connection, PaperFault, PaperPrinter, PrintTarget, Printed, ReceiptPrinter};
use std::path::{Path, PathBuf};

/// Prints papers.
///
/// Make one for the life of the process: it reads the fonts once, some 10 ms each, when it is first asked
/// whether it is ready or prints. Printing blocks: some milliseconds into a folder, until the paper is out on a receipt printer, at most half a minute
/// if something hangs.
pub struct Printers {
    fonts: Fonts,
    roll: Roll,
    cups: Cups,
    patience: Patience,
}

impl Printers {
    /// Printers that look for their fonts in `font_folders`, the first one first, and set papers that
    /// go as PDF for `roll`.
    ///
    /// See [`system_font_folders`]. Without any font they are made all the same and every paper that
    /// needs one ends in [`PaperFault::NoFont`].
    pub fn new(font_folders: &[PathBuf], roll: Roll) -> Self {
        Self { fonts: Fonts::find(font_folders), roll, cups: Cups::default(), patience: Patience::default() }
    }

    /// Makes the PDF without sending it anywhere.
    pub fn pdf(&self, title: &str, lines: &[PaperLine]) -> Result<Vec<u8>, PaperFault> {
        self.has_font()?;
        let lines = visible(lines);
        let text = lines.iter().flat_map(PaperLine::texts).flat_map(str::chars);
        let glyphs = self.fonts.glyphs(text).map_err(PaperFault::MissingCharacters)?;
        let page = layout::set(&lines, self.roll, &glyphs);
        pdf::draw(&page, title, &self.fonts, &glyphs)
    }

    /// Makes the bytes for a receipt printer without sending them anywhere.
    pub fn escpos(&self, lines: &[PaperLine], printer: &ReceiptPrinter) -> Result<Vec<u8>, PaperFault> {
        escpos::job(&visible(lines), printer, &self.fonts)
    }

    fn print_receipt(
        &self,
        title: &str,
        lines: &[PaperLine],
        printer: &ReceiptPrinter,
    ) -> Result<Printed, PaperFault> {
        let job = self.escpos(lines, printer)?;
        match &printer.connection {
            Connection::Queue(queue) => self.cups.print(queue, title, job, Content::Raw).map(Printed::Job),
            connection => escpos::send(&job, connection, self.patience).map(|()| Printed::Paper),
        }
    }

    /// Reads the preferred family, if it has not been read: the first paper is then as fast as the others.
    fn has_font(&self) -> Result<(), PaperFault> {
        if self.fonts.is_empty() { Err(PaperFault::NoFont) } else { Ok(()) }
    }

    fn has_queue(&self, queue: &str) -> Result<(), PaperFault> {
        if self.cups.queues()?.iter().any(|known| known == queue) {
            return Ok(());
        }
        Err(PaperFault::QueueRefused(queue.to_owned()))
    }
}

impl PaperPrinter for Printers {
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault> {
        match target {
            PrintTarget::Folder(folder) => {
                folder::write(folder, title, &self.pdf(title, lines)?).map(Printed::File)
            }
            PrintTarget::Queue(queue) => {
                let pdf = self.pdf(title, lines)?;
                self.cups.print(queue, title, pdf, Content::Pdf).map(Printed::Job)
            }
            PrintTarget::Receipt(printer) => self.print_receipt(title, lines, printer),
        }
    }

    fn ready(&self, target: &PrintTarget) -> Result<(), PaperFault> {
        match target {
            PrintTarget::Folder(folder) => is_there(folder).and_then(|()| self.has_font()),
            PrintTarget::Queue(queue) => self.has_queue(queue).and_then(|()| self.has_font()),
            PrintTarget::Receipt(printer) => match &printer.connection {
                Connection::Queue(queue) => self.has_queue(queue),
                connection => escpos::ready(connection, self.patience),
            },
        }
    }

    fn queues(&self) -> Result<Vec<String>, PaperFault> {
        self.cups.queues()
    }
}

fn visible(lines: &[PaperLine]) -> Vec<PaperLine> {
    lines.iter().map(|line| line.map_text(text::visible)).collect()
}

fn is_there(folder: &Path) -> Result<(), PaperFault> {
    if folder.is_dir() { Ok(()) } else { Err(PaperFault::NotWritten(folder.to_owned())) }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use madoguchi_doubles::contract::{self, Places};
    use madoguchi_port::paper::PaperRoll;

    fn printers(cups: Cups) -> Printers {
        Printers { cups, ..Printers::new(&system_font_folders(), Roll::MM80) }
    }

    #[test]
    fn a_folder_keeps_the_contract() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places {
            good: PrintTarget::Folder(folder.path().to_owned()),
            nowhere: PrintTarget::Folder(folder.path().join("gone")),
        };
        contract::papers(&printers(Cups::default()), &places);
    }

    #[test]
    fn a_queue_keeps_the_contract() {
        let (_folder, cups) = cups::tests::patient();
        let places =
            Places { good: PrintTarget::Queue("shop".into()), nowhere: PrintTarget::Queue("nowhere".into()) };
        contract::papers(&printers(cups), &places);
    }

    #[test]
    fn a_receipt_printer_behind_a_queue_keeps_the_contract() {
        let (_folder, cups) = cups::tests::patient();
        let behind = |queue: &str| {
            let connection = Connection::Queue(queue.into());
            PrintTarget::Receipt(ReceiptPrinter { connection, roll: PaperRoll::Mm58, kanji: true })
        };
        contract::papers(&printers(cups), &Places { good: behind("shop"), nowhere: behind("nowhere") });
    }
}
