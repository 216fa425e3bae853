//! Merges: what the file of one says, all of one street, what the street answered, and what was refunded
//! (rows F8, K11).

use crate::database::{self, Connection, Optional, Row, params};
use crate::ledger::columns::{damaged, date};
use crate::ledger::merge::{SELECT, merge_from};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{OperationNumber, PostedMerge, StreetId};
use madoguchi_domain::merge_file::{Reception, TakenBack, TransactionNumber};

/// A merge with what both sides say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeStanding {
    /// It.
    pub merge: PostedMerge,
    /// All that the street said of it, in order; each word once.
    pub said: Vec<Reception>,
    /// Whether the street's booking back of it is one by which it says that it took another merge back.
    pub shares_booking_back: bool,
    /// The municipality's refund.
    pub refund: Option<OperationNumber>,
}

impl MergeStanding {
    /// The word that the points are not in the street's books and never will be.
    pub fn taken_back(&self) -> Option<TakenBack> {
        let words = self.said.iter().filter_map(|said| match said {
            Reception::TakenBack(word) => Some(*word),
            _ => None,
        });
        // A street that has booked it back had it: this word says the more.
        words.min()
    }

    /// The street says that it added the points, and that it never did, or it took two merges back by one posting:
    /// two sets of books, or an old copy of one.
    pub fn contradicts_itself(&self) -> bool {
        let both = self.said.contains(&Reception::Received) && self.taken_back() == Some(TakenBack::Declined);
        both || self.shares_booking_back
    }

    /// Whether nobody has anything left to do: received and left so, or taken back and refunded.
    pub fn is_settled(&self) -> bool {
        let is_received = self.said.contains(&Reception::Received);
        !self.contradicts_itself()
            && match self.taken_back() {
                None => is_received,
                Some(_) => self.refund.is_some(),
            }
    }
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

/// The merges into a street with which somebody still has something to do, oldest first: not received, taken back
/// and not refunded, or said what cannot both be so.
pub fn waiting_merges(read: &Connection, street: StreetId) -> database::Result<Vec<MergeStanding>> {
    let answered = "select 1 from merge_acknowledgement a where a.book = merge.book and a.seq = merge.seq and a.reception";
    let sql = format!(
        "{SELECT} where street = $1
         and (not exists ({answered} = 'received') or exists ({answered} in ('booked_back', 'declined')))
         order by number"
    );
    let mut standings = standings(read, read.query_all(&sql, params![street.0], merge_from)?)?;
    standings.retain(|standing| !standing.is_settled());
    Ok(standings)
}

/// The merges into a street that it has taken back, oldest first.
pub fn merges_taken_back(read: &Connection, street: StreetId) -> database::Result<Vec<MergeStanding>> {
    let sql = format!(
        "{SELECT} where street = $1 and exists (select 1 from merge_acknowledgement a
             where a.book = merge.book and a.seq = merge.seq and a.reception in ('booked_back', 'declined'))
         order by number"
    );
    standings(read, read.query_all(&sql, params![street.0], merge_from)?)
}

fn standings(read: &Connection, merges: Vec<PostedMerge>) -> database::Result<Vec<MergeStanding>> {
    merges.into_iter().map(|merge| merge_standing(read, merge)).collect()
}

/// What both sides say of a merge.
pub fn merge_standing(read: &Connection, merge: PostedMerge) -> database::Result<MergeStanding> {
    let said = read.query_all(
        "select reception, posting from merge_acknowledgement where book = $1 and seq = $2
         order by at_ms, reception",
        params![merge.book.as_str(), merge.seq],
        |row: &Row<'_>| {
            Reception::read(row.text(0)?, row.get(1)?).ok_or_else(|| damaged(0, "what a street can answer"))
        },
    )?;
    let refund = read
        .query_row(
            "select seq, business_date from operation where book = $1 and reverses = $2",
            params![merge.book.as_str(), merge.seq],
            |row| Ok(OperationNumber { book: merge.book, seq: row.get(0)?, business_date: date(row, 1)? }),
        )
        .optional()?;
    let posting = said.iter().find_map(|said| said.posting());
    let shares_booking_back = match posting {
        Some(posting) => names_another_merge(read, &merge, posting)?,
        None => false,
    };
    Ok(MergeStanding { merge, said, shares_booking_back, refund })
}

/// Whether the street has taken another merge back by this posting of its books.
fn names_another_merge(read: &Connection, merge: &PostedMerge, posting: i64) -> database::Result<bool> {
    let others = read.query_all(
        "select a.seq from merge_acknowledgement a join merge m on m.book = a.book and m.seq = a.seq
         where m.street = $1 and a.posting = $2 and (a.book <> $3 or a.seq <> $4) limit 1",
        params![merge.street.0, posting, merge.book.as_str(), merge.seq],
        |row| row.get::<i64>(0),
    )?;
    Ok(!others.is_empty())
}
