//! The tickets of the cloud in memory: which there are, and what becomes of them.

use crate::cloud::{NOW_MS, municipal};
use jiff::civil::date;
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketCode, TicketNumber};
use madoguchi_wire::terminal_api::{
    ClearTicketRequest, ClearedTicket, ClearingSite, LookUpTicketAnswer, LookUpTicketRequest, NamedTicket,
    OperationAnswer, OperationDone, OperationKind, Refusal, Ticket, TicketCleared, TicketFate,
};
use std::collections::BTreeMap;
use std::time::Duration;

/// The tickets by number.
#[derive(Default)]
pub(crate) struct TicketBook {
    tickets: BTreeMap<TicketNumber, (i64, TicketFate)>,
    /// How long each scan that arrived had waited, as the terminal says it.
    pub(crate) waited: Vec<Duration>,
    pub(crate) sites: Vec<ClearingSite>,
}

impl TicketBook {
    pub(crate) fn issue(&mut self, number: TicketNumber, points: i64) {
        self.tickets.insert(number, (points, TicketFate::Open));
    }

    pub(crate) fn becomes(&mut self, number: TicketNumber, fate: TicketFate) {
        self.tickets.get_mut(&number).unwrap().1 = fate;
    }

    pub(crate) fn cleared(&self) -> usize {
        self.tickets.values().filter(|(_, fate)| matches!(fate, TicketFate::Cleared(_))).count()
    }

    /// What becomes of a clearing, and the number of the ticket where it took place.
    pub(crate) fn clear(&mut self, request: &ClearTicketRequest, done: usize) -> OperationAnswer {
        self.waited.push(Duration::from_millis(request.waited_ms));
        let ticket = match self.look_up(&LookUpTicketRequest { ticket: request.ticket.clone(), site: None }) {
            LookUpTicketAnswer::Refused { refusal } => return OperationAnswer::Refused(refusal),
            LookUpTicketAnswer::Ticket { fate: TicketFate::Open, ticket } => ticket,
            LookUpTicketAnswer::Ticket { fate, .. } => return OperationAnswer::Refused(refusal_of(fate)),
        };
        let paid = self.sites.iter().find(|site| Some(site.site) == request.site);
        let site_name = paid.map_or("やまだ八百屋", |site| site.name.as_str()).to_owned();
        let cleared = TicketCleared { at_ms: NOW_MS, site_name, cleared_at: "やまだ八百屋".into() };
        let site_name = cleared.site_name.clone();
        self.becomes(ticket.number, TicketFate::Cleared(cleared));
        let cleared = Some(ClearedTicket { ticket, site_name });
        OperationAnswer::Done(OperationDone { cleared, ..done_of(OperationKind::ClearTicket, done) })
    }

    /// A clearing that took place is taken back.
    pub(crate) fn unclear(&mut self, cleared: Option<&OperationAnswer>, done: usize) -> OperationAnswer {
        let Some(OperationAnswer::Done(OperationDone { cleared: Some(cleared), .. })) = cleared else {
            return OperationAnswer::Refused(Refusal::UnknownOperation);
        };
        self.becomes(cleared.ticket.number, TicketFate::Open);
        OperationAnswer::Done(done_of(OperationKind::UnclearTicket, done))
    }

    pub(crate) fn look_up(&self, request: &LookUpTicketRequest) -> LookUpTicketAnswer {
        let number = match &request.ticket {
            NamedTicket::Code { code } => TicketCode::scanned(code).unwrap().number,
            NamedTicket::Number { number } => *number,
        };
        match self.tickets.get(&number) {
            None => LookUpTicketAnswer::Refused { refusal: Refusal::TicketUnknown },
            Some((points, fate)) => {
                LookUpTicketAnswer::Ticket { ticket: ticket(number, *points), fate: fate.clone() }
            }
        }
    }
}

fn refusal_of(fate: TicketFate) -> Refusal {
    match fate {
        TicketFate::Cleared(cleared) => Refusal::TicketCleared(cleared),
        TicketFate::Lapsed => Refusal::TicketLapsed { last_day: date(2026, 12, 20) },
        TicketFate::Reissued => Refusal::TicketReissued,
        TicketFate::Voided | TicketFate::Open => Refusal::TicketVoided,
    }
}

fn done_of(kind: OperationKind, done: usize) -> OperationDone {
    OperationDone {
        kind,
        number: format!("20261120-{}", done + 1),
        at_ms: NOW_MS,
        accounts: Vec::new(),
        voided_number: None,
        ticket: None,
        cleared: None,
        day_close: None,
        merge: None,
    }
}

fn ticket(number: TicketNumber, points: i64) -> Ticket {
    Ticket {
        number,
        points,
        currency: municipal(),
        currency_name: "川崎市ポイント".into(),
        issuer_name: "川崎市".into(),
        event_name: None,
        issued_on: date(2026, 11, 18),
        last_day: date(2026, 12, 18),
        issued_at: "みなみ商工会".into(),
    }
}

/// A ticket number from a small one.
pub(crate) fn number(small: u64) -> TicketNumber {
    TicketNumber::from_number(100_000_000_000 + small).unwrap()
}

/// What a scanner types for it.
pub(crate) fn code(small: u64) -> String {
    format!("T1.141305.{}.7.0123456789ABCDEF", number(small))
}

pub(crate) fn site(id: i64, name: &str) -> ClearingSite {
    ClearingSite { site: SiteId(id), name: name.into() }
}
