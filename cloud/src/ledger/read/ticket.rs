//! Tickets: by number, and what one desk made or will see lapse.

use crate::database::{self, Connection, Optional, ToValue, Value, params};
use crate::ledger::columns::date_text;
use crate::ledger::ticket::{number_column, select_ticket, ticket_from};
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::Ticket;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketNumber, TicketNumberPart};
use std::cmp::Ordering;

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

/// How many digits are looked for in numbers.
const FEWEST_DIGITS_OF_A_NUMBER: usize = 3;

/// Which tickets are listed, and how.
#[derive(Debug, Clone, Copy)]
pub struct DeskTickets<'d> {
    /// Of the currencies of these books.
    pub books: &'d [BookCode],
    /// Issued at this site.
    pub site: SiteId,
    /// Whose number holds these digits next to each other, or whose points begin with them; of fewer than three
    /// digits whose points are just these; none = all.
    pub digits: Option<&'d TicketNumberPart>,
    /// In which order.
    pub order: TicketOrder,
    /// How many at most, in that order.
    pub most: usize,
}

/// In which order tickets are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketOrder {
    /// Issued or reissued last.
    Newest,
    /// The most points.
    Largest,
    /// The earliest last day.
    Earliest,
}

impl TicketOrder {
    const fn columns(self) -> &'static str {
        match self {
            Self::Newest => "t.made_at_ms desc, t.number",
            Self::Largest => "t.points desc, t.made_at_ms desc, t.number",
            // As the index of open tickets has them.
            Self::Earliest => "t.last_day, t.number",
        }
    }

    /// The same over the tickets of several books.
    fn compare(self, one: &Ticket, other: &Ticket) -> Ordering {
        let newest = || other.made_at_ms.cmp(&one.made_at_ms);
        let first = match self {
            Self::Newest => newest(),
            Self::Largest => other.face.points.get().cmp(&one.face.points.get()).then_with(newest),
            Self::Earliest => one.face.last_day.cmp(&other.face.last_day),
        };
        first.then_with(|| one.face.number.cmp(&other.face.number))
    }
}

impl DeskTickets<'_> {
    /// What is looked for in a number; nothing stands in every number.
    fn digits(&self) -> &str {
        self.digits.map_or("", TicketNumberPart::as_str)
    }

    /// The tickets of these books, each asked with the same parameters behind its code.
    fn listed(&self, these: &str, parameters: &[Value<'_>], read: &Connection) -> database::Result<Tickets> {
        let limit = parameters.len() + 2;
        let order = self.order.columns();
        let sql = format!("{} {these} order by {order} limit ${limit}", select_ticket!(""));
        let counted = format!("select count(*) {these}");
        let most = i64::try_from(self.most).unwrap_or(i64::MAX);
        let mut listed = Tickets { tickets: Vec::new(), count: 0 };
        for book in self.books {
            let mut of_book = vec![book.as_str().to_value()];
            of_book.extend_from_slice(parameters);
            listed.count += read.query_row(&counted, &of_book, |row| row.get::<i64>(0))?;
            of_book.push(most.to_value());
            listed.tickets.extend(read.query_all(&sql, &of_book, ticket_from)?);
        }
        listed.tickets.sort_by(|one, other| self.order.compare(one, other));
        listed.tickets.truncate(self.most);
        Ok(listed)
    }
}

/// That a ticket's number, in its twelve digits, holds those of a parameter, or its points begin with them. One or two
/// digits stand in too many numbers: then its points are these.
fn holds_digits(digits: &str, parameter: u8) -> String {
    if (1..FEWEST_DIGITS_OF_A_NUMBER).contains(&digits.len()) {
        return format!("cast(t.points as text) = ${parameter}");
    }
    format!(
        "(substr(cast(1000000000000 + t.number as text), 2) like '%' || ${parameter} || '%'
          or cast(t.points as text) like ${parameter} || '%')"
    )
}

/// What a site issued or reissued on one Japan date.
pub fn tickets_made(read: &Connection, desk: &DeskTickets<'_>, made_on: Date) -> database::Result<Tickets> {
    let these = format!(
        "from ticket t where t.book = $1 and t.issued_at = $2 and t.made_on = $3 and {}",
        holds_digits(desk.digits(), 4)
    );
    let date = date_text(made_on);
    desk.listed(&these, params![desk.site.0, date, desk.digits()], read)
}

/// Open tickets whose last day is one of these Japan dates (row E4).
pub fn tickets_lapsing(
    read: &Connection,
    desk: &DeskTickets<'_>,
    (first, last): (Date, Date),
) -> database::Result<Tickets> {
    let these = format!(
        "from ticket t where t.book = $1 and t.last_day between $2 and $3 and t.state = 'open'
             and t.issued_at = $4 and {}",
        holds_digits(desk.digits(), 5)
    );
    let (first, last) = (date_text(first), date_text(last));
    desk.listed(&these, params![first, last, desk.site.0, desk.digits()], read)
}
