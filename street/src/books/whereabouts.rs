//! What these books know of one merge, by the number that the municipality knows it by.

use super::{Books, HistoryLine, SetAside};
use crate::Fault;
use madoguchi_domain::merge_file::TransactionNumber;
use rusqlite::OptionalExtension;

/// Where a merge stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whereabouts {
    /// Its points stand in the books.
    Received(HistoryLine),
    /// They were taken from the member again.
    BookedBack {
        /// By this posting.
        void: HistoryLine,
        /// Whether the answer was laid into the folder.
        is_answered: bool,
    },
    /// Nothing is added under its number.
    Declined {
        /// Since when, milliseconds since 1970 on this PC's clock.
        at_ms: i64,
        /// Whether the answer was laid into the folder.
        is_answered: bool,
    },
    /// Its file lies in quarantine.
    SetAside(SetAside),
    /// No file of it came.
    Unknown,
}

impl Books {
    /// Where the merge of a number stands.
    pub fn whereabouts(&self, number: TransactionNumber) -> Result<Whereabouts, Fault> {
        let text = number.to_string();
        let sql = "select posting from received where number = ?1";
        let posting: Option<i64> =
            self.store.read(|read| read.query_row(sql, [&text], |row| row.get(0)).optional())?;
        if let Some(line) = posting.map(|posting| self.posting(posting)).transpose()?.flatten() {
            return Ok(match line.voided_by.map(|void| self.posting(void)).transpose()?.flatten() {
                Some(void) => Whereabouts::BookedBack { void, is_answered: self.is_answered(number)? },
                None => Whereabouts::Received(line),
            });
        }
        let sql = "select at_ms from declined where number = ?1";
        let declined: Option<i64> =
            self.store.read(|read| read.query_row(sql, [&text], |row| row.get(0)).optional())?;
        if let Some(at_ms) = declined {
            return Ok(Whereabouts::Declined { at_ms, is_answered: self.is_answered(number)? });
        }
        Ok(self.set_aside_numbered(number)?.map_or(Whereabouts::Unknown, Whereabouts::SetAside))
    }

    /// Owes the answer to a number once more: it was lost on the way. Nothing else changes.
    pub fn answer_again(&self, number: TransactionNumber) -> Result<(), Fault> {
        Ok(self.store.write("answer again", |write| {
            let sql = "update answer set written = 0 where number = ?1";
            Ok(write.execute(sql, [number.to_string()]).map(drop)?)
        })?)
    }

    fn is_answered(&self, number: TransactionNumber) -> Result<bool, Fault> {
        let sql = "select written from answer where number = ?1";
        let written: Option<bool> =
            self.store.read(|read| read.query_row(sql, [number.to_string()], |row| row.get(0)).optional())?;
        Ok(written.unwrap_or(false))
    }
}
