//! `look_up_ticket`: what a ticket is, before it is cleared (画面 35). Nothing is changed by asking.

use super::caller::Caller;
use super::clear_ticket::clearing_for;
use super::named_ticket::named_ticket;
use super::paper::Paper;
use super::problem::Declined;
use super::request_body::RequestBody;
use super::ticket_words::{self, ticket_refusal};
use crate::cloud::Cloud;
use crate::database::Connection;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::Refusal;
use madoguchi_wire::terminal_api::{LookUpTicketAnswer, LookUpTicketRequest, Problem};
use std::sync::Arc;

/// What a ticket is and what has become of it, or why it cannot be shown here.
#[utoipa::path(
    post, path = "/terminal/v1/look_up_ticket", request_body = LookUpTicketRequest,
    responses((status = 200, body = LookUpTicketAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn look_up_ticket(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<LookUpTicketRequest>,
) -> Result<Json<LookUpTicketAnswer>, Declined> {
    let (session, site) = clearing_for(&cloud, &caller, request.site).await?;
    let paper = Paper::read(&request.ticket, cloud.training)?;
    let hash = cloud.number_hash(paper.number).await?;
    let named = named_ticket(&cloud, &session, paper, hash, site).await?;
    let (today, here) = (cloud.clock.today(), session.municipality_name.clone());
    let answer = move |read: &Connection| -> Result<LookUpTicketAnswer, Declined> {
        match named.stamp.and(named.ticket.ok_or(Refusal::TicketUnknown)) {
            Ok(ticket) => Ok(LookUpTicketAnswer::Ticket {
                ticket: ticket_words::ticket(read, &ticket.face)?,
                fate: ticket_words::fate(read, &ticket, today)?,
            }),
            Err(refusal) => {
                Ok(LookUpTicketAnswer::Refused { refusal: ticket_refusal(read, &here, &refusal)? })
            }
        }
    };
    Ok(Json(cloud.database.read(answer).await?))
}
