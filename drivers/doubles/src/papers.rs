//! A printer whose papers fall into a tray.

use madoguchi_domain::receipt::PaperLine;
use madoguchi_port::paper::{PaperFault, PaperPrinter, PrintTarget, Printed};
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

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl PaperPrinter for PaperTray {
    fn print(&self, title: &str, lines: &[PaperLine], target: &PrintTarget) -> Result<Printed, PaperFault> {
        let mut inside = self.inside();
        if let Some(fault) = &inside.fault {
            return Err(fault.clone());
        }
        inside.papers.push(TakenPaper {
            title: title.to_owned(),
            lines: lines.to_vec(),
            target: target.clone(),
        });
        Ok(match target {
            PrintTarget::Folder(folder) => Printed::File(folder.join(format!("{title}.pdf"))),
            PrintTarget::Queue(queue) => Printed::Job(format!("{queue}-{}", inside.papers.len())),
        })
    }

    fn queues(&self) -> Result<Vec<String>, PaperFault> {
        Ok(vec!["counter".into()])
    }
}
