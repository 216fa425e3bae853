//! `set_address_notice`: the person of a visit wishes that this terminal's ID provider be told when their
//! address is to be checked, or does so no more (row C6, 画面 23).

use super::caller::Caller;
use super::look_up_service_id::{notice_standing, provider_of};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::use_points::visit_here;
use crate::cloud::Cloud;
use crate::database::Connection;
use crate::identity::address_notice;
use crate::identity::certificate;
use crate::identity::service_id::{Bond, Registrar};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{Problem, SetAddressNoticeAnswer, SetAddressNoticeRequest};
use std::sync::Arc;

/// Writes the wish down with the signing certificate that was read for it, or ends it. Asked for again it has
/// the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/set_address_notice", request_body = SetAddressNoticeRequest,
    responses((status = 200, body = SetAddressNoticeAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn set_address_notice(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<SetAddressNoticeRequest>,
) -> Result<Json<SetAddressNoticeAnswer>, Declined> {
    let session = caller.with(&cloud, TerminalFunction::ServiceIds).await?;
    let provider = provider_of(&session)?.clone();
    if !provider.address_notices {
        return Err(Declined::because(ErrorCode::FunctionNotAllowed));
    }
    cloud.rates.registration(session.terminal)?;
    let visit = visit_here(&cloud, &session, &request.visit)?;
    let now_ms = cloud.clock.now_ms();
    if now_ms >= visit.expires_at_ms {
        return Err(Declined::because(ErrorCode::VisitExpired));
    }
    let malformed = || Declined::field(ErrorCode::Malformed, "signing");
    let named = |signing: &madoguchi_wire::terminal_api::SigningCertificate| {
        certificate::name_from_hex(&signing.issuer, &signing.serial).ok_or_else(malformed)
    };
    let signing = request.signing.as_ref().map(named).transpose()?;
    let of = Bond { provider: provider.id, person: visit.person };
    let by = Registrar { terminal: session.terminal, generation: session.generation };
    let set = move |write: &Connection| -> Result<_, Declined> {
        match &signing {
            Some(signing) => address_notice::wish(write, of, signing, by, now_ms)?,
            None => address_notice::end(write, of, now_ms)?,
        }
        Ok(address_notice::standing(write, of)?)
    };
    let standing = cloud.database.write(set).await?;
    Ok(Json(SetAddressNoticeAnswer { address_notice: notice_standing(&cloud, &provider, standing).await }))
}
