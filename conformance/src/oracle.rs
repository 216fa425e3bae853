//! Whether a receiver tells one kind of damage from another: by what it says, or by its exit code.
//!
//! Who can lay files into the folder and see that learns the contents of others byte by byte (a padding
//! oracle). Each file here is alone in a folder, under the same name and of the same length.

use crate::finding::{Finding, Wrong};
use crate::receiver::{Receiver, ReceiverFault, Run, Stage};
use std::fs;
use std::path::Path;

/// One finding for each damage that looks different from the first.
pub(crate) fn tells_apart(receiver: &Receiver, place: &Path) -> Result<Vec<Finding>, ReceiverFault> {
    let mut first: Option<Run> = None;
    let mut findings = Vec::new();
    for (at, (what, bytes)) in receiver.profile.alike().into_iter().enumerate() {
        let place = place.join(at.to_string());
        let stage = Stage::set(receiver.profile, &place)?;
        fs::write(stage.folder().join("merge_300101_20261121093015000700.dat"), bytes)?;
        let run = masked(stage.run(receiver)?, &place);
        if *first.get_or_insert_with(|| run.clone()) != run {
            findings.push(Finding { file: what.to_owned(), wrong: Wrong::ToldApart });
        }
    }
    Ok(findings)
}

/// Without the place and without digits: times and sums of nothing tell nothing.
fn masked(run: Run, place: &Path) -> Run {
    let place = place.to_string_lossy().into_owned();
    let mask = |text: String| {
        let text = text.replace(&place, "");
        text.chars().map(|character| if character.is_ascii_digit() { '#' } else { character }).collect()
    };
    Run { code: run.code, said: mask(run.said), complained: mask(run.complained) }
}
