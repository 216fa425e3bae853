//! `list_day_closes`: the closes of this terminal, to be read and printed again (row K7).

use super::caller::{ABOUT_POINTS, Caller};
use super::day_close_paper;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_wire::terminal_api::{DayCloseRequest, ListDayClosesAnswer, Problem};
use std::sync::Arc;

/// More than four months of days.
const MOST_LISTED: usize = 100;

/// The last hundred closes of this terminal, newest first.
#[utoipa::path(
    post, path = "/terminal/v1/list_day_closes", request_body = DayCloseRequest,
    responses((status = 200, body = ListDayClosesAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn list_day_closes(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(DayCloseRequest {}): RequestBody<DayCloseRequest>,
) -> Result<Json<ListDayClosesAnswer>, Declined> {
    let session = caller.with_one_of(&cloud, &ABOUT_POINTS).await?;
    let closes = day_close_paper::newest(&cloud, &session, MOST_LISTED).await?;
    Ok(Json(ListDayClosesAnswer { closes }))
}
