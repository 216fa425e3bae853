//! `resolve_operation`: what became of a key? Unknown, it is abandoned by asking (row K4).
//!
//! Any session may ask about its own terminal's keys: a function taken away meanwhile must not leave a
//! clerk without an answer.

use super::answer::operation_answer;
use super::caller::Caller;
use super::operation_request::asked_by;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_wire::terminal_api::{OperationAnswer, Problem, ResolveOperationRequest};
use std::sync::Arc;

/// What became of one of this terminal's keys. An unknown key is void from then on: a request that
/// arrives later under it is refused.
#[utoipa::path(
    post, path = "/terminal/v1/resolve_operation", request_body = ResolveOperationRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn resolve_operation(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<ResolveOperationRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let (actor, home) = asked_by(caller.session());
    let posted = cloud.ledger.resolve(actor, home, request.key).await?;
    operation_answer(&cloud, caller.session(), posted.answer).await.map(Json)
}
