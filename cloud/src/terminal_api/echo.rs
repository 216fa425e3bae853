//! `echo`: everything `use_points` does but post. The benchmark divides the one by the other, so that
//! its ratio speaks of the books and not of HTTP, JSON or the session check.

use super::caller::Caller;
use super::problem::Declined;
use super::request_body::RequestBody;
use super::use_points::checked;
use crate::cloud::Cloud;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::Request;
use madoguchi_wire::terminal_api::{
    MovedAccount, OperationAnswer, OperationDone, OperationKind, PointsByLastDay, UsePointsRequest,
};
use std::sync::Arc;

pub(super) async fn echo(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<UsePointsRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let checked: Request = checked(&cloud, &caller, &request).await?;
    let accounts = request.parts.iter().map(|part| MovedAccount {
        currency: part.currency,
        points: part.points.get(),
        before: part.points.get(),
        after: 0,
        next_lapse: Some(PointsByLastDay { points: part.points.get(), last_day: Some(cloud.clock.today()) }),
    });
    Ok(Json(OperationAnswer::Done(OperationDone {
        kind: OperationKind::Use,
        number: checked.key.to_string(),
        at_ms: cloud.clock.now_ms(),
        accounts: accounts.collect(),
        voided_number: None,
        ticket: None,
        cleared: None,
        day_close: None,
        merge: None,
    })))
}
