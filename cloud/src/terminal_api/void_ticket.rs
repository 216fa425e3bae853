//! `void_ticket`: the terminal that issued a ticket takes it back on the same Japan day (row E7).

use super::answer::operation_answer;
use super::caller::Caller;
use super::issued_ticket::issued_ticket;
use super::operation_request::{asked_by, ticket_hash};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Asked, Request, VoidTicket};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::terminal_api::{IssuedTicketRequest, OperationAnswer, Problem};
use std::sync::Arc;

/// Gives the points back to the lots they came from; the ticket is dead from then on.
#[utoipa::path(
    post, path = "/terminal/v1/void_ticket", request_body = IssuedTicketRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn void_ticket(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<IssuedTicketRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::IssueTickets).await?;
    let number = issued_ticket(&cloud, &session, request.ticket).await?;
    let (actor, home) = asked_by(&session);
    let hash = ticket_hash("void_ticket", number, session.site);
    let asked = Asked::VoidTicket(VoidTicket { ticket: request.ticket });
    let posted = cloud.ledger.post(Request { actor, home, key: request.key, hash, asked }).await?;
    operation_answer(&cloud, &session, posted.answer).await.map(Json)
}
