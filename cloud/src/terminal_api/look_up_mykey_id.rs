//! `look_up_mykey_id`: a card becomes its owner's MyKey ID, for the terminals of an ID provider that keeps
//! MyKey IDs itself (row C4; seed 001, §17 ②). No other terminal is told.

use super::caller::Caller;
use super::known_card;
use super::look_up_service_id::provider_of;
use super::opened_visit;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::certificate::CertificateRow;
use crate::identity::look_up_audit::LookUp;
use crate::identity::{id_provider, person};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{LookUpMykeyIdAnswer, LookUpMykeyIdRequest, Problem};
use std::sync::Arc;

/// The MyKey ID of a card's owner, told to a provider that keeps MyKey IDs itself, and to no other.
#[utoipa::path(
    post, path = "/terminal/v1/look_up_mykey_id", request_body = LookUpMykeyIdRequest,
    responses((status = 200, body = LookUpMykeyIdAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn look_up_mykey_id(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<LookUpMykeyIdRequest>,
) -> Result<Json<LookUpMykeyIdAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::ServiceIds).await?;
    let provider = provider_of(&session)?.id;
    cloud.rates.look_up(session.terminal)?;
    let name = known_card::named(&cloud, &request.issuer, &request.serial)?;
    let now_ms = cloud.clock.now_ms();
    let find = move |read: &Connection, card: CertificateRow| {
        // By what stands now and not by the session: a provider that no longer may is told nothing more.
        if !id_provider::keeps_mykey_ids(read, provider)? {
            return Err(Declined::because(ErrorCode::NoMykeyIdsHere));
        }
        let mykey_id = person::mykey_id(read, card.person)?;
        Ok((card.person, mykey_id.ok_or(Declined::because(ErrorCode::CardWithoutMykeyId))?))
    };
    let (person, mykey_id) = known_card::read_of_card(&cloud, name, now_ms, find).await?;
    opened_visit::note(&cloud, LookUp { at_ms: now_ms, terminal: session.terminal, person });
    Ok(Json(LookUpMykeyIdAnswer { mykey_id: mykey_id.expose().to_owned() }))
}
