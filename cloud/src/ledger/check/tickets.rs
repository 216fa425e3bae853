//! Tickets, their numbers and day closes, for the audit.

use super::super::columns;
use super::super::ticket::{close_from, select_ticket, ticket_from};
use crate::database::{self, Connection, params};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::invariants::BookAudit;

/// Tickets and day closes as they are kept.
pub(super) fn feed(read: &Connection, book: BookCode, audit: &mut BookAudit) -> database::Result<()> {
    let mut tickets = read.prepare(select_ticket!("from ticket t where t.book = $1"))?;
    tickets.for_each(params![book.as_str()], |row| {
        audit.ticket(&ticket_from(row)?);
        Ok(())
    })?;
    let mut closes =
        read.prepare("select book, actor, number, seq, at_ms, business_date from day_close where book = $1")?;
    closes.for_each(params![book.as_str()], |row| {
        audit.day_close(close_from(row)?);
        Ok(())
    })
}

/// The books of numbers that no ticket has, and of tickets whose number the books do not all know.
pub(super) fn stray_numbers(read: &Connection) -> database::Result<Vec<BookCode>> {
    read.query_all(
        "select n.book from ticket_number n left join ticket t on t.book = n.book and t.number = n.number
             where t.number is null
         union all
         select t.book from ticket t left join ticket_number n on n.number = t.number and n.book = t.book
             where n.number is null",
        params![],
        |row| columns::book(row, 0),
    )
}
