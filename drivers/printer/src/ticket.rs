//! A ticket's words on every paper tickets are printed on.
//!
//! Belongs here: which blocks a ticket has on a roll, and in what order. Does not: its words
//! (`madoguchi_domain::ticket`), sheets (`a6`, `a4`), how a block is set (`layout`).

mod a4;
mod a6;

pub(crate) use a4::sheets;
pub(crate) use a6::sheet;

use crate::code::Modules;
use crate::layout::{Block, Figure};
use madoguchi_domain::receipt::PaperLine;
use madoguchi_domain::ticket::TicketWords;

/// A ticket ready to be set: what it says, and its number and code if it has them yet.
pub(crate) struct Ticket {
    pub(crate) words: TicketWords,
    pub(crate) issued: Option<Issued>,
}

/// What only an issued ticket has.
pub(crate) struct Issued {
    /// In fours.
    pub(crate) number: String,
    pub(crate) code: Modules,
}

/// Stands for the number of a ticket that has none yet.
const NO_NUMBER: &str = "---- ---- ----";

impl Ticket {
    pub(crate) fn number(&self) -> &str {
        self.issued.as_ref().map_or(NO_NUMBER, |issued| &issued.number)
    }

    fn code(&self) -> Option<&Modules> {
        self.issued.as_ref().map(|issued| &issued.code)
    }

    /// Every text on its paper.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        self.words.texts().chain([self.number(), a6::BULLET])
    }

    /// Its blocks on a roll, top to bottom.
    pub(crate) fn on_a_roll(&self) -> Vec<Block> {
        let words = &self.words;
        let line = Block::Line;
        let centred = |text: &str| line(PaperLine::Centred(text.to_owned()));
        let title = |text: String| line(PaperLine::Title(text));
        let boxed = |text: &String| line(PaperLine::Boxed(text.clone()));
        let mut blocks = Vec::new();
        blocks.extend(words.training.as_ref().map(boxed));
        blocks.extend([centred(&words.issuer), title(words.title.clone())]);
        blocks.push(Block::Figure(Figure { number: words.points.clone(), unit: words.unit.clone() }));
        blocks.push(centred(&words.worth));
        blocks.extend(words.event.as_ref().map(boxed));
        blocks.extend([
            Block::Code(self.code().cloned()),
            centred(&words.number_label),
            title(self.number().to_owned()),
            centred(&words.last_day_label),
            title(format!("{}{}", words.last_day, words.until)),
            line(PaperLine::Rule),
            line(PaperLine::Text(words.issued.clone())),
            line(PaperLine::Text(words.issued_at.clone())),
            Block::Stamps(words.stamps.clone()),
        ]);
        let note = |note: &String| line(PaperLine::Note(format!("{}{note}", a6::BULLET)));
        blocks.extend(words.notes.iter().map(note));
        blocks.extend(words.training.as_ref().map(boxed));
        blocks
    }
}
