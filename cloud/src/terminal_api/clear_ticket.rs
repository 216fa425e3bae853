//! `clear_ticket`: a used ticket is taken out of circulation, the site of its stamp is paid (row E3,
//! 画面 35–36).

use super::answer::{self, operation_answer};
use super::caller::{CLEARING, Caller};
use super::named_ticket::{Named, named_ticket};
use super::operation_request::{asked_by, ticket_hash};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::identity::session_cache::Session;
use crate::ticket::lapsed_waiting::{self, Late};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Answer, Asked, Barred, ClearTicket, OperationKind, Refusal, Request};
use madoguchi_domain::site::SiteId;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::terminal_api::{ClearTicketRequest, OperationAnswer, Problem};
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
    let Named { number, hash, ticket, refusal, words } =
        named_ticket(&cloud, &session, &request.ticket, site).await?;
    let scanned_on = japan_date(request.scanned_at_ms);
    let asked = refusal
        .map_or(Asked::ClearTicket(ClearTicket { ticket: number, site, scanned_on }), |refusal| {
            Asked::Barred(Barred { kind: OperationKind::Clear, refusal })
        });
    let (actor, home) = asked_by(&session);
    let hash = ticket_hash("clear_ticket", hash, site);
    let posted = cloud.ledger.post(Request { actor, home, key: request.key, hash, asked }).await?;
    if let Answer::Refused(Refusal::TicketLapsed { waited: true, .. }) = posted.answer {
        let late = Late {
            terminal: session.terminal,
            key: request.key,
            municipality: session.municipality,
            number,
            site,
            scanned_at_ms: request.scanned_at_ms,
            refused_at_ms: cloud.clock.now_ms(),
        };
        // Before it is answered: a terminal that heard nothing asks again, and is listed once.
        cloud.database.write(move |write| lapsed_waiting::note(write, &late).map_err(Declined::from)).await?;
    }
    if let Some((ticket, words)) = ticket.zip(words)
        && let Some(done) = answer::cleared(&posted.answer, ticket.face, words)?
    {
        return Ok(Json(OperationAnswer::Done(done)));
    }
    operation_answer(&cloud, &session, posted.answer).await.map(Json)
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
