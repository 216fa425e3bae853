//! What a receiver is given, round by round, and what is right for each file.

use crate::profile::{Profile, Under};
use crate::street::{LATER_MEMBERS, MEMBERS, STRANGER};

/// A file, and what is right.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    /// What it is, for whoever reads a finding.
    pub(crate) what: &'static str,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) right: Right,
}

/// What a receiver that does right makes of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Right {
    /// Adds the points, answers `received`, moves it to `processed/`.
    Credit(Record),
    /// Adds nothing, answers `received`, moves it to `processed/`.
    Again(Record),
    /// Adds nothing, answers `unknown_member`, moves it to `quarantine/`.
    Unknown(Record),
    /// Adds nothing, answers `other_content`, moves it to `quarantine/`.
    Other(Record),
    /// Adds nothing, answers nothing, moves it to `quarantine/`.
    Refuse,
    /// Leaves it where it is.
    Leave,
}

/// A record as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) id: &'static str,
    pub(crate) points: i64,
    pub(crate) number: String,
}

impl Record {
    pub(crate) fn text(&self) -> String {
        format!("{},{},{}", self.id, self.points, self.number)
    }
}

/// What is laid down before one run.
pub(crate) struct Round {
    /// Who is a member by then.
    pub(crate) members: &'static [&'static str],
    pub(crate) files: Vec<Given>,
}

/// All rounds; the receiver runs once after each is laid down.
pub(crate) struct Course {
    pub(crate) rounds: Vec<Round>,
}

impl Course {
    pub(crate) fn new(profile: Profile) -> Self {
        let at_first = |files| Round { members: &MEMBERS, files };
        let later = |files| Round { members: &LATER_MEMBERS, files };
        Self {
            rounds: vec![
                at_first(good(profile)),
                at_first(bad(profile)),
                at_first(again(profile)),
                later(joined_and_left(profile)),
                later(Vec::new()),
            ],
        }
    }
}

fn number(sequence: u32) -> String {
    format!("20261121093015{sequence:06}")
}

/// A record at 9:30 with this sequence.
pub(crate) fn record(id: &'static str, points: i64, sequence: u32) -> Record {
    Record { id, points, number: number(sequence) }
}

fn given(what: &'static str, name: String, bytes: Vec<u8>, right: Right) -> Given {
    Given { what, name, bytes, right }
}

fn named(number: &str) -> String {
    format!("merge_300101_{number}.dat")
}

fn credit(profile: Profile, what: &'static str, record: Record, under: Under) -> Given {
    given(what, named(&record.number), profile.file(&record.text(), under), Right::Credit(record))
}

fn good(profile: Profile) -> Vec<Given> {
    let credit = |what, record, under| credit(profile, what, record, under);
    let mut early = record(MEMBERS[0], 5, 0);
    early.number = "20170801000000000000".into();
    let renamed = record(MEMBERS[1], 40, 7);
    vec![
        credit("a file", record(MEMBERS[0], 1500, 1), Under::New),
        credit("a second file of the same member", record(MEMBERS[0], 1500, 2), Under::New),
        credit("one point, an ID of one character", record(MEMBERS[3], 1, 3), Under::New),
        credit("the most points, the longest ID", record(MEMBERS[4], 9_999_999_999, 4), Under::New),
        credit("an ID with the characters of bar codes", record(MEMBERS[2], 300, 5), Under::New),
        credit("a file under the old key, which is still valid", record(MEMBERS[1], 20, 6), Under::Old),
        given(
            "a renamed file",
            "renamed by a person.txt".into(),
            profile.file(&renamed.text(), Under::New),
            Right::Credit(renamed),
        ),
        // Its number is older than those before it: the order of numbers means nothing.
        credit("a file with an earlier number than one before it", early, Under::New),
        given(
            "a file that is still being written (.part)",
            "merge_300101_20261121093015000008.dat.part".into(),
            profile.file(&record(MEMBERS[0], 70, 8).text(), Under::New),
            Right::Leave,
        ),
    ]
}

/// Everything that is not genuine, with good files around it.
fn bad(profile: Profile) -> Vec<Given> {
    let good = |what, record| credit(profile, what, record, Under::New);
    let mut round = vec![good("a good file before damaged ones", record(MEMBERS[0], 11, 300))];
    round.extend(profile.damaged().into_iter().enumerate().map(|(place, (what, bytes))| {
        given(what, format!("merge_300101_202611210930154{place:05}.dat"), bytes, Right::Refuse)
    }));
    round.push(good("a good file after damaged ones", record(MEMBERS[1], 12, 999_999)));
    round
}

/// What came before comes again, and what is genuine and still not to be added.
fn again(profile: Profile) -> Vec<Given> {
    let first = record(MEMBERS[0], 1500, 1);
    vec![
        given(
            "the same file again",
            named(&first.number),
            profile.file(&first.text(), Under::New),
            Right::Again(first.clone()),
        ),
        given(
            "the same file again under another name",
            "copy of a file.dat".into(),
            profile.file(&first.text(), Under::New),
            Right::Again(first.clone()),
        ),
        given(
            "the same record sealed anew, under the other key",
            "fetched again.dat".into(),
            profile.file(&record(MEMBERS[0], 1500, 2).text(), Under::Old),
            Right::Again(record(MEMBERS[0], 1500, 2)),
        ),
        other_content(profile, record(MEMBERS[2], 301, 5)),
        given(
            "points of nobody who is a member",
            named(&number(500)),
            profile.file(&record(STRANGER, 800, 500).text(), Under::New),
            Right::Unknown(record(STRANGER, 800, 500)),
        ),
        credit(profile, "a good file after all these", record(MEMBERS[1], 13, 501), Under::New),
    ]
}

/// The list of members is another one by now.
fn joined_and_left(profile: Profile) -> Vec<Given> {
    let left = record(MEMBERS[3], 9, 502);
    vec![
        // The same file as before, which lies in quarantine.
        credit(profile, "points of somebody who has joined since", record(STRANGER, 800, 500), Under::New),
        given(
            "points of somebody who is no member any more",
            named(&left.number),
            profile.file(&left.text(), Under::New),
            Right::Unknown(left),
        ),
    ]
}

fn other_content(profile: Profile, record: Record) -> Given {
    let name = format!("other_{}.dat", record.number);
    given(
        "a number that came before, with other content",
        name,
        profile.file(&record.text(), Under::New),
        Right::Other(record),
    )
}
