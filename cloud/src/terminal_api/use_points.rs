//! `use_points`: one use over one or several accounts, all or nothing, at most once per key.

use super::answer::operation_answer;
use super::caller::Caller;
use super::operation_request;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::clock::japan_date;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::Request;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, Problem, UsePointsRequest};
use std::sync::Arc;

/// Pays with points. Repeated with the same key and content it has the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/use_points", request_body = UsePointsRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn use_points(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<UsePointsRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let posted = cloud.ledger.post(checked(&cloud, &caller, &request)?).await?;
    operation_answer(posted.answer).map(Json)
}

/// Everything that comes before the books: function, visit, parts, limits.
pub(super) fn checked(
    cloud: &Cloud,
    caller: &Caller,
    request: &UsePointsRequest,
) -> Result<Request, Declined> {
    let session = caller.with(TerminalFunction::UsePoints)?;
    // A visit is good at the terminal whose reader saw the card, and there only.
    let visit = cloud
        .visits
        .open(&request.visit)
        .filter(|visit| visit.terminal == session.terminal)
        .ok_or_else(|| Declined::field(ErrorCode::Malformed, "visit"))?;
    let now_ms = cloud.clock.now_ms();
    operation_request::use_points(session, &visit, request, now_ms, japan_date(now_ms))
}
