//! Holding what a receiver did against what is right, round by round.

use crate::course::{Course, Given, Record, Right};
use crate::finding::{Finding, Wrong};
use crate::folder::{Looked, look};
use crate::list::{self, Listed};
use crate::receiver::{Receiver, ReceiverFault, Stage};
use crate::street::{NEW, OLD, street};
use madoguchi_domain::merge_file::{
    Acknowledgement, SharedSecret, TransactionNumber, acknowledgement_file_name,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Runs the receiver after each round.
pub(crate) fn run_through(
    receiver: &Receiver,
    place: &Path,
    course: &Course,
) -> Result<Vec<Finding>, ReceiverFault> {
    let stage = Stage::set(receiver.profile, place)?;
    let mut so_far: Vec<&Given> = Vec::new();
    let mut listed = Vec::new();
    let mut findings = Vec::new();
    for round in &course.rounds {
        stage.has_members(round.members)?;
        for given in &round.files {
            fs::write(stage.folder().join(&given.name), &given.bytes)?;
        }
        so_far.extend(&round.files);
        let run = stage.run(receiver)?;
        let mut found = Vec::new();
        match list::read(&run.said) {
            Ok(credits) => listed.extend(credits),
            Err(line) => found.push(finding("the list of credits", Wrong::ListUnreadable(line))),
        }
        let looked = look(&stage.folder())?;
        found.extend(credits(&so_far, &listed));
        found.extend(places(&so_far, &looked));
        found.extend(answers(&round.files, &so_far, &looked));
        // What was wrong after one round is still wrong after the next.
        found.retain(|one| !findings.contains(one));
        findings.extend(found);
    }
    Ok(findings)
}

fn finding(file: &str, wrong: Wrong) -> Finding {
    Finding { file: file.to_owned(), wrong }
}

/// The list against the files: each number once, as its file says, and no others.
fn credits(so_far: &[&Given], listed: &[Listed]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut right = BTreeSet::new();
    for given in so_far {
        let Right::Credit(record) = &given.right else { continue };
        right.insert(record.number.as_str());
        let of_number: Vec<_> = listed.iter().filter(|credit| credit.number == record.number).collect();
        let is_right = |credit: &&&Listed| credit.point_id == record.id && credit.points == record.points;
        let wrong = match of_number.as_slice() {
            [] => Wrong::NotCredited,
            credits if !credits.iter().all(|credit| is_right(&credit)) => Wrong::CreditedOtherwise,
            [_] => continue,
            _ => Wrong::CreditedTwice,
        };
        findings.push(finding(given.what, wrong));
    }
    for credit in listed.iter().filter(|credit| !right.contains(credit.number.as_str())) {
        findings.push(finding(&whose(so_far, &credit.number), Wrong::Credited));
    }
    findings
}

/// The file a number was taken from, as far as that can be told.
fn whose(so_far: &[&Given], number: &str) -> String {
    let of_number = |given: &&&Given| match &given.right {
        Right::Unknown(record) | Right::Other(record) => record.number == number,
        _ => false,
    };
    match so_far.iter().find(of_number) {
        Some(given) => given.what.to_owned(),
        None => format!("a file that must not be received, with the number {number}"),
    }
}

/// Where the files are, by their bytes.
fn places(so_far: &[&Given], looked: &Looked) -> Vec<Finding> {
    let mut findings = Vec::new();
    for given in so_far {
        let alike = || so_far.iter().filter(|other| other.bytes == given.bytes);
        let is_done = |right: &Right| matches!(right, Right::Credit(_) | Right::Again(_));
        let waiting = count(&looked.waiting, &given.bytes);
        let wrong = match &given.right {
            Right::Leave => (waiting == 0).then_some(Wrong::TakenHalfWritten),
            _ if waiting > 0 => Some(Wrong::LeftWaiting),
            // Who has joined since gets what waited, from quarantine or from the same file that came again.
            Right::Unknown(_) if alike().any(|other| is_done(&other.right)) => None,
            right if is_done(right) => {
                let wanted = alike().filter(|other| is_done(&other.right)).count();
                (count(&looked.processed, &given.bytes) < wanted).then_some(Wrong::NotInProcessed)
            }
            _ => (count(&looked.quarantine, &given.bytes) == 0).then_some(Wrong::NotInQuarantine),
        };
        findings.extend(wrong.map(|wrong| finding(given.what, wrong)));
    }
    findings
}

pub(crate) fn count(contents: &BTreeMap<Vec<u8>, usize>, bytes: &[u8]) -> usize {
    contents.get(bytes).copied().unwrap_or_default()
}

/// The answers to this round's files; none to what is not genuine.
fn answers(round: &[Given], so_far: &[&Given], looked: &Looked) -> Vec<Finding> {
    let mut findings = Vec::new();
    for given in round {
        let Some((record, right)) = given.right.answer() else { continue };
        let wrong = match looked.answers.get(&answer_name(&record.number)) {
            None => Some(Wrong::NotAnswered),
            Some(bytes) => match said(bytes) {
                None => Some(Wrong::AnswerNotProven),
                Some((number, _)) if number != record.number => Some(Wrong::AnswerNotProven),
                Some((_, said)) => (said != right).then_some(Wrong::AnsweredOtherwise(right)),
            },
        };
        findings.extend(wrong.map(|wrong| finding(given.what, wrong)));
    }
    let may_be: BTreeSet<_> = so_far
        .iter()
        .filter_map(|given| given.right.answer())
        .map(|(record, _)| answer_name(&record.number))
        .collect();
    for name in looked.answers.keys().filter(|name| !may_be.contains(*name)) {
        findings.push(finding(name, Wrong::Answered));
    }
    findings
}

impl Right {
    /// The record, and what is answered to it.
    fn answer(&self) -> Option<(&Record, &'static str)> {
        match self {
            Self::Credit(record) | Self::Again(record) => Some((record, "received")),
            Self::Unknown(record) => Some((record, "unknown_member")),
            Self::Other(record) => Some((record, "other_content")),
            Self::Refuse | Self::Leave => None,
        }
    }
}

pub(crate) fn answer_name(number: &str) -> String {
    match (street(), TransactionNumber::parse(number)) {
        (Ok(street), Ok(number)) => acknowledgement_file_name(street, number),
        // Only a genuine file's number comes here.
        _ => String::new(),
    }
}

/// What an answer says, if one of the street's secrets proves it.
pub(crate) fn said(bytes: &[u8]) -> Option<(String, &'static str)> {
    let secrets: Vec<_> =
        [NEW, OLD].into_iter().filter_map(|key| SharedSecret::parse(key.secret).ok()).collect();
    let answer = Acknowledgement::open(bytes, &secrets).ok()?;
    Some((answer.number.to_string(), answer.reception.code()))
}
