//! The issuing desk of the cloud in memory: its tickets, what becomes of them, and its day closes.

use crate::cloud::{CURRENCY, NOW_MS, municipal};
use jiff::civil::{Date, date};
use madoguchi_domain::ticket::{TicketNumber, TicketState};
use madoguchi_wire::terminal_api::{
    DayClose, DayCloseLine, DayCloseTickets, ListTicketsAnswer, ListTicketsRequest, ListedTicket,
    OperationKind, PrintableTicket, Refusal, Ticket, TicketFate, TicketOrder, TicketsListed,
};

/// The most tickets in one list.
const MOST_LISTED: usize = 3;

/// Tickets and closes, the oldest first.
#[derive(Default)]
pub(crate) struct DeskBook {
    tickets: Vec<ListedTicket>,
    closes: Vec<DayClose>,
}

impl DeskBook {
    /// A ticket with a number of its own.
    pub(crate) fn issue(&mut self, points: i64, last_day: Date) -> PrintableTicket {
        let number = TicketNumber::from_number(100_000_000_001 + self.tickets.len() as u64).unwrap();
        let ticket = Ticket {
            number,
            points,
            currency: municipal(),
            currency_name: CURRENCY.into(),
            issuer_name: "川崎市".into(),
            event_name: None,
            issued_on: date(2026, 11, 20),
            last_day,
            issued_at: "みなみ商工会".into(),
        };
        self.tickets.push(ListedTicket {
            ticket: ticket.clone(),
            at_ms: NOW_MS,
            masked_mykey_id: "MY****56".into(),
            fate: TicketFate::Open,
            can_be_reissued: true,
            can_be_voided: true,
        });
        PrintableTicket { ticket, code: format!("T1.141305.{number}.7.0123456789ABCDEF") }
    }

    /// A new ticket in the place of an old one.
    pub(crate) fn reissue(&mut self, number: TicketNumber) -> Result<PrintableTicket, Refusal> {
        let old = self.closes_open(number, TicketFate::Reissued)?;
        Ok(self.issue(old.points, old.last_day))
    }

    /// The points that are the resident's again.
    pub(crate) fn void(&mut self, number: TicketNumber) -> Result<i64, Refusal> {
        Ok(self.closes_open(number, TicketFate::Voided)?.points)
    }

    fn closes_open(&mut self, number: TicketNumber, fate: TicketFate) -> Result<Ticket, Refusal> {
        let listed = self.tickets.iter_mut().find(|listed| listed.ticket.number == number);
        let listed = listed.ok_or(Refusal::TicketUnknown)?;
        match listed.fate {
            TicketFate::Open => {
                listed.fate = fate;
                Ok(listed.ticket.clone())
            }
            TicketFate::Reissued => Err(Refusal::TicketReissued),
            TicketFate::Cleared(_) | TicketFate::Lapsed | TicketFate::Voided => Err(Refusal::TicketVoided),
        }
    }

    pub(crate) fn fates(&self) -> Vec<TicketFate> {
        self.tickets.iter().map(|listed| listed.fate.clone()).collect()
    }

    pub(crate) fn list(
        &self,
        ListTicketsRequest { which, digits, order }: &ListTicketsRequest,
    ) -> ListTicketsAnswer {
        let holds = |listed: &&ListedTicket| {
            let number = listed.ticket.number.to_string();
            digits.as_ref().is_none_or(|digits| number.contains(digits.as_str()))
        };
        let soon = |listed: &&ListedTicket| match which {
            TicketsListed::IssuedToday => true,
            TicketsListed::LapsingSoon => listed.ticket.last_day <= date(2026, 11, 27),
            TicketsListed::Open => listed.fate == TicketFate::Open,
        };
        let mut tickets: Vec<_> = self.tickets.iter().rev().filter(soon).filter(holds).cloned().collect();
        match order {
            Some(TicketOrder::Largest) => {
                tickets.sort_by_key(|listed| std::cmp::Reverse(listed.ticket.points));
            }
            Some(TicketOrder::Earliest) => tickets.sort_by_key(|listed| listed.ticket.last_day),
            Some(TicketOrder::Newest) | None => {}
        }
        let count = u32::try_from(tickets.len()).unwrap();
        tickets.truncate(MOST_LISTED);
        ListTicketsAnswer { date: date(2026, 11, 20), tickets, count }
    }

    /// What a close would say now; `number` 0 is a preview.
    pub(crate) fn day(&self, number: u32) -> DayClose {
        let count = u32::try_from(self.tickets.len()).unwrap();
        let points = self.tickets.iter().map(|listed| listed.ticket.points).sum();
        let line =
            DayCloseLine { kind: OperationKind::IssueTicket, currency: CURRENCY.into(), count, points };
        DayClose {
            number,
            date: date(2026, 11, 20),
            at_ms: NOW_MS,
            since_ms: self.closes.last().map(|close| close.at_ms),
            lines: vec![line],
            tickets: vec![DayCloseTickets {
                currency: CURRENCY.into(),
                state: TicketState::Open,
                count,
                points,
            }],
            head: "ab".repeat(32),
        }
    }

    pub(crate) fn close(&mut self) -> DayClose {
        let close = self.day(u32::try_from(self.closes.len()).unwrap() + 1);
        self.closes.push(close.clone());
        close
    }

    pub(crate) fn closes(&self) -> Vec<DayClose> {
        self.closes.iter().rev().cloned().collect()
    }
}
