//! The book checker: streams the database and proves every invariant and the chain.
//!
//! Belongs here: turning rows back into what was posted, in the order in which
//! `madoguchi_domain::ledger::invariants` wants them. Does not belong here: what must hold.

use super::columns;
use super::load::{account_from, lot_from};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::chain::Block;
use madoguchi_domain::ledger::invariants::{BookAudit, Checked, LotRow, Violation};
use madoguchi_domain::ledger::{AccountTitle, DayUse, Entry, LotId, Operation, PostedOperation};
use madoguchi_domain::person::PersonId;
use rusqlite::{CachedStatement, Connection, Row, Rows};
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
    /// How many blocks.
    pub blocks: usize,
}

impl fmt::Display for BookReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { book, operations, entries, accounts, lots, blocks } = self;
        write!(
            f,
            "book {book}: {operations} operations, {entries} entries, {accounts} accounts, {lots} lots, \
             {blocks} blocks"
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
pub fn check_books(read: &Connection) -> rusqlite::Result<Report> {
    let mut report = Report::default();
    let mut all = Checked::default();
    for book in books(read)? {
        let checked = check_book(read, book)?;
        report.books.push(BookReport {
            book,
            operations: checked.operations,
            entries: checked.entries,
            accounts: checked.accounts,
            lots: checked.lots,
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
    report.violations = all.violations;
    Ok(report)
}

/// Every book that has a head, or rows without one.
fn books(read: &Connection) -> rusqlite::Result<Vec<BookCode>> {
    let mut statement = read.prepare(
        "select book from head union select book from account union select book from lot
         union select book from operation union select book from entry union select book from block
         order by book",
    )?;
    statement.query_map([], |row| columns::book(row, 0))?.collect()
}

fn check_book(read: &Connection, book: BookCode) -> rusqlite::Result<Checked> {
    let mut audit = BookAudit::of(book);
    feed_accounts(read, book, &mut audit)?;
    feed_lots(read, book, &mut audit)?;
    feed_operations(read, book, &mut audit)?;
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

fn feed_accounts(read: &Connection, book: BookCode, audit: &mut BookAudit) -> rusqlite::Result<()> {
    let mut statement = read.prepare(
        "select id, name, balance, entries, last_seq, last_line, kind, owner, currency from account
         where book = $1",
    )?;
    let mut rows = statement.query([book.as_str()])?;
    while let Some(row) = rows.next()? {
        let kind = columns::account_kind(6, row.get_ref(6)?.as_str()?, row.get_ref(7)?.as_blob()?)?;
        let currency = CurrencyCode { book, number: CurrencyNumber(row.get(8)?) };
        audit.account(AccountTitle { currency, kind }, account_from(row)?);
    }
    Ok(())
}

fn feed_lots(read: &Connection, book: BookCode, audit: &mut BookAudit) -> rusqlite::Result<()> {
    let mut statement =
        read.prepare("select id, last_day, origin_seq, amount, remaining, account from lot where book = $1")?;
    let mut rows = statement.query([book.as_str()])?;
    while let Some(row) = rows.next()? {
        audit.lot(LotRow { account: columns::account_id(row, 5)?, lot: lot_from(row)? });
    }
    Ok(())
}

/// Operations with their entries, and the block that closes each run of them.
fn feed_operations(read: &Connection, book: BookCode, audit: &mut BookAudit) -> rusqlite::Result<()> {
    let operations =
        format!("select {}, answer from operation where book = $1 order by seq", columns::OPERATION);
    let mut operations = read.prepare(&operations)?;
    let mut operations = Ahead::of(operations.query([book.as_str()])?, with_answer)?;
    let mut entries = read.prepare(&format!("{ENTRIES} order by e.seq, e.line"))?;
    let mut entries = Ahead::of(entries.query([book.as_str()])?, entry_from)?;
    let mut blocks = read.prepare(
        "select height, first_seq, last_seq, root, at_ms, hash from block where book = $1 order by height",
    )?;
    let mut blocks = blocks.query([book.as_str()])?;
    let mut targets = read.prepare_cached(ONE_OPERATION_ENTRIES)?;
    let mut feed = |audit: &mut BookAudit, until: i64| -> rusqlite::Result<()> {
        while let Some(mut posted) = operations.next_if(|posted| posted.operation.seq <= until)? {
            let seq = posted.operation.seq;
            while let Some((_, entry)) = entries.next_if(|(of, _)| *of <= seq)? {
                posted.entries.push(entry);
            }
            let target = match posted.operation.reverses {
                Some(of) => posted_at(read, &mut targets, book, of)?,
                None => None,
            };
            audit.operation(&posted, target.as_ref());
        }
        Ok(())
    };
    let mut previous = madoguchi_domain::ledger::chain::genesis(book);
    while let Some(row) = blocks.next()? {
        let block = block_from(row, book, previous)?;
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

const ENTRIES: &str = "select e.seq, e.line, e.account, a.name, a.currency, e.lot, e.amount, e.account_seq,
        e.balance_after, e.previous_seq, e.previous_line
 from entry e left join account a on a.book = e.book and a.id = e.account
 where e.book = $1";

const ONE_OPERATION_ENTRIES: &str = "select e.seq, e.line, e.account, a.name, a.currency, e.lot, e.amount,
        e.account_seq, e.balance_after, e.previous_seq, e.previous_line
 from entry e left join account a on a.book = e.book and a.id = e.account
 where e.book = $1 and e.seq = $2 order by e.line";

fn posted_at(
    read: &Connection,
    entries: &mut CachedStatement<'_>,
    book: BookCode,
    seq: i64,
) -> rusqlite::Result<Option<PostedOperation>> {
    let Some(operation) = super::read::operation_at(read, book, seq)? else { return Ok(None) };
    let entries = entries
        .query_map(rusqlite::params![book.as_str(), seq], |row| entry_from(row).map(|(_, entry)| entry))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(Some(PostedOperation { operation, entries, answer: None }))
}

fn with_answer(row: &Row<'_>) -> rusqlite::Result<PostedOperation> {
    let operation: Operation = columns::operation(row)?;
    let column = columns::OPERATION_COLUMNS;
    let answer = match row.get_ref(column)? {
        rusqlite::types::ValueRef::Null => None,
        _ => Some(columns::answer(row, column)?),
    };
    Ok(PostedOperation { operation, entries: Vec::new(), answer })
}

/// An entry of an account that is not there keeps an impossible name, for the audit to stumble on.
fn entry_from(row: &Row<'_>) -> rusqlite::Result<(i64, Entry)> {
    let name: Option<[u8; 16]> = row.get(3)?;
    let entry = Entry {
        line: row.get(1)?,
        account: columns::account_id(row, 2)?,
        name: madoguchi_domain::ledger::AccountName(name.unwrap_or_default()),
        currency: CurrencyNumber(row.get::<_, Option<u32>>(4)?.unwrap_or_default()),
        lot: row.get::<_, Option<i64>>(5)?.map(LotId),
        amount: row.get(6)?,
        account_seq: row.get(7)?,
        balance_after: row.get(8)?,
        previous: columns::position(row, 9, 10)?,
    };
    Ok((row.get(0)?, entry))
}

fn block_from(
    row: &Row<'_>,
    book: BookCode,
    previous: madoguchi_domain::ledger::Hash,
) -> rusqlite::Result<Block> {
    Ok(Block {
        book,
        height: row.get(0)?,
        previous,
        first_seq: row.get(1)?,
        last_seq: row.get(2)?,
        root: columns::hash(row, 3)?,
        at_ms: row.get(4)?,
        hash: columns::hash(row, 5)?,
    })
}

fn days(read: &Connection) -> rusqlite::Result<Vec<(BookCode, PersonId, DayUse)>> {
    let mut statement = read.prepare("select book, person, business_date, used from resident_day")?;
    let day = |row: &Row<'_>| {
        let person = PersonId(Uuid::from_bytes(row.get(1)?));
        Ok((columns::book(row, 0)?, person, DayUse { date: columns::date(row, 2)?, used: row.get(3)? }))
    };
    statement.query_map([], day)?.collect()
}

/// Rows read one ahead.
struct Ahead<'s, T> {
    rows: Rows<'s>,
    read: fn(&Row<'_>) -> rusqlite::Result<T>,
    next: Option<T>,
}

impl<'s, T> Ahead<'s, T> {
    fn of(rows: Rows<'s>, read: fn(&Row<'_>) -> rusqlite::Result<T>) -> rusqlite::Result<Self> {
        let mut ahead = Self { rows, read, next: None };
        ahead.advance()?;
        Ok(ahead)
    }

    fn advance(&mut self) -> rusqlite::Result<Option<T>> {
        let next = match self.rows.next()? {
            Some(row) => Some((self.read)(row)?),
            None => None,
        };
        Ok(std::mem::replace(&mut self.next, next))
    }

    fn next_if(&mut self, wanted: impl FnOnce(&T) -> bool) -> rusqlite::Result<Option<T>> {
        if self.next.as_ref().is_some_and(wanted) { self.advance() } else { Ok(None) }
    }
}
