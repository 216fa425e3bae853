//! Day closes of a terminal, and what lies between two of them (row K7).

use super::statement::first_seq_on;
use crate::database::{self, Connection, Optional, Row, params};
use crate::ledger::columns;
use crate::ledger::ticket::{LAST_CLOSE, close_from};
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{Actor, Answer, DayClose, Done, Hash, OperationKind};
use madoguchi_domain::terminal::TerminalId;
use madoguchi_domain::ticket::TicketNumber;
use std::collections::BTreeMap;

/// How often something was done between two closes, and how many points it moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySum {
    /// What.
    pub kind: OperationKind,
    /// Of which currency.
    pub currency: CurrencyCode,
    /// How many operations.
    pub count: u32,
    /// Points over all of them, positive.
    pub points: i64,
}

/// What a terminal did between two closes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// How often and how many points, by kind and currency.
    pub sums: Vec<DaySum>,
    /// The numbers it made, by an issue or a reissue, in the order of their making.
    pub made: Vec<TicketNumber>,
}

/// What a terminal did, as it is added up.
#[derive(Debug, Default)]
pub(in crate::ledger) struct Running {
    sums: BTreeMap<(OperationKind, CurrencyCode), (u32, i64)>,
    made: Vec<TicketNumber>,
}

impl Running {
    pub(in crate::ledger) fn add(&mut self, done: &Done) {
        for (currency, points) in moved(done) {
            let (count, sum) = self.sums.entry((done.kind, currency)).or_default();
            *count = count.saturating_add(1);
            *sum = sum.saturating_add(points);
        }
        if matches!(done.kind, OperationKind::TicketIssue | OperationKind::Reissue) {
            self.made.extend(done.ticket.iter().map(|face| face.number));
        }
    }

    pub(in crate::ledger) fn day(self) -> Day {
        let sum = |((kind, currency), (count, points))| DaySum { kind, currency, count, points };
        Day { sums: self.sums.into_iter().map(sum).collect(), made: self.made }
    }
}

/// The terminal's last day close.
pub fn last_close(
    read: &Connection,
    home: BookCode,
    terminal: TerminalId,
) -> database::Result<Option<DayClose>> {
    let actor = Actor::Terminal(terminal).to_string();
    read.query_row(LAST_CLOSE, params![home.as_str(), actor], close_from).optional()
}

/// The terminal's day closes with a number up to this one, newest first, at most so many.
pub fn day_closes(
    read: &Connection,
    home: BookCode,
    terminal: TerminalId,
    up_to: u32,
    most: usize,
) -> database::Result<Vec<DayClose>> {
    read.query_all(
        "select book, actor, number, seq, at_ms, business_date from day_close
         where book = $1 and actor = $2 and number <= $3 order by number desc limit $4",
        params![
            home.as_str(),
            Actor::Terminal(terminal).to_string(),
            up_to,
            i64::try_from(most).unwrap_or(i64::MAX)
        ],
        close_from,
    )
}

/// What the terminal did behind one number of its home book and before another.
///
/// Between two closes that is a range of numbers, read through as a day's list is: an index by terminal
/// would have to be filled by every use of points.
pub fn day(
    read: &Connection,
    home: BookCode,
    terminal: TerminalId,
    (after, before): (i64, i64),
) -> database::Result<Day> {
    let mut running = Running::default();
    let mut statement = read.prepare(
        "select answer from operation
         where book = $1 and seq > $2 and seq < $3 and actor = $4 and outcome = 'done' and answer is not null",
    )?;
    let actor = Actor::Terminal(terminal).to_string();
    statement.for_each(params![home.as_str(), after, before, actor], |row: &Row<'_>| {
        if let Answer::Done(done) = columns::answer(row, 0)? {
            running.add(&done);
        }
        Ok(())
    })?;
    Ok(running.day())
}

/// What an operation moved: a ticket's points, or those of the resident's accounts.
fn moved(done: &Done) -> Vec<(CurrencyCode, i64)> {
    match done.ticket {
        Some(face) => vec![(face.currency, face.points.get())],
        None => done.parts.iter().map(|part| (part.currency, part.points.get())).collect(),
    }
}

/// The last operation of a book before a Japan date.
pub fn last_seq_before(read: &Connection, book: BookCode, day: Date) -> database::Result<i64> {
    Ok(first_seq_on(read, book, day)? - 1)
}

/// The newest operation of a book, and the head of its chain.
pub fn head(read: &Connection, book: BookCode) -> database::Result<(i64, Hash)> {
    let head = "select seq, hash from head where book = $1";
    read.query_row(head, params![book.as_str()], |row| Ok((row.get(0)?, columns::hash(row, 1)?)))
}

/// The hash of the block that an operation stands in: the head of the book's chain when it was committed.
pub fn head_at(read: &Connection, book: BookCode, seq: i64) -> database::Result<Option<Hash>> {
    let mut statement = read.prepare("select last_seq, hash from block where book = $1 and height = $2")?;
    let blocks: i64 = read
        .query_row("select height from head where book = $1", params![book.as_str()], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    // Heights are dense and their numbers rise: halving finds the block in a few look-ups.
    let (mut low, mut high) = (1, blocks);
    let mut found = None;
    while low <= high {
        let middle = low + (high - low) / 2;
        let (last_seq, hash): (i64, Hash) = statement
            .query_row(params![book.as_str(), middle], |row| Ok((row.get(0)?, columns::hash(row, 1)?)))?;
        if last_seq >= seq {
            found = Some(hash);
            high = middle - 1;
        } else {
            low = middle + 1;
        }
    }
    Ok(found)
}
