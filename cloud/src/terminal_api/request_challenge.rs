//! `request_challenge`: a challenge for opening a session, answered for every terminal ID alike.

use super::caller::Source;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_wire::terminal_api::{Problem, RequestChallengeAnswer, RequestChallengeRequest};
use std::sync::Arc;

/// A challenge, good once and for 60 seconds.
#[utoipa::path(
    post, path = "/terminal/v1/request_challenge", request_body = RequestChallengeRequest,
    responses((status = 200, body = RequestChallengeAnswer), (status = "default", body = Problem))
)]
pub(super) async fn request_challenge(
    State(cloud): State<Arc<Cloud>>,
    source: Source,
    RequestBody(request): RequestBody<RequestChallengeRequest>,
) -> Result<Json<RequestChallengeAnswer>, Declined> {
    cloud.rates.unproven(&source)?;
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|e| Declined::failed(&e))?;
    let challenge = cloud.challenges.issue(request.terminal, cloud.clock.now_ms(), random);
    Ok(Json(RequestChallengeAnswer {
        challenge: hex::encode(challenge),
        cloud_name: cloud.name.clone(),
        training: cloud.training,
    }))
}
