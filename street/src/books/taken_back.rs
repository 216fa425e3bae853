//! Merges that the street takes back, so that the municipality can refund them (row F8): booked back where the points
//! were added, declined where they were not. Either is the street's last word on a number, and is answered to the
//! municipality (docs/merge-file.md).

use super::{Act, Books, Done, NotDone};
use crate::Fault;
use madoguchi_domain::merge_file::{Reception, TakenBack, TransactionNumber};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_store::StoreFault;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// Why a number was not declined: its points stand in the books, or did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the number was received")]
pub struct WasReceived;

/// A merge that was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenBackMerge {
    /// 取引済番号.
    pub number: TransactionNumber,
    /// How.
    pub how: TakenBack,
    /// Its points; not known of a number that was declined.
    pub points: Option<Points>,
    /// When, milliseconds since 1970 on this PC's clock.
    pub at_ms: i64,
    /// Whether the answer was laid into the folder.
    pub is_answered: bool,
}

/// Number, word, posting, whether it was answered, points of the void, when.
type Row = (String, String, Option<i64>, bool, Option<i64>, i64);

impl Books {
    /// Adds nothing under a number from now on, whenever its file comes, and answers so. Done again, it is answered
    /// again: an answer can be lost.
    pub fn decline(&self, number: TransactionNumber, at_ms: i64) -> Result<Result<(), WasReceived>, Fault> {
        Ok(self.store.write("decline", |write| {
            if was_received(write, number)? {
                return Ok(Err(WasReceived));
            }
            let sql = "insert into declined (number, at_ms) values (?1, ?2) on conflict do nothing";
            write.execute(sql, (number.to_string(), at_ms))?;
            owe(write, number, Reception::TakenBack(TakenBack::Declined))?;
            Ok(Ok(()))
        })?)
    }

    /// Takes the points of a number from its member again and answers so, once. Done again, it is answered again.
    pub fn book_back(&self, number: TransactionNumber, at_ms: i64) -> Result<Result<Done, NotDone>, Fault> {
        let found = self.store.read(|read| posting_of(read, number))?;
        let Some((posting, voided_by)) = found else { return Ok(Err(NotDone::NoSuchPosting)) };
        let Some(before) = voided_by else {
            let key = OperationKey::derived(&format!("book_back:{number}"));
            return self.act(key, Act::Void { posting }, at_ms);
        };
        self.store.write("answer again", |write| answer_again(write, number))?;
        let line = self.posting(before)?.ok_or_else(|| StoreFault::Damaged("a booking back".into()))?;
        Ok(Ok(line.done()))
    }

    /// What was taken back, newest number first.
    pub fn taken_back(&self, most: u32) -> Result<Vec<TakenBackMerge>, Fault> {
        let sql = "select answer.number, answer.reception, answer.posting, answer.written, entry.points,
                          coalesce(posting.at_ms, declined.at_ms)
                   from answer
                   left join posting on posting.seq = answer.posting
                   left join entry on entry.posting = posting.seq and entry.account = 'member'
                   left join declined on declined.number = answer.number
                   where answer.reception in ('booked_back', 'declined') order by answer.number desc limit ?1";
        let rows: Vec<Row> = self.store.read(|read| {
            let row = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?))
            };
            read.prepare(sql)?.query_map([most], row)?.collect()
        })?;
        let parsed = |(number, code, posting, is_answered, points, at_ms): Row| {
            let Some(Reception::TakenBack(how)) = Reception::read(&code, posting) else { return None };
            let number = TransactionNumber::parse(&number).ok()?;
            let points = points.and_then(|points| Points::new(-points).ok());
            Some(TakenBackMerge { number, how, points, at_ms, is_answered })
        };
        let damaged = || StoreFault::Damaged("a merge taken back".into()).into();
        rows.into_iter().map(|row| parsed(row).ok_or_else(damaged)).collect()
    }
}

/// A merge's booking back is answered in the transaction of its posting; of any other void nobody is told.
pub(super) fn answer_booking_back(
    write: &Transaction<'_>,
    voided: i64,
    posting: i64,
) -> rusqlite::Result<()> {
    let number: Option<String> = write
        .query_row("select number from received where posting = ?1", [voided], |row| row.get(0))
        .optional()?;
    let Some(number) = number else { return Ok(()) };
    let number = TransactionNumber::parse(&number).map_err(|_| rusqlite::Error::InvalidQuery)?;
    owe(write, number, Reception::TakenBack(TakenBack::BookedBack { posting }))
}

/// The municipality is told, unless a last word has been said.
pub(super) fn owe(
    write: &Transaction<'_>,
    number: TransactionNumber,
    reception: Reception,
) -> rusqlite::Result<()> {
    let sql = "insert into answer (number, reception, posting) values (?1, ?2, ?3)
               on conflict (number) do update set reception = ?2, posting = ?3, written = 0
               where answer.reception not in ('booked_back', 'declined') or answer.reception = ?2";
    let mut owed = write.prepare_cached(sql)?;
    owed.execute((number.to_string(), reception.code(), reception.posting())).map(drop)
}

/// The last word is told once more: its file came again, so perhaps the answer was lost.
pub(super) fn answer_again(write: &Transaction<'_>, number: TransactionNumber) -> Result<(), StoreFault> {
    let sql = "update answer set written = 0 where number = ?1 and reception in ('booked_back', 'declined')";
    Ok(write.execute(sql, [number.to_string()]).map(drop)?)
}

/// Whether the points of a number were taken from the member again.
pub(super) fn is_booked_back(read: &Connection, number: TransactionNumber) -> rusqlite::Result<bool> {
    Ok(posting_of(read, number)?.is_some_and(|(_, voided_by)| voided_by.is_some()))
}

/// Whether nothing is added under a number.
pub(super) fn is_declined(read: &Connection, number: TransactionNumber) -> rusqlite::Result<bool> {
    let sql = "select exists (select 1 from declined where number = ?1)";
    read.prepare_cached(sql)?.query_row([number.to_string()], |row| row.get(0))
}

fn was_received(read: &Connection, number: TransactionNumber) -> rusqlite::Result<bool> {
    Ok(posting_of(read, number)?.is_some())
}

/// The posting of a number that was received, and what voided it.
fn posting_of(read: &Connection, number: TransactionNumber) -> rusqlite::Result<Option<(i64, Option<i64>)>> {
    let sql = "select received.posting, later.seq from received
               left join posting later on later.voids = received.posting where received.number = ?1";
    let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    read.prepare_cached(sql)?.query_row([number.to_string()], row).optional()
}
