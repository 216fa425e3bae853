//! `void_use`: the terminal that made a use undoes it on the same Japan day (row D2).

use super::answer::operation_answer;
use super::caller::Caller;
use super::operation_request::{asked_by, void_hash};
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::ledger::read;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{Asked, Barred, OperationKind, Refusal, Request, VoidUse};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::terminal_api::{OperationAnswer, Problem, VoidUseRequest};
use std::sync::Arc;

/// Undoes a use of this terminal and day. Repeated with the same key it has the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/void_use", request_body = VoidUseRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn void_use(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<VoidUseRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::UsePoints).await?;
    let (actor, home) = asked_by(&session);
    let voids = request.voids;
    let target_seq = cloud
        .database
        .read(move |read| read::seq_of_key(read, home, actor, voids).map_err(Declined::from))
        .await?;
    let asked = match target_seq {
        Some(target_seq) => Asked::Void(VoidUse { target_seq }),
        None => Asked::Barred(Barred { kind: OperationKind::Void, refusal: Refusal::UnknownTarget }),
    };
    let request = Request { actor, home, key: request.key, hash: void_hash(voids), asked };
    operation_answer(&cloud, &session, cloud.ledger.post(request).await?.answer).await.map(Json)
}
