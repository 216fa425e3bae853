//! `look_up_service_id`: a card becomes the number by which this terminal's ID provider knows its owner
//! (row C2, 画面 25–26). That nothing is registered is an answer, too.

use super::caller::Caller;
use super::known_card;
use super::opened_visit;
use super::problem::Declined;
use super::request_body::RequestBody;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::address_notice;
use crate::identity::certificate::CertificateRow;
use crate::identity::person;
use crate::identity::service_id::{self, Bond, ServiceId};
use crate::identity::session_cache::Session;
use crate::identity::visit::ShownCard;
use axum::Json;
use axum::extract::State;
use madoguchi_domain::certificate::CertificateName;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{
    AddressNotice, LookUpServiceIdAnswer, LookUpServiceIdRequest, OwnIdProvider, Problem, RegisteredServiceId,
};
use std::sync::Arc;

/// The number of this terminal's ID provider for the owner of a card, nobody else's, and a visit in which
/// one can be registered.
#[utoipa::path(
    post, path = "/terminal/v1/look_up_service_id", request_body = LookUpServiceIdRequest,
    responses((status = 200, body = LookUpServiceIdAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn look_up_service_id(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<LookUpServiceIdRequest>,
) -> Result<Json<LookUpServiceIdAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::ServiceIds).await?;
    let provider = provider_of(&session)?.clone();
    cloud.rates.look_up(session.terminal)?;
    let name = known_card::named(&cloud, &request.issuer, &request.serial)?;
    let now_ms = cloud.clock.now_ms();
    let asked = provider.id;
    let find = move |read: &Connection, card: CertificateRow| {
        if !person::has_mykey_id(read, card.person)? {
            return Err(Declined::because(ErrorCode::CardWithoutMykeyId));
        }
        let of = Bond { provider: asked, person: card.person };
        Ok((card, service_id::standing(read, of)?, address_notice::standing(read, of)?))
    };
    let (card, standing, notice) = known_card::read_of_card(&cloud, name, now_ms, find).await?;
    let shown = ShownCard::Certificate(card.id);
    let opened = opened_visit::open(&cloud, session.terminal, card.person, shown, now_ms)?;
    Ok(Json(LookUpServiceIdAnswer {
        visit: opened.sealed,
        expires_at_ms: opened.expires_at_ms,
        address_notice: notice_standing(&cloud, &provider, notice).await,
        provider_name: provider.name,
        registered: standing.map(registered),
    }))
}

/// How it stands with a person's address notice (row C6). Where the authority gives no answer there is nothing
/// to tell, and the look-up goes on.
pub(super) async fn notice_standing(
    cloud: &Cloud,
    provider: &OwnIdProvider,
    wished_by: Option<CertificateName>,
) -> AddressNotice {
    match (wished_by, &cloud.authority) {
        _ if !provider.address_notices => AddressNotice::NotOffered,
        (None, _) => AddressNotice::NotWanted,
        (Some(_), None) => AddressNotice::Wanted,
        (Some(signing), Some(authority)) => match authority.has_lapsed(&signing).await {
            Ok(true) => AddressNotice::CheckAddress,
            Ok(false) => AddressNotice::Wanted,
            Err(no_answer) => {
                tracing::warn!(%no_answer, "whether an address is to be checked is not known");
                AddressNotice::Wanted
            }
        },
    }
}

/// The provider a terminal was registered for.
pub(super) fn provider_of(session: &Session) -> Result<&OwnIdProvider, Declined> {
    session.id_provider.as_ref().ok_or(Declined::because(ErrorCode::NoIdProvider))
}

/// What stands, as the terminal is told.
pub(super) fn registered(standing: ServiceId) -> RegisteredServiceId {
    RegisteredServiceId { number: standing.number, from_ms: standing.from_ms }
}
