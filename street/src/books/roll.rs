//! The roll (会員名簿): members with their IDs, one by one and all of them.
//!
//! IDs are sealed, so a part of one is found by opening all of them; a street has thousands, not millions.

use super::{Books, IdKind, MemberNumber};
use crate::Fault;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_store::StoreFault;
use std::collections::BTreeMap;

/// An ID by which a member is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownId {
    /// What it is.
    pub kind: IdKind,
    /// It.
    pub id: StreetPointId,
}

/// A member on the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// Who.
    pub number: MemberNumber,
    /// The points.
    pub balance: i64,
    /// Since when, milliseconds since 1970 on this PC's clock.
    pub joined_at_ms: i64,
    /// The point ID first, then a MyKey ID, then cards; there is always one.
    pub ids: Vec<KnownId>,
}

struct Row {
    member: i64,
    balance: i64,
    joined_at_ms: i64,
    hash: Vec<u8>,
    kind: String,
    value: Vec<u8>,
}

impl Books {
    /// A member by the number that a list gave.
    pub fn enrolled(&self, number: i64) -> Result<Option<Enrolled>, Fault> {
        Ok(self.roll("where member.id = ?1", [number])?.pop())
    }

    /// Everybody, in the order of joining.
    pub fn roll_of_all(&self) -> Result<Vec<Enrolled>, Fault> {
        self.roll("", [])
    }

    fn roll(&self, which: &str, values: impl rusqlite::Params) -> Result<Vec<Enrolled>, Fault> {
        let sql = format!(
            "select member.id, member.balance, member.joined_at_ms, known.hash, known.kind, known.value
             from member join member_id known on known.member = member.id and known.ended_at_ms is null {which}"
        );
        let rows: Vec<Row> =
            self.store.read(|read| read.prepare_cached(&sql)?.query_map(values, Row::read)?.collect())?;
        let mut roll = BTreeMap::<i64, Enrolled>::new();
        for row in rows {
            let id = KnownId {
                kind: IdKind::of_code(&row.kind).ok_or_else(|| StoreFault::Damaged("an ID".into()))?,
                id: self.open_id(&row.hash, &row.value)?,
            };
            let member = roll.entry(row.member).or_insert_with(|| Enrolled {
                number: MemberNumber(row.member),
                balance: row.balance,
                joined_at_ms: row.joined_at_ms,
                ids: Vec::new(),
            });
            member.ids.push(id);
        }
        let mut roll: Vec<Enrolled> = roll.into_values().collect();
        for member in &mut roll {
            member.ids.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        }
        Ok(roll)
    }
}

impl Row {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            member: row.get(0)?,
            balance: row.get(1)?,
            joined_at_ms: row.get(2)?,
            hash: row.get(3)?,
            kind: row.get(4)?,
            value: row.get(5)?,
        })
    }
}
