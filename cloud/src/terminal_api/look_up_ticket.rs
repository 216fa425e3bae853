//! `look_up_ticket`: what a ticket is, before it is cleared (画面 35). Nothing is changed by asking.

use super::caller::Caller;
use super::clear_ticket::clearing_for;
use super::named_ticket::named_ticket;
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
    let named = named_ticket(&cloud, &session, &request.ticket, site).await?;
    let (today, here) = (cloud.clock.today(), session.municipality_name.clone());
    let answer = move |read: &Connection| -> Result<LookUpTicketAnswer, Declined> {
        let known = named.ticket.ok_or(Refusal::TicketUnknown);
        match named.refusal.map_or(known, Err) {
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
