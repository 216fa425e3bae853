//! From a terminal's request to the ledger's: who asks, under which key, for what, hashed.

use super::problem::Declined;
use super::signed_use::SignedUse;
use crate::identity::session_cache::Session;
use crate::identity::visit::Visit;
use jiff::civil::Date;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::{
    Actor, Asked, Barred, IdentifiedBy, Limits, OperationKind, Part, Refusal, Request, RequestHash, UsePoints,
};
use madoguchi_domain::operation_key::OperationKey;
use madoguchi_domain::points::Points;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{UsePart, UsePointsRequest};

/// A use names at most this many currencies.
const MOST_PARTS: usize = 8;

/// Who asks, with the book that remembers the key.
pub(super) fn asked_by(session: &Session) -> (Actor, BookCode) {
    (Actor::Terminal(session.terminal), BookCode::from(session.municipality))
}

/// Who asks for a use, and for whom.
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
    let parts =
        request.parts.iter().map(|part| Part { currency: part.currency, points: part.points }).collect();
    let limits = Limits { per_use: limit(session.limits.per_use), per_day: limit(session.limits.per_day) };
    // Parts that make no use are malformed, whatever the signature proves.
    let identified_by = identified.as_ref().copied().unwrap_or(IdentifiedBy::Certificate);
    let used = UsePoints::new(visit.person, session.site, parts, identified_by, limits)
        .map_err(|_| Declined::field(ErrorCode::Malformed, "parts"))?;
    let asked = match refusal(session, visit, &request.parts, now_ms, today).or(identified.err()) {
        Some(refusal) => Asked::Barred(Barred { kind: OperationKind::Use, refusal }),
        None => Asked::Use(used),
    };
    let (actor, home) = asked_by(session);
    Ok(Request { actor, home, key: request.key, hash: use_hash(visit, &request.parts, signed), asked })
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
fn use_hash(visit: &Visit, parts: &[UsePart], signed: Option<&SignedUse>) -> RequestHash {
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
    let head = [b"use".as_slice(), visit.person.0.as_bytes()];
    RequestHash::of(head.into_iter().chain(fields).chain(signature))
}

/// What a void asks for.
pub(super) fn void_hash(voids: OperationKey) -> RequestHash {
    RequestHash::of([b"void".as_slice(), voids.0.as_bytes()])
}
