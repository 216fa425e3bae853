//! Taking in what waits in the agreed folder (合算ポイント受取).
//!
//! Belongs here: the order of the steps, so that a power cut between any two loses nothing and doubles
//! nothing. Does not: what a file is worth (`books`), how bytes come from a disk (`folder`).
//! Why it exists: points first, in one transaction with their numbers; then the answers; then the files leave.
//! Whatever is cut off is done again by the next pass, and the number says that the points stand already. What stands
//! against one file, because somebody has it open or it may not be moved, stops no other: it stays, and is counted.

mod folder;
mod tally;

pub use folder::{DropFolder, LocalFolder, Shelf};
pub use tally::Tally;

use crate::books::{Admission, Books, Verdict, Waiting};
use crate::{Fault, MergeKeys};
use folder::MOST_WAITING;
use madoguchi_domain::merge_file::{Acknowledgement, MergeRecord, acknowledgement_file_name};
use std::ffi::{OsStr, OsString};
use std::io;

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
    pub admission: Admission<'a>,
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
        let mut unlaid = self.lay_answers()?;
        let mut tally = Tally::default();
        for names in names.chunks(self.files_per_commit.max(1)) {
            unlaid = self.take_in(names, at_ms, &mut tally, tell)?.or(unlaid);
        }
        unlaid.map_or(Ok(tally), Err)
    }

    /// Takes in what waits, and what lies in quarantine and is good by now: its member has joined, or the key that
    /// it was sealed with has come. The books' list of quarantine is held against what is left there.
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
        let stay = self.bring_back(at_ms)?;
        let mut tally = self.receive_each(at_ms, tell)?;
        tally.unreadable += stay;
        Ok(tally)
    }

    /// Lays down the answers that are owed, and takes nothing in: what was booked back or declined is told at once.
    pub fn answer(&self) -> Result<(), Fault> {
        self.lay_answers()?.map_or(Ok(()), Err)
    }

    /// Gives why an answer could not be laid, if one could not.
    fn take_in(
        &self,
        names: &[OsString],
        at_ms: i64,
        tally: &mut Tally,
        tell: &mut dyn FnMut(Taken<'_>),
    ) -> Result<Option<Fault>, Fault> {
        let mut read = Vec::with_capacity(names.len());
        for name in names {
            match self.of_one(self.folder.read(name))? {
                Ok(bytes) => read.push((name, self.opened(name, bytes))),
                // Somebody else has it open: it is there at the next pass.
                Err(_) => tally.unreadable += 1,
            }
        }
        let (names, files): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        let verdicts = self.books.take_in(&files, self.admission, at_ms)?;
        let taken = || {
            let taken = names.iter().zip(&files).zip(&verdicts);
            taken.map(|((name, file), verdict)| Taken {
                name,
                verdict: *verdict,
                record: file.opened.as_ref().ok(),
            })
        };
        // Points that were added are told whatever becomes of their files.
        for taken in taken().filter(|taken| taken.verdict == Verdict::Received) {
            tally.count(taken.verdict, taken.record);
            tell(taken);
        }
        let unlaid = self.lay_answers()?;
        for taken in taken() {
            let stays = self.of_one(self.folder.shelve(taken.name, shelf(taken.verdict)))?.is_err();
            if stays {
                // Every pass meets it again, and it would be told by every pass; an alarm is one until somebody hears it.
                tally.unreadable += 1;
                tally.other_content += u64::from(taken.verdict == Verdict::OtherContent);
            } else if taken.verdict != Verdict::Received {
                tally.count(taken.verdict, taken.record);
                tell(taken);
            }
        }
        Ok(unlaid)
    }

    /// Moves from quarantine to what waits whatever is good by now. Gives how many files there could not be read or
    /// moved.
    fn bring_back(&self, at_ms: i64) -> Result<u64, Fault> {
        let names = self.folder.set_aside()?;
        let (mut left, mut stay) = (Vec::new(), 0);
        for name in &names {
            let Ok(bytes) = self.of_one(self.folder.read_set_aside(name))? else {
                stay += 1;
                continue;
            };
            let file = self.opened(name, bytes);
            if !self.is_good(&file)? {
                left.push(file);
            } else if self.of_one(self.folder.bring_back(name))?.is_err() {
                stay += 1;
            }
        }
        // Of a file that was not read nobody knows which of the list it is.
        if stay == 0 && names.len() < MOST_WAITING {
            self.books.hold_against_quarantine(&left, at_ms)?;
        }
        Ok(stay)
    }

    fn is_good(&self, file: &Waiting) -> Result<bool, Fault> {
        file.opened.as_ref().map_or(Ok(false), |record| self.books.would_take(record, self.admission))
    }

    /// A step with one file: that it failed for this file alone is no fault of the folder.
    fn of_one<T>(&self, step: io::Result<T>) -> Result<Result<T, Fault>, Fault> {
        match step {
            Ok(done) => Ok(Ok(done)),
            Err(error) if self.folder.prepare().is_ok() => Ok(Err(error.into())),
            Err(gone) => Err(gone.into()),
        }
    }

    fn opened(&self, name: &OsStr, bytes: Vec<u8>) -> Waiting {
        let opened = self.keys.open(&bytes);
        Waiting { name: name.to_string_lossy().into_owned(), bytes, opened }
    }

    /// Lays down every answer that is owed and whose place is free: drafts, all of them onto the disk, then their
    /// names. While an earlier answer still lies there the later one waits: whoever carries the earlier one takes
    /// it away after the cloud has it, and must not take the later one instead. Gives why one could not be laid, if
    /// one could not, because something else has its name: it stays owed, and the others lie there.
    fn lay_answers(&self) -> Result<Option<Fault>, Fault> {
        let (mut after, mut unlaid) = (None, None);
        loop {
            let owed = self.books.answers_owed(after, FILES_PER_COMMIT)?;
            let Some(newest) = owed.last() else { return Ok(unlaid) };
            after = Some(newest.number);
            let mut answers = Vec::with_capacity(owed.len());
            for answer in owed {
                match self.of_one(self.folder.answer(&self.answer_name(answer)))? {
                    Ok(lying) if lying.as_deref().is_some_and(|lying| self.is_earlier(lying, answer)) => {}
                    Ok(_) => answers.push(answer),
                    Err(fault) => unlaid = Some(fault),
                }
            }
            if !answers.is_empty() {
                unlaid = self.lay(&answers)?.or(unlaid);
            }
        }
    }

    fn is_earlier(&self, lying: &[u8], answer: Acknowledgement) -> bool {
        self.keys.is_answer(lying) && lying != self.keys.seal(answer)
    }

    fn lay(&self, answers: &[Acknowledgement]) -> Result<Option<Fault>, Fault> {
        let mut unlaid = None;
        let drafted = self.each(answers, &mut unlaid, |answer| {
            self.folder.draft(&self.answer_name(answer), &self.keys.seal(answer))
        })?;
        self.folder.sync()?;
        let laid =
            self.each(&drafted, &mut unlaid, |answer| self.folder.publish(&self.answer_name(answer)))?;
        self.folder.sync()?;
        self.books.answers_written(&laid)?;
        Ok(unlaid)
    }

    /// Takes a step with each answer, and gives those for which it was done.
    fn each(
        &self,
        answers: &[Acknowledgement],
        unlaid: &mut Option<Fault>,
        step: impl Fn(Acknowledgement) -> io::Result<()>,
    ) -> Result<Vec<Acknowledgement>, Fault> {
        let mut done = Vec::with_capacity(answers.len());
        for answer in answers {
            match self.of_one(step(*answer))? {
                Ok(()) => done.push(*answer),
                Err(fault) => *unlaid = Some(fault),
            }
        }
        Ok(done)
    }

    fn answer_name(&self, answer: Acknowledgement) -> String {
        acknowledgement_file_name(self.keys.street(), answer.number)
    }
}

fn shelf(verdict: Verdict) -> Shelf {
    if verdict.is_done() { Shelf::Processed } else { Shelf::Quarantine }
}
