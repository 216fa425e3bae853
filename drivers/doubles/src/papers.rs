//! A printer whose papers fall into a tray.

use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{Connection, PaperFault, PaperPrinter, PrintTarget, Printed};
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
        self.inside().fault.clone().or(unknown.map(PaperFault::QueueRefused))
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PaperPrinter for PaperTray {
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault> {
        if let Some(fault) = self.refusal(target) {
            return Err(fault);
        }
        let missing: Vec<char> = pictures_among(lines.iter().flat_map(PaperLine::texts).flat_map(str::chars));
        if !missing.is_empty() {
            return Err(PaperFault::MissingCharacters(missing));
        }
        let mut inside = self.inside();
        inside.papers.push(TakenPaper {
            title: title.to_owned(),
            lines: lines.to_vec(),
            target: target.clone(),
        });
        Ok(match target {
            PrintTarget::Folder(folder) => Printed::File(folder.join(format!("{title}.pdf"))),
            PrintTarget::Queue(queue) => Printed::Job(format!("{queue}-{}", inside.papers.len())),
            PrintTarget::Receipt(_) => Printed::Paper,
        })
    }

    fn ready(&self, target: &PrintTarget) -> Result<(), PaperFault> {
        self.refusal(target).map_or(Ok(()), Err)
    }

    fn queues(&self) -> Result<Vec<String>, PaperFault> {
        Ok(vec![QUEUE.into()])
    }
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
