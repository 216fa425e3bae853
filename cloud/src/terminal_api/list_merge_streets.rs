//! `list_merge_streets`: into which streets the points of a visit can be merged (row F2, 画面 37).

use super::caller::Caller;
use super::problem::Declined;
use super::request_body::RequestBody;
use super::use_points::visit_of_any_card;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::street;
use crate::identity::visit::ShownCard;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::terminal_api::{ListMergeStreetsAnswer, ListMergeStreetsRequest, MergeStreet, Problem};
use std::sync::Arc;

/// The streets of the terminal's municipality that take points, and which of them know the visit's person. Where
/// the person is known by a street's card, that street alone: what others know is not that street's to hear.
#[utoipa::path(
    post, path = "/terminal/v1/list_merge_streets", request_body = ListMergeStreetsRequest,
    responses((status = 200, body = ListMergeStreetsAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn list_merge_streets(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<ListMergeStreetsRequest>,
) -> Result<Json<ListMergeStreetsAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::MergePoints).await?;
    let visit = visit_of_any_card(&cloud, &session, &request.visit)?;
    let municipality = session.municipality;
    let list = move |read: &Connection| -> Result<_, Declined> {
        let mut streets = Vec::new();
        let mut known = street::taking_merges(read, municipality)?;
        if let ShownCard::StreetCard(own) = visit.card {
            known.retain(|street| street.id == own);
        }
        for street in known {
            let is_member = street::point_id(read, &street, visit.person)?.is_some();
            streets.push(MergeStreet { street: street.id, name: street.name, is_member });
        }
        Ok(streets)
    };
    Ok(Json(ListMergeStreetsAnswer { streets: cloud.database.read(list).await? }))
}
