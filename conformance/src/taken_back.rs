//! Merges that a street takes back: booked back after they were received, declined before they were. Whoever says so to
//! the municipality and has the points all the same has them twice, since the municipality refunds on that word.
//!
//! How a receiver is told to take one back is its own matter, so it is examined only where its commands were named.

use crate::course::{Record, record};
use crate::finding::{Finding, Wrong};
use crate::folder::{Looked, look};
use crate::judge::{answer_name, count, said};
use crate::list;
use crate::profile::Under;
use crate::receiver::{Receiver, ReceiverFault, Stage};
use crate::street::MEMBERS;
use std::fs;
use std::path::Path;

/// One way to take a number back.
struct Way<'a> {
    /// The file, for whoever reads a finding.
    what: &'static str,
    command: &'a [String],
    /// What the municipality is told.
    word: &'static str,
    record: Record,
    /// Whether its points were added before.
    was_received: bool,
}

/// What is wrong with a number that was taken back, for each command that was named.
pub(crate) fn findings(receiver: &Receiver, place: &Path) -> Result<Vec<Finding>, ReceiverFault> {
    let booked_back = receiver.book_back.as_ref().map(|command| Way {
        what: "a merge that was booked back",
        command,
        word: "booked_back",
        record: record(MEMBERS[0], 25, 800),
        was_received: true,
    });
    let declined = receiver.decline.as_ref().map(|command| Way {
        what: "a number that was declined",
        command,
        word: "declined",
        record: record(MEMBERS[1], 35, 801),
        was_received: false,
    });
    let mut findings = Vec::new();
    for way in [booked_back, declined].into_iter().flatten() {
        let wrong = way.examined(receiver, &place.join(way.word))?;
        findings.extend(wrong.into_iter().map(|wrong| Finding { file: way.what.to_owned(), wrong }));
    }
    Ok(findings)
}

impl Way<'_> {
    fn examined(&self, receiver: &Receiver, place: &Path) -> Result<Vec<Wrong>, ReceiverFault> {
        let stage = Stage::set(receiver.profile, place)?;
        let file = receiver.profile.file(&self.record.text(), Under::New);
        let lay = |name: &str| fs::write(stage.folder().join(name), &file);
        let mut wrong = Vec::new();
        if self.was_received {
            lay("merge.dat")?;
            if !self.is_credited(&stage.run(receiver)?.said) {
                wrong.push(Wrong::NotCredited);
            }
            look(&stage.folder())?;
        }
        stage.run_words(self.command, &self.record.number, receiver.patience)?;
        // The answer lies there at once or after the next run.
        let mut credited = self.is_credited(&stage.run(receiver)?.said);
        wrong.extend(self.answered_wrong(&look(&stage.folder())?));
        // Its file comes, or comes again: nothing is added, and the word is given once more.
        lay("fetched again.dat")?;
        credited |= self.is_credited(&stage.run(receiver)?.said);
        let looked = look(&stage.folder())?;
        if credited {
            wrong.push(Wrong::Credited);
        }
        if count(&looked.processed, &file) < 1 + usize::from(self.was_received) {
            wrong.push(Wrong::NotInProcessed);
        }
        let again = self.answered_wrong(&looked);
        wrong.extend(again.filter(|again| !wrong.contains(again)));
        Ok(wrong)
    }

    /// A list that cannot be read was found in the rounds.
    fn is_credited(&self, said: &str) -> bool {
        let listed = list::read(said).unwrap_or_default();
        listed.iter().any(|credit| credit.number == self.record.number)
    }

    fn answered_wrong(&self, looked: &Looked) -> Option<Wrong> {
        match looked.answers.get(&answer_name(&self.record.number)).map(|bytes| said(bytes)) {
            None => Some(Wrong::NotAnswered),
            Some(Some((number, word))) if number == self.record.number => {
                (word != self.word).then_some(Wrong::AnsweredOtherwise(self.word))
            }
            Some(_) => Some(Wrong::AnswerNotProven),
        }
    }
}
