//! `use_points`: one use over one or several accounts, all or nothing, at most once per key.

use super::answer::operation_answer;
use super::caller::Caller;
use super::operation_request::{self, Asking};
use super::problem::Declined;
use super::request_body::RequestBody;
use super::signed_use::{Said, SignedUse};
use crate::clock::japan_date;
use crate::cloud::Cloud;
use crate::identity::session_cache::Session;
use crate::identity::visit::{ShownCard, Visit};
use axum::Json;
use axum::extract::State;
use madoguchi_domain::ledger::{IdentifiedBy, Refusal, Request};
use madoguchi_domain::terminal::TerminalFunction;
use madoguchi_domain::use_proof::Becomes;
use madoguchi_wire::failure::ErrorCode;
use madoguchi_wire::terminal_api::{OperationAnswer, Problem, UsePointsRequest};
use std::sync::Arc;

/// Pays with points. Repeated with the same key and content it has the effect of one.
#[utoipa::path(
    post, path = "/terminal/v1/use_points", request_body = UsePointsRequest,
    responses((status = 200, body = OperationAnswer), (status = "default", body = Problem)),
    security(("session" = []))
)]
pub(super) async fn use_points(
    State(cloud): State<Arc<Cloud>>,
    caller: Caller,
    RequestBody(request): RequestBody<UsePointsRequest>,
) -> Result<Json<OperationAnswer>, Declined> {
    let posted = cloud.ledger.post(checked(&cloud, &caller, &request).await?).await?;
    operation_answer(&cloud, caller.session(), posted.answer).await.map(Json)
}

/// Everything that comes before the books: function, sign-in, visit, signature, parts, limits.
pub(super) async fn checked(
    cloud: &Cloud,
    caller: &Caller,
    request: &UsePointsRequest,
) -> Result<Request, Declined> {
    let session = caller.with(cloud, TerminalFunction::UsePoints).await?;
    let visit = visit_here(cloud, &session, &request.visit)?;
    let now_ms = cloud.clock.now_ms();
    let (visit_token, parts) = (&request.visit, &request.parts);
    let said = Said { key: request.key, visit: visit_token, parts, becomes: Becomes::Payment };
    let signed = request.signature.as_ref().map(SignedUse::read).transpose()?;
    let identified = identified(cloud, signed.as_ref(), &visit, &said, now_ms).await?;
    let asking = Asking { session: &session, visit: &visit, signed: signed.as_ref(), identified };
    operation_request::use_points(asking, request, now_ms, japan_date(now_ms))
}

/// How the person is known: by the signature where there is one, or why it proves nothing.
pub(super) async fn identified(
    cloud: &Cloud,
    signed: Option<&SignedUse>,
    visit: &Visit,
    said: &Said<'_>,
    now_ms: i64,
) -> Result<Result<IdentifiedBy, Refusal>, Declined> {
    match signed {
        Some(signed) => signed.check(cloud, visit, said, now_ms).await,
        None => Ok(Ok(match visit.card {
            ShownCard::Certificate(_) => IdentifiedBy::Certificate,
            ShownCard::StreetCard(_) => IdentifiedBy::StreetCard,
        })),
    }
}

/// The visit of a resident's own card. By a street's card nothing but a merge is done (row F3).
pub(super) fn visit_here(cloud: &Cloud, session: &Session, sealed: &str) -> Result<Visit, Declined> {
    let visit = visit_of_any_card(cloud, session, sealed)?;
    match visit.card {
        ShownCard::Certificate(_) => Ok(visit),
        ShownCard::StreetCard(_) => Err(Declined::because(ErrorCode::NotMyNumberCard)),
    }
}

/// A visit is good at the terminal whose reader saw the card, and there only.
pub(super) fn visit_of_any_card(cloud: &Cloud, session: &Session, sealed: &str) -> Result<Visit, Declined> {
    cloud
        .visits
        .open(sealed)
        .filter(|visit| visit.terminal == session.terminal)
        .ok_or_else(|| Declined::field(ErrorCode::Malformed, "visit"))
}
