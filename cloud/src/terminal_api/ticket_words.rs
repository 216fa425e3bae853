//! Tickets in the words of the terminal: names of issuer, event and sites, and the code for the printer.

use super::answer::plain_refusal;
use super::problem::Declined;
use crate::database::{self, Connection};
use crate::identity::{currency, issuer, site, terminal};
use crate::keys::wrapped::{self, WrappedFor, Wrapping};
use crate::ticket::clearing_cache::TicketNames;
use crate::ticket::tag;
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyCode;
use madoguchi_domain::issuer::IssuerCode;
use madoguchi_domain::ledger::{self as books, Actor, Closing, TicketFace};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketKeyNumber, TicketState};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    ClearedTicket, PrintableTicket, Refusal, Ticket, TicketCleared, TicketFate,
};

/// A ticket as its paper shows it.
pub(super) fn ticket(read: &Connection, face: &TicketFace) -> Result<Ticket, Declined> {
    Ok(ticket_of_names(face, names(read, face)?))
}

/// The same by names that are known.
pub(super) fn ticket_of_names(face: &TicketFace, names: TicketNames) -> Ticket {
    Ticket {
        number: face.number,
        points: face.points.get(),
        currency: face.currency,
        currency_name: names.currency,
        issuer_name: names.issuer,
        event_name: names.event,
        issued_on: face.issued_on,
        last_day: face.last_day,
        issued_at: names.issued_at,
    }
}

/// The names that stand on a ticket's paper.
pub(super) fn names(read: &Connection, face: &TicketFace) -> Result<TicketNames, Declined> {
    let currency = currency::find(read, face.currency)?;
    Ok(TicketNames {
        event: currency.as_ref().filter(|known| known.kind.has_a_mark()).map(|event| event.name.clone()),
        currency: currency.map(|known| known.name).unwrap_or_default(),
        issuer: issuer_name(read, issuer_of(face)?)?,
        issued_at: site_name(read, Some(face.issued_at))?,
    })
}

/// The same with the code that its paper bears, made at `made_at_ms`: the same one whenever it is asked for,
/// until its key is destroyed and the ticket is long over.
pub(super) fn printable(
    read: &Connection,
    wrapping: &Wrapping,
    training: bool,
    face: &TicketFace,
    made_at_ms: i64,
) -> Result<Option<PrintableTicket>, Declined> {
    let issuer = issuer_of(face)?;
    let failed = Declined::because(ErrorCode::CloudFailed);
    let key = wrapped::in_use_at(read, WrappedFor::TicketTag(issuer), made_at_ms)?.ok_or(failed.clone())?;
    let Some(open) = wrapping.open(&key)? else { return Ok(None) };
    let number = TicketKeyNumber(u16::try_from(key.number).map_err(|_| failed)?);
    let code = tag::code(&open, number, training, issuer, face.number).to_string();
    Ok(Some(PrintableTicket { ticket: ticket(read, face)?, code }))
}

/// What was cleared, and which site is paid.
pub(super) fn cleared_ticket(
    read: &Connection,
    face: &TicketFace,
    paid: Option<SiteId>,
) -> Result<ClearedTicket, Declined> {
    Ok(ClearedTicket { ticket: ticket(read, face)?, site_name: site_name(read, paid)? })
}

/// What has become of a ticket, as a clerk may know it. One whose day is over has lapsed, whether or not
/// that was booked yet.
pub(super) fn fate(read: &Connection, ticket: &books::Ticket, today: Date) -> Result<TicketFate, Declined> {
    Ok(match (ticket.state, ticket.closing) {
        (TicketState::Open, _) if ticket.is_past_on(today) => TicketFate::Lapsed,
        (TicketState::Open, _) => TicketFate::Open,
        (TicketState::Cleared, Some(Closing { at_ms, by, site, .. })) => {
            TicketFate::Cleared(cleared(read, at_ms, by, site)?)
        }
        (TicketState::Cleared, None) => return Err(Declined::because(ErrorCode::CloudFailed)),
        (TicketState::Lapsed, _) => TicketFate::Lapsed,
        (TicketState::Reissued, _) => TicketFate::Reissued,
        (TicketState::Voided, _) => TicketFate::Voided,
    })
}

/// Why not, with the names that belong to it.
pub(super) fn ticket_refusal(
    read: &Connection,
    here: &str,
    refusal: &books::Refusal,
) -> Result<Refusal, Declined> {
    Ok(match *refusal {
        books::Refusal::TicketOfAnother { issuer } => {
            Refusal::TicketOfAnother { issuer_name: issuer_name(read, issuer)?, here_name: here.to_owned() }
        }
        books::Refusal::TicketElsewhere { currency } => {
            Refusal::TicketElsewhere { event_name: currency_name(read, currency)? }
        }
        books::Refusal::TicketCleared { at_ms, by, site, .. } => {
            Refusal::TicketCleared(cleared(read, at_ms, by, site)?)
        }
        ref other => plain_refusal(other)?,
    })
}

fn cleared(
    read: &Connection,
    at_ms: i64,
    by: Actor,
    paid: Option<SiteId>,
) -> Result<TicketCleared, Declined> {
    let cleared_at = match by {
        Actor::Terminal(id) => terminal::find(read, id)?.map(|found| found.terminal.site),
        _ => None,
    };
    Ok(TicketCleared { at_ms, site_name: site_name(read, paid)?, cleared_at: site_name(read, cleared_at)? })
}

fn issuer_of(face: &TicketFace) -> Result<IssuerCode, Declined> {
    IssuerCode::parse(face.currency.book.as_str()).map_err(|e| Declined::failed(&e))
}

/// An issuer of a code that nobody here knows is named by the code.
fn issuer_name(read: &Connection, code: IssuerCode) -> Result<String, Declined> {
    Ok(issuer::find(read, code)?.map_or_else(|| code.to_string(), |issuer| issuer.name))
}

/// A currency's name.
pub(super) fn currency_name(read: &Connection, code: CurrencyCode) -> database::Result<String> {
    Ok(currency::find(read, code)?.map_or_else(String::new, |found| found.name))
}

/// A site's name; nothing where it was at none.
pub(super) fn site_name(read: &Connection, site: Option<SiteId>) -> database::Result<String> {
    Ok(site.map(|id| site::name(read, id)).transpose()?.flatten().unwrap_or_default())
}
