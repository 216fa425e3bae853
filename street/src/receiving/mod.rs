//! Taking in what waits in the agreed folder (合算ポイント受取).
//!
//! Belongs here: the order of the steps, so that a power cut between any two loses nothing and doubles
//! nothing. Does not: what a file is worth (`books`), how bytes come from a disk (`folder`).
//! Why it exists: points first, in one transaction with their numbers; then the answers; then the files leave.
//! Whatever is cut off is done again by the next pass, and the number says that the points stand already.

mod folder;
mod tally;

pub use folder::{DropFolder, LocalFolder, Shelf};
pub use tally::Tally;

use crate::books::{Admission, Books, Verdict, Waiting};
use crate::{Fault, MergeKeys};
use madoguchi_domain::merge_file::{Acknowledgement, MergeRecord, acknowledgement_file_name};
use std::ffi::{OsStr, OsString};

/// As many files are taken in by one commit: a commit costs a flush of the disk, and this many files a few
/// hundred kilobytes.
pub const FILES_PER_COMMIT: usize = 500;

/// One street's receiving of one folder.
pub struct Receiving<'a> {
    /// Where points and numbers are written.
    pub books: &'a Books,
    /// What opens the files and seals the answers.
    pub keys: &'a MergeKeys,
    /// Where the files lie.
    pub folder: &'a dyn DropFolder,
    /// Whose points are taken in.
    pub admission: Admission,
    /// How many files one commit takes in.
    pub files_per_commit: usize,
}

/// A file that was taken in, and what became of it.
pub struct Taken<'a> {
    /// Its name in the folder.
    pub name: &'a OsStr,
    /// What became of it.
    pub verdict: Verdict,
    /// What it says, where it is genuine.
    pub record: Option<&'a MergeRecord>,
}

impl Receiving<'_> {
    /// Takes in every file that waits. After a fault what was taken in stands, and the next pass goes on.
    pub fn receive(&self, at_ms: i64) -> Result<Tally, Fault> {
        self.receive_each(at_ms, &mut |_| {})
    }

    /// The same, and tells of each file once it is done with.
    pub fn receive_each(&self, at_ms: i64, tell: &mut dyn FnMut(Taken<'_>)) -> Result<Tally, Fault> {
        let names = self.folder.waiting()?;
        // A folder that is looked at every few seconds is written only when there is something to do.
        if !names.is_empty() {
            self.folder.prepare()?;
        }
        self.lay_answers()?;
        let mut tally = Tally::default();
        for names in names.chunks(self.files_per_commit.max(1)) {
            self.take_in(names, at_ms, &mut tally, tell)?;
        }
        Ok(tally)
    }

    /// Takes in what waits, and what lies in quarantine and is good by now: its member has joined, or the key that
    /// it was sealed with has come.
    pub fn receive_set_aside(&self, at_ms: i64) -> Result<Tally, Fault> {
        self.receive_set_aside_each(at_ms, &mut |_| {})
    }

    /// The same, and tells of each file once it is done with.
    pub fn receive_set_aside_each(
        &self,
        at_ms: i64,
        tell: &mut dyn FnMut(Taken<'_>),
    ) -> Result<Tally, Fault> {
        self.folder.prepare()?;
        for name in self.folder.set_aside()? {
            if let Ok(record) = self.keys.open(&self.folder.read_set_aside(&name)?)
                && self.books.would_take(&record, self.admission)?
            {
                self.folder.bring_back(&name)?;
            }
        }
        self.receive_each(at_ms, tell)
    }

    /// Lays down the answers that are owed, and takes nothing in: what was booked back or declined is told at once.
    pub fn answer(&self) -> Result<(), Fault> {
        self.lay_answers()
    }

    fn take_in(
        &self,
        names: &[OsString],
        at_ms: i64,
        tally: &mut Tally,
        tell: &mut dyn FnMut(Taken<'_>),
    ) -> Result<(), Fault> {
        let mut read = Vec::with_capacity(names.len());
        for name in names {
            match self.folder.read(name) {
                Ok(bytes) => read.push((name, self.opened(name, bytes))),
                // Somebody else has it open: it is there at the next pass.
                Err(_) if self.folder.prepare().is_ok() => tally.unreadable += 1,
                Err(gone) => return Err(gone.into()),
            }
        }
        let (names, files): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let verdicts = self.books.take_in(&files, self.admission, at_ms)?;
        self.lay_answers()?;
        for ((name, file), verdict) in names.into_iter().zip(&files).zip(verdicts) {
            tally.count(verdict, file.opened.as_ref().ok());
            self.folder.shelve(name, shelf(verdict))?;
            tell(Taken { name, verdict, record: file.opened.as_ref().ok() });
        }
        Ok(())
    }

    fn opened(&self, name: &OsStr, bytes: Vec<u8>) -> Waiting {
        let opened = self.keys.open(&bytes);
        Waiting { name: name.to_string_lossy().into_owned(), bytes, opened }
    }

    /// Lays down every answer that is owed and whose place is free: drafts, all of them onto the disk, then their
    /// names. While an earlier answer still lies there the later one waits: whoever carries the earlier one takes
    /// it away after the cloud has it, and must not take the later one instead.
    fn lay_answers(&self) -> Result<(), Fault> {
        let mut after = None;
        loop {
            let owed = self.books.answers_owed(after, FILES_PER_COMMIT)?;
            let Some(newest) = owed.last() else { return Ok(()) };
            after = Some(newest.number);
            let mut answers = Vec::with_capacity(owed.len());
            for answer in owed {
                let is_earlier =
                    |lying: &Vec<u8>| self.keys.is_answer(lying) && *lying != self.keys.seal(answer);
                if !self.folder.answer(&self.answer_name(answer))?.as_ref().is_some_and(is_earlier) {
                    answers.push(answer);
                }
            }
            if !answers.is_empty() {
                self.lay(&answers)?;
            }
        }
    }

    fn lay(&self, answers: &[Acknowledgement]) -> Result<(), Fault> {
        for answer in answers {
            self.folder.draft(&self.answer_name(*answer), &self.keys.seal(*answer))?;
        }
        self.folder.sync()?;
        for answer in answers {
            self.folder.publish(&self.answer_name(*answer))?;
        }
        self.folder.sync()?;
        self.books.answers_written(answers)
    }

    fn answer_name(&self, answer: Acknowledgement) -> String {
        acknowledgement_file_name(self.keys.street(), answer.number)
    }
}

fn shelf(verdict: Verdict) -> Shelf {
    if verdict.is_done() { Shelf::Processed } else { Shelf::Quarantine }
}
