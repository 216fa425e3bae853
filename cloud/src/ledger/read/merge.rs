//! Merges: what the file of one says, and all of one street.

use crate::database::{self, Connection, Optional, params};
use crate::ledger::merge::{SELECT, merge_from};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{PostedMerge, StreetId};

/// The merge that this operation of the book posted, if it posted one.
pub fn merge(read: &Connection, book: BookCode, seq: i64) -> database::Result<Option<PostedMerge>> {
    let sql = format!("{SELECT} where book = $1 and seq = $2");
    read.query_row(&sql, params![book.as_str(), seq], merge_from).optional()
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
