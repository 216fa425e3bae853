//! The calls, and their description.

use crate::admission::{Caller, CameFrom, admit};
use crate::problem::{Refused, because};
use crate::{Bridge, events};
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::{Json, Router, middleware};
use madoguchi_wire::bridge::{
    BridgeProblem, CancelReadsAnswer, LONGEST_WAIT_S, PairAnswer, PairRequest, ReadCardAnswer,
    ReadCardRequest,
};
use madoguchi_wire::failure::ErrorCode;
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Madoguchi bridge",
        version = "1",
        description = "The loopback API for other programs on the same PC: http://127.0.0.1:24725. Every \
                       status but 200 carries a BridgeProblem."
    ),
    modifiers(&Token)
)]
struct Description;

/// How a program shows that it is paired: the token of `pair`.
struct Token;

impl utoipa::Modify for Token {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    }
}

/// What is served, behind the checks.
pub(crate) fn router(bridge: Bridge) -> Router {
    described()
        .split_for_parts()
        .0
        .layer(middleware::from_fn_with_state(bridge.clone(), admit))
        .layer(middleware::map_response(say_utf_8))
        .with_state(bridge)
}

/// JSON is UTF-8 and needs no word about it; the HTTP client of Windows' scripts reads it as Latin-1 without one.
async fn say_utf_8(mut answer: Response) -> Response {
    let kind = answer.headers_mut().get_mut(CONTENT_TYPE);
    if let Some(kind) = kind.filter(|kind| *kind == "application/json") {
        *kind = HeaderValue::from_static("application/json; charset=utf-8");
    }
    answer
}

/// The API's description, as `/v1/openapi.json` and `docs/bridge.openapi.json` have it.
pub fn openapi() -> utoipa::openapi::OpenApi {
    described().split_for_parts().1
}

fn described() -> OpenApiRouter<Bridge> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(pair))
        .routes(routes!(read_card))
        .routes(routes!(cancel_reads))
        .routes(routes!(card_events))
        .routes(routes!(openapi_json))
}

type Body<T> = Result<Json<T>, JsonRejection>;

fn body<T>(body: Body<T>) -> Result<T, Refused> {
    let malformed = |rejection: JsonRejection| because(rejection.status(), ErrorCode::BridgeCallUnknown);
    body.map(|Json(request)| request).map_err(malformed)
}

/// Becomes a paired program, by the code on the screen.
#[utoipa::path(
    post, path = "/v1/pair", request_body = PairRequest,
    responses((status = 200, body = PairAnswer), (status = "default", body = BridgeProblem))
)]
async fn pair(
    State(bridge): State<Bridge>,
    CameFrom(origin): CameFrom,
    request: Body<PairRequest>,
) -> Result<Json<PairAnswer>, Refused> {
    let PairRequest { code } = body(request)?;
    Ok(Json(bridge.programs.pair(&code, origin.as_deref()).await?))
}

/// The number of the card on the reader, or of the next one put on. Hanging up ends the wait.
#[utoipa::path(
    post, path = "/v1/read_card", request_body = ReadCardRequest,
    responses((status = 200, body = ReadCardAnswer), (status = "default", body = BridgeProblem)),
    security(("token" = []))
)]
async fn read_card(
    State(bridge): State<Bridge>,
    Caller(pairing): Caller,
    request: Body<ReadCardRequest>,
) -> Result<Json<ReadCardAnswer>, Refused> {
    let asked = body(request)?;
    if !(1..=LONGEST_WAIT_S).contains(&asked.wait_s) {
        return Err(because(StatusCode::UNPROCESSABLE_ENTITY, ErrorCode::BridgeCallUnknown));
    }
    Ok(Json(bridge.programs.read_card(pairing, asked).await?))
}

/// Ends everything this program waits for.
#[utoipa::path(
    post, path = "/v1/cancel_reads",
    responses((status = 200, body = CancelReadsAnswer), (status = "default", body = BridgeProblem)),
    security(("token" = []))
)]
async fn cancel_reads(State(bridge): State<Bridge>, Caller(pairing): Caller) -> Json<CancelReadsAnswer> {
    Json(CancelReadsAnswer { cancelled: bridge.programs.cancel_reads(pairing) })
}

/// Cards put on and taken away: events `cards`, `card_inserted`, `card_removed`, each with a `CardsLying`.
#[utoipa::path(
    get, path = "/v1/events",
    responses(
        (status = 200, body = madoguchi_wire::bridge::CardsLying, content_type = "text/event-stream"),
        (status = "default", body = BridgeProblem)
    ),
    security(("token" = []))
)]
async fn card_events(
    State(bridge): State<Bridge>,
    Caller(pairing): Caller,
) -> Result<impl IntoResponse, Refused> {
    let listening = bridge.programs.listen(pairing)?;
    Ok(events::of(bridge.programs, listening))
}

/// This description.
#[utoipa::path(get, path = "/v1/openapi.json", responses((status = 200, description = "OpenAPI")))]
async fn openapi_json() -> Json<utoipa::openapi::OpenApi> {
    Json(openapi())
}
