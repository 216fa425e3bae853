//! `request_use_nonce`: what a card has to sign along for a use above the limits without PIN (row D5).

use super::caller::{AT_A_CARD, Caller};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::use_points::visit_here;
use crate::cloud::Cloud;
use crate::identity::use_nonce::{self, UseNonce, VisitHash};
use axum::Json;
use axum::extract::State;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{Problem, RequestUseNonceAnswer, RequestUseNonceRequest};
use std::sync::Arc;

/// A nonce for one use, good once and for 120 seconds. Asked again for the same key, there is a new one
/// and the old is void.
#[utoipa::path(
    post, path = "/terminal/v1/request_use_nonce", request_body = RequestUseNonceRequest,
    responses((status = 200, body = RequestUseNonceAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn request_use_nonce(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<RequestUseNonceRequest>,
) -> Result<Json<RequestUseNonceAnswer>, Declined> {
    let session = caller.with_one_of(&cloud, &AT_A_CARD).await?;
    cloud.rates.use_nonce(session.terminal)?;
    let visit = visit_here(&cloud, &session, &request.visit)?;
    let now_ms = cloud.clock.now_ms();
    if visit.expires_at_ms <= now_ms {
        return Err(Declined::because(ErrorCode::VisitExpired));
    }
    let mut nonce = [0; 32];
    getrandom::fill(&mut nonce).map_err(|e| Declined::failed(&e))?;
    let expires_at_ms = now_ms + use_nonce::LIFETIME_MS;
    let new = UseNonce { nonce, visit: VisitHash::of(&request.visit), expires_at_ms };
    let (terminal, key) = (session.terminal, request.key);
    cloud
        .database
        .write(move |write| use_nonce::hand_out(write, terminal, key, &new, now_ms).map_err(Declined::from))
        .await?;
    Ok(Json(RequestUseNonceAnswer { nonce: hex::encode(nonce), expires_at_ms }))
}
