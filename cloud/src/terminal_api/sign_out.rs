//! `sign_out`: the terminal was locked; its sign-in is over (row A8).

use super::caller::Caller;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::identity::{registry, sign_in};
use axum::Json;
use axum::extract::State;
use madoguchi_wire::terminal_api::{Problem, SignOutAnswer, SignOutRequest};
use std::sync::Arc;
use std::time::Instant;

/// Ends one sign-in of this terminal; one that is over, or never was, is over.
#[utoipa::path(
    post, path = "/terminal/v1/sign_out", request_body = SignOutRequest,
    responses((status = 200, body = SignOutAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn sign_out(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<SignOutRequest>,
) -> Result<Json<SignOutAnswer>, Declined> {
    let terminal = caller.session().terminal;
    let (now_ms, began) = (cloud.clock.now_ms(), Instant::now());
    let version = cloud
        .database
        .write(move |write| {
            sign_in::end(write, terminal, request.from_ms, now_ms)?;
            registry::version(write).map_err(Declined::from)
        })
        .await?;
    // Here at once; other processes hear of it within a second.
    cloud.sessions.note_version(version, began);
    Ok(Json(SignOutAnswer {}))
}
