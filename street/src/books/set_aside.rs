//! Files in quarantine, as a person asks for them: which, since when, why.

use super::Books;
use crate::Fault;
use madoguchi_domain::merge_file::TransactionNumber;
use madoguchi_store::StoreFault;

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
    /// Since when, milliseconds since 1970 on this PC's clock.
    pub at_ms: i64,
}

impl Books {
    /// The last files that were set aside and not received since, newest first.
    pub fn set_aside(&self, most: u32) -> Result<Vec<SetAside>, Fault> {
        let sql = "select name, reason, number, at_ms from set_aside order by id desc limit ?1";
        let rows: Vec<(String, String, Option<String>, i64)> = self.store.read(|read| {
            let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            read.prepare(sql)?.query_map([most], row)?.collect()
        })?;
        let damaged = || StoreFault::Damaged("a file set aside".into());
        let parsed = |(name, reason, number, at_ms): (String, String, Option<String>, i64)| {
            let reason = SetAsideReason::ALL.into_iter().find(|one| one.code() == reason);
            let number = number.map(|number| TransactionNumber::parse(&number)).transpose();
            let number = number.map_err(|_| damaged())?;
            Ok(SetAside { name, reason: reason.ok_or_else(damaged)?, number, at_ms })
        };
        rows.into_iter().map(parsed).collect()
    }
}
