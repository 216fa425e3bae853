//! Rows of tickets, of their numbers and of day closes, read and written.
//!
//! Belongs here: the rows. Does not: what may become of a ticket (`madoguchi_domain::ledger`).

use super::columns::{self, damaged, date, date_text};
use crate::database::{self, Connection, Row, params};
use madoguchi_domain::currency::{CurrencyCode, CurrencyNumber};
use madoguchi_domain::ledger::{
    Actor, Closing, DayClose, Mark, OperationNumber, StoredTicket, Ticket, TicketFace,
};
use madoguchi_domain::person::PersonId;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketNumber, TicketState};
use uuid::Uuid;

/// `select` of a ticket's columns, in the order in which [`ticket_from`] reads them, with what follows.
macro_rules! select_ticket {
    ($rest:literal) => {
        concat!(
            "select t.book, t.number, t.currency, t.points, t.person, t.issued_on, t.last_day, t.issued_at, \
             t.issue_book, t.issue_seq, t.issued_by, t.made_at_ms, t.made_on, t.replaces, t.state, \
             t.closed_book, t.closed_on, t.closed_seq, t.closed_at_ms, t.closed_by, t.closed_site ",
            $rest
        )
    };
}
pub(super) use select_ticket;

/// A ticket of one book.
pub(super) const TICKET_OF: &str = select_ticket!("from ticket t where t.book = $1 and t.number = $2");

/// A ticket from the columns of [`select_ticket`].
pub(super) fn ticket_from(row: &Row<'_>) -> database::Result<Ticket> {
    let issued_on = date(row, 5)?;
    let face = TicketFace {
        number: number(row, 1)?,
        currency: CurrencyCode { book: columns::book(row, 0)?, number: CurrencyNumber(row.get(2)?) },
        points: Points::new(row.get(3)?).map_err(|_| damaged(3, "an amount of points"))?,
        issued_on,
        last_day: date(row, 6)?,
        issued_at: SiteId(row.get(7)?),
    };
    let replaces = match row.get::<Option<i64>>(13)? {
        Some(_) => Some(number(row, 13)?),
        None => None,
    };
    Ok(Ticket {
        face,
        person: PersonId(Uuid::from_bytes(row.get(4)?)),
        issue: OperationNumber { book: columns::book(row, 8)?, business_date: issued_on, seq: row.get(9)? },
        issued_by: actor(row, 10)?,
        made_at_ms: row.get(11)?,
        made_on: date(row, 12)?,
        replaces,
        state: TicketState::from_code(row.text(14)?).ok_or_else(|| damaged(14, "a ticket's state"))?,
        closing: closing(row)?,
    })
}

fn closing(row: &Row<'_>) -> database::Result<Option<Closing>> {
    let Some(seq) = row.get::<Option<i64>>(17)? else { return Ok(None) };
    Ok(Some(Closing {
        number: OperationNumber { book: columns::book(row, 15)?, business_date: date(row, 16)?, seq },
        at_ms: row.get(18)?,
        by: actor(row, 19)?,
        site: row.get::<Option<i64>>(20)?.map(SiteId),
    }))
}

fn actor(row: &Row<'_>, column: usize) -> database::Result<Actor> {
    Actor::parse(row.text(column)?).map_err(|_| damaged(column, "an actor"))
}

/// A ticket's number from its column.
pub(super) fn number(row: &Row<'_>, column: usize) -> database::Result<TicketNumber> {
    u64::try_from(row.get::<i64>(column)?)
        .ok()
        .and_then(|number| TicketNumber::from_number(number).ok())
        .ok_or_else(|| damaged(column, "a ticket's number"))
}

/// A ticket's number for its column: it has twelve digits.
pub(super) fn number_column(number: TicketNumber) -> i64 {
    i64::try_from(number.number()).unwrap_or(i64::MAX)
}

/// Writes tickets: first what has become of old ones, so that of the numbers of one issue only one is open.
pub(super) fn write_tickets(connection: &Connection, tickets: &[StoredTicket]) -> database::Result<()> {
    let mut update = connection.prepare_many(
        "update ticket set state = $1, closed_book = $2, closed_on = $3, closed_seq = $4, closed_at_ms = $5,
                           closed_by = $6, closed_site = $7
         where book = $8 and number = $9",
    )?;
    for StoredTicket { ticket, .. } in tickets.iter().filter(|stored| stored.mark == Mark::Changed) {
        let closing = ticket.closing;
        update.add(params![
            ticket.state.code(),
            closing.map(|closing| closing.number.book.as_str().to_owned()),
            closing.map(|closing| date_text(closing.number.business_date)),
            closing.map(|closing| closing.number.seq),
            closing.map(|closing| closing.at_ms),
            closing.map(|closing| closing.by.to_string()),
            closing.and_then(|closing| closing.site).map(|site| site.0),
            ticket.book().as_str(),
            number_column(ticket.face.number),
        ])?;
    }
    update.done()?;
    insert_tickets(connection, tickets)
}

/// New tickets are open; whatever the number, no book has it yet.
fn insert_tickets(connection: &Connection, tickets: &[StoredTicket]) -> database::Result<()> {
    let mut numbers = connection.prepare_many("insert into ticket_number (number, book) values ($1, $2)")?;
    let mut insert = connection.prepare_many(
        "insert into ticket (book, number, currency, points, person, issued_on, last_day, issued_at, issue_book,
                             issue_seq, issued_by, made_at_ms, made_on, replaces, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )?;
    for StoredTicket { ticket, .. } in tickets.iter().filter(|stored| stored.mark == Mark::New) {
        let face = &ticket.face;
        numbers.add(params![number_column(face.number), ticket.book().as_str()])?;
        insert.add(params![
            ticket.book().as_str(),
            number_column(face.number),
            face.currency.number.0,
            face.points.get(),
            ticket.person.0.as_bytes(),
            date_text(face.issued_on),
            date_text(face.last_day),
            face.issued_at.0,
            ticket.issue.book.as_str(),
            ticket.issue.seq,
            ticket.issued_by.to_string(),
            ticket.made_at_ms,
            date_text(ticket.made_on),
            ticket.replaces.map(number_column),
            ticket.state.code(),
        ])?;
    }
    numbers.done()?;
    insert.done()
}

/// The last day close of an actor.
pub(super) const LAST_CLOSE: &str = "select book, actor, number, seq, at_ms, business_date from day_close \
     where book = $1 and actor = $2 \
         and number = (select max(d.number) from day_close d where d.book = $1 and d.actor = $2)";

/// A day close whose columns are those of [`LAST_CLOSE`].
pub(super) fn close_from(row: &Row<'_>) -> database::Result<DayClose> {
    Ok(DayClose {
        book: columns::book(row, 0)?,
        actor: actor(row, 1)?,
        number: row.get(2)?,
        seq: row.get(3)?,
        at_ms: row.get(4)?,
        date: date(row, 5)?,
    })
}

/// Writes new day closes.
pub(super) fn write_closes(connection: &Connection, closes: &[DayClose]) -> database::Result<()> {
    let mut insert = connection.prepare_many(
        "insert into day_close (book, actor, number, seq, at_ms, business_date) values ($1, $2, $3, $4, $5, $6)",
    )?;
    for close in closes {
        insert.add(params![
            close.book.as_str(),
            close.actor.to_string(),
            close.number,
            close.seq,
            close.at_ms,
            date_text(close.date),
        ])?;
    }
    insert.done()
}
