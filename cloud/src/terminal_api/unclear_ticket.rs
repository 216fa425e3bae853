//! `unclear_ticket`: the terminal that cleared a ticket takes that back on the same Japan day; the ticket is
//! open again (row E3).

use super::answer::operation_answer;
use super::caller::{CLEARING, Caller};
use super::operation_request::{asked_by, unclear_hash};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::ledger::read;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Asked, Barred, OperationKind, Refusal, Request, UnclearTicket};
use madoguchi_wire::terminal_api::{OperationAnswer, Problem, UnclearTicketRequest};
use std::sync::Arc;

/// Takes a clearing of this terminal and day back. Repeated with the same key it has the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/unclear_ticket", request_body = UnclearTicketRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn unclear_ticket(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<UnclearTicketRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with_one_of(&cloud, &CLEARING).await?;
    let (actor, home) = asked_by(&session);
    let takes_back = request.takes_back;
    let target_seq = cloud
        .database
        .read(move |read| read::seq_of_key(read, home, actor, takes_back).map_err(Declined::from))
        .await?;
    let asked = match target_seq {
        Some(target_seq) => Asked::UnclearTicket(UnclearTicket { target_seq }),
        None => Asked::Barred(Barred { kind: OperationKind::Unclear, refusal: Refusal::UnknownTarget }),
    };
    let request = Request { actor, home, key: request.key, hash: unclear_hash(takes_back), asked };
    operation_answer(&cloud, &session, cloud.ledger.post(request).await?.answer).await.map(Json)
}
