//! The lapse of tickets: whatever is still open after its last day, each under the key derived from its
//! number (`ticket_lapse:<number>`).

use super::{NotLapsed, OPERATIONS_PER_TURN, books, post_turn};
use crate::database::{self, Connection, params};
use crate::ledger::Ledger;
use crate::ledger::columns::{self, date_text};
use crate::ledger::ticket::{number, number_column};
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{Actor, Asked, Job, LapseTicket, Request, RequestHash};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;

/// Lapses all open tickets of all books whose last day is before `today` (Japan); returns how many did.
/// One whose turn fails is met again by the next run.
pub async fn lapse_due_tickets(ledger: &Ledger, today: Date) -> Result<usize, NotLapsed> {
    let Ok(through) = today.yesterday() else { return Ok(0) };
    let mut lapsed = 0;
    for book in ledger.database().read(books).await? {
        let mut after = None;
        loop {
            let due = ledger.database().read(move |read| due_tickets(read, book, through, after)).await?;
            after = due.last().copied();
            if after.is_none() {
                break;
            }
            let requests = due.into_iter().map(|due| lapse_request(book, due.number)).collect();
            lapsed += post_turn(ledger, requests).await?;
        }
    }
    Ok(lapsed)
}

/// An open ticket, in the order of last days.
#[derive(Debug, Clone, Copy)]
struct DueTicket {
    last_day: Date,
    number: TicketNumber,
}

fn lapse_request(book: BookCode, ticket: TicketNumber) -> Request {
    let text = format!("ticket_lapse:{ticket}");
    Request {
        actor: Actor::Job(Job::Lapse),
        home: book,
        key: OperationKey::derived(&text),
        hash: RequestHash::of([text.as_bytes()]),
        asked: Asked::LapseTicket(LapseTicket { book, ticket }),
    }
}

/// As many as make a turn, behind one that was met already.
fn due_tickets(
    read: &Connection,
    book: BookCode,
    through: Date,
    after: Option<DueTicket>,
) -> database::Result<Vec<DueTicket>> {
    let (day, behind) = after.map_or_else(
        || (String::new(), -1),
        |after| (date_text(after.last_day), number_column(after.number)),
    );
    read.query_all(
        "select last_day, number from ticket
         where book = $1 and state = 'open' and last_day >= $2 and (last_day, number) > ($2, $3)
             and last_day <= $4
         order by last_day, number limit $5",
        params![book.as_str(), day, behind, date_text(through), OPERATIONS_PER_TURN],
        |row| Ok(DueTicket { last_day: columns::date(row, 0)?, number: number(row, 1)? }),
    )
}
