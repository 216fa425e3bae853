//! Members, and the IDs by which they are known. No name, no address: a street's points need neither.

use super::Books;
use crate::Fault;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_store::{SealedPlace, StoreFault};
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A member's row; means nothing outside these books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberNumber(pub(super) i64);

impl MemberNumber {
    /// The number, for a list from which a person chooses.
    pub const fn get(self) -> i64 {
        self.0
    }
}

/// What an ID is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IdKind {
    /// The street's point ID (商店街ポイントID), the street's service ID of the person.
    PointId,
    /// The MyKey ID, where the street keeps those (row F4).
    MykeyId,
    /// What the street's own card says (row F3).
    Card,
}

impl IdKind {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::PointId => "point_id",
            Self::MykeyId => "mykey_id",
            Self::Card => "card",
        }
    }

    pub(super) fn of_code(code: &str) -> Option<Self> {
        [Self::PointId, Self::MykeyId, Self::Card].into_iter().find(|kind| kind.code() == code)
    }
}

/// A member as a counter sees one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub number: MemberNumber,
    /// The points.
    pub balance: i64,
}

/// The ID is another member's already, or this member's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the ID is taken")]
pub struct IdTaken;

impl Books {
    /// A new member, known by one ID.
    pub fn join(
        &self,
        kind: IdKind,
        id: &StreetPointId,
        at_ms: i64,
    ) -> Result<Result<MemberNumber, IdTaken>, Fault> {
        Ok(self.store.write("join", |write| {
            if self.member_in(write, id)?.is_some() {
                return Ok(Err(IdTaken));
            }
            self.join_in(write, kind, id, at_ms).map(Ok)
        })?)
    }

    /// Everybody of a list who is not a member yet, in one transaction. Gives how many joined.
    pub fn join_all(&self, kind: IdKind, ids: &[StreetPointId], at_ms: i64) -> Result<usize, Fault> {
        Ok(self.store.write("join all", |write| {
            let mut joined = 0;
            for id in ids {
                if self.member_in(write, id)?.is_none() {
                    self.join_in(write, kind, id, at_ms)?;
                    joined += 1;
                }
            }
            Ok(joined)
        })?)
    }

    /// Who is known by this ID, of whichever kind.
    pub fn member(&self, id: &StreetPointId) -> Result<Option<Member>, Fault> {
        let hash = self.id_hash(id)?;
        Ok(self.store.read(|read| find(read, &hash))?)
    }

    /// The points of all members together.
    pub fn all_balances(&self) -> Result<i64, Fault> {
        let sql = "select coalesce(sum(balance), 0) from member";
        Ok(self.store.read(|read| read.query_row(sql, [], |row| row.get(0)))?)
    }

    pub(super) fn join_in(
        &self,
        write: &Transaction<'_>,
        kind: IdKind,
        id: &StreetPointId,
        at_ms: i64,
    ) -> Result<MemberNumber, StoreFault> {
        write.prepare_cached("insert into member (joined_at_ms) values (?1)")?.execute([at_ms])?;
        let member = MemberNumber(write.last_insert_rowid());
        self.know_by(write, member, kind, id)?;
        Ok(member)
    }

    pub(super) fn member_in(
        &self,
        write: &Transaction<'_>,
        id: &StreetPointId,
    ) -> Result<Option<MemberNumber>, StoreFault> {
        Ok(find(write, &self.id_hash(id)?)?.map(|member| member.number))
    }

    /// An ID that was somebody's and ended may be anybody's; that nobody has it now, the caller has looked.
    pub(super) fn know_by(
        &self,
        write: &Transaction<'_>,
        member: MemberNumber,
        kind: IdKind,
        id: &StreetPointId,
    ) -> Result<(), StoreFault> {
        let hash = self.id_hash(id)?;
        let value = self.key.seal(&*self.entropy, place(&hex::encode(hash)), id)?;
        write
            .prepare_cached(
                "insert into member_id (hash, kind, member, value) values (?1, ?2, ?3, ?4)
                 on conflict (hash) do update set kind = ?2, member = ?3, value = ?4, ended_at_ms = null",
            )?
            .execute((hash, kind.code(), member.0, value))?;
        Ok(())
    }

    pub(super) fn id_hash(&self, id: &StreetPointId) -> Result<[u8; 32], StoreFault> {
        self.key.hash("member id", id.as_str().as_bytes())
    }

    /// Opens a sealed ID.
    pub(super) fn open_id(&self, hash: &[u8], value: &[u8]) -> Result<StreetPointId, StoreFault> {
        self.key.open(place(&hex::encode(hash)), value)
    }
}

fn place(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "member_id", row, column: "value" }
}

fn find(read: &Connection, hash: &[u8; 32]) -> rusqlite::Result<Option<Member>> {
    let sql = "select member.id, member.balance from member_id join member on member.id = member_id.member
               where member_id.hash = ?1 and member_id.ended_at_ms is null";
    let row =
        |row: &rusqlite::Row<'_>| Ok(Member { number: MemberNumber(row.get(0)?), balance: row.get(1)? });
    read.prepare_cached(sql)?.query_row([hash], row).optional()
}
