//! Point tickets at the issuing desk.

use super::points::{parts, place_of, resident_pin, told};
use crate::at_counter::AtCounter;
use crate::command_line::Amounts;
use crate::outcome::Outcome;
use jiff::civil::Date;
use madoguchi_domain::language::Language;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::ticket::TicketNumber;
use madoguchi_wire::failure::{Bilingual, ErrorCode, Failure};
use madoguchi_wire::terminal_api::{ListedTicket, TicketsListed};
use madoguchi_wire::window::{
    IssueTicketArguments, IssueTicketWithPinArguments, OperationNamed, PrintedTicket, TicketNamed,
};

/// What is issued.
pub(crate) struct Issue {
    pub(crate) last_day: Date,
    pub(crate) count: u32,
    pub(crate) amounts: Amounts,
}

/// Issues tickets on points of the card; of one currency.
pub(crate) async fn issue(at: &mut AtCounter, issue: Issue, language: Language) -> Result<Outcome, Failure> {
    let Issue { last_day, count, amounts } = issue;
    let visit = at.visit().await?;
    let [part] = <[_; 1]>::try_from(parts(&visit, &amounts.points)?)
        .map_err(|_| Failure::of(ErrorCode::AmountInvalid))?;
    let visit = visit.visit;
    let operation = if amounts.pin {
        let pin = resident_pin(at, visit, amounts.last_try, language).await?;
        let arguments = IssueTicketWithPinArguments { visit, part, last_day, count, pin };
        at.counter.issue_ticket_with_pin(arguments).await?
    } else {
        at.counter.issue_ticket(IssueTicketArguments { visit, part, last_day, count }).await?
    };
    told(at, &operation).await
}

/// Prints the papers of an issue.
pub(crate) async fn print(at: &AtCounter, key: OperationKey) -> Result<Outcome, Failure> {
    match at.counter.print_ticket(OperationNamed { key }).await? {
        PrintedTicket::Printed { paper } => Ok(Outcome::done(&paper, vec![place_of(&paper)])),
        PrintedTicket::NotPrinted { failure } => Err(failure),
    }
}

/// Issues a ticket anew.
pub(crate) async fn reissue(at: &AtCounter, ticket: TicketNumber) -> Result<Outcome, Failure> {
    let operation = at.counter.reissue_ticket(TicketNamed { ticket }).await?;
    told(at, &operation).await
}

/// Takes a ticket back.
pub(crate) async fn void(at: &AtCounter, ticket: TicketNumber) -> Result<Outcome, Failure> {
    let operation = at.counter.void_ticket(TicketNamed { ticket }).await?;
    told(at, &operation).await
}

/// The desk's tickets.
pub(crate) async fn list(at: &AtCounter, which: TicketsListed) -> Result<Outcome, Failure> {
    let list = at.counter.list_tickets(which).await?;
    let line = |listed: &ListedTicket| {
        let ticket = &listed.ticket;
        Bilingual::from(format!("{} {} {}", ticket.number, ticket.points, ticket.last_day))
    };
    let lines = list.tickets.iter().map(line).collect();
    Ok(Outcome::done(&list, lines))
}
