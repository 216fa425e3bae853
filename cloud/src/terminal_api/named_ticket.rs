//! From the paper in a clerk's hand to a ticket: whether its code is proven, whose it is, and whether it
//! counts at the site whose stamp it bears (rows E3, E6).
//!
//! All of it is settled before the books are asked: they know numbers and states, not tags, sites and
//! events. What nothing proves is tried only as often as guessing allows, and a miss is counted before it
//! is answered: whoever hangs up to ask again learns nothing for free.

use super::guessing_check::{self, Tried};
use super::problem::Declined;
use super::ticket_words;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::currency;
use crate::identity::session_cache::Session;
use crate::identity::site::{self, Site};
use crate::keys::wrapped::{self, KeyTrouble, WrappedFor, Wrapping};
use crate::ledger::read;
use crate::ticket::guessing::Way;
use crate::ticket::number_hash::NumberHash;
use crate::ticket::tag;
use madoguchi_domain::currency::CurrencyKind;
use madoguchi_domain::issuer::{BookCode, IssuerCode};
use madoguchi_domain::ledger::{Refusal, Ticket};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::{TicketCode, TicketNumber};
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{ClearedTicket, NamedTicket};
use std::sync::Arc;

/// A ticket as it was named.
pub(super) struct Named {
    /// Its number.
    pub(super) number: TicketNumber,
    /// The same, hashed under the cloud's key.
    pub(super) hash: NumberHash,
    /// The ticket, if there is one of this number.
    pub(super) ticket: Option<Ticket>,
    /// Why it cannot be cleared, as far as the books do not know it.
    pub(super) refusal: Option<Refusal>,
    /// What a terminal is told of the ticket when it is cleared for that site, if nothing is known against it.
    pub(super) words: Option<ClearedTicket>,
}

/// How far a paper proves itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// The tag is the cloud's.
    Right,
    /// It is not.
    Wrong,
    /// There is no tag, or the key it was made under is gone.
    None,
}

/// What a paper says.
#[derive(Clone, Copy)]
struct Paper {
    number: TicketNumber,
    code: Option<TicketCode>,
}

impl Paper {
    /// What is no ticket's code at all is malformed, and nothing is remembered of it.
    /// A code of the other kind of cloud is no ticket of this one; terminals tell the clerk before they ask.
    fn read(named: &NamedTicket, training: bool) -> Result<Self, Declined> {
        match named {
            NamedTicket::Number { number } => Ok(Self { number: *number, code: None }),
            NamedTicket::Code { code } => match TicketCode::scanned(code) {
                Ok(code) if code.training != training => Err(Declined::because(if code.training {
                    ErrorCode::TicketOfTraining
                } else {
                    ErrorCode::TicketNotOfTraining
                })),
                Ok(code) => Ok(Self { number: code.number, code: Some(code) }),
                Err(_) => Err(Declined::field(ErrorCode::Malformed, "ticket")),
            },
        }
    }

    fn proof(&self, read: &Connection, wrapping: &Wrapping) -> Result<Proof, Declined> {
        let Some(code) = &self.code else { return Ok(Proof::None) };
        let of = WrappedFor::TicketTag(code.issuer);
        let Some(key) = wrapped::numbered(read, of, code.key.0.into())? else { return Ok(Proof::Wrong) };
        match wrapping.open(&key) {
            Ok(Some(key)) if tag::is_right(&key, code) => Ok(Proof::Right),
            Ok(Some(_)) => Ok(Proof::Wrong),
            Ok(None) | Err(KeyTrouble::OtherKeyEncryptionKey) => Ok(Proof::None),
            Err(trouble) => Err(trouble.into()),
        }
    }
}

/// What was found in one state of the database.
struct Found {
    proof: Proof,
    ticket: Option<Ticket>,
    refusal: Option<Refusal>,
    words: Option<ClearedTicket>,
}

/// Looks at a ticket that was named, for the site of its stamp.
pub(super) async fn named_ticket(
    cloud: &Cloud,
    session: &Arc<Session>,
    named: &NamedTicket,
    stamp: SiteId,
) -> Result<Named, Declined> {
    let paper = Paper::read(named, cloud.training)?;
    let hash = cloud.number_hash(paper.number).await?;
    let (wrapping, asking) = (cloud.wrapping.clone(), Arc::clone(session));
    let found = cloud.database.read(move |read| find(read, &wrapping, &asking, &paper, stamp)).await?;
    if found.proof != Proof::Right {
        let way = if found.proof == Proof::Wrong { Way::Scanned } else { Way::Typed };
        let is_miss = match &found.refusal {
            // Said of any number at all, so it tells nothing of this one.
            Some(Refusal::SiteTakesNoTickets) => false,
            Some(Refusal::TicketForged | Refusal::TicketOfAnother { .. }) => true,
            _ => found.ticket.is_none(),
        };
        guessing_check::admit(cloud, session, Tried { number: hash, way, is_miss }).await?;
    }
    let Found { ticket, refusal, words, .. } = found;
    Ok(Named { number: paper.number, hash, ticket, refusal, words })
}

fn find(
    read: &Connection,
    wrapping: &Wrapping,
    session: &Session,
    paper: &Paper,
    stamp: SiteId,
) -> Result<Found, Declined> {
    let proof = paper.proof(read, wrapping)?;
    let ticket = read::ticket(read, paper.number)?;
    let site = site::find(read, stamp)?;
    let refusal = refusal(read, session, paper, (proof, ticket.as_ref()), site.as_ref())?;
    // Read here and not when it has been cleared: a pile is scanned ticket by ticket, and each look into the
    // database costs as much as a third of the posting.
    let words = match (&refusal, &ticket, site) {
        (None, Some(ticket), Some(site)) => {
            Some(ClearedTicket { ticket: ticket_words::ticket(read, &ticket.face)?, site_name: site.name })
        }
        _ => None,
    };
    Ok(Found { proof, ticket, refusal, words })
}

/// In the order of precedence. A forgery comes before anything that is true of the real ticket.
fn refusal(
    read: &Connection,
    session: &Session,
    paper: &Paper,
    (proof, ticket): (Proof, Option<&Ticket>),
    stamp: Option<&Site>,
) -> Result<Option<Refusal>, Declined> {
    let here = session.municipality;
    let takes_tickets = |site: &&Site| site.municipality == here && site.takes_tickets;
    let Some(stamp) = stamp.filter(takes_tickets) else {
        return Ok(Some(Refusal::SiteTakesNoTickets));
    };
    if let Some(code) = &paper.code
        && !issuer_counts(read, code.issuer, here)?
    {
        return Ok(Some(Refusal::TicketOfAnother { issuer: code.issuer }));
    }
    let Some(ticket) = ticket else { return Ok(None) };
    let issuer_differs = |code: &TicketCode| BookCode::from(code.issuer) != ticket.book();
    if proof == Proof::Wrong || paper.code.as_ref().is_some_and(issuer_differs) {
        return Ok(Some(Refusal::TicketForged));
    }
    event_refusal(read, ticket, here, stamp.id)
}

/// Whether points of this issuer can count in this municipality at all.
fn issuer_counts(read: &Connection, issuer: IssuerCode, here: IssuerCode) -> Result<bool, Declined> {
    Ok(issuer == here || currency::any_counts_in(read, BookCode::from(issuer), here)?)
}

/// A municipality's own points count at all its sites, those of an event at the event's.
fn event_refusal(
    read: &Connection,
    ticket: &Ticket,
    here: IssuerCode,
    stamp: SiteId,
) -> Result<Option<Refusal>, Declined> {
    let code = ticket.face.currency;
    let is_own = code.book == BookCode::from(here);
    let is_municipal = currency::find(read, code)?.is_some_and(|found| found.kind == CurrencyKind::Municipal);
    if (is_own && is_municipal) || currency::counts_at_site(read, code, stamp)? {
        return Ok(None);
    }
    if is_own || currency::counts_in(read, code, here)? {
        return Ok(Some(Refusal::TicketElsewhere { currency: code }));
    }
    // A book of no issuer's has no tickets.
    let issuer = IssuerCode::parse(code.book.as_str()).map_err(|e| Declined::failed(&e))?;
    Ok(Some(Refusal::TicketOfAnother { issuer }))
}
