//! `close_day`: the day close of a terminal (日計, row K7): numbered, never changed.

use super::answer::operation_answer;
use super::caller::{ABOUT_POINTS, Caller};
use super::operation_request::{asked_by, close_day_hash};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Asked, CloseDay, Request};
use madoguchi_wire::terminal_api::{CloseDayRequest, OperationAnswer, Problem};
use std::sync::Arc;

/// Closes what this terminal did since its last close; none of it can be undone here any more. Repeated with
/// the same key it has the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/close_day", request_body = CloseDayRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn close_day(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<CloseDayRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with_one_of(&cloud, &ABOUT_POINTS).await?;
    let (actor, home) = asked_by(&session);
    let asked = Asked::CloseDay(CloseDay { site: session.site });
    let posted =
        cloud.ledger.post(Request { actor, home, key: request.key, hash: close_day_hash(), asked }).await?;
    operation_answer(&cloud, &session, posted.answer).await.map(Json)
}
