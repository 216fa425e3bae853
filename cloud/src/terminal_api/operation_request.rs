//! From a terminal's request to the ledger's: who asks, under which key, for what, hashed.

use super::problem::Declined;
use super::signed_use::SignedUse;
use crate::identity::session_cache::Session;
use crate::identity::visit::Visit;
use crate::ticket::number_hash::NumberHash;
use jiff::civil::Date;
use madoguchi_domain::currency::CurrencyKind;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Actor, Asked, Barred, IdentifiedBy, IssueTicket, Limits, MergePoints, OperationKind, Part, Refusal,
    Request, RequestHash, UsePoints,
};
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_domain::site::SiteId;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{IssueTicketRequest, MergePointsRequest, UsePart, UsePointsRequest};

/// A use names at most this many currencies.
const MOST_PARTS: usize = 8;

/// Who asks, with the book that remembers the key.
pub(super) fn asked_by(session: &Session) -> (Actor, BookCode) {
    (Actor::Terminal(session.terminal), BookCode::from(session.municipality))
}

/// Who asks for a use, a ticket or a merge, and for whom.
pub(super) struct Asking<'a> {
    /// The terminal's session.
    pub(super) session: &'a Session,
    /// The visit named.
    pub(super) visit: &'a Visit,
    /// The card's signature, if there is one.
    pub(super) signed: Option<&'a SignedUse>,
    /// How the person is known, or why the signature proves nothing.
    pub(super) identified: Result<IdentifiedBy, Refusal>,
}

/// A use as the ledger takes it. What only identity knows is settled here (a visit that is over, a
/// currency that does not count here today, a signature that proves nothing); the ledger still gives a
/// known key its first answer.
pub(super) fn use_points(
    asking: Asking<'_>,
    request: &UsePointsRequest,
    now_ms: i64,
    today: Date,
) -> Result<Request, Declined> {
    let Asking { session, visit, signed, identified } = asking;
    if request.parts.len() > MOST_PARTS {
        return Err(Declined::field(ErrorCode::Malformed, "parts"));
    }
    let parts = request.parts.iter().map(part).collect();
    let limits = limits(session);
    // Parts that make no use are malformed, whatever the signature proves.
    let identified_by = identified.as_ref().copied().unwrap_or(IdentifiedBy::Certificate);
    let used = UsePoints::new(visit.person, session.site, parts, identified_by, limits)
        .map_err(|_| Declined::field(ErrorCode::Malformed, "parts"))?;
    let asked = match refusal(session, visit, &request.parts, now_ms, today).or(identified.err()) {
        Some(refusal) => Asked::Barred(Barred { kind: OperationKind::Use, refusal }),
        None => Asked::Use(used),
    };
    let (actor, home) = asked_by(session);
    Ok(Request {
        actor,
        home,
        key: request.key,
        hash: points_hash(&[b"use"], visit, &request.parts, signed),
        asked,
    })
}

/// A ticket's issue as the ledger takes it; it counts towards the limits like a use.
pub(super) fn issue_ticket(
    asking: Asking<'_>,
    request: &IssueTicketRequest,
    now_ms: i64,
    today: Date,
) -> Request {
    let Asking { session, visit, signed, identified } = asking;
    let parts = [request.part];
    let asked = match refusal(session, visit, &parts, now_ms, today).map_or(identified, Err) {
        Err(refusal) => Asked::Barred(Barred { kind: OperationKind::TicketIssue, refusal }),
        Ok(identified_by) => Asked::IssueTicket(IssueTicket {
            person: visit.person,
            site: session.site,
            part: part(&request.part),
            last_day: request.last_day,
            identified_by,
            limits: limits(session),
        }),
    };
    let (actor, home) = asked_by(session);
    let last_day = request.last_day.to_string();
    let head = [b"issue_ticket".as_slice(), last_day.as_bytes()];
    Request { actor, home, key: request.key, hash: points_hash(&head, visit, &parts, signed), asked }
}

/// A merge as the ledger takes it; it counts towards the limits like a use. `point_id` is by which ID the
/// street knows the person; which one it is, is not part of what was asked for.
pub(super) fn merge_points(
    asking: Asking<'_>,
    request: &MergePointsRequest,
    point_id: Option<StreetPointId>,
    now_ms: i64,
    today: Date,
) -> Request {
    let Asking { session, visit, signed, identified } = asking;
    let parts = [request.part];
    let currency = request.part.currency;
    let is_municipal =
        session.currencies.iter().any(|own| own.code == currency && own.kind == CurrencyKind::Municipal);
    let known = if is_municipal { None } else { Some(Refusal::NotUsableHere { currency }) };
    let refusal = refusal(session, visit, &parts, now_ms, today).or(known);
    let asked = match (refusal.map_or(identified, Err), point_id) {
        (Err(refusal), _) => Asked::Barred(Barred { kind: OperationKind::Merge, refusal }),
        (Ok(_), None) => Asked::Barred(Barred { kind: OperationKind::Merge, refusal: Refusal::NotAMember }),
        (Ok(identified_by), Some(point_id)) => Asked::Merge(MergePoints {
            person: visit.person,
            site: session.site,
            part: part(&request.part),
            street: request.street.into(),
            point_id,
            identified_by,
            limits: limits(session),
        }),
    };
    let (actor, home) = asked_by(session);
    let head = [b"merge_points".as_slice(), request.street.as_str().as_bytes()];
    Request { actor, home, key: request.key, hash: points_hash(&head, visit, &parts, signed), asked }
}

fn part(part: &UsePart) -> Part {
    Part { currency: part.currency, points: part.points }
}

fn limits(session: &Session) -> Limits {
    Limits { per_use: limit(session.limits.per_use), per_day: limit(session.limits.per_day) }
}

/// A limit of the municipality. Its table holds positive numbers; one beyond what any operation can
/// move limits nothing.
fn limit(points: i64) -> Option<Points> {
    Points::new(points).ok()
}

fn refusal(session: &Session, visit: &Visit, parts: &[UsePart], now_ms: i64, today: Date) -> Option<Refusal> {
    if visit.expires_at_ms <= now_ms {
        return Some(Refusal::VisitExpired);
    }
    let counts_here =
        |part: &UsePart| session.currencies_on(today).any(|currency| currency.code == part.currency);
    let elsewhere = parts.iter().find(|part| !counts_here(part))?;
    Some(Refusal::NotUsableHere { currency: elsewhere.currency })
}

/// What the terminal asked for, not what the cloud knows about it: limits and periods change, a
/// repeated request must not. The visit stands for the person; its sealed bytes would differ between
/// two look-ups of the same card. A signature is what was asked for, byte by byte: under one key a card
/// signs once, and a request repeated after a lost answer carries the same one.
fn points_hash(head: &[&[u8]], visit: &Visit, parts: &[UsePart], signed: Option<&SignedUse>) -> RequestHash {
    let amounts: Vec<_> = parts
        .iter()
        .map(|part| {
            (part.currency.book, part.currency.number.0.to_be_bytes(), part.points.get().to_be_bytes())
        })
        .collect();
    let fields = amounts
        .iter()
        .flat_map(|(book, number, points)| [book.as_str().as_bytes(), number.as_slice(), points.as_slice()]);
    let signature = signed
        .into_iter()
        .flat_map(|signed| [b"signed".as_slice(), &signed.nonce, &signed.certificate_der, &signed.signature]);
    let head = head.iter().copied().chain([visit.person.0.as_bytes().as_slice()]);
    RequestHash::of(head.chain(fields).chain(signature))
}

/// What is asked of a ticket. By the number's keyed hash: twelve digits that match no ticket may be
/// somebody's My Number.
pub(super) fn ticket_hash(what: &str, ticket: NumberHash, site: SiteId) -> RequestHash {
    RequestHash::of([what.as_bytes(), &ticket.0, &site.0.to_be_bytes()])
}

/// What the taking back of a clearing asks for.
pub(super) fn unclear_hash(takes_back: OperationKey) -> RequestHash {
    RequestHash::of([b"unclear".as_slice(), takes_back.0.as_bytes()])
}

/// What a day close asks for.
pub(super) fn close_day_hash() -> RequestHash {
    RequestHash::of([b"close_day".as_slice()])
}

/// What a void asks for.
pub(super) fn void_hash(voids: OperationKey) -> RequestHash {
    RequestHash::of([b"void".as_slice(), voids.0.as_bytes()])
}
