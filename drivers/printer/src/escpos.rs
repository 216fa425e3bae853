//! Papers in the language of receipt printers, ESC/POS.
//!
//! Belongs here: asking the printer whether it can, sending one job, hearing that it was printed.
//! Does not: what a paper says, the page of the PDF.
//!
//! A job is sent only to a printer that has just said that it has paper and is closed. Afterwards the
//! printer is asked to answer when everything has been printed: bytes taken are no paper yet. From
//! the job's first byte on, every fault is [`PaperFault::CutShort`].

mod columns;
mod command;
mod compose;
mod connection;
mod kanji;
mod status;

use crate::font::Fonts;
use crate::layout::Block;
use connection::Line;
use madoguchi_port::paper::{Connection, PaperFault, ReceiptPrinter};
use status::{Answer, QUESTIONS, Question};
use std::io;
use std::time::{Duration, Instant};

/// How long things may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// Until a printer is reached.
    pub(crate) reach: Duration,
    /// Until it answers a question it answers at once.
    pub(crate) answer: Duration,
    /// While it takes no byte.
    pub(crate) take: Duration,
    /// From the last byte until all is printed.
    pub(crate) print: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { reach: seconds(3), answer: seconds(2), take: seconds(5), print: seconds(20) }
    }
}

/// The bytes that print papers one after the other, each cut off; see [`compose`].
pub(crate) fn job(
    papers: &[Vec<Block>],
    printer: &ReceiptPrinter,
    fonts: &Fonts,
) -> Result<Vec<u8>, PaperFault> {
    let jobs = papers.iter().map(|paper| compose::job(paper, printer.roll, printer.kanji, fonts));
    Ok(jobs.collect::<Result<Vec<_>, _>>()?.concat())
}

/// Sends a job and waits until it is printed.
pub(crate) fn send(job: &[u8], connection: &Connection, patience: Patience) -> Result<(), PaperFault> {
    let mut session = Session::begin(connection, patience)?;
    session.ask_for_trouble()?;
    session.print(job).map_err(|cause| {
        tracing::warn!(%cause, place = session.place, "a paper was cut short");
        PaperFault::CutShort
    })
}

/// Whether a printer is there and can print.
pub(crate) fn ready(connection: &Connection, patience: Patience) -> Result<(), PaperFault> {
    Session::begin(connection, patience)?.ask_for_trouble()
}

/// A conversation with a printer.
struct Session {
    line: Box<dyn Line>,
    place: String,
    patience: Patience,
}

impl Session {
    fn begin(connection: &Connection, patience: Patience) -> Result<Self, PaperFault> {
        let line = connection::open(connection, patience.reach)?;
        Ok(Self { line, place: connection::place(connection), patience })
    }

    /// Asks everything a printer can say of itself, before anything is printed.
    fn ask_for_trouble(&mut self) -> Result<(), PaperFault> {
        for question in QUESTIONS {
            let answer = self.ask(question).or_else(|error| self.ask_again(question, error));
            let answer = answer.map_err(|error| {
                tracing::warn!(%error, place = self.place, "the receipt printer does not answer");
                PaperFault::PrinterGone(self.place.clone())
            })?;
            if let Some(fault) = status::trouble(question, answer) {
                return Err(fault);
            }
        }
        Ok(())
    }

    fn ask(&mut self, question: Question) -> io::Result<u8> {
        self.line.write(&command::ask_at_once(question as u8), self.patience.answer)?;
        let deadline = Instant::now() + self.patience.answer;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.line.read(left)?.map(status::answer) {
                Some(Answer::AtOnce(byte)) => return Ok(byte),
                Some(Answer::Printed | Answer::Other) => {}
                None => return Err(io::ErrorKind::TimedOut.into()),
            }
        }
    }

    /// A printer that waits for the rest of a picture may have taken the question for it.
    fn ask_again(&mut self, question: Question, unanswered: io::Error) -> io::Result<u8> {
        if unanswered.kind() != io::ErrorKind::TimedOut {
            return Err(unanswered);
        }
        self.line.write(command::FINISH, self.patience.answer)?;
        self.ask(question)
    }

    /// Prints; an error says why nobody knows how much of it came out.
    fn print(&mut self, job: &[u8]) -> io::Result<()> {
        self.line.write(job, self.patience.take)?;
        self.line.write(command::ASK_WHEN_PRINTED, self.patience.take)?;
        let deadline = Instant::now() + self.patience.print;
        while Instant::now() < deadline {
            match self.line.read(self.patience.answer)?.map(status::answer) {
                Some(Answer::Printed) => return Ok(()),
                Some(Answer::AtOnce(answer)) => must_be_on_line(answer)?,
                Some(Answer::Other) => {}
                // Still printing, or stopped: it says at once which.
                None => {
                    let question = command::ask_at_once(Question::Printer as u8);
                    self.line.write(&question, self.patience.take)?;
                }
            }
        }
        Err(io::ErrorKind::TimedOut.into())
    }
}

fn must_be_on_line(answer: u8) -> io::Result<()> {
    match status::trouble(Question::Printer, answer) {
        Some(fault) => Err(io::Error::other(fault)),
        None => Ok(()),
    }
}
