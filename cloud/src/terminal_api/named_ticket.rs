//! From the paper in a clerk's hand to a ticket: whether its code is proven, whose it is, and whether it
//! counts at the site whose stamp it bears (rows E3, E6).
//!
//! All of it is settled before the books are asked: they know numbers and states, not tags, sites and
//! events. What nothing proves is tried only as often as guessing allows, and a miss is counted before it
//! is answered: whoever hangs up to ask again learns nothing for free.

use super::guessing_check::{self, Tried};
use super::paper::{Paper, Proof};
use super::problem::Declined;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::registry;
use crate::identity::session_cache::Session;
use crate::keys::wrapped::Wrapping;
use crate::ledger::read;
use crate::ticket::guessing::Way;
use crate::ticket::number_hash::NumberHash;
use crate::ticket::stamp::{self, Stamp};
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{Refusal, Ticket};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::ticket::TicketCode;
use std::sync::Arc;

/// A ticket as it was named.
pub(super) struct Named {
    /// The ticket, if there is one of this number.
    pub(super) ticket: Option<Ticket>,
    /// The stamp, or why the paper cannot be cleared with it, as far as the books do not know it.
    pub(super) stamp: Result<Arc<Stamp>, Refusal>,
}

/// What was found in one state of the database.
struct Found {
    version: i64,
    proof: Proof,
    ticket: Option<Ticket>,
    stamp: Result<Arc<Stamp>, Refusal>,
}

/// Looks at a ticket that was named, for the site of its stamp, and remembers what the next of the pile needs.
pub(super) async fn named_ticket(
    cloud: &Cloud,
    session: &Arc<Session>,
    paper: Paper,
    hash: NumberHash,
    site: SiteId,
) -> Result<Named, Declined> {
    let (wrapping, asking) = (cloud.wrapping.clone(), Arc::clone(session));
    let found = cloud.database.read(move |read| find(read, &wrapping, &asking, &paper, site)).await?;
    let Found { version, proof, ticket, stamp } = found;
    if let Ok(stamp) = &stamp {
        cloud.clearing.put_stamp(version, (session.municipality, site), stamp);
    }
    let way = match (proof, paper.code) {
        (Proof::Right(key), Some(code)) => {
            cloud.clearing.put_key(version, &code, key);
            return Ok(Named { ticket, stamp });
        }
        (Proof::Wrong, _) => Way::Scanned,
        (Proof::None | Proof::Right(_), _) => Way::Typed,
    };
    let is_miss = match &stamp {
        // Said of any number at all, so it tells nothing of this one.
        Err(Refusal::SiteTakesNoTickets) => false,
        Err(Refusal::TicketForged | Refusal::TicketOfAnother { .. }) => true,
        _ => ticket.is_none(),
    };
    guessing_check::admit(cloud, session, Tried { number: hash, way, is_miss }).await?;
    Ok(Named { ticket, stamp })
}

fn find(
    read: &Connection,
    wrapping: &Wrapping,
    session: &Session,
    paper: &Paper,
    site: SiteId,
) -> Result<Found, Declined> {
    // The version first: what is read after it is at least as new.
    let version = registry::version(read)?;
    let proof = paper.proof(read, wrapping)?;
    let ticket = read::ticket(read, paper.number)?;
    let stamp = stamp::find(read, session.municipality, site)?.ok_or(Refusal::SiteTakesNoTickets);
    let stamp = stamp.and_then(|stamp| {
        refusal(&stamp, paper, &proof, ticket.as_ref()).map_or_else(|| Ok(Arc::new(stamp)), Err)
    });
    Ok(Found { version, proof, ticket, stamp })
}

/// In the order of precedence. A forgery comes before anything that is true of the real ticket.
fn refusal(stamp: &Stamp, paper: &Paper, proof: &Proof, ticket: Option<&Ticket>) -> Option<Refusal> {
    if let Some(code) = paper.code.filter(|code| !stamp.taken.any_of(code.issuer)) {
        return Some(Refusal::TicketOfAnother { issuer: code.issuer });
    }
    let ticket = ticket?;
    let issuer_differs = |code: &TicketCode| BookCode::from(code.issuer) != ticket.book();
    if matches!(proof, Proof::Wrong) || paper.code.as_ref().is_some_and(issuer_differs) {
        return Some(Refusal::TicketForged);
    }
    stamp.taken.refusal(ticket.face.currency)
}
