//! `merge_file`: the file of a merge, fetched again (row F8). Sealed anew from what was posted: the same record
//! under the same number, so the street that received it knows it.

use super::caller::Caller;
use super::operation_request::asked_by;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::street;
use crate::keys::wrapped;
use crate::ledger::read;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::ledger::{Answer, OperationNumber};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{MergeFile, MergeFileRequest, Problem};
use std::sync::Arc;

/// The file of one of this terminal's merges.
#[utoipa::path(
    post, path = "/terminal/v1/merge_file", request_body = MergeFileRequest,
    responses((status = 200, body = MergeFile), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn merge_file(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<MergeFileRequest>,
) -> Result<Json<MergeFile>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::MergePoints).await?;
    let (actor, home) = asked_by(&session);
    let first =
        move |read: &Connection| read::first_answer(read, home, actor, request.key).map_err(Declined::from);
    let merged = match cloud.database.read(first).await?.map(|first| first.answer) {
        Some(Answer::Done(done)) if done.merge.is_some() => done.number,
        _ => return Err(Declined::because(ErrorCode::UnknownOperation)),
    };
    of(&cloud, merged).await.map(Json)
}

/// The file of what this operation merged, sealed now.
pub(super) async fn of(cloud: &Cloud, merged: OperationNumber) -> Result<MergeFile, Declined> {
    let wrapping = cloud.wrapping.clone();
    let seal = move |read: &Connection| -> Result<MergeFile, Declined> {
        let failed = || Declined::because(ErrorCode::CloudFailed);
        let merge = read::merge(read, merged.book, merged.seq)?.ok_or_else(failed)?;
        let street = IdProviderId::try_from(merge.street).map_err(|_| failed())?;
        let street = street::find(read, street)?.ok_or_else(failed)?;
        let sealing = (street.id, street.profile);
        let file = wrapped::street::seal(read, &wrapping, sealing, &merge.record)?;
        Ok(MergeFile {
            street: street.id,
            street_name: street.name,
            number: merge.record.number,
            file: hex::encode(file),
        })
    };
    Ok(cloud.database.read(seal).await?)
}
