//! The conformance kit of the merge file (row K9): makes files into a folder, runs a receiver, and tells from its
//! answers, its folders and its list of credits what it does wrong.
//!
//! Belongs here: the files, what is right for each, running any command, judging. Does not: a receiver, or the
//! codec that the project's own software uses. Files are sealed here from docs/merge-file.md once more, so that
//! both have to agree.
//! Why it exists: a vendor checks a receiver without talking to anybody (docs/receiver.md).

mod course;
mod damaged_1;
mod damaged_2;
mod finding;
mod folder;
mod grammar;
mod judge;
mod list;
mod oracle;
mod profile;
mod receiver;
mod seal_1;
mod seal_2;
mod street;
mod taken_back;

pub use finding::{Finding, Wrong};
pub use profile::Profile;
pub use receiver::{Receiver, ReceiverFault};

use course::Course;
use std::path::Path;

/// Puts a receiver through everything, inside an empty folder. What it does wrong is found; nothing found is
/// a receiver that does right.
pub fn examine(receiver: &Receiver, place: &Path) -> Result<Vec<Finding>, ReceiverFault> {
    let mut findings = judge::run_through(receiver, &place.join("rounds"), &Course::new(receiver.profile))?;
    findings.extend(oracle::tells_apart(receiver, &place.join("alike"))?);
    findings.extend(taken_back::findings(receiver, &place.join("taken_back"))?);
    Ok(findings)
}

/// How many files a receiver is given, in how many rounds.
pub fn extent(profile: Profile) -> (usize, usize) {
    let course = Course::new(profile);
    (course.rounds.iter().map(|round| round.files.len()).sum(), course.rounds.len())
}
