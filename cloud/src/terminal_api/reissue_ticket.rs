//! `reissue_ticket`: an open ticket goes to the printer once more, under a new number (row E2, 画面 34).

use super::answer::operation_answer;
use super::caller::Caller;
use super::issued_ticket::issued_ticket;
use super::operation_request::{asked_by, ticket_hash};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Asked, ReissueTicket, Request};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::terminal_api::{IssuedTicketRequest, OperationAnswer, Problem};
use std::sync::Arc;

/// Makes a new number that holds what the old one held; the old one is dead from then on.
#[utoipa::path(
    post, path = "/terminal/v1/reissue_ticket", request_body = IssuedTicketRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn reissue_ticket(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<IssuedTicketRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::IssueTickets).await?;
    let number = issued_ticket(&cloud, &session, request.ticket).await?;
    let (actor, home) = asked_by(&session);
    let hash = ticket_hash("reissue_ticket", number, session.site);
    let asked = Asked::ReissueTicket(ReissueTicket { ticket: request.ticket, site: session.site });
    let posted = cloud.ledger.post(Request { actor, home, key: request.key, hash, asked }).await?;
    operation_answer(&cloud, &session, posted.answer).await.map(Json)
}
