//! `merge_points`: municipal points become a street's own, with the file that says so (rows F2, F4, F5,
//! 画面 38–39), at most once per key.
//!
//! By a resident's card points go into any street that knows the resident; by a street's card into that street,
//! within the limits without PIN, since nothing can sign (row F3).
//!
//! What the file says is posted in the commit of the debit; the file itself is sealed from there, whenever it
//! is asked for.

use super::answer::operation_answer;
use super::caller::Caller;
use super::operation_request::{self, Asking};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::signed_use::{Said, SignedUse};
use super::use_points::{identified, visit_of_any_card};
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::session_cache::Session;
use crate::identity::street;
use crate::identity::visit::{ShownCard, Visit};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::id_provider::IdProviderId;
use madoguchi_domain::merge_file::StreetPointId;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{MergePointsRequest, OperationAnswer, Problem};
use std::sync::Arc;

/// Merges points: they leave the account and are owed to the street. The answer holds the street's file.
#[utoipa::path(
    post, path = "/terminal/v1/merge_points", request_body = MergePointsRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn merge_points(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<MergePointsRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::MergePoints).await?;
    let visit = visit_of_any_card(&cloud, &session, &request.visit)?;
    is_offered(&visit, &request)?;
    let now_ms = cloud.clock.now_ms();
    let parts = [request.part];
    let said = Said {
        key: request.key,
        visit: &request.visit,
        parts: &parts,
        becomes: Becomes::StreetPoints(request.street),
    };
    let signed = request.signature.as_ref().map(SignedUse::read).transpose()?;
    let identified = identified(&cloud, signed.as_ref(), &visit, &said, now_ms).await?;
    let point_id = point_id(&cloud, &session, &visit, request.street).await?;
    let asking = Asking { session: &session, visit: &visit, signed: signed.as_ref(), identified };
    let asked = operation_request::merge_points(asking, &request, point_id, now_ms, japan_date(now_ms));
    let posted = cloud.ledger.post(asked).await?;
    operation_answer(&cloud, &session, posted.answer).await.map(Json)
}

/// A street's card leads into its own street, and signs nothing.
fn is_offered(visit: &Visit, request: &MergePointsRequest) -> Result<(), Declined> {
    match visit.card {
        ShownCard::StreetCard(own) if own != request.street => {
            Err(Declined::because(ErrorCode::StreetTakesNoMerges))
        }
        ShownCard::StreetCard(_) if request.signature.is_some() => {
            Err(Declined::because(ErrorCode::NotMyNumberCard))
        }
        ShownCard::StreetCard(_) | ShownCard::Certificate(_) => Ok(()),
    }
}

/// By which ID the street knows the visit's person. A street of another municipality, or one without a key,
/// takes nothing from here.
async fn point_id(
    cloud: &Cloud,
    session: &Session,
    visit: &Visit,
    street: IdProviderId,
) -> Result<Option<StreetPointId>, Declined> {
    let (municipality, person) = (session.municipality, visit.person);
    let find = move |read: &Connection| -> Result<_, Declined> {
        let mut known = street::taking_merges(read, municipality)?.into_iter();
        let street = known.find(|known| known.id == street);
        let street = street.ok_or(Declined::because(ErrorCode::StreetTakesNoMerges))?;
        Ok(street::point_id(read, &street, person)?)
    };
    Ok(cloud.database.read(find).await?)
}
