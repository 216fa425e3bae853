//! `acknowledge_merge`: what a street answered to a file, carried here by a terminal (row K11). The secret that
//! proves it is the street's and the cloud's; the terminal holds none.

use super::caller::Caller;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::keys::wrapped;
use crate::ledger::{acknowledge_merge as keep, read};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::issuer::BookCode;
use madoguchi_domain::ledger::StreetId;
use madoguchi_domain::merge_file::{Acknowledgement, LONGEST_FILE, Reception, TakenBack};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    AcknowledgeMergeAnswer, AcknowledgeMergeRequest, MergeReception, Problem,
};
use std::sync::Arc;

/// Takes in a street's answer to the file of a merge.
#[utoipa::path(
    post, path = "/terminal/v1/acknowledge_merge", request_body = AcknowledgeMergeRequest,
    responses((status = 200, body = AcknowledgeMergeAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn acknowledge_merge(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<AcknowledgeMergeRequest>,
) -> Result<Json<AcknowledgeMergeAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::MergePoints).await?;
    if request.acknowledgement.len() > 2 * LONGEST_FILE {
        return Err(Declined::field(ErrorCode::Malformed, "acknowledgement"));
    }
    let file = hex::decode(&request.acknowledgement)
        .map_err(|_| Declined::field(ErrorCode::Malformed, "acknowledgement"))?;
    let (street, wrapping) = (request.street, cloud.wrapping.clone());
    let home = BookCode::from(session.municipality);
    let prove = move |read: &Connection| -> Result<_, Declined> {
        let secrets = wrapped::street::secrets(read, &wrapping, street)?;
        let Ok(said) = Acknowledgement::open(&file, &secrets) else { return Ok(None) };
        let merge = read::merge_numbered(read, StreetId::from(street), said.number)?;
        Ok(merge.filter(|merge| merge.book == home).map(|merge| (said, merge)))
    };
    let Some((said, merge)) = cloud.database.read(prove).await? else {
        tracing::warn!(terminal = %session.terminal, %street, "an answer that is not the street's");
        return Ok(Json(AcknowledgeMergeAnswer::NotGenuine));
    };
    let (terminal, now_ms) = (session.terminal, cloud.clock.now_ms());
    let written = move |write: &Connection| -> Result<(), Declined> {
        Ok(keep(write, &merge, said.reception, terminal, now_ms)?)
    };
    cloud.database.write(written).await?;
    Ok(Json(AcknowledgeMergeAnswer::Acknowledged { number: said.number, reception: told(said.reception) }))
}

pub(super) const fn told(reception: Reception) -> MergeReception {
    match reception {
        Reception::Received => MergeReception::Received,
        Reception::UnknownMember => MergeReception::UnknownMember,
        Reception::OtherContent => MergeReception::OtherContent,
        Reception::TakenBack(TakenBack::BookedBack { .. }) => MergeReception::BookedBack,
        Reception::TakenBack(TakenBack::Declined) => MergeReception::Declined,
    }
}
