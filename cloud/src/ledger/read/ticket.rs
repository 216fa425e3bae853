//! Tickets: by number, and what one desk made or will see lapse.

use crate::database::{self, Connection, Optional, params};
use crate::ledger::columns::date_text;
use crate::ledger::ticket::{number_column, select_ticket, ticket_from};
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::Ticket;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketNumber, TicketNumberPart};

/// Some tickets, and how many there are in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tickets {
    /// As many as were asked for at most.
    pub tickets: Vec<Ticket>,
    /// How many there are.
    pub count: i64,
}

/// A ticket with what has become of it, in whatever book it stands; `None` = no ticket has this number.
pub fn ticket(read: &Connection, number: TicketNumber) -> database::Result<Option<Ticket>> {
    let sql = select_ticket!(
        "from ticket_number n join ticket t on t.book = n.book and t.number = n.number where n.number = $1"
    );
    read.query_row(sql, params![number_column(number)], ticket_from).optional()
}

/// Whose tickets are listed.
#[derive(Debug, Clone, Copy)]
pub struct DeskTickets<'d> {
    /// Of the currencies of these books.
    pub books: &'d [BookCode],
    /// Issued at this site.
    pub site: SiteId,
    /// Whose number holds these digits next to each other; none = all.
    pub digits: Option<&'d TicketNumberPart>,
}

impl DeskTickets<'_> {
    /// What is looked for in a number; nothing stands in every number.
    fn digits(&self) -> &str {
        self.digits.map_or("", TicketNumberPart::as_str)
    }
}

/// That a ticket's number, in its twelve digits, holds those of a parameter.
fn holds_digits(parameter: u8) -> String {
    format!("substr(cast(1000000000000 + t.number as text), 2) like '%' || ${parameter} || '%'")
}

/// What a site issued or reissued on one Japan date, newest first.
pub fn tickets_made(
    read: &Connection,
    desk: &DeskTickets<'_>,
    made_on: Date,
    most: usize,
) -> database::Result<Tickets> {
    let these = format!(
        "from ticket t where t.book = $1 and t.issued_at = $2 and t.made_on = $3 and {}",
        holds_digits(4)
    );
    let sql = format!("{} {these} order by t.made_at_ms desc, t.number limit $5", select_ticket!(""));
    let counted = format!("select count(*) {these}");
    let mut made = Tickets { tickets: Vec::new(), count: 0 };
    let (site, date, digits) = (desk.site.0, date_text(made_on), desk.digits());
    for book in desk.books {
        let book = book.as_str();
        made.tickets.extend(read.query_all(
            &sql,
            params![book, site, date, digits, limit(most)],
            ticket_from,
        )?);
        made.count += read.query_row(&counted, params![book, site, date, digits], |row| row.get::<i64>(0))?;
    }
    made.tickets.sort_by_key(|ticket| (std::cmp::Reverse(ticket.made_at_ms), ticket.face.number));
    made.tickets.truncate(most);
    Ok(made)
}

/// Open tickets whose last day is one of these Japan dates, earliest first (row E4).
pub fn tickets_lapsing(
    read: &Connection,
    desk: &DeskTickets<'_>,
    (first, last): (Date, Date),
    most: usize,
) -> database::Result<Tickets> {
    let these = format!(
        "from ticket t where t.book = $1 and t.last_day between $2 and $3 and t.state = 'open'
             and t.issued_at = $4 and {}",
        holds_digits(5)
    );
    let sql = format!("{} {these} order by t.last_day, t.number limit $6", select_ticket!(""));
    let counted = format!("select count(*) {these}");
    let mut lapsing = Tickets { tickets: Vec::new(), count: 0 };
    let (first, last) = (date_text(first), date_text(last));
    let (site, digits) = (desk.site.0, desk.digits());
    for book in desk.books {
        let book = book.as_str();
        lapsing.tickets.extend(read.query_all(
            &sql,
            params![book, first, last, site, digits, limit(most)],
            ticket_from,
        )?);
        lapsing.count +=
            read.query_row(&counted, params![book, first, last, site, digits], |row| row.get::<i64>(0))?;
    }
    lapsing.tickets.sort_by_key(|ticket| (ticket.face.last_day, ticket.face.number));
    lapsing.tickets.truncate(most);
    Ok(lapsing)
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
