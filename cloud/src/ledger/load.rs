//! Loading what a batch asks about, under the lock of its books' heads.
//!
//! In this order: what is undone, and in which books tickets stand (immutable, so it may be read before
//! the lock, and it says which further books are touched); the heads, each alone, ascending, which is the lock;
//! then, in later statements, everything that may have changed. Reading in the statement of the lock would, on
//! engines that re-read a locked row but not its companions, see balances from before the wait. The statements
//! are asked together: they are answered one after the other.

mod tickets;
mod together;

use super::columns::{self, date, date_or_none, position};
use super::wallet::wallet;
use crate::database::{self, Connection, Optional, Row, params};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Account, AccountKind, AccountTitle, Answer, Asked, Books, Head, Lot, LotId, Operation, OperationKind,
    OperationNumber, Outcome, Randoms, Request, Target, Ticket,
};
use madoguchi_domain::person::PersonId;
use madoguchi_domain::ticket::TicketNumber;
use std::collections::{BTreeSet, HashMap};

type Targets = HashMap<(BookCode, i64), Option<Target>>;

/// Puts everything the requests ask about into the books.
pub(super) fn load(
    connection: &Connection,
    books: &mut Books,
    requests: &[&Request],
    randoms: &mut dyn Randoms,
) -> database::Result<()> {
    let mut targets = targets(connection, requests)?;
    let numbers = ticket_numbers(requests, &targets);
    let stand_in = tickets::books_of(connection, &numbers)?;
    let mut touched: BTreeSet<BookCode> = requests.iter().flat_map(|request| request.books()).collect();
    touched.extend(targets.values().flatten().flat_map(|target| target.others.iter().map(|(book, _)| *book)));
    touched.extend(stand_in.values());
    together::lock_and_load(connection, books, &touched, requests)?;
    let found = tickets::load(connection, books, &numbers, &stand_in)?;
    add_issues(connection, requests, &found, &mut targets)?;
    for target in targets.values_mut().flatten() {
        target.reversed_by = reversed_by(connection, &target.operation)?;
    }
    together::load_accounts(connection, books, requests, &found)?;
    for ((home, seq), target) in &targets {
        load_target(connection, books, *home, *seq, target.as_ref())?;
    }
    tickets::load_closes(connection, books, requests)?;
    tickets::draw_free_numbers(connection, books, requests, randoms)
}

/// The tickets that are named, and those whose clearing is taken back.
fn ticket_numbers(requests: &[&Request], targets: &Targets) -> BTreeSet<TicketNumber> {
    let cleared = targets.values().flatten().filter_map(|target| target.ticket);
    requests.iter().filter_map(|request| request.ticket()).chain(cleared).collect()
}

/// What the voids of tickets undo: the issues that took the points, of terminals of the same home book.
fn add_issues(
    connection: &Connection,
    requests: &[&Request],
    found: &HashMap<TicketNumber, Ticket>,
    targets: &mut Targets,
) -> database::Result<()> {
    for request in requests {
        let Asked::VoidTicket(void) = &request.asked else { continue };
        let Some(issue) = found.get(&void.ticket).map(|ticket| ticket.issue) else { continue };
        if issue.book == request.home && !targets.contains_key(&(issue.book, issue.seq)) {
            targets.insert((issue.book, issue.seq), target(connection, issue.book, issue.seq)?);
        }
    }
    Ok(())
}

/// Where a book stands, for whoever only looks.
pub(super) fn head(connection: &Connection, book: BookCode) -> database::Result<Option<Head>> {
    connection.query_row(HEAD, params![book.as_str()], head_from).optional()
}

const HEAD: &str = "select seq, height, hash, at_ms, accounts, lots from head where book = $1";

fn head_from(row: &Row<'_>) -> database::Result<Head> {
    Ok(Head {
        seq: row.get(0)?,
        height: row.get(1)?,
        hash: columns::hash(row, 2)?,
        at_ms: row.get(3)?,
        accounts: row.get(4)?,
        lots: row.get(5)?,
    })
}

const REMEMBERED: &str =
    "select request_hash, outcome, answer from operation where book = $1 and key = $2 and actor = $3";

fn load_account(connection: &Connection, books: &mut Books, title: AccountTitle) -> database::Result<()> {
    if let AccountKind::Resident(person) = title.kind {
        return load_wallet(connection, books, title.book(), person);
    }
    if !books.has_account(&title) {
        books.put_account(title, shared_account(connection, title)?);
    }
    Ok(())
}

fn load_wallet(
    connection: &Connection,
    books: &mut Books,
    book: BookCode,
    person: PersonId,
) -> database::Result<()> {
    if !books.has_wallet(book, person) {
        books.put_wallet(book, person, wallet(connection, book, person)?);
    }
    Ok(())
}

const SHARED_ACCOUNT: &str = "select a.id, a.name, b.balance, b.entries, b.last_seq, b.last_line
     from account a join balance b on b.book = a.book and b.account = a.id
     where a.book = $1 and a.kind = $2 and a.owner = $3 and a.currency = $4";

/// An account that is no resident's.
fn shared_account(connection: &Connection, title: AccountTitle) -> database::Result<Option<Account>> {
    connection
        .query_row(
            SHARED_ACCOUNT,
            params![
                title.book().as_str(),
                title.kind.code(),
                columns::owner(title.kind),
                title.currency.number.0
            ],
            shared_account_from,
        )
        .optional()
}

fn shared_account_from(row: &Row<'_>) -> database::Result<Account> {
    Ok(Account {
        balance: row.get(2)?,
        entries: row.get(3)?,
        last_entry: position(row, 4, 5)?,
        ..Account::opened(columns::account_id(row, 0)?, columns::account_name(row, 1)?)
    })
}

/// What is undone in this batch and named by its number. Posted operations never change, nor what their accounts are.
fn targets(connection: &Connection, requests: &[&Request]) -> database::Result<Targets> {
    let mut targets = Targets::new();
    for request in requests {
        if let Some(seq) = request.target_seq()
            && !targets.contains_key(&(request.home, seq))
        {
            targets.insert((request.home, seq), target(connection, request.home, seq)?);
        }
    }
    Ok(targets)
}

fn target(connection: &Connection, book: BookCode, seq: i64) -> database::Result<Option<Target>> {
    let Some(operation) = super::read::operation_at(connection, book, seq)? else { return Ok(None) };
    let others: Vec<(BookCode, i64)> = connection.query_all(
        "select book, seq from operation
             where act_book = $1 and act_seq = $2 and act_book <> book order by book",
        params![book.as_str(), seq],
        |row| Ok((columns::book(row, 0)?, row.get(1)?)),
    )?;
    let mut lines = lines(connection, book, seq)?;
    for (other, other_seq) in &others {
        lines.extend(self::lines(connection, *other, *other_seq)?);
    }
    let ticket = cleared_ticket(connection, &operation)?;
    Ok(Some(Target { operation, others, lines, ticket, reversed_by: None }))
}

/// The ticket that a clearing was about.
fn cleared_ticket(connection: &Connection, operation: &Operation) -> database::Result<Option<TicketNumber>> {
    if operation.kind != OperationKind::Clear || operation.outcome != Outcome::Done {
        return Ok(None);
    }
    let Operation { book, seq, business_date, .. } = *operation;
    match super::read::answer_at(connection, OperationNumber { book, business_date, seq })? {
        Some(Answer::Done(done)) => Ok(done.ticket.map(|face| face.number)),
        Some(Answer::Refused(_) | Answer::Abandoned) | None => Ok(None),
    }
}

fn lines(
    connection: &Connection,
    book: BookCode,
    seq: i64,
) -> database::Result<Vec<(AccountTitle, Option<LotId>, i64)>> {
    let mut statement = connection.prepare(
        "select a.kind, a.owner, a.currency, e.lot, e.amount
         from entry e join account a on a.book = e.book and a.id = e.account
         where e.book = $1 and e.seq = $2 order by e.line",
    )?;
    let line = |row: &Row<'_>| {
        let kind = columns::account_kind(0, row.text(0)?, row.bytes(1)?)?;
        let currency = CurrencyCode { book, number: CurrencyNumber(row.get(2)?) };
        Ok((AccountTitle { currency, kind }, row.get::<Option<i64>>(3)?.map(LotId), row.get(4)?))
    };
    statement.query_all(params![book.as_str(), seq], line)
}

/// Read under the lock: another batch may have undone it meanwhile.
fn reversed_by(connection: &Connection, target: &Operation) -> database::Result<Option<OperationNumber>> {
    connection
        .query_row(
            "select seq, business_date from operation where book = $1 and reverses = $2",
            params![target.book.as_str(), target.seq],
            |row| Ok(OperationNumber { book: target.book, seq: row.get(0)?, business_date: date(row, 1)? }),
        )
        .optional()
}

fn load_target(
    connection: &Connection,
    books: &mut Books,
    home: BookCode,
    seq: i64,
    target: Option<&Target>,
) -> database::Result<()> {
    if books.has_target(home, seq) {
        return Ok(());
    }
    for (title, lot, _) in target.iter().flat_map(|target| &target.lines) {
        load_account(connection, books, *title)?;
        load_account(connection, books, AccountTitle::lapsed(title.currency))?;
        if let (AccountKind::Resident(person), Some(lot)) = (title.kind, lot) {
            load_spent_lot(connection, books, title.currency, person, *lot)?;
            load_wallet(connection, books, home, person)?;
        }
    }
    books.put_target(home, seq, target.cloned());
    Ok(())
}

/// A lot of which nothing remains is not in the wallet; this one is refilled.
fn load_spent_lot(
    connection: &Connection,
    books: &mut Books,
    currency: CurrencyCode,
    person: PersonId,
    id: LotId,
) -> database::Result<()> {
    let lot = connection
        .query_row(
            "select l.last_day, l.origin_seq, l.amount
             from account a join lot l on l.book = a.book and l.account = a.id
             where a.book = $1 and a.kind = 'resident' and a.owner = $2 and a.currency = $3 and l.id = $4",
            params![currency.book.as_str(), person.0.as_bytes(), currency.number.0, id.0],
            |row| {
                let (last_day, origin_seq, amount) = (date_or_none(row, 0)?, row.get(1)?, row.get(2)?);
                Ok(Lot { id, last_day, origin_seq, amount, remaining: 0 })
            },
        )
        .optional()?;
    if let Some(lot) = lot {
        books.put_lot(currency.book, person, currency.number, lot);
    }
    Ok(())
}
