//! Merges: what the file of one says, all of one street, and what the street answered (row K11).

use crate::database::{self, Connection, Optional, Row, params};
use crate::ledger::columns::damaged;
use crate::ledger::merge::{SELECT, merge_from};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{PostedMerge, StreetId};
use madoguchi_domain::merge_file::{Reception, TransactionNumber};

/// A merge that its street has not said it received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingMerge {
    /// It.
    pub merge: PostedMerge,
    /// What the street said of it instead, if it said anything.
    pub said: Option<Reception>,
}

/// The merge that this operation of the book posted, if it posted one.
pub fn merge(read: &Connection, book: BookCode, seq: i64) -> database::Result<Option<PostedMerge>> {
    let sql = format!("{SELECT} where book = $1 and seq = $2");
    read.query_row(&sql, params![book.as_str(), seq], merge_from).optional()
}

/// The merge of a street's number.
pub fn merge_numbered(
    read: &Connection,
    street: StreetId,
    number: TransactionNumber,
) -> database::Result<Option<PostedMerge>> {
    let sql = format!("{SELECT} where street = $1 and number = $2");
    read.query_row(&sql, params![street.0, number.to_string()], merge_from).optional()
}

/// The newest merges into a street, newest first.
pub fn merges(
    read: &Connection,
    book: BookCode,
    street: StreetId,
    most: usize,
) -> database::Result<Vec<PostedMerge>> {
    let sql = format!("{SELECT} where street = $1 and book = $2 order by number desc limit $3");
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    read.query_all(&sql, params![street.0, book.as_str(), most], merge_from)
}

/// The merges into a street that it has not said it received, oldest first.
pub fn waiting_merges(read: &Connection, street: StreetId) -> database::Result<Vec<WaitingMerge>> {
    let sql = format!(
        "{SELECT} where street = $1 and not exists (
             select 1 from merge_acknowledgement a
             where a.book = merge.book and a.seq = merge.seq and a.reception = 'received')
         order by number"
    );
    let waiting = read.query_all(&sql, params![street.0], merge_from)?;
    waiting.into_iter().map(|merge| Ok(WaitingMerge { said: last_said(read, &merge)?, merge })).collect()
}

/// The last that a street said of a merge it did not receive.
fn last_said(read: &Connection, merge: &PostedMerge) -> database::Result<Option<Reception>> {
    read.query_row(
        "select reception from merge_acknowledgement where book = $1 and seq = $2 order by at_ms desc limit 1",
        params![merge.book.as_str(), merge.seq],
        |row: &Row<'_>| {
            let code = row.text(0)?;
            let known = Reception::ALL.into_iter().find(|reception| reception.code() == code);
            known.ok_or_else(|| damaged(0, "what a street can answer"))
        },
    )
    .optional()
}
