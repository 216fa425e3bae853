//! The book checker: streams the database and proves every invariant and the chain.
//!
//! Belongs here: turning rows back into what was posted, in the order in which
//! `madoguchi_domain::ledger::invariants` wants them. Does not belong here: what must hold.

mod kept;
mod papers;
mod tickets;

pub use papers::ON_PAPER;

use super::{columns, merge};
use crate::database::{self, Connection, Row, Value, params};
use kept::Kept;
use madoguchi_domain::currency::CurrencyNumber;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::chain::Block;
use madoguchi_domain::ledger::invariants::{BookAudit, Checked, Violation};
use madoguchi_domain::ledger::{DayUse, Entry, LotId, Operation, PostedOperation};
use madoguchi_domain::person::PersonId;
use papers::Papers;
use std::collections::VecDeque;
use std::fmt;
use uuid::Uuid;

/// What was checked of one book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookReport {
    /// The book.
    pub book: BookCode,
    /// How many operations.
    pub operations: usize,
    /// How many entries.
    pub entries: usize,
    /// How many accounts.
    pub accounts: usize,
    /// How many lots.
    pub lots: usize,
    /// How many tickets.
    pub tickets: usize,
    /// How many blocks.
    pub blocks: usize,
}

impl fmt::Display for BookReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { book, operations, entries, accounts, lots, tickets, blocks } = self;
        write!(
            f,
            "book {book}: {operations} operations, {entries} entries, {accounts} accounts, {lots} lots, \
             {tickets} tickets, {blocks} blocks"
        )
    }
}

/// What was checked, and what was found.
#[derive(Debug, Default)]
pub struct Report {
    /// Every book.
    pub books: Vec<BookReport>,
    /// Every row that breaks an invariant; empty = the books are right.
    pub violations: Vec<Violation>,
}

impl Report {
    /// Whether every invariant holds.
    pub fn is_clean(&self) -> bool {
        self.violations.is_empty()
    }
}

/// Checks all books in one consistent state of the database.
pub fn check_books(read: &Connection) -> database::Result<Report> {
    let mut report = Report::default();
    let mut all = Checked::default();
    for book in books(read)? {
        let mut papers = Papers::of(book);
        let checked = check_book(read, book, &mut papers)?;
        report.violations.extend(papers.finish(read)?);
        report.books.push(BookReport {
            book,
            operations: checked.operations,
            entries: checked.entries,
            accounts: checked.accounts,
            lots: checked.lots,
            tickets: checked.tickets,
            blocks: checked.blocks,
        });
        all.join(checked);
    }
    let mut failure = None;
    all.check_acts(|act| {
        super::read::operation_at(read, act.book, act.seq).unwrap_or_else(|error| {
            failure = Some(error);
            None
        })
    });
    failure.map_or(Ok(()), Err)?;
    all.check_days(days(read)?);
    for book in tickets::stray_numbers(read)? {
        all.stray_number(book);
    }
    all.check_tickets();
    report.violations.extend(all.violations);
    Ok(report)
}

/// Every book that has a head, or rows without one.
fn books(read: &Connection) -> database::Result<Vec<BookCode>> {
    read.query_all(
        "select book from head union select book from account union select book from balance
         union select book from wallet union select book from lot
         union select book from operation union select book from ticket union select book from day_close
         union select book from merge union select book from entry union select book from block
         order by book",
        params![],
        |row| columns::book(row, 0),
    )
}

fn check_book(read: &Connection, book: BookCode, papers: &mut Papers) -> database::Result<Checked> {
    let mut audit = BookAudit::of(book);
    let mut kept = Kept::of(read, book)?;
    kept.feed_accounts(read, book, &mut audit)?;
    kept.feed_lots(read, book, &mut audit)?;
    tickets::feed(read, book, &mut audit)?;
    feed_merges(read, book, &mut audit)?;
    feed_operations(read, book, &mut audit, papers)?;
    // A book without a head is judged as one that never had anything in it.
    let nothing = madoguchi_domain::ledger::Head {
        seq: 0,
        height: 0,
        hash: madoguchi_domain::ledger::chain::genesis(book),
        at_ms: 0,
        accounts: 0,
        lots: 0,
    };
    Ok(audit.finish(&super::load::head(read, book)?.unwrap_or(nothing)))
}

/// Merges as they are kept.
fn feed_merges(read: &Connection, book: BookCode, audit: &mut BookAudit) -> database::Result<()> {
    let mut merges = read.prepare(&format!("{} where book = $1", merge::SELECT))?;
    merges.for_each(params![book.as_str()], |row| {
        audit.merge(merge::merge_from(row)?);
        Ok(())
    })
}

/// Operations with their entries, and the block that closes each run of them.
fn feed_operations(
    read: &Connection,
    book: BookCode,
    audit: &mut BookAudit,
    papers: &mut Papers,
) -> database::Result<()> {
    let mut operations = Pages::of(|after| operations_after(read, book, after))?;
    let mut entries = Pages::of(|after| entries_after(read, book, after))?;
    let mut blocks = Pages::of(|after| blocks_after(read, book, after))?;
    let mut feed = |audit: &mut BookAudit, until: i64| -> database::Result<()> {
        while let Some(mut posted) = operations.next_if(|posted| posted.operation.seq <= until)? {
            let seq = posted.operation.seq;
            while let Some((_, entry)) = entries.next_if(|(of, _)| *of <= seq)? {
                posted.entries.push(entry);
            }
            let target = match posted.operation.reverses {
                Some(of) => posted_at(read, book, of)?,
                None => None,
            };
            audit.operation(&posted, target.as_ref());
            papers.operation(read, &posted)?;
        }
        Ok(())
    };
    let mut previous = madoguchi_domain::ledger::chain::genesis(book);
    while let Some(block) = blocks.next_if(|_| true)? {
        let block = Block { previous, ..block };
        feed(audit, block.last_seq)?;
        audit.block(&block);
        previous = block.hash;
    }
    feed(audit, i64::MAX)?;
    // Entries of operations that are not there.
    if let Some((seq, entry)) = entries.next_if(|_| true)? {
        audit.stray_entry(seq, entry.line);
    }
    Ok(())
}

fn operations_after(
    read: &Connection,
    book: BookCode,
    after: Option<&PostedOperation>,
) -> database::Result<Vec<PostedOperation>> {
    let sql = format!(
        "select {}, answer from operation where book = $1 and seq > $2 order by seq limit {PAGE}",
        columns::OPERATION
    );
    let after = after.map_or(i64::MIN, |posted| posted.operation.seq);
    read.query_all(&sql, params![book.as_str(), after], with_answer)
}

fn entries_after(
    read: &Connection,
    book: BookCode,
    after: Option<&(i64, Entry)>,
) -> database::Result<Vec<(i64, Entry)>> {
    let sql = format!("{ENTRIES} and (e.seq, e.line) > ($2, $3) order by e.seq, e.line limit {PAGE}");
    let (seq, line) = after.map_or((i64::MIN, i64::MIN), |(seq, entry)| (*seq, entry.line));
    read.query_all(&sql, params![book.as_str(), seq, line], entry_from)
}

/// Each as if it were the first; the caller ties it to the one before.
fn blocks_after(read: &Connection, book: BookCode, after: Option<&Block>) -> database::Result<Vec<Block>> {
    let sql = format!(
        "select height, first_seq, last_seq, root, at_ms, hash from block
         where book = $1 and height > $2 order by height limit {PAGE}"
    );
    let after = after.map_or(i64::MIN, |block| block.height);
    read.query_all(&sql, params![book.as_str(), after], |row| block_from(row, book))
}

const ENTRIES: &str = "select e.seq, e.line, e.account, a.name, a.currency, e.lot, e.amount, e.account_seq,
        e.balance_after, e.previous_seq, e.previous_line
 from entry e left join account a on a.book = e.book and a.id = e.account
 where e.book = $1";

fn posted_at(read: &Connection, book: BookCode, seq: i64) -> database::Result<Option<PostedOperation>> {
    let Some(operation) = super::read::operation_at(read, book, seq)? else { return Ok(None) };
    let sql = format!("{ENTRIES} and e.seq = $2 order by e.line");
    let entries =
        read.query_all(&sql, params![book.as_str(), seq], |row| entry_from(row).map(|(_, entry)| entry))?;
    Ok(Some(PostedOperation { operation, entries, answer: None }))
}

fn with_answer(row: &Row<'_>) -> database::Result<PostedOperation> {
    let operation: Operation = columns::operation(row)?;
    let column = columns::OPERATION_COLUMNS;
    let answer = match row.value(column)? {
        Value::Null => None,
        _ => Some(columns::answer(row, column)?),
    };
    Ok(PostedOperation { operation, entries: Vec::new(), answer })
}

/// An entry of an account that is not there keeps an impossible name, for the audit to stumble on.
fn entry_from(row: &Row<'_>) -> database::Result<(i64, Entry)> {
    let name: Option<[u8; 16]> = row.get(3)?;
    let entry = Entry {
        line: row.get(1)?,
        account: columns::account_id(row, 2)?,
        name: madoguchi_domain::ledger::AccountName(name.unwrap_or_default()),
        currency: CurrencyNumber(row.get::<Option<u32>>(4)?.unwrap_or_default()),
        lot: row.get::<Option<i64>>(5)?.map(LotId),
        amount: row.get(6)?,
        account_seq: row.get(7)?,
        balance_after: row.get(8)?,
        previous: columns::position(row, 9, 10)?,
    };
    Ok((row.get(0)?, entry))
}

fn block_from(row: &Row<'_>, book: BookCode) -> database::Result<Block> {
    Ok(Block {
        book,
        height: row.get(0)?,
        previous: madoguchi_domain::ledger::chain::genesis(book),
        first_seq: row.get(1)?,
        last_seq: row.get(2)?,
        root: columns::hash(row, 3)?,
        at_ms: row.get(4)?,
        hash: columns::hash(row, 5)?,
    })
}

fn days(read: &Connection) -> database::Result<Vec<(BookCode, PersonId, DayUse)>> {
    let day = |row: &Row<'_>| {
        let person = PersonId(Uuid::from_bytes(row.get(1)?));
        Ok((columns::book(row, 0)?, person, DayUse { date: columns::date(row, 2)?, used: row.get(3)? }))
    };
    let sql = "select book, person, business_date, used from wallet where business_date is not null";
    read.query_all(sql, params![], day)
}

/// How many rows are in memory at a time, of each kind.
const PAGE: usize = 4_096;

/// Rows in order, a page at a time: a book of years does not fit into memory.
struct Pages<T, F> {
    fetch: F,
    page: VecDeque<T>,
}

impl<T, F: FnMut(Option<&T>) -> database::Result<Vec<T>>> Pages<T, F> {
    /// `fetch` reads the page after a row, or the first.
    fn of(mut fetch: F) -> database::Result<Self> {
        let page = fetch(None)?.into();
        Ok(Self { fetch, page })
    }

    fn next_if(&mut self, wanted: impl FnOnce(&T) -> bool) -> database::Result<Option<T>> {
        if !self.page.front().is_some_and(wanted) {
            return Ok(None);
        }
        if self.page.len() == 1 {
            let next = (self.fetch)(self.page.front())?;
            self.page.extend(next);
        }
        Ok(self.page.pop_front())
    }
}
