//! Receipts as PDF, and the ways they reach a printer.
//!
//! Belongs here: fonts, line breaking, the page, PDF, a folder, a CUPS queue.
//! Does not belong here: what a receipt says (`madoguchi_domain::receipt`) and when one is printed
//! (the terminal).
//! Why it exists: every paper goes one way, lines → page → PDF → target, and each step can be
//! looked at alone.

mod breaking;
mod cups;
mod folder;
mod font;
mod layout;
mod pdf;
mod text;

pub use font::system_font_folders;
pub use layout::Roll;

use cups::Cups;
use font::Fonts;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{PaperFault, PaperPrinter, PrintTarget, Printed};
use std::path::PathBuf;

/// Prints papers as PDF.
///
/// Make one for the life of the process: it reads the fonts once, some 10 ms each. Printing blocks
/// for a few milliseconds into a folder and up to 15 seconds into a queue.
pub struct PdfPrinter {
    fonts: Fonts,
    roll: Roll,
    cups: Cups,
}

impl PdfPrinter {
    /// A printer for one roll that looks for its fonts in `font_folders`, the first one first.
    ///
    /// See [`system_font_folders`]. Without any font it is made all the same and every paper ends
    /// in [`PaperFault::NoFont`].
    pub fn new(font_folders: &[PathBuf], roll: Roll) -> Self {
        Self { fonts: Fonts::find(font_folders), roll, cups: Cups::default() }
    }

    /// Makes the PDF without sending it anywhere.
    pub fn pdf(&self, title: &str, lines: &[PaperLine]) -> Result<Vec<u8>, PaperFault> {
        if self.fonts.is_empty() {
            return Err(PaperFault::NoFont);
        }
        let lines: Vec<_> = lines.iter().map(|line| line.map_text(text::visible)).collect();
        let text = lines.iter().flat_map(PaperLine::texts).flat_map(str::chars);
        let glyphs = self.fonts.glyphs(text).map_err(PaperFault::MissingCharacters)?;
        let page = layout::set(&lines, self.roll, &glyphs);
        pdf::draw(&page, title, &self.fonts, &glyphs)
    }
}

impl PaperPrinter for PdfPrinter {
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault> {
        let pdf = self.pdf(title, lines)?;
        match target {
            PrintTarget::Folder(folder) => folder::write(folder, title, &pdf).map(Printed::File),
            PrintTarget::Queue(queue) => self.cups.print(queue, title, pdf).map(Printed::Job),
        }
    }

    fn queues(&self) -> Result<Vec<String>, PaperFault> {
        self.cups.queues()
    }
}
