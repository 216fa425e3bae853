//! Who is let in: the checks of every request, in the order of docs/security.md 12.
//!
//! The connection is this user's own already (`connections`). Then: the host it was led to, the page it
//! comes from, the call and its form, the token, how often it asks. The first that fails answers, and
//! nothing behind it is looked at.

use crate::problem::{Refused, because};
use crate::{Bridge, body, preflight};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use madoguchi_terminal::PairingId;
use madoguchi_wire::failure::ErrorCode;
use std::net::Ipv4Addr;

/// What a request must know of this place to be let in.
pub(crate) struct Border {
    /// `127.0.0.1:24725`.
    host: String,
}

/// A call that there is.
struct Call {
    path: &'static str,
    method: Method,
    /// Whether only a paired program may make it.
    wants_token: bool,
}

const CALLS: [Call; 5] = [
    Call { path: "/v1/openapi.json", method: Method::GET, wants_token: false },
    Call { path: "/v1/pair", method: Method::POST, wants_token: false },
    Call { path: "/v1/read_card", method: Method::POST, wants_token: true },
    Call { path: "/v1/cancel_reads", method: Method::POST, wants_token: true },
    Call { path: "/v1/events", method: Method::GET, wants_token: true },
];

/// Where a request comes from: a page of this origin, or a program where there is none.
#[derive(Clone)]
pub(crate) struct CameFrom(pub(crate) Option<String>);

/// Whose request it is.
#[derive(Clone, Copy)]
pub(crate) struct Caller(pub(crate) PairingId);

impl Border {
    pub(crate) fn at(port: u16) -> Self {
        Self { host: format!("{}:{port}", Ipv4Addr::LOCALHOST) }
    }

    /// Whether the request was led here under this place's one name. Another name leads here where somebody
    /// else's name server says so.
    fn is_host(&self, request: &Parts) -> bool {
        let is_ours = |value: &HeaderValue| value.as_bytes() == self.host.as_bytes();
        let mut named = request.headers.get_all(header::HOST).iter();
        let authority = request.uri.authority().is_none_or(|authority| authority.as_str() == self.host);
        named.next().is_some_and(is_ours) && named.next().is_none() && authority
    }
}

/// Lets a request in, or answers in its place.
pub(crate) async fn admit(State(bridge): State<Bridge>, request: Request, next: Next) -> Response {
    let (mut request, sent) = request.into_parts();
    if !bridge.border.is_host(&request) {
        return because(StatusCode::FORBIDDEN, ErrorCode::BridgeHostRefused).into_response();
    }
    let origin = match origin(&bridge, &request.headers) {
        Ok(origin) => origin,
        Err(refused) => return refused.into_response(),
    };
    let answer = if request.method == Method::OPTIONS {
        match &origin {
            Some(_) => preflight::answer(&request.headers),
            None => because(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BridgeCallUnknown).into_response(),
        }
    } else {
        let admitted = async {
            let caller = check(&bridge, &request, origin.as_deref()).await?;
            Ok::<_, Refused>((caller, body::received(sent).await?))
        };
        match admitted.await {
            Ok((caller, body)) => {
                request.extensions.insert(CameFrom(origin.clone()));
                if let Some(caller) = caller {
                    request.extensions.insert(caller);
                }
                next.run(Request::from_parts(request, body)).await
            }
            Err(refused) => refused.into_response(),
        }
    };
    preflight::for_page(answer, origin.as_deref())
}

/// The page a request comes from, if it is one that is let in. What a browser sends without saying from
/// which page is refused: a program sends none of a browser's headers.
fn origin(bridge: &Bridge, headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let refused = || because(StatusCode::FORBIDDEN, ErrorCode::PageNotPaired);
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else {
        let is_browsers = headers.contains_key("sec-fetch-site") || headers.contains_key("sec-fetch-mode");
        return if is_browsers { Err(refused()) } else { Ok(None) };
    };
    let origin = origin.to_str().map_err(|_| refused())?;
    if origins.next().is_some() || !bridge.programs.lets_in(origin) {
        return Err(refused());
    }
    Ok(Some(origin.to_owned()))
}

/// The call and its form, the token, how often it asks.
async fn check(bridge: &Bridge, request: &Parts, origin: Option<&str>) -> Result<Option<Caller>, Refused> {
    let path = request.uri.path();
    let call = CALLS.iter().find(|call| call.path == path);
    let call = call.ok_or(because(StatusCode::NOT_FOUND, ErrorCode::BridgeCallUnknown))?;
    if call.method != request.method {
        return Err(because(StatusCode::METHOD_NOT_ALLOWED, ErrorCode::BridgeCallUnknown));
    }
    if call.method == Method::POST && !is_json(&request.headers) {
        return Err(because(StatusCode::UNSUPPORTED_MEDIA_TYPE, ErrorCode::BridgeCallUnknown));
    }
    let caller = if call.wants_token { Some(caller(bridge, &request.headers, origin)?) } else { None };
    bridge.limits.ask(caller).await?;
    Ok(caller)
}

fn caller(bridge: &Bridge, headers: &HeaderMap, origin: Option<&str>) -> Result<Caller, Refused> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    let pairing = token.and_then(|token| bridge.programs.paired(token, origin));
    pairing.map(Caller).ok_or(because(StatusCode::UNAUTHORIZED, ErrorCode::ProgramNotPaired))
}

/// A page may send a form or a text anywhere without asking; JSON it may not.
fn is_json(headers: &HeaderMap) -> bool {
    let content = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = content.and_then(|content| content.split(';').next()).map(str::trim);
    kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json"))
}

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let caller = parts.extensions.get::<Self>().copied();
        caller.ok_or(because(StatusCode::UNAUTHORIZED, ErrorCode::ProgramNotPaired))
    }
}

impl<S: Sync> FromRequestParts<S> for CameFrom {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refused> {
        let came_from = parts.extensions.get::<Self>().cloned();
        came_from.ok_or(because(StatusCode::FORBIDDEN, ErrorCode::PageNotPaired))
    }
}
