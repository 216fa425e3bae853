//! Files in quarantine, as a person asks for them: which, since when, why.

use super::Books;
use crate::Fault;
use madoguchi_domain::merge_file::{StreetPointId, TransactionNumber};
use madoguchi_store::{SealedPlace, StoreFault};

/// Why a file lies in quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SetAsideReason {
    /// It does not open or is not genuine.
    NotGenuine,
    /// Nobody has its ID.
    UnknownMember,
    /// Its number came before with another record.
    OtherContent,
}

impl SetAsideReason {
    const ALL: [Self; 3] = [Self::NotGenuine, Self::UnknownMember, Self::OtherContent];

    /// Its word in tables and lists.
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotGenuine => "not_genuine",
            Self::UnknownMember => "unknown_member",
            Self::OtherContent => "other_content",
        }
    }
}

/// A file in quarantine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// As it was called in the folder.
    pub name: String,
    /// Why.
    pub reason: SetAsideReason,
    /// Its number, if it is genuine.
    pub number: Option<TransactionNumber>,
    /// The ID that it names, if it is genuine; not known of one that an earlier program set aside.
    pub point_id: Option<StreetPointId>,
    /// Since when, milliseconds since 1970 on this PC's clock.
    pub at_ms: i64,
}

struct Row {
    name: String,
    reason: String,
    number: Option<String>,
    at_ms: i64,
    digest: Vec<u8>,
    point_id: Option<Vec<u8>>,
}

const COLUMNS: &str = "select name, reason, number, at_ms, digest, point_id from set_aside";

impl Books {
    /// The last files that were set aside and not received since, newest first.
    pub fn set_aside(&self, most: u32) -> Result<Vec<SetAside>, Fault> {
        self.rows_set_aside("where left_at_ms is null order by id desc limit ?1", [most])
    }

    /// The file in quarantine that has a number; of several the one that waits for its member.
    pub fn set_aside_numbered(&self, number: TransactionNumber) -> Result<Option<SetAside>, Fault> {
        let which =
            "where number = ?1 and left_at_ms is null order by reason <> 'unknown_member', id desc limit 1";
        Ok(self.rows_set_aside(which, [number.to_string()])?.pop())
    }

    fn rows_set_aside(&self, which: &str, values: impl rusqlite::Params) -> Result<Vec<SetAside>, Fault> {
        let sql = format!("{COLUMNS} {which}");
        let rows: Vec<Row> =
            self.store.read(|read| read.prepare(&sql)?.query_map(values, Row::read)?.collect())?;
        rows.into_iter().map(|row| self.file_set_aside(row)).collect()
    }

    fn file_set_aside(&self, row: Row) -> Result<SetAside, Fault> {
        let damaged = || StoreFault::Damaged("a file set aside".into());
        let reason = SetAsideReason::ALL.into_iter().find(|one| one.code() == row.reason);
        let number = row.number.map(|number| TransactionNumber::parse(&number)).transpose();
        let open = |sealed: Vec<u8>| self.key.open(place(&hex::encode(&row.digest)), &sealed);
        Ok(SetAside {
            reason: reason.ok_or_else(damaged)?,
            number: number.map_err(|_| damaged())?,
            point_id: row.point_id.map(open).transpose()?,
            name: row.name,
            at_ms: row.at_ms,
        })
    }

    /// The ID that a file names, as its row keeps it.
    pub(super) fn seal_point_id(&self, digest: &[u8], id: &StreetPointId) -> Result<Vec<u8>, StoreFault> {
        self.key.seal(&*self.entropy, place(&hex::encode(digest)), id)
    }
}

impl Row {
    fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            name: row.get(0)?,
            reason: row.get(1)?,
            number: row.get(2)?,
            at_ms: row.get(3)?,
            digest: row.get(4)?,
            point_id: row.get(5)?,
        })
    }
}

fn place(row: &str) -> SealedPlace<'_> {
    SealedPlace { table: "set_aside", row, column: "point_id" }
}
