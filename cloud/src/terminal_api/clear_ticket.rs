//! `clear_ticket`: a used ticket is taken out of circulation, the site of its stamp is paid (row E3,
//! 画面 35–36).

use super::answer::{self, operation_answer};
use super::caller::{CLEARING, Caller};
use super::named_ticket::named_ticket;
use super::operation_request::{asked_by, ticket_hash};
use super::paper::Paper;
use super::problem::Declined;
use super::request_body::RequestBody;
use super::ticket_words;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::registry;
use crate::identity::session_cache::Session;
use crate::ticket::clearing_cache::TicketNames;
use crate::ticket::lapsed_waiting::{self, Late};
use crate::ticket::stamp::Stamp;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Answer, Asked, Barred, ClearTicket, Done, OperationKind, Refusal, Request};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{ClearTicketRequest, ClearedTicket, OperationAnswer, Problem};
use std::sync::Arc;

/// Clears a ticket for the terminal's own site or, at a 消込場所, for the site of its stamp. Repeated with
/// the same key it has the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/clear_ticket", request_body = ClearTicketRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn clear_ticket(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<ClearTicketRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let (session, site) = clearing_for(&cloud, &caller, request.site).await?;
    let scanned_at_ms = scanned_at(cloud.clock.now_ms(), request.waited_ms);
    let paper = Paper::read(&request.ticket, cloud.training)?;
    let hash = cloud.number_hash(paper.number).await?;
    let stamp = match proven_by_memory(&cloud, &session, &paper, site) {
        Some(stamp) => Ok(stamp),
        None => named_ticket(&cloud, &session, paper, hash, site).await?.stamp,
    };
    let asked = match &stamp {
        Ok(stamp) => Asked::ClearTicket(ClearTicket {
            ticket: paper.number,
            site,
            taken: Arc::clone(&stamp.taken),
            scanned_on: japan_date(scanned_at_ms),
        }),
        Err(refusal) => Asked::Barred(Barred { kind: OperationKind::Clear, refusal: refusal.clone() }),
    };
    let (actor, home) = asked_by(&session);
    let hash = ticket_hash("clear_ticket", hash, site);
    let posted = cloud.ledger.post(Request { actor, home, key: request.key, hash, asked }).await?;
    if let Answer::Refused(Refusal::TicketLapsed { waited: true, .. }) = posted.answer {
        let late = Late {
            terminal: session.terminal,
            key: request.key,
            municipality: session.municipality,
            number: paper.number,
            site,
            scanned_at_ms,
            refused_at_ms: cloud.clock.now_ms(),
        };
        // Before it is answered: a terminal that heard nothing asks again, and is listed once.
        cloud.database.write(move |write| lapsed_waiting::note(write, &late).map_err(Declined::from)).await?;
    }
    let answer = match (posted.answer, stamp) {
        (Answer::Done(done), Ok(stamp)) => cleared(&cloud, done, &stamp).await?,
        (answer, _) => operation_answer(&cloud, &session, answer).await?,
    };
    Ok(Json(answer))
}

/// The moment of a scan, by the clock that decides dates: never a later one than now.
fn scanned_at(now_ms: i64, waited_ms: u64) -> i64 {
    now_ms.saturating_sub(i64::try_from(waited_ms).unwrap_or(i64::MAX))
}

/// The stamp, where what is remembered proves the paper: then only the books are asked, and guessing is no
/// question.
fn proven_by_memory(cloud: &Cloud, session: &Session, paper: &Paper, site: SiteId) -> Option<Arc<Stamp>> {
    cloud.clearing.proven(cloud.sessions.version(), (session.municipality, site), paper.code.as_ref()?)
}

/// What was cleared, by names that are remembered or else read and remembered.
async fn cleared(cloud: &Cloud, done: Done, stamp: &Stamp) -> Result<OperationAnswer, Declined> {
    let face = done.ticket.ok_or(Declined::because(ErrorCode::CloudFailed))?;
    let of = (face.currency, face.issued_at);
    let names = if let Some(names) = cloud.clearing.names(cloud.sessions.version(), of) {
        names
    } else {
        let read = move |read: &Connection| -> Result<(i64, TicketNames), Declined> {
            Ok((registry::version(read)?, ticket_words::names(read, &face)?))
        };
        let (version, names) = cloud.database.read(read).await?;
        let names = Arc::new(names);
        cloud.clearing.put_names(version, of, &names);
        names
    };
    let ticket = ticket_words::ticket_of_names(&face, TicketNames::clone(&names));
    answer::cleared(done, ClearedTicket { ticket, site_name: stamp.site_name.clone() })
}

/// The terminal, and the site it clears for: its own, or any other where it may do that.
pub(super) async fn clearing_for(
    cloud: &Cloud,
    caller: &Caller,
    stamp: Option<SiteId>,
) -> Result<(Arc<Session>, SiteId), Declined> {
    let own = caller.session().site;
    let site = stamp.unwrap_or(own);
    let session = if site == own {
        caller.with_one_of(cloud, &CLEARING).await?
    } else {
        caller.with(cloud, TerminalFunction::ClearTicketsForOthers).await?
    };
    Ok((session, site))
}
