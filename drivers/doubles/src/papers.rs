//! A printer whose papers fall into a tray.

use madoguchi_domain::language::Language;
use madoguchi_domain::receipt::PaperLine;
use madoguchi_domain::ticket::{ClearedPile, PileWords, TicketFace, TicketPaper, TicketWords};
use madoguchi_port::paper::{
    Connection, Drawing, DrawnMark, PaperFault, PaperPrinter, PrintTarget, Printed, TicketTarget,
};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A paper that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenPaper {
    /// Its file's or job's name.
    pub title: String,
    /// Its lines.
    pub lines: Vec<PaperLine>,
    /// Where it was to go.
    pub target: PrintTarget,
}

/// A ticket that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenTicket {
    /// Its file's or job's name.
    pub title: String,
    /// The ticket.
    pub ticket: TicketPaper,
    /// In which language.
    pub language: Language,
    /// Where it was to go.
    pub target: TicketTarget,
}

/// A pile's list that was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenPile {
    /// Its file's or job's name.
    pub title: String,
    /// The pile.
    pub pile: ClearedPile,
    /// In which language.
    pub language: Language,
    /// Where it was to go.
    pub target: TicketTarget,
}

/// The tray's only queue.
const QUEUE: &str = "counter";

/// Collects papers; refuses them while it is told to.
#[derive(Default)]
pub struct PaperTray {
    inside: Mutex<Inside>,
}

#[derive(Default)]
struct Inside {
    papers: Vec<TakenPaper>,
    tickets: Vec<TakenTicket>,
    piles: Vec<TakenPile>,
    fault: Option<PaperFault>,
}

impl PaperTray {
    /// From now on every paper ends in this fault, or in the tray again.
    pub fn refuse(&self, fault: Option<PaperFault>) {
        self.inside().fault = fault;
    }

    /// The papers so far.
    pub fn papers(&self) -> Vec<TakenPaper> {
        self.inside().papers.clone()
    }

    /// The tickets so far.
    pub fn tickets(&self) -> Vec<TakenTicket> {
        self.inside().tickets.clone()
    }

    /// The lists of piles so far.
    pub fn piles(&self) -> Vec<TakenPile> {
        self.inside().piles.clone()
    }

    /// Puts a fault in front of papers that this tray cannot take: of its queues there is one.
    fn refusal(&self, target: &PrintTarget) -> Option<PaperFault> {
        let named = match target {
            PrintTarget::Queue(queue) => Some(queue),
            PrintTarget::Receipt(printer) => match &printer.connection {
                Connection::Queue(queue) => Some(queue),
                Connection::Network { .. } | Connection::Device(_) => None,
            },
            PrintTarget::Folder(_) => None,
        };
        let unknown = named.filter(|queue| *queue != QUEUE).cloned();
        self.inside().fault.clone().or(unknown.map(PaperFault::QueueGone))
    }

    /// Refuses what cannot be printed there.
    fn takes<'t>(
        &self,
        texts: impl Iterator<Item = &'t str>,
        target: &PrintTarget,
    ) -> Result<(), PaperFault> {
        self.refusal(target).map_or(Ok(()), Err)?;
        none_missing(texts)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn printed(&self, title: &str, target: &PrintTarget) -> Printed {
        match target {
            PrintTarget::Folder(folder) => Printed::File(folder.join(format!("{title}.pdf"))),
            PrintTarget::Queue(queue) => {
                let jobs = self.papers.len() + self.tickets.len() + self.piles.len();
                Printed::Job(format!("{queue}-{jobs}"))
            }
            PrintTarget::Receipt(_) => Printed::Paper,
        }
    }
}

impl PaperPrinter for PaperTray {
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault> {
        self.takes(lines.iter().flat_map(PaperLine::texts), target)?;
        let mut inside = self.inside();
        inside.papers.push(TakenPaper {
            title: title.to_owned(),
            lines: lines.to_vec(),
            target: target.clone(),
        });
        Ok(inside.printed(title, target))
    }

    fn print_tickets(
        &self,
        title: &str,
        tickets: &[TicketPaper],
        language: Language,
        target: &TicketTarget,
    ) -> Result<Printed, PaperFault> {
        let place = target.place();
        let words: Vec<TicketWords> = tickets.iter().map(|ticket| ticket.face.words(language)).collect();
        self.takes(words.iter().flat_map(TicketWords::texts), &place)?;
        let mut inside = self.inside();
        inside.tickets.extend(tickets.iter().map(|ticket| TakenTicket {
            title: title.to_owned(),
            ticket: ticket.clone(),
            language,
            target: target.clone(),
        }));
        Ok(inside.printed(title, &place))
    }

    fn print_pile(
        &self,
        title: &str,
        pile: &ClearedPile,
        language: Language,
        target: &TicketTarget,
    ) -> Result<Printed, PaperFault> {
        let place = target.place();
        let words: PileWords = pile.words(language);
        self.takes(words.texts(), &place)?;
        let mut inside = self.inside();
        inside.piles.push(TakenPile {
            title: title.to_owned(),
            pile: pile.clone(),
            language,
            target: target.clone(),
        });
        Ok(inside.printed(title, &place))
    }

    /// One word below the other; where they stand only a real printer knows.
    fn draw_ticket(
        &self,
        face: &TicketFace,
        language: Language,
        _: &TicketTarget,
    ) -> Result<Drawing, PaperFault> {
        let words = face.words(language);
        none_missing(words.texts())?;
        let marks = words.texts().zip(1..).map(|(words, row)| DrawnMark::Words {
            x: 0,
            baseline: row * 500,
            size: 400,
            length: 10_000,
            bold: false,
            words: words.to_owned(),
        });
        Ok(Drawing { width: 10_500, height: 14_800, marks: marks.collect() })
    }

    fn prepare(&self) {}

    fn ready(&self, target: &PrintTarget) -> Result<(), PaperFault> {
        self.refusal(target).map_or(Ok(()), Err)
    }

    fn queues(&self) -> Result<Vec<String>, PaperFault> {
        Ok(vec![QUEUE.into()])
    }
}

fn none_missing<'t>(texts: impl Iterator<Item = &'t str>) -> Result<(), PaperFault> {
    let missing = pictures_among(texts.flat_map(str::chars));
    if missing.is_empty() { Ok(()) } else { Err(PaperFault::MissingCharacters(missing)) }
}

/// The pictures among the characters, which no font for papers has, each once.
fn pictures_among(characters: impl Iterator<Item = char>) -> Vec<char> {
    let mut found = Vec::new();
    for c in characters.filter(|c| ('\u{1f000}'..='\u{1faff}').contains(c)) {
        if !found.contains(&c) {
            found.push(c);
        }
    }
    found
}
