//! Tickets: by number, and what one desk made or will see lapse.

use crate::database::{self, Connection, Optional, params};
use crate::ledger::columns::date_text;
use crate::ledger::ticket::{number_column, select_ticket, ticket_from};
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::Ticket;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketNumber;

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

/// What a site issued or reissued on one Japan date, of the currencies of these books, newest first.
pub fn tickets_made(
    read: &Connection,
    books: &[BookCode],
    site: SiteId,
    made_on: Date,
    most: usize,
) -> database::Result<Tickets> {
    let sql = select_ticket!(
        "from ticket t where t.book = $1 and t.issued_at = $2 and t.made_on = $3
         order by t.made_at_ms desc, t.number limit $4"
    );
    let mut made = Tickets { tickets: Vec::new(), count: 0 };
    let date = date_text(made_on);
    for book in books {
        let found = read.query_all(sql, params![book.as_str(), site.0, date, limit(most)], ticket_from)?;
        made.tickets.extend(found);
        made.count += read.query_row(
            "select count(*) from ticket where book = $1 and issued_at = $2 and made_on = $3",
            params![book.as_str(), site.0, date],
            |row| row.get::<i64>(0),
        )?;
    }
    made.tickets.sort_by_key(|ticket| (std::cmp::Reverse(ticket.made_at_ms), ticket.face.number));
    made.tickets.truncate(most);
    Ok(made)
}

/// Open tickets of a site whose last day is one of these Japan dates, earliest first (row E4).
pub fn tickets_lapsing(
    read: &Connection,
    books: &[BookCode],
    site: SiteId,
    (first, last): (Date, Date),
    most: usize,
) -> database::Result<Tickets> {
    let sql = select_ticket!(
        "from ticket t where t.book = $1 and t.last_day between $2 and $3 and t.state = 'open'
             and t.issued_at = $4
         order by t.last_day, t.number limit $5"
    );
    let mut lapsing = Tickets { tickets: Vec::new(), count: 0 };
    let (first, last) = (date_text(first), date_text(last));
    for book in books {
        let found =
            read.query_all(sql, params![book.as_str(), first, last, site.0, limit(most)], ticket_from)?;
        lapsing.tickets.extend(found);
        lapsing.count += read.query_row(
            "select count(*) from ticket
             where book = $1 and last_day between $2 and $3 and state = 'open' and issued_at = $4",
            params![book.as_str(), first, last, site.0],
            |row| row.get::<i64>(0),
        )?;
    }
    lapsing.tickets.sort_by_key(|ticket| (ticket.face.last_day, ticket.face.number));
    lapsing.tickets.truncate(most);
    Ok(lapsing)
}

fn limit(most: usize) -> i64 {
    i64::try_from(most).unwrap_or(i64::MAX)
}
