//! What a receiver is given, round by round, and what is right for each file.

use crate::grammar;
use crate::seal::{file, plaintext};
use crate::street::{FOREIGN, Key, MEMBERS, NEW, OLD, STRANGER};

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

/// All rounds; the receiver runs once after each is laid down.
pub(crate) struct Course {
    pub(crate) rounds: Vec<Vec<Given>>,
}

impl Course {
    pub(crate) fn new() -> Self {
        Self { rounds: vec![good(), bad(), again(), Vec::new()] }
    }
}

/// The number of a merge at 9:30 with this sequence.
pub(crate) fn number(sequence: u32) -> String {
    format!("20261121093015{sequence:06}")
}

fn record(id: &'static str, points: i64, sequence: u32) -> Record {
    Record { id, points, number: number(sequence) }
}

fn given(what: &'static str, name: String, bytes: Vec<u8>, right: Right) -> Given {
    Given { what, name, bytes, right }
}

fn named(number: &str) -> String {
    format!("merge_300101_{number}.dat")
}

fn credit(what: &'static str, record: Record, key: Key) -> Given {
    given(what, named(&record.number), file(&record.text(), key), Right::Credit(record))
}

fn good() -> Vec<Given> {
    let mut early = record(MEMBERS[0], 5, 0);
    early.number = "20170801000000000000".into();
    let renamed = record(MEMBERS[1], 40, 7);
    vec![
        credit("a file", record(MEMBERS[0], 1500, 1), NEW),
        credit("a second file of the same member", record(MEMBERS[0], 1500, 2), NEW),
        credit("one point, an ID of one character", record(MEMBERS[3], 1, 3), NEW),
        credit("the most points, the longest ID", record(MEMBERS[4], 9_999_999_999, 4), NEW),
        credit("an ID with the characters of bar codes", record(MEMBERS[2], 300, 5), NEW),
        credit("a file under the old key, which is still valid", record(MEMBERS[1], 20, 6), OLD),
        given(
            "a renamed file",
            "renamed by a person.txt".into(),
            file(&renamed.text(), NEW),
            Right::Credit(renamed),
        ),
        // Its number is older than those before it: the order of numbers means nothing.
        credit("a file with an earlier number than one before it", early, NEW),
        given(
            "a file that is still being written (.part)",
            "merge_300101_20261121093015000008.dat.part".into(),
            file(&record(MEMBERS[0], 70, 8).text(), NEW),
            Right::Leave,
        ),
    ]
}

/// Everything that is not genuine, with good files around it.
fn bad() -> Vec<Given> {
    let whole = |sequence| file(&record(MEMBERS[0], 900, sequence).text(), NEW);
    let mut bad: Vec<(&'static str, Vec<u8>)> = Vec::new();
    for (what, at) in [
        ("one bit flipped in the IV", 3_u8),
        ("one bit flipped in the first block", 20),
        ("one bit flipped in the last but one block", 70),
        ("one bit flipped in the last block", 95),
    ] {
        let mut bytes = whole(100 + u32::from(at));
        bytes[usize::from(at)] ^= 1;
        bad.push((what, bytes));
    }
    for (what, length) in [
        ("cut by one byte", 95),
        ("cut by one block", 80),
        ("cut to its IV", 16),
        ("cut to nothing", 0),
        ("cut in the middle of a block", 41),
    ] {
        bad.push((what, whole(210)[..length].to_vec()));
    }
    bad.push(("a byte more at its end", [whole(220), b"\n".to_vec()].concat()));
    bad.push(("a block more at its end", [whole(221), vec![0; 16]].concat()));
    bad.push(("longer than any merge file", vec![b'm'; 4096]));
    let mut swapped = whole(222);
    swapped.copy_within(16..32, 32);
    bad.push(("two blocks in another order", swapped));
    bad.push((
        "sealed with a key that is no longer valid",
        file(&record(MEMBERS[0], 900, 223).text(), FOREIGN),
    ));
    let key_alone = Key { secret: FOREIGN.secret, ..NEW };
    bad.push(("the right key, a wrong secret", file(&record(MEMBERS[0], 900, 224).text(), key_alone)));
    let secret_alone = Key { aes: FOREIGN.aes, ..NEW };
    bad.push(("a wrong key, the right secret", file(&record(MEMBERS[0], 900, 225).text(), secret_alone)));
    bad.push(("a record without a hash", plaintext(record(MEMBERS[0], 900, 226).text().as_bytes(), NEW)));
    bad.extend(grammar::broken());

    let mut round = vec![credit("a good file before damaged ones", record(MEMBERS[0], 11, 300), NEW)];
    round.extend(bad.into_iter().enumerate().map(|(place, (what, bytes))| {
        given(what, format!("merge_300101_202611210930154{place:05}.dat"), bytes, Right::Refuse)
    }));
    round.push(credit("a good file after damaged ones", record(MEMBERS[1], 12, 999_999), NEW));
    round
}

/// What came before comes again, and what is genuine and still not to be added.
fn again() -> Vec<Given> {
    let first = record(MEMBERS[0], 1500, 1);
    vec![
        given(
            "the same file again",
            named(&first.number),
            file(&first.text(), NEW),
            Right::Again(first.clone()),
        ),
        given(
            "the same file again under another name",
            "copy of a file.dat".into(),
            file(&first.text(), NEW),
            Right::Again(first.clone()),
        ),
        given(
            "the same record sealed anew, under the other key",
            "fetched again.dat".into(),
            file(&record(MEMBERS[0], 1500, 2).text(), OLD),
            Right::Again(record(MEMBERS[0], 1500, 2)),
        ),
        other_content(record(MEMBERS[2], 301, 5)),
        given(
            "points of nobody who is a member",
            named(&number(500)),
            file(&record(STRANGER, 800, 500).text(), NEW),
            Right::Unknown(record(STRANGER, 800, 500)),
        ),
        credit("a good file after all these", record(MEMBERS[1], 13, 501), NEW),
    ]
}

fn other_content(record: Record) -> Given {
    let name = format!("other_{}.dat", record.number);
    given(
        "a number that came before, with other content",
        name,
        file(&record.text(), NEW),
        Right::Other(record),
    )
}
