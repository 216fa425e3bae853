//! Taking in merge files that were opened: number, points and history in one transaction (docs/merge-file.md,
//! How a receiver answers).

use super::posting::{NewPosting, PostingKind, post};
use super::quarantine::has_left;
use super::taken_back::{answer_again, is_booked_back, is_declined, owe};
use super::{Books, IdKind, SetAsideReason, account};
use crate::Fault;
use madoguchi_domain::merge_file::{MergeRecord, NotGenuine, Reception, StreetPointId, TransactionNumber};
use madoguchi_store::StoreFault;
use rusqlite::{OptionalExtension, Transaction};
use std::collections::BTreeSet;

/// A file that was read and opened, or did not open.
pub struct Waiting {
    /// Its name, for people.
    pub name: String,
    /// Its bytes, no more of them than a merge file can have and one.
    pub bytes: Vec<u8>,
    /// What it says.
    pub opened: Result<MergeRecord, NotGenuine>,
}

/// Whose points are taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Admission<'a> {
    /// Members these books know; everybody else's wait in quarantine.
    Members,
    /// Everybody's: the office's own system knows the members and is told of every credit.
    Everybody,
    /// Those on the office's list, whoever was on it before: who was taken off receives no more.
    Listed(&'a BTreeSet<StreetPointId>),
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Its points were added now.
    Received,
    /// They were added before.
    AlreadyReceived,
    /// They were booked back, or the number was declined: nothing is added.
    TakenBack,
    /// Nobody has this ID.
    UnknownMember,
    /// The number came before with another record: an alarm.
    OtherContent,
    /// It does not open, does not verify or breaks the grammar.
    NotGenuine,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Received,
        Self::AlreadyReceived,
        Self::TakenBack,
        Self::UnknownMember,
        Self::OtherContent,
        Self::NotGenuine,
    ];

    /// What the municipality is told. Nothing in a file that is not genuine can be believed; of what was taken back
    /// the last word was said when it was.
    pub const fn reception(self) -> Option<Reception> {
        match self {
            Self::Received | Self::AlreadyReceived => Some(Reception::Received),
            Self::UnknownMember => Some(Reception::UnknownMember),
            Self::OtherContent => Some(Reception::OtherContent),
            Self::TakenBack | Self::NotGenuine => None,
        }
    }

    /// Whether the file is done with; else it goes into quarantine.
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Received | Self::AlreadyReceived | Self::TakenBack)
    }

    /// Why it is set aside, as the table has it.
    const fn reason(self) -> Option<SetAsideReason> {
        match self {
            Self::Received | Self::AlreadyReceived | Self::TakenBack => None,
            Self::UnknownMember => Some(SetAsideReason::UnknownMember),
            Self::OtherContent => Some(SetAsideReason::OtherContent),
            Self::NotGenuine => Some(SetAsideReason::NotGenuine),
        }
    }
}

impl Books {
    /// Takes in some files in one transaction, each wholly or not at all; the answers are in their order.
    pub fn take_in(
        &self,
        files: &[Waiting],
        admission: Admission<'_>,
        at_ms: i64,
    ) -> Result<Vec<Verdict>, Fault> {
        Ok(self.store.write("take in", |write| {
            let take_in_one = |file: &Waiting| {
                let verdict = match &file.opened {
                    Ok(record) => self.take_in_record(write, record, admission, at_ms)?,
                    Err(NotGenuine) => Verdict::NotGenuine,
                };
                self.note(write, file, verdict, at_ms)?;
                Ok(verdict)
            };
            files.iter().map(take_in_one).collect()
        })?)
    }

    /// Whether a file in quarantine would be taken in now: its member has joined, its number came, or nothing is
    /// added under it any more.
    pub fn would_take(&self, record: &MergeRecord, admission: Admission<'_>) -> Result<bool, Fault> {
        let declined = self.store.read(|read| is_declined(read, record.number))?;
        let known = declined
            || match admission {
                Admission::Everybody => true,
                Admission::Listed(ids) => ids.contains(&record.point_id),
                Admission::Members => self.member(&record.point_id)?.is_some(),
            };
        let came = self.store.read(|read| came_before(read, record.number))?;
        let digest = self.record_digest(record)?;
        Ok(came.map_or(known, |before| before == digest))
    }

    fn take_in_record(
        &self,
        write: &Transaction<'_>,
        record: &MergeRecord,
        admission: Admission<'_>,
        at_ms: i64,
    ) -> Result<Verdict, StoreFault> {
        let digest = self.record_digest(record)?;
        if let Some(before) = came_before(write, record.number)? {
            return Ok(if before != digest {
                Verdict::OtherContent
            } else if is_booked_back(write, record.number)? {
                Verdict::TakenBack
            } else {
                Verdict::AlreadyReceived
            });
        }
        if is_declined(write, record.number)? {
            return Ok(Verdict::TakenBack);
        }
        if matches!(admission, Admission::Listed(ids) if !ids.contains(&record.point_id)) {
            return Ok(Verdict::UnknownMember);
        }
        let member = match (self.member_in(write, &record.point_id)?, admission) {
            (Some(member), _) => member,
            (None, Admission::Members) => return Ok(Verdict::UnknownMember),
            (None, Admission::Everybody | Admission::Listed(_)) => {
                self.join_in(write, IdKind::PointId, &record.point_id, at_ms)?
            }
        };
        let new = NewPosting {
            kind: PostingKind::Merge,
            member,
            change: record.points.get(),
            against: account::MERGES,
            key: None,
            voids: None,
            at_ms,
        };
        let posting = post(write, &new)?;
        write
            .prepare_cached(
                "insert into received (number, digest, id_hash, posting) values (?1, ?2, ?3, ?4)",
            )?
            .execute((record.number.to_string(), digest, self.id_hash(&record.point_id)?, posting))?;
        Ok(Verdict::Received)
    }

    /// What is told of a file, and that it was set aside.
    fn note(
        &self,
        write: &Transaction<'_>,
        file: &Waiting,
        verdict: Verdict,
        at_ms: i64,
    ) -> Result<(), StoreFault> {
        let number = file.opened.as_ref().ok().map(|record| record.number);
        match (number, verdict.reception()) {
            (Some(number), Some(reception)) => owe(write, number, reception)?,
            (Some(number), None) if verdict == Verdict::TakenBack => answer_again(write, number)?,
            _ => {}
        }
        let digest = self.file_digest(file)?;
        match verdict.reason() {
            Some(reason) => self.list(write, file, digest, reason, at_ms)?,
            // It may have lain in quarantine until now.
            None => has_left(write, digest, at_ms)?,
        }
        Ok(())
    }

    fn record_digest(&self, record: &MergeRecord) -> Result<[u8; 32], StoreFault> {
        self.key.hash("merge record", record.to_string().as_bytes())
    }
}

pub(super) fn came_before(
    read: &rusqlite::Connection,
    number: TransactionNumber,
) -> rusqlite::Result<Option<[u8; 32]>> {
    read.prepare_cached("select digest from received where number = ?1")?
        .query_row([number.to_string()], |row| row.get(0))
        .optional()
}
