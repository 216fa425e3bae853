//! `list_clearing_sites`: the sites whose stamp a ticket can bear, for a 消込場所 (row E3).

use super::caller::Caller;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::identity::site;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::terminal_api::{
    ClearingSite, ListClearingSitesAnswer, ListClearingSitesRequest, Problem,
};
use std::sync::Arc;

/// The sites of the municipality that take tickets, by name.
#[utoipa::path(
    post, path = "/terminal/v1/list_clearing_sites", request_body = ListClearingSitesRequest,
    responses((status = 200, body = ListClearingSitesAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn list_clearing_sites(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(ListClearingSitesRequest {}): RequestBody<ListClearingSitesRequest>,
) -> Result<Json<ListClearingSitesAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::ClearTicketsForOthers).await?;
    let municipality = session.municipality;
    let taking = cloud
        .database
        .read(move |read| site::taking_tickets(read, municipality).map_err(Declined::from))
        .await?;
    let sites = taking.into_iter().map(|site| ClearingSite { site: site.id, name: site.name }).collect();
    Ok(Json(ListClearingSitesAnswer { sites }))
}
