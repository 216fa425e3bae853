//! `preview_day`: what a day close would say now (row K7).

use super::caller::{ABOUT_POINTS, Caller};
use super::day_close_paper;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_wire::terminal_api::{DayClose, DayCloseRequest, Problem};
use std::sync::Arc;

/// What a close of this terminal would say now: its number is 0.
#[utoipa::path(
    post, path = "/terminal/v1/preview_day", request_body = DayCloseRequest,
    responses((status = 200, body = DayClose), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn preview_day(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(DayCloseRequest {}): RequestBody<DayCloseRequest>,
) -> Result<Json<DayClose>, Declined> {
    let session = caller.with_one_of(&cloud, &ABOUT_POINTS).await?;
    day_close_paper::preview(&cloud, &session).await.map(Json)
}
