//! `look_up_street_card`: the number on a shopping street's own card becomes a visit with the municipal balance,
//! in which nothing can be done but a merge into that street (row F3, seed 001 §15, 画面 37).
//!
//! The number alone identifies, and proves nothing: it can be copied like a serial, so the limits without PIN hold
//! to the end. Only the street's own terminals may ask: whose number it is, the session says and not the request.

use super::caller::Caller;
use super::look_up_points::{find, opened};
use super::look_up_service_id::provider_of;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::visit::ShownCard;
use crate::identity::{service_id, street};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::currency::CurrencyKind;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{LookUpStreetCardAnswer, LookUpStreetCardRequest, Problem};
use std::sync::Arc;

/// A street's card becomes a visit of five minutes, good for a merge into that street alone.
#[utoipa::path(
    post, path = "/terminal/v1/look_up_street_card", request_body = LookUpStreetCardRequest,
    responses((status = 200, body = LookUpStreetCardAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn look_up_street_card(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<LookUpStreetCardRequest>,
) -> Result<Json<LookUpStreetCardAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::MergePoints).await?;
    let own = provider_of(&session)?.id;
    cloud.rates.look_up(session.terminal)?;
    let now_ms = cloud.clock.now_ms();
    let asking = Arc::clone(&session);
    let look_up = move |read: &Connection| -> Result<_, Declined> {
        let mut taking = street::taking_merges(read, asking.municipality)?.into_iter();
        let street = taking.find(|known| known.id == own);
        let street = street.ok_or(Declined::because(ErrorCode::StreetTakesNoMerges))?;
        let holder = service_id::holder(read, street.id, &request.number)?;
        let person = holder.ok_or(Declined::because(ErrorCode::StreetCardUnknown))?;
        let shown = (person, ShownCard::StreetCard(street.id));
        let found = find(read, &asking, shown, now_ms, |kind| kind == CurrencyKind::Municipal)?;
        Ok((street, found))
    };
    let (street, found) = cloud.database.read(look_up).await?;
    let points = opened(&cloud, &session, found, now_ms)?;
    Ok(Json(LookUpStreetCardAnswer { street: street.id, street_name: street.name, points }))
}
