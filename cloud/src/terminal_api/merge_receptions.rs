//! `merge_receptions`: what streets have answered to a terminal's merges, whoever carried it. Terminals may share a
//! folder, and whichever finds an answer there carries it and takes it away.

use super::acknowledge_merge::told;
use super::caller::Caller;
use super::operation_request::asked_by;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::ledger::read;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::Answer;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{MergeAnswered, MergeReceptions, MergeReceptionsRequest, Problem};
use std::sync::Arc;

/// As many as a terminal's list has.
const MOST_KEYS: usize = 50;

/// What streets have answered to merges of this terminal.
#[utoipa::path(
    post, path = "/terminal/v1/merge_receptions", request_body = MergeReceptionsRequest,
    responses((status = 200, body = MergeReceptions), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn merge_receptions(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<MergeReceptionsRequest>,
) -> Result<Json<MergeReceptions>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::MergePoints).await?;
    if request.keys.len() > MOST_KEYS {
        return Err(Declined::field(ErrorCode::Malformed, "keys"));
    }
    let (actor, home) = asked_by(&session);
    let look = move |read: &Connection| -> Result<_, Declined> {
        let mut receptions = Vec::new();
        for key in request.keys {
            let Some(first) = read::first_answer(read, home, actor, key)? else { continue };
            let Answer::Done(done) = first.answer else { continue };
            let (book, seq) = (done.number.book, done.number.seq);
            let Some(merge) = read::merge(read, book, seq)? else { continue };
            let said = read::merge_standing(read, merge)?.said;
            receptions.extend(said.into_iter().map(|said| MergeAnswered { key, reception: told(said) }));
        }
        Ok(receptions)
    };
    Ok(Json(MergeReceptions { receptions: cloud.database.read(look).await? }))
}
