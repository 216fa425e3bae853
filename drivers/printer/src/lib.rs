//! Receipts, tickets and the counter's other papers: as PDF, and on receipt printers.
//!
//! Belongs here: fonts, line breaking, the page, PDF, ESC/POS, and the ways to a folder, a CUPS queue,
//! a network printer and a device file.
//! Does not belong here: what a paper says (`madoguchi_domain`) and when one is printed (the terminal).
//! Why it exists: every paper goes one way, words → page or job → target, and each step can be
//! looked at alone.

mod bitmap;
mod breaking;
mod code;
mod cups;
mod drawing;
mod escpos;
mod folder;
mod font;
mod layout;
mod page;
mod pdf;
mod pile;
mod text;
mod ticket;

pub use font::system_font_folders;
pub use layout::Roll;

use code::Modules;
use cups::{Content, Cups};
use escpos::Patience;
use font::{Fonts, Glyphs};
use layout::Block;
use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_domain::ticket::{ClearedPile, TicketFace, TicketPaper};
use madoguchi_port::paper::{
    Connection, Drawing, PaperFault, PaperPrinter, PaperRoll, PrintTarget, Printed, ReceiptPrinter, Sheet,
    TicketTarget,
};
use page::Page;
use std::path::{Path, PathBuf};
use ticket::{Issued, Ticket};

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

    /// Makes the PDF of a narrow paper without sending it anywhere.
    pub fn pdf(&self, title: &str, lines: &[PaperLine]) -> Result<Vec<u8>, PaperFault> {
        self.roll_pdf(title, &[visible(lines)])
    }

    /// Makes the PDF of tickets on sheets without sending it anywhere.
    pub fn ticket_sheets(
        &self,
        title: &str,
        tickets: &[TicketPaper],
        language: Language,
        sheet: Sheet,
    ) -> Result<Vec<u8>, PaperFault> {
        let tickets = issued(tickets, language)?;
        let glyphs = self.glyphs(tickets.iter().flat_map(Ticket::texts))?;
        let pages = match sheet {
            Sheet::A6 => tickets.iter().map(|ticket| ticket::sheet(ticket, &glyphs)).collect(),
            Sheet::A4 => ticket::sheets(&tickets, &glyphs),
        };
        pdf::draw(&pages, title, &self.fonts, &glyphs)
    }

    /// Makes the PDF of a cleared pile's list on sheets without sending it anywhere.
    pub fn pile_sheets(
        &self,
        title: &str,
        pile: &ClearedPile,
        language: Language,
        sheet: Sheet,
    ) -> Result<Vec<u8>, PaperFault> {
        let words = pile.words(language).map_text(text::visible);
        let glyphs = self.glyphs(words.texts().chain([pile::FIGURES]))?;
        pdf::draw(&pile::pages(&words, &pile.tickets, sheet, &glyphs), title, &self.fonts, &glyphs)
    }

    /// Makes the bytes for a receipt printer without sending them anywhere.
    pub fn escpos(&self, lines: &[PaperLine], printer: &ReceiptPrinter) -> Result<Vec<u8>, PaperFault> {
        escpos::job(&[visible(lines)], printer, &self.fonts)
    }

    /// Makes the bytes that print tickets on a receipt printer without sending them anywhere.
    pub fn ticket_escpos(
        &self,
        tickets: &[TicketPaper],
        language: Language,
        printer: &ReceiptPrinter,
    ) -> Result<Vec<u8>, PaperFault> {
        let papers: Vec<_> = issued(tickets, language)?.iter().map(Ticket::on_a_roll).collect();
        escpos::job(&papers, printer, &self.fonts)
    }

    /// Narrow papers as PDF, each on a page as long as it needs.
    fn roll_pdf(&self, title: &str, papers: &[Vec<Block>]) -> Result<Vec<u8>, PaperFault> {
        let glyphs = self.glyphs(papers.iter().flatten().flat_map(Block::texts))?;
        let pages: Vec<Page> = papers.iter().map(|blocks| layout::set(blocks, self.roll, &glyphs)).collect();
        pdf::draw(&pages, title, &self.fonts, &glyphs)
    }

    fn glyphs<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Result<Glyphs, PaperFault> {
        self.has_font()?;
        self.fonts.glyphs(texts.flat_map(str::chars)).map_err(PaperFault::MissingCharacters)
    }

    /// Prints narrow papers, all in one job.
    fn print_on_a_roll(
        &self,
        title: &str,
        papers: &[Vec<Block>],
        target: &PrintTarget,
    ) -> Result<Printed, PaperFault> {
        let printer = match target {
            PrintTarget::Receipt(printer) => printer,
            sheets => return self.hand_over(title, self.roll_pdf(title, papers)?, sheets),
        };
        let job = escpos::job(papers, printer, &self.fonts)?;
        match &printer.connection {
            Connection::Queue(queue) => self.cups.print(queue, title, job, Content::Raw).map(Printed::Job),
            connection => escpos::send(&job, connection, self.patience).map(|()| Printed::Paper),
        }
    }

    /// Puts a PDF where it belongs.
    fn hand_over(&self, title: &str, pdf: Vec<u8>, target: &PrintTarget) -> Result<Printed, PaperFault> {
        match target {
            PrintTarget::Folder(folder) => folder::write(folder, title, &pdf).map(Printed::File),
            PrintTarget::Queue(queue) => self.cups.print(queue, title, pdf, Content::Pdf).map(Printed::Job),
            PrintTarget::Receipt(_) => Err(PaperFault::NotMade("a receipt printer takes no PDF".into())),
        }
    }

    fn has_font(&self) -> Result<(), PaperFault> {
        if self.fonts.is_empty() { Err(PaperFault::NoFont) } else { Ok(()) }
    }

    const fn roll_of(&self, target: &PrintTarget) -> Roll {
        match target {
            PrintTarget::Receipt(ReceiptPrinter { roll: PaperRoll::Mm80, .. }) => Roll::MM80,
            PrintTarget::Receipt(ReceiptPrinter { roll: PaperRoll::Mm58, .. }) => Roll::MM58,
            PrintTarget::Folder(_) | PrintTarget::Queue(_) => self.roll,
        }
    }
}

impl PaperPrinter for Printers {
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault> {
        self.print_on_a_roll(title, &[visible(lines)], target)
    }

    fn print_tickets(
        &self,
        title: &str,
        tickets: &[TicketPaper],
        language: Language,
        target: &TicketTarget,
    ) -> Result<Printed, PaperFault> {
        match target {
            TicketTarget::Sheets(sheet, _) => {
                let pdf = self.ticket_sheets(title, tickets, language, *sheet)?;
                self.hand_over(title, pdf, &target.place())
            }
            TicketTarget::Roll(target) => {
                let tickets = issued(tickets, language)?;
                let papers: Vec<_> = tickets.iter().map(Ticket::on_a_roll).collect();
                self.print_on_a_roll(title, &papers, target)
            }
        }
    }

    fn print_pile(
        &self,
        title: &str,
        pile: &ClearedPile,
        language: Language,
        target: &TicketTarget,
    ) -> Result<Printed, PaperFault> {
        match target {
            TicketTarget::Sheets(sheet, _) => {
                let pdf = self.pile_sheets(title, pile, language, *sheet)?;
                self.hand_over(title, pdf, &target.place())
            }
            TicketTarget::Roll(target) => self.print(title, &pile.lines(language), target),
        }
    }

    fn draw_ticket(
        &self,
        face: &TicketFace,
        language: Language,
        target: &TicketTarget,
    ) -> Result<Drawing, PaperFault> {
        let ticket = Ticket { words: face.words(language).map_text(text::visible), issued: None };
        let glyphs = self.glyphs(ticket.texts())?;
        let page = match target {
            TicketTarget::Sheets(..) => ticket::sheet(&ticket, &glyphs),
            TicketTarget::Roll(target) => layout::set(&ticket.on_a_roll(), self.roll_of(target), &glyphs),
        };
        Ok(drawing::of(&page, &glyphs))
    }

    fn prepare(&self) {
        self.fonts.read_preferred();
    }

    fn ready(&self, target: &PrintTarget) -> Result<(), PaperFault> {
        match target {
            PrintTarget::Folder(folder) => is_there(folder).and_then(|()| self.has_font()),
            PrintTarget::Queue(queue) => self.cups.passes_on(queue).and_then(|()| self.has_font()),
            PrintTarget::Receipt(printer) => match &printer.connection {
                Connection::Queue(queue) => self.cups.passes_on(queue),
                connection => escpos::ready(connection, self.patience),
            },
        }
    }

    fn queues(&self) -> Result<Vec<String>, PaperFault> {
        self.cups.queues()
    }
}

fn visible(lines: &[PaperLine]) -> Vec<Block> {
    lines.iter().map(|line| Block::Line(line.map_text(text::visible))).collect()
}

fn issued(tickets: &[TicketPaper], language: Language) -> Result<Vec<Ticket>, PaperFault> {
    let ready = |paper: &TicketPaper| {
        let code =
            Modules::of(&paper.code).map_err(|_| PaperFault::NotMade("no code is that long".into()))?;
        let words = paper.face.words(language).map_text(text::visible);
        Ok(Ticket { words, issued: Some(Issued { number: paper.number.spaced(), code }) })
    };
    tickets.iter().map(ready).collect()
}

fn is_there(folder: &Path) -> Result<(), PaperFault> {
    if folder.is_dir() { Ok(()) } else { Err(PaperFault::NotWritten(folder.to_owned())) }
}
