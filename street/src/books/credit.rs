//! Credits from merges, for an office whose own system keeps the members.

use super::Books;
use crate::Fault;
use madoguchi_domain::merge_file::{StreetPointId, TransactionNumber};
use madoguchi_domain::points::Points;
use madoguchi_store::StoreFault;

/// Points that one merge added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// Its place in these books; grows.
    pub posting: i64,
    /// Whose.
    pub point_id: StreetPointId,
    /// How many.
    pub points: Points,
    /// Under which number; every number has one credit.
    pub number: TransactionNumber,
    /// When it was taken in, milliseconds since 1970 on this PC's clock.
    pub at_ms: i64,
}

struct Row {
    posting: i64,
    hash: Vec<u8>,
    value: Vec<u8>,
    points: i64,
    number: String,
    at_ms: i64,
}

impl Books {
    /// Some of the credits after a posting (0 = from the beginning), in order. What was booked back before anybody was
    /// told of it is no credit any more: the municipality refunds it.
    pub fn credits_after(&self, posting: i64, most: usize) -> Result<Vec<Credit>, Fault> {
        let sql = "select posting.seq, id.hash, id.value, entry.points, received.number, posting.at_ms
                   from received
                   join posting on posting.seq = received.posting
                   join entry on entry.posting = posting.seq and entry.account = 'member'
                   join member_id id on id.hash = received.id_hash
                   where received.posting > ?1
                       and not exists (select 1 from posting later where later.voids = received.posting)
                   order by received.posting limit ?2";
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let rows: Vec<Row> = self
            .store
            .read(|read| read.prepare_cached(sql)?.query_map([posting, most], Row::read)?.collect())?;
        rows.into_iter().map(|row| self.credit(&row)).collect()
    }

    /// Up to which posting the office's own system was told.
    pub fn told(&self) -> Result<i64, Fault> {
        Ok(self.store.read(|read| read.query_row("select posting from told", [], |row| row.get(0)))?)
    }

    /// It was told up to this posting.
    pub fn tell(&self, posting: i64) -> Result<(), Fault> {
        Ok(self.store.write("told", |write| {
            write.execute("update told set posting = max(posting, ?1)", [posting])?;
            Ok(())
        })?)
    }

    fn credit(&self, row: &Row) -> Result<Credit, Fault> {
        let damaged = || StoreFault::Damaged("a credit".into());
        Ok(Credit {
            posting: row.posting,
            point_id: self.open_id(&row.hash, &row.value)?,
            points: Points::new(row.points).map_err(|_| damaged())?,
            number: TransactionNumber::parse(&row.number).map_err(|_| damaged())?,
            at_ms: row.at_ms,
        })
    }
}

impl Row {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            posting: row.get(0)?,
            hash: row.get(1)?,
            value: row.get(2)?,
            points: row.get(3)?,
            number: row.get(4)?,
            at_ms: row.get(5)?,
        })
    }
}
