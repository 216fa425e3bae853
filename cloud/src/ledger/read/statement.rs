//! Statements: the lines of one account between two Japan dates.
//!
//! Two ways to the same lines. A resident's account has few: they are walked back from the newest,
//! each entry naming the one before. A site's or an issuer's may have millions: the range of
//! operation numbers that the dates are (a book's time never falls) is read through instead.

use crate::database::{self, Connection, Optional, Row, params};
use crate::ledger::columns::{self, damaged, date, date_text, owner};
use crate::ledger::wallet::wallet;
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    AccountKind, AccountTitle, EntryPosition, LotId, OperationKind, OperationNumber,
};

/// One line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// The number of the whole act, in its home book.
    pub number: OperationNumber,
    /// What was done.
    pub kind: OperationKind,
    /// When, milliseconds since 1970 (UTC).
    pub at_ms: i64,
    /// Where, if at a site.
    pub site: Option<madoguchi_domain::site::SiteId>,
    /// The lot, for a resident's account.
    pub lot: Option<LotId>,
    /// Points, plus = to the account.
    pub amount: i64,
    /// The account's how-manieth line this is, without gaps.
    pub account_seq: i64,
    /// The balance after it.
    pub balance_after: i64,
}

/// The account's lines from the first to the last of these dates, oldest first.
pub fn statement(
    read: &Connection,
    account: &AccountTitle,
    first_day: Date,
    last_day: Date,
) -> database::Result<Vec<StatementLine>> {
    let Some(range) = seq_range(read, account.book(), first_day, last_day)? else { return Ok(Vec::new()) };
    if let AccountKind::Resident(person) = account.kind {
        let wallet = wallet(read, account.book(), person)?;
        let held = wallet.as_ref().and_then(|wallet| wallet.accounts.get(&account.currency.number));
        return walk_back(read, account.book(), held.and_then(|account| account.last_entry), range);
    }
    match account_id(read, account)? {
        Some(id) => read_through(read, account.book(), id, range),
        None => Ok(Vec::new()),
    }
}

fn account_id(read: &Connection, account: &AccountTitle) -> database::Result<Option<i64>> {
    read.query_row(
        "select id from account where book = $1 and kind = $2 and owner = $3 and currency = $4",
        params![account.book().as_str(), account.kind.code(), owner(account.kind), account.currency.number.0],
        |row| row.get(0),
    )
    .optional()
}

const LINE: &str = "e.seq, e.line, e.previous_seq, e.previous_line, o.act_book, o.act_seq, o.business_date, o.kind, \
                    o.at_ms, o.site, e.lot, e.amount, e.account_seq, e.balance_after";

fn walk_back(
    read: &Connection,
    book: BookCode,
    newest: Option<EntryPosition>,
    (first, last): (i64, i64),
) -> database::Result<Vec<StatementLine>> {
    let sql = format!(
        "select {LINE} from entry e join operation o on o.book = e.book and o.seq = e.seq
         where e.book = $1 and e.seq = $2 and e.line = $3"
    );
    let mut statement = read.prepare(&sql)?;
    let mut lines = Vec::new();
    let mut next = newest;
    while let Some(position) = next.filter(|position| position.seq >= first) {
        let (line, previous) = statement
            .query_row(params![book.as_str(), position.seq, position.line], |row| {
                Ok((line_from(row)?, columns::position(row, 2, 3)?))
            })?;
        if previous.is_some_and(|previous| previous >= position) {
            return Err(damaged(2, "an entry's position"));
        }
        if position.seq <= last {
            lines.push(line);
        }
        next = previous;
    }
    lines.reverse();
    Ok(lines)
}

fn read_through(
    read: &Connection,
    book: BookCode,
    account: i64,
    (first, last): (i64, i64),
) -> database::Result<Vec<StatementLine>> {
    let sql = format!(
        "select {LINE} from entry e join operation o on o.book = e.book and o.seq = e.seq
         where e.book = $1 and e.seq between $2 and $3 and e.account = $4 order by e.seq, e.line"
    );
    let mut statement = read.prepare(&sql)?;
    statement.query_all(params![book.as_str(), first, last, account], line_from)
}

fn line_from(row: &Row<'_>) -> database::Result<StatementLine> {
    let number =
        OperationNumber { book: columns::book(row, 4)?, seq: row.get(5)?, business_date: date(row, 6)? };
    Ok(StatementLine {
        number,
        kind: OperationKind::from_code(row.text(7)?).ok_or_else(|| damaged(7, "an operation's kind"))?,
        at_ms: row.get(8)?,
        site: row.get::<Option<i64>>(9)?.map(madoguchi_domain::site::SiteId),
        lot: row.get::<Option<i64>>(10)?.map(LotId),
        amount: row.get(11)?,
        account_seq: row.get(12)?,
        balance_after: row.get(13)?,
    })
}

/// The operations of a book between two Japan dates, as a range of numbers; `None` if there are
/// none.
pub(super) fn seq_range(
    read: &Connection,
    book: BookCode,
    first_day: Date,
    last_day: Date,
) -> database::Result<Option<(i64, i64)>> {
    let end: i64 = read
        .query_row("select seq from head where book = $1", params![book.as_str()], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let first = first_seq_not_before(read, book, first_day, end)?;
    let after_last = match last_day.tomorrow() {
        Ok(day) => first_seq_not_before(read, book, day, end)?,
        Err(_) => end + 1,
    };
    Ok((first < after_last).then_some((first, after_last - 1)))
}

/// The first operation of a book on that Japan date or later; the next one to come, if there is none.
pub(super) fn first_seq_on(read: &Connection, book: BookCode, day: Date) -> database::Result<i64> {
    let end: i64 = read
        .query_row("select seq from head where book = $1", params![book.as_str()], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    first_seq_not_before(read, book, day, end)
}

/// Numbers are dense and dates never fall: halving finds the place in a few look-ups.
fn first_seq_not_before(read: &Connection, book: BookCode, day: Date, end: i64) -> database::Result<i64> {
    let mut statement =
        read.prepare("select business_date >= $1 from operation where book = $2 and seq = $3")?;
    let day = date_text(day);
    let (mut low, mut high) = (1, end + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        if statement.query_row(params![day, book.as_str(), middle], |row| row.get(0))? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(low)
}
