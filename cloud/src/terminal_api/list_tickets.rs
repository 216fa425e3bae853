//! `list_tickets`: the tickets of this terminal's site: today's, those that lapse soon, all that are open (rows
//! E1, E4).

use super::caller::Caller;
use super::operation_request::asked_by;
use super::problem::Declined;
use super::request_body::RequestBody;
use super::ticket_words;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::person;
use crate::identity::session_cache::Session;
use crate::ledger::read::{self, DeskTickets};
use axum::Json;
use axum::extract::State;
use jiff::ToSpan;
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{self as books, Actor};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_domain::ticket::{MOST_DAYS, TicketState};
use madoguchi_wire::terminal_api::{
    ListTicketsAnswer, ListTicketsRequest, ListedTicket, Problem, TicketOrder, TicketsListed,
};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most tickets in one list; how many there are in all is said beside it.
const MOST_LISTED: usize = 1_000;
/// What lapses within so many days lapses soon (row E4).
const SOON_DAYS: i64 = 7;

/// The tickets that this terminal's site has issued today, that lapse within seven days, or that are open; all of
/// them, or those whose number or points hold some digits. It decides the order: a list ends at its thousandth ticket.
#[utoipa::path(
    post, path = "/terminal/v1/list_tickets", request_body = ListTicketsRequest,
    responses((status = 200, body = ListTicketsAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn list_tickets(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<ListTicketsRequest>,
) -> Result<Json<ListTicketsAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::IssueTickets).await?;
    let today = cloud.clock.today();
    let answer = cloud.database.read(move |read| list(read, &session, &request, today)).await?;
    Ok(Json(answer))
}

fn list(
    read: &Connection,
    session: &Session,
    ListTicketsRequest { which, digits, order }: &ListTicketsRequest,
    today: Date,
) -> Result<ListTicketsAnswer, Declined> {
    let (actor, home) = asked_by(session);
    let books: BTreeSet<BookCode> =
        session.currencies.iter().map(|currency| currency.code.book).chain([home]).collect();
    let books: Vec<BookCode> = books.into_iter().collect();
    let desk = DeskTickets {
        books: &books,
        site: session.site,
        digits: digits.as_ref(),
        order: order_of(*which, *order),
        most: MOST_LISTED,
    };
    let lapsing_within =
        |days: i64| read::tickets_lapsing(read, &desk, (today, today.saturating_add(days.days())));
    let found = match which {
        TicketsListed::IssuedToday => read::tickets_made(read, &desk, today)?,
        TicketsListed::LapsingSoon => lapsing_within(SOON_DAYS)?,
        TicketsListed::Open => lapsing_within(MOST_DAYS)?,
    };
    let last_close = read::last_close(read, home, session.terminal)?;
    let desk = Desk { actor, closed_through: last_close.map_or(0, |close| close.seq), today };
    let tickets = found.tickets.iter().map(|ticket| listed(read, ticket, &desk)).collect::<Result<_, _>>()?;
    let count = u32::try_from(found.count).unwrap_or(u32::MAX);
    Ok(ListTicketsAnswer { date: today, tickets, count })
}

/// In which order, where nobody asks for another: today's newest first, else what lapses first.
fn order_of(which: TicketsListed, asked: Option<TicketOrder>) -> read::TicketOrder {
    match (asked, which) {
        (Some(TicketOrder::Newest), _) | (None, TicketsListed::IssuedToday) => read::TicketOrder::Newest,
        (Some(TicketOrder::Largest), _) => read::TicketOrder::Largest,
        (Some(TicketOrder::Earliest), _) | (None, TicketsListed::LapsingSoon | TicketsListed::Open) => {
            read::TicketOrder::Earliest
        }
    }
}

/// Who looks, and when.
struct Desk {
    actor: Actor,
    closed_through: i64,
    today: Date,
}

fn listed(read: &Connection, ticket: &books::Ticket, desk: &Desk) -> Result<ListedTicket, Declined> {
    let is_open = ticket.state == TicketState::Open;
    let is_this_day_of_ours = ticket.issued_by == desk.actor
        && ticket.issue.business_date == desk.today
        && ticket.issue.seq > desk.closed_through;
    Ok(ListedTicket {
        ticket: ticket_words::ticket(read, &ticket.face)?,
        at_ms: ticket.made_at_ms,
        masked_mykey_id: person::masked_mykey_id(read, Some(ticket.person))?,
        fate: ticket_words::fate(read, ticket, desk.today)?,
        can_be_reissued: is_open && !ticket.is_past_on(desk.today),
        can_be_voided: is_open && is_this_day_of_ours,
    })
}
