//! A member's IDs after joining: one more, another in the place of a wrong one, one that ends. Each change stays told.
//!
//! An ID that ended leads to nobody, and may lead to somebody else from then on: a card that was handed out wrong.

use super::{Books, IdKind, IdTaken, MemberNumber};
use crate::Fault;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_store::StoreFault;
use rusqlite::{OptionalExtension, Transaction};

/// What happened to an ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdEvent {
    /// The member is known by it from then on.
    Added,
    /// No longer.
    Removed,
}

impl IdEvent {
    const fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// A change of a member's IDs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdChange {
    /// What happened.
    pub event: IdEvent,
    /// To which kind of ID.
    pub kind: IdKind,
    /// To which.
    pub id: StreetPointId,
    /// When, milliseconds since 1970 on this PC's clock.
    pub at_ms: i64,
}

/// Why an ID was not changed; nothing was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdNotChanged {
    /// The member is not known by it, or no longer.
    #[error("the ID is not this member's")]
    NotTheirs,
    /// The member would be known by nothing.
    #[error("it is the member's only ID")]
    OnlyOne,
    /// The right one is somebody's already.
    #[error("the ID is taken")]
    Taken,
}

struct Row {
    event: String,
    kind: String,
    hash: Vec<u8>,
    value: Vec<u8>,
    at_ms: i64,
}

impl Books {
    /// One more ID for a member: a card, the MyKey ID.
    pub fn add_id(
        &self,
        member: MemberNumber,
        kind: IdKind,
        id: &StreetPointId,
        at_ms: i64,
    ) -> Result<Result<(), IdTaken>, Fault> {
        Ok(self.store.write("add id", |write| {
            if self.member_in(write, id)?.is_some() {
                return Ok(Err(IdTaken));
            }
            self.know_by(write, member, kind, id)?;
            self.note_change(write, member, kind, id, IdEvent::Added, at_ms).map(Ok)
        })?)
    }

    /// The member is no longer known by an ID. One always stays.
    pub fn remove_id(
        &self,
        member: MemberNumber,
        id: &StreetPointId,
        at_ms: i64,
    ) -> Result<Result<(), IdNotChanged>, Fault> {
        Ok(self.store.write("remove id", |write| {
            if self.member_in(write, id)? != Some(member) {
                return Ok(Err(IdNotChanged::NotTheirs));
            }
            let sql = "select count(*) from member_id where member = ?1 and ended_at_ms is null";
            let known: i64 = write.prepare_cached(sql)?.query_row([member.0], |row| row.get(0))?;
            if known < 2 {
                return Ok(Err(IdNotChanged::OnlyOne));
            }
            Ok(self.end_id(write, member, id, at_ms)?.map(drop))
        })?)
    }

    /// Another ID of the same kind in the place of a wrong one.
    pub fn correct_id(
        &self,
        member: MemberNumber,
        wrong: &StreetPointId,
        right: &StreetPointId,
        at_ms: i64,
    ) -> Result<Result<(), IdNotChanged>, Fault> {
        Ok(self.store.write("correct id", |write| {
            if self.member_in(write, right)?.is_some() {
                return Ok(Err(IdNotChanged::Taken));
            }
            let kind = match self.end_id(write, member, wrong, at_ms)? {
                Ok(kind) => kind,
                Err(why) => return Ok(Err(why)),
            };
            self.know_by(write, member, kind, right)?;
            self.note_change(write, member, kind, right, IdEvent::Added, at_ms).map(Ok)
        })?)
    }

    /// What became of a member's IDs since joining, newest first.
    pub fn id_changes(&self, member: MemberNumber) -> Result<Vec<IdChange>, Fault> {
        let sql = "select change.event, change.kind, change.hash, known.value, change.at_ms
                   from member_id_change change join member_id known on known.hash = change.hash
                   where change.member = ?1 order by change.seq desc";
        let rows: Vec<Row> =
            self.store.read(|read| read.prepare_cached(sql)?.query_map([member.0], Row::read)?.collect())?;
        rows.into_iter().map(|row| self.change(&row)).collect()
    }

    fn end_id(
        &self,
        write: &Transaction<'_>,
        member: MemberNumber,
        id: &StreetPointId,
        at_ms: i64,
    ) -> Result<Result<IdKind, IdNotChanged>, StoreFault> {
        let sql = "update member_id set ended_at_ms = ?1
                   where hash = ?2 and member = ?3 and ended_at_ms is null returning kind";
        let ended: Option<String> = write
            .prepare_cached(sql)?
            .query_row((at_ms, self.id_hash(id)?, member.0), |row| row.get(0))
            .optional()?;
        let Some(kind) = ended else { return Ok(Err(IdNotChanged::NotTheirs)) };
        let kind = IdKind::of_code(&kind).ok_or_else(|| StoreFault::Damaged("an ID".into()))?;
        self.note_change(write, member, kind, id, IdEvent::Removed, at_ms)?;
        Ok(Ok(kind))
    }

    fn note_change(
        &self,
        write: &Transaction<'_>,
        member: MemberNumber,
        kind: IdKind,
        id: &StreetPointId,
        event: IdEvent,
        at_ms: i64,
    ) -> Result<(), StoreFault> {
        let sql =
            "insert into member_id_change (member, hash, kind, event, at_ms) values (?1, ?2, ?3, ?4, ?5)";
        write.prepare_cached(sql)?.execute((
            member.0,
            self.id_hash(id)?,
            kind.code(),
            event.code(),
            at_ms,
        ))?;
        Ok(())
    }

    fn change(&self, row: &Row) -> Result<IdChange, Fault> {
        let damaged = || StoreFault::Damaged("a change of an ID".into());
        let events = [IdEvent::Added, IdEvent::Removed];
        Ok(IdChange {
            event: events.into_iter().find(|event| event.code() == row.event).ok_or_else(damaged)?,
            kind: IdKind::of_code(&row.kind).ok_or_else(damaged)?,
            id: self.open_id(&row.hash, &row.value)?,
            at_ms: row.at_ms,
        })
    }
}

impl Row {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            event: row.get(0)?,
            kind: row.get(1)?,
            hash: row.get(2)?,
            value: row.get(3)?,
            at_ms: row.get(4)?,
        })
    }
}
