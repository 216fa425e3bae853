//! The tickets a batch asks about, numbers for those it makes, and the last day closes.

use super::together::slices;
use crate::database::{self, Connection, Question, Row, Value};
use crate::ledger::columns;
use crate::ledger::ticket::{LAST_CLOSE, TICKET_OF, close_from, number_column, ticket_from};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{Actor, Books, DayClose, Randoms, Request, Ticket};
use madoguchi_domain::ticket::TicketNumber;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// In which book each of these tickets stands. A number never changes its book, so this may be read before
/// the lock, and it says which further books are touched. One that is not there yet is unknown: its paper
/// has not been printed.
pub(super) fn books_of(
    connection: &Connection,
    numbers: &BTreeSet<TicketNumber>,
) -> database::Result<BTreeMap<TicketNumber, BookCode>> {
    let numbers: Vec<TicketNumber> = numbers.iter().copied().collect();
    let mut found = BTreeMap::new();
    look_up(connection, &numbers, |number, book| {
        found.insert(number, book);
    })?;
    Ok(found)
}

fn look_up(
    connection: &Connection,
    numbers: &[TicketNumber],
    mut found: impl FnMut(TicketNumber, BookCode),
) -> database::Result<()> {
    if numbers.is_empty() {
        return Ok(());
    }
    let keys: Vec<[Value<'_>; 1]> =
        numbers.iter().map(|number| [Value::Integer(number_column(*number))]).collect();
    let rows = slices(&keys);
    let sql = "select book from ticket_number where number = $1";
    let mut take = |index, row: &Row<'_>| {
        if let Some(number) = numbers.get::<usize>(index) {
            found(*number, columns::book(row, 0)?);
        }
        Ok(())
    };
    connection.ask(&mut [Question { sql, locks: false, rows: &rows, take: &mut take }])
}

/// Under the lock of their books: the tickets as they are now.
pub(super) fn load(
    connection: &Connection,
    books: &mut Books,
    numbers: &BTreeSet<TicketNumber>,
    stand_in: &BTreeMap<TicketNumber, BookCode>,
) -> database::Result<HashMap<TicketNumber, Ticket>> {
    let mut found = HashMap::with_capacity(stand_in.len());
    if !stand_in.is_empty() {
        let keys: Vec<[Value<'_>; 2]> = stand_in
            .iter()
            .map(|(number, book)| [Value::Text(book.as_str()), Value::Integer(number_column(*number))])
            .collect();
        let mut take = |_, row: &Row<'_>| {
            let ticket = ticket_from(row)?;
            found.insert(ticket.face.number, ticket);
            Ok(())
        };
        connection.ask(&mut [Question {
            sql: TICKET_OF,
            locks: false,
            rows: &slices(&keys),
            take: &mut take,
        }])?;
    }
    for number in numbers {
        books.put_ticket(*number, found.get(number).copied());
    }
    Ok(found)
}

/// A free number for each ticket that the batch makes: drawn, and drawn again where it is taken. Should
/// another process draw the same one at this very moment, one of the two commits fails, and its requests
/// are decided again with others.
pub(super) fn draw_free_numbers(
    connection: &Connection,
    books: &mut Books,
    requests: &[&Request],
    randoms: &mut dyn Randoms,
) -> database::Result<()> {
    let mut missing = requests.iter().filter(|request| request.makes_a_ticket()).count();
    while missing > 0 {
        let drawn: BTreeSet<TicketNumber> = (0..missing).map(|_| randoms.ticket_number()).collect();
        let taken = books_of(connection, &drawn)?;
        for number in drawn.iter().filter(|number| !taken.contains_key(*number)) {
            books.put_free_number(*number);
            missing -= 1;
        }
    }
    Ok(())
}

/// The last day close of everybody who undoes something or closes a day.
pub(super) fn load_closes(
    connection: &Connection,
    books: &mut Books,
    requests: &[&Request],
) -> database::Result<()> {
    let asks = |request: &&&Request| request.asks_for_the_last_close();
    let wanted: BTreeSet<(BookCode, Actor)> =
        requests.iter().filter(asks).map(|request| (request.home, request.actor)).collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let actors: Vec<(BookCode, Actor, String)> =
        wanted.into_iter().map(|(home, actor)| (home, actor, actor.to_string())).collect();
    let keys: Vec<[Value<'_>; 2]> =
        actors.iter().map(|(home, _, text)| [Value::Text(home.as_str()), Value::Text(text)]).collect();
    let mut found: Vec<DayClose> = Vec::new();
    let mut take = |_, row: &Row<'_>| {
        found.push(close_from(row)?);
        Ok(())
    };
    connection.ask(&mut [Question {
        sql: LAST_CLOSE,
        locks: false,
        rows: &slices(&keys),
        take: &mut take,
    }])?;
    for (home, actor, _) in actors {
        books.put_close(home, actor, None);
    }
    for close in found {
        books.put_close(close.book, close.actor, Some(close));
    }
    Ok(())
}
