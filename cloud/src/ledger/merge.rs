//! Rows of merges: what the file of each says and what the street answered, read and written.
//!
//! Belongs here: the rows. Does not: what a file looks like (`madoguchi_domain::merge_file`), its keys.

use super::columns::{self, damaged};
use crate::database::{self, Connection, Row, params};
use madoguchi_domain::ledger::{PostedMerge, StreetId};
use madoguchi_domain::merge_file::{MergeRecord, Reception, StreetPointId, TransactionNumber};
use madoguchi_domain::points::Points;
use madoguchi_domain::terminal::TerminalId;

/// `select` of a merge's columns, in the order in which [`merge_from`] reads them.
pub(super) const SELECT: &str = "select book, seq, street, number, point_id, points from merge";

/// A merge from the columns of [`SELECT`].
pub(super) fn merge_from(row: &Row<'_>) -> database::Result<PostedMerge> {
    Ok(PostedMerge {
        book: columns::book(row, 0)?,
        seq: row.get(1)?,
        street: StreetId(row.get(2)?),
        record: MergeRecord {
            number: TransactionNumber::parse(row.text(3)?).map_err(|_| damaged(3, "a transaction number"))?,
            point_id: StreetPointId::parse(row.text(4)?).map_err(|_| damaged(4, "a point ID"))?,
            points: Points::new(row.get(5)?).map_err(|_| damaged(5, "an amount of points"))?,
        },
    })
}

/// Writes new merges.
pub(super) fn write_merges(connection: &Connection, merges: &[PostedMerge]) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into merge (book, seq, street, number, point_id, points) values ($1, $2, $3, $4, $5, $6)",
    )?;
    for PostedMerge { book, seq, street, record } in merges {
        insert.add(params![
            book.as_str(),
            *seq,
            street.0,
            record.number.to_string(),
            record.point_id.as_str(),
            record.points.get(),
        ])?;
    }
    insert.done()
}

/// Keeps what a street answered to a merge's file; the same answer again is the first one.
pub fn acknowledge(
    write: &Connection,
    merge: &PostedMerge,
    reception: Reception,
    terminal: TerminalId,
    at_ms: i64,
) -> database::Result<()> {
    write
        .execute(
            "insert into merge_acknowledgement (book, seq, reception, posting, terminal, at_ms)
             values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
            params![
                merge.book.as_str(),
                merge.seq,
                reception.code(),
                reception.posting(),
                terminal.number(),
                at_ms
            ],
        )
        .map(drop)
}
